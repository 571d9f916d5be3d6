/* What came of trying migrations: a line each, and below it what is not as it should be. */
#include "base/arena.h"
#include "base/str.h"
#include "report/report.h"
#include "report/table.h"
#include "report/text.h"

enum { VERDICT, VERSION, NAME, COLUMNS };

static const struct table_column columns[COLUMNS] = {
    [VERDICT] = {NULL, 0, false}, [VERSION] = {NULL, 2, false}, [NAME] = {NULL, 2, false}};

const char *report_verdict_word(enum dun_verdict verdict)
{
    static const char *const words[] = {
        [DUN_VERDICT_GOOD] = "good",
        [DUN_VERDICT_NO_DOWN] = "no down file",
        [DUN_VERDICT_NOT_UNDONE] = "not undone",
        [DUN_VERDICT_NOT_AGAIN] = "not again",
    };
    return words[verdict];
}

static enum report_paint paint_of(enum dun_verdict verdict)
{
    return verdict == DUN_VERDICT_GOOD      ? REPORT_GOOD
           : verdict == DUN_VERDICT_NO_DOWN ? REPORT_CAUTION
                                            : REPORT_BAD;
}

static void write_table(struct str *out, const dun_verified *migrations, size_t count,
                        const dun_report_options *options)
{
    struct arena *arena = arena_new();
    struct table *table = table_new(arena, COLUMNS, columns);
    for (size_t i = 0; i < count; ++i) {
        const char *cells[COLUMNS] = {report_verdict_word(migrations[i].verdict), migrations[i].version,
                                      migrations[i].name};
        const enum report_paint paints[COLUMNS] = {[VERDICT] = paint_of(migrations[i].verdict)};
        table_add(table, cells, paints);
    }
    table_write(table, options, out);
    arena_free(arena);
}

static void write_differences(struct str *out, const char *const *differences)
{
    for (; *differences; ++differences) {
        str_append(out, "  ");
        report_append_lines(out, *differences, 4);
        str_append_char(out, '\n');
    }
}

static void write_not_undone(struct str *out, const dun_verified *verified)
{
    str_append_char(out, '\n');
    report_append(out, verified->down_file);
    str_append(out, verified->verdict == DUN_VERDICT_NOT_UNDONE
                        ? " does not undo the up file; what is missing:\n"
                        : " undoes the up file, but going up again gives something else:\n");
    write_differences(out, verified->differences);
}

static void write_end(struct str *out, const char *const *differences)
{
    if (!differences)
        str_append(out, "\nThere are no definitions to compare the end with.\n");
    else if (!*differences)
        str_append(out, "\nThe end is what the definitions say.\n");
    else {
        str_append(out, "\nThe end is not what the definitions say; what is missing:\n");
        write_differences(out, differences);
    }
}

char *verify_text(const dun_verify *verify, const dun_report_options *options)
{
    struct str out = STR_INIT;
    size_t count = 0;
    const dun_verified *migrations = dun_verify_migrations(verify, &count);
    if (count == 0)
        str_append(&out, "There are no migrations.\n");
    write_table(&out, migrations, count, options);
    for (size_t i = 0; i < count; ++i)
        if (migrations[i].differences[0])
            write_not_undone(&out, &migrations[i]);
    write_end(&out, dun_verify_differences(verify));
    return str_take(&out);
}
