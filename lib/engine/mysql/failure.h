/*
 * Turns what the client library and the server say into errors of ours: code, place in the statement, and
 * what to do.
 */
#ifndef ENGINE_MYSQL_FAILURE_H
#define ENGINE_MYSQL_FAILURE_H

#include "engine/mysql/client.h"
#include "engine/mysql/wait.h"

#include <stdbool.h>
#include <stddef.h>

struct mysql_connection;

/* Numbers that decide something; see mysqld_error.h and errmsg.h of the client library. */
enum {
    FAILURE_SERVER_FULL = 1040,
    FAILURE_EMPTY_STATEMENT = 1065,
    FAILURE_NO_TABLE = 1146,
    FAILURE_USER_FULL = 1203,
    FAILURE_RESOURCE_USED_UP = 1226,
    FAILURE_NO_SOCKET = 2002,
    FAILURE_REFUSED = 2003,
    FAILURE_TLS = 2026,
};

/* Why connecting to `where` failed. Returns false. */
bool mysql_engine_failure_of_connecting(MYSQL *handle, const char *where, const struct mysql_wait *wait,
                                        dun_error *error);

/*
 * Why a statement failed, or the connection while it ran; marks the connection as lost where it is. `text` is
 * what was sent from the start of the statement to the end of the packet, `statement_length` how much of it
 * is the statement. Returns false.
 */
bool mysql_engine_failure_of_statement(struct mysql_connection *connection, const char *text,
                                       size_t text_length, size_t statement_length, dun_error *error);

#endif
