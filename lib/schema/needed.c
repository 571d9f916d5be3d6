#include "schema/needed.h"

#include "base/map.h"
#include "base/vector.h"

struct member {
    bool whole;
};

struct needed {
    struct arena *arena;
    const struct catalog *catalog;
    struct map *members; /* struct member, by the key of an object that stands alone */
    VECTOR(const struct schema_object *) to_look_at;
};

struct needed *needed_new(struct arena *arena, const struct catalog *catalog)
{
    struct needed *needed = ARENA_NEW(arena, struct needed);
    needed->arena = arena;
    needed->catalog = catalog;
    needed->members = map_new(arena);
    return needed;
}

static void note(struct needed *needed, const struct schema_object *object, bool whole)
{
    const struct schema_object *top = catalog_top_of(object);
    struct member *member = map_get(needed->members, top->key);
    if (member && (member->whole || !whole))
        return;
    if (!member) {
        member = ARENA_NEW(needed->arena, struct member);
        map_add(needed->members, top->key, member);
    }
    member->whole = whole;
    *vector_add(needed->arena, &needed->to_look_at) = top;
}

static void note_needs(struct needed *needed, const struct schema_object *object, bool whole)
{
    for (size_t i = 0; i < object->need_count; ++i)
        note(needed, object->needs[i], false);
    for (size_t i = 0; i < object->part_count; ++i)
        if (whole || schema_kind_comes_along(object->parts[i]->kind))
            note_needs(needed, object->parts[i], whole);
    const struct schema_object *schema =
        object->schema ? catalog_find(needed->catalog, SCHEMA_SCHEMA, NULL, NULL, object->schema) : NULL;
    if (schema)
        note(needed, schema, false);
}

void needed_add(struct needed *needed, const struct schema_object *object, bool whole)
{
    note(needed, object, whole);
    while (needed->to_look_at.count) {
        const struct schema_object *top = needed->to_look_at.items[--needed->to_look_at.count];
        const struct member *member = map_get(needed->members, top->key);
        note_needs(needed, top, member->whole);
    }
}

bool needed_has(const struct schema_object *object, const void *user)
{
    const struct needed *needed = user;
    const struct schema_object *top = catalog_top_of(object);
    const struct member *member = map_get(needed->members, top->key);
    return member && (member->whole || object == top || schema_kind_comes_along(object->kind));
}
