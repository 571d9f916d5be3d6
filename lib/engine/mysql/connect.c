/* Opening, closing, and the second connection that stops a statement. */
#include "base/error.h"
#include "base/memory.h"
#include "engine/mysql/connection.h"
#include "engine/mysql/handle.h"
#include "sql/quote.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static const struct db_url *copy_url(struct arena *arena, const struct db_url *from)
{
    struct db_url *to = ARENA_NEW(arena, struct db_url);
    to->scheme = arena_strdup(arena, from->scheme);
    to->user = arena_strdup(arena, from->user);
    to->password = arena_strdup(arena, from->password);
    to->database = arena_strdup(arena, from->database);
    to->host_count = from->host_count;
    to->hosts = arena_alloc(arena, memory_multiply(from->host_count, sizeof *to->hosts));
    for (size_t i = 0; i < from->host_count; ++i) {
        to->hosts[i].name = arena_strdup(arena, from->hosts[i].name);
        to->hosts[i].port = arena_strdup(arena, from->hosts[i].port);
    }
    to->option_count = from->option_count;
    to->options = arena_alloc(arena, memory_multiply(from->option_count, sizeof *to->options));
    for (size_t i = 0; i < from->option_count; ++i) {
        to->options[i].name = arena_strdup(arena, from->options[i].name);
        to->options[i].value = arena_strdup(arena, from->options[i].value);
    }
    return to;
}

static bool new_connection(const struct db_url *url, const struct db_open_options *options,
                           struct mysql_connection **ret_connection, dun_error *error)
{
    struct mysql_options understood;
    if (!mysql_engine_options_read(url, &understood, error) || !mysql_engine_client_open(error))
        return false;
    struct arena *arena = arena_new();
    struct mysql_connection *connection = ARENA_NEW(arena, struct mysql_connection);
    connection->base.driver = &mysql_driver;
    connection->base.arena = arena;
    connection->base.url = copy_url(arena, url);
    connection->base.echo = options->echo;
    struct mysql_options *copy = ARENA_NEW(arena, struct mysql_options);
    mysql_engine_options_read(connection->base.url, copy,
                              NULL); /* once more, for texts that live as long as the connection */
    connection->options = copy;
    connection->application = arena_strdup(arena, options->application);
    *ret_connection = connection;
    return true;
}

static struct handle_target target_of(const struct mysql_connection *connection, const struct db_host *host)
{
    return (struct handle_target){
        .url = connection->base.url,
        .options = connection->options,
        .host = host,
        .application = connection->application,
        .infile = &connection->infile,
    };
}

/*
 * Each host gets its share of the time that is left, so that one which does not answer leaves some for the
 * others.
 */
static bool connect_to_one_of(struct mysql_connection *connection, dun_error *error)
{
    const struct db_url *url = connection->base.url;
    size_t count = url->host_count ? url->host_count : 1;
    for (size_t i = 0; i < count; ++i) {
        const struct db_host *host = url->host_count ? &url->hosts[i] : NULL;
        struct handle_target target = target_of(connection, host);
        struct task_scope scope;
        int64_t left = task_remaining();
        task_scope_enter(&scope, NULL, left < 0 ? -1 : left / (int64_t)(count - i));
        bool done = mysql_engine_handle_connect(&target, &connection->wait, &connection->handle, error);
        task_scope_leave(&scope);
        if (done) {
            connection->host = host;
            return true;
        }
        if (connection->wait.ended == TASK_CANCELLED || dun_error_code(error) == DUN_BAD_INPUT)
            return false;
        if (task_remaining() == 0)
            return false;
    }
    return false;
}

/* MariaDB puts "5.5.5-" before its version for old replicas, and libmariadb does not always take it away. */
static void read_version(struct mysql_connection *connection)
{
    const char *text = libmariadb.mysql_get_server_info(connection->handle);
    if (strncmp(text, "5.5.5-", 6) == 0)
        text += 6;
    char *end;
    unsigned long parts[3] = {0};
    for (size_t i = 0; i < 3; ++i) {
        parts[i] = strtoul(text, &end, 10);
        if (*end != '.')
            break;
        text = end + 1;
    }
    connection->is_mariadb = strstr(libmariadb.mysql_get_server_info(connection->handle), "MariaDB") != NULL;
    connection->base.server_version = (int)(parts[0] * 10000 + parts[1] * 100 + parts[2]);
    connection->base.server =
        arena_printf(connection->base.arena, "%s %lu.%lu.%lu", connection->is_mariadb ? "MariaDB" : "MySQL",
                     parts[0], parts[1], parts[2]);
}

/* What the server told while connecting. */
static void look_around(struct mysql_connection *connection)
{
    read_version(connection);
    connection->id = libmariadb.mysql_thread_id(connection->handle);
    /* MySQL (9.7) claims that autocommit is on when its global setting has switched it off. */
    connection->autocommit_is_sure =
        connection->is_mariadb && (connection->handle->server_status & SERVER_STATUS_AUTOCOMMIT);
    struct str commands = STR_INIT;
    mysql_engine_handle_init_commands(connection->handle, &commands);
    if (commands.length)
        connection->init_commands = arena_strdup(connection->base.arena, str_text(&commands));
    str_clear(&commands);
    if (connection->base.url->database && *connection->base.url->database) {
        str_append(&commands, "USE ");
        sql_quote_identifier(&commands, SQL_MYSQL, connection->base.url->database);
        connection->use_database = arena_strdup(connection->base.arena, str_text(&commands));
    }
    str_free(&commands);
}

bool mysql_engine_connection_open(const struct db_url *url, const struct db_open_options *options,
                                  dun_connection **ret_connection, dun_error *error)
{
    struct mysql_connection *connection;
    if (!new_connection(url, options, &connection, error))
        return false;
    int64_t timeout = options->connect_timeout_ms;
    if (connection->options->connect_timeout_ms && connection->options->connect_timeout_ms < timeout)
        timeout = connection->options->connect_timeout_ms;
    dun_error *failure = dun_error_new();
    struct task_scope scope;
    task_scope_enter(&scope, NULL, timeout);
    bool done = connect_to_one_of(connection, failure);
    if (done) {
        connection->base.round_trips = connection->wait.waits;
        connection->wait.connection = connection;
        look_around(connection);
    }
    task_scope_leave(&scope);
    if (done)
        *ret_connection = &connection->base;
    else
        mysql_engine_connection_close(&connection->base);
    if (!done)
        error_move(error, failure);
    dun_error_free(failure);
    return done;
}

void mysql_engine_connection_close(dun_connection *base)
{
    struct mysql_connection *connection = (struct mysql_connection *)base;
    if (!connection)
        return;
    mysql_engine_handle_close(connection->handle, &connection->wait);
    arena_free(connection->base.arena);
}

/* A server that has nothing to answer sends nothing, unless it says that it closes the connection. */
bool mysql_engine_connection_alive(dun_connection *base)
{
    struct mysql_connection *connection = (struct mysql_connection *)base;
    if (connection->base.lost)
        return false;
    struct pollfd polled = {.fd = libmariadb.mysql_get_socket(connection->handle), .events = POLLIN};
    if (poll(&polled, 1, 0) > 0)
        connection->base.lost = true;
    return !connection->base.lost;
}

/*
 * A name may stand for several servers, and the number of our session is that of somebody else's on another
 * one. Through a proxy this cannot be told.
 */
static bool is_same_server(MYSQL *one, MYSQL *other)
{
    struct sockaddr_storage addresses[2] = {0};
    socklen_t lengths[2] = {sizeof addresses[0], sizeof addresses[1]};
    return getpeername(libmariadb.mysql_get_socket(one), (struct sockaddr *)&addresses[0], &lengths[0]) ==
               0 &&
           getpeername(libmariadb.mysql_get_socket(other), (struct sockaddr *)&addresses[1], &lengths[1]) ==
               0 &&
           lengths[0] == lengths[1] && memcmp(&addresses[0], &addresses[1], lengths[0]) == 0;
}

static bool send_over(MYSQL *handle, struct mysql_connection *connection, const char *sql)
{
    db_echo(&connection->base, sql, strlen(sql));
    return libmariadb.mysql_real_query(handle, sql, (unsigned long)strlen(sql)) == 0;
}

/* On MariaDB an idle session that was killed is called Killed until its next statement. */
static bool is_idle(MYSQL *handle, struct mysql_connection *connection)
{
    char ask[160];
    snprintf(ask, sizeof ask,
             "SELECT 1 FROM information_schema.PROCESSLIST WHERE ID = %lu AND COMMAND IN ('Sleep', 'Killed') "
             "AND INFO IS NULL",
             connection->id);
    MYSQL_RES *rows = send_over(handle, connection, ask) ? libmariadb.mysql_use_result(handle) : NULL;
    bool idle = rows && libmariadb.mysql_fetch_row(rows);
    if (rows)
        libmariadb.mysql_free_result(rows);
    return idle;
}

static bool kill_over(MYSQL *handle, struct mysql_connection *connection, const char *what, bool *ret_idle)
{
    if (!is_same_server(handle, connection->handle))
        return false;
    char kill[64];
    snprintf(kill, sizeof kill, "KILL %s %lu", what, connection->id);
    bool done = send_over(handle, connection, kill);
    if (ret_idle)
        *ret_idle = done && is_idle(handle, connection);
    return done;
}

/* With `ret_idle`, the server is asked afterwards whether the session has nothing to do. */
static bool kill_what(struct mysql_connection *connection, const char *what, bool *ret_idle)
{
    struct handle_target target = target_of(connection, connection->host);
    target.without_database = true;
    target.infile = NULL;
    struct mysql_wait wait = {0};
    MYSQL *handle;
    if (!mysql_engine_handle_connect(&target, &wait, &handle, NULL))
        return false;
    mysql_engine_wait_enter(&wait);
    bool done = kill_over(handle, connection, what, ret_idle);
    mysql_engine_wait_leave(&wait);
    mysql_engine_handle_close(handle, &wait);
    return done;
}

bool mysql_engine_connection_kill_statement(struct mysql_connection *connection, bool *ret_idle)
{
    return kill_what(connection, "QUERY", ret_idle);
}

void mysql_engine_connection_kill_session(struct mysql_connection *connection)
{
    kill_what(connection, "CONNECTION", NULL);
}
