/* Tables for people; used by status and run. */
#include "report/table.h"

#include "base/vector.h"

struct cell {
    const char *text;
    size_t width;
    enum report_paint paint;
};

struct table {
    struct arena *arena;
    size_t count;
    const struct table_column *columns;
    size_t widths[TABLE_MOST_COLUMNS]; /* 0: no cell of the column has text */
    VECTOR(struct cell) cells;         /* row after row */
};

struct table *table_new(struct arena *arena, size_t count, const struct table_column *columns)
{
    struct table *table = ARENA_NEW(arena, struct table);
    table->arena = arena;
    table->count = count;
    table->columns = columns;
    return table;
}

static const char *cleaned(struct arena *arena, const char *text)
{
    struct str clean = STR_INIT;
    report_append(&clean, text);
    const char *copy = arena_strndup(arena, str_text(&clean), clean.length);
    str_free(&clean);
    return copy;
}

void table_add(struct table *table, const char *const *cells, const enum report_paint *paints)
{
    for (size_t column = 0; column < table->count; ++column) {
        const char *text = cleaned(table->arena, cells[column]);
        size_t width = report_width(text);
        if (width > table->widths[column])
            table->widths[column] = width;
        *vector_add(table->arena, &table->cells) = (struct cell){text, width, paints[column]};
    }
}

static void spaces(struct str *out, size_t count)
{
    str_printf(out, "%*s", (int)count, "");
}

/* Spaces are owed until a cell with text follows, so that no line ends in them. */
static void write_row(const struct table *table, const struct cell *row, const size_t *widths, bool color,
                      struct str *out)
{
    size_t owed = 0;
    bool first = true;
    for (size_t i = 0; i < table->count; ++i) {
        if (!widths[i])
            continue;
        const struct table_column *column = &table->columns[i];
        size_t padding = widths[i] - row[i].width;
        owed += first ? 0 : column->gap;
        first = false;
        if (!row[i].width) {
            owed += padding;
            continue;
        }
        spaces(out, owed + (column->right ? padding : 0));
        report_paint(out, color, row[i].paint);
        str_append(out, row[i].text);
        report_unpaint(out, color, row[i].paint);
        owed = column->right ? 0 : padding;
    }
    str_append_char(out, '\n');
}

static void write_headings(const struct table *table, const size_t *widths, bool color, struct str *out)
{
    struct cell headings[TABLE_MOST_COLUMNS];
    for (size_t i = 0; i < table->count; ++i) {
        const char *heading = table->columns[i].heading ? table->columns[i].heading : "";
        headings[i] = (struct cell){heading, report_width(heading), REPORT_FAINT};
    }
    write_row(table, headings, widths, color, out);
}

void table_write(const struct table *table, bool color, struct str *out)
{
    size_t widths[TABLE_MOST_COLUMNS] = {0};
    bool headings = false;
    for (size_t i = 0; i < table->count; ++i) {
        widths[i] = table->widths[i];
        if (!widths[i] || !table->columns[i].heading)
            continue;
        headings = true;
        size_t width = report_width(table->columns[i].heading);
        if (width > widths[i])
            widths[i] = width;
    }
    if (headings)
        write_headings(table, widths, color, out);
    for (size_t i = 0; i < table->cells.count; i += table->count)
        write_row(table, &table->cells.items[i], widths, color, out);
}
