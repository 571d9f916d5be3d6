#include "migrate/failure.h"

#include "base/error.h"
#include "task/task.h"

enum { CLEANUP_TIME = 10000 };

static const char *counted(struct arena *arena, size_t count, enum dun_direction direction)
{
    const char *verb = direction == DUN_UP ? "applied" : "reverted";
    if (count == 0)
        return "";
    return arena_printf(arena, "; %zu migration%s before it %s %s", count, count == 1 ? "" : "s",
                        count == 1 ? "was" : "were", verb);
}

static const char *kept_statements(struct arena *arena, size_t done)
{
    if (done == 0)
        return "no statement of it is applied";
    if (done == 1)
        return "its statement 1 is applied and stays";
    return arena_printf(arena, "its statements 1 to %zu are applied and stay", done);
}

/* How many statements of the job are recorded as done: those of the units before the failing one. */
static size_t statements_done(const struct failed_job *failed)
{
    size_t done = failed->prepared->done;
    const struct run_units *units = failed->prepared->script.units;
    for (size_t i = 0; i < units->count && units->units[i].end <= failed->failure->statement; ++i)
        done = units->units[i].end;
    return done;
}

static const char *stepwise_state(const struct failed_job *failed, bool interrupted)
{
    struct arena *arena = failed->run->arena;
    const struct run_failure *failure = failed->failure;
    size_t done = statements_done(failed);
    const char *kept = kept_statements(arena, done);
    const char *mend = interrupted ? "" : "correct the rest and ";
    const char *command = failed->execution->direction == DUN_UP ? "up" : "down";
    if (failure->undone && failure->partly)
        return arena_printf(
            arena,
            "%s; what statement %zu did before it failed may stay, too. Look at that, %srun `dunlin "
            "%s` again: it goes on with statement %zu",
            kept, done + 1, mend, command, done + 1);
    if (failure->undone)
        return arena_printf(arena, "%s; %srun `dunlin %s` again: it goes on with statement %zu", kept, mend,
                            command, done + 1);
    size_t doubtful = failure->has_statement ? failure->statement + 1 : done + 1;
    return arena_printf(arena,
                        "%s; whether statement %zu of %zu has taken effect is not known, and is asked at the "
                        "next run",
                        kept, doubtful, failed->prepared->script.script->count);
}

/* A stepwise migration of which not even the journal could begin. */
static bool has_not_begun(const struct failed_job *failed)
{
    return !failed->failure->has_statement && failed->failure->undone && failed->prepared->done == 0;
}

bool failure_is_complete(const struct failed_job *failed)
{
    const struct run_failure *failure = failed->failure;
    return failed->prepared->stepwise && failure->has_statement && failure->undone &&
           failure->statement == failed->prepared->script.script->count;
}

/* The script may have changed role, time-outs or more before it failed; that must not keep the row from being
 * written. */
void failure_record(const struct failed_job *failed)
{
    struct session *session = failed->session;
    const struct engine_history *history = session->target->engine->history;
    dun_connection *connection = session->target->connection;
    struct task_scope cleanup;
    task_scope_shield(&cleanup, CLEANUP_TIME);
    for (const char *const *reset = history->session_reset; reset && *reset; ++reset)
        db_exec(connection, *reset, NULL);
    db_exec(connection,
            history_update_state(failed->run->arena, &session->history, failed->prepared->id, HISTORY_FAILED),
            NULL);
    for (const char *const *settle = history->settle; settle && *settle; ++settle)
        db_exec(connection, *settle, NULL);
    /* On SQLite that commits it: later, an interruption would be heard again. */
    run_target_unlock(session->target, NULL);
    task_scope_leave(&cleanup);
}

/* Some failures undo all that was not committed yet, not only their own migration. */
static const char *rolled_back_too(const struct failed_job *failed)
{
    size_t kept = failed->run->migrations.count;
    if (!failed->session->target->connection->undone || failed->before <= kept)
        return "";
    size_t undone = failed->before - kept;
    return arena_printf(failed->run->arena, "; %zu migration%s before it %s rolled back with it", undone,
                        undone == 1 ? "" : "s", undone == 1 ? "was" : "were");
}

void failure_describe(const struct failed_job *failed, dun_error *error)
{
    size_t count = failed->run->migrations.count;
    enum dun_direction direction = failed->execution->direction;
    const char *verb = direction == DUN_UP ? "applied" : "reverted";
    const char *before = counted(failed->run->arena, count, direction);
    bool interrupted = task_check() != TASK_READY; /* or out of time: nothing in the file is to blame */
    if (failed->session->target->connection->lost)
        error_state(error,
                    "the connection %s; %zu migration%s known to be %s. `dunlin status` tells the rest%s",
                    interrupted ? "had to be closed" : "was lost", count, count == 1 ? " is" : "s are", verb,
                    interrupted ? "" : " when the server is back");
    else if (failure_is_complete(failed))
        error_state(error, "%zu migration%s %s", count, count == 1 ? " was" : "s were", verb);
    else if (!failed->prepared->stepwise || has_not_begun(failed))
        error_state(error, "nothing of migration %s %s was %s%s%s",
                    failed->execution->migration->said.version, failed->execution->migration->said.name, verb,
                    before, rolled_back_too(failed));
    else
        error_state(error, "%s%s", stepwise_state(failed, interrupted), before);
}

void failure_describe_missing_history(const struct failed_job *failed, dun_error *error)
{
    error_context(error, "cannot make the history table %s", failed->session->history.table);
    error_hint(error,
               "`history:` in dunlin.yaml says where it is; a schema or database that it names must exist");
    error_state(error, "nothing was run");
}
