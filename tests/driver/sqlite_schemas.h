/* Reading catalogs of SQLite databases, and running plans on them; for tests. */
#ifndef DRIVER_SQLITE_SCHEMAS_H
#define DRIVER_SQLITE_SCHEMAS_H

#include "driver/sqlite_temporary.h"
#include "engine/plan_run.h"

static inline struct catalog *read_schema(struct arena *arena, dun_connection *connection)
{
    struct catalog *catalog = NULL;
    dun_error *error = dun_error_new();
    const struct catalog_options options = {.history = "dunlin_history"};
    if (!engine_sqlite.catalog->read(connection, &options, arena, &catalog, error))
        fail_msg("%s", dun_error_message(error));
    dun_error_free(error);
    return catalog;
}

/* Runs statements, up to NULL. */
static inline void must_exec_all(dun_connection *connection, const char *const *statements)
{
    for (size_t i = 0; statements[i]; ++i)
        must_exec(connection, statements[i]);
}

static inline bool run_plan(dun_connection *connection, const struct plan *plan, dun_error *error)
{
    const struct engine_plan_run how = {.start = 0};
    size_t kept = 0, failed = 0;
    return engine_run_plan(&engine_sqlite, connection, plan, &how, &kept, &failed, error);
}

#endif
