/* What several tasks need and one of them makes. The limiter that the others wait at is there only while they
 * do, for there may be many such values, and it takes two descriptors. */
#include "base/memory.h"
#include "task/task.h"

#include <stdlib.h>

struct task_shared {
    struct task_mutex *mutex;  /* guards what follows */
    void *value;               /* NULL: not made yet */
    struct task_limiter *turn; /* of one: whoever has it makes the value */
    unsigned in_line;          /* callers that have the turn or wait for it */
};

struct task_shared *task_shared_new(void)
{
    struct task_shared *shared = memory_alloc(sizeof *shared);
    shared->mutex = task_mutex_new();
    return shared;
}

void task_shared_free(struct task_shared *shared)
{
    if (!shared)
        return;
    task_mutex_free(shared->mutex);
    free(shared);
}

void *task_shared_value(struct task_shared *shared)
{
    task_mutex_lock(shared->mutex);
    void *value = shared->value;
    task_mutex_unlock(shared->mutex);
    return value;
}

static void publish(struct task_shared *shared, void *value)
{
    task_mutex_lock(shared->mutex);
    shared->value = value;
    task_mutex_unlock(shared->mutex);
}

static bool line_up(struct task_shared *shared, dun_error *error)
{
    task_mutex_lock(shared->mutex);
    if (!shared->turn)
        shared->turn = task_limiter_new(1, error);
    bool good = shared->turn != NULL;
    shared->in_line += good;
    task_mutex_unlock(shared->mutex);
    return good;
}

static void leave_line(struct task_shared *shared)
{
    task_mutex_lock(shared->mutex);
    if (--shared->in_line == 0) {
        task_limiter_free(shared->turn);
        shared->turn = NULL;
    }
    task_mutex_unlock(shared->mutex);
}

static bool get_in_turn(struct task_shared *shared, const char *what, task_make_function make, void *argument,
                        void **ret_value, dun_error *error)
{
    enum task_outcome outcome = task_limiter_acquire(shared->turn);
    if (outcome != TASK_READY)
        return task_outcome_error(outcome, what, error);
    void *value = task_shared_value(shared);
    bool good = value || make(argument, &value, error);
    if (good) {
        publish(shared, value);
        *ret_value = value;
    }
    task_limiter_release(shared->turn);
    return good;
}

bool task_shared_get(struct task_shared *shared, const char *what, task_make_function make, void *argument,
                     void **ret_value, dun_error *error)
{
    void *value = task_shared_value(shared);
    if (value) {
        *ret_value = value;
        return true;
    }
    if (!line_up(shared, error))
        return false;
    bool good = get_in_turn(shared, what, make, argument, ret_value, error);
    leave_line(shared);
    return good;
}
