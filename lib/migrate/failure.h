/*
 * What a migration that failed leaves behind: the state of its row in the history, and the sentence that
 * tells people. Used by execute.c.
 */
#ifndef MIGRATE_FAILURE_H
#define MIGRATE_FAILURE_H

#include "migrate/prepare.h"

struct failed_job {
    struct session *session;
    dun_run *run; /* its migrations are those that were done before */
    const struct execution *execution;
    const struct prepared *prepared;
    size_t before; /* how many executions stand before it */
    const struct run_failure *failure;
};

/* Nothing of it was left to do: what failed came after it. */
bool failure_is_complete(const struct failed_job *failed);

/* Marks the row of a stepwise migration as failed: it is not in doubt. Whether that works is not known here:
 * a row that stays as it was is asked about at the next run. */
void failure_record(const struct failed_job *failed);

/* Says in the error what state the database is in. */
void failure_describe(const struct failed_job *failed, dun_error *error);
void failure_describe_missing_history(const struct failed_job *failed, dun_error *error);

#endif
