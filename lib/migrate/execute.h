/*
 * Runs migrations one after the other, with their rows of the history. Used by up, down and resume, which
 * decide what is to be run.
 */
#ifndef MIGRATE_EXECUTE_H
#define MIGRATE_EXECUTE_H

#include "migrate/result.h"
#include "migrate/session.h"

struct execution {
    const struct migration *migration;
    enum dun_direction direction; /* DUN_UP or DUN_DOWN */
    bool again;         /* goes on with the row of the migration: it was interrupted, or has failed */
    bool skip_doubtful; /* ... after the statement in doubt, which has taken effect */
};

/*
 * Runs all of them, in batches; those that are done are added to the run. On failure the error tells what
 * state the database is in. With `options->dry_run` only run->sql is written.
 */
bool execute_migrations(struct session *session, dun_run *run, const struct execution *executions,
                        size_t count, dun_error *error);

#endif
