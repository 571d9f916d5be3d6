/* What applications do with one connection: transactions, single statements, streams, and what it has cost.
 */
#include "base/error.h"
#include "engine/database.h"

#include <string.h>

enum { CLEANUP_TIMEOUT_MS = 10000 };

static void enter(const dun_connection *connection, struct task_scope *scope)
{
    database_enter(connection->database, scope);
}

enum sql_dialect connection_dialect(const dun_connection *connection)
{
    return connection->driver->dialect;
}

static bool call(dun_connection *connection, bool (*function)(dun_connection *, dun_error *),
                 dun_error *error)
{
    struct task_scope scope;
    enter(connection, &scope);
    bool good = function(connection, error);
    task_scope_leave(&scope);
    return good;
}

bool dun_begin(dun_connection *connection, dun_error *error)
{
    return call(connection, connection->driver->begin, error);
}

bool dun_commit(dun_connection *connection, dun_error *error)
{
    return call(connection, connection->driver->commit, error);
}

/* It is there for what was cancelled, too, so only time ends it. */
bool dun_rollback(dun_connection *connection, dun_error *error)
{
    struct task_scope scope;
    task_scope_shield(&scope, CLEANUP_TIMEOUT_MS);
    bool good = connection->driver->rollback(connection, error);
    task_scope_leave(&scope);
    return good;
}

dun_result *dun_query(dun_connection *connection, const char *sql, size_t count,
                      const char *const *parameters, dun_error *error)
{
    struct db_statement statement = {
        .sql = sql, .length = strlen(sql), .parameter_count = count, .parameters = parameters};
    struct task_scope scope;
    dun_result *result = NULL;
    enter(connection, &scope);
    connection->driver->query(connection, &statement, &result, error);
    task_scope_leave(&scope);
    return result;
}

bool dun_exec(dun_connection *connection, const char *sql, size_t count, const char *const *parameters,
              dun_error *error)
{
    dun_result *result = dun_query(connection, sql, count, parameters, error);
    dun_result_free(result);
    return result != NULL;
}

bool connection_run_items(dun_connection *connection, const struct db_item *items, size_t count,
                          size_t *ret_failed, dun_error *error)
{
    struct db_batch batch = {.items = items, .count = count};
    struct task_scope scope;
    bool outer = connection->in_transaction; /* the caller's, who decides about it */
    enter(connection, &scope);
    bool good = connection->driver->batch(connection, &batch, NULL, ret_failed, error);
    if (!good && !outer && !connection->lost)
        dun_rollback(connection, NULL); /* the first failure is the one to tell */
    task_scope_leave(&scope);
    return good;
}

dun_stream *dun_stream_open(dun_connection *connection, const char *sql, size_t count,
                            const char *const *parameters, dun_error *error)
{
    struct db_statement statement = {
        .sql = sql, .length = strlen(sql), .parameter_count = count, .parameters = parameters};
    struct task_scope scope;
    dun_stream *stream = NULL;
    enter(connection, &scope);
    connection->driver->stream_open(connection, &statement, &stream, error);
    task_scope_leave(&scope);
    return stream;
}

int dun_stream_next(dun_stream *stream, dun_error *error)
{
    struct task_scope scope;
    enter(stream->connection, &scope);
    int outcome = stream->connection->driver->stream_next(stream, error);
    task_scope_leave(&scope);
    return outcome;
}

void dun_stream_close(dun_stream *stream)
{
    if (!stream)
        return;
    struct task_scope scope;
    task_scope_shield(&scope, CLEANUP_TIMEOUT_MS);
    stream->connection->driver->stream_close(stream);
    task_scope_leave(&scope);
}

size_t dun_stream_columns(const dun_stream *stream)
{
    return stream->columns;
}

const char *dun_stream_column(const dun_stream *stream, size_t column)
{
    return column < stream->columns ? stream->names[column] : NULL;
}

const char *dun_stream_value(const dun_stream *stream, size_t column)
{
    return column < stream->columns ? stream->values[column].text : NULL;
}

size_t dun_stream_length(const dun_stream *stream, size_t column)
{
    return column < stream->columns ? stream->values[column].length : 0;
}

uint64_t dun_connection_round_trips(const dun_connection *connection)
{
    return connection->round_trips;
}

uint64_t dun_connection_statements(const dun_connection *connection)
{
    return connection->statements;
}

const char *dun_connection_server(const dun_connection *connection)
{
    return connection->server;
}
