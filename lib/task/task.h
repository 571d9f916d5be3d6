/*
 * Waiting, and doing several things at once. This is the only floor that knows threads.
 *
 * A *scope* says how long the work of this thread may take and which token ends it; scopes nest, and the
 * nearest deadline and any token of the chain count. A *group* starts tasks (threads) that inherit the scope
 * of whoever made the group, and joins them; no task outlives its group. A *limiter* caps how many tasks do
 * something at the same time. A *channel* hands things from tasks to the one that waits for them. What is
 * *shared* is made by the first task that needs it.
 */
#ifndef TASK_TASK_H
#define TASK_TASK_H

#include <dunlin/cancel.h>
#include <dunlin/error.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Milliseconds of the monotonic clock. */
int64_t task_now(void);

struct task_scope {
    struct task_scope *outer;
    const dun_cancel *cancel; /* NULL: only the outer ones count */
    int64_t deadline;         /* by task_now; INT64_MAX: none */
    bool shielded;            /* outer tokens and deadlines do not count */
};

/* Enters a scope on this thread; a negative time-out is none. `cancel` may be NULL. Leave in reverse order.
 */
void task_scope_enter(struct task_scope *scope, const dun_cancel *cancel, int64_t timeout_ms);

/* For cleaning up after a cancellation: outer tokens and deadlines do not count, only the time-out does. */
void task_scope_shield(struct task_scope *scope, int64_t timeout_ms);
void task_scope_leave(struct task_scope *scope);

enum task_outcome {
    TASK_READY,     /* the descriptor is */
    TASK_DEADLINE,  /* the nearest deadline has passed */
    TASK_CANCELLED, /* a token was triggered */
};

/* The one way to wait: until `fd` is ready for `events` (POLLIN, POLLOUT); -1 waits for the other two endings
 * only. */
enum task_outcome task_wait(int fd, short events);

/* Waits for so long; TASK_READY when the time is over. */
enum task_outcome task_sleep(int64_t milliseconds);

/* Without waiting: TASK_READY, or the ending that has come. For work that computes for long. */
enum task_outcome task_check(void);

/* Milliseconds until the nearest deadline, 0 when it has passed, -1 when there is none. */
int64_t task_remaining(void);

/* Fills the error for an outcome other than TASK_READY: "WHAT: interrupted", "WHAT: timed out". Returns
 * false. */
bool task_outcome_error(enum task_outcome outcome, const char *what, dun_error *error);

/* Tasks */

struct task_group;

typedef bool (*task_function)(void *argument, dun_error *error);

struct task_group *task_group_new(void);

/*
 * Starts a task; `name` (copied) shows in debuggers. Fails only when the system has no threads left; the
 * function was not called then.
 */
bool task_group_start(struct task_group *group, const char *name, task_function function, void *argument,
                      dun_error *error);

/* Ends every task of the group at its next wait. */
void task_group_cancel(struct task_group *group);

/*
 * Waits for all tasks and frees the group. True when every task returned true; otherwise `error` is that of
 * the task that failed first in time, so that the failures which its cancelling caused are not shown instead
 * of the cause. With `cancel_on_failure` the first failure cancels the others.
 */
bool task_group_join(struct task_group *group, bool cancel_on_failure, dun_error *error);

/* Limiter */

struct task_limiter;

struct task_limiter *task_limiter_new(unsigned limit,
                                      dun_error *error); /* 1 to 4096; NULL: no descriptors left */
void task_limiter_free(struct task_limiter *limiter);
enum task_outcome task_limiter_acquire(struct task_limiter *limiter);
void task_limiter_release(struct task_limiter *limiter);

/* Channel: pointers from any number of tasks to one that receives them, in the order in which they were sent.
 */

struct task_channel;

/* For at most `capacity` items (1 to 4096) that are not received yet; NULL: no descriptors left. */
struct task_channel *task_channel_new(unsigned capacity, dun_error *error);
void task_channel_free(struct task_channel *channel); /* NULL is allowed; what was not received is lost */

/* Waits while the channel is full. Anything but TASK_READY: the item is still the caller's. */
enum task_outcome task_channel_send(struct task_channel *channel, void *item);
enum task_outcome task_channel_receive(struct task_channel *channel, void **ret_item);

/* A lock for the few structures that tasks do share. */
struct task_mutex;
struct task_mutex *task_mutex_new(void);
void task_mutex_free(struct task_mutex *mutex);
void task_mutex_lock(struct task_mutex *mutex);
void task_mutex_unlock(struct task_mutex *mutex);

/* Something that a process does once, by whichever task needs it first. A zeroed one is ready for use. */
struct task_once {
    atomic_bool done;
};

/*
 * Runs the function unless it has returned true before; others wait meanwhile. Where it fails, the next call
 * tries again. The function may not call task_once.
 */
bool task_once(struct task_once *once, task_function function, void *argument, dun_error *error);

/* A value that several tasks need: the first that comes makes it, and the others wait meanwhile. */
struct task_shared;

/*
 * Makes the value. True with it in `ret_value`: it is that of all. True without one (what was made is of use
 * to this task only), or false: the next task makes it.
 */
typedef bool (*task_make_function)(void *argument, void **ret_value, dun_error *error);

struct task_shared *task_shared_new(void);
void task_shared_free(struct task_shared *shared); /* NULL is allowed; the value is the caller's */

/*
 * The value, once it is made; otherwise what `make` returns, which one task at a time calls; it may not ask
 * for the same value. A task that waits for its turn hears its token and its deadline, and its error says
 * then what it was doing: `what`.
 */
bool task_shared_get(struct task_shared *shared, const char *what, task_make_function make, void *argument,
                     void **ret_value, dun_error *error);

/* Without making it. NULL: it is not there. */
void *task_shared_value(struct task_shared *shared);

#endif
