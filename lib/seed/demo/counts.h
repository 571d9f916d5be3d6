/* How many rows: "1000", "customers=1000,orders=5x customers". */
#ifndef SEED_DEMO_COUNTS_H
#define SEED_DEMO_COUNTS_H

#include "seed/demo/plan.h"

/*
 * Sets what is wanted of each table, and of those that rows need and that have none. Fails with DUN_USAGE for
 * what cannot be read and for tables that there are not.
 */
bool demo_counts_read(struct demo_plan *plan, const char *text, dun_connection *connection, dun_error *error);

#endif
