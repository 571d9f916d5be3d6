#include "run/jobs.h"

#include "base/error.h"
#include "run/weave.h"
#include "sql/splitter.h"
#include "task/task.h"

#include <stdlib.h>

enum { CLEANUP_TIME = 10000 };

struct listener {
    const struct weave *weave;
    run_job_done done;
    void *user;
    bool at_once;     /* a job that has succeeded is durable; otherwise only after the checkpoint */
    int64_t *elapsed; /* a job */
    int64_t last;
};

static void item_succeeded(void *user, size_t index)
{
    struct listener *listener = user;
    const struct weave_origin *origin = &listener->weave->origins[index];
    if (!origin->ends_job)
        return;
    int64_t now = task_now();
    listener->elapsed[origin->job] = now - listener->last;
    listener->last = now;
    if (listener->at_once)
        listener->done(listener->user, origin->job, listener->elapsed[origin->job]);
}

static void locate(const struct run_job *job, const struct weave_origin *origin, dun_error *error)
{
    if (origin->role == WEAVE_PROLOGUE)
        return;
    if (origin->role != WEAVE_STATEMENT && origin->role != WEAVE_SETTING) {
        error_at(error, job->file, 0, 0);
        error_context(error, origin->role == WEAVE_TRANSACTION ? "the transaction could not be committed"
                                                               : "the history could not be written");
        return;
    }
    const struct sql_statement *statement = &job->script->statements[origin->statement];
    ptrdiff_t offset = error_get_position(error);
    if (offset < 0 || (size_t)offset > statement->length)
        offset = 0;
    sql_error_at(error, job->file, job->text, job->length, (size_t)(statement->text - job->text + offset));
    error_statement(error, (unsigned)origin->statement + 1, (unsigned)job->script->count);
}

/* After a failure: nothing may stay open, even when the reason was a cancellation. */
static void roll_back(struct run_target *target)
{
    if (target->connection->lost)
        return;
    struct task_scope cleanup;
    task_scope_shield(&cleanup, CLEANUP_TIME);
    target->connection->driver->rollback(target->connection, NULL);
    task_scope_leave(&cleanup);
}

static void describe_failure(const struct run_target *target, const struct run_job *jobs,
                             const struct weave *weave, size_t index, struct run_failure *ret_failure,
                             dun_error *error)
{
    if (index >= weave->count)
        index = weave->count - 1;
    const struct weave_origin *origin = &weave->origins[index];
    *ret_failure = (struct run_failure){.job = origin->job};
    ret_failure->has_statement = origin->role == WEAVE_STATEMENT;
    ret_failure->prologue = origin->role == WEAVE_PROLOGUE;
    ret_failure->statement = origin->statement;
    /* What is atomic was rolled back, or will be by the server when the connection is gone. */
    ret_failure->undone = origin->atomic || origin->role == WEAVE_SETTING ||
                          (origin->role == WEAVE_STATEMENT && !target->connection->lost);
    ret_failure->partly = !origin->atomic && ret_failure->has_statement &&
                          jobs[origin->job].script->statements[origin->statement].many_results;
    if (!target->connection->lost || origin->role == WEAVE_STATEMENT)
        locate(&jobs[origin->job], origin, error);
}

bool run_jobs(struct run_target *target, const struct run_job *jobs, size_t count, run_job_done done,
              void *user, struct run_failure *ret_failure, dun_error *error)
{
    const struct engine_lock *lock = target->engine->lock;
    struct arena *arena = arena_new();
    struct weave weave = weave_jobs(arena, target->engine, jobs, count);
    struct listener listener = {.weave = &weave, .done = done, .user = user, .at_once = !lock->checkpoint};
    listener.elapsed = arena_alloc(arena, count * sizeof *listener.elapsed);
    listener.last = task_now();
    struct db_batch batch = {
        .items = weave.items, .count = weave.count, .progress = item_succeeded, .user = &listener};

    size_t failed = 0;
    bool ok = target->connection->driver->batch(target->connection, &batch, NULL, &failed, error);
    if (!ok) {
        describe_failure(target, jobs, &weave, failed, ret_failure, error);
        roll_back(target);
    } else if (lock->checkpoint) {
        ok = lock->checkpoint(target->connection, error);
        if (!ok)
            *ret_failure = (struct run_failure){.job = count - 1, .undone = true};
        for (size_t i = 0; ok && i < count; ++i)
            done(user, i, listener.elapsed[i]);
    }
    arena_free(arena);
    return ok;
}
