/*
 * What the server's identifiers stand for while its catalog is read: a hash table from system table, object
 * and column to a pointer. With ten thousand tables there are some hundred thousand, so keys are numbers and
 * entries small. Used by the files of this folder that read catalogs.
 */
#ifndef POSTGRES_CATALOG_IDS_H
#define POSTGRES_CATALOG_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The system tables that are asked for by name; their numbers are the same in all versions. */
enum system_table {
    PG_TYPE = 1247,
    PG_PROC = 1255,
    PG_CLASS = 1259,
    PG_FOREIGN_SERVER = 1417,
    PG_FOREIGN_DATA_WRAPPER = 2328,
    PG_DEFAULT_ACL = 826,
    PG_ATTRDEF = 2604,
    PG_CONSTRAINT = 2606,
    PG_NAMESPACE = 2615,
    PG_REWRITE = 2618,
    PG_TRIGGER = 2620,
    PG_EXTENSION = 3079,
    PG_POLICY = 3256,
    PG_STATISTIC_EXT = 3381,
    PG_COLLATION = 3456,
    PG_EVENT_TRIGGER = 3466,
    PG_PUBLICATION = 6104,
};

struct catalog_id {
    uint32_t object;
    uint16_t table; /* a system table */
    int16_t column; /* or another part; 0: the whole object */
};

struct catalog_ids;

struct catalog_ids *catalog_ids_new(void);
void catalog_ids_free(struct catalog_ids *ids);

/* What is there already stays. `value` is not NULL. */
void catalog_ids_add(struct catalog_ids *ids, struct catalog_id id, void *value);
void *catalog_ids_get(const struct catalog_ids *ids, struct catalog_id id); /* NULL: not there */

#endif
