/* Tables, views and their columns by name, as SQLite finds them: whatever the case of the letters. For
 * reading catalogs. */
#ifndef ENGINE_SQLITE_CATALOG_NAMES_H
#define ENGINE_SQLITE_CATALOG_NAMES_H

#include "schema/catalog.h"

struct catalog_names;

/* In the arena, which the catalog must outlive. */
struct catalog_names *catalog_names_new(struct arena *arena);

/* Keeps a table, view or virtual table, or a column of one. */
void catalog_names_add(struct catalog_names *names, struct schema_object *object);

/* NULL: there is none. */
struct schema_object *catalog_names_table(const struct catalog_names *names, const char *name);
struct schema_object *catalog_names_column(const struct catalog_names *names,
                                           const struct schema_object *table, const char *name);

#endif
