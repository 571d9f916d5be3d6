/* Many statements in one go. There is no server to wait for, so they simply run one after the other. */
#include "base/error.h"
#include "engine/sqlite/connection.h"

/* Nobody has values for parameters of a batch: they stand in somebody's file. */
static bool run_sql(struct sqlite_connection *connection, const struct db_item *item, dun_result **ret_result,
                    dun_error *error)
{
    struct db_statement statement = {.sql = item->sql, .length = item->length};
    if (sqlite_run(connection, &statement, item->keep_result ? ret_result : NULL, error))
        return true;
    if (dun_error_code(error) == DUN_USAGE) {
        error_code(error, DUN_BAD_INPUT);
        error_hint(error, "nobody gives values for parameters here; a text stands between single quotes");
    }
    return false;
}

/* Part of a transaction: one that ends it (a COMMIT in the SQL) would leave the caller believing in it. */
static bool run_joined(struct sqlite_connection *connection, const struct db_item *item,
                       dun_result **ret_result, dun_error *error)
{
    bool in_transaction = connection->held || connection->head.in_transaction;
    if (!run_sql(connection, item, ret_result, error))
        return false;
    if (in_transaction && sqlite3_get_autocommit(connection->handle))
        return error_set(error, DUN_FAILED, "the statement ended the transaction that it was part of");
    return true;
}

/* Outside any transaction: that of the lock is committed for it and opened again, unless the SQL has begun
 * one itself. */
static bool run_apart(struct sqlite_connection *connection, const struct db_item *item,
                      dun_result **ret_result, dun_error *error)
{
    if (!connection->locked)
        return run_sql(connection, item, ret_result, error);
    if (connection->savepoint)
        return error_set(error, DUN_USAGE,
                         "a statement that runs apart from transactions comes while one is open");
    if (connection->held && !sqlite_commit_held(connection, error))
        return false;
    struct sqlite_form before = sqlite_form(connection);
    bool good = run_sql(connection, item, ret_result, error);
    if (!sqlite3_get_autocommit(connection->handle))
        return good;
    sqlite_note_form(connection, &before);
    sqlite_take_up_lock(connection);
    return good;
}

static bool run_item(struct sqlite_connection *connection, const struct db_item *item,
                     dun_result **ret_result, dun_error *error)
{
    if (connection->lock_failure)
        return sqlite_tell_lock_failure(connection, error);
    switch (item->kind) {
    case DB_BEGIN:
        return sqlite_begin(&connection->head, error);
    case DB_COMMIT:
        return sqlite_commit(&connection->head, error);
    case DB_APART:
        return run_apart(connection, item, ret_result, error);
    case DB_READ:
    case DB_JOIN:
        break;
    }
    return run_joined(connection, item, ret_result, error);
}

/* May the batch go on after this failure? Not when the scope has ended: then nothing after it would run
 * either. */
static bool is_allowed(const struct sqlite_connection *connection, const struct db_item *item)
{
    return item->may_fail && connection->ended == TASK_READY;
}

bool sqlite_batch(dun_connection *connection, const struct db_batch *batch, struct db_outcome *outcomes,
                  size_t *ret_failed, dun_error *error)
{
    struct sqlite_connection *c = (struct sqlite_connection *)connection;
    for (size_t i = 0; i < batch->count; ++i) {
        const struct db_item *item = &batch->items[i];
        dun_error *failure = item->may_fail ? dun_error_new() : NULL;
        dun_result *result = NULL;
        bool good = run_item(c, item, &result, failure ? failure : error);
        if (!good && !is_allowed(c, item)) {
            if (failure)
                error_move(error, failure);
            dun_error_free(failure);
            dun_result_free(result);
            *ret_failed = i;
            return false;
        }
        if (good && item->keep_result)
            outcomes[i].result = result;
        if (good)
            dun_error_free(failure);
        else
            outcomes[i].error = failure;
        if (good && batch->progress)
            batch->progress(batch->user, i);
    }
    return true;
}
