/* What the files of this engine share: the connection, and the steps that queries, batches and the lock are
 * made of. */
#ifndef ENGINE_SQLITE_CONNECTION_H
#define ENGINE_SQLITE_CONNECTION_H

#include "db/driver.h"
#include "engine/engine.h"
#include "task/task.h"

#include <sqlite3.h>
#include <time.h>

struct sqlite_connection {
    struct dun_connection head;
    sqlite3 *handle;
    const char *path;        /* as the URL has it; ":memory:" */
    int64_t patience_ms;     /* how long a database that others write to is waited for */
    int64_t busy_since;      /* by task_now */
    enum task_outcome ended; /* why the scope ended the statement under way; TASK_READY: it did not */
    bool foreign_keys;       /* what the URL says; PRAGMA foreign_keys=DEFAULT goes back to it */
    struct timespec began;   /* when the open transaction began, or the last one */
    bool rolled_back;        /* noted by SQLite's hook: a whole transaction was */

    /*
     * The lock is a transaction that stays open: `locked` says that the lock is ours, `held` that its
     * transaction is open. They differ while a statement runs outside it, and while a transaction that the
     * statements themselves began is open. `savepoint`: inside the held transaction, a DB_BEGIN waits for its
     * DB_COMMIT.
     */
    bool locked, held, savepoint;
    int64_t data_version; /* PRAGMA data_version as the lock was taken: it changes when others commit */
    dun_error
        *lock_failure; /* why the lock is gone, for whatever needs it next; NULL: it is not, or was told */
};

/* connect.c */
bool sqlite_open(const struct db_url *url, const struct db_open_options *options,
                 dun_connection **ret_connection, dun_error *error);
void sqlite_close(dun_connection *connection);
bool sqlite_alive(dun_connection *connection);
const struct db_url *sqlite_pooled_url(struct arena *arena, const struct db_url *url);

/* options.c: what the part after "?" of a URL says. */
struct sqlite_options {
    int open_flags;
    int64_t busy_timeout_ms;
    bool foreign_keys;
    const char *memory_name; /* of a database in memory that connections of this process share; NULL: none */
};
bool sqlite_options_read(const struct db_url *url, struct sqlite_options *ret_options, dun_error *error);

/* statement.c: one statement, echoed and counted. */
bool sqlite_prepare(struct sqlite_connection *connection, const struct db_statement *statement,
                    sqlite3_stmt **ret_prepared, dun_error *error);
/* SQLITE_ROW, SQLITE_DONE, or an SQLite error code; the scope may end it. */
int sqlite_step(struct sqlite_connection *connection, sqlite3_stmt *prepared);
/* Runs it to its end; `ret_result` may be NULL when the rows are not wanted. */
bool sqlite_run(struct sqlite_connection *connection, const struct db_statement *statement,
                dun_result **ret_result, dun_error *error);
bool sqlite_run_text(struct sqlite_connection *connection, const char *sql, dun_error *error);
bool sqlite_query(dun_connection *connection, const struct db_statement *statement, dun_result **ret_result,
                  dun_error *error);
/* The values of the row that the statement stands on, good until its next step. */
void sqlite_read_row(sqlite3_stmt *prepared, struct result_value *ret_values, size_t columns);

/* transaction.c */
bool sqlite_begin(dun_connection *connection, dun_error *error);
bool sqlite_commit(dun_connection *connection, dun_error *error);
bool sqlite_rollback(dun_connection *connection, dun_error *error);
/* Opens the lock's transaction: sets `*ret_locked`, false when somebody else is writing. */
bool sqlite_hold(struct sqlite_connection *connection, bool *ret_locked, dun_error *error);
/* Commits the lock's transaction; when that fails, all of it is rolled back and the lock is gone. */
bool sqlite_commit_held(struct sqlite_connection *connection, dun_error *error);
/* Opens the lock's transaction again; DUN_LOCKED, and the lock is gone, when somebody was faster. */
bool sqlite_hold_again(struct sqlite_connection *connection, dun_error *error);
/*
 * The same after something that has taken effect: an interruption waits, so that what tells of it can be
 * done, and a lock that is gone fails what comes next (connection->lock_failure).
 */
void sqlite_take_up_lock(struct sqlite_connection *connection);
/* Fails with what connection->lock_failure says, once. */
bool sqlite_tell_lock_failure(struct sqlite_connection *connection, dun_error *error);

/*
 * A journal in another form (WAL or not) and pages of another size change PRAGMA data_version as if others
 * had written. Noted around what runs apart, so that it is not taken for that.
 */
struct sqlite_form {
    bool wal;
    int64_t page_size;
};
struct sqlite_form sqlite_form(struct sqlite_connection *connection);
void sqlite_note_form(struct sqlite_connection *connection, const struct sqlite_form *before);
/* After every statement: learns from SQLite which transactions are still open. */
void sqlite_note_transaction(struct sqlite_connection *connection);

/* clock.c: the SQL function dunlin_transaction_start(), and what it tells. */
bool sqlite_add_clock(struct sqlite_connection *connection, dun_error *error);
void sqlite_note_begin(struct sqlite_connection *connection);

/* batch.c */
bool sqlite_batch(dun_connection *connection, const struct db_batch *batch, struct db_outcome *outcomes,
                  size_t *ret_failed, dun_error *error);

/* stream.c */
bool sqlite_stream_open(dun_connection *connection, const struct db_statement *statement,
                        dun_stream **ret_stream, dun_error *error);
int sqlite_stream_next(dun_stream *stream, dun_error *error);
void sqlite_stream_close(dun_stream *stream);

/* error.c: turns what the handle says about its last failure into an error; returns false. */
bool sqlite_error(struct sqlite_connection *connection, dun_error *error);
void sqlite_absent_error(const char *path, dun_error *error);
/* For a handle that could not be opened, or a file that is no database. */
bool sqlite_open_error(const char *path, sqlite3 *handle, dun_error *error);

/* lock_holder.c: "process 4711 (dunlin)"; NULL when the system does not tell. */
const char *sqlite_lock_holder(struct sqlite_connection *connection, struct arena *arena);

extern const struct engine_lock sqlite_lock;
extern const struct engine_history sqlite_history;
extern const struct engine_catalog sqlite_catalog;
extern const struct engine_scratch sqlite_scratch;
extern const struct engine_rows sqlite_rows;
extern const struct plan_language sqlite_language;
extern const struct diff_rules sqlite_diff_rules;
extern const struct engine_tenants sqlite_tenants;

/* history.c: after a statement: gives PRAGMA foreign_keys=DEFAULT its meaning. */
void sqlite_apply_default_pragma(struct sqlite_connection *connection, const struct db_statement *statement);

#endif
