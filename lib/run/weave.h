/* Weaves the statements of jobs and their journals into the items of one batch. Used by jobs.c and
 * jobs_text.c. */
#ifndef RUN_WEAVE_H
#define RUN_WEAVE_H

#include "run/jobs.h"

enum weave_role {
    WEAVE_STATEMENT,
    WEAVE_TRANSACTION,
    WEAVE_RECORD,
    WEAVE_PROLOGUE,
    WEAVE_SETTING, /* set again for the rest of a script whose beginning was run earlier */
    WEAVE_RESET,   /* settings brought back: before a record, or after all units */
};

/* Where an item comes from. */
struct weave_origin {
    size_t job;
    enum weave_role role;
    const struct run_unit *unit; /* that it is part of; NULL: of none */
    size_t statement;            /* of WEAVE_STATEMENT and WEAVE_SETTING */
    bool atomic;                 /* of its unit */
    bool ends_job;
};

struct weave {
    struct db_item *items;
    struct weave_origin *origins;
    size_t count;
};

/* In the arena; the items point into the texts of the jobs. */
struct weave weave_jobs(struct arena *arena, const struct dun_engine *engine, const struct run_job *jobs,
                        size_t count);

#endif
