/* Which objects count: patterns of names, and the one schema that is looked at. */
#include "drift/drift.h"
#include "schema/copy.h"

#include <fnmatch.h>
#include <string.h>

static bool is_like(const dun_ignore *pattern, const struct catalog *catalog, const struct schema_object *object)
{
    if (pattern->kind && strcmp(pattern->kind, schema_kind_word(object->kind)) != 0)
        return false;
    return fnmatch(pattern->pattern, object->name, 0) == 0 ||
           fnmatch(pattern->pattern, catalog_full_name(catalog, object), 0) == 0;
}

/* Every pattern that is like it has matched something, also where another one would have done. */
static bool is_ignored(const struct drift_filter *filter, const struct schema_object *object)
{
    bool ignored = false;
    for (size_t i = 0; i < filter->count; ++i)
        if (is_like(&filter->patterns[i], filter->catalog, object))
            ignored = filter->matched[i] = true;
    return ignored;
}

static bool is_elsewhere(const struct drift_filter *filter, const struct schema_object *object)
{
    if (!filter->only || object->parent)
        return false;
    const char *schema = object->kind == SCHEMA_SCHEMA ? object->name : object->schema;
    return !schema || strcmp(schema, filter->only) != 0;
}

static bool keeps(const struct schema_object *object, const void *user)
{
    struct drift_filter *filter = *(struct drift_filter *const *)user;
    if (is_elsewhere(filter, object))
        return false;
    if (!is_ignored(filter, object))
        return true;
    filter->ignored++;
    return false;
}

struct catalog *drift_side(struct arena *arena, struct drift_filter *filter, const struct catalog *catalog,
                           const char *called)
{
    struct arena *own = arena_new();
    const struct catalog_copying choosing = {.keeps = keeps, .user = &filter};
    const struct catalog_copying naming = {.text = called ? filter->only : NULL, .replacement = called};
    filter->catalog = catalog;
    struct catalog *chosen = catalog_copy(called ? own : arena, catalog, &choosing);
    if (called)
        chosen = catalog_copy(arena, chosen, &naming);
    arena_free(own);
    catalog_sort(chosen);
    return chosen;
}
