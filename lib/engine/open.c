#include "engine/open.h"

#include "base/error.h"
#include "task/task.h"

enum { FIRST_PAUSE_MS = 100, LONGEST_PAUSE_MS = 1000 };

static bool worth_another_try(const struct dun_engine *engine, const dun_error *error)
{
    return dun_error_code(error) == DUN_NO_CONNECTION && engine->driver->may_come_up &&
           engine->driver->may_come_up(error);
}

/* Leaves the last failure in `failure`. */
static bool open_patiently(const struct dun_engine *engine, const struct db_url *url,
                           const struct db_open_options *options, int64_t wait_ms,
                           dun_connection **ret_connection, dun_error *failure)
{
    int64_t begin = task_now(), pause = FIRST_PAUSE_MS;
    while (!engine->driver->open(url, options, ret_connection, failure)) {
        int64_t left = wait_ms - (task_now() - begin);
        if (left <= 0 || !worth_another_try(engine, failure))
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
