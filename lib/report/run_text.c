/* What a run has done: one line a migration, and a summary. */
#include "base/arena.h"
#include "base/str.h"
#include "report/report.h"
#include "report/table.h"
#include "report/text.h"

enum { WORD, VERSION, NAME, ELAPSED, STATEMENTS, COLUMNS };

static const struct table_column columns[COLUMNS] = {
    [WORD] = {NULL, 0, false},   [VERSION] = {NULL, 1, false},    [NAME] = {NULL, 1, false},
    [ELAPSED] = {NULL, 2, true}, [STATEMENTS] = {NULL, 2, false},
};

struct words {
    const char *done;      /* of one migration, and in the summary */
    const char *left;      /* of those that remain */
    const char *none_left; /* why there was nothing to do when none remains */
    bool runs;             /* statements of the migrations */
};

static const struct words words[] = {
    [DUN_UP] = {"applied", "pending", "no migration is pending", true},
    [DUN_DOWN] = {"reverted", "still applied", "no migration is applied", true},
    [DUN_BASELINE] = {"recorded", "pending", "no migration is pending", false},
};

/* A baseline runs nothing, so that neither time nor statements say anything. */
static void add_row(struct table *table, const dun_migration *migration, const struct words *word,
                    bool verbose)
{
    struct str elapsed = STR_INIT, statements = STR_INIT;
    if (word->runs)
        report_duration(&elapsed, migration->elapsed_ms);
    if (word->runs && verbose)
        str_printf(&statements, "%u statement%s", migration->statements,
                   migration->statements == 1 ? "" : "s");
    const char *cells[COLUMNS] = {word->done, migration->version, migration->name, str_text(&elapsed),
                                  str_text(&statements)};
    const enum report_paint paints[COLUMNS] = {
        [WORD] = REPORT_GOOD, [ELAPSED] = REPORT_FAINT, [STATEMENTS] = REPORT_FAINT};
    table_add(table, cells, paints);
    str_free(&elapsed);
    str_free(&statements);
}

static void write_nothing_to_do(struct str *out, const dun_run *run, const struct words *word)
{
    str_append(out, "nothing to do: ");
    if (dun_run_remaining(run))
        str_printf(out, "%zu %s\n", dun_run_remaining(run), word->left);
    else
        str_printf(out, "%s\n", word->none_left);
}

void run_summary(struct str *out, const dun_run *run)
{
    size_t done;
    const struct words *word = &words[dun_run_direction(run)];
    dun_run_migrations(run, &done);
    str_printf(out, "%zu ", done);
    if (done < dun_run_planned(run))
        str_printf(out, "of %zu ", dun_run_planned(run));
    str_printf(out, "%s, %zu %s", word->done, dun_run_remaining(run), word->left);
}

char *run_text(const dun_run *run, const dun_error *failure, const dun_report_options *options)
{
    struct str out = STR_INIT;
    if (dun_run_sql(run)) {
        str_append(&out, dun_run_sql(run));
        return str_take(&out);
    }
    const struct words *word = &words[dun_run_direction(run)];
    size_t count = 0;
    const dun_migration *migrations = dun_run_migrations(run, &count);
    struct arena *arena = arena_new();
    struct table *table = table_new(arena, COLUMNS, columns);
    for (size_t i = 0; i < count; ++i)
        add_row(table, &migrations[i], word, options->verbose);
    table_write(table, options, &out);
    arena_free(arena);
    if (count || dun_run_planned(run)) {
        run_summary(&out, run);
        str_append_char(&out, '\n');
    } else if (!failure) {
        write_nothing_to_do(&out, run, word);
    }
    return str_take(&out);
}
