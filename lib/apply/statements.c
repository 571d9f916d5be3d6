/* Running the plan on the target: waiting for locks, trying again, and saying what was done when it fails. */
#include "apply/applying.h"
#include "base/error.h"
#include "engine/plan_run.h"
#include "task/task.h"

enum {
    ATTEMPTS = 3,
    ONLINE_ATTEMPTS = 10,
    ONLINE_PATIENCE =
        2000, /* milliseconds that an online statement waits for a lock, with others queueing behind it */
    FIRST_PAUSE = 250,
    LONGEST_PAUSE = 8000,
    CLEANUP_MS = 15000,
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

static const char *lock_timeout(const struct applying *applying, int64_t most)
{
    const struct plan_language *language = applying->target->engine->language;
    int64_t patience = applying->options->lock_timeout_ms;
    if (most && patience > most)
        patience = most;
    return language->lock_timeout ? language->lock_timeout(applying->arena, patience > 0 ? patience : 1)
                                  : NULL;
}

static bool is_there(dun_connection *connection, const char *query)
{
    dun_result *result = NULL;
    bool there = db_query(connection, query, &result, NULL) && dun_result_rows(result) > 0;
    dun_result_free(result);
    return there;
}

/* What a statement that failed has left goes, also when the user has given up. Gives whether something stays.
 */
static bool leaves_something(const struct applying *applying, size_t failed)
{
    const struct plan_leftover *leftover = &applying->plan->statements.items[failed].leftover;
    dun_connection *connection = applying->target->connection;
    struct task_scope cleanup;
    if (!leftover->query || connection->lost)
        return false;
    task_scope_shield(&cleanup, CLEANUP_MS);
    bool left = is_there(connection, leftover->query);
    if (left && leftover->removal) {
        db_exec(connection, leftover->removal, NULL);
        left = is_there(connection, leftover->query);
    }
    task_scope_leave(&cleanup);
    return left;
}

static bool pause_before(const struct applying *applying, size_t failed, unsigned attempt, dun_error *error)
{
    int64_t pause = (int64_t)FIRST_PAUSE << attempt;
    const dun_event event = {.kind = DUN_EVENT_WAITING,
                             .text = arena_printf(applying->arena,
                                                  "%s: waiting for a lock that others hold; trying again",
                                                  applying->plan->statements.items[failed].title)};
    run_observe(&applying->target->observer, &event);
    enum task_outcome outcome = task_sleep(pause < LONGEST_PAUSE ? pause : LONGEST_PAUSE);
    return outcome == TASK_READY || task_outcome_error(outcome, "waiting for a lock", error);
}

/* Waits for as long as others hold a lock that the statement, or the removal of what it has left, needs. */
static bool wait_for_locks(const struct applying *applying, size_t failed, unsigned *attempt,
                           dun_error *error)
{
    const unsigned most = applying->options->schema.online ? ONLINE_ATTEMPTS : ATTEMPTS;
    const struct plan_statement *statement = &applying->plan->statements.items[failed];
    bool left = leaves_something(applying, failed);
    if (!applying->target->engine->lock->has_timed_out(error) || applying->target->connection->lost)
        return false;
    do {
        if (*attempt + 1 >= most || !pause_before(applying, failed, *attempt, error))
            return false;
        ++*attempt;
    } while (left && statement->leftover.removal && (left = leaves_something(applying, failed)));
    return true;
}

static void describe(const struct applying *applying, size_t kept, size_t failed, dun_error *error)
{
    size_t count = applying->plan->statements.count;
    const char *left =
        leaves_something(applying, failed) ? applying->plan->statements.items[failed].leftover.what : NULL;
    if (applying->target->connection->lost)
        error_state(error,
                    "%zu of %zu statements are done; the connection was lost, so nobody knows whether number "
                    "%zu has taken "
                    "effect",
                    kept, count, failed + 1);
    else if (kept == 0 && !left)
        error_state(error, "nothing was changed");
    else
        error_state(error, "%zu of %zu statements are done and stay, the others are not%s%s", kept, count,
                    left ? "; left behind is " : "", left ? left : "");
    if (left)
        error_hint(error, "`dunlin apply` again drops %s and plans the rest", left);
    else if (kept || applying->target->connection->lost)
        error_hint(error, "`dunlin apply` again looks at what is there and plans the rest");
}

bool apply_run_plan(struct applying *applying, dun_error *error)
{
    struct engine_plan_run how = {
        .lock_timeout = lock_timeout(applying, applying->options->schema.online ? ONLINE_PATIENCE : 0),
        .patient_lock_timeout = lock_timeout(applying, 0),
        .done = statement_done,
        .user = applying};
    dun_error *failure = dun_error_new();
    size_t kept = 0, failed = 0;
    unsigned attempt = 0;
    bool good = false, waiting = true;
    while (waiting && !good) {
        dun_error_clear(failure);
        good = engine_run_plan(applying->target->engine, applying->target->connection, applying->plan, &how,
                               &kept, &failed, failure);
        if (kept > how.start)
            attempt = 0;
        how.start = kept;
        waiting = !good && wait_for_locks(applying, failed, &attempt, failure);
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
