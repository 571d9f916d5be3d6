/* Streams: libpq's single-row mode, one PGresult at a time. */
#include "base/error.h"
#include "base/memory.h"
#include "engine/postgres/error.h"
#include "engine/postgres/rooms.h"
#include "engine/postgres/session.h"

#include <stdlib.h>

struct stream {
    dun_stream head; /* first, so that both pointers are one */
    struct session *session;
    char *sql; /* for the place of an error */
    size_t length;
    PGresult *row;  /* the values point into it */
    PGresult *next; /* taken already, by opening */
    bool finished;
};

static void finish(struct stream *stream)
{
    if (stream->finished)
        return;
    stream->finished = true;
    stream->session->stream = NULL;
    session_end(stream->session);
}

/* Reads what is left, which after an error or the last row is nothing but the end. */
static void read_to_end(struct stream *stream)
{
    struct session *session = stream->session;
    PGresult *result = NULL;
    while (!session->head.lost && session_result(session, &result) && result)
        session->pq->PQclear(result);
    finish(stream);
}

/* Cancels what is under way, by the way that a scope which has ended does. */
static void abandon(struct stream *stream)
{
    struct session *session = stream->session;
    if (session->ending == TASK_READY) {
        session->ending = TASK_CANCELLED;
        session->give_up = task_now() + SESSION_CLEANUP_MS;
        session->cancel_again = 0;
    }
    read_to_end(stream);
}

/* Takes the next result. False: there is none, and the error says why. */
static bool take_result(struct stream *stream, PGresult **ret_result, dun_error *error)
{
    struct session *session = stream->session;
    PGresult *result = NULL;
    if (!session_result(session, &result) || !result) {
        postgres_link_error(session, error);
        finish(stream);
        return false;
    }
    ExecStatusType status = session->pq->PQresultStatus(result);
    if (status == PGRES_SINGLE_TUPLE || status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK ||
        status == PGRES_EMPTY_QUERY) {
        *ret_result = result;
        return true;
    }
    if (status == PGRES_FATAL_ERROR) {
        postgres_result_error(session, result, stream->sql, stream->length, error);
        session->pq->PQclear(result);
        read_to_end(stream);
        return false;
    }
    session->pq->PQclear(result);
    session->head.lost = true; /* in the middle of a COPY there is no way on but a new connection */
    error_set(error, DUN_FAILED, "COPY cannot be streamed");
    error_hint(error, "use a SELECT");
    finish(stream);
    return false;
}

static void set_columns(struct stream *stream)
{
    const struct libpq *pq = stream->session->pq;
    int columns = pq->PQnfields(stream->next);
    char **names = memory_alloc(memory_multiply((size_t)columns, sizeof *names));
    for (int i = 0; i < columns; ++i)
        names[i] = memory_strdup(pq->PQfname(stream->next, i));
    stream->head.columns = (size_t)columns;
    stream->head.names = (const char *const *)names;
    stream->head.values = memory_alloc(memory_multiply((size_t)columns, sizeof *stream->head.values));
}

bool postgres_stream_open(dun_connection *connection, const struct db_statement *statement,
                          dun_stream **ret_stream, dun_error *error)
{
    struct session *session = session_of(connection);
    if (!session_begin(session, error) || !session_send(session, statement, error))
        return false;
    session->pq->PQsetSingleRowMode(session->pg);
    session->head.round_trips++;
    session_flush(session);

    struct stream *stream = memory_alloc(sizeof *stream);
    stream->head.connection = connection;
    stream->session = session;
    stream->sql = memory_strndup(statement->sql, statement->length);
    stream->length = statement->length;
    session->stream = &stream->head;
    if (!take_result(stream, &stream->next, error)) {
        postgres_stream_close(&stream->head);
        return false;
    }
    set_columns(stream);
    *ret_stream = &stream->head;
    return true;
}

int postgres_stream_next(dun_stream *head, dun_error *error)
{
    struct stream *stream = (struct stream *)head;
    const struct libpq *pq = stream->session->pq;
    pq->PQclear(stream->row);
    stream->row = stream->next;
    stream->next = NULL;
    if (stream->finished)
        return 0;
    if (!stream->row && !take_result(stream, &stream->row, error))
        return -1;
    if (pq->PQresultStatus(stream->row) != PGRES_SINGLE_TUPLE) {
        read_to_end(stream);
        return 0;
    }
    for (int i = 0; i < (int)head->columns; ++i) {
        bool null = pq->PQgetisnull(stream->row, 0, i);
        head->values[i] = (struct result_value){null ? NULL : pq->PQgetvalue(stream->row, 0, i),
                                                null ? 0 : (size_t)pq->PQgetlength(stream->row, 0, i)};
    }
    return 1;
}

void postgres_stream_close(dun_stream *head)
{
    struct stream *stream = (struct stream *)head;
    if (!stream->finished)
        abandon(stream);
    stream->session->pq->PQclear(stream->row);
    stream->session->pq->PQclear(stream->next);
    for (size_t i = 0; head->names && i < head->columns; ++i)
        free((char *)head->names[i]);
    free((void *)head->names);
    free(head->values);
    free(stream->sql);
    free(stream);
}
