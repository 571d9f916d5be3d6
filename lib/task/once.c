/* What a process does once, such as opening a client library. */
#include "task/task.h"

#include <pthread.h>

/* One lock for all of them: they are few, and hardly ever at the same time. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

bool task_once(struct task_once *once, task_function function, void *argument, dun_error *error)
{
    if (atomic_load_explicit(&once->done, memory_order_acquire))
        return true;
    pthread_mutex_lock(&mutex);
    bool done = atomic_load_explicit(&once->done, memory_order_relaxed) || function(argument, error);
    atomic_store_explicit(&once->done, done, memory_order_release);
    pthread_mutex_unlock(&mutex);
    return done;
}
