/* Rows of a query as text, CSV or JSON, written as they come. */
#include "base/memory.h"
#include "base/str.h"
#include "flock/flock.h"
#include "report/json_text.h"
#include "report/report.h"
#include "report/text.h"

#include <dunlin/db.h>

#include <stdlib.h>
#include <string.h>

enum { WIDEST_COLUMN = 60 };

struct dun_flock_rows {
    enum dun_format format;
    bool color;
    bool targets;   /* each row says which one it is of */
    bool headed;    /* the heading is written; JSON: the first element is */
    size_t *widths; /* of the text's columns, by the first rows */
    size_t columns;
};

dun_flock_rows *dun_flock_rows_new(const dun_report_options *options, bool targets)
{
    dun_flock_rows *rows = memory_alloc(sizeof *rows);
    rows->format = options ? options->format : DUN_FORMAT_TEXT;
    rows->color = options && options->color;
    rows->targets = targets;
    return rows;
}

void dun_flock_rows_free(dun_flock_rows *rows)
{
    if (!rows)
        return;
    free(rows->widths);
    free(rows);
}

/* CSV */

static void append_csv(struct str *out, const char *text, size_t length)
{
    if (!text)
        return;
    bool quoted = length == 0 || memchr(text, '"', length) || memchr(text, ',', length) ||
                  memchr(text, '\n', length) || memchr(text, '\r', length);
    if (!quoted) {
        str_append_n(out, text, length);
        return;
    }
    str_append_char(out, '"');
    for (size_t i = 0; i < length; ++i) {
        if (text[i] == '"')
            str_append_char(out, '"');
        str_append_char(out, text[i]);
    }
    str_append_char(out, '"');
}

static void write_csv(struct str *out, dun_flock_rows *rows, const char *target, const dun_result *result)
{
    size_t columns = dun_result_columns(result);
    if (!rows->headed) {
        str_append(out, rows->targets ? "target" : "");
        for (size_t i = 0; i < columns; ++i) {
            const char *name = dun_result_column(result, i);
            str_append(out, rows->targets || i > 0 ? "," : "");
            append_csv(out, name, strlen(name));
        }
        str_append_char(out, '\n');
    }
    for (size_t row = 0; row < dun_result_rows(result); ++row) {
        if (rows->targets)
            append_csv(out, target, strlen(target));
        for (size_t i = 0; i < columns; ++i) {
            str_append(out, rows->targets || i > 0 ? "," : "");
            append_csv(out, dun_result_value(result, row, i), dun_result_length(result, row, i));
        }
        str_append_char(out, '\n');
    }
    rows->headed = true;
}

/* JSON */

static void begin_element(struct str *out, dun_flock_rows *rows)
{
    str_append(out, rows->headed ? ",\n" : "[\n");
    rows->headed = true;
}

static void write_json(struct str *out, dun_flock_rows *rows, const char *target, const dun_result *result)
{
    for (size_t row = 0; row < dun_result_rows(result); ++row) {
        begin_element(out, rows);
        str_append(out, rows->targets ? "{\"target\": " : "{");
        if (rows->targets)
            json_append_text(out, target, strlen(target));
        for (size_t i = 0; i < dun_result_columns(result); ++i) {
            const char *name = dun_result_column(result, i);
            str_append(out, rows->targets || i > 0 ? ", " : "");
            json_append_text(out, name, strlen(name));
            str_append(out, ": ");
            json_append_text(out, dun_result_value(result, row, i), dun_result_length(result, row, i));
        }
        str_append_char(out, '}');
    }
}

/* Also of one that was not asked. */
static void write_json_failure(struct str *out, dun_flock_rows *rows, const dun_flock_target *target)
{
    char *document = json_of_target(target->name, target->error ? NULL : target->note, target->error);
    begin_element(out, rows);
    str_append_n(out, document, strlen(document) - 1);
    free(document);
}

/* Text: columns are as wide as the first rows that came; wider values push what follows. */

static size_t width_of(const char *text)
{
    size_t width = report_width(text);
    return width < WIDEST_COLUMN ? width : WIDEST_COLUMN;
}

static const char *shown(const dun_result *result, size_t row, size_t column)
{
    const char *value = dun_result_value(result, row, column);
    return value ? value : "NULL";
}

static void measure(dun_flock_rows *rows, const dun_result *result)
{
    rows->columns = dun_result_columns(result);
    rows->widths = memory_alloc(memory_multiply(rows->columns + 1, sizeof *rows->widths));
    for (size_t i = 0; i < rows->columns; ++i) {
        rows->widths[i] = width_of(dun_result_column(result, i));
        for (size_t row = 0; row < dun_result_rows(result); ++row) {
            size_t width = width_of(shown(result, row, i));
            rows->widths[i] = width > rows->widths[i] ? width : rows->widths[i];
        }
    }
}

static void append_cell(struct str *out, const char *text, size_t width, bool last)
{
    size_t used = report_width(text);
    report_append(out, text);
    if (!last)
        str_printf(out, "%*s", (int)(2 + (used < width ? width - used : 0)), "");
}

static void write_heading(struct str *out, const dun_flock_rows *rows, size_t target_width,
                          const dun_result *result)
{
    report_paint(out, rows->color, REPORT_FAINT);
    if (rows->targets)
        append_cell(out, "target", target_width, rows->columns == 0);
    for (size_t i = 0; i < rows->columns; ++i)
        append_cell(out, dun_result_column(result, i), rows->widths[i], i + 1 == rows->columns);
    report_unpaint(out, rows->color, REPORT_FAINT);
    str_append_char(out, '\n');
}

static void write_text(struct str *out, dun_flock_rows *rows, const dun_flock_event *event,
                       const dun_result *result)
{
    size_t target_width = event->flock->name_width, columns = dun_result_columns(result);
    if (dun_result_rows(result) == 0)
        return;
    if (!rows->headed) {
        measure(rows, result);
        write_heading(out, rows, target_width, result);
        rows->headed = true;
    }
    for (size_t row = 0; row < dun_result_rows(result); ++row) {
        if (rows->targets)
            append_cell(out, event->target->name, target_width, false);
        for (size_t i = 0; i < columns; ++i)
            append_cell(out, shown(result, row, i), i < rows->columns ? rows->widths[i] : 0,
                        i + 1 == columns);
        str_append_char(out, '\n');
    }
}

char *dun_flock_rows_text(dun_flock_rows *rows, const dun_flock_event *event)
{
    struct str out = STR_INIT;
    const char *target = event->target->name;
    if (event->kind == DUN_FLOCK_EVENT_GIVEN && rows->format == DUN_FORMAT_CSV)
        write_csv(&out, rows, target, event->data);
    else if (event->kind == DUN_FLOCK_EVENT_GIVEN && rows->format == DUN_FORMAT_JSON)
        write_json(&out, rows, target, event->data);
    else if (event->kind == DUN_FLOCK_EVENT_GIVEN)
        write_text(&out, rows, event, event->data);
    else if (event->kind == DUN_FLOCK_EVENT_ENDED && rows->format == DUN_FORMAT_JSON &&
             (event->target->error || event->target->outcome == DUN_FLOCK_SKIPPED))
        write_json_failure(&out, rows, event->target);
    return str_take(&out);
}

char *dun_flock_rows_end(dun_flock_rows *rows)
{
    if (rows->format != DUN_FORMAT_JSON)
        return memory_strdup("");
    return memory_strdup(rows->headed ? "\n]\n" : "[]\n");
}
