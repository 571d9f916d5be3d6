/* One statement at a time: queries and transactions. */
#include "base/error.h"
#include "engine/postgres/rooms.h"
#include "engine/postgres/session.h"

#include <string.h>

bool postgres_query(dun_connection *connection, const struct db_statement *statement, dun_result **ret_result,
                    dun_error *error)
{
    struct session *session = session_of(connection);
    PGresult *rows = NULL;
    if (!session_begin(session, error))
        return false;
    bool succeeded = session_execute(session, statement, &rows, error);
    if (succeeded)
        *ret_result = session_rows(session, rows);
    session->pq->PQclear(rows);
    session_end(session);
    return succeeded;
}

/* `ret_done` is what the server says it did, which for a COMMIT may be a rollback. */
static bool run_command(struct session *session, const char *sql, char *ret_done, size_t room,
                        dun_error *error)
{
    struct db_statement statement = {.sql = sql, .length = strlen(sql)};
    PGresult *result = NULL;
    if (!session_begin(session, error))
        return false;
    bool succeeded = session_execute(session, &statement, &result, error);
    if (succeeded)
        snprintf(ret_done, room, "%s", session->pq->PQcmdStatus(result));
    session->pq->PQclear(result);
    session_end(session);
    return succeeded;
}

bool postgres_begin(dun_connection *connection, dun_error *error)
{
    char done[32];
    return run_command(session_of(connection), "BEGIN", done, sizeof done, error);
}

bool postgres_commit(dun_connection *connection, dun_error *error)
{
    char done[32];
    if (!run_command(session_of(connection), "COMMIT", done, sizeof done, error))
        return false;
    if (strcmp(done, "ROLLBACK") == 0)
        return error_set(error, DUN_FAILED,
                         "the transaction was rolled back, because a statement of it had failed");
    return true;
}

bool postgres_rollback(dun_connection *connection, dun_error *error)
{
    if (!connection->in_transaction && !connection->lost)
        return true;
    /* Cleaning up happens after a cancellation, too. */
    char done[32];
    struct task_scope shield;
    task_scope_shield(&shield, SESSION_CLEANUP_MS);
    bool succeeded = run_command(session_of(connection), "ROLLBACK", done, sizeof done, error);
    task_scope_leave(&shield);
    return succeeded;
}
