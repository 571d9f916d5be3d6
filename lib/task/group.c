/* Tasks in groups, the limiter, and the mutex: all that touches threads. */
#include "base/error.h"
#include "base/memory.h"
#include "task/cancel.h"
#include "task/scope.h"
#include "task/task.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

struct task {
    struct task *next;
    struct task_group *group;
    pthread_t thread;
    char *name;
    task_function function;
    void *argument;
};

struct task_group {
    struct task_scope *outer; /* of the thread that made the group; it waits in join, so the scope stays */
    dun_cancel *cancel;
    struct task *tasks;
    pthread_mutex_t mutex; /* guards what follows */
    bool failed, cancel_on_failure;
    dun_error *first_error;
};

struct task_group *task_group_new(void)
{
    struct task_group *group = memory_alloc(sizeof *group);
    group->outer = scope_current();
    group->cancel = dun_cancel_new();
    group->first_error = dun_error_new();
    pthread_mutex_init(&group->mutex, NULL);
    return group;
}

static void note_failure(struct task_group *group, dun_error *error)
{
    pthread_mutex_lock(&group->mutex);
    if (!group->failed)
        error_move(group->first_error, error);
    group->failed = true;
    bool cancel = group->cancel_on_failure;
    pthread_mutex_unlock(&group->mutex);
    if (cancel)
        task_group_cancel(group);
}

/* In debuggers and in top; Linux keeps 15 characters. */
static void show_name(const char *name)
{
#ifdef __linux__
    prctl(PR_SET_NAME, name);
#else
    (void)name;
#endif
}

static void *run_task(void *argument)
{
    struct task *task = argument;
    struct task_scope scope;
    show_name(task->name);
    scope_adopt(task->group->outer);
    task_scope_enter(&scope, task->group->cancel, -1);
    dun_error *error = dun_error_new();
    if (!task->function(task->argument, error))
        note_failure(task->group, error);
    dun_error_free(error);
    task_scope_leave(&scope);
    return NULL;
}

bool task_group_start(struct task_group *group, const char *name, task_function function, void *argument,
                      dun_error *error)
{
    if (!group->cancel)
        return error_set(error, DUN_FAILED, "no file descriptors left to start a task");
    struct task *task = memory_alloc(sizeof *task);
    task->group = group;
    task->name = memory_strdup(name);
    task->function = function;
    task->argument = argument;
    int failure = pthread_create(&task->thread, NULL, run_task, task);
    if (failure) {
        free(task->name);
        free(task);
        return error_set(error, DUN_FAILED, "cannot start a task: %s", strerror(failure));
    }
    task->next = group->tasks;
    group->tasks = task;
    return true;
}

void task_group_cancel(struct task_group *group)
{
    if (group->cancel)
        dun_cancel_trigger(group->cancel);
}

bool task_group_join(struct task_group *group, bool cancel_on_failure, dun_error *error)
{
    pthread_mutex_lock(&group->mutex);
    group->cancel_on_failure = cancel_on_failure;
    bool failed_already = group->failed;
    pthread_mutex_unlock(&group->mutex);
    if (failed_already && cancel_on_failure)
        task_group_cancel(group);

    for (struct task *task = group->tasks, *next; task; task = next) {
        next = task->next;
        pthread_join(task->thread, NULL);
        free(task->name);
        free(task);
    }
    bool failed = group->failed;
    if (failed)
        error_move(error, group->first_error);
    dun_error_free(group->first_error);
    dun_cancel_free(group->cancel);
    pthread_mutex_destroy(&group->mutex);
    free(group);
    return !failed;
}

/* The limiter is a pipe that holds a byte for each free place: acquiring is a read, and waiting for one is
 * the one wait. */
struct task_limiter {
    int ends[2];
};

struct task_limiter *task_limiter_new(unsigned limit, dun_error *error)
{
    int ends[2];
    if (limit < 1 || limit > 4096) {
        error_set(error, DUN_USAGE, "a limit of %u is not between 1 and 4096", limit);
        return NULL;
    }
    if (!cancel_pipe(ends)) {
        error_set(error, DUN_FAILED, "cannot make a limiter: %s", strerror(errno));
        return NULL;
    }
    struct task_limiter *limiter = memory_alloc(sizeof *limiter);
    limiter->ends[0] = ends[0];
    limiter->ends[1] = ends[1];
    for (unsigned i = 0; i < limit; ++i)
        task_limiter_release(limiter);
    return limiter;
}

void task_limiter_free(struct task_limiter *limiter)
{
    if (!limiter)
        return;
    close(limiter->ends[0]);
    close(limiter->ends[1]);
    free(limiter);
}

enum task_outcome task_limiter_acquire(struct task_limiter *limiter)
{
    for (;;) {
        enum task_outcome outcome = task_wait(limiter->ends[0], POLLIN);
        if (outcome != TASK_READY)
            return outcome;
        char place;
        if (read(limiter->ends[0], &place, 1) == 1) /* otherwise another task was faster */
            return TASK_READY;
    }
}

void task_limiter_release(struct task_limiter *limiter)
{
    ssize_t ignored = write(limiter->ends[1], "", 1); /* 4096 bytes always fit into a pipe */
    (void)ignored;
}

struct task_mutex {
    pthread_mutex_t mutex;
};

struct task_mutex *task_mutex_new(void)
{
    struct task_mutex *mutex = memory_alloc(sizeof *mutex);
    pthread_mutex_init(&mutex->mutex, NULL);
    return mutex;
}

void task_mutex_free(struct task_mutex *mutex)
{
    if (!mutex)
        return;
    pthread_mutex_destroy(&mutex->mutex);
    free(mutex);
}

void task_mutex_lock(struct task_mutex *mutex)
{
    pthread_mutex_lock(&mutex->mutex);
}

void task_mutex_unlock(struct task_mutex *mutex)
{
    pthread_mutex_unlock(&mutex->mutex);
}
