#include "engine/postgres/error.h"
#include "engine/postgres/rooms.h"

#include "base/error.h"
#include "base/str.h"
#include "sql/lexer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

char *postgres_one_line(const char *message)
{
    struct str line = STR_INIT;
    const char *last = "";
    size_t last_length = 0;
    str_append(&line, "");
    while (*message) {
        size_t length = strcspn(message, "\r\n");
        const char *start = message, *end = message + length;
        bool continued = *start == '\t'; /* libpq indents what belongs to the line before */
        while (start < end && isspace((unsigned char)*start))
            ++start;
        while (end > start && isspace((unsigned char)end[-1]))
            --end;
        bool repeated = (size_t)(end - start) == last_length && memcmp(start, last, last_length) == 0;
        if (end > start && !repeated) {
            if (line.length)
                str_append(&line, continued ? " " : "; ");
            str_append_n(&line, start, (size_t)(end - start));
            last = start;
            last_length = (size_t)(end - start);
        }
        message += length + (message[length] != 0);
    }
    return str_take(&line);
}

struct advice {
    const char *about; /* a SQLSTATE, or a part of a message */
    const char *text;
};

#define USE_FEWER "use fewer at once (`concurrency:` of the environment, --concurrency), or raise"

/* Only where the server's own hint leaves the reader without the next step. */
static const struct advice state_advice[] = {
    {"55P04", "a new enum value cannot be used in the transaction that adds it: "
              "put ALTER TYPE ... ADD VALUE in a migration of its own"},
    {"25001", "what cannot run inside a transaction goes in a file that begins with the comment "
              "`-- dunlin: no-transaction`"},
    {"25006", "the session is read-only: perhaps this is a standby; target_session_attrs=read-write in the "
              "URL looks for "
              "the primary"},
    {"2D000", "COMMIT and ROLLBACK in a procedure or a DO block need a file that begins with the comment "
              "`-- dunlin: no-transaction`"},
    {"25P02", "an earlier statement of this transaction failed; only a ROLLBACK ends it"},
    {"40P01",
     "another session was in the way; nothing of this transaction was kept, and trying again may succeed"},
    {"40001", "nothing of this transaction was kept, and trying again may succeed"},
    {"42501", "connect as the owner of the object, or let the owner GRANT what is missing"},
    {"53100", "the server's disk is full; make room and try again"},
    {"53200", "one transaction locks every table that it touches: split the work, or raise "
              "max_locks_per_transaction on the server"},
    {"53300", "the server takes no more connections: " USE_FEWER " max_connections"},
    {"55P03",
     "another session holds a lock that the statement needs: try again later, or with a longer lock_timeout"},
    {"57014", "statement_timeout ran out, or another session cancelled the statement"},
};

static const struct advice connect_advice[] = {
    {"Connection refused", "is a server running there, and on this port?"},
    {"No such file or directory",
     "is a server running on this machine? A unix socket is looked for where no host is "
     "given; its folder can be given as ?host=/FOLDER"},
    {"could not translate host name", "the name of the host is unknown here; is it written correctly?"},
    {"password authentication failed",
     "is it the right user and password? A password may stand in the URL, in "
     "PGPASSWORD or in ~/.pgpass"},
    {"no password supplied", "give a password in the URL, in PGPASSWORD or in ~/.pgpass"},
    {"no pg_hba.conf entry",
     "the server's pg_hba.conf allows no connection of this user from this machine, or only "
     "with or without TLS (see sslmode)"},
    {"Peer authentication failed",
     "connect as the system user of that name, or give a host so that a password counts"},
    {"permission denied for database", "let its owner GRANT CONNECT ON DATABASE to the user"},
    {"too many connections for",
     "the role or the database takes no more connections: " USE_FEWER " its CONNECTION LIMIT"},
    {"is not permitted to log in", "ALTER ROLE ... LOGIN permits it"},
    {"role \"", "the role must exist: CREATE ROLE ... LOGIN"},
    {"is not currently accepting connections", "ALTER DATABASE ... ALLOW_CONNECTIONS true permits them"},
    {"database \"", "create it with: createdb NAME"},
    {"server does not support SSL",
     "the server has no TLS: sslmode=prefer or sslmode=disable connects without it"},
    {"certificate", "the certificate of the server was not accepted: see sslmode and sslrootcert"},
    {"SSL", "the server and this client do not agree on TLS: see sslmode"},
    {"too many clients", "the server takes no more connections: " USE_FEWER " max_connections"},
    {"remaining connection slots", "the server takes no more connections: " USE_FEWER " max_connections"},
    {"starting up", "the server is starting: try again in a moment"},
    {"shutting down", "the server is being stopped"},
    {"timeout expired",
     "nothing answers there: is it the right host, and does a firewall let the connection through?"},
    {"Connection timed out",
     "nothing answers there: is it the right host, and does a firewall let the connection "
     "through?"},
};

static void advise_on_state(const char *state, dun_error *error)
{
    for (size_t i = 0; i < sizeof state_advice / sizeof *state_advice; ++i)
        if (strcmp(state_advice[i].about, state) == 0)
            error_hint(error, "%s", state_advice[i].text);
}

/* libpq tells no SQLSTATE for a connection that failed, so its words must do; in another language there is no
 * advice. */
static void advise_on_connecting(const char *message, dun_error *error)
{
    for (size_t i = 0; i < sizeof connect_advice / sizeof *connect_advice; ++i)
        if (strstr(message, connect_advice[i].about)) {
            error_hint(error, "%s", connect_advice[i].text);
            return;
        }
}

/* The byte at which the character of that number (from 1) begins, or -1. */
static ptrdiff_t offset_of_character(const char *text, size_t length, long number)
{
    if (number < 1)
        return -1;
    for (size_t i = 0; i < length; ++i)
        if (((unsigned char)text[i] & 0xC0) != 0x80 && --number == 0)
            return (ptrdiff_t)i;
    return number == 1 ? (ptrdiff_t)length : -1; /* "at end of input" */
}

/* One line of hint from a field of the server's, its lines joined. */
static void hint_from(dun_error *error, const char *what, const char *text)
{
    if (!text)
        return;
    char *line = postgres_one_line(text);
    error_hint(error, "%s%s", what, line);
    free(line);
}

/* A build that failed or was cancelled leaves its index behind, which is in the way of the next attempt. */
static void advise_on_index(const char *sql, size_t length, const char *state, dun_error *error)
{
    static const char *const words[] = {"CREATE", "INDEX", "CONCURRENTLY"};
    struct sql_lexer lexer;
    /* Class 42, wrong names and the like, is found before the build begins; 42P07 is the index of an earlier
     * one. */
    if (strncmp(state, "42", 2) == 0 && strcmp(state, "42P07") != 0)
        return;
    sql_lexer_init(&lexer, SQL_POSTGRESQL, sql, length);
    for (size_t i = 0; i < sizeof words / sizeof *words; ++i) {
        struct sql_token token = sql_lexer_next_significant(&lexer);
        if (i == 1 && sql_token_is(&token, "UNIQUE"))
            token = sql_lexer_next_significant(&lexer);
        if (!sql_token_is(&token, words[i]))
            return;
    }
    error_hint(
        error,
        "CREATE INDEX CONCURRENTLY that does not come to its end may leave an invalid index behind: DROP "
        "INDEX it before the next attempt");
}

static void add_details(const struct session *session, const PGresult *result, const char *state,
                        bool with_context, dun_error *error)
{
    const struct libpq *pq = session->pq;
    hint_from(error, "", pq->PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL));
    hint_from(error, "", pq->PQresultErrorField(result, PG_DIAG_MESSAGE_HINT));
    const char *inner = pq->PQresultErrorField(result, PG_DIAG_INTERNAL_QUERY);
    const char *place = pq->PQresultErrorField(result, PG_DIAG_INTERNAL_POSITION);
    if (inner && place)
        error_hint(error, "the query that failed is run by a function, the place is its character %s: %s",
                   place, inner);
    else if (inner)
        error_hint(error, "the query that failed is run by a function: %s", inner);
    if (with_context)
        hint_from(error, "context: ", pq->PQresultErrorField(result, PG_DIAG_CONTEXT));
    advise_on_state(state, error);
}

static void set_lost(struct session *session, const char *message, dun_error *error)
{
    session->head.lost = true;
    char *line = postgres_one_line(message);
    error_set(error, DUN_NO_CONNECTION, "the connection to the server was lost%s%s", *line ? ": " : "", line);
    free(line);
}

static bool result_error(struct session *session, const PGresult *result, const char *sql, size_t length,
                         bool with_context, dun_error *error)
{
    const struct libpq *pq = session->pq;
    const char *state = pq->PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *primary = pq->PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *severity = pq->PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    const char *place = pq->PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    bool fatal = severity && (strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0);
    if (!primary)
        primary = pq->PQresultErrorMessage(result);

    if (fatal || pq->PQstatus(session->pg) == CONNECTION_BAD) {
        set_lost(session, primary, error);
        error_server(error, state, 0);
        return false;
    }
    if (session->ending != TASK_READY && state && strcmp(state, "57014") == 0) {
        task_outcome_error(session->ending, "the statement was cancelled on the server", error);
        error_server(error, state, 0);
        advise_on_index(sql, length, state, error);
        return false;
    }
    error_set(error, DUN_FAILED, "%s", primary);
    error_server(error, state, 0);
    if (place)
        error_position(error, offset_of_character(sql, length, strtol(place, NULL, 10)));
    add_details(session, result, state ? state : "", with_context, error);
    advise_on_index(sql, length, state ? state : "", error);
    return false;
}

bool postgres_result_error(struct session *session, const PGresult *result, const char *sql, size_t length,
                           dun_error *error)
{
    return result_error(session, result, sql, length, true, error);
}

bool postgres_row_error(struct session *session, const PGresult *result, dun_error *error)
{
    return result_error(session, result, "", 0, false, error);
}

bool postgres_link_error(struct session *session, dun_error *error)
{
    const char *message = session->pq->PQerrorMessage(session->pg);
    if (session->head.lost && session->ending != TASK_READY) {
        task_outcome_error(session->ending,
                           "the server did not answer the request to cancel, and was given up", error);
        error_hint(error, "the statement may still be running there");
        return false;
    }
    if (session->head.lost || session->pq->PQstatus(session->pg) == CONNECTION_BAD) {
        set_lost(session, message, error);
        return false;
    }
    char *line = postgres_one_line(message);
    error_set(error, DUN_FAILED, "libpq: %s", *line ? line : "no result");
    free(line);
    return false;
}

/* What libpq says of a parameter's value before it tries to connect. */
static bool is_bad_option(const char *line)
{
    static const char *const signs[] = {"invalid ", "could not match "};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; ++i)
        if (strncmp(line, signs[i], strlen(signs[i])) == 0)
            return true;
    return false;
}

bool postgres_connect_error(struct session *session, dun_error *error)
{
    char *line = postgres_one_line(session->pq->PQerrorMessage(session->pg));
    error_set(error, is_bad_option(line) ? DUN_BAD_INPUT : DUN_NO_CONNECTION, "%s", line);
    if (session->pq->PQconnectionNeedsPassword(session->pg))
        error_hint(error, "give a password in the URL, in PGPASSWORD or in ~/.pgpass");
    else
        advise_on_connecting(line, error);
    free(line);
    return false;
}

static bool has_sign(const dun_error *error, const char *const *signs, size_t count)
{
    for (size_t i = 0; i < count; ++i)
        if (strstr(dun_error_message(error), signs[i]))
            return true;
    return false;
}

/* Not there yet: no socket, nobody listening, or (57P03) starting up. libpq gives no codes for the first two.
 */
bool postgres_may_come_up(const dun_error *error)
{
    static const char *const signs[] = {"Connection refused", "No such file or directory",
                                        "the database system is starting up",
                                        "the database system is not yet accepting connections"};
    return has_sign(error, signs, sizeof signs / sizeof *signs);
}

bool postgres_is_full(const dun_error *error)
{
    static const char *const signs[] = {"too many clients", "remaining connection slots",
                                        "too many connections for"};
    return has_sign(error, signs, sizeof signs / sizeof *signs);
}
