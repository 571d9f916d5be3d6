/* What a run of seeds has done: a line a file, and a summary. */
#include "base/arena.h"
#include "base/str.h"
#include "report/report.h"
#include "report/table.h"
#include "report/text.h"

#include <inttypes.h>

enum { WORD, FILE_NAME, TABLE, MODE, COUNTS, ELAPSED, COLUMNS };

static const struct table_column columns[COLUMNS] = {
    [WORD] = {NULL, 0, false}, [FILE_NAME] = {NULL, 1, false}, [TABLE] = {NULL, 2, false},
    [MODE] = {NULL, 2, false}, [COUNTS] = {NULL, 2, false},    [ELAPSED] = {NULL, 2, true},
};

static const char *word_of(const dun_seed_file *file, bool dry_run)
{
    switch (file->state) {
    case DUN_SEED_LOADED:
        return dry_run ? "would load" : "loaded";
    case DUN_SEED_UNCHANGED:
        return "unchanged";
    case DUN_SEED_NOT_EMPTY:
        return "not empty";
    case DUN_SEED_WRITTEN:
        return "written";
    }
    return "";
}

static void append_count(struct str *to, int64_t count, const char *what)
{
    if (count > 0)
        str_printf(to, "%s%" PRId64 " %s", to->length ? ", " : "", count, what);
}

static void append_counts(struct str *to, const dun_seed_file *file)
{
    if (file->state == DUN_SEED_WRITTEN || (file->state == DUN_SEED_UNCHANGED && file->rows > 0)) {
        append_count(to, file->rows, file->rows == 1 ? "row" : "rows");
        return;
    }
    append_count(to, file->inserted, "inserted");
    append_count(to, file->updated, "updated");
    append_count(to, file->deleted, "deleted");
    if (!to->length && file->state == DUN_SEED_LOADED && file->table)
        str_append(to, "nothing to change");
}

static void add_row(struct table *table, const dun_seed_file *file, const dun_seed_run *run, bool verbose)
{
    struct str counts = STR_INIT, elapsed = STR_INIT;
    append_counts(&counts, file);
    report_duration(&elapsed, file->elapsed_ms);
    const char *cells[COLUMNS] = {word_of(file, dun_seed_run_is_dry(run)),
                                  file->file,
                                  verbose ? file->table : NULL,
                                  verbose && file->table ? dun_seed_mode_name(file->mode) : NULL,
                                  str_text(&counts),
                                  str_text(&elapsed)};
    bool done = file->state == DUN_SEED_LOADED || file->state == DUN_SEED_WRITTEN;
    const enum report_paint paints[COLUMNS] = {[WORD] = done ? REPORT_GOOD : REPORT_FAINT,
                                               [TABLE] = REPORT_FAINT,
                                               [MODE] = REPORT_FAINT,
                                               [ELAPSED] = REPORT_FAINT};
    table_add(table, cells, paints);
    str_free(&counts);
    str_free(&elapsed);
}

void seed_summary(struct str *out, const dun_seed_run *run)
{
    size_t count = 0;
    const dun_seed_file *files = dun_seed_run_files(run, &count);
    int64_t inserted = 0, updated = 0, deleted = 0, written = 0;
    size_t loaded = 0, captured = 0;
    const char *noun = dun_seed_run_is_demo(run) ? "table" : "file";
    for (size_t i = 0; i < count; ++i) {
        loaded += files[i].state == DUN_SEED_LOADED;
        captured += files[i].state == DUN_SEED_WRITTEN;
        written += files[i].state == DUN_SEED_WRITTEN ? files[i].rows : 0;
        inserted += files[i].inserted > 0 ? files[i].inserted : 0;
        updated += files[i].updated > 0 ? files[i].updated : 0;
        deleted += files[i].deleted > 0 ? files[i].deleted : 0;
    }
    if (captured) {
        str_printf(out, "%zu %s%s written, %" PRId64 " row%s", captured, noun, captured == 1 ? "" : "s",
                   written, written == 1 ? "" : "s");
        return;
    }
    if (!loaded) {
        str_append(out, count ? "nothing to do: no file has changed" : "nothing to do: there are no seeds");
        return;
    }
    str_printf(out, "%zu of %zu %s%s %s: %" PRId64 " inserted, %" PRId64 " updated, %" PRId64 " deleted",
               loaded, count, noun, count == 1 ? "" : "s",
               dun_seed_run_is_dry(run) ? "would be loaded" : "loaded", inserted, updated, deleted);
}

char *seed_text(const dun_seed_run *run, const dun_report_options *options)
{
    struct str out = STR_INIT;
    size_t count = 0;
    const dun_seed_file *files = dun_seed_run_files(run, &count);
    struct arena *arena = arena_new();
    struct table *table = table_new(arena, COLUMNS, columns);
    for (size_t i = 0; i < count; ++i)
        add_row(table, &files[i], run, options->verbose);
    table_write(table, options, &out);
    arena_free(arena);
    seed_summary(&out, run);
    str_append_char(&out, '\n');
    return str_take(&out);
}
