/* Running the plan on the target: waiting for locks, trying again, and saying what was done when it fails. */
#include "apply/applying.h"
#include "base/error.h"
#include "engine/plan_run.h"
#include "task/task.h"

enum {
    ATTEMPTS = 3,
    ONLINE_ATTEMPTS = 10,
    ONLINE_PATIENCE = 2000, /* milliseconds that an online statement waits for a lock, with others queueing behind it */
    FIRST_PAUSE = 250,
    LONGEST_PAUSE = 8000,
};

static void statement_done(void *user, size_t statement)
{
    struct applying *applying = user;
    const struct plan *plan = applying->plan;
    applying->result->done = statement + 1;
    const dun_event event = {.kind = DUN_EVENT_STATEMENT,
                             .text = plan->statements.items[statement].title,
                             .number = statement + 1,
                             .total = plan->statements.count};
    run_observe(&applying->target->observer, &event);
}

static const char *lock_timeout(const struct applying *applying)
{
    const struct plan_language *language = applying->target->engine->language;
    int64_t patience = applying->options->lock_timeout_ms;
    if (applying->options->schema.online && patience > ONLINE_PATIENCE)
        patience = ONLINE_PATIENCE;
    return language->lock_timeout ? language->lock_timeout(applying->arena, patience > 0 ? patience : 1) : NULL;
}

/*
 * Only what has left nothing behind is tried again: a transaction, or, where each statement of DDL is all or nothing, one of
 * those. A statement that refuses transactions may have left half of its work.
 */
static bool may_be_tried_again(const struct applying *applying, size_t failed, const dun_error *error)
{
    const struct dun_engine *engine = applying->target->engine;
    bool apart = applying->plan->statements.items[failed].apart;
    return engine->lock->has_timed_out(error) && !applying->target->connection->lost &&
           (!apart || !engine->ddl_in_transactions);
}

static bool pause_before(const struct applying *applying, size_t failed, unsigned attempt, dun_error *error)
{
    int64_t pause = (int64_t)FIRST_PAUSE << attempt;
    const dun_event event = {
        .kind = DUN_EVENT_WAITING,
        .text = arena_printf(applying->arena, "%s: waiting for a lock that others hold; trying again",
                             applying->plan->statements.items[failed].title)};
    run_observe(&applying->target->observer, &event);
    enum task_outcome outcome = task_sleep(pause < LONGEST_PAUSE ? pause : LONGEST_PAUSE);
    return outcome == TASK_READY || task_outcome_error(outcome, "waiting for a lock", error);
}

static void describe(const struct applying *applying, size_t kept, size_t failed, dun_error *error)
{
    size_t count = applying->plan->statements.count;
    if (applying->target->connection->lost)
        error_state(error,
                    "%zu of %zu statements are done; the connection was lost, so nobody knows whether number %zu has taken "
                    "effect",
                    kept, count, failed + 1);
    else if (kept == 0)
        error_state(error, "nothing was changed");
    else
        error_state(error, "%zu of %zu statements are done and stay, the others are not", kept, count);
    if (kept || applying->target->connection->lost)
        error_hint(error, "`dunlin apply` again looks at what is there and plans the rest");
}

bool apply_run_plan(struct applying *applying, dun_error *error)
{
    const unsigned most = applying->options->schema.online ? ONLINE_ATTEMPTS : ATTEMPTS;
    struct engine_plan_run how = {.lock_timeout = lock_timeout(applying), .done = statement_done, .user = applying};
    dun_error *failure = dun_error_new();
    size_t kept = 0, failed = 0;
    bool good = false, waiting = true;
    for (unsigned attempt = 0; waiting && !good; ++attempt) {
        dun_error_clear(failure);
        good = engine_run_plan(applying->target->engine, applying->target->connection, applying->plan, &how, &kept,
                               &failed, failure);
        waiting = !good && attempt + 1 < most && may_be_tried_again(applying, failed, failure) &&
                  pause_before(applying, failed, attempt, failure);
        how.start = kept;
    }
    if (!good) {
        const struct engine_lock *lock = applying->target->engine->lock;
        if (lock->has_timed_out(failure))
            error_code(failure, DUN_LOCKED);
        applying->result->done = kept;
        describe(applying, kept, failed, failure);
        error_move(error, failure);
    }
    dun_error_free(failure);
    return good;
}
