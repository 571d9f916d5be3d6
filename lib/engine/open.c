#include "engine/open.h"

#include "base/error.h"
#include "task/task.h"

enum { FIRST_PAUSE_MS = 100, LONGEST_PAUSE_MS = 1000, WAIT_FOR_FULL_MS = 10000 };

/* For how long it makes sense to try again after this failure; 0: not at all. */
static int64_t patience(const struct db_driver *driver, const dun_error *error, int64_t wait_ms)
{
    if (dun_error_code(error) != DUN_NO_CONNECTION)
        return 0;
    if (driver->is_full && driver->is_full(error))
        return wait_ms > WAIT_FOR_FULL_MS ? wait_ms : WAIT_FOR_FULL_MS;
    return driver->may_come_up && driver->may_come_up(error) ? wait_ms : 0;
}

/* Leaves the last failure in `failure`. */
static bool open_patiently(const struct dun_engine *engine, const struct db_url *url,
                           const struct db_open_options *options, int64_t wait_ms,
                           dun_connection **ret_connection, dun_error *failure)
{
    int64_t begin = task_now(), pause = FIRST_PAUSE_MS;
    while (!engine->driver->open(url, options, ret_connection, failure)) {
        int64_t left = patience(engine->driver, failure, wait_ms) - (task_now() - begin);
        if (left <= 0)
            return false;
        enum task_outcome outcome = task_sleep(pause < left ? pause : left);
        if (outcome == TASK_CANCELLED)
            return task_outcome_error(outcome, "waiting for the server", failure);
        if (outcome == TASK_DEADLINE)
            return false; /* why there is no connection says more than that time is over */
        pause = pause * 2 < LONGEST_PAUSE_MS ? pause * 2 : LONGEST_PAUSE_MS;
    }
    return true;
}

bool engine_open(const struct dun_engine *engine, const struct db_url *url,
                 const struct db_open_options *options, int64_t wait_ms, dun_connection **ret_connection,
                 dun_error *error)
{
    dun_error *failure = dun_error_new();
    bool good = open_patiently(engine, url, options, wait_ms, ret_connection, failure);
    if (!good)
        error_move(error, failure);
    dun_error_free(failure);
    return good;
}
