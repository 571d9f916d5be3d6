#include "drift/renaming.h"

#include "schema/copy.h"
#include "sql/name.h"

#include <string.h>

static bool says(const char *text, const char *name)
{
    size_t length = strlen(name);
    for (const char *found = text ? strstr(text, name) : NULL; found; found = strstr(found + 1, name))
        if ((found == text || !sql_is_of_name(found[-1])) && !sql_is_of_name(found[length]))
            return true;
    return false;
}

/* Comments are somebody's words and stay as they are, in every schema. */
static bool values_say(const struct schema_object *object, const char *name)
{
    for (size_t i = 0; i < object->value_count; ++i) {
        const struct schema_value *value = &object->values[i];
        for (size_t j = 0; value->attribute != ATTRIBUTE_COMMENT && j < value->count; ++j)
            if (says(value->texts[j], name))
                return true;
    }
    return false;
}

static bool object_says(const struct schema_object *object, const char *name)
{
    bool is_it = object->kind == SCHEMA_SCHEMA && strcmp(object->name, name) == 0;
    bool is_elsewhere = object->schema && strcmp(object->schema, name) != 0;
    return is_elsewhere || (!is_it && says(object->name, name)) || values_say(object, name);
}

bool renaming_is_exact(const struct catalog *catalog, const char *schema)
{
    size_t count;
    if (strpbrk(schema, "'\"\\")) /* written otherwise in literals and quotes */
        return false;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (object_says(objects[i], schema))
            return false;
    const struct schema_unmodelled *unmodelled = catalog_unmodelled(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (says(unmodelled[i].name, schema))
            return false;
    return true;
}

struct catalog *renaming_copy(struct arena *arena, const struct dun_engine *engine,
                              const struct catalog *catalog, const char *schema, const char *called)
{
    const struct catalog_copying copying = {
        .schema = schema, .called = called, .qualifier = engine->tenants->written(arena, called)};
    struct catalog *copy = catalog_copy(arena, catalog, &copying);
    catalog_sort(copy);
    return copy;
}
