/*
 * The tables that dunlin keeps in a target: the history of its migrations, and beside it the record of its
 * seeds. Readers of catalogs leave them out.
 */
#ifndef ENGINE_OWN_TABLE_H
#define ENGINE_OWN_TABLE_H

#include "base/arena.h"
#include "sql/dialect.h"

#include <stdbool.h>

/*
 * "dunlin_seeds" for "dunlin_history", "x_seeds" for "x_history" and for "x"; NULL is the default. In the
 * arena.
 */
const char *own_table_of_seeds(struct arena *arena, const char *history);

/*
 * Is `schema`.`name` (schema NULL: not known) the history, as it is named in the configuration, or the record
 * of the seeds?
 */
bool own_table_is(enum sql_dialect dialect, const char *history, const char *schema, const char *name);

#endif
