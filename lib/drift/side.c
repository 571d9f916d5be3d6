/* Which objects count: patterns of names, and the one schema that is looked at. */
#include "drift/drift.h"
#include "schema/copy.h"
#include "source/ignore.h"

#include <string.h>

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
    if (!source_is_ignored(filter->patterns, filter->count, object, filter->matched))
        return true;
    filter->ignored++;
    return false;
}

static struct catalog *copy_side(struct arena *arena, struct drift_filter *filter,
                                 const struct catalog *catalog, const char *called)
{
    struct arena *own = arena_new();
    const struct catalog_copying choosing = {.keeps = keeps, .user = &filter};
    const struct catalog_copying naming = {
        .schema = called ? filter->only : NULL, .called = called, .qualifier = filter->qualifier};
    struct catalog *chosen = catalog_copy(called ? own : arena, catalog, &choosing);
    if (called)
        chosen = catalog_copy(arena, chosen, &naming);
    arena_free(own);
    return chosen;
}

struct catalog *drift_side(struct arena *arena, struct drift_filter *filter, struct catalog *catalog,
                           bool is_shared, const char *called)
{
    bool all_counts = filter->count == 0 && !filter->only && !called;
    struct catalog *side = all_counts && !is_shared ? catalog : copy_side(arena, filter, catalog, called);
    catalog_sort(side);
    return side;
}
