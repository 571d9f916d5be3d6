/* Which rows a partitioned table has room for, and the order of its periods' ends, as conditions like those
 * of checks. Used by relations.c. */
#ifndef SEED_DEMO_PARTITIONS_H
#define SEED_DEMO_PARTITIONS_H

#include "base/arena.h"
#include "base/vector.h"
#include "schema/catalog.h"
#include "sql/dialect.h"

typedef VECTOR(const char *) demo_conditions;

/*
 * Adds conditions, in SQL, that the rows of the table meet; one that is more than enough where there is no
 * simple one for all partitions: rows go into those that follow each other without a gap.
 */
void demo_partitions(struct arena *arena, enum sql_dialect dialect, const struct catalog *catalog,
                     const struct schema_object *table, demo_conditions *ret_conditions);

/* The same for application-time periods: they begin before they end. */
void demo_periods(struct arena *arena, enum sql_dialect dialect, const struct schema_object *table,
                  demo_conditions *ret_conditions);

#endif
