/* A connection of this engine, and what the files of this folder offer each other. */
#ifndef ENGINE_MYSQL_CONNECTION_H
#define ENGINE_MYSQL_CONNECTION_H

#include "base/str.h"
#include "db/driver.h"
#include "engine/mysql/client.h"
#include "engine/mysql/infile.h"
#include "engine/mysql/options.h"
#include "engine/mysql/wait.h"

struct mysql_connection {
    struct dun_connection base;
    MYSQL *handle;
    struct mysql_wait wait;
    const struct mysql_options *options;
    const struct db_host *host; /* the one that answered, for the connection that kills */
    const char *application;    /* NULL: none */
    unsigned long id;           /* the server's, for KILL */
    const char *init_commands;  /* those of the URL and of option files, as one text; NULL: none */
    const char *use_database;   /* USE of the URL's database; NULL: it names none */
    bool is_mariadb;
    bool autocommit_is_sure;    /* otherwise the first packet switches it on, too */
    bool autocommit_sent;       /* in the packet that is under way */
    struct mysql_infile infile; /* what a LOAD DATA that is under way is given */
    enum { INFILE_UNKNOWN, INFILE_ALLOWED, INFILE_REFUSED } infile_state; /* by the server; asked once */
    const char *lock_key; /* of the last lock that was tried; NULL: none */
    const char *scratch; /* the scratch database that it works in; messages do without its name. NULL: none */
};

extern const struct db_driver mysql_driver; /* mysql.c */
extern const struct engine_rows mysql_rows; /* rows.c */

/* connect.c */
bool mysql_engine_connection_open(const struct db_url *url, const struct db_open_options *options,
                                  dun_connection **ret_connection, dun_error *error);
void mysql_engine_connection_close(dun_connection *connection);
bool mysql_engine_connection_alive(dun_connection *connection);

/*
 * Stops the running statement over a second connection, within the scope, and asks whether the server then
 * waits for the next one. False: that did not work.
 */
bool mysql_engine_connection_kill_statement(struct mysql_connection *connection, bool *ret_idle);

/* Likewise the whole session, where nothing else helps: the server rolls back, and runs no further statement.
 */
void mysql_engine_connection_kill_session(struct mysql_connection *connection);

/* query.c: around everything that is sent */

/* Refuses when the connection is lost or the scope has ended already; `what` begins the message. */
bool mysql_engine_operation_begin(struct mysql_connection *connection, const char *what, dun_error *error);
void mysql_engine_operation_end(struct mysql_connection *connection);

/* Sends text, one statement or several. The first result is to be read next. */
bool mysql_engine_operation_send(struct mysql_connection *connection, const char *sql, size_t length,
                                 dun_error *error);

/* Reads the head of the first result of what was sent. False: an error is at hand. */
bool mysql_engine_operation_read_first(struct mysql_connection *connection);

/*
 * Reads the rows of the result that is at hand and adds them to a new result; with `ret_result` NULL they are
 * dropped. The result is NULL when the statement gives no rows, and the caller frees it otherwise.
 */
bool mysql_engine_operation_read_rows(struct mysql_connection *connection, dun_result **ret_result);

/*
 * The next row, NULL at the end and on failure. `*count` counts the calls: every so often the scope is looked
 * at.
 */
MYSQL_ROW mysql_engine_operation_next_row(struct mysql_connection *connection, MYSQL_RES *rows,
                                          uint64_t *count);

/* Reads and drops all results that are left. False when one of them is an error. */
bool mysql_engine_operation_drain(struct mysql_connection *connection);

bool mysql_engine_query_run(dun_connection *connection, const struct db_statement *statement,
                            dun_result **ret_result, dun_error *error);
bool mysql_engine_query_begin(dun_connection *connection, dun_error *error);
bool mysql_engine_query_commit(dun_connection *connection, dun_error *error);
bool mysql_engine_query_rollback(dun_connection *connection, dun_error *error);

/* failure.c: 2003 is also an address that does not answer, which may be a machine that is starting. */
bool mysql_engine_connection_may_come_up(const dun_error *error);
bool mysql_engine_connection_is_full(const dun_error *error);

/* batch.c */
bool mysql_engine_batch_run(dun_connection *connection, const struct db_batch *batch,
                            struct db_outcome *outcomes, size_t *ret_failed, dun_error *error);

/* stream.c */
bool mysql_engine_stream_open(dun_connection *connection, const struct db_statement *statement,
                              dun_stream **ret_stream, dun_error *error);
int mysql_engine_stream_next(dun_stream *stream, dun_error *error);
void mysql_engine_stream_close(dun_stream *stream);

/*
 * parameters.c: writes the statement with its parameters as literals. `*ret_first` is where the first of them
 * stands.
 */
bool mysql_engine_parameters_insert(const struct db_statement *statement, struct str *to, size_t *ret_first,
                                    dun_error *error);

#endif
