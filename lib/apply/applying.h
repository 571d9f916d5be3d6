/* What the steps of applying a schema share. For the files of this folder. */
#ifndef APPLY_APPLYING_H
#define APPLY_APPLYING_H

#include "compare/prove.h"
#include "compare/told.h"
#include "run/target.h"

#include <dunlin/apply.h>

struct dun_apply {
    struct arena *arena;
    const char *target;
    dun_plan *plan; /* the last one that was made */
    told_warning_list warnings;
    size_t done;
    bool applied, declined;
    unsigned replanned;
    int64_t elapsed_ms;
    uint64_t statements, round_trips;
};

struct applying {
    struct arena *arena; /* of the whole work */
    const dun_apply_options *options;
    struct run_target *target;
    struct source_settings settings;
    struct source_request from, to;
    unsigned allowed; /* hazards */
    struct compare *compare;
    struct plan *plan; /* in the arena of the compare */
    dun_apply *result; /* NULL until there is a plan */
    bool running;      /* the plan on the target: from here on it is known statement by statement */
};

/* count.c: the rows of the tables that the plan endangers, where the catalog has no estimate: in one round
 * trip. */
bool apply_count_rows(struct applying *applying, dun_error *error);

/* safety.c: refuses a plan that is not proven, that loses data which nobody has allowed to be lost, or that
 * rows stand against. */
bool apply_is_safe(struct applying *applying, const struct proof *proof, dun_error *error);

/* statements.c: runs the plan on the target, whose lock is held; waits for locks and tries again. */
bool apply_run_plan(struct applying *applying, dun_error *error);

#endif
