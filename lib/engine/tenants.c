#include "engine/tenants.h"

#include "engine/scratch.h"

static void add_names(const dun_result *rows, struct arena *arena, struct engine_names *names)
{
    for (size_t i = 0; i < dun_result_rows(rows); ++i) {
        const char *name = result_text(rows, i, 0);
        if (!scratch_is_name(name))
            *vector_add(arena, names) = arena_strdup(arena, name);
    }
}

bool tenants_query(const struct dun_engine *engine, const struct db_url *url,
                   const struct db_open_options *options, const char *sql, struct arena *arena,
                   struct engine_names *names, dun_error *error)
{
    dun_connection *connection;
    dun_result *rows;
    if (!engine->driver->open(url, options, &connection, error))
        return false;
    bool good = db_query(connection, sql, &rows, error);
    if (good) {
        add_names(rows, arena, names);
        dun_result_free(rows);
    }
    connection->driver->close(connection);
    return good;
}
