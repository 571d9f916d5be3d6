/*
 * What every engine's driver offers, and what the floors above may rely on. A driver blocks its thread only
 * in task_wait: when the scope ends (cancelled, deadline), the statement under way is cancelled on the
 * server, its answer is read to the end, the connection stays usable for a ROLLBACK, and the call fails with
 * DUN_INTERRUPTED (or DUN_FAILED for a deadline). A connection that is lost fails with DUN_NO_CONNECTION and
 * stays so.
 *
 * Errors of the server carry its message, SQLSTATE, number, hint, and the position in the statement as a byte
 * offset (error_position) where the server or its message tells one.
 */
#ifndef DB_DRIVER_H
#define DB_DRIVER_H

#include "base/arena.h"
#include "db/result.h"
#include "db/url.h"
#include "sql/dialect.h"

#include <dunlin/db.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct db_driver;

/* The head of every driver's connection; the driver's own struct has it as its first member. */
struct dun_connection {
    const struct db_driver *driver;
    struct arena *arena;      /* lives as long as the connection */
    const struct db_url *url; /* in that arena */
    FILE *echo;               /* NULL: none */
    bool lost;                /* the server is gone; nothing but closing makes sense */
    bool in_transaction; /* between a BEGIN and its COMMIT or ROLLBACK that went through this interface */
    /*
     * SQLite only, under the lock: the engine rolled back more than the open transaction (the disk is full, a
     * write was interrupted, a commit failed). Nothing since the last checkpoint was kept, and the lock is
     * gone. Set with the failure that did it, cleared when the lock is taken again.
     */
    bool undone;
    uint64_t round_trips; /* times the client had to wait for an answer; SQLite has none */
    uint64_t statements;
    const char *server;     /* "PostgreSQL 15.20", "MariaDB 10.11.19", "MySQL 8.0.36", "SQLite 3.40.1" */
    int server_version;     /* 150020, 101119, 80036, 34001 */
    dun_database *database; /* the pool it belongs to; NULL: none */
    dun_connection *next_idle;
};

/* What becomes of a database that is not there, and that opening it could make (a file of SQLite). */
enum db_absent {
    DB_ABSENT_MADE,
    DB_ABSENT_EMPTY,  /* it is taken for an empty one, and not made */
    DB_ABSENT_REFUSED /* DUN_NO_CONNECTION */
};

struct db_open_options {
    int64_t connect_timeout_ms; /* for one attempt; > 0 */
    const char *
        application; /* shown to other sessions by the server where it can: "dunlin up, lynn@host, pid 123" */
    FILE *echo;
    enum db_absent absent;
};

/* One statement of the engine's own SQL, without terminator. */
struct db_statement {
    const char *sql;
    size_t length;
    size_t parameter_count;
    const char *const *parameters; /* text; for $1, $2, ... */
};

/* How an item of a batch stands to the others. */
enum db_item_kind {
    DB_READ,   /* changes no data: may be sent, and run, though an earlier item failed */
    DB_JOIN,   /* part of the transaction that the last DB_BEGIN opened */
    DB_BEGIN,  /* opens a transaction; `sql` is not used */
    DB_COMMIT, /* commits it; `sql` is not used */
    DB_APART,  /* runs outside a transaction, by itself: only after everything before it has succeeded */
};

struct db_item {
    enum db_item_kind kind;
    const char *sql;
    size_t length;
    const char *copy_data; /* COPY ... FROM stdin: the data; otherwise NULL */
    size_t copy_length;
    bool many_results; /* may give any number of results: the driver must not count on one */
    bool keep_result;  /* its rows are wanted */
    bool may_fail; /* its failure is told in its outcome and does not end the batch; DB_READ only, and last */
};

/* The text, of which no result is kept. */
struct db_item db_item_of(enum db_item_kind kind, const char *sql);

/* What an item has left; the caller frees it with db_outcomes_clear. */
struct db_outcome {
    dun_result *result; /* of an item with keep_result that succeeded */
    dun_error *error;   /* of an item with may_fail that failed */
};

/*
 * Called as the results come in, in order: item `index` has succeeded (for DB_COMMIT: its transaction is
 * durable; on SQLite under the lock it is so with the next checkpoint or release).
 */
typedef void (*db_progress)(void *user, size_t index);

struct db_batch {
    const struct db_item *items;
    size_t count;
    db_progress progress; /* NULL: none */
    void *user;
};

struct db_driver {
    const char *name; /* of the engine: "postgresql", "mysql", "sqlite" */
    enum sql_dialect dialect;

    /* Opens a connection; one attempt. DUN_NO_CONNECTION for anything that keeps it from being there. */
    bool (*open)(const struct db_url *url, const struct db_open_options *options,
                 dun_connection **ret_connection, dun_error *error);
    void (*close)(dun_connection *connection);

    /* Runs one statement and gathers its rows (of the last result, where it gives several). */
    bool (*query)(dun_connection *connection, const struct db_statement *statement, dun_result **ret_result,
                  dun_error *error);

    /*
     * Runs the items in order, in as few round trips as the client allows. At the first failure the batch
     * ends: no later item has any effect, `*ret_failed` is its index, and the error is the item's; a
     * transaction that is open then stays open, for the caller to roll back. `outcomes` (count of them,
     * zeroed by the caller) may be NULL when no item keeps its result or may fail; those of the items before
     * the failure are there even so. A failure that belongs to no item (connection lost, cancelled before
     * sending) gives the index of the first item that is not known to have succeeded. Memory does not grow
     * with the number of items beyond what the caller holds.
     */
    bool (*batch)(dun_connection *connection, const struct db_batch *batch, struct db_outcome *outcomes,
                  size_t *ret_failed, dun_error *error);

    /* begin, commit, rollback in one statement each. Rolling back without a transaction is no error. */
    bool (*begin)(dun_connection *connection, dun_error *error);
    bool (*commit)(dun_connection *connection, dun_error *error);
    bool (*rollback)(dun_connection *connection, dun_error *error);

    /* Streams; the driver's struct has struct dun_stream as its first member. */
    bool (*stream_open)(dun_connection *connection, const struct db_statement *statement,
                        dun_stream **ret_stream, dun_error *error);
    int (*stream_next)(dun_stream *stream, dun_error *error);
    void (*stream_close)(dun_stream *stream);

    /* PING without a server round trip where possible: false when the connection is known to be gone. */
    bool (*alive)(dun_connection *connection);

    /*
     * Was this failure to open that of a server which is not there yet (it refuses connections, is starting
     * up), so that trying again makes sense? Not: a wrong password, an unknown database, a bad URL. NULL: it
     * never does.
     */
    bool (*may_come_up)(const dun_error *error);

    /* Was this failure to open that of a server, role or database with as many connections as it allows?
     * NULL: never. */
    bool (*is_full)(const dun_error *error);

    /*
     * The URL that all connections of a pool open, so that they see one database; allocated in the arena,
     * which lives as long as the pool. NULL: the URL as it is.
     */
    const struct db_url *(*pooled_url)(struct arena *arena, const struct db_url *url);

    /*
     * The text of a batch's item as another client is to be given it, where it depends on the connection;
     * lives as long as that. NULL, also as the answer: the text as it is.
     */
    const char *(*spelled)(dun_connection *connection, const char *sql, size_t length);
};

/* The head of every driver's stream. */
struct dun_stream {
    dun_connection *connection;
    size_t columns;
    const char *const *names;
    struct result_value *values; /* of the current row */
};

/* Frees what is in the outcomes of a batch, also of one that failed, and zeroes them for the next. */
void db_outcomes_clear(struct db_outcome *outcomes, size_t count);

/* Writes a statement to the connection's echo, if it has one, as one block; counts it. Every driver calls it
 * for all it sends. */
void db_echo(dun_connection *connection, const char *sql, size_t length);

/* Shorthands over the driver. */
bool db_query(dun_connection *connection, const char *sql, dun_result **ret_result, dun_error *error);
bool db_exec(dun_connection *connection, const char *sql, dun_error *error);

#endif
