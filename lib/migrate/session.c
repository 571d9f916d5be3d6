#include "migrate/session.h"

#include "base/error.h"
#include "migrate/doubt.h"
#include "migrate/shared.h"

#include <unistd.h>

static bool run_reads(struct session *session, const struct db_item *reads, struct db_outcome *outcomes,
                      bool lock, dun_error *error)
{
    if (lock)
        return run_target_lock(session->target, session->history.lock_name, session->options->lock_timeout_ms,
                               reads, HISTORY_READS, outcomes, error);
    struct db_batch batch = {.items = reads, .count = HISTORY_READS};
    dun_connection *connection = session->target->connection;
    size_t failed;
    return connection->driver->batch(connection, &batch, outcomes, &failed, error);
}

static bool read_history(struct session *session, bool lock, dun_error *error)
{
    struct db_item reads[HISTORY_READS];
    struct db_outcome outcomes[HISTORY_READS] = {{NULL, NULL}};
    if (!history_init(session->arena, session->target->engine, session->options->history, &session->history,
                      error))
        return false;
    history_reads(session->arena, &session->history, reads);
    if (run_reads(session, reads, outcomes, lock, error))
        return history_take(session->arena, &session->history, outcomes, error);
    db_outcomes_clear(outcomes, HISTORY_READS);
    return false;
}

static bool combine(struct session *session, dun_error *error)
{
    session->migrations = migrations_combine(session->arena, session->folder, &session->history);
    return doubt_settle(session, error);
}

static bool open_target(struct session *session, const char *command, enum db_absent absent, dun_error *error)
{
    const dun_migrate_options *options = session->options;
    struct run_target_options target_options = {
        .url = options->url,
        .application = arena_printf(session->arena, "dunlin %s, %s, pid %ld", command,
                                    options->applied_by ? options->applied_by : "unknown", (long)getpid()),
        .wait_ms = options->wait_ms,
        .echo = options->echo,
        .absent = absent,
        .observer = {options->observe, options->user},
    };
    if (!options->url)
        return error_set(error, DUN_USAGE, "no URL was given");
    return run_target_open(session->arena, &target_options, &session->target, error);
}

static bool read_folder(struct session *session, dun_error *error)
{
    const dun_migrate_options *options = session->options;
    const char *path = options->folder ? options->folder : "migrations";
    struct migration_folder *folder = NULL;
    if (!options->migrations && !migration_folder_read(session->arena, path, &folder, error))
        return false;
    session->folder = folder ? folder : shared_folder(options->migrations);
    return true;
}

static bool begin(struct session *session, const char *command, bool lock, enum db_absent absent,
                  dun_error *error)
{
    return read_folder(session, error) && open_target(session, command, absent, error) &&
           read_history(session, lock, error) && combine(session, error);
}

bool session_open(struct arena *arena, const dun_migrate_options *options, const char *command, bool lock,
                  enum db_absent absent, struct session *ret_session, dun_error *error)
{
    *ret_session = (struct session){.arena = arena, .options = options};
    task_scope_enter(&ret_session->scope, options->cancel, -1);
    if (begin(ret_session, command, lock, absent, error))
        return true;
    session_close(ret_session, NULL);
    return false;
}

bool session_close(struct session *session, dun_error *error)
{
    bool ok = true;
    if (session->target) {
        ok = run_target_unlock(session->target, error);
        run_target_close(session->target);
    }
    task_scope_leave(&session->scope);
    return ok;
}
