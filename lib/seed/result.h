/* What dun_seed_run is inside. */
#ifndef SEED_RESULT_H
#define SEED_RESULT_H

#include "base/arena.h"
#include "base/vector.h"
#include "run/target.h"

#include <dunlin/seed.h>

struct dun_seed_run {
    struct arena *arena; /* its own, in which everything of the run lives */
    VECTOR(dun_seed_file) files;
    VECTOR(dun_warning) warnings;
    const char *target;
    bool dry_run, demo;
    uint64_t round_trips, statements;
};

dun_seed_run *seed_run_new(void);

/*
 * Opens the target of the options: `command` is shown to those who wait for the lock. In the arena of the
 * run. What `absent` says is made is not for a dry run.
 */
bool seed_target_open(struct arena *arena, const dun_seed_options *options, const char *command,
                      enum db_absent absent, struct run_target **ret_target, dun_error *error);

/* Takes what the target knows. Before that is closed. */
void seed_run_conclude(dun_seed_run *run, const struct run_target *target);

#endif
