/*
 * The connection layer: one way to speak to PostgreSQL, MySQL, MariaDB and SQLite.
 *
 * Values travel as text, in UTF-8; NULL is SQL's NULL. Placeholders are `$1`, `$2`, ... on every engine.
 * Statements are the engine's own SQL. Nothing here is shared between threads unless it says so: a connection
 * is used by one thread at a time, a database (a URL and a pool of connections) by any number.
 *
 * tests/examples/shop.c shows all of it at work.
 */
#ifndef DUNLIN_DB_H
#define DUNLIN_DB_H

#include <dunlin/cancel.h>
#include <dunlin/error.h>

DUN_BEGIN_DECLS

typedef struct dun_database dun_database;
typedef struct dun_connection dun_connection;
typedef struct dun_result dun_result;
typedef struct dun_stream dun_stream;

typedef struct dun_database_options {
    unsigned connections;       /* at most so many at once; 0 means 8 */
    int64_t connect_timeout_ms; /* for one attempt, all hosts of the URL together; 0 means 10,000 */
    int64_t wait_ms;    /* a server that refuses connections is tried again for so long; 0: not at all */
    FILE *echo;         /* every statement sent is written here; NULL: none */
    dun_cancel *cancel; /* NULL: nothing interrupts; must live as long as the database */
    bool existing;      /* a file that is not there is not made: DUN_NO_CONNECTION */
} dun_database_options;

#define DUN_DATABASE_OPTIONS_INIT  \
    {                              \
        0, 0, 0, NULL, NULL, false \
    }

/*
 * Reads the URL; opens nothing yet. Understood are sqlite:PATH, sqlite::memory:, sqlite:///PATH,
 * postgresql://, postgres://, mysql://, mariadb://, and the spellings with a driver such as
 * postgresql+asyncpg://. A database in memory is one for all connections of the dun_database, and gone with
 * it. `options` may be NULL. NULL is returned on failure.
 */
DUN_API dun_database *dun_database_open(const char *url, const dun_database_options *options,
                                        dun_error *error);
DUN_API void dun_database_close(dun_database *database); /* every connection must be back; NULL is allowed */
/* A URL as it may be shown: without password, and without the values of options that may be secrets. NULL
 * when it cannot be read. Free it with dun_text_free. */
DUN_API char *dun_url_shown(const char *url);
DUN_API const char *dun_database_engine(const dun_database *database); /* "postgresql", "mysql" or "sqlite" */

/* Takes a connection from the pool, or opens one, or waits for one when all are taken. */
DUN_API dun_connection *dun_connect(dun_database *database, dun_error *error);

/* Gives the connection back. An open transaction is rolled back. NULL is allowed. */
DUN_API void dun_disconnect(dun_connection *connection);

DUN_API bool dun_begin(dun_connection *connection, dun_error *error);
DUN_API bool dun_commit(dun_connection *connection, dun_error *error);
DUN_API bool dun_rollback(dun_connection *connection, dun_error *error);

/* Runs one statement with `count` parameters; its rows, if any, are dropped. */
DUN_API bool dun_exec(dun_connection *connection, const char *sql, size_t count,
                      const char *const *parameters, dun_error *error);

/* Runs one statement and gathers its rows. Free the result with dun_result_free. */
DUN_API dun_result *dun_query(dun_connection *connection, const char *sql, size_t count,
                              const char *const *parameters, dun_error *error);

/*
 * Runs a whole script (any number of statements, as a file would hold them), pipelined: as few round trips as
 * the engine allows. Outside a transaction it runs in one of its own where the engine can roll all of it
 * back.
 */
DUN_API bool dun_exec_script(dun_connection *connection, const char *script, dun_error *error);

/*
 * dun_exec_script for definitions, and its undoing: drops, last first, what the CREATE statements of
 * `definitions` create, if it is there. Indexes, triggers, rules and policies go with their tables. A CREATE
 * whose DROP needs more than a name (an aggregate, an operator, a cast) is refused before anything is
 * dropped.
 */
DUN_API bool dun_create_all(dun_connection *connection, const char *definitions, dun_error *error);
DUN_API bool dun_drop_all(dun_connection *connection, const char *definitions, dun_error *error);

/*
 * Inserts `row_count` rows of `column_count` values into `table` (a name, or schema.name), many rows a
 * statement, pipelined. `values` holds the rows one after the other. All or none are inserted: outside a
 * transaction, in one of their own.
 */
DUN_API bool dun_insert_many(dun_connection *connection, const char *table, size_t column_count,
                             const char *const *columns, size_t row_count, const char *const *values,
                             dun_error *error);

/*
 * Runs several queries at the same time, each on a connection of its own, and gathers their results in
 * `ret_results` (free each). When one fails the others are cancelled, and none is returned. Queries that are
 * more than the pool's connections wait their turn; connections that the caller holds count, so hold none
 * that the queries need.
 */
DUN_API bool dun_gather(dun_database *database, size_t count, const char *const *queries,
                        dun_result **ret_results, dun_error *error);

DUN_API void dun_result_free(dun_result *result); /* NULL is allowed */
DUN_API size_t dun_result_rows(const dun_result *result);
DUN_API size_t dun_result_columns(const dun_result *result);
DUN_API const char *dun_result_column(const dun_result *result, size_t column); /* its name */
DUN_API const char *dun_result_value(const dun_result *result, size_t row,
                                     size_t column);                                   /* NULL: SQL's NULL */
DUN_API size_t dun_result_length(const dun_result *result, size_t row, size_t column); /* in bytes */
DUN_API int64_t
dun_result_affected(const dun_result *result); /* rows changed; -1 where the engine does not say */

/*
 * Rows as they come, in constant memory. Nothing else may run on the connection until the stream is closed;
 * closing it early cancels the query. dun_stream_next gives 1 for a row, 0 at the end, -1 on failure; values
 * live until the next call.
 */
DUN_API dun_stream *dun_stream_open(dun_connection *connection, const char *sql, size_t count,
                                    const char *const *parameters, dun_error *error);
DUN_API int dun_stream_next(dun_stream *stream, dun_error *error);
DUN_API size_t dun_stream_columns(const dun_stream *stream);
DUN_API const char *dun_stream_column(const dun_stream *stream, size_t column);
DUN_API const char *dun_stream_value(const dun_stream *stream, size_t column);
DUN_API size_t dun_stream_length(const dun_stream *stream, size_t column);
DUN_API void dun_stream_close(dun_stream *stream); /* NULL is allowed */

/* What the connection has cost so far. */
DUN_API uint64_t dun_connection_round_trips(const dun_connection *connection);
DUN_API uint64_t dun_connection_statements(const dun_connection *connection);
DUN_API const char *dun_connection_server(const dun_connection *connection); /* "PostgreSQL 15.20", ... */

DUN_END_DECLS

#endif
