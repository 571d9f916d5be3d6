/* What is applied and what is pending, as a table. */
#include "base/arena.h"
#include "base/str.h"
#include "report/report.h"
#include "report/table.h"
#include "report/text.h"

enum { STATE, VERSION, NAME, APPLIED_AT, APPLIED_BY, CHECKSUM, COMMIT, NOTES, COLUMNS };

static const struct table_column columns[COLUMNS] = {
    [STATE] = {"state", 0, false},   [VERSION] = {"version", 2, false},
    [NAME] = {"name", 2, false},     [APPLIED_AT] = {"at (UTC)", 2, false},
    [APPLIED_BY] = {"by", 2, false}, [CHECKSUM] = {"checksum", 2, false},
    [COMMIT] = {"commit", 2, false}, [NOTES] = {"notes", 2, false},
};

enum { SECONDS_LENGTH = 19, ID_LENGTH = 10 }; /* "2024-01-31 10:02:11"; of ids enough to tell them apart */

static void add_note(struct str *notes, const char *note)
{
    if (notes->length)
        str_append(notes, ", ");
    str_append(notes, note);
}

static void write_notes(struct str *notes, const dun_migration *migration)
{
    if (migration->state == DUN_BROKEN)
        str_printf(notes, "%u of %u statements done", migration->done, migration->statements);
    if (migration->state == DUN_RUNNING && migration->statements)
        str_printf(notes, "%u of %u statements done", migration->done, migration->statements);
    if (migration->state == DUN_IN_DOUBT)
        str_printf(notes, "interrupted in statement %u of %u", migration->done + 1, migration->statements);
    if (migration->baseline)
        add_note(notes, "baseline");
    if (migration->changed)
        add_note(notes, "file changed");
    if (migration->missing)
        add_note(notes, "file missing");
    if (migration->out_of_order)
        add_note(notes, "out of order");
}

static enum report_paint state_paint(enum dun_migration_state state)
{
    switch (state) {
    case DUN_APPLIED:
        return REPORT_GOOD;
    case DUN_PENDING:
    case DUN_RUNNING:
        return REPORT_CAUTION;
    case DUN_BROKEN:
    case DUN_IN_DOUBT:
        break;
    }
    return REPORT_BAD;
}

static const char *cut(struct arena *arena, const char *text, size_t length)
{
    return text && report_width(text) > length ? arena_strndup(arena, text, length) : text;
}

static void add_row(struct table *table, struct arena *arena, const dun_migration *migration, bool verbose)
{
    struct str notes = STR_INIT;
    write_notes(&notes, migration);
    bool in_history = migration->state != DUN_PENDING;
    const char *cells[COLUMNS] = {
        [STATE] = report_state_word(migration->state),
        [VERSION] = migration->version,
        [NAME] = migration->name,
        [APPLIED_AT] = in_history ? cut(arena, migration->applied_at, SECONDS_LENGTH) : NULL,
        [APPLIED_BY] = in_history ? migration->applied_by : NULL,
        [CHECKSUM] = verbose ? cut(arena, migration->checksum, ID_LENGTH) : NULL,
        [COMMIT] = verbose ? cut(arena, migration->commit_id, ID_LENGTH) : NULL,
        [NOTES] = str_text(&notes),
    };
    bool wrong = migration->changed || migration->missing || migration->out_of_order;
    enum report_paint paints[COLUMNS] = {
        [STATE] = state_paint(migration->state),
        [NOTES] = wrong || migration->state == DUN_BROKEN || migration->state == DUN_IN_DOUBT ? REPORT_BAD
                                                                                              : REPORT_FAINT,
    };
    table_add(table, cells, paints);
    str_free(&notes);
}

static void append_some(struct str *out, size_t count, const char *what)
{
    if (count)
        str_printf(out, ", %zu %s", count, what);
}

void status_summary(struct str *out, const dun_status *status)
{
    size_t count, counts[DUN_RUNNING + 1] = {0}, changed = 0, missing = 0, out_of_order = 0;
    const dun_migration *migrations = dun_status_migrations(status, &count);
    for (size_t i = 0; i < count; ++i) {
        counts[migrations[i].state]++;
        changed += migrations[i].changed;
        missing += migrations[i].missing;
        out_of_order += migrations[i].out_of_order;
    }
    str_printf(out, "%zu applied, %zu pending", counts[DUN_APPLIED], counts[DUN_PENDING]);
    append_some(out, counts[DUN_BROKEN], "failed");
    append_some(out, counts[DUN_IN_DOUBT], "in doubt");
    append_some(out, counts[DUN_RUNNING], "running");
    append_some(out, changed, "changed");
    append_some(out, missing, "missing");
    append_some(out, out_of_order, "out of order");
}

static void write_doubt(struct str *out, const dun_status *status, bool color)
{
    const char *file = NULL;
    unsigned line = 0, column = 0;
    const char *sql = dun_status_doubt(status, &file, &line, &column);
    if (!sql)
        return;
    str_append_char(out, '\n');
    report_paint(out, color, REPORT_BAD);
    str_append(out, "in doubt:");
    report_unpaint(out, color, REPORT_BAD);
    str_append_char(out, ' ');
    if (file) {
        report_append(out, file);
        if (line)
            str_printf(out, ":%u:%u", line, column);
    }
    str_append(out, "\n    ");
    report_append_lines(out, sql, 4);
    str_append(out, "\n\nThis statement was interrupted, and nobody knows whether it has taken effect. Look, "
                    "and then say\n"
                    "  dunlin migrate resume --done     when it has\n"
                    "  dunlin migrate resume --again    when it has not\n");
}

static void append_migrations(struct str *out, const dun_status *status, const dun_report_options *options)
{
    size_t count = 0;
    const dun_migration *migrations = dun_status_migrations(status, &count);
    if (!count) {
        str_append(out, "There are no migrations, and none is applied.\n");
        return;
    }
    struct arena *arena = arena_new();
    struct table *table = table_new(arena, COLUMNS, columns);
    for (size_t i = 0; i < count; ++i)
        add_row(table, arena, &migrations[i], options->verbose);
    table_write(table, options, out);
    arena_free(arena);
}

char *status_table(const dun_status *status)
{
    static const dun_report_options options = {.verbose = true};
    struct str out = STR_INIT;
    append_migrations(&out, status, &options);
    write_doubt(&out, status, false);
    return str_take(&out);
}

char *status_text(const dun_status *status, const dun_report_options *options)
{
    size_t count = 0;
    struct str out = STR_INIT;
    if (options->verbose) {
        str_append(&out, "target: ");
        report_append(&out, dun_status_target(status));
        str_append(&out, "\n\n");
    }
    append_migrations(&out, status, options);
    dun_status_migrations(status, &count);
    if (!count)
        return str_take(&out);
    str_append_char(&out, '\n');
    status_summary(&out, status);
    str_append_char(&out, '\n');
    write_doubt(&out, status, options->color);
    return str_take(&out);
}
