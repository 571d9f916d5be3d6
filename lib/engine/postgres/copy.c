#include "engine/postgres/copy.h"

#include "base/error.h"
#include "engine/postgres/error.h"

#include <stdio.h>

enum { CHUNK = 64 * 1024 };

/*
 * False: given up. After an error the server throws the rest of the data away, and tells the error when we
 * are through. A cancelled COPY is ended by us, which the server reports like a cancelled statement.
 */
static bool send_data(struct session *session, const char *data, size_t length)
{
    const struct libpq *pq = session->pq;
    while (length && session->ending == TASK_READY) {
        int chunk = (int)(length < CHUNK ? length : CHUNK);
        if (pq->PQputCopyData(session->pg, data, chunk) < 0)
            break; /* libpq keeps the reason for the next result */
        data += chunk;
        length -= (size_t)chunk;
        if (!session_flush(session))
            return false;
    }
    pq->PQputCopyEnd(session->pg, session->ending == TASK_READY ? NULL : "interrupted");
    return session_flush(session);
}

/*
 * By the simple protocol: in the extended one, an error before the first row would leave the server one Sync,
 * and so one answer, ahead of the client.
 */
bool copy_in(struct session *session, const struct db_statement *statement, const char *data, size_t length,
             PGresult **ret_result, dun_error *error)
{
    const struct libpq *pq = session->pq;
    if (!session_text(session, statement->sql, statement->length, error))
        return false;
    db_echo(&session->head, statement->sql, statement->length);
    if (!pq->PQsendQuery(session->pg, str_text(&session->text)))
        return postgres_link_error(session, error);
    session->head.round_trips += 2;

    PGresult *first = NULL;
    if (!session_flush(session) || !session_result(session, &first) || !first)
        return postgres_link_error(session, error);
    ExecStatusType status = pq->PQresultStatus(first);
    if (status == PGRES_FATAL_ERROR)
        postgres_result_error(session, first, statement->sql, statement->length, error);
    pq->PQclear(first);
    if (status == PGRES_COPY_IN) {
        send_data(session, data, length);
        return session_collect(session, statement->sql, statement->length, ret_result, error);
    }
    PGresult *rest = NULL;
    session_collect(session, statement->sql, statement->length, &rest, NULL);
    pq->PQclear(rest);
    if (status != PGRES_FATAL_ERROR)
        error_set(error, DUN_FAILED, "data was given for a statement that is no COPY ... FROM STDIN");
    return false;
}
