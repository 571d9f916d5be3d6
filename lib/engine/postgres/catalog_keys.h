/*
 * The columns of constraints and indexes, which the server tells by their numbers: looked up here, for
 * joining and aggregating them in the queries takes the server longer than all the rest. Used by catalog.c
 * and catalog_rows.c.
 */
#ifndef POSTGRES_CATALOG_KEYS_H
#define POSTGRES_CATALOG_KEYS_H

#include "engine/postgres/catalog_rows.h"

/* What one row says of its keys. */
struct catalog_keys {
    uint32_t relation;   /* that has the columns */
    const char *numbers; /* "2 3" or "{2,3}"; NULL: none. 0 is an expression */
    uint32_t index;      /* NULL object number: it is no index */
    size_t count;        /* of an index: so many are keys, the others included columns */
};

/* The rows of catalog_index_keys.sql and catalog_outer_columns.sql; before those of indexes and constraints.
 */
void catalog_read_index_keys(struct catalog_reading *reading, const struct catalog_result *rows);
void catalog_read_column_names(struct catalog_reading *reading, const struct catalog_result *rows);

/* The names of the columns, an expression's being that of its column in the index; in the scratch arena. */
const char *const *catalog_key_names(const struct catalog_reading *reading, const struct catalog_keys *keys,
                                     size_t *ret_count);

/* Sets the attributes of an index: columns, included, orders, operator classes, collations, statistics
 * target. */
void catalog_set_index_keys(const struct catalog_reading *reading, struct schema_object *object,
                            const struct catalog_keys *keys);

#endif
