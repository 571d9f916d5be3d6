/* Opening and closing connections. */
#include "base/error.h"
#include "base/memory.h"
#include "engine/postgres/error.h"
#include "engine/postgres/parameters.h"
#include "engine/postgres/rooms.h"
#include "engine/postgres/session.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* Notices go where the statements go that caused them, as comments, or nowhere. */
static void take_notice(void *user, const char *message)
{
    struct session *session = user;
    if (!session->head.echo)
        return;
    char *line = postgres_one_line(message);
    fprintf(session->head.echo, "-- %s\n", line);
    free(line);
}

/* No answer before the scope or the attempt had to end. */
static bool connecting_ended(struct session *session, enum task_outcome outcome, int64_t waited_ms,
                             dun_error *error)
{
    if (outcome == TASK_CANCELLED)
        return task_outcome_error(outcome, "connecting to the server", error);
    char *line =
        postgres_one_line(session->pq->PQerrorMessage(session->pg)); /* "connection to ... failed:" */
    size_t length = strlen(line);
    if (length && line[length - 1] == ':')
        line[length - 1] = 0;
    error_set(error, DUN_NO_CONNECTION, "the server did not answer within %.1f seconds%s%s",
              (double)waited_ms / 1000, *line ? ": " : "", line);
    error_hint(error, "is it the right host and port, and does a firewall let the connection through?");
    free(line);
    return false;
}

/*
 * Counted as round trips: the TCP handshake, and each time that libpq waits to read (the answer to a TLS
 * request, steps of the TLS handshake and of authentication, the server's greeting).
 */
static bool await_connection(struct session *session, dun_error *error)
{
    const struct libpq *pq = session->pq;
    PostgresPollingStatusType polling = PGRES_POLLING_WRITING;
    int64_t start = task_now();
    while (polling != PGRES_POLLING_OK) {
        if (polling == PGRES_POLLING_FAILED || pq->PQstatus(session->pg) == CONNECTION_BAD)
            return postgres_connect_error(session, error);
        bool reading = polling == PGRES_POLLING_READING;
        session->head.round_trips += reading || pq->PQstatus(session->pg) == CONNECTION_STARTED;
        enum task_outcome outcome = task_wait(pq->PQsocket(session->pg), reading ? POLLIN : POLLOUT);
        if (outcome != TASK_READY)
            return connecting_ended(session, outcome, task_now() - start, error);
        polling = pq->PQconnectPoll(session->pg);
    }
    return true;
}

/* The bound on unanswered data was for connecting (see parameters.c); a long work may have to wait longer. */
static void lift_link_bound(const struct session *session)
{
#ifdef TCP_USER_TIMEOUT
    unsigned none = 0;
    setsockopt(session->pq->PQsocket(session->pg), IPPROTO_TCP, TCP_USER_TIMEOUT, &none, sizeof none);
#else
    (void)session;
#endif
}

static void note_server(struct session *session)
{
    const char *version = session->pq->PQparameterStatus(session->pg, "server_version");
    version = version ? version : "";
    session->head.server =
        arena_printf(session->head.arena, "PostgreSQL %.*s", (int)strcspn(version, " "), version);
    session->head.server_version = session->pq->PQserverVersion(session->pg);
}

static bool start_connecting(struct session *session, const struct postgres_parameters *parameters,
                             dun_error *error)
{
    const struct libpq *pq = session->pq;
    session->pg = pq->PQconnectStartParams(parameters->keywords, parameters->values, 0);
    if (!session->pg)
        return error_set(error, DUN_FAILED, "libpq has no memory for a connection");
    pq->PQsetNoticeProcessor(session->pg, take_notice, session);
    struct task_scope scope;
    task_scope_enter(&scope, NULL, parameters->timeout_ms);
    bool connected = await_connection(session, error);
    task_scope_leave(&scope);
    return connected;
}

bool postgres_open(const struct db_url *url, const struct db_open_options *options,
                   dun_connection **ret_connection, dun_error *error)
{
    const struct libpq *pq = postgres_client(error);
    if (!pq)
        return false;
    struct arena *arena = arena_new();
    struct session *session = ARENA_NEW(arena, struct session);
    session->pq = pq;
    session->head = (dun_connection){
        .driver = &postgres_driver, .arena = arena, .url = db_url_copy(arena, url), .echo = options->echo};

    struct postgres_parameters parameters;
    if (!postgres_parameters(arena, pq, session->head.url, options, &parameters, error) ||
        !start_connecting(session, &parameters, error)) {
        postgres_close(&session->head);
        return false;
    }
    if (parameters.bounded_link)
        lift_link_bound(session);
    pq->PQsetnonblocking(session->pg, 1);
    note_server(session);
    *ret_connection = &session->head;
    return true;
}

void postgres_close(dun_connection *connection)
{
    struct session *session = session_of(connection);
    session->pq->PQfinish(session->pg);
    str_free(&session->text);
    arena_free(connection->arena);
}

bool postgres_alive(dun_connection *connection)
{
    struct session *session = session_of(connection);
    if (connection->lost)
        return false;
    /* The first look takes a server's last words from the socket, the second one finds its end. */
    bool standing = session->pq->PQconsumeInput(session->pg) && session->pq->PQconsumeInput(session->pg) &&
                    session->pq->PQstatus(session->pg) == CONNECTION_OK;
    connection->lost = !standing;
    return standing;
}
