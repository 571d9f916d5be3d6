/* A table for people: columns as wide as their widest cell, counted in characters; a column without any text
 * is left out. */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "base/arena.h"
#include "base/str.h"
#include "report/text.h"

#include <dunlin/report.h>

#include <stdbool.h>
#include <stddef.h>

enum { TABLE_MOST_COLUMNS = 10 };

struct table_column {
    const char *heading; /* NULL in a table without headings; headings alone do not keep a column */
    unsigned gap;        /* spaces before it, unless it is the first that is shown */
    bool right;          /* aligned to the right */
};

struct table;

struct table *table_new(struct arena *arena, size_t count, const struct table_column *columns);

/* `cells` and `paints` have one entry a column; NULL is an empty cell. Texts are copied, without control
 * characters. */
void table_add(struct table *table, const char *const *cells, const enum report_paint *paints);

/* The headings, if the columns have any, and the rows; no spaces at the ends of lines. Where lines would be
 * longer than the terminal, the widest cells are cut first, and numbers never. */
void table_write(const struct table *table, const dun_report_options *options, struct str *out);

#endif
