#include "compare/before.h"

#include <string.h>

static bool same_text(const char *left, const char *right)
{
    return left == right || (left && right && strcmp(left, right) == 0);
}

const char *before_schema(const struct compare *compare, const char *schema)
{
    VECTOR_EACH (const struct diff_change, change, &compare->renames)
        if (change->from->kind == SCHEMA_SCHEMA && same_text(change->to->name, schema))
            return change->from->name;
    return schema;
}

static struct schema_object *find(const struct compare *compare, const struct schema_object *object)
{
    struct schema_object *parent = object->parent ? map_get(compare->before, object->parent->key) : NULL;
    if (object->parent && !parent)
        return NULL;
    VECTOR_EACH (const struct diff_change, change, &compare->renames) {
        struct schema_object *from = change->from;
        if (from->kind == object->kind && from->parent == parent &&
            same_text(change->to->schema, object->schema) && strcmp(change->to->name, object->name) == 0)
            return from;
    }
    return catalog_find(compare->from->catalog, object->kind, before_schema(compare, object->schema), parent,
                        object->name);
}

static void note(struct compare *compare, const struct schema_object *object)
{
    struct schema_object *before = find(compare, object);
    if (before)
        map_add(compare->before, object->key, before);
    for (size_t i = 0; i < object->part_count; ++i)
        note(compare, object->parts[i]);
}

void before_note(struct compare *compare, const struct catalog *after)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(after, &count);
    compare->before = map_new(compare->arena);
    for (size_t i = 0; i < count; ++i)
        if (!objects[i]->parent)
            note(compare, objects[i]);
}

struct schema_object *before_renames(const struct compare *compare, const struct schema_object *object)
{
    struct schema_object *before = object && compare->before ? map_get(compare->before, object->key) : NULL;
    return before || !object ? before : catalog_find_key(compare->from->catalog, object->key);
}
