/* What a dun_flock is inside; for the files of this floor. */
#ifndef FLOCK_FLOCK_H
#define FLOCK_FLOCK_H

#include "base/arena.h"
#include "base/vector.h"
#include "report/alike.h"

#include <dunlin/flock.h>

struct flock_run;

struct flock_target {
    dun_flock_target said; /* first, so that both pointers are one */
    struct flock_run *run; /* while it is worked on */
    dun_error *error;
    const char *names[4]; /* that are its own, ended by NULL: the target, its database, its schema */
    struct arena *arena;  /* of the warnings; NULL: there are none */
    VECTOR(dun_warning) warnings;
};

struct dun_flock {
    struct arena *arena;
    struct flock_target *targets;
    size_t count;
    size_t name_width; /* of the longest name, in characters */
    const char *differs;
    struct alike *failures;                  /* as they happen */
    VECTOR(const dun_flock_target *) failed; /* the first of each group of them */
    enum dun_code skipped; /* what kept the others from being begun; DUN_OK: the failure of one that was */
};

#endif
