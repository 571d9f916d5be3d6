/* Rows as they come: a statement that is stepped when the next row is asked for. */
#include "base/error.h"
#include "base/memory.h"
#include "engine/sqlite/connection.h"

#include <stdlib.h>

struct sqlite_stream {
    struct dun_stream head;
    sqlite3_stmt *prepared;
    bool ended; /* SQLite would start again from the first row */
};

static struct sqlite_stream *from(dun_stream *stream)
{
    return (struct sqlite_stream *)stream;
}

bool sqlite_stream_open(dun_connection *connection, const struct db_statement *statement,
                        dun_stream **ret_stream, dun_error *error)
{
    sqlite3_stmt *prepared = NULL;
    if (!sqlite_prepare((struct sqlite_connection *)connection, statement, &prepared, error))
        return false;
    struct sqlite_stream *stream = memory_alloc(sizeof *stream);
    size_t columns = (size_t)sqlite3_column_count(prepared);
    const char **names = memory_alloc(memory_multiply(columns, sizeof *names));
    for (size_t i = 0; i < columns; ++i)
        names[i] = memory_strdup(sqlite3_column_name(prepared, (int)i));
    stream->prepared = prepared;
    stream->head = (struct dun_stream){.connection = connection, .columns = columns, .names = names};
    stream->head.values = memory_alloc(memory_multiply(columns, sizeof *stream->head.values));
    *ret_stream = &stream->head;
    return true;
}

int sqlite_stream_next(dun_stream *stream, dun_error *error)
{
    struct sqlite_stream *s = from(stream);
    struct sqlite_connection *connection = (struct sqlite_connection *)stream->connection;
    if (s->ended)
        return 0;
    int code = sqlite_step(connection, s->prepared);
    if (code == SQLITE_ROW) {
        sqlite_read_row(s->prepared, stream->values, stream->columns);
        return 1;
    }
    s->ended = true;
    if (code != SQLITE_DONE)
        sqlite_error(connection, error);
    sqlite_note_transaction(connection);
    return code == SQLITE_DONE ? 0 : -1;
}

void sqlite_stream_close(dun_stream *stream)
{
    struct sqlite_stream *s = from(stream);
    sqlite3_finalize(s->prepared);
    sqlite_note_transaction((struct sqlite_connection *)stream->connection);
    for (size_t i = 0; i < stream->columns; ++i)
        free((char *)stream->names[i]);
    free((void *)stream->names);
    free(stream->values);
    free(s);
}
