/* See alike.h. Databases and schemas are alike when their raw catalogs are the same, byte by byte. */
#include "drift/alike.h"
#include "drift/renaming.h"
#include "drift/shared.h"

#include "engine/surroundings.h"
#include "schema/catalog.h"

#include <string.h>

/* Where more kinds of databases than that are met, they have little in common; the memory is bounded. */
enum { MOST_SHAPES = 16 };

struct shared_shape {
    const char *server;
    struct catalog_raw raw;
    struct task_shared *alike; /* a struct alike */
    struct source_settings settings;
    struct shared_shape *next;
};

void shared_shapes_close(struct dun_shared_catalogs *shared)
{
    for (struct shared_shape *shape = shared->shapes; shape; shape = shape->next) {
        const struct alike *alike = task_shared_value(shape->alike);
        if (alike)
            source_catalog_close(alike->source);
        task_shared_free(shape->alike);
    }
}

static struct shared_shape *find(const struct dun_shared_catalogs *shared, const char *server,
                                 const struct catalog_raw *raw)
{
    for (struct shared_shape *shape = shared->shapes; shape; shape = shape->next)
        if (catalog_raw_is_same(&shape->raw, raw) && strcmp(shape->server, server) == 0)
            return shape;
    return NULL;
}

static struct shared_shape *add(struct dun_shared_catalogs *shared, const struct alike_request *request,
                                const struct catalog_raw *raw)
{
    struct shared_shape *shape = ARENA_NEW(shared->arena, struct shared_shape);
    char *bytes = arena_alloc(shared->arena, raw->length + 1);
    memcpy(bytes, raw->bytes, raw->length);
    shape->server = arena_strdup(shared->arena, request->server);
    shape->raw = (struct catalog_raw){bytes, raw->length};
    shape->alike = task_shared_new();
    shape->next = shared->shapes;
    shared->shapes = shape;
    shared->shape_count++;
    return shape;
}

/* NULL: it is not worth one. */
static struct shared_shape *shape_of(struct dun_shared_catalogs *shared, const struct alike_request *request,
                                     const struct catalog_raw *raw)
{
    if (!raw->bytes)
        return NULL;
    task_mutex_lock(shared->mutex);
    struct shared_shape *shape = find(shared, request->server, raw);
    if (!shape && shared->shape_count < MOST_SHAPES)
        shape = add(shared, request, raw);
    task_mutex_unlock(shared->mutex);
    return shape;
}

static bool read_raw(const struct alike_request *request, struct arena *arena, struct catalog_raw *ret_raw,
                     dun_error *error)
{
    const struct engine_catalog *catalog = request->settings->engine->catalog;
    dun_connection *connection = request->source->connection;
    return request->schema ? catalog->read_raw_schema(connection, request->schema, arena, ret_raw, error)
                           : catalog->read_raw(connection, arena, ret_raw, error);
}

/* They were counted in one of the databases only. */
static void forget_rows(const struct catalog *catalog)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        objects[i]->rows = -1;
}

/* What was changed between the two readings is not what the shape stands for. */
static bool is_still_that(const struct alike_request *request, const struct shared_shape *shape, bool *ret_is,
                          dun_error *error)
{
    struct arena *arena = arena_new();
    struct catalog_raw now = {0};
    bool good = read_raw(request, arena, &now, error);
    *ret_is = good && catalog_raw_is_same(&now, &shape->raw);
    arena_free(arena);
    return good;
}

static bool read(const struct source_settings *settings, const struct alike_request *request,
                 struct arena *arena, struct alike *ret_alike, dun_error *error)
{
    struct alike alike = {.schema = request->schema};
    if (!surroundings_ask(settings->engine, request->source->connection, arena, &alike.surroundings, error) ||
        !source_catalog_open(settings, request->source, &alike.source, error))
        return false;
    *ret_alike = alike;
    return true;
}

/* For all that are alike. */
static struct alike *publish(struct dun_shared_catalogs *shared, const struct alike *own)
{
    catalog_sort(own->source->catalog);
    forget_rows(own->source->catalog);
    task_mutex_lock(shared->mutex);
    struct alike *alike = ARENA_NEW(shared->arena, struct alike);
    *alike = (struct alike){
        .source = own->source,
        .is_shared = true,
        .is_renamable = own->schema && renaming_is_exact(own->source->catalog, own->schema),
        .surroundings = arena_strdup(shared->arena, own->surroundings),
        .schema = arena_strdup(shared->arena, own->schema),
    };
    task_mutex_unlock(shared->mutex);
    return alike;
}

struct reading {
    struct dun_shared_catalogs *shared;
    struct shared_shape *shape;
    const struct alike_request *request;
    struct arena *arena;
    struct alike own; /* it turned out that it is of this database only */
};

static bool read_shape(void *argument, void **ret_alike, dun_error *error)
{
    struct reading *reading = argument;
    struct alike alike;
    bool still_that;
    task_mutex_lock(reading->shared->mutex);
    shared_settings(reading->shared, reading->request->settings, &reading->shape->settings);
    task_mutex_unlock(reading->shared->mutex);
    if (!read(&reading->shape->settings, reading->request, reading->arena, &alike, error))
        return false;
    if (!is_still_that(reading->request, reading->shape, &still_that, error)) {
        source_catalog_close(alike.source);
        return false;
    }
    if (still_that)
        *ret_alike = publish(reading->shared, &alike);
    else
        reading->own = alike;
    return true;
}

static bool share(struct dun_shared_catalogs *shared, struct shared_shape *shape,
                  const struct alike_request *request, struct arena *arena, struct alike *ret_alike,
                  dun_error *error)
{
    struct reading reading = {.shared = shared, .shape = shape, .request = request, .arena = arena};
    void *alike;
    if (!task_shared_get(shape->alike, "reading the catalog", read_shape, &reading, &alike, error))
        return false;
    *ret_alike = alike ? *(const struct alike *)alike : reading.own;
    return true;
}

/* What was read of a schema of another name is had under that of this one, or read anew. */
static bool take_over(const struct alike_request *request, struct arena *arena, struct alike *alike,
                      dun_error *error)
{
    if (!request->schema || strcmp(alike->schema, request->schema) == 0)
        return true;
    if (!alike->is_renamable)
        return read(request->settings, request, arena, alike, error);
    struct source_catalog *own = ARENA_NEW(arena, struct source_catalog);
    *own = *alike->source;
    own->catalog =
        renaming_copy(arena, request->settings->engine, own->catalog, alike->schema, request->schema);
    alike->source = own;
    return true;
}

bool alike_get(dun_shared_catalogs *shared, const struct alike_request *request, struct arena *arena,
               struct alike *ret_alike, dun_error *error)
{
    struct arena *own = arena_new();
    struct catalog_raw raw = {0};
    bool good = read_raw(request, own, &raw, error);
    struct shared_shape *shape = good ? shape_of(shared, request, &raw) : NULL;
    arena_free(own);
    if (!good)
        return false;
    if (!shape)
        return read(request->settings, request, arena, ret_alike, error);
    return share(shared, shape, request, arena, ret_alike, error) &&
           take_over(request, arena, ret_alike, error);
}
