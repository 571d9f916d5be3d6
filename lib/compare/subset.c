#include "compare/subset.h"

#include "base/map.h"
#include "base/vector.h"
#include "compare/before.h"
#include "compare/dangling.h"
#include "compare/mentions.h"
#include "compare/owned.h"
#include "schema/copy.h"

#include <string.h>

/* What is known of an object of the catalog. */
struct member {
    struct schema_object *object;
    bool in;        /* it is in the subset */
    bool disturbed; /* the plan may drop and create it again, so all that needs it is in the subset, too */
    bool complete;  /* so are all its parts */
    VECTOR(struct member *) dependents;
};

struct subset {
    struct arena *arena;
    const struct compare *compare;
    const struct catalog *catalog;
    struct mentions *mentions; /* NULL: nothing is renamed */
    struct map *members;       /* by key */
    VECTOR(struct member *) to_include, to_disturb;
};

static struct member *member_of(const struct subset *subset, const struct schema_object *object)
{
    return map_get(subset->members, object->key);
}

static void list_members(struct subset *subset)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(subset->catalog, &count);
    struct member *members = arena_alloc(subset->arena, (count + 1) * sizeof *members);
    for (size_t i = 0; i < count; ++i) {
        members[i].object = objects[i];
        map_add(subset->members, objects[i]->key, &members[i]);
    }
    for (size_t i = 0; i < count; ++i)
        for (size_t k = 0; k < objects[i]->need_count; ++k) {
            struct member *needed = member_of(subset, objects[i]->needs[k]);
            *vector_add(subset->arena, &needed->dependents) = &members[i];
        }
}

static void include(struct subset *subset, const struct schema_object *object)
{
    struct member *member = object ? member_of(subset, object) : NULL;
    if (!member || member->in)
        return;
    member->in = true;
    *vector_add(subset->arena, &subset->to_include) = member;
}

static void include_with_parts(struct subset *subset, const struct schema_object *object)
{
    include(subset, object);
    for (size_t i = 0; i < object->part_count; ++i)
        include_with_parts(subset, object->parts[i]);
}

static void complete(struct subset *subset, const struct schema_object *object)
{
    struct member *member = member_of(subset, catalog_top_of(object));
    if (member->complete)
        return;
    member->complete = true;
    include_with_parts(subset, member->object);
}

static void disturb(struct subset *subset, const struct schema_object *object)
{
    struct member *member = object ? member_of(subset, object) : NULL;
    if (!member || member->disturbed)
        return;
    member->disturbed = true;
    *vector_add(subset->arena, &subset->to_disturb) = member;
}

/* A table that inherits from another one, or is a partition of it, has more of that than columns: foreign
 * keys and triggers, too. */
static void include_needed(struct subset *subset, const struct schema_object *object,
                           const struct schema_object *needed)
{
    if (object->kind == SCHEMA_TABLE && needed->kind == SCHEMA_TABLE)
        include_with_parts(subset, needed);
    else
        include(subset, needed);
}

/* A sequence does not need the column that owns it, and cannot be made without it. */
static const struct schema_object *owner_in(const struct subset *subset, const struct catalog *catalog,
                                            const struct schema_object *sequence)
{
    return owned_by(subset->arena, subset->compare->engine->dialect, catalog, sequence);
}

static void include_around(struct subset *subset, const struct member *member)
{
    const struct schema_object *object = member->object;
    include(subset, object->parent);
    if (object->schema)
        include(subset, catalog_find(subset->catalog, SCHEMA_SCHEMA, NULL, NULL, object->schema));
    include(subset, owner_in(subset, subset->catalog, object));
    for (size_t i = 0; i < object->need_count; ++i)
        include_needed(subset, object, object->needs[i]);
    for (size_t i = 0; i < object->part_count; ++i)
        if (schema_kind_comes_along(object->parts[i]->kind))
            include(subset, object->parts[i]);
}

/* Where something is renamed: the server may change whatever needs that, and a text may mean it. */
static void complete_around(struct subset *subset, const struct schema_object *object)
{
    const struct mentioning *mentioning = object->parent ? NULL : mentions_of(subset->mentions, object);
    complete(subset, object);
    for (size_t i = 0; mentioning && i < mentioning->objects.count; ++i)
        complete(subset, mentioning->objects.items[i]);
}

static void disturb_around(struct subset *subset, const struct member *member)
{
    include(subset, member->object);
    for (size_t i = 0; i < member->object->part_count; ++i)
        disturb(subset, member->object->parts[i]);
    for (size_t i = 0; i < member->dependents.count; ++i)
        disturb(subset, member->dependents.items[i]->object);
    if (subset->mentions)
        complete_around(subset, member->object);
}

static void settle(struct subset *subset)
{
    while (subset->to_disturb.count || subset->to_include.count) {
        if (subset->to_disturb.count)
            disturb_around(subset, subset->to_disturb.items[--subset->to_disturb.count]);
        else
            include_around(subset, subset->to_include.items[--subset->to_include.count]);
    }
}

/* What was, before the renames, the object that the new version needs. */
static void include_before(struct subset *subset, const struct schema_object *object)
{
    const struct schema_object *before = before_renames(subset->compare, object);
    include(subset, before || !object ? before : before_renames(subset->compare, catalog_top_of(object)));
}

static void include_needed_before(struct subset *subset, const struct schema_object *to,
                                  const struct schema_object *needed)
{
    const struct schema_object *object = diff_counterpart(subset->compare->diff, needed);
    const struct schema_object *before = before_renames(subset->compare, object);
    include_before(subset, object);
    if (before)
        include_needed(subset, to, before);
}

/* What the new version of something needs and was there before. */
static void include_needs_of(struct subset *subset, const struct schema_object *to)
{
    const struct compare *compare = subset->compare;
    if (to->schema)
        include_before(subset, catalog_find(compare->renamed, SCHEMA_SCHEMA, NULL, NULL, to->schema));
    for (size_t i = 0; i < to->need_count; ++i)
        include_needed_before(subset, to, to->needs[i]);
    include_before(subset, owner_in(subset, compare->renamed, to));
    for (size_t i = 0; i < to->part_count; ++i)
        include_needs_of(subset, to->parts[i]);
}

static void touch(struct subset *subset, const struct diff_change *change)
{
    const struct compare *compare = subset->compare;
    if (change->from)
        disturb(subset, before_renames(compare, catalog_top_of(change->from)));
    if (!change->to)
        return;
    disturb(subset, before_renames(compare, diff_counterpart(compare->diff, catalog_top_of(change->to))));
    include_needs_of(subset, catalog_top_of(change->to));
}

/* With the schema, all that is in it gets another name. */
static void touch_schema(struct subset *subset, const struct schema_object *schema)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(subset->catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (objects[i]->schema && strcmp(objects[i]->schema, schema->name) == 0)
            disturb(subset, objects[i]);
}

static void touch_broken(struct subset *subset, const struct plan_language *language)
{
    struct dangling *dangling = dangling_read(subset->arena, subset->catalog, language->dialect);
    size_t count;
    struct schema_object *const *objects = catalog_objects(subset->catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (dangling_is(dangling, objects[i]))
            complete(subset, objects[i]);
}

static void touch_renames(struct subset *subset)
{
    const struct compare *compare = subset->compare;
    subset->mentions = mentions_read(subset->arena, subset->catalog);
    VECTOR_EACH (const struct diff_change, change, &compare->renames) {
        disturb(subset, catalog_top_of(change->from));
        if (change->to->schema)
            include(subset, catalog_find(subset->catalog, SCHEMA_SCHEMA, NULL, NULL,
                                         before_schema(compare, change->to->schema)));
        if (change->from->kind == SCHEMA_SCHEMA)
            touch_schema(subset, change->from);
    }
    if (compare->engine->language->renames_read_all)
        touch_broken(subset, compare->engine->language);
}

static struct subset *subset_begin(struct arena *arena, const struct compare *compare)
{
    struct subset *subset = ARENA_NEW(arena, struct subset);
    subset->arena = arena;
    subset->compare = compare;
    subset->catalog = compare->from->catalog;
    subset->members = map_new(arena);
    list_members(subset);
    if (compare->renames.count)
        touch_renames(subset);
    return subset;
}

struct subset *subset_of_renames(struct arena *arena, const struct compare *compare)
{
    struct subset *subset = subset_begin(arena, compare);
    settle(subset);
    return subset;
}

struct subset *subset_of_plan(struct arena *arena, const struct compare *compare)
{
    struct subset *subset = subset_begin(arena, compare);
    VECTOR_EACH (const struct diff_change, change, &compare->diff->changes)
        touch(subset, change);
    settle(subset);
    return subset;
}

bool subset_has(const struct subset *subset, const struct schema_object *object)
{
    const struct member *member = member_of(subset, object);
    return member && member->in;
}

bool subset_is_complete(const struct subset *subset, const struct schema_object *object)
{
    for (size_t i = 0; i < object->part_count; ++i)
        if (!subset_is_complete(subset, object->parts[i]))
            return false;
    return subset_has(subset, object);
}

static bool is_kept(const struct schema_object *object, const void *user)
{
    return subset_has(user, object);
}

struct catalog *subset_catalog(struct arena *arena, const struct subset *subset)
{
    return catalog_copy(arena, subset->catalog, &(struct catalog_copying){.keeps = is_kept, .user = subset});
}
