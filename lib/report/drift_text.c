/* Drift for people: a table of what differs, with both forms side by side, and the SQL of both ways out. */
#include "base/arena.h"
#include "base/str.h"
#include "report/drift_alike.h"
#include "report/report.h"
#include "report/table.h"
#include "report/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { WHAT, OBJECT, ATTRIBUTE, EXPECTED, ACTUAL, PLACE, COLUMNS };

static const struct table_column columns[COLUMNS] = {
    [WHAT] = {"drift", 0, false},          [OBJECT] = {"object", 2, false},
    [ATTRIBUTE] = {"attribute", 2, false}, [EXPECTED] = {"expected", 2, false},
    [ACTUAL] = {"actual", 2, false},       [PLACE] = {"defined at", 2, false},
};

/* The first line, cut where a table would get too wide; the whole of it is in the SQL. */
static const char *cell_of(struct arena *arena, const char *value)
{
    if (!value)
        return "(none)";
    size_t length = strcspn(value, "\r\n");
    size_t shown = length < DRIFT_LONGEST_VALUE ? length : DRIFT_LONGEST_VALUE;
    while (shown > 0 && shown < length && ((unsigned char)value[shown] & 0xC0) == 0x80)
        --shown;
    return value[shown] ? arena_printf(arena, "%.*s...", (int)shown, value) : value;
}

static enum report_paint paint_of(enum dun_difference_kind what)
{
    return what == DUN_DIFFERENT ? REPORT_CAUTION : REPORT_BAD;
}

static const char *place_of(struct arena *arena, const dun_difference *difference)
{
    if (!difference->file)
        return NULL;
    return difference->line ? arena_printf(arena, "%s:%u", difference->file, difference->line)
                            : difference->file;
}

static void add_difference(struct table *table, struct arena *arena, const dun_difference *difference)
{
    bool both = difference->what == DUN_DIFFERENT;
    size_t rows = both && difference->value_count ? difference->value_count : 1;
    for (size_t i = 0; i < rows; ++i) {
        const dun_difference_value *value = both && difference->value_count ? &difference->values[i] : NULL;
        bool below = value && drift_value_is_long(value);
        const char *cells[COLUMNS] = {
            [WHAT] = i ? NULL : drift_word(difference->what),
            [OBJECT] = i ? NULL : arena_printf(arena, "%s %s", difference->kind, difference->name),
            [ATTRIBUTE] = value ? value->attribute : NULL,
            [EXPECTED] = !value  ? NULL
                         : below ? "(see below)"
                                 : cell_of(arena, value->expected),
            [ACTUAL] = !value  ? NULL
                       : below ? "(see below)"
                               : cell_of(arena, value->actual),
            [PLACE] = i ? NULL : place_of(arena, difference),
        };
        const enum report_paint paints[COLUMNS] = {
            [WHAT] = paint_of(difference->what), [PLACE] = REPORT_FAINT};
        table_add(table, cells, paints);
    }
}

static void write_table(struct str *out, const dun_drift *drift, const dun_report_options *options)
{
    size_t count;
    const dun_difference *differences = dun_drift_differences(drift, &count);
    if (!count)
        return;
    struct arena *arena = arena_new();
    struct table *table = table_new(arena, COLUMNS, columns);
    for (size_t i = 0; i < count; ++i)
        add_difference(table, arena, &differences[i]);
    table_write(table, options, out);
    str_append_char(out, '\n');
    arena_free(arena);
}

static void write_title(struct str *out, const char *title, bool color)
{
    str_append_char(out, '\n');
    report_paint(out, color, REPORT_STRONG);
    str_printf(out, "-- %s", title);
    report_unpaint(out, color, REPORT_STRONG);
    str_append_char(out, '\n');
}

/* Both forms of what is too long for the table, line by line. */
static void write_long_values(struct str *out, const dun_drift *drift, bool color)
{
    size_t count;
    const dun_difference *differences = dun_drift_differences(drift, &count);
    for (size_t i = 0; i < count; ++i)
        for (size_t j = 0; differences[i].what == DUN_DIFFERENT && j < differences[i].value_count; ++j) {
            const dun_difference_value *value = &differences[i].values[j];
            if (!drift_value_is_long(value))
                continue;
            struct str title = STR_INIT, lines = STR_INIT;
            str_printf(&title, "%s ", differences[i].kind);
            report_append(&title, differences[i].name);
            str_printf(&title, ", %s: expected (-), actual (+)", value->attribute);
            write_title(out, str_text(&title), color);
            drift_append_lines(&lines, value, "", color);
            str_printf(out, "%s\n", str_text(&lines) + 1);
            str_free(&lines);
            str_free(&title);
        }
}

static const char *number_of(struct arena *arena, int64_t number)
{
    return number ? arena_printf(arena, "%" PRId64, number) : NULL;
}

static void write_data(struct str *out, const dun_drift *drift, const dun_report_options *options)
{
    static const struct table_column data_columns[] = {{"rows of", 0, false},
                                                       {"missing", 2, true},
                                                       {"different", 2, true},
                                                       {"extra", 2, true},
                                                       {"file", 2, false}};
    static const enum report_paint paints[] = {REPORT_PLAIN, REPORT_BAD, REPORT_CAUTION, REPORT_BAD,
                                               REPORT_FAINT};
    size_t count;
    const dun_data_difference *data = dun_drift_data(drift, &count);
    struct arena *arena = arena_new();
    struct table *table = table_new(arena, 5, data_columns);
    bool any = false;
    for (size_t i = 0; i < count; ++i) {
        if (!drift_data_differs(&data[i]))
            continue;
        const char *cells[] = {data[i].table, number_of(arena, data[i].missing),
                               number_of(arena, data[i].different), number_of(arena, data[i].extra),
                               data[i].file};
        table_add(table, cells, paints);
        any = true;
    }
    if (any) {
        table_write(table, options, out);
        str_append_char(out, '\n');
    }
    arena_free(arena);
}

static void write_sql(struct str *out, const char *title, const char *sql, const char *problem, bool color)
{
    if (sql && !*sql)
        return;
    write_title(out, title, color);
    if (sql)
        report_append_lines(out, sql, 0);
    else
        str_append(out, "-- cannot be said: ");
    if (!sql)
        report_append(out, problem);
    str_append_char(out, '\n');
}

static void write_commit(struct str *out, const dun_drift_commit *commit)
{
    if (!commit)
        return;
    str_append(out, commit->differences ? "No commit is what the database is; the nearest is "
                                        : "The database is what this commit says: ");
    str_printf(out, "%.10s  %.10s  ", commit->commit, commit->date);
    report_append(out, commit->author);
    str_append(out, "  ");
    report_append(out, commit->subject);
    str_append(out, " (");
    drift_count(out, commit->looked_at, "commit", " looked at");
    str_append(out, commit->at_end ? ", which are all)\n\n" : ")\n\n");
}

/* The command whose SQL is not said: there would be as much of it as there are rows. */
static void write_seed_command(struct str *out, const dun_drift *drift, bool color)
{
    size_t count;
    const dun_data_difference *data = dun_drift_data(drift, &count);
    bool any = false;
    for (size_t i = 0; i < count; ++i) {
        if (!drift_data_differs(&data[i]))
            continue;
        if (!any)
            write_title(out, "to make the rows what their files say", color);
        str_append(out, any ? " " : "dunlin seed --again ");
        report_append(out, data[i].table);
        any = true;
    }
    str_append(out, any ? "\n" : "");
}

/* "sqlite:shop.db is what it should be by schema: no differences"; of several, their names below. */
static void write_verdict(struct str *out, const struct drift_alike *alike)
{
    const dun_drift *drift = alike->findings.items[0]->drift;
    bool one = alike->findings.count == 1;
    if (one)
        report_append(out, dun_drift_target(drift));
    else
        drift_count(out, alike->findings.count, "target", "");
    str_printf(out, " %s %swhat %s should be by ", one ? "is" : "are",
               dun_drift_is_equal(drift) ? "" : "not ", one ? "it" : "they");
    report_append(out, dun_drift_source(drift));
    str_append(out, ": ");
    drift_summary(out, drift);
    str_append_char(out, '\n');
    for (size_t i = 0; !one && i < alike->findings.count; ++i) {
        str_append(out, "  ");
        report_append(out, alike->findings.items[i]->target);
        str_append_char(out, '\n');
    }
    if (alike->schema) {
        str_append(out, "shown for the schema ");
        report_append(out, alike->schema);
        str_append(out, "; in the others their own stands in its place\n");
    }
    str_append(out, alike->rows_differ ? "numbers of rows are those of the first\n" : "");
}

static void write_not_compared(struct str *out, const dun_drift *drift, bool all)
{
    size_t before = out->length;
    report_not_compared(out, dun_drift_not_compared(drift), all);
    str_append(out, out->length > before ? "\n" : "");
}

static void write_ways_out(struct str *out, const dun_drift *drift, bool color)
{
    const char *fix_problem, *adopt_problem;
    const char *fix = dun_drift_fix(drift, &fix_problem), *adopt = dun_drift_adopt(drift, &adopt_problem);
    write_sql(out, "SQL that makes the database what it should be (--fix)", fix, fix_problem, color);
    write_sql(out,
              dun_drift_is_adoptable(drift) ? "SQL of a migration that says what the database is (--adopt)"
                                            : "SQL that makes of what is expected what the database is",
              adopt, adopt_problem, color);
    write_seed_command(out, drift, color);
}

static void write_drift(struct str *out, const struct drift_alike *alike, const dun_report_options *options)
{
    const dun_drift *drift = alike->findings.items[0]->drift;
    write_commit(out, alike->findings.items[0]->commit);
    write_table(out, drift, options);
    write_data(out, drift, options);
    write_verdict(out, alike);
    write_not_compared(out, drift, options->verbose);
    if (dun_drift_data_problem(drift)) {
        str_append(out, "rows could not be compared: ");
        report_append(out, dun_drift_data_problem(drift));
        str_append_char(out, '\n');
    }
    if (dun_drift_is_equal(drift))
        return;
    write_long_values(out, drift, options->color);
    write_ways_out(out, drift, options->color);
}

static void write_failure(struct str *out, const struct drift_alike *alike, const dun_report_options *options)
{
    const dun_drift_finding *first = alike->findings.items[0];
    VECTOR_EACH (const dun_drift_finding *const, finding, &alike->findings) {
        report_append(out, (*finding)->target);
        str_append(out, ":\n");
    }
    char *error = first->skipped ? NULL : error_text(first->error, options);
    str_printf(out, "%s%s", error ? error : first->skipped, error ? "" : "\n");
    free(error);
}

char *drift_text(const dun_drift_finding *findings, size_t count, const dun_report_options *options)
{
    struct str out = STR_INIT;
    struct arena *arena = arena_new();
    const struct drift_alike *groups = drift_group(arena, findings, count, &count);
    for (size_t i = 0; i < count; ++i) {
        if (i)
            str_append_char(&out, '\n');
        if (groups[i].findings.items[0]->drift)
            write_drift(&out, &groups[i], options);
        else
            write_failure(&out, &groups[i], options);
    }
    arena_free(arena);
    return str_take(&out);
}
