/*
 * From the rows of the catalog queries to objects. A query says by the names of its columns what it tells, so
 * there is one piece of code for all kinds:
 *
 *   id, sub, class          which object of the server's it is: its number; that of a column; and that of its
 * system table, where it is not the one of all rows. A column has no id: it is that of its parent kind as in
 * the model, where it is not the one of all rows schema, name, parent    as in the model; `parent` is a
 * number in the class of parents also NAME               another number of the same object, in the system
 * table of that name rows                    of a table keys, key count, index, referenced id, referenced
 * keys the columns of a constraint or index by their numbers: see catalog_keys.h made up from, made up as,
 * made up of[] the table, the label and the columns of which the server would make up a name, where parent,
 * kind and keys do not say so anything else           an attribute by its word; with [] behind it a list,
 * from a text[]. NULL: it is not there
 *
 * A row of a query without kinds says more about an object that is there. Used by catalog.c.
 */
#ifndef POSTGRES_CATALOG_ROWS_H
#define POSTGRES_CATALOG_ROWS_H

#include "engine/engine.h"
#include "engine/postgres/catalog_ids.h"
#include "engine/postgres/client.h"
#include "schema/catalog.h"

/* The rows of one query. */
struct catalog_result {
    const struct libpq *pq;
    const PGresult *rows;
    int row_count, column_count;
};

struct catalog_reading {
    const struct catalog_options *options;
    struct catalog *catalog;
    struct arena *scratch;       /* what only the reading needs */
    const char *role;            /* whose own objects need no owner; NULL: nobody's */
    struct catalog_ids *objects; /* struct schema_object */
    struct catalog_ids *aliases; /* the same, by the other numbers that they have */
    struct catalog_ids *members; /* what belongs to an extension: the extension, once that was read */
    struct catalog_ids *names;   /* of columns that are no objects, as texts */
    struct catalog_ids *keys;    /* of indexes, what is special about them: struct index_key */
};

/* What all rows of a query are. */
struct catalog_rows_are {
    const char *kind; /* NULL: each row says so, or none is an object of its own */
    enum system_table class, parent_class;
};

void catalog_read_objects(struct catalog_reading *reading, const struct catalog_rows_are *are,
                          const struct catalog_result *rows);

/* The same for columns, whose order among their rows says nothing. */
void catalog_read_columns(struct catalog_reading *reading, const struct catalog_rows_are *are,
                          const struct catalog_result *rows);

/* The role that reads. */
void catalog_read_role(struct catalog_reading *reading, const struct catalog_result *rows);

/* Sets a list from a text[], unless it is empty and that says nothing; NULL is empty. */
void catalog_set_array(struct catalog_reading *reading, struct schema_object *object,
                       enum schema_attribute attribute, const char *array);

/* A column of a result by its name, -1: there is none; and its values, NULL and 0 where there is none. */
int catalog_column(const struct catalog_result *result, const char *name);
const char *catalog_column_text(const struct catalog_result *result, int row, int column);
uint32_t catalog_column_number(const struct catalog_result *result, int row, int column);

/* An object by class, id and sub; NULL: it was not read. */
struct schema_object *catalog_object(const struct catalog_reading *reading, uint32_t class, uint32_t id,
                                     uint32_t sub);

#endif
