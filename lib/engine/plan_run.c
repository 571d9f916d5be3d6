#include "engine/plan_run.h"

#include "base/error.h"
#include "base/vector.h"
#include "task/task.h"

#include <string.h>

enum { CLEANUP_TIME = 10000 }; /* milliseconds */

struct plan_work {
    struct arena *arena;
    const struct dun_engine *engine;
    const struct plan *plan;
    const struct engine_plan_run *how;
    bool nested;
    const char *lock_timeout; /* as the items so far have set it */
    VECTOR(struct db_item) items;
    VECTOR(size_t) statements; /* of each item: its statement; of a COMMIT the last one it makes durable */
};

static void add_item(struct plan_work *work, enum db_item_kind kind, const char *sql, size_t statement)
{
    *vector_add(work->arena, &work->items) =
        (struct db_item){.kind = kind, .sql = sql, .length = sql ? strlen(sql) : 0};
    *vector_add(work->arena, &work->statements) = statement;
}

static const char *spelled(struct plan_work *work, const struct plan_statement *statement)
{
    const struct engine_scratch *scratch = work->engine->scratch;
    const char *sql =
        work->how->scratch && statement->without_access ? statement->without_access : statement->sql;
    const char *other =
        work->how->scratch && scratch->rewrite ? scratch->rewrite(work->arena, sql, strlen(sql)) : NULL;
    return other ? other : sql;
}

static bool stands_alone(const struct dun_engine *engine, const struct plan *plan, size_t statement)
{
    return plan->statements.items[statement].apart || !engine->ddl_in_transactions;
}

size_t engine_plan_segment_end(const struct dun_engine *engine, const struct plan *plan, size_t statement)
{
    size_t end = statement + 1;
    if (stands_alone(engine, plan, statement))
        return end;
    while (end < plan->statements.count && !stands_alone(engine, plan, end))
        ++end;
    return end;
}

static bool is_setting(const struct plan_work *work, size_t item)
{
    const char *sql = work->items.items[item].sql;
    return sql && (sql == work->how->lock_timeout || sql == work->how->patient_lock_timeout);
}

static void limit_waiting(struct plan_work *work, size_t statement)
{
    const struct engine_plan_run *how = work->how;
    bool patient = how->patient_lock_timeout && work->plan->statements.items[statement].patient;
    const char *wanted = patient ? how->patient_lock_timeout : how->lock_timeout;
    if (wanted && wanted != work->lock_timeout)
        add_item(work, work->nested ? DB_JOIN : DB_APART, wanted, statement);
    work->lock_timeout = wanted;
}

static void add_segment(struct plan_work *work, size_t from, size_t to)
{
    bool alone = stands_alone(work->engine, work->plan, from);
    limit_waiting(work, from);
    if (!alone && !work->nested)
        add_item(work, DB_BEGIN, NULL, from);
    for (size_t i = from; i < to; ++i)
        if (!work->how->scratch || !work->plan->statements.items[i].access)
            add_item(work, alone && !work->nested ? DB_APART : DB_JOIN,
                     spelled(work, &work->plan->statements.items[i]), i);
    if (!alone && !work->nested)
        add_item(work, DB_COMMIT, NULL, to - 1);
}

static void add_items(struct plan_work *work)
{
    for (size_t from = work->how->start, to; from < work->plan->statements.count; from = to) {
        to = engine_plan_segment_end(work->engine, work->plan, from);
        if (work->how->most && to - from > work->how->most)
            to = from + work->how->most;
        add_segment(work, from, to);
    }
}

static void item_done(void *user, size_t index)
{
    const struct plan_work *work = user;
    enum db_item_kind kind = work->items.items[index].kind;
    if (work->how->done && !is_setting(work, index) && (kind == DB_COMMIT || kind == DB_APART))
        work->how->done(work->how->user, work->statements.items[index]);
}

/* Nothing may stay open, even when the reason was a cancellation. A place in a transaction is good for being
 * closed only. */
static void roll_back(const struct plan_work *work, dun_connection *connection)
{
    if (connection->lost || work->nested)
        return;
    struct task_scope cleanup;
    task_scope_shield(&cleanup, CLEANUP_TIME);
    connection->driver->rollback(connection, NULL);
    task_scope_leave(&cleanup);
}

static void describe_failure(const struct plan_work *work, size_t item, size_t *ret_kept, size_t *ret_failed,
                             dun_error *error)
{
    if (item >= work->items.count)
        item = work->items.count - 1;
    size_t failed = work->statements.items[item], kept = failed;
    while (kept > work->how->start && !stands_alone(work->engine, work->plan, kept) &&
           !stands_alone(work->engine, work->plan, kept - 1))
        --kept;
    *ret_failed = failed;
    *ret_kept = kept;
    const char *title = work->plan->statements.items[failed].title;
    if (title)
        error_context(error, "%s", title);
    error_statement(error, (unsigned)failed + 1, (unsigned)work->plan->statements.count);
}

bool engine_run_plan(const struct dun_engine *engine, dun_connection *connection, const struct plan *plan,
                     const struct engine_plan_run *how, size_t *ret_kept, size_t *ret_failed,
                     dun_error *error)
{
    if (how->start >= plan->statements.count)
        return true;
    struct plan_work work = {.arena = arena_new(),
                             .engine = engine,
                             .plan = plan,
                             .how = how,
                             .nested = connection->in_transaction};
    size_t failed = 0;
    add_items(&work);
    struct db_batch batch = {
        .items = work.items.items, .count = work.items.count, .progress = item_done, .user = &work};
    bool good = connection->driver->batch(connection, &batch, NULL, &failed, error);
    if (!good) {
        roll_back(&work, connection);
        describe_failure(&work, failed, ret_kept, ret_failed, error);
    }
    arena_free(work.arena);
    return good;
}
