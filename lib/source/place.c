#include "source/place.h"

#include "base/error.h"
#include "engine/open.h"
#include "schema/copy.h"
#include "task/task.h"

static const struct db_url *server_of(const struct source_settings *settings)
{
    return settings->scratch ? settings->scratch : settings->near;
}

static bool refuse_nowhere(const struct dun_engine *engine, dun_error *error)
{
    error_set(error, DUN_USAGE, "definitions of %s are tried in a scratch database, and no server is known",
              engine->title);
    error_hint(
        error,
        "name the target (--url, -e, DATABASE_URL), or a server where scratch databases may be made, with "
        "scratch: URL in dunlin.yaml");
    return false;
}

/* A server that comes up together with us: what the scratch place itself needs is not tried twice. */
static bool wait_for_server(const struct source_settings *settings, const struct db_url *near,
                            dun_error *error)
{
    dun_connection *connection = NULL;
    if (settings->wait_ms <= 0 || settings->engine->scratch->in_memory)
        return true;
    if (!engine_open(settings->engine, near, &settings->open, settings->wait_ms, &connection, error))
        return false;
    settings->engine->driver->close(connection);
    return true;
}

bool source_place_open(const struct source_settings *settings, size_t objects,
                       struct engine_place **ret_place, dun_error *error)
{
    const struct engine_scratch *scratch = settings->engine->scratch;
    const struct engine_scratch_options options = {.open = settings->open, .objects = objects};
    const struct db_url *near = server_of(settings);
    if (!near && !scratch->in_memory)
        return refuse_nowhere(settings->engine, error);
    return wait_for_server(settings, near, error) && scratch->open(near, &options, ret_place, error);
}

void source_place_close(const struct source_settings *settings, struct engine_place *place)
{
    size_t dropped;
    if (!place)
        return;
    const struct engine_scratch *scratch = settings->engine->scratch;
    scratch->close(place, NULL);
    if (!scratch->in_memory && task_check() == TASK_READY)
        scratch->sweep(server_of(settings), &settings->open, &dropped, NULL);
}

bool source_place_is_schema(const struct engine_place *place)
{
    return place->name && place->connection->in_transaction;
}

/* A scratch place has none, which says nothing of the tables that it stands for. */
static void forget_rows(const struct catalog *catalog)
{
    size_t count = 0;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        objects[i]->rows = -1;
}

static bool read_place(const struct source_settings *settings, struct engine_place *place,
                       struct arena *arena, struct catalog **ret_catalog, dun_error *error)
{
    const struct engine_catalog *reader = settings->engine->catalog;
    struct catalog_options options = settings->catalog;
    const char *const schemas[] = {place->name, NULL};
    if (!source_place_is_schema(place))
        return reader->read(place->connection, &options, arena, ret_catalog, error);
    options.schemas = schemas;
    struct arena *own = arena_new();
    struct catalog *catalog = NULL;
    bool ok = reader->read(place->connection, &options, own, &catalog, error);
    if (ok) {
        const struct catalog_copying copying = {.text = place->name, .replacement = reader->first_schema};
        *ret_catalog = catalog_copy(arena, catalog, &copying);
        catalog_sort(*ret_catalog);
    }
    arena_free(own);
    return ok;
}

bool source_place_read(const struct source_settings *settings, struct engine_place *place,
                       struct arena *arena, struct catalog **ret_catalog, dun_error *error)
{
    if (!read_place(settings, place, arena, ret_catalog, error))
        return false;
    forget_rows(*ret_catalog);
    return true;
}
