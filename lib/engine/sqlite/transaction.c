/*
 * Transactions. Without the lock they are SQLite's own, begun as writers so that they wait at the beginning
 * and not in the middle. With the lock there is one transaction that stays open (see connection.h), and those
 * of the callers are savepoints in it: they are durable with the lock's next checkpoint.
 */
#include "base/error.h"
#include "db/result.h"
#include "engine/sqlite/connection.h"

#include <string.h>

/* A name that no migration uses, as RELEASE takes the innermost of that name. */
#define SAVEPOINT "dunlin_transaction"

/* Everything done under the lock is at stake when its commit fails, so readers get more time to finish than
 * usual. */
enum { COMMIT_PATIENCE_MS = 30000 };

static struct sqlite_connection *from(dun_connection *connection)
{
    return (struct sqlite_connection *)connection;
}

static bool is_open(const struct sqlite_connection *connection)
{
    return !sqlite3_get_autocommit(connection->handle);
}

static void lose_lock(struct sqlite_connection *connection)
{
    connection->locked = connection->held = connection->savepoint = false;
    connection->head.in_transaction = is_open(connection);
}

void sqlite_note_transaction(struct sqlite_connection *connection)
{
    if (connection->held && !is_open(connection)) {
        /* SQLite rolls everything back when a write is interrupted or the disk is full; a COMMIT may be in
         * the SQL. */
        connection->head.undone = connection->rolled_back;
        lose_lock(connection);
    } else if (!connection->held) {
        connection->head.in_transaction = is_open(connection);
    }
}

/* A deferred foreign key is checked by the outermost COMMIT, too late to blame the right statements. */
static bool check_foreign_keys(struct sqlite_connection *connection, dun_error *error)
{
    int unresolved = 0, highest = 0;
    sqlite3_db_status(connection->handle, SQLITE_DBSTATUS_DEFERRED_FKS, &unresolved, &highest, 0);
    if (!unresolved)
        return true;
    error_set(error, DUN_FAILED, "FOREIGN KEY constraint failed");
    error_server(error, NULL, SQLITE_CONSTRAINT_FOREIGNKEY);
    error_hint(error, "PRAGMA foreign_key_check lists rows that refer to nothing");
    return false;
}

bool sqlite_begin(dun_connection *connection, dun_error *error)
{
    struct sqlite_connection *c = from(connection);
    if (c->held && c->savepoint)
        return error_set(error, DUN_USAGE, "a transaction is open already");
    if (!sqlite_run_text(c, c->held ? "SAVEPOINT " SAVEPOINT : "BEGIN IMMEDIATE", error))
        return false;
    sqlite_note_begin(c);
    c->savepoint = c->held;
    connection->in_transaction = true;
    return true;
}

bool sqlite_commit(dun_connection *connection, dun_error *error)
{
    struct sqlite_connection *c = from(connection);
    if (!c->held)
        return sqlite_run_text(c, "COMMIT", error);
    if (!c->savepoint)
        return error_set(error, DUN_USAGE, "no transaction is open");
    if (!check_foreign_keys(c, error) || !sqlite_run_text(c, "RELEASE " SAVEPOINT, error))
        return false;
    c->savepoint = connection->in_transaction = false;
    return true;
}

static bool roll_back(struct sqlite_connection *c, dun_error *error)
{
    if (c->held) {
        if (c->savepoint && (!sqlite_run_text(c, "ROLLBACK TO " SAVEPOINT, error) ||
                             !sqlite_run_text(c, "RELEASE " SAVEPOINT, error)))
            return false;
        c->savepoint = c->head.in_transaction = false;
        return true;
    }
    if (is_open(c) && !sqlite_run_text(c, "ROLLBACK", error))
        return false;
    return !c->locked || sqlite_hold_again(c, error);
}

bool sqlite_rollback(dun_connection *connection, dun_error *error)
{
    /* It is there for what was cancelled, too. */
    struct task_scope scope;
    task_scope_shield(&scope, -1);
    bool good = roll_back(from(connection), error);
    task_scope_leave(&scope);
    return good;
}

bool sqlite_tell_lock_failure(struct sqlite_connection *connection, dun_error *error)
{
    error_move(error, connection->lock_failure);
    dun_error_free(connection->lock_failure);
    connection->lock_failure = NULL;
    return false;
}

/* Not echoed: nobody asked for it. -1 when it cannot be read, as while others write. */
static int64_t read_pragma(struct sqlite_connection *connection, const char *sql, bool *ret_wal)
{
    sqlite3_stmt *prepared = NULL;
    int64_t value = -1;
    if (sqlite3_prepare_v2(connection->handle, sql, -1, &prepared, NULL) == SQLITE_OK &&
        sqlite3_step(prepared) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(prepared, 0);
        *ret_wal = text && strcmp(text, "wal") == 0;
        value = sqlite3_column_int64(prepared, 0);
    }
    sqlite3_finalize(prepared);
    return value;
}

struct sqlite_form sqlite_form(struct sqlite_connection *connection)
{
    struct sqlite_form form = {.wal = false};
    bool unused;
    read_pragma(connection, "PRAGMA main.journal_mode", &form.wal);
    form.page_size = read_pragma(connection, "PRAGMA main.page_size", &unused);
    return form;
}

void sqlite_note_form(struct sqlite_connection *connection, const struct sqlite_form *before)
{
    struct sqlite_form now = sqlite_form(connection);
    bool unused;
    if (now.wal != before->wal || now.page_size != before->page_size)
        connection->data_version = read_pragma(connection, "PRAGMA data_version", &unused);
}

static bool read_data_version(struct sqlite_connection *connection, int64_t *ret_version, dun_error *error)
{
    struct db_statement statement = {.sql = "PRAGMA data_version",
                                     .length = sizeof "PRAGMA data_version" - 1};
    dun_result *result = NULL;
    if (!sqlite_run(connection, &statement, &result, error))
        return false;
    *ret_version = result_integer(result, 0, 0, -1);
    dun_result_free(result);
    return true;
}

/* A read-only database is told apart first, since BEGIN IMMEDIATE does not mind it. */
static bool check_writable(struct sqlite_connection *connection, dun_error *error)
{
    if (sqlite3_db_readonly(connection->handle, "main") != 1)
        return true;
    error_set(error, DUN_FAILED, "the database is read-only: %s", connection->path);
    error_hint(error,
               "make the file and its folder writable for this user, or leave ?mode=ro out of the URL");
    return false;
}

bool sqlite_hold(struct sqlite_connection *connection, bool *ret_locked, dun_error *error)
{
    dun_error *failure = dun_error_new();
    connection->rolled_back = false;
    bool good =
        check_writable(connection, failure) && sqlite_run_text(connection, "BEGIN IMMEDIATE", failure);
    if (!good && dun_error_code(failure) == DUN_LOCKED) {
        dun_error_free(failure);
        *ret_locked = false;
        return true;
    }
    good = good && read_data_version(connection, &connection->data_version, failure);
    error_move(good ? NULL : error, failure);
    dun_error_free(failure);
    if (!good)
        return false;
    connection->locked = connection->held = true;
    connection->head.in_transaction = connection->head.undone = false;
    *ret_locked = true;
    return true;
}

bool sqlite_commit_held(struct sqlite_connection *connection, dun_error *error)
{
    int64_t patience = connection->patience_ms;
    if (patience < COMMIT_PATIENCE_MS)
        connection->patience_ms = COMMIT_PATIENCE_MS;
    connection->held = false; /* so that its end is not taken for an accident */
    bool good = sqlite_run_text(connection, "COMMIT", error);
    connection->patience_ms = patience;
    if (!good) {
        sqlite3_exec(connection->handle, "ROLLBACK", NULL, NULL, NULL); /* fails when SQLite did it already */
        lose_lock(connection);
        connection->head.undone = true;
        error_state(error, "nothing since the last commit was kept");
    }
    return good;
}

static bool changed_by_others(struct sqlite_connection *connection, dun_error *error)
{
    error_set(error, DUN_LOCKED,
              "another process changed the database while the lock was let go for a commit");
    error_hint(error, "what was done before is committed; run again");
    if (connection->held)
        sqlite3_exec(connection->handle, "ROLLBACK", NULL, NULL, NULL);
    lose_lock(connection);
    return false;
}

bool sqlite_hold_again(struct sqlite_connection *connection, dun_error *error)
{
    int64_t before = connection->data_version;
    bool locked = false;
    if (!sqlite_hold(connection, &locked, error)) {
        lose_lock(connection);
        return false;
    }
    if (!locked || connection->data_version != before)
        return changed_by_others(connection, error);
    return true;
}

void sqlite_take_up_lock(struct sqlite_connection *connection)
{
    dun_error *failure = dun_error_new();
    struct task_scope shield;
    task_scope_shield(&shield, -1);
    bool held = sqlite_hold_again(connection, failure);
    task_scope_leave(&shield);
    if (!held) {
        dun_error_free(connection->lock_failure);
        connection->lock_failure = failure;
    } else {
        dun_error_free(failure);
    }
}
