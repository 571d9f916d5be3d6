#include "engine/mysql/failure.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/str.h"
#include "engine/mysql/connection.h"
#include "engine/mysql/position.h"
#include "sql/secret.h"

#include <errmsg.h>
#include <stdlib.h>
#include <string.h>

struct hint {
    unsigned number;
    const char *text;
};

#define USE_FEWER "use fewer connections at once (`concurrency:` of the environment, --concurrency)"

static const struct hint connecting_hints[] = {
    {FAILURE_SERVER_FULL, USE_FEWER ", or raise the server's max_connections"},
    {1044, "the user may not use this database; GRANT the rights, or name another database in the URL"},
    {1045, "check user and password of the URL; where it has none, ~/.my.cnf is asked"},
    {1049, "create the database first, or correct its name in the URL"},
    {1129, "the server blocks this host after too many failed attempts; FLUSH HOSTS on the server ends that"},
    {1130,
     "the server lets nobody in from this host; CREATE USER with this host's name or '%' as its host part"},
    {FAILURE_USER_FULL, USE_FEWER ", or raise the server's max_user_connections"},
    {FAILURE_RESOURCE_USED_UP, USE_FEWER ", or let ALTER USER ... WITH allow the user more"},
    {1251, "the server wants a kind of login that this client library is too old for"},
    {1698, "the server lets this user in only from the operating system's user of the same name, by the unix "
           "socket"},
    {1820, "the password has expired; set a new one with the server's own client"},
    {1862, "the password has expired; set a new one with the server's own client"},
    {3159, "the server wants TLS: add ssl-mode=required to the URL"},
    {CR_CONNECTION_ERROR,
     "is the server running, and does it listen there (host and port, or option socket, of the URL)?"},
    {CR_CONN_HOST_ERROR, "is the server running, and are host and port right?"},
    {CR_UNKNOWN_HOST, "check the host name in the URL"},
    {CR_AUTH_PLUGIN_CANNOT_LOAD,
     "the client library lacks this kind of login (Debian: apt-get install libmariadb3)"},
    {FAILURE_TLS,
     "check ssl-mode, ssl-ca, ssl-cert and ssl-key of the URL; verify_identity also wants the host's name "
     "as it stands in the certificate"},
};

static const struct hint statement_hints[] = {
    {1044, "GRANT the user the rights that are missing on this database"},
    {1067,
     "the server's sql_mode decides which default values are valid (NO_ZERO_DATE, STRICT_TRANS_TABLES)"},
    {1071, "an index may have 3072 bytes, and utf8mb4 counts 4 for a character: index a prefix, or shorten "
           "the column"},
    {1118, "make some columns TEXT or BLOB, which count only a few bytes of a row"},
    {1142, "GRANT the user the rights that are missing on this table"},
    {FAILURE_NO_TABLE, "does another statement create it, before this one and in the same database?"},
    {1153,
     "the statement is larger than the server's max_allowed_packet; raise that, or split the statement"},
    {1205, "another transaction holds a lock on these rows; SHOW ENGINE INNODB STATUS names it. Trying again "
           "later helps"},
    {1213, "the server has rolled the whole transaction back; trying again makes sense"},
    {1217, "rows of another table still refer to these"},
    {1227, "GRANT the user the privilege that is named"},
    {1290, "the server runs with an option that forbids this; with read-only, use the URL of the primary"},
    {1419, "binary logging is on: SET GLOBAL log_bin_trust_function_creators = 1, or let a user with SUPER "
           "run this"},
    {1449, "create the user that DEFINER names, or leave DEFINER out"},
    {1451, "rows of another table still refer to these"},
    {1452, "the row that the foreign key refers to does not exist"},
    {1792, "the transaction or the session is read-only; use the URL of the primary"},
    {1836, "the server is read-only; use the URL of the primary"},
    {3024, "the server's max_execution_time is too short for this statement"},
    {1969, "the server's max_statement_time is too short for this statement"},
    {CR_NET_PACKET_TOO_LARGE, "raise max_allowed_packet on the server, or split the statement"},
};

static void add_hint(const struct hint *hints, size_t count, unsigned number, dun_error *error)
{
    for (size_t i = 0; i < count; ++i)
        if (hints[i].number == number)
            error_hint(error, "%s", hints[i].text);
}

bool mysql_engine_failure_of_connecting(MYSQL *handle, const char *where, const struct mysql_wait *wait,
                                        dun_error *error)
{
    unsigned number = libmariadb.mysql_errno(handle);
    if (wait->ended == TASK_CANCELLED) {
        error_set(error, DUN_INTERRUPTED, "connecting to %s: interrupted", where);
        return false;
    }
    if (wait->ended == TASK_DEADLINE) {
        error_set(error, DUN_NO_CONNECTION, "cannot connect to %s: no answer in time", where);
        error_hint(
            error,
            "is the host reachable, and not behind a firewall? connect_timeout in the URL allows more time");
        return false;
    }
    if (wait->tls_missing) {
        error_set(error, DUN_NO_CONNECTION, "cannot connect to %s: the server does not offer TLS", where);
        error_hint(error, "switch TLS on at the server, or add ssl-mode=disabled to the URL");
        error_server(error, NULL, FAILURE_TLS);
        return false;
    }
    error_set(error, DUN_NO_CONNECTION, "cannot connect to %s: %s", where, libmariadb.mysql_error(handle));
    error_server(error, libmariadb.mysql_sqlstate(handle), (int)number);
    add_hint(connecting_hints, sizeof connecting_hints / sizeof *connecting_hints, number, error);
    return false;
}

/* Numbers after which the server no longer listens to this connection. */
static bool is_loss(const struct mysql_connection *connection, unsigned number)
{
    enum { IDLE_TOO_LONG_ON_MYSQL = 4031 }; /* MariaDB: FOLLOWS names a trigger that is not there */
    static const unsigned losses[] = {1053,
                                      1152,
                                      1153,
                                      1154,
                                      1155,
                                      1156,
                                      1157,
                                      1158,
                                      1159,
                                      1160,
                                      1161,
                                      1184,
                                      1927,
                                      3169,
                                      CR_SERVER_GONE_ERROR,
                                      CR_SERVER_LOST,
                                      CR_NET_PACKET_TOO_LARGE,
                                      CR_MALFORMED_PACKET,
                                      CR_COMMANDS_OUT_OF_SYNC,
                                      FAILURE_TLS,
                                      CR_SERVER_LOST_EXTENDED,
                                      CR_CONNECTION_ERROR,
                                      CR_CONN_HOST_ERROR};
    for (size_t i = 0; i < sizeof losses / sizeof *losses; ++i)
        if (losses[i] == number)
            return true;
    return number == IDLE_TOO_LONG_ON_MYSQL && !connection->is_mariadb;
}

static void ended_by_scope(const struct mysql_connection *connection, dun_error *error)
{
    task_outcome_error(connection->wait.ended, "the statement", error);
    if (!connection->wait.gave_up || connection->wait.idle)
        return;
    error_state(
        error,
        "The server did not end the statement in time after being asked to, so the session was closed. The "
        "statement may still be running.");
}

/*
 * A statement that is too large for the server looks like a lost connection when the server hangs up while it
 * is sent.
 */
static void hint_for_loss(unsigned number, size_t length, dun_error *error)
{
    enum { SMALLEST_USUAL_LIMIT = 1 << 20 };
    if (number != 1153 && number != CR_NET_PACKET_TOO_LARGE && length >= SMALLEST_USUAL_LIMIT)
        error_hint(error, "%zu bytes were being sent: is the server's max_allowed_packet large enough?",
                   length);
}

/* The name is made up, and another one each time. Where rights are missing, it says where. */
static void leave_out_scratch(const char *scratch, unsigned number, dun_error *error)
{
    enum { NOT_ON_TABLE = 1142, NOT_ON_COLUMN = 1143, NOT_ON_ROUTINE = 1370 };
    if (!scratch || number == NOT_ON_TABLE || number == NOT_ON_COLUMN || number == NOT_ON_ROUTINE)
        return;
    struct str name = STR_INIT;
    str_printf(&name, "`%s`.", scratch);
    error_replace(error, str_text(&name), "");
    str_clear(&name);
    str_printf(&name, "%s.", scratch);
    error_replace(error, str_text(&name), "");
    str_free(&name);
}

/* A syntax error shows the statement from its place on. */
static void leave_out_secrets(const char *text, size_t length, dun_error *error)
{
    struct sql_secrets search = {.at = text, .end = text + length};
    const char *begin, *end;
    while (sql_next_secret(&search, &begin, &end)) {
        char *quoted = memory_strndup(begin - 1, (size_t)(end - begin) + 1 + (end < search.end));
        error_replace(error, quoted, "***");
        free(quoted);
    }
}

bool mysql_engine_failure_of_statement(struct mysql_connection *connection, const char *text,
                                       size_t text_length, size_t statement_length, dun_error *error)
{
    unsigned number = libmariadb.mysql_errno(connection->handle);
    const char *message = libmariadb.mysql_error(connection->handle);
    bool lost = is_loss(connection, number) || connection->wait.gave_up;
    if (lost)
        connection->base.lost = true;
    if (connection->wait.ended != TASK_READY) {
        ended_by_scope(connection, error);
    } else {
        error_set(error, lost ? DUN_NO_CONNECTION : DUN_FAILED,
                  lost ? "the connection to the server was lost: %s" : "%s", message);
        leave_out_scratch(connection->scratch, number, error);
        leave_out_secrets(text, text_length, error);
        add_hint(statement_hints, sizeof statement_hints / sizeof *statement_hints, number, error);
        if (lost)
            hint_for_loss(number, text_length, error);
        error_position(
            error, mysql_engine_position_in_statement(number, message, text, text_length, statement_length));
    }
    error_server(error, libmariadb.mysql_sqlstate(connection->handle), (int)number);
    return false;
}

bool mysql_engine_connection_may_come_up(const dun_error *error)
{
    return dun_error_number(error) == FAILURE_NO_SOCKET || dun_error_number(error) == FAILURE_REFUSED;
}

/* The user's own limit of connections is one of several resources, of which the others come back by the hour.
 */
bool mysql_engine_connection_is_full(const dun_error *error)
{
    int number = dun_error_number(error);
    return number == FAILURE_SERVER_FULL || number == FAILURE_USER_FULL ||
           (number == FAILURE_RESOURCE_USED_UP && strstr(dun_error_message(error), "max_user_connections"));
}
