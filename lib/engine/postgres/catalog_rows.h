/*
 * From the rows of the catalog queries to objects. A query says by the names of its columns what it tells, so
 * there is one piece of code for all kinds:
 *
 *   id, sub, class     which object of the server's it is; `sub` is the number of a column; `class` is the
 * system table, where it is not the one of all rows kind, schema, name, parent   as in the model; `parent` is
 * an id in the class of parents also pg_class      another id of the same object: that of a key's index rows
 * of a table made up from, made up as, made up of[]   the table, the label and the columns that the server
 * would make up a name of anything else      an attribute by its word; with [] behind it a list, from a
 * text[]. NULL: it is not there
 *
 * A row without a kind says more about an object that is there. Used by catalog.c.
 */
#ifndef POSTGRES_CATALOG_ROWS_H
#define POSTGRES_CATALOG_ROWS_H

#include "base/map.h"
#include "db/result.h"
#include "engine/engine.h"
#include "schema/catalog.h"

struct catalog_reading {
    const struct catalog_options *options;
    struct catalog *catalog;
    struct arena *scratch; /* what only the reading needs */
    struct map *objects;   /* by class, id and sub */
    struct map *aliases;   /* the same, for the index of a key */
    struct map *members;   /* what belongs to an extension: the extension, once that was read */
};

/* Each reads the rows of one query; `class` and `parent_class` as above. */
void catalog_read_objects(struct catalog_reading *reading, const char *class, const char *parent_class,
                          const dun_result *rows);
void catalog_read_members(struct catalog_reading *reading, const dun_result *rows);
void catalog_read_needs(struct catalog_reading *reading, const dun_result *rows);
void catalog_read_grants(struct catalog_reading *reading, const dun_result *rows);
void catalog_read_comments(struct catalog_reading *reading, const dun_result *rows);
void catalog_read_unmodelled(struct catalog_reading *reading, const dun_result *rows);

#endif
