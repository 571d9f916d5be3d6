/*
 * What every command on migrations begins with: the folder is read, the target opened and, if asked for,
 * locked, and files and history are put together. Ends by closing all of it.
 */
#ifndef MIGRATE_SESSION_H
#define MIGRATE_SESSION_H

#include "base/vector.h"
#include "migrate/state.h"
#include "run/target.h"
#include "task/task.h"

struct session {
    struct arena *arena; /* the caller's: what is told lives in it */
    const dun_migrate_options *options;
    struct task_scope scope;
    struct run_target *target;
    const struct migration_folder *folder;
    struct history history;
    struct migrations *migrations;
    VECTOR(dun_warning) decided; /* about statements that were in doubt */
};

/*
 * `command` is shown to those who wait for the lock. After success, and only then, session_close is due; it
 * keeps an error of its own to itself when `error` is NULL.
 */
bool session_open(struct arena *arena, const dun_migrate_options *options, const char *command, bool lock,
                  enum db_absent absent, struct session *ret_session, dun_error *error);

/* Makes what was done durable, lets go of the lock, closes. */
bool session_close(struct session *session, dun_error *error);

#endif
