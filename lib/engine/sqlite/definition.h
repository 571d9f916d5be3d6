/*
 * The SQL that makes an object of a catalog, written as people write it: what belongs to one column and has
 * no name stands with the column. For plans; the readers of ddl.h read it back as the same object.
 */
#ifndef ENGINE_SQLITE_DEFINITION_H
#define ENGINE_SQLITE_DEFINITION_H

#include "base/str.h"
#include "schema/catalog.h"

#include <stdbool.h>

/* Could the text of the object not be taken apart? Then its definition is the whole text. */
bool definition_is_whole(const struct schema_object *object);

/* The name, quoted. */
void definition_name(struct str *to, const char *name);
/* "a, b", quoted. */
void definition_names(struct str *to, size_t count, const char *const *names);

/* CREATE TABLE under a name that need not be the table's own. Not for whole texts. */
void definition_table(struct str *to, const struct catalog *catalog, const struct schema_object *table,
                      const char *name);

/* The column with its type, default, ... and with the constraints that are given, which have their home
 * there. */
void definition_column(struct str *to, const struct catalog *catalog, const struct schema_object *column,
                       struct schema_object *const *constraints, size_t count);

/* A key, check or foreign key. */
bool definition_is_constraint(const struct schema_object *part);

/* The column that the constraint is written with; NULL: it stands behind all columns, as it has several or a
 * name. */
const struct schema_object *definition_home(const struct catalog *catalog,
                                            const struct schema_object *constraint);

/* Any object that stands alone, an index or a trigger. */
void definition_object(struct str *to, const struct catalog *catalog, const struct schema_object *object);

/* The rowid under another name: the column that is INTEGER PRIMARY KEY. NULL: the table has none. */
const struct schema_object *definition_rowid_column(const struct catalog *catalog,
                                                    const struct schema_object *table);

const struct schema_object *definition_primary_key(const struct schema_object *table); /* NULL: none */

#endif
