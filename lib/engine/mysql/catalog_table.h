/* The readers of what a CREATE TABLE statement is made of, as SHOW CREATE TABLE prints it. For
 * catalog_table.c. */
#ifndef ENGINE_MYSQL_CATALOG_TABLE_H
#define ENGINE_MYSQL_CATALOG_TABLE_H

#include "engine/mysql/catalog_reading.h"

struct catalog_table_text {
    struct catalog_text text;
    struct catalog *catalog;
    struct schema_object *table;
};

/* Never NULL: a part that is there already is given again. */
struct schema_object *mysql_engine_catalog_add_part(struct catalog_table_text *from, enum schema_kind kind,
                                                    const char *name);

/* A column, from its name up to the comma or parenthesis behind it. */
void mysql_engine_catalog_read_column(struct catalog_table_text *from);

/* A key, constraint or period likewise. False: it is none that is known, and nothing was taken. */
bool mysql_engine_catalog_read_table_part(struct catalog_table_text *from);

/* What stands behind the columns: options, then partitions. */
void mysql_engine_catalog_read_table_options(struct catalog_table_text *from);
void mysql_engine_catalog_read_partitions(struct catalog_table_text *from);

/* Is this the end of a column, key or constraint? */
bool mysql_engine_catalog_at_part_end(const struct catalog_text *text);

/* An option that no attribute is for: a word with what is behind it, as far as that belongs to it, in one
 * text. */
const char *mysql_engine_catalog_take_option(struct catalog_text *text);

#endif
