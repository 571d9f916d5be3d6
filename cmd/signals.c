/* Signal handlers: everything in them is safe to call there. */
#include "signals.h"

#include <dunlin/error.h>

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

static dun_cancel *triggered;
static atomic_int received;

static void handle(int signal_number)
{
    static const char patience[] = "\ndunlin: still cancelling the statement and releasing the lock; "
                                   "once more ends without that\n";
    (void)signal_number;
    int saved = errno;
    int times = atomic_fetch_add(&received, 1) + 1;
    if (times == 1)
        dun_cancel_trigger(triggered);
    if (times == 2) {
        ssize_t ignored = write(STDERR_FILENO, patience, sizeof patience - 1);
        (void)ignored;
    }
    if (times >= 3)
        _exit(DUN_INTERRUPTED);
    errno = saved;
}

static void catch_signal(int signal_number)
{
    /* Without SA_RESTART: a write to a pipe that nobody reads ends, too. */
    struct sigaction action = {.sa_handler = handle};
    sigemptyset(&action.sa_mask);
    sigaction(signal_number, &action, NULL);
}

void signals_ignore_closed_pipes(void)
{
    signal(SIGPIPE, SIG_IGN);
}

void signals_trigger(dun_cancel *cancel)
{
    struct sigaction hangup;
    triggered = cancel;
    catch_signal(SIGINT);
    catch_signal(SIGTERM);
    /* nohup has a reason */
    if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN)
        catch_signal(SIGHUP);
}
