/* Tables for people; used by status and run. */
#include "report/table.h"

#include "base/vector.h"

enum { NARROWEST = 8 };

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

/* How the columns are shown: how wide, and in how wide a line. */
struct layout {
    size_t widths[TABLE_MOST_COLUMNS];
    size_t line;
    bool color;
};

/* Spaces are owed until a cell with text follows, so that no line ends in them. */
static void write_row(const struct table *table, const struct cell *row, const struct layout *layout,
                      struct str *out)
{
    size_t owed = 0, at = 0;
    for (size_t i = 0; i < table->count; ++i) {
        size_t width = layout->widths[i];
        const struct table_column *column = &table->columns[i];
        if (!width)
            continue;
        owed += at + owed > 0 ? column->gap : 0;
        size_t used = row[i].width < width ? row[i].width : width, padding = width - used;
        size_t before = owed + (column->right ? padding : 0);
        if (!used) {
            owed += padding;
            continue;
        }
        if (at + before >= layout->line)
            break;
        size_t room = layout->line - at - before;
        spaces(out, before);
        report_paint(out, layout->color, row[i].paint);
        str_append(out, report_cut(table->arena, row[i].text, used < room ? used : room));
        report_unpaint(out, layout->color, row[i].paint);
        at += before + used;
        owed = column->right ? 0 : padding;
    }
    str_append_char(out, '\n');
}

static void write_headings(const struct table *table, const struct layout *layout, struct str *out)
{
    struct cell headings[TABLE_MOST_COLUMNS];
    for (size_t i = 0; i < table->count; ++i) {
        const char *heading = table->columns[i].heading ? table->columns[i].heading : "";
        headings[i] = (struct cell){heading, report_width(heading), REPORT_FAINT};
    }
    write_row(table, headings, layout, out);
}

static bool widen_for_headings(const struct table *table, struct layout *layout)
{
    bool headings = false;
    for (size_t i = 0; i < table->count; ++i) {
        layout->widths[i] = table->widths[i];
        if (!table->widths[i] || !table->columns[i].heading)
            continue;
        headings = true;
        size_t width = report_width(table->columns[i].heading);
        if (width > table->widths[i])
            layout->widths[i] = width;
    }
    return headings;
}

static size_t line_width(const struct table *table, const struct layout *layout)
{
    size_t width = 0;
    for (size_t i = 0; i < table->count; ++i)
        if (layout->widths[i])
            width += layout->widths[i] + (width ? table->columns[i].gap : 0);
    return width;
}

/* Takes from the widest what is too much; the end of the line is cut where that is not enough. */
static void narrow(const struct table *table, struct layout *layout)
{
    for (size_t width = line_width(table, layout); width > layout->line; --width) {
        size_t *widest = NULL;
        for (size_t i = 0; i < table->count; ++i)
            if (!table->columns[i].right && (!widest || layout->widths[i] >= *widest))
                widest = &layout->widths[i];
        if (!widest || *widest <= NARROWEST)
            return;
        --*widest;
    }
}

void table_write(const struct table *table, const dun_report_options *options, struct str *out)
{
    struct layout layout = {.line = options && options->columns ? options->columns : SIZE_MAX,
                            .color = options && options->color};
    bool headings = widen_for_headings(table, &layout);
    narrow(table, &layout);
    if (headings)
        write_headings(table, &layout, out);
    for (size_t i = 0; i < table->cells.count; i += table->count)
        write_row(table, &table->cells.items[i], &layout, out);
}
