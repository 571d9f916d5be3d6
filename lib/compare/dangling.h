/*
 * Views and triggers that seem to mention tables that are not there. SQLite reads all of them when anything
 * is renamed, and fails at the first that is broken, so they belong to what a rename touches. For subset.c.
 */
#ifndef COMPARE_DANGLING_H
#define COMPARE_DANGLING_H

#include "schema/catalog.h"
#include "sql/dialect.h"

#include <stdbool.h>

struct dangling;

/* The names of all tables and views; in the arena. */
struct dangling *dangling_read(struct arena *arena, const struct catalog *catalog, enum sql_dialect dialect);

/* True also for names that stand for something else, as of a WITH. */
bool dangling_is(const struct dangling *dangling, const struct schema_object *object);

#endif
