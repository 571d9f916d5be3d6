/* dun_gather: several queries at once, as many as the pool has connections. */
#include "base/memory.h"
#include "engine/database.h"

#include <stdlib.h>

struct gathering {
    dun_database *database;
    const char *const *queries;
    dun_result **results;
    size_t count;
    struct task_mutex *mutex; /* guards what follows */
    size_t next;
};

/* The next query that nobody has taken; `count` at the end. */
static size_t take_query(struct gathering *gathering)
{
    task_mutex_lock(gathering->mutex);
    size_t taken = gathering->next < gathering->count ? gathering->next++ : gathering->count;
    task_mutex_unlock(gathering->mutex);
    return taken;
}

static bool run_queries(void *argument, dun_error *error)
{
    struct gathering *gathering = argument;
    dun_connection *connection = dun_connect(gathering->database, error);
    if (!connection)
        return false;
    bool good = true;
    for (size_t i = take_query(gathering); good && i < gathering->count; i = take_query(gathering)) {
        gathering->results[i] = dun_query(connection, gathering->queries[i], 0, NULL, error);
        good = gathering->results[i] != NULL;
    }
    dun_disconnect(connection);
    return good;
}

static bool run_tasks(struct gathering *gathering, dun_error *error)
{
    struct task_scope scope;
    database_enter(gathering->database, &scope);
    struct task_group *group = task_group_new();
    size_t tasks = gathering->database->options.connections;
    bool started = true;
    for (size_t i = 0; started && i < tasks && i < gathering->count; ++i)
        started = task_group_start(group, "gather", run_queries, gathering, error);
    if (!started)
        task_group_cancel(group);
    bool good = task_group_join(group, true, started ? error : NULL) && started;
    task_scope_leave(&scope);
    return good;
}

bool dun_gather(dun_database *database, size_t count, const char *const *queries, dun_result **ret_results,
                dun_error *error)
{
    struct gathering gathering = {
        .database = database,
        .queries = queries,
        .results = memory_alloc(memory_multiply(count, sizeof(dun_result *))),
        .count = count,
        .mutex = task_mutex_new(),
    };
    bool good = run_tasks(&gathering, error);
    for (size_t i = 0; i < count; ++i) {
        if (good)
            ret_results[i] = gathering.results[i];
        else
            dun_result_free(gathering.results[i]);
    }
    task_mutex_free(gathering.mutex);
    free(gathering.results);
    return good;
}
