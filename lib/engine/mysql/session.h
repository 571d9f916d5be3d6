/* What a statement becomes before it is sent, where that depends on the connection. */
#ifndef ENGINE_MYSQL_SESSION_H
#define ENGINE_MYSQL_SESSION_H

#include "db/driver.h"

#include <stdbool.h>
#include <stddef.h>

struct mysql_connection;

/*
 * Stand-ins in engine_history.session_reset, which is the same for all connections, for what only the
 * connection knows: USE of the database of its URL, and its init commands. To a server they are comments.
 */
#define SESSION_USE_DATABASE "/* dunlin: the database of the URL */"
#define SESSION_INIT_COMMANDS "/* dunlin: the init commands of the URL */"

struct session_text {
    const char *sql; /* the statement's, or the connection's */
    size_t length;
    bool many_results; /* it is more than one statement */
};

/*
 * The statement as it is to be sent. Apart from the stand-ins, an executable comment for another version
 * becomes a statement that does nothing: among others in a packet, nothing at all would be a syntax error.
 */
struct session_text mysql_engine_session_text_of(const struct mysql_connection *connection, const char *sql,
                                                 size_t length);

/* db_driver.spelled: the USE behind its stand-in, for a dry run. */
const char *mysql_engine_session_spelled(dun_connection *base, const char *sql, size_t length);

#endif
