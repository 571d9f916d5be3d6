/* What listing tenants has in common on all engines. For the engines' tenants.c. */
#ifndef ENGINE_TENANTS_H
#define ENGINE_TENANTS_H

#include "engine/engine.h"

/* Adds the first column of a query's rows, without names of scratch places; opens a connection for it. */
bool tenants_query(const struct dun_engine *engine, const struct db_url *url,
                   const struct db_open_options *options, const char *sql, struct arena *arena,
                   struct engine_names *names, dun_error *error);

#endif
