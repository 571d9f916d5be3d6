/* A channel is a pipe that pointers are written to: sending and receiving are the one wait, too. */
#include "base/error.h"
#include "base/memory.h"
#include "task/cancel.h"
#include "task/task.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct task_channel {
    int ends[2];
    struct task_limiter *places; /* for items that nobody has received yet */
};

struct task_channel *task_channel_new(unsigned capacity, dun_error *error)
{
    int ends[2];
    struct task_limiter *places = task_limiter_new(capacity, error);
    if (!places)
        return NULL;
    if (!cancel_pipe(ends)) {
        task_limiter_free(places);
        error_set(error, DUN_FAILED, "cannot make a channel: %s", strerror(errno));
        return NULL;
    }
    struct task_channel *channel = memory_alloc(sizeof *channel);
    *channel = (struct task_channel){{ends[0], ends[1]}, places};
    return channel;
}

void task_channel_free(struct task_channel *channel)
{
    if (!channel)
        return;
    close(channel->ends[0]);
    close(channel->ends[1]);
    task_limiter_free(channel->places);
    free(channel);
}

/* A pipe takes so few bytes whole or not at all. */
enum task_outcome task_channel_send(struct task_channel *channel, void *item)
{
    enum task_outcome outcome = task_limiter_acquire(channel->places);
    while (outcome == TASK_READY && write(channel->ends[1], &item, sizeof item) < 0)
        outcome = task_wait(channel->ends[1], POLLOUT);
    return outcome;
}

enum task_outcome task_channel_receive(struct task_channel *channel, void **ret_item)
{
    for (;;) {
        enum task_outcome outcome = task_wait(channel->ends[0], POLLIN);
        if (outcome != TASK_READY)
            return outcome;
        void *item;
        if (read(channel->ends[0], &item, sizeof item) != (ssize_t)sizeof item)
            continue;
        task_limiter_release(channel->places);
        *ret_item = item;
        return TASK_READY;
    }
}
