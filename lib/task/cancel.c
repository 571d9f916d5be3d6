#include "task/cancel.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

/* A pipe rather than a condition, so that one poll hears the socket and the token, and a signal handler can
 * trigger. */
struct dun_cancel {
    int ends[2];
    atomic_bool triggered;
};

bool cancel_pipe(int ret_ends[2])
{
    int ends[2];
    if (pipe(ends) != 0)
        return false;
    for (int i = 0; i < 2; ++i) {
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
        fcntl(ends[i], F_SETFL, O_NONBLOCK);
    }
    ret_ends[0] = ends[0];
    ret_ends[1] = ends[1];
    return true;
}

dun_cancel *dun_cancel_new(void)
{
    int ends[2];
    if (!cancel_pipe(ends))
        return NULL;
    dun_cancel *cancel = memory_alloc(sizeof *cancel);
    cancel->ends[0] = ends[0];
    cancel->ends[1] = ends[1];
    return cancel;
}

void dun_cancel_trigger(dun_cancel *cancel)
{
    int saved = errno;
    if (!atomic_exchange(&cancel->triggered, true)) {
        ssize_t ignored = write(cancel->ends[1], "", 1);
        (void)ignored;
    }
    errno = saved;
}

bool dun_cancel_triggered(const dun_cancel *cancel)
{
    return atomic_load(&cancel->triggered);
}

void dun_cancel_free(dun_cancel *cancel)
{
    if (!cancel)
        return;
    close(cancel->ends[0]);
    close(cancel->ends[1]);
    free(cancel);
}

int cancel_descriptor(const dun_cancel *cancel)
{
    return cancel->ends[0];
}
