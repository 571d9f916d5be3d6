#include "engine/postgres/session.h"

#include "base/error.h"
#include "engine/postgres/error.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

/*
 * A cancel request that arrives between two statements of a pipeline is ignored by the server, which then
 * runs the next one; so it is repeated until the answers have come.
 */
enum { CANCEL_AGAIN_MS = 200 };

/* A statement longer than this leaves no copy of itself behind. */
enum { KEPT_TEXT = 1024 * 1024 };

bool session_begin(struct session *session, dun_error *error)
{
    if (session->head.lost)
        return error_set(error, DUN_NO_CONNECTION, "the connection to the server was lost");
    if (session->stream)
        return error_set(error, DUN_USAGE, "a stream is open on this connection: close it first");
    session->ending = TASK_READY;
    enum task_outcome outcome = task_check();
    return outcome == TASK_READY || task_outcome_error(outcome, "nothing was sent to the server", error);
}

void session_end(struct session *session)
{
    if (session->pq->PQstatus(session->pg) == CONNECTION_BAD)
        session->head.lost = true;
    PGTransactionStatusType status = session->pq->PQtransactionStatus(session->pg);
    session->head.in_transaction =
        !session->head.lost && (status == PQTRANS_INTRANS || status == PQTRANS_INERROR);
    if (session->text.capacity > KEPT_TEXT)
        str_free(&session->text);
}

/* Takes at most the time of a connection attempt. */
static void ask_to_cancel(struct session *session)
{
    char ignored[256];
    PGcancel *cancel = session->pq->PQgetCancel(session->pg);
    if (!cancel)
        return;
    session->pq->PQcancel(cancel, ignored, (int)sizeof ignored);
    session->pq->PQfreeCancel(cancel);
}

static bool wait_for_cancelled(struct session *session, short events)
{
    int64_t now = task_now();
    if (now >= session->give_up) {
        session->head.lost = true;
        return false;
    }
    if (now >= session->cancel_again) {
        ask_to_cancel(session);
        session->cancel_again = task_now() + CANCEL_AGAIN_MS;
    }
    int64_t left = session->cancel_again - task_now();
    struct task_scope shield;
    task_scope_shield(&shield, left > 0 ? left : 0);
    task_wait(session->pq->PQsocket(session->pg), events);
    task_scope_leave(&shield);
    return true;
}

static bool wait_for_socket(struct session *session, short events)
{
    if (session->ending != TASK_READY)
        return wait_for_cancelled(session, events);
    session->ending = task_wait(session->pq->PQsocket(session->pg), events);
    if (session->ending != TASK_READY) {
        session->give_up = task_now() + SESSION_CLEANUP_MS;
        session->cancel_again = 0;
    }
    return true;
}

/* Waits, and takes what has come; whether that worked, the next result tells. */
static bool wait_and_take(struct session *session, short events)
{
    if (!wait_for_socket(session, events))
        return false;
    session->pq->PQconsumeInput(session->pg);
    return true;
}

/* Sends what libpq holds back and takes what has come; waits once. False: given up. */
static bool exchange(struct session *session)
{
    bool unsent = session->pq->PQflush(session->pg) > 0;
    return wait_and_take(session, unsent ? POLLIN | POLLOUT : POLLIN);
}

bool session_flush(struct session *session)
{
    while (session->pq->PQflush(session->pg) > 0)
        if (!wait_and_take(session, POLLIN | POLLOUT))
            return false;
    return true;
}

bool session_text(struct session *session, const char *sql, size_t length, dun_error *error)
{
    if (memchr(sql, 0, length))
        return error_set(error, DUN_BAD_INPUT, "there is a NUL byte in the statement");
    str_clear(&session->text);
    str_append_n(&session->text, sql, length);
    return true;
}

bool session_send(struct session *session, const struct db_statement *statement, dun_error *error)
{
    if (!session_text(session, statement->sql, statement->length, error))
        return false;
    db_echo(&session->head, statement->sql, statement->length);
    if (session->pq->PQsendQueryParams(session->pg, str_text(&session->text), (int)statement->parameter_count,
                                       NULL, statement->parameters, NULL, NULL, 0))
        return true;
    return postgres_link_error(session, error);
}

bool session_result(struct session *session, PGresult **ret_result)
{
    while (session->pq->PQisBusy(session->pg)) {
        if (session->pq->PQstatus(session->pg) == CONNECTION_BAD)
            break; /* PQgetResult does not wait for a broken connection, and tells what happened to it */
        if (!exchange(session))
            return false;
    }
    *ret_result = session->pq->PQgetResult(session->pg);
    return true;
}

static bool is_success(ExecStatusType status)
{
    return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY;
}

/* Ends a COPY that nobody asked for in a way that we can serve, so that the connection stays usable. */
static bool refuse_copy(struct session *session, ExecStatusType status, dun_error *error)
{
    if (status == PGRES_COPY_IN) {
        session->pq->PQputCopyEnd(session->pg, "there is no data");
        session_flush(session);
        error_set(error, DUN_FAILED, "COPY FROM STDIN has no data to read here");
        error_hint(error, "in a file the data follows the statement, line by line, and ends with a line \\.");
        return false;
    }
    if (status == PGRES_COPY_OUT) {
        ask_to_cancel(session);
        char *row = NULL;
        int length;
        while ((length = session->pq->PQgetCopyData(session->pg, &row, 1)) >= 0)
            if (length > 0)
                session->pq->PQfreemem(row);
            else if (!exchange(session))
                break;
        error_set(error, DUN_FAILED, "COPY TO STDOUT has nowhere to write to here");
        error_hint(error, "use a SELECT, or write to a file with psql's \\copy");
        return false;
    }
    session->head.lost = true;
    return error_set(error, DUN_NO_CONNECTION,
                     "the statement began a replication stream, which is not supported");
}

bool session_collect(struct session *session, const char *sql, size_t length, PGresult **ret_result,
                     dun_error *error)
{
    PGresult *last = NULL, *result = NULL;
    bool succeeded = true;
    while (!session->head.lost && session_result(session, &result) && result) {
        ExecStatusType status = session->pq->PQresultStatus(result);
        if (succeeded && is_success(status)) {
            session->pq->PQclear(last);
            last = result;
            continue;
        }
        if (succeeded)
            succeeded = status == PGRES_FATAL_ERROR
                            ? postgres_result_error(session, result, sql, length, error)
                            : refuse_copy(session, status, error);
        session->pq->PQclear(result);
    }
    if (succeeded && last) {
        *ret_result = last;
        return true;
    }
    session->pq->PQclear(last);
    return succeeded ? postgres_link_error(session, error) : false;
}

bool session_execute(struct session *session, const struct db_statement *statement, PGresult **ret_result,
                     dun_error *error)
{
    if (!session_send(session, statement, error))
        return false;
    session->head.round_trips++;
    session_flush(session);
    return session_collect(session, statement->sql, statement->length, ret_result, error);
}

/* Rows changed; a SELECT, which changes none, counts the rows it returns, and other statements say nothing.
 */
static int64_t affected_rows(const struct session *session, const PGresult *rows)
{
    PGresult *same = (PGresult *)rows; /* PQcmdTuples only reads, but does not say so */
    const char *count = session->pq->PQcmdTuples(same);
    bool read = session->pq->PQresultStatus(rows) == PGRES_TUPLES_OK &&
                strncmp(session->pq->PQcmdStatus(same), "SELECT", 6) == 0;
    return read || !*count ? -1 : (int64_t)strtoll(count, NULL, 10);
}

dun_result *session_rows(const struct session *session, const PGresult *rows)
{
    dun_result *result = result_new();
    int columns = session->pq->PQnfields(rows), count = session->pq->PQntuples(rows);
    const char **names = arena_alloc(result->arena, (size_t)columns * sizeof *names);
    for (int i = 0; i < columns; ++i)
        names[i] = session->pq->PQfname(rows, i);
    result_set_columns(result, (size_t)columns, names);
    for (int row = 0; row < count; ++row) {
        struct result_value *values = result_add_row(result);
        for (int i = 0; i < columns; ++i)
            if (!session->pq->PQgetisnull(rows, row, i))
                result_set_value(result, &values[i], session->pq->PQgetvalue(rows, row, i),
                                 (size_t)session->pq->PQgetlength(rows, row, i));
    }
    result->affected = affected_rows(session, rows);
    return result;
}
