#include "migrate/execute.h"

#include "base/error.h"
#include "migrate/prepare.h"
#include "migrate/shared.h"
#include "source/git.h"
#include "task/task.h"

#include <stdlib.h>

enum {
    BATCH_JOBS =
        256, /* a batch costs a round trip; what is prepared for it is held in memory until the next */
    BATCH_BYTES = 4 * 1024 * 1024,
    CLEANUP_TIME = 10000,
};

struct execute {
    struct session *session;
    dun_run *run;
    const struct execution *executions;
    size_t count;
    int64_t next_id;
    const char *commit_id;
    size_t base;               /* the execution with which the batch begins */
    struct arena *arena;       /* of the batch: texts and records that nobody needs after it */
    struct prepared *prepared; /* of the batch */
    size_t prepared_count;
    size_t told; /* executions whose end was told */
};

static void tell_done(struct execute *execute, size_t index, int64_t elapsed_ms)
{
    const struct execution *execution = &execute->executions[index];
    dun_migration *migration = vector_add(execute->run->arena, &execute->run->migrations);
    *migration = execution->migration->said;
    migration->state = execution->direction == DUN_DOWN ? DUN_PENDING : DUN_APPLIED;
    migration->baseline = execution->direction == DUN_BASELINE;
    migration->direction = execution->direction;
    migration->elapsed_ms = elapsed_ms;
    migration->statements = (unsigned)execute->prepared[index - execute->base].script.script->count;
    migration->done = migration->statements;
    execute->told = index + 1;
    dun_event event = {
        .kind = DUN_EVENT_DONE, .migration = migration, .number = index + 1, .total = execute->count};
    run_observe(&execute->session->target->observer, &event);
}

static void job_done(void *user, size_t job, int64_t elapsed_ms)
{
    struct execute *execute = user;
    tell_done(execute, execute->base + job, elapsed_ms);
}

static bool prepare_batch(struct execute *execute, dun_error *error)
{
    size_t bytes = 0;
    struct session session = *execute->session;
    arena_free(execute->arena);
    session.arena = execute->arena = arena_new();
    execute->prepared = arena_alloc(execute->arena, BATCH_JOBS * sizeof *execute->prepared);
    execute->prepared_count = 0;
    for (size_t i = execute->base;
         i < execute->count && execute->prepared_count < BATCH_JOBS && bytes < BATCH_BYTES; ++i) {
        struct prepared *prepared = &execute->prepared[execute->prepared_count];
        if (!prepare_job(&session, &execute->executions[i], execute->next_id, execute->commit_id, prepared,
                         error))
            return false;
        if (prepared->id == execute->next_id)
            execute->next_id++;
        bytes += prepared->script.length;
        execute->prepared_count++;
    }
    return true;
}

static struct run_job *batch_jobs(const struct execute *execute)
{
    struct run_job *jobs = arena_alloc(execute->arena, execute->prepared_count * sizeof *jobs);
    for (size_t i = 0; i < execute->prepared_count; ++i)
        jobs[i] = execute->prepared[i].job;
    const struct history *history = &execute->session->history;
    if (execute->base == 0 && !history->exists)
        jobs[0].prologue = history_create(execute->run->arena, history);
    return jobs;
}

/* The row with that id; NULL: it is not among them. */
static const struct history_end *find_end(const struct history_end *rows, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; ++i)
        if (rows[i].id == id)
            return &rows[i];
    return NULL;
}

/* What was done before the failure but not told yet: the history knows. */
static void tell_the_truth(struct execute *execute, size_t failed)
{
    struct history_end *rows;
    size_t count;
    struct session *session = execute->session;
    if (execute->told >= execute->base + failed || session->target->connection->lost)
        return;
    int64_t first =
        execute->prepared[0].id; /* one that is taken up again may have any id, also a later one */
    for (size_t i = 1; i < failed; ++i)
        first = execute->prepared[i].id < first ? execute->prepared[i].id : first;
    if (!run_target_unlock(session->target, NULL) ||
        !history_done_since(execute->arena, &session->history, session->target->connection, first, &rows,
                            &count, NULL))
        return;
    for (size_t i = execute->told - execute->base; i < failed; ++i) {
        const struct history_end *end = find_end(rows, count, execute->prepared[i].id);
        if (!end)
            return;
        tell_done(execute, execute->base + i, end->elapsed_ms);
    }
}

static const char *counted(struct arena *arena, size_t count, enum dun_direction direction)
{
    const char *verb = direction == DUN_UP ? "applied" : "reverted";
    if (count == 0)
        return "";
    return arena_printf(arena, "; %zu migration%s before it %s %s", count, count == 1 ? "" : "s",
                        count == 1 ? "was" : "were", verb);
}

static const char *stepwise_state(struct execute *execute, const struct prepared *prepared, size_t done,
                                  bool interrupted, const struct run_failure *failure, const char *command)
{
    struct arena *arena = execute->run->arena;
    const char *kept = done == 0 ? "no statement of it is applied"
                       : done == 1
                           ? "its statement 1 is applied and stays"
                           : arena_printf(arena, "its statements 1 to %zu are applied and stay", done);
    const char *mend = interrupted ? "" : "correct the rest and ";
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
                        kept, doubtful, prepared->script.script->count);
}

/* How many statements of the job are recorded as done: those of the units before the failing one. */
static size_t statements_done(const struct prepared *prepared, const struct run_failure *failure)
{
    size_t done = prepared->done;
    const struct run_units *units = prepared->script.units;
    for (size_t i = 0; i < units->count && units->units[i].end <= failure->statement; ++i)
        done = units->units[i].end;
    return done;
}

/* Nothing of it was left to do: what failed came after it. */
static bool is_complete(const struct prepared *prepared, const struct run_failure *failure)
{
    return prepared->stepwise && failure->has_statement && failure->undone &&
           failure->statement == prepared->script.script->count;
}

/* The script may have changed role, time-outs or more before it failed; that must not keep the row from being
 * written. */
static void mark_failed(struct execute *execute, const struct prepared *prepared)
{
    struct session *session = execute->session;
    const char *const *reset = session->target->engine->history->session_reset;
    struct task_scope cleanup;
    task_scope_shield(&cleanup, CLEANUP_TIME);
    dun_connection *connection = session->target->connection;
    for (; reset && *reset; ++reset)
        db_exec(connection, *reset, NULL);
    db_exec(connection,
            history_update_state(execute->run->arena, &session->history, prepared->id, HISTORY_FAILED), NULL);
    for (const char *const *settle = session->target->engine->history->settle; settle && *settle; ++settle)
        db_exec(connection, *settle, NULL);
    /* On SQLite that commits it: later, an interruption would be heard again. */
    run_target_unlock(session->target, NULL);
    task_scope_leave(&cleanup);
}

/* Some failures undo all that was not committed yet, not only their own migration. */
static const char *rolled_back_too(const struct execute *execute, const struct run_failure *failure)
{
    size_t before = execute->base + failure->job, kept = execute->run->migrations.count;
    if (!execute->session->target->connection->undone || before <= kept)
        return "";
    return arena_printf(execute->run->arena, "; %zu migration%s before it %s rolled back with it",
                        before - kept, before - kept == 1 ? "" : "s", before - kept == 1 ? "was" : "were");
}

static void describe_state(struct execute *execute, const struct run_failure *failure, dun_error *error)
{
    struct arena *arena = execute->run->arena;
    const struct prepared *prepared = &execute->prepared[failure->job];
    enum dun_direction direction = execute->executions[execute->base + failure->job].direction;
    const char *before = counted(arena, execute->run->migrations.count, direction);
    bool lost = execute->session->target->connection->lost;
    if (lost)
        error_state(
            error,
            "the connection was lost; %zu migration%s known to be %s. `dunlin status` tells the rest when "
            "the server is back",
            execute->run->migrations.count, execute->run->migrations.count == 1 ? " is" : "s are",
            direction == DUN_UP ? "applied" : "reverted");
    else if (is_complete(prepared, failure))
        error_state(error, "%zu migration%s %s", execute->run->migrations.count,
                    execute->run->migrations.count == 1 ? " was" : "s were",
                    direction == DUN_UP ? "applied" : "reverted");
    else if (!prepared->stepwise)
        error_state(error, "nothing of migration %s %s was %s%s%s",
                    execute->executions[execute->base + failure->job].migration->said.version,
                    execute->executions[execute->base + failure->job].migration->said.name,
                    direction == DUN_UP ? "applied" : "reverted", before, rolled_back_too(execute, failure));
    else
        error_state(error, "%s%s",
                    stepwise_state(execute, prepared, statements_done(prepared, failure),
                                   dun_error_code(error) == DUN_INTERRUPTED, failure,
                                   direction == DUN_UP ? "up" : "down"),
                    before);
}

static void describe_missing_history(struct execute *execute, dun_error *error)
{
    error_context(error, "cannot make the history table %s", execute->session->history.table);
    error_hint(error,
               "`history:` in dunlin.yaml says where it is; a schema or database that it names must exist");
    error_state(error, "nothing was run");
}

static void settle_failure(struct execute *execute, const struct run_failure *failure, dun_error *error)
{
    const struct prepared *prepared = &execute->prepared[failure->job];
    struct task_scope cleanup;
    if (failure->prologue) {
        describe_missing_history(execute, error);
        return;
    }
    task_scope_shield(&cleanup, CLEANUP_TIME);
    bool complete = is_complete(prepared, failure);
    if (prepared->stepwise && failure->undone && !complete && !execute->session->target->connection->lost)
        mark_failed(execute, prepared);
    tell_the_truth(execute, failure->job + complete);
    task_scope_leave(&cleanup);
    describe_state(execute, failure, error);
}

static bool run_batch(struct execute *execute, dun_error *error)
{
    struct run_failure failure;
    struct run_job *jobs = batch_jobs(execute);
    if (run_jobs(execute->session->target, jobs, execute->prepared_count, job_done, execute, &failure, error))
        return true;
    settle_failure(execute, &failure, error);
    return false;
}

static bool prepare_next(struct execute *execute, dun_error *error)
{
    if (prepare_batch(execute, error))
        return true;
    size_t done = execute->run->migrations.count;
    if (done == 0)
        error_state(error, "nothing was run");
    else
        error_state(error, "%zu migration%s done before this was found; nothing of the others was run", done,
                    done == 1 ? " was" : "s were");
    return false;
}

static bool run_all(struct execute *execute, dun_error *error)
{
    if (!prepare_next(execute, error))
        return false;
    while (run_batch(execute, error)) {
        execute->base += execute->prepared_count;
        if (execute->base == execute->count)
            return true;
        if (!prepare_next(execute, error))
            return false;
    }
    return false;
}

static bool write_dry_run(struct execute *execute, dun_error *error)
{
    struct session *session = execute->session;
    struct str sql = STR_INIT;
    bool ok = true;
    while (execute->base < execute->count) {
        ok = prepare_batch(execute, error);
        if (!ok)
            break;
        run_jobs_text(&sql, session->target, batch_jobs(execute), execute->prepared_count);
        execute->base += execute->prepared_count;
        if (execute->base < execute->count)
            str_append(&sql, "\n");
    }
    execute->run->sql = arena_strdup(execute->run->arena, str_text(&sql));
    str_free(&sql);
    return ok;
}

bool execute_migrations(struct session *session, dun_run *run, const struct execution *executions,
                        size_t count, dun_error *error)
{
    struct execute execute = {.session = session,
                              .run = run,
                              .executions = executions,
                              .count = count,
                              .next_id = session->history.last_id + 1};
    run->planned = count;
    if (count)
        execute.commit_id = session->options->migrations
                                ? shared_git_head(session->options->migrations)
                                : source_git_head(run->arena, session->folder->path);
    session->history.for_reading = session->options->dry_run;
    bool ok;
    if (session->options->dry_run) {
        ok = write_dry_run(&execute, error);
    } else {
        dun_event event = {.kind = DUN_EVENT_PLANNED, .total = count};
        run_observe(&session->target->observer, &event);
        ok = count == 0 || run_all(&execute, error);
    }
    arena_free(execute.arena);
    return ok;
}
