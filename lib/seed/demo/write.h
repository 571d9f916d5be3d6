/* Made up rows as files: one SQL script, or a CSV file for each table as `dunlin seed` reads it. */
#ifndef SEED_DEMO_WRITE_H
#define SEED_DEMO_WRITE_H

#include "seed/demo/plan.h"
#include "seed/result.h"

/* Adds to run->files what was written. */
bool demo_write(struct demo_plan *plan, dun_connection *connection, const dun_seed_options *options,
                const dun_demo_options *demo, dun_seed_run *run, dun_error *error);

#endif
