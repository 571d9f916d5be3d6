/* Drift as Markdown, for a comment of a pull request and the summary of a step. */
#include "base/arena.h"
#include "report/drift_alike.h"
#include "report/report.h"
#include "report/text.h"

#include <inttypes.h>
#include <string.h>

enum { MOST_ROWS = 100, MOST_OPEN_NAMES = 10 };

/* Names and values come from outside: nothing in them is markup, and a line feed ends no cell. */
static void append_plain(struct str *out, const char *text)
{
    for (; *text; ++text) {
        if (*text == '\n')
            str_append(out, "<br>");
        else if (*text == '<')
            str_append(out, "&lt;");
        else if (*text == '&')
            str_append(out, "&amp;");
        else if ((unsigned char)*text >= ' ' && *text != 0x7F) {
            if (strchr("\\`*_{}[]()#+!|>~", *text))
                str_append_char(out, '\\');
            str_append_char(out, *text);
        }
    }
}

static void append_value(struct str *out, const dun_difference_value *value, const char *text)
{
    if (value)
        append_plain(out, drift_value_is_long(value) ? "see below" : text ? text : "none");
}

static void append_row(struct str *out, const dun_difference *difference, size_t i)
{
    const dun_difference_value *value =
        difference->what == DUN_DIFFERENT && i < difference->value_count ? &difference->values[i] : NULL;
    str_printf(out, "| %s | ", i ? "" : drift_word(difference->what));
    if (i == 0) {
        str_printf(out, "%s ", difference->kind);
        append_plain(out, difference->name);
    }
    str_append(out, " | ");
    append_plain(out, value ? value->attribute : "");
    str_append(out, " | ");
    append_value(out, value, value ? value->expected : NULL);
    str_append(out, " | ");
    append_value(out, value, value ? value->actual : NULL);
    str_append(out, " |\n");
}

static void append_table(struct str *out, const dun_difference *differences, size_t count)
{
    str_append(out, "| drift | object | attribute | expected | actual |\n| --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < count && i < MOST_ROWS; ++i) {
        size_t rows = differences[i].what == DUN_DIFFERENT && differences[i].value_count
                          ? differences[i].value_count
                          : 1;
        for (size_t row = 0; row < rows; ++row)
            append_row(out, &differences[i], row);
    }
    if (count > MOST_ROWS)
        str_printf(out, "\n... and %zu more.\n", count - MOST_ROWS);
}

/* A fence that is longer than any run of backticks in the text. */
static void append_fenced(struct str *out, const char *language, const char *text)
{
    size_t longest = 2, run = 0;
    for (const char *c = text; *c; ++c) {
        run = *c == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    for (size_t i = 0; i <= longest; ++i)
        str_append_char(out, '`');
    str_printf(out, "%s\n%s%s", language, text, text[strlen(text) - 1] == '\n' ? "" : "\n");
    for (size_t i = 0; i <= longest; ++i)
        str_append_char(out, '`');
    str_append_char(out, '\n');
}

static void append_code(struct str *out, const char *summary, const char *sql)
{
    if (!sql || !*sql)
        return;
    str_printf(out, "\n<details><summary>%s</summary>\n\n", summary);
    append_fenced(out, "sql", sql);
    str_append(out, "\n</details>\n");
}

/* Both forms of what is too long for a cell. */
static void append_long_values(struct str *out, const dun_difference *difference)
{
    for (size_t i = 0; difference->what == DUN_DIFFERENT && i < difference->value_count; ++i) {
        const dun_difference_value *value = &difference->values[i];
        if (!drift_value_is_long(value))
            continue;
        struct str lines = STR_INIT;
        str_printf(out, "\n%s ", difference->kind);
        append_plain(out, difference->name);
        str_printf(out, ", %s: expected (-), actual (+)\n\n", value->attribute);
        drift_append_lines(&lines, value, "", false);
        append_fenced(out, "diff", str_text(&lines) + 1);
        str_free(&lines);
    }
}

static void append_data(struct str *out, const dun_drift *drift)
{
    size_t count;
    const dun_data_difference *data = dun_drift_data(drift, &count);
    bool any = false;
    for (size_t i = 0; i < count; ++i) {
        if (!drift_data_differs(&data[i]))
            continue;
        if (!any)
            str_append(
                out, "\n| rows of | missing | different | extra | file |\n| --- | --: | --: | --: | --- |\n");
        any = true;
        str_append(out, "| ");
        append_plain(out, data[i].table);
        str_printf(out, " | %" PRId64 " | %" PRId64 " | %" PRId64 " | ", data[i].missing, data[i].different,
                   data[i].extra);
        append_plain(out, data[i].file);
        str_append(out, " |\n");
    }
    if (dun_drift_data_problem(drift)) {
        str_append(out, "\nRows could not be compared: ");
        append_plain(out, dun_drift_data_problem(drift));
        str_append_char(out, '\n');
    }
}

/* Many names are folded away: what differs is what is to be seen first. */
static void append_targets(struct str *out, const struct drift_alike *alike)
{
    size_t count = alike->findings.count;
    bool folded = count > MOST_OPEN_NAMES;
    if (folded)
        str_append(out, "<details><summary>their names</summary>\n\n");
    for (size_t i = 0; i < count; ++i) {
        str_append(out, "- ");
        append_plain(out, alike->findings.items[i]->target);
        str_append_char(out, '\n');
    }
    str_append(out, folded ? "\n</details>\n" : "");
    if (alike->schema) {
        str_append(out, "\nShown for the schema ");
        append_plain(out, alike->schema);
        str_append(out, "; in the others their own stands in its place.\n");
    }
    str_append(out, alike->rows_differ ? "\nNumbers of rows are those of the first.\n" : "");
}

static bool is_one(const struct drift_alike *alike)
{
    return alike->findings.count == 1;
}

/* "sqlite:shop.db is", "3 targets are". */
static void append_subject(struct str *out, const struct drift_alike *alike, const char *one,
                           const char *more)
{
    if (is_one(alike))
        append_plain(out, alike->findings.items[0]->target);
    else
        drift_count(out, alike->findings.count, "target", "");
    str_printf(out, " %s", is_one(alike) ? one : more);
}

static void append_title(struct str *out, const struct drift_alike *alike)
{
    const dun_drift *drift = alike->findings.items[0]->drift;
    bool equal = dun_drift_is_equal(drift);
    str_append(out, equal ? "### :white_check_mark: " : "### :x: ");
    append_subject(out, alike, "is", "are");
    str_printf(out, " %swhat %s should be\n\n", equal ? "" : "not ", is_one(alike) ? "it" : "they");
    drift_summary(out, drift);
    str_append(out, ", compared with ");
    append_plain(out, dun_drift_source(drift));
    str_append(out, is_one(alike) ? ".\n" : ".\n\n");
    if (!is_one(alike))
        append_targets(out, alike);
}

static void append_not_compared(struct str *out, const dun_drift *drift)
{
    struct str text = STR_INIT;
    report_not_compared(&text, dun_drift_not_compared(drift), true);
    if (text.length) {
        str_append_char(out, '\n');
        append_plain(out, str_text(&text));
        str_append(out, ".\n");
    }
    str_free(&text);
}

static void append_drift(struct str *out, const struct drift_alike *alike)
{
    size_t count;
    const char *reason;
    const dun_drift *drift = alike->findings.items[0]->drift;
    const dun_difference *differences = dun_drift_differences(drift, &count);
    append_title(out, alike);
    append_not_compared(out, drift);
    append_data(out, drift);
    if (!count)
        return;
    str_append_char(out, '\n');
    append_table(out, differences, count);
    for (size_t i = 0; i < count; ++i)
        append_long_values(out, &differences[i]);
    append_code(out, "SQL that makes the database what it should be", dun_drift_fix(drift, &reason));
    append_code(out, "SQL that makes of what is expected what the database is",
                dun_drift_adopt(drift, &reason));
}

static void append_failure(struct str *out, const struct drift_alike *alike)
{
    const dun_drift_finding *first = alike->findings.items[0];
    str_append(out, "### :warning: ");
    if (first->skipped)
        append_subject(out, alike, "was not looked at\n\n", "were not looked at\n\n");
    else
        append_subject(out, alike, "could not be looked at\n\n", "could not be looked at\n\n");
    append_plain(out, first->skipped ? first->skipped : dun_error_message(first->error));
    str_append(out, is_one(alike) ? "\n" : "\n\n");
    if (!is_one(alike))
        append_targets(out, alike);
}

char *drift_markdown(const dun_drift_finding *findings, size_t count)
{
    struct str out = STR_INIT;
    struct arena *arena = arena_new();
    const struct drift_alike *groups = drift_group(arena, findings, count, &count);
    for (size_t i = 0; i < count; ++i) {
        str_append(&out, i ? "\n" : "");
        if (groups[i].findings.items[0]->drift)
            append_drift(&out, &groups[i]);
        else
            append_failure(&out, &groups[i]);
    }
    arena_free(arena);
    return str_take(&out);
}
