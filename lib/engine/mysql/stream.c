/* Rows as they come. */
#include "base/error.h"
#include "base/memory.h"
#include "db/result.h"
#include "engine/mysql/connection.h"
#include "engine/mysql/failure.h"

#include <string.h>

struct mysql_stream {
    struct dun_stream base;
    struct arena *arena; /* its own */
    MYSQL_RES *rows;     /* NULL: at the end, or failed */
    struct str sql;
    uint64_t count;
    bool failed;
};

static struct mysql_connection *connection_of(const struct mysql_stream *stream)
{
    return (struct mysql_connection *)stream->base.connection;
}

static bool stream_failed(struct mysql_stream *stream, dun_error *error)
{
    const char *sql = str_text(&stream->sql);
    stream->failed = true;
    return mysql_engine_failure_of_statement(connection_of(stream), sql, stream->sql.length,
                                             stream->sql.length, error);
}

/* Passes results without rows until one has some. At the end of all, the stream has no columns and no rows.
 */
static bool find_rows(struct mysql_stream *stream)
{
    MYSQL *handle = connection_of(stream)->handle;
    int next = mysql_engine_operation_read_first(connection_of(stream)) ? 0 : 1;
    while (next == 0 && libmariadb.mysql_field_count(handle) == 0)
        next = libmariadb.mysql_next_result(handle);
    if (next < 0)
        return true;
    if (next > 0 || !(stream->rows = libmariadb.mysql_use_result(handle)))
        return false;
    stream->base.columns = libmariadb.mysql_num_fields(stream->rows);
    const MYSQL_FIELD *fields = libmariadb.mysql_fetch_fields(stream->rows);
    const char **names = arena_alloc(stream->arena, memory_multiply(stream->base.columns, sizeof *names));
    for (size_t i = 0; i < stream->base.columns; ++i)
        names[i] = arena_strdup(stream->arena, fields[i].name);
    stream->base.names = names;
    stream->base.values =
        arena_alloc(stream->arena, memory_multiply(stream->base.columns, sizeof *stream->base.values));
    return true;
}

static bool start(struct mysql_stream *stream, dun_error *error)
{
    const char *sql = str_text(&stream->sql);
    db_echo(stream->base.connection, sql, stream->sql.length);
    if (!mysql_engine_operation_send(connection_of(stream), sql, stream->sql.length, error))
        return false;
    return find_rows(stream) || stream_failed(stream, error);
}

static void free_stream(struct mysql_stream *stream)
{
    struct arena *arena = stream->arena; /* which the stream is in itself */
    str_free(&stream->sql);
    arena_free(arena);
}

/* Reads what is left, which ends soon where the statement was stopped. */
static bool read_to_the_end(struct mysql_stream *stream)
{
    struct mysql_connection *connection = connection_of(stream);
    while (mysql_engine_operation_next_row(connection, stream->rows, &stream->count))
        continue;
    bool done = libmariadb.mysql_errno(connection->handle) == 0;
    libmariadb.mysql_free_result(stream->rows);
    stream->rows = NULL;
    return done && mysql_engine_operation_drain(connection);
}

bool mysql_engine_stream_open(dun_connection *base, const struct db_statement *statement,
                              dun_stream **ret_stream, dun_error *error)
{
    struct mysql_connection *connection = (struct mysql_connection *)base;
    if (!mysql_engine_operation_begin(connection, "the statement", error))
        return false;
    struct arena *arena = arena_new();
    struct mysql_stream *stream = ARENA_NEW(arena, struct mysql_stream);
    stream->arena = arena;
    stream->base.connection = base;
    size_t first;
    bool prepared = mysql_engine_parameters_insert(statement, &stream->sql, &first, error);
    if (prepared && start(stream, error)) {
        mysql_engine_wait_leave(&connection->wait);
        *ret_stream = &stream->base;
        return true;
    }
    mysql_engine_operation_end(connection);
    if (prepared && error_get_position(error) > (ptrdiff_t)first)
        error_position(error, -1);
    free_stream(stream);
    return false;
}

static void take_row(struct mysql_stream *stream, MYSQL_ROW row)
{
    const unsigned long *lengths = libmariadb.mysql_fetch_lengths(stream->rows);
    for (size_t i = 0; i < stream->base.columns; ++i)
        stream->base.values[i] = (struct result_value){.text = row[i], .length = row[i] ? lengths[i] : 0};
}

/* The end of the rows, one way or another. */
static int finish(struct mysql_stream *stream, dun_error *error)
{
    struct mysql_connection *connection = connection_of(stream);
    bool done = read_to_the_end(stream) && !connection->wait.stopping;
    if (!done)
        stream_failed(stream, error);
    mysql_engine_operation_end(connection);
    return done ? 0 : -1;
}

int mysql_engine_stream_next(dun_stream *base, dun_error *error)
{
    struct mysql_stream *stream = (struct mysql_stream *)base;
    struct mysql_connection *connection = connection_of(stream);
    if (stream->failed) {
        error_set(error, DUN_USAGE, "the stream has failed before");
        return -1;
    }
    if (!stream->rows)
        return 0;
    mysql_engine_wait_enter(&connection->wait);
    MYSQL_ROW row = mysql_engine_operation_next_row(connection, stream->rows, &stream->count);
    if (!row || connection->wait.stopping)
        return finish(stream, error);
    take_row(stream, row);
    mysql_engine_wait_leave(&connection->wait);
    return 1;
}

void mysql_engine_stream_close(dun_stream *base)
{
    struct mysql_stream *stream = (struct mysql_stream *)base;
    if (!stream)
        return;
    if (stream->rows) {
        mysql_engine_wait_enter(&connection_of(stream)->wait);
        mysql_engine_wait_stop(&connection_of(stream)->wait, TASK_CANCELLED);
        finish(stream, NULL);
    }
    free_stream(stream);
}
