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
        static const char *const what[] = {
            [WEAVE_TRANSACTION] = "the transaction could not be committed",
            [WEAVE_RECORD] = "the history could not be written",
            [WEAVE_RESET] = "the settings of the session could not be brought back",
        };
        error_at(error, job->file, 0, 0);
        error_context(error, "%s", what[origin->role]);
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

/* The statements of a unit that is not atomic have run when its record, or what stands before that, fails. */
static bool awaits_record(const struct weave_origin *origin)
{
    return origin->unit && !origin->atomic && origin->role != WEAVE_STATEMENT;
}

/* Mostly it was an interruption that kept the record from being written: without it, nothing is in doubt. */
static bool record_again(struct run_target *target, const struct weave *weave, size_t index)
{
    const struct run_unit *unit = weave->origins[index].unit;
    while (index < weave->count &&
           (weave->origins[index].unit != unit || weave->origins[index].role != WEAVE_RECORD))
        ++index;
    if (index == weave->count || target->connection->lost)
        return false;
    struct task_scope cleanup;
    task_scope_shield(&cleanup, CLEANUP_TIME);
    bool recorded = db_exec(target->connection, weave->items[index].sql, NULL);
    task_scope_leave(&cleanup);
    return recorded;
}

static void describe_failure(const struct run_target *target, const struct run_job *jobs,
                             const struct weave_origin *origin, struct run_failure *ret_failure,
                             dun_error *error)
{
    *ret_failure = (struct run_failure){
        .job = origin->job, .has_statement = true, .prologue = origin->role == WEAVE_PROLOGUE};
    if (origin->role == WEAVE_STATEMENT)
        ret_failure->statement = origin->statement;
    else if (origin->unit)
        ret_failure->statement = origin->atomic ? origin->unit->first : origin->unit->end - 1;
    else if (origin->role == WEAVE_RESET)
        ret_failure->statement = jobs[origin->job].script->count;
    else
        ret_failure->has_statement = false;
    /* What is atomic was rolled back, or will be by the server when the connection is gone. */
    ret_failure->undone =
        origin->atomic || !origin->unit || (origin->role == WEAVE_STATEMENT && !target->connection->lost);
    ret_failure->partly = !origin->atomic && origin->role == WEAVE_STATEMENT &&
                          jobs[origin->job].script->statements[origin->statement].many_results;
    if (!target->connection->lost || origin->role == WEAVE_STATEMENT)
        locate(&jobs[origin->job], origin, error);
}

static void settle(struct run_target *target, const struct run_job *jobs, const struct weave *weave,
                   size_t index, struct run_failure *ret_failure, dun_error *error)
{
    if (index >= weave->count)
        index = weave->count - 1;
    const struct weave_origin *origin = &weave->origins[index];
    describe_failure(target, jobs, origin, ret_failure, error);
    roll_back(target);
    if (awaits_record(origin) && record_again(target, weave, index)) {
        ret_failure->statement = origin->unit->end;
        ret_failure->undone = true;
    }
}

/* The transaction that the lock keeps open was rolled back: what ran apart from it stays. */
static struct run_failure checkpoint_failure(const struct run_job *jobs, size_t count)
{
    const struct run_job *job = &jobs[count - 1];
    struct run_failure failure = {.job = count - 1, .undone = true};
    if (job->units->count) {
        const struct run_unit *unit = &job->units->units[job->units->count - 1];
        failure.has_statement = true;
        failure.statement = unit->atomic ? unit->first : job->script->count;
    }
    return failure;
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
        settle(target, jobs, &weave, failed, ret_failure, error);
    } else if (lock->checkpoint) {
        ok = lock->checkpoint(target->connection, error);
        if (!ok)
            *ret_failure = checkpoint_failure(jobs, count);
        for (size_t i = 0; ok && i < count; ++i)
            done(user, i, listener.elapsed[i]);
    }
    arena_free(arena);
    return ok;
}
