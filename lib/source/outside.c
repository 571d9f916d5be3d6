#include "source/outside.h"

#include "base/error.h"
#include "base/map.h"
#include "schema/copy.h"

#include <string.h>

struct choice {
    const char *schema; /* all that is in it */
    const char *taken;  /* no place for what is in this one: it is the other's name */
    const struct catalog *catalog;
    struct map *chosen; /* by key: what else there is to be */
    VECTOR(const struct schema_object *) to_look_at;
    VECTOR(const struct schema_object *) without_place;
    struct arena *arena;
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

static void choose(struct choice *choice, const struct schema_object *object)
{
    const struct schema_object *top = object ? catalog_top_of(object) : NULL;
    if (!top || is_own(choice, top) || !map_add(choice->chosen, top->key, choice))
        return;
    if (has_no_place(choice, top))
        *vector_add(choice->arena, &choice->without_place) = top;
    *vector_add(choice->arena, &choice->to_look_at) = top;
}

static void choose_needs(struct choice *choice, const struct schema_object *object)
{
    for (size_t i = 0; i < object->need_count; ++i)
        choose(choice, object->needs[i]);
    for (size_t i = 0; i < object->part_count; ++i)
        if (is_own(choice, catalog_top_of(object)) || schema_kind_comes_along(object->parts[i]->kind))
            choose_needs(choice, object->parts[i]);
    if (object->schema)
        choose(choice, catalog_find(choice->catalog, SCHEMA_SCHEMA, NULL, NULL, object->schema));
}

static void choose_all(struct choice *choice)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(choice->catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (!objects[i]->parent && is_own(choice, objects[i]))
            choose_needs(choice, objects[i]);
    while (choice->to_look_at.count)
        choose_needs(choice, choice->to_look_at.items[--choice->to_look_at.count]);
}

static bool keeps(const struct schema_object *object, const void *user)
{
    const struct choice *choice = *(struct choice *const *)user;
    const struct schema_object *top = catalog_top_of(object);
    if (is_own(choice, top))
        return true;
    return map_get(choice->chosen, top->key) && !has_no_place(choice, top) &&
           (object == top || schema_kind_comes_along(object->kind));
}

static void warn_of_places(struct source_catalog *source, const struct choice *choice)
{
    VECTOR_EACH (const struct schema_object *const, object, &choice->without_place)
        *vector_add(source->arena, &source->warnings) =
            (dun_warning){.message = arena_printf(
                              source->arena,
                              "%s is needed and left out: definitions of one schema of many are made in "
                              "the schema %s, which so cannot have others, too",
                              catalog_full_name(choice->catalog, *object), choice->taken)};
}

static struct catalog *chosen_of(struct source_catalog *source, const struct catalog *catalog,
                                 const char *schema)
{
    struct arena *own = arena_new();
    struct choice made = {.schema = schema,
                          .taken = source->engine->catalog->first_schema,
                          .catalog = catalog,
                          .chosen = map_new(own),
                          .arena = own},
                  *choice = &made;
    choose_all(choice);
    warn_of_places(source, choice);
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
