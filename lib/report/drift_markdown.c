/* Drift as Markdown, for a comment of a pull request and the summary of a step, and as GitHub's annotations. */
#include "report/report.h"

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
    append_plain(out, value ? (value->expected ? value->expected : "none") : "");
    str_append(out, " | ");
    append_plain(out, value ? (value->actual ? value->actual : "none") : "");
    str_append(out, " |\n");
}

static void append_table(struct str *out, const dun_difference *differences, size_t count)
{
    str_append(out, "| drift | object | attribute | expected | actual |\n| --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < count && i < MOST_ROWS; ++i) {
        size_t rows = differences[i].what == DUN_DIFFERENT && differences[i].value_count ? differences[i].value_count : 1;
        for (size_t row = 0; row < rows; ++row)
            append_row(out, &differences[i], row);
    }
    if (count > MOST_ROWS)
        str_printf(out, "\n... and %zu more.\n", count - MOST_ROWS);
}

/* A fence that is longer than any run of backticks in the text. */
static void append_code(struct str *out, const char *summary, const char *sql)
{
    size_t longest = 2, run = 0;
    if (!sql || !*sql)
        return;
    for (const char *c = sql; *c; ++c) {
        run = *c == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    str_printf(out, "\n<details><summary>%s</summary>\n\n", summary);
    for (size_t i = 0; i <= longest; ++i)
        str_append_char(out, '`');
    str_printf(out, "sql\n%s%s", sql, sql[strlen(sql) - 1] == '\n' ? "" : "\n");
    for (size_t i = 0; i <= longest; ++i)
        str_append_char(out, '`');
    str_append(out, "\n\n</details>\n");
}

static void append_drift(struct str *out, const dun_drift *drift)
{
    size_t count;
    const char *reason;
    const dun_difference *differences = dun_drift_differences(drift, &count);
    str_append(out, count ? "### :x: " : "### :white_check_mark: ");
    append_plain(out, dun_drift_target(drift));
    str_append(out, count ? " is not what it should be\n\n" : " is what it should be\n\n");
    drift_summary(out, drift);
    str_append(out, ", compared with ");
    append_plain(out, dun_drift_source(drift));
    str_append(out, ".\n");
    if (!count)
        return;
    str_append_char(out, '\n');
    append_table(out, differences, count);
    append_code(out, "SQL that makes the database what it should be", dun_drift_fix(drift, &reason));
    append_code(out, "SQL that makes of the other side what the database is", dun_drift_adopt(drift, &reason));
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

/* GitHub's workflow commands: data and properties are escaped in two ways. */
static void append_escaped(struct str *out, const char *text, bool property)
{
    for (; *text; ++text) {
        bool escaped = *text == '%' || *text == '\r' || *text == '\n' || (property && (*text == ':' || *text == ','));
        if (escaped)
            str_printf(out, "%%%02X", (unsigned)*text);
        else
            str_append_char(out, *text);
    }
}

static void append_annotation(struct str *out, const dun_difference *difference, const char *target)
{
    str_append(out, "::error ");
    if (difference->file) {
        str_append(out, "file=");
        append_escaped(out, difference->file, true);
        if (difference->line)
            str_printf(out, ",line=%u", difference->line);
        str_append_char(out, ',');
    }
    str_append(out, "title=drift::");
    append_escaped(out, difference->text, false);
    for (size_t i = 0; difference->what == DUN_DIFFERENT && i < difference->value_count; ++i) {
        const dun_difference_value *value = &difference->values[i];
        str_append(out, i ? ", " : " ");
        append_escaped(out, value->expected ? value->expected : "none", false);
        str_append(out, " -> ");
        append_escaped(out, value->actual ? value->actual : "none", false);
    }
    str_append(out, " (");
    append_escaped(out, target, false);
    str_append(out, ")\n");
}

char *drift_github(const dun_drift_finding *findings, size_t count)
{
    struct str out = STR_INIT;
    for (size_t i = 0; i < count; ++i) {
        size_t differences = 0;
        const dun_difference *all =
            findings[i].drift ? dun_drift_differences(findings[i].drift, &differences) : NULL;
        for (size_t j = 0; j < differences; ++j)
            append_annotation(&out, &all[j], findings[i].target);
        str_append(&out, differences || !findings[i].drift ? "::error title=drift::" : "::notice title=drift::");
        append_escaped(&out, findings[i].target, false);
        str_append(&out, ": ");
        if (findings[i].drift)
            drift_summary(&out, findings[i].drift);
        else
            append_escaped(&out, dun_error_message(findings[i].error), false);
        str_append_char(&out, '\n');
    }
    return str_take(&out);
}
