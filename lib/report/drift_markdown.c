/* Drift as Markdown, for a comment of a pull request and the summary of a step. */
#include "report/report.h"

#include <inttypes.h>
#include <string.h>

enum { MOST_ROWS = 100 };

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

static void append_drift(struct str *out, const dun_drift *drift)
{
    size_t count;
    const char *reason;
    const dun_difference *differences = dun_drift_differences(drift, &count);
    bool equal = dun_drift_is_equal(drift);
    str_append(out, equal ? "### :white_check_mark: " : "### :x: ");
    append_plain(out, dun_drift_target(drift));
    str_append(out, equal ? " is what it should be\n\n" : " is not what it should be\n\n");
    drift_summary(out, drift);
    str_append(out, ", compared with ");
    append_plain(out, dun_drift_source(drift));
    str_append(out, ".\n");
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

char *drift_markdown(const dun_drift_finding *findings, size_t count)
{
    struct str out = STR_INIT;
    for (size_t i = 0; i < count; ++i) {
        str_append(&out, i ? "\n" : "");
        if (findings[i].drift) {
            append_drift(&out, findings[i].drift);
            continue;
        }
        str_append(&out, "### :warning: ");
        append_plain(&out, findings[i].target);
        str_append(&out, " could not be looked at\n\n");
        append_plain(&out, dun_error_message(findings[i].error));
        str_append_char(&out, '\n');
    }
    return str_take(&out);
}
