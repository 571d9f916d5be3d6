/*
 * The lock that keeps two runs apart: SQLite has no advisory locks, so it is the write lock of the database,
 * held by a transaction that stays open. Used by whatever acts on a target.
 */
#include "base/error.h"
#include "engine/sqlite/connection.h"

static struct sqlite_connection *from(dun_connection *connection)
{
    return (struct sqlite_connection *)connection;
}

static void let_go(struct sqlite_connection *connection)
{
    struct task_scope scope;
    task_scope_shield(&scope, -1);
    connection->held = connection->locked = false;
    sqlite_rollback(&connection->head, NULL);
    task_scope_leave(&scope);
}

static bool lock_try(dun_connection *connection, const char *name, const struct db_item *reads, size_t count,
                     struct db_outcome *outcomes, bool *ret_locked, dun_error *error)
{
    (void)name; /* the whole database is locked */
    struct sqlite_connection *c = from(connection);
    if (c->locked || connection->in_transaction)
        return error_set(error, DUN_USAGE, "the lock is taken outside transactions, and once");
    dun_error_free(c->lock_failure);
    c->lock_failure = NULL;
    int64_t patience = c->patience_ms;
    bool locked = false;
    c->patience_ms = 0;
    bool good = sqlite_hold(c, &locked, error);
    c->patience_ms = patience;
    if (!good)
        return false;
    if (locked) {
        struct db_batch batch = {.items = reads, .count = count};
        size_t failed;
        if (!sqlite_batch(connection, &batch, outcomes, &failed, error)) {
            if (outcomes)
                db_outcomes_clear(outcomes, count);
            let_go(c);
            return false;
        }
    }
    *ret_locked = locked;
    return true;
}

static const char *lock_holder(dun_connection *connection, const char *name, struct arena *arena)
{
    (void)name;
    return sqlite_lock_holder(from(connection), arena);
}

/* The lock may be gone, or SQL may have begun a transaction and left it open. */
static bool check_held(struct sqlite_connection *connection, dun_error *error)
{
    if (connection->held && !connection->savepoint)
        return true;
    if (connection->lock_failure)
        return sqlite_tell_lock_failure(connection, error);
    if (!connection->locked)
        return error_set(error, DUN_LOCKED, "the lock was lost");
    error_set(error, DUN_FAILED, "a transaction was begun and not ended");
    error_hint(error, "every BEGIN needs its COMMIT");
    return false;
}

static bool lock_checkpoint(dun_connection *connection, dun_error *error)
{
    struct sqlite_connection *c = from(connection);
    if (!check_held(c, error) || !sqlite_commit_held(c, error))
        return false;
    sqlite_take_up_lock(c);
    return true;
}

static bool lock_release(dun_connection *connection, const char *name, dun_error *error)
{
    (void)name;
    struct sqlite_connection *c = from(connection);
    if (!c->locked)
        return true; /* nothing is left to let go; what came after its loss has failed */
    bool good = check_held(c, error);
    if (!good)
        connection->undone = c->held; /* with the savepoint, what is around it is rolled back, too */
    good = good && sqlite_commit_held(c, error);
    let_go(c);
    return good;
}

static bool has_timed_out(const dun_error *error)
{
    return dun_error_code(error) == DUN_LOCKED;
}

const struct engine_lock sqlite_lock = {
    .needs_write = true,
    .try = lock_try,
    .holder = lock_holder,
    .checkpoint = lock_checkpoint,
    .release = lock_release,
    .has_timed_out = has_timed_out,
};
