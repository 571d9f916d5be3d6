/* What the files that read the catalog of SQLite share: texts of statements become objects, then objects find
 * what they need. */
#ifndef ENGINE_SQLITE_CATALOG_READING_H
#define ENGINE_SQLITE_CATALOG_READING_H

#include "engine/sqlite/catalog_names.h"
#include "schema/catalog.h"

#include <stdbool.h>
#include <stddef.h>

struct catalog_reading {
    struct catalog *catalog;
    struct catalog_names *names;
    struct arena *scratch; /* until the reading ends */
    struct arena *work;    /* see catalog_work */
};

/* Memory for one statement or object: good until this is called for the next. */
struct arena *catalog_work(struct catalog_reading *reading);

/* A row of the schema table. */
struct catalog_statement {
    const char *name, *table, *sql;
    size_t length;
};

/* catalog_others.c: the object's text; NULL: there is no object. */
void catalog_keep_text(struct catalog_reading *reading, struct schema_object *object,
                       const struct catalog_statement *statement);

/*
 * catalog_table.c, catalog_others.c: adds what the statement makes. What could not be read is there all the
 * same: its definition is the whole text, beginning with CREATE, and is compared as such. `work` is for as
 * long as the call lasts.
 */
void catalog_read_table(struct catalog_reading *reading, struct arena *work,
                        const struct catalog_statement *statement);
void catalog_read_virtual_table(struct catalog_reading *reading, struct arena *work,
                                const struct catalog_statement *statement);
void catalog_read_view(struct catalog_reading *reading, struct arena *work,
                       const struct catalog_statement *statement);
/* Tables and views first; those of a table that is left out are left out. */
void catalog_read_index(struct catalog_reading *reading, struct arena *work,
                        const struct catalog_statement *statement);
void catalog_read_trigger(struct catalog_reading *reading, struct arena *work,
                          const struct catalog_statement *statement);

/* catalog_keys.c: the columns of a key or index, with orders and collations that are not those of the column
 * anyway. */
struct ddl_key_column;
void catalog_set_key_columns(struct catalog_reading *reading, struct schema_object *object,
                             struct arena *work, const struct ddl_key_column *columns, size_t count);
/* Once all tables are there: foreign keys name tables and columns as these are written, and say which
 * columns. */
void catalog_resolve_foreign_keys(struct catalog_reading *reading);

/* catalog_needs.c: once all objects are there. */
void catalog_find_needs(struct catalog_reading *reading);

/* catalog_shadow.c: does a virtual table, which is there already, keep its data in the table of this name? */
bool catalog_is_shadow(const struct catalog_reading *reading, struct arena *work, const char *table);

#endif
