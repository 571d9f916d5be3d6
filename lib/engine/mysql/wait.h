/*
 * How this engine waits. libmariadb's blocking calls are used throughout, with its waiting replaced by ours:
 * the option MARIADB_OPT_IO_WAIT names a function which the library calls, instead of poll, whenever the
 * socket is not ready. That function waits in task_wait, so every call of the library ends on cancellation
 * and deadline: connecting, the TLS handshake, sending, results, and rows.
 *
 * Why not the others (libmariadb 3.3.20): the _start and _cont functions block under TLS, because the socket
 * is blocking there; waiting for the socket and then reading blocks too when a packet arrives in parts, which
 * a slow query over many rows does as a rule (the server sends its buffer when it is full, wherever rows
 * begin). What blocks still is the resolving of names.
 *
 * When the scope ends while a statement runs, the waiting function itself stops it (KILL QUERY over a second
 * connection) and goes on waiting for the answer, for a few seconds at most; so to the caller of the library
 * a cancelled statement is simply one that fails, and the connection stays in step.
 */
#ifndef ENGINE_MYSQL_WAIT_H
#define ENGINE_MYSQL_WAIT_H

#include "engine/mysql/client.h"
#include "task/task.h"

#include <stdbool.h>
#include <stdint.h>

struct mysql_connection;

/* One per handle of the library. */
struct mysql_wait {
    struct mysql_wait *outer; /* of the same thread, while this one is in use */
    struct mysql_connection
        *connection;  /* whose statement is stopped when the scope ends; NULL: the call just fails */
    bool needs_tls;   /* while connecting: without it, nothing is to be told to the server */
    bool tls_missing; /* that is what connecting failed for */
    int refused;      /* the system's number for why an address could not be connected to; 0: it could */
    bool sending;
    bool stopping;              /* the statement is to end; only `give_up` counts from now on */
    bool killed;                /* KILL QUERY was sent at least once */
    bool gave_up;               /* the server did not answer in time; the session was killed */
    bool midway;                /* a statement of the packet has ended, and others follow */
    bool idle;                  /* and yet the server waits for us */
    enum task_outcome ended;    /* what ended the scope; TASK_READY: nothing yet */
    int64_t give_up, next_kill; /* by task_now */
    uint64_t waits;             /* for something to read */
};

/* Makes a handle wait here; before it connects. Fails when the library is too old to do so. */
bool mysql_engine_wait_install(MYSQL *handle, dun_error *error);

/* After connecting: under TLS the library waits here only when the socket does not block. */
void mysql_engine_wait_make_nonblocking(MYSQL *handle);

/* Between these two, what the library waits for on this thread is waited for by `wait`. They nest. */
void mysql_engine_wait_enter(struct mysql_wait *wait);
void mysql_engine_wait_leave(struct mysql_wait *wait);

/* Forgets how the last statement ended. */
void mysql_engine_wait_reset(struct mysql_wait *wait);

/*
 * From now on the statement is to end: it is killed as soon as there is something to wait for. `ended` is
 * what the caller will say about it.
 */
void mysql_engine_wait_stop(struct mysql_wait *wait, enum task_outcome ended);

/*
 * Kills the statement at once where mysql_engine_wait_stop was called and that is due; for loops that find
 * more data without waiting.
 */
void mysql_engine_wait_kill_if_due(struct mysql_wait *wait);

/*
 * The statement has ended, but others of its packet follow. A KILL does not reach every statement (SLEEP may
 * end well, and a commit is not interrupted), and the server goes on with the next one; so that is killed,
 * too. One that arrives between two statements ends the packet without a word of the server: the results that
 * it has announced never come. So the server is asked whether it is idle.
 */
void mysql_engine_wait_statement_ended(struct mysql_wait *wait);

#endif
