/* dun_migrate_status: what the files and the history say, told and nothing changed. */
#include "migrate/doubt.h"
#include "migrate/result.h"

struct dun_status {
    struct arena *arena;
    dun_migration *migrations;
    size_t count;
    const dun_warning *warnings;
    size_t warning_count;
    const char *target;
    const char *doubt, *doubt_file;
    unsigned doubt_line, doubt_column;
};

/* A row that is running while somebody holds the lock is being run, not in doubt. */
static bool is_running(struct session *session)
{
    return session->target->engine->lock->holder(session->target->connection, session->history.lock_name,
                                                 session->arena) != NULL;
}

static void tell_unfinished(struct session *session, dun_status *status)
{
    struct migration *unfinished = migrations_unfinished(session->migrations);
    if (!unfinished || unfinished->row->state != HISTORY_RUNNING)
        return;
    if (is_running(session))
        unfinished->said.state = DUN_RUNNING;
    else if (unfinished->said.state == DUN_IN_DOUBT)
        doubt_statement(session, unfinished, &status->doubt, &status->doubt_file, &status->doubt_line,
                        &status->doubt_column, NULL);
}

dun_status *dun_migrate_status(const dun_migrate_options *options, dun_error *error)
{
    struct arena *arena = arena_new();
    struct session session;
    if (!session_open(arena, options, "status", false, DB_ABSENT_REFUSED, &session, error)) {
        arena_free(arena);
        return NULL;
    }
    dun_status *status = ARENA_NEW(arena, dun_status);
    status->arena = arena;
    tell_unfinished(&session, status);
    status->count = session.migrations->count;
    status->migrations = arena_alloc(arena, status->count * sizeof *status->migrations);
    for (size_t i = 0; i < status->count; ++i)
        status->migrations[i] = session.migrations->items[i].said;
    status->warnings = session.folder->warnings.items;
    status->warning_count = session.folder->warnings.count;
    status->target = session.target->name;
    session_close(&session, NULL);
    return status;
}

void dun_status_free(dun_status *status)
{
    if (status)
        arena_free(status->arena);
}

const dun_migration *dun_status_migrations(const dun_status *status, size_t *ret_count)
{
    *ret_count = status->count;
    return status->migrations;
}

const dun_warning *dun_status_warnings(const dun_status *status, size_t *ret_count)
{
    *ret_count = status->warning_count;
    return status->warnings;
}

const char *dun_status_target(const dun_status *status)
{
    return status->target;
}

bool dun_status_in_order(const dun_status *status)
{
    for (size_t i = 0; i < status->count; ++i) {
        const dun_migration *migration = &status->migrations[i];
        if (migration->state != DUN_APPLIED || migration->changed || migration->missing)
            return false;
    }
    return true;
}

const char *dun_status_doubt(const dun_status *status, const char **ret_file, unsigned *ret_line,
                             unsigned *ret_column)
{
    *ret_file = status->doubt_file;
    *ret_line = status->doubt_line;
    *ret_column = status->doubt_column;
    return status->doubt;
}
