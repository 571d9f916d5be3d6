#include "migrate/execute.h"

#include "base/error.h"
#include "migrate/failure.h"
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

static void settle_failure(struct execute *execute, const struct run_failure *failure, dun_error *error)
{
    const struct prepared *prepared = &execute->prepared[failure->job];
    struct failed_job failed = {.session = execute->session,
                                .run = execute->run,
                                .execution = &execute->executions[execute->base + failure->job],
                                .prepared = prepared,
                                .before = execute->base + failure->job,
                                .failure = failure};
    struct task_scope cleanup;
    if (failure->prologue) {
        failure_describe_missing_history(&failed, error);
        return;
    }
    task_scope_shield(&cleanup, CLEANUP_TIME);
    bool complete = failure_is_complete(&failed);
    if (prepared->stepwise && failure->undone && !complete && !execute->session->target->connection->lost)
        failure_record(&failed);
    tell_the_truth(execute, failure->job + complete);
    task_scope_leave(&cleanup);
    failure_describe(&failed, error);
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
        execute.commit_id = session->options->migrations ? shared_git_head(session->options->migrations)
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
