/*
 * A connection to PostgreSQL, and how this folder speaks over it: send, flush, wait for a result. Used by
 * everything here that talks to the server.
 *
 * Cancelling is one mechanism: when the scope ends while something waits, the wait asks the server to
 * cancel, again and again until the answer has come, and goes on waiting. So code that reads results reads
 * them to the end in any case, and finds the reason in `ending`. Only a server that does not answer for
 * seconds is given up.
 */
#ifndef POSTGRES_SESSION_H
#define POSTGRES_SESSION_H

#include "base/str.h"
#include "db/driver.h"
#include "engine/postgres/client.h"
#include "task/task.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How long a server may take to answer a cancel request, and a ROLLBACK or unlock that cleans up. */
enum { SESSION_CLEANUP_MS = 5000 };

struct session {
    dun_connection head; /* first, so that both pointers are one */
    const struct libpq *pq;
    PGconn *pg;
    struct str text;          /* the statement that is sent, with the NUL that libpq wants */
    dun_stream *stream;       /* the one that is open: nothing else may run */
    struct held_lock *locks;  /* see lock.c */
    enum task_outcome ending; /* why what is under way was cancelled; TASK_READY: it was not */
    int64_t give_up;          /* by task_now: when to stop waiting for the answer to a cancel request */
    int64_t cancel_again;
};

static inline struct session *session_of(dun_connection *connection)
{
    return (struct session *)connection;
}

/*
 * Begins an operation. Fails when the connection is lost (DUN_NO_CONNECTION), a stream is open (DUN_USAGE),
 * or the scope has ended already; nothing was sent then.
 */
bool session_begin(struct session *session, dun_error *error);

/* Ends it: notes whether the server is in a transaction and whether the connection still stands. */
void session_end(struct session *session);

/* Sends all that libpq holds back. Whether it arrived, the next result tells. False: given up. */
bool session_flush(struct session *session);

/* Queues one statement by the extended protocol, echoes and counts it. False: libpq refused it. */
bool session_send(struct session *session, const struct db_statement *statement, dun_error *error);

/* The statement as session->text, for libpq; a NUL byte within it fails with DUN_BAD_INPUT. */
bool session_text(struct session *session, const char *sql, size_t length, dun_error *error);

/*
 * The next result, to be cleared by the caller; NULL ends the results of a statement. A connection that
 * breaks gives a PGRES_FATAL_ERROR. False: given up, no result.
 */
bool session_result(struct session *session, PGresult **ret_result);

/*
 * Runs one statement outside pipeline mode and reads its answer to the end: one round trip. `*ret_result` is
 * a success and the caller's to clear. COPY that wants data from the client or sends some is refused.
 */
bool session_execute(struct session *session, const struct db_statement *statement, PGresult **ret_result,
                     dun_error *error);

/* Reads the results of the statement under way; for session_execute and copy.c. The error's place is within
 * `sql`. */
bool session_collect(struct session *session, const char *sql, size_t length, PGresult **ret_result,
                     dun_error *error);

/* The rows as a result of ours; the PGresult stays the caller's. */
dun_result *session_rows(const struct session *session, const PGresult *rows);

#endif
