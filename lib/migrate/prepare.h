/*
 * Turns a migration that is to be run into a job: its script, and the SQL that records its progress in the
 * history. Used by execute.c.
 */
#ifndef MIGRATE_PREPARE_H
#define MIGRATE_PREPARE_H

#include "migrate/execute.h"
#include "migrate/script.h"
#include "run/jobs.h"

struct prepared {
    struct run_job job;
    struct migration_script script;
    int64_t id;    /* of its row */
    bool stepwise; /* not one transaction: progress is recorded unit by unit */
    size_t done;   /* statements that are done before it begins */
};

/* `id` is that of the row, should it need a new one; `commit_id` may be NULL. In the session's arena. */
bool prepare_job(struct session *session, const struct execution *execution, int64_t id,
                 const char *commit_id, struct prepared *ret_prepared, dun_error *error);

#endif
