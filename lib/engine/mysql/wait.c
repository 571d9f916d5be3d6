#include "engine/mysql/wait.h"

#include "base/error.h"
#include "engine/mysql/connection.h"
#include "engine/mysql/greeting.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/time.h>

enum {
    GIVE_UP_AFTER_MS = 5000, /* a statement that was killed may have to undo what it did */
    KILL_AGAIN_AFTER_MS = 1000,
    KILL_NEXT_AFTER_MS = 20, /* for statements that are shorter, connecting once more is not worth it */
    KILL_SESSION_WITHIN_MS = 1000,
    IDLE_MS = 500, /* what an idle server has sent is here by then */
};

/* The library tells the function that waits which socket, not for whom. */
static _Thread_local struct mysql_wait *current;

void mysql_engine_wait_enter(struct mysql_wait *wait)
{
    wait->outer = current;
    current = wait;
}

void mysql_engine_wait_leave(struct mysql_wait *wait)
{
    current = wait->outer;
}

void mysql_engine_wait_reset(struct mysql_wait *wait)
{
    wait->stopping = wait->killed = wait->gave_up = wait->tls_missing = wait->midway = wait->idle = false;
    wait->ended = TASK_READY;
}

void mysql_engine_wait_stop(struct mysql_wait *wait, enum task_outcome ended)
{
    if (wait->stopping)
        return;
    wait->stopping = true;
    wait->ended = ended;
    wait->next_kill = task_now();
    wait->give_up = wait->next_kill + GIVE_UP_AFTER_MS;
}

/*
 * Once is not always enough: a KILL that arrives before the server has begun with the statement is without
 * effect. While the statement is still being sent there is nothing to kill.
 */
void mysql_engine_wait_kill_if_due(struct mysql_wait *wait)
{
    int64_t now = task_now();
    if (!wait->stopping || wait->sending || now < wait->next_kill || now >= wait->give_up)
        return;
    struct task_scope scope;
    task_scope_shield(&scope, wait->give_up - now);
    bool idle = false;
    if (mysql_engine_connection_kill_statement(wait->connection, &idle))
        wait->killed = true;
    task_scope_leave(&scope);
    wait->idle = wait->midway && idle;
    wait->next_kill = task_now() + KILL_AGAIN_AFTER_MS;
}

void mysql_engine_wait_statement_ended(struct mysql_wait *wait)
{
    wait->midway = true;
    if (!wait->stopping)
        return;
    int64_t soon = task_now() + KILL_NEXT_AFTER_MS;
    if (wait->next_kill > soon)
        wait->next_kill = soon;
    mysql_engine_wait_kill_if_due(wait);
}

static void give_up(struct mysql_wait *wait, int socket)
{
    struct task_scope scope;
    task_scope_shield(&scope, KILL_SESSION_WITHIN_MS);
    mysql_engine_connection_kill_session(wait->connection);
    task_scope_leave(&scope);
    shutdown(socket, SHUT_RDWR);
    wait->gave_up = true;
}

static bool wait_until(int64_t time, int socket, short events)
{
    int64_t now = task_now();
    struct task_scope scope;
    task_scope_shield(&scope, time > now ? time - now : 0);
    enum task_outcome outcome = task_wait(socket, events);
    task_scope_leave(&scope);
    return outcome == TASK_READY;
}

static bool wait_for_the_end(struct mysql_wait *wait, int socket, short events)
{
    for (;;) {
        mysql_engine_wait_kill_if_due(wait);
        bool idle = wait->idle;
        int64_t until = wait->next_kill < wait->give_up && !wait->sending ? wait->next_kill : wait->give_up;
        if (idle)
            until = task_now() + IDLE_MS;
        if (wait_until(until, socket, events))
            return true;
        if (idle || task_now() >= wait->give_up) {
            give_up(wait, socket);
            return false;
        }
    }
}

/*
 * While the handle connects, the library switches the socket back to blocking before the TLS handshake. With
 * a time-out of the socket's own, reads of the handshake come back soon and then wait here.
 */
static void limit_blocking(int socket)
{
    struct timeval soon = {.tv_usec = 10000};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon);
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &soon, sizeof soon);
}

static bool wait_in_scope(struct mysql_wait *wait, int socket, short events)
{
    enum task_outcome outcome = task_wait(socket, events);
    if (outcome != TASK_READY)
        wait->ended = outcome;
    return outcome == TASK_READY;
}

/* Of the addresses that a name has, the library tries the next one only when it hears of the failure here. */
static bool is_refused(struct mysql_wait *wait, int socket)
{
    socklen_t length = sizeof wait->refused;
    return getsockopt(socket, SOL_SOCKET, SO_ERROR, &wait->refused, &length) == 0 && wait->refused != 0;
}

static bool wait_while_connecting(struct mysql_wait *wait, int socket, short events)
{
    limit_blocking(socket);
    if (!wait_in_scope(wait, socket, events) || (events == POLLOUT && is_refused(wait, socket)))
        return false;
    if (!wait->needs_tls)
        return true;
    wait->needs_tls = false; /* once */
    if (events == POLLOUT && !wait_in_scope(wait, socket, POLLIN))
        return false;
    wait->tls_missing = !mysql_engine_greeting_offers_tls(socket);
    return !wait->tls_missing;
}

static bool wait_for_statement(struct mysql_wait *wait, int socket, short events)
{
    if (!wait->stopping) {
        enum task_outcome outcome = task_wait(socket, events);
        if (outcome == TASK_READY)
            return true;
        mysql_engine_wait_stop(wait, outcome);
    }
    return wait_for_the_end(wait, socket, events);
}

/* Returns what poll would. The time-out is the library's own, which is not used: scopes say how long. */
static int wait_for_socket(my_socket socket, my_bool is_read, int timeout)
{
    struct mysql_wait *wait = current;
    /* Under TLS, libmariadb 3.3 asks for "readable" even when it wants to write. */
    short events = is_read && !(wait && wait->sending) ? POLLIN : POLLOUT;
    if (!wait) {
        struct pollfd polled = {.fd = socket, .events = events};
        return poll(&polled, 1, timeout > 0 ? timeout : -1);
    }
    if (events == POLLIN)
        wait->waits++;
    bool ready = wait->connection ? wait_for_statement(wait, socket, events)
                                  : wait_while_connecting(wait, socket, events);
    if (!ready)
        errno = wait->refused ? wait->refused : ETIMEDOUT;
    return ready;
}

bool mysql_engine_wait_install(MYSQL *handle, dun_error *error)
{
    int (*function)(my_socket, my_bool, int) = wait_for_socket;
    if (libmariadb.mysql_optionsv(handle, MARIADB_OPT_IO_WAIT, function) == 0)
        return true;
    error_set(error, DUN_FAILED, "the client library libmariadb %s cannot wait without blocking",
              libmariadb.mysql_get_client_info());
    error_hint(error, "install version 3.3 or newer (Debian: apt-get install libmariadb3)");
    return false;
}

void mysql_engine_wait_make_nonblocking(MYSQL *handle)
{
    int socket = libmariadb.mysql_get_socket(handle);
    int flags = fcntl(socket, F_GETFL);
    if (flags >= 0)
        fcntl(socket, F_SETFL, flags | O_NONBLOCK);
}
