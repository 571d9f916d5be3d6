/* Scopes and the one wait. */
#include "base/error.h"
#include "task/cancel.h"
#include "task/scope.h"
#include "task/task.h"

#include <errno.h>
#include <poll.h>
#include <time.h>

static _Thread_local struct task_scope *current;

int64_t task_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t deadline_after(int64_t milliseconds)
{
    int64_t now = task_now();
    return milliseconds < 0 || milliseconds > INT64_MAX - now ? INT64_MAX : now + milliseconds;
}

void task_scope_enter(struct task_scope *scope, const dun_cancel *cancel, int64_t timeout_ms)
{
    *scope = (struct task_scope){.outer = current, .cancel = cancel, .deadline = deadline_after(timeout_ms)};
    current = scope;
}

void task_scope_shield(struct task_scope *scope, int64_t timeout_ms)
{
    task_scope_enter(scope, NULL, timeout_ms);
    scope->shielded = true;
}

void task_scope_leave(struct task_scope *scope)
{
    current = scope->outer;
}

struct task_scope *scope_current(void)
{
    return current;
}

void scope_adopt(struct task_scope *scope)
{
    current = scope;
}

/* Tokens that one poll hears at once. Those beyond it are looked at from time to time. */
enum { MOST_TOKENS = 16, LOOK_MS = 50 };

struct endings {
    int64_t deadline;
    const dun_cancel *tokens[MOST_TOKENS]; /* each once, the innermost first */
    int count;
    bool more;
};

static struct task_scope *outer_of(const struct task_scope *scope)
{
    return scope->shielded ? NULL : scope->outer;
}

static void add_token(struct endings *endings, const dun_cancel *token)
{
    for (int i = 0; i < endings->count; ++i)
        if (endings->tokens[i] == token)
            return;
    if (endings->count < MOST_TOKENS)
        endings->tokens[endings->count++] = token;
    else
        endings->more = true;
}

static void gather_endings(struct endings *ret)
{
    ret->deadline = INT64_MAX;
    ret->count = 0;
    ret->more = false;
    for (struct task_scope *scope = current; scope; scope = outer_of(scope)) {
        if (scope->deadline < ret->deadline)
            ret->deadline = scope->deadline;
        if (scope->cancel)
            add_token(ret, scope->cancel);
    }
}

static bool any_triggered(void)
{
    for (struct task_scope *scope = current; scope; scope = outer_of(scope))
        if (scope->cancel && dun_cancel_triggered(scope->cancel))
            return true;
    return false;
}

static int poll_time(const struct endings *endings)
{
    int64_t longest = endings->more ? LOOK_MS : 3600000;
    if (endings->deadline == INT64_MAX)
        return endings->more ? (int)longest : -1;
    int64_t left = endings->deadline - task_now();
    if (left <= 0)
        return 0;
    return (int)(left < longest ? left : longest);
}

enum task_outcome task_wait(int fd, short events)
{
    struct endings endings;
    gather_endings(&endings);

    struct pollfd polled[MOST_TOKENS + 1];
    polled[0] = (struct pollfd){.fd = fd, .events = events};
    for (int i = 0; i < endings.count; ++i)
        polled[i + 1] = (struct pollfd){.fd = cancel_descriptor(endings.tokens[i]), .events = POLLIN};

    for (;;) {
        int ready = poll(polled, (nfds_t)endings.count + 1, poll_time(&endings));
        if (any_triggered())
            return TASK_CANCELLED;
        /* An error on the socket counts as ready: the client library is the one to tell what it is. */
        if (ready > 0 && fd >= 0 && polled[0].revents)
            return TASK_READY;
        if (ready < 0 && errno != EINTR && errno != EAGAIN)
            return TASK_READY;
        if (endings.deadline != INT64_MAX && task_now() >= endings.deadline)
            return TASK_DEADLINE;
    }
}

enum task_outcome task_sleep(int64_t milliseconds)
{
    struct endings endings;
    gather_endings(&endings);
    struct task_scope nap;
    task_scope_enter(&nap, NULL, milliseconds > 0 ? milliseconds : 0);
    enum task_outcome outcome = task_wait(-1, 0);
    task_scope_leave(&nap);
    if (outcome == TASK_DEADLINE && nap.deadline < endings.deadline)
        return TASK_READY;
    return outcome;
}

enum task_outcome task_check(void)
{
    struct endings endings;
    gather_endings(&endings);
    if (any_triggered())
        return TASK_CANCELLED;
    if (endings.deadline != INT64_MAX && task_now() >= endings.deadline)
        return TASK_DEADLINE;
    return TASK_READY;
}

int64_t task_remaining(void)
{
    struct endings endings;
    gather_endings(&endings);
    if (endings.deadline == INT64_MAX)
        return -1;
    int64_t left = endings.deadline - task_now();
    return left > 0 ? left : 0;
}

bool task_outcome_error(enum task_outcome outcome, const char *what, dun_error *error)
{
    if (outcome == TASK_CANCELLED)
        return error_set(error, DUN_INTERRUPTED, "%s: interrupted", what);
    return error_set(error, DUN_FAILED, "%s: timed out", what);
}
