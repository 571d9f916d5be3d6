/* The unique keys of a table as demo data have to keep them: also those over parts of columns, over lower(x),
 * and of some rows only. */
#ifndef SEED_DEMO_UNIQUE_H
#define SEED_DEMO_UNIQUE_H

#include "seed/demo/check.h"
#include "seed/demo/plan.h"

/*
 * Fills `uniques` of the table, and limits columns of which only the beginning counts to what counts. Indexes
 * over other expressions are noted as not understood.
 */
void demo_uniques_read(struct demo_plan *plan, struct demo_table *table);

/*
 * Finds a column that can be so that the rows beyond number `until` are not among those that the key is
 * about. False: there is none, and the key must hold for all rows.
 */
bool demo_unique_limit(const struct demo_plan *plan, struct demo_table *table,
                       const struct demo_unique *unique, uint64_t until);

/* Of a row that the key must not be about: appends the value of the limited column; false: it is NULL. */
bool demo_append_beyond(const struct demo_column *column, uint64_t number, struct str *to);

#endif
