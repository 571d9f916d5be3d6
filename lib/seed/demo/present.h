/* What is in the tables already: how many rows, the highest keys, and the keys that new rows may refer to. */
#ifndef SEED_DEMO_PRESENT_H
#define SEED_DEMO_PRESENT_H

#include "seed/demo/plan.h"

/* Rows and highest keys of all tables, in one round trip. */
bool demo_present_count(struct demo_plan *plan, dun_connection *connection, dun_error *error);

/* The keys of tables that rows which are wanted refer to; of each table at most DEMO_POOL_MOST. */
bool demo_present_read(struct demo_plan *plan, dun_connection *connection, dun_error *error);

enum { DEMO_POOL_MOST = 1000000 };

#endif
