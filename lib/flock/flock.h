/* What a dun_flock is inside; for the files of this floor. */
#ifndef FLOCK_FLOCK_H
#define FLOCK_FLOCK_H

#include "base/arena.h"

#include <dunlin/flock.h>

struct flock_run;

struct flock_target {
    dun_flock_target said; /* first, so that both pointers are one */
    struct flock_run *run; /* while it is worked on */
    dun_error *error;
};

struct dun_flock {
    struct arena *arena;
    struct flock_target *targets;
    size_t count;
    size_t name_width; /* of the longest name, in characters */
    const char *differs;
    enum dun_code skipped; /* what kept the others from being begun; DUN_OK: the failure of one that was */
};

#endif
