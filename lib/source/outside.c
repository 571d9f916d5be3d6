#include "source/outside.h"

#include "base/error.h"
#include "schema/copy.h"
#include "schema/needed.h"

#include <string.h>

/* All of the schema, and what it needs but for what would stand in the schema whose place it takes. */
struct choice {
    const char *schema, *taken;
    struct needed *needed;
};

static bool is_own(const struct choice *choice, const struct schema_object *top)
{
    const char *schema = top->kind == SCHEMA_SCHEMA ? top->name : top->schema;
    return schema && strcmp(schema, choice->schema) == 0;
}

static bool has_no_place(const struct choice *choice, const struct schema_object *top)
{
    return top->schema && strcmp(top->schema, choice->taken) == 0 && !is_own(choice, top);
}

static bool keeps(const struct schema_object *object, const void *user)
{
    const struct choice *choice = user;
    return needed_has(object, choice->needed) && !has_no_place(choice, catalog_top_of(object));
}

static void warn_of_places(struct source_catalog *source, const struct choice *choice,
                           const struct catalog *catalog)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (!objects[i]->parent && needed_has(objects[i], choice->needed) && has_no_place(choice, objects[i]))
            *vector_add(source->arena, &source->warnings) =
                (dun_warning){.message = arena_printf(
                                  source->arena,
                                  "%s is needed and left out: definitions of one schema of many are made in "
                                  "the schema %s, which so cannot have others, too",
                                  catalog_full_name(catalog, objects[i]), choice->taken)};
}

static struct catalog *chosen_of(struct source_catalog *source, const struct catalog *catalog,
                                 const char *schema)
{
    struct arena *own = arena_new();
    const struct choice choice = {schema, source->engine->catalog->first_schema, needed_new(own, catalog)};
    size_t count;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (!objects[i]->parent && is_own(&choice, objects[i]))
            needed_add(choice.needed, objects[i], true);
    warn_of_places(source, &choice, catalog);
    const struct catalog_copying copying = {.keeps = keeps, .user = &choice};
    struct catalog *chosen = catalog_copy(source->arena, catalog, &copying);
    arena_free(own);
    return chosen;
}

static bool read_with(struct source_catalog *source, dun_connection *connection, const char *const *outside,
                      dun_error *error)
{
    const struct engine_catalog *reader = source->engine->catalog;
    struct catalog_options options = source->settings->catalog;
    struct arena *own = arena_new();
    VECTOR(const char *) schemas = {0};
    struct catalog *catalog;
    *vector_add(own, &schemas) = options.schemas[0];
    for (; *outside; ++outside)
        *vector_add(own, &schemas) = *outside;
    *vector_add(own, &schemas) = NULL;
    options.schemas = schemas.items;
    options.surroundings = true;
    bool good = reader->read(connection, &options, own, &catalog, error);
    if (good)
        source->catalog = chosen_of(source, catalog, schemas.items[0]);
    arena_free(own);
    return good;
}

static bool is_there(const struct source_catalog *source, const char *schema, dun_error *error)
{
    if (catalog_find(source->catalog, SCHEMA_SCHEMA, NULL, NULL, schema))
        return true;
    error_set(error, DUN_BAD_INPUT, "there is no schema %s in the database", schema);
    error_hint(error, "name one that there is with search_path, written as in SQL: search_path=\"App\"");
    return false;
}

bool outside_read(struct source_catalog *source, dun_connection *connection, dun_error *error)
{
    const struct source_settings *settings = source->settings;
    const struct engine_catalog *reader = source->engine->catalog;
    const char *schema = settings->catalog.schemas[0];
    const char *const *outside;
    bool any;
    if (!reader->outside(connection, schema, source->arena, &outside, &any, error))
        return false;
    bool good = any ? read_with(source, connection, outside, error)
                    : reader->read(connection, &settings->catalog, source->arena, &source->catalog, error);
    return good && is_there(source, schema, error);
}
