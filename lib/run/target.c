#include "run/target.h"

#include "base/error.h"
#include "engine/open.h"
#include "task/task.h"

enum { FIRST_PAUSE = 50, LONGEST_PAUSE = 1000, CLEANUP_TIME = 5000, CONNECT_TIME = 10000 }; /* milliseconds */

void run_observe(const struct run_observer *observer, const dun_event *event)
{
    if (observer->observe)
        observer->observe(observer->user, event);
}

bool run_target_open(struct arena *arena, const struct run_target_options *options,
                     struct run_target **ret_target, dun_error *error)
{
    struct db_url *url;
    struct run_target *target = ARENA_NEW(arena, struct run_target);
    if (!db_url_parse(arena, options->url, &url, error))
        return false;
    target->engine = engine_for_url(url, error);
    if (!target->engine)
        return false;
    target->name = db_url_redacted(arena, url);
    target->observer = options->observer;
    struct db_open_options open_options = {.connect_timeout_ms = CONNECT_TIME,
                                           .application = options->application,
                                           .echo = options->echo,
                                           .absent = options->absent};
    if (!engine_open(target->engine, url, &open_options, options->wait_ms, &target->connection, error))
        return false;
    *ret_target = target;
    return true;
}

void run_target_close(struct run_target *target)
{
    if (!target)
        return;
    struct task_scope cleanup;
    task_scope_shield(&cleanup, CLEANUP_TIME);
    if (!target->connection->lost && target->connection->in_transaction)
        target->connection->driver->rollback(target->connection, NULL);
    run_target_unlock(target, NULL);
    task_scope_leave(&cleanup);
    target->connection->driver->close(target->connection);
}

static bool give_up(struct run_target *target, const char *name, int64_t timeout_ms, dun_error *error)
{
    struct arena *arena = arena_new();
    const char *holder = target->engine->lock->holder(target->connection, name, arena);
    error_set(error, DUN_LOCKED, "another run holds the lock on %s: %s", target->name,
              holder ? holder : "another process");
    error_hint(error, "try again when it has ended, or wait longer than %.1f s with --lock-timeout",
               (double)timeout_ms / 1000);
    arena_free(arena);
    return false;
}

static void tell_holder(struct run_target *target, const char *name)
{
    struct arena *arena = arena_new();
    const char *holder = target->engine->lock->holder(target->connection, name, arena);
    if (holder) {
        dun_event event = {.kind = DUN_EVENT_WAITING,
                           .text = arena_printf(arena, "waiting for the lock, which is held by %s", holder)};
        run_observe(&target->observer, &event);
    }
    arena_free(arena);
}

bool run_target_lock(struct run_target *target, const char *name, int64_t timeout_ms,
                     const struct db_item *reads, size_t count, struct db_outcome *outcomes, dun_error *error)
{
    int64_t begin = task_now();
    for (int64_t pause = FIRST_PAUSE;; pause = pause * 2 < LONGEST_PAUSE ? pause * 2 : LONGEST_PAUSE) {
        bool locked = false;
        if (!target->engine->lock->try(target->connection, name, reads, count, outcomes, &locked, error))
            return false;
        if (locked) {
            target->locked = name;
            return true;
        }
        db_outcomes_clear(outcomes, count);
        int64_t left = timeout_ms - (task_now() - begin);
        if (left <= 0)
            return give_up(target, name, timeout_ms, error);
        if (pause == FIRST_PAUSE)
            tell_holder(target, name);
        enum task_outcome outcome = task_sleep(pause < left ? pause : left);
        if (outcome != TASK_READY)
            return task_outcome_error(outcome, "waiting for the lock", error);
    }
}

bool run_target_unlock(struct run_target *target, dun_error *error)
{
    if (!target->locked || target->connection->lost)
        return true;
    struct task_scope cleanup;
    const char *name = target->locked;
    target->locked = NULL;
    task_scope_shield(&cleanup, CLEANUP_TIME);
    bool good = target->engine->lock->release(target->connection, name, error);
    task_scope_leave(&cleanup);
    return good;
}
