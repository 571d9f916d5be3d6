/* What drawings of a schema have in common: tables with their columns, and what refers to what. For mermaid.c
 * and dot.c. */
#ifndef REPORT_DRAWING_H
#define REPORT_DRAWING_H

#include "base/str.h"
#include "schema/catalog.h"

#include <stdbool.h>
#include <stddef.h>

/* How a column takes part in keys. */
struct drawing_column {
    const struct schema_object *column;
    bool primary, unique, foreign; /* unique: by itself */
};

/* A foreign key. */
struct drawing_reference {
    const struct schema_object *key;
    const struct schema_object *table; /* NULL: it is not there */
    const char *columns;               /* "customer_id, region" */
    bool optional;                     /* some column of it may be without a value */
    bool single;                       /* at most one row refers to another: its columns are a key */
};

struct drawing_table {
    const struct schema_object *table;
    const char *name; /* for people */
    struct drawing_column *columns;
    size_t column_count;
    struct drawing_reference *references;
    size_t reference_count;
};

/* How a language of drawings writes them; `to` is the name of a table that was written. */
struct drawing_pen {
    void (*table)(struct str *out, const struct drawing_table *table);
    void (*reference)(struct str *out, const struct drawing_table *from,
                      const struct drawing_reference *reference, const char *to);
};

/* All tables by name, then what refers to what. */
void drawing_write(struct str *out, const struct catalog *catalog, const struct drawing_pen *pen);

#endif
