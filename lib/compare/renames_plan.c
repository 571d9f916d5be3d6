/* The statements of the renames, and what has to be out of their way. */
#include "compare/renames.h"

#include "schema/copy.h"

static bool new_name(const struct schema_object *object, struct catalog_name *name, const void *user)
{
    const struct compare *compare = user;
    VECTOR_EACH (const struct diff_change, change, &compare->renames)
        if (change->from == object) {
            name->name = change->to->name;
            return true;
        }
    return false;
}

static bool is_renamed(const struct compare *compare, const struct schema_object *top)
{
    VECTOR_EACH (const struct diff_change, change, &compare->renames)
        if (catalog_top_of(change->from) == top)
            return true;
    return false;
}

static bool reads_what_changes(const struct compare *compare, const struct schema_object *view)
{
    for (size_t i = 0; i < view->need_count; ++i) {
        const struct schema_object *needed = catalog_top_of(view->needs[i]);
        if (is_renamed(compare, needed) || map_get(compare->in_the_way, needed->key))
            return true;
    }
    return false;
}

bool renames_drop_views(struct compare *compare)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(compare->from->catalog, &count);
    bool any = false, more = true;
    compare->in_the_way = map_new(compare->arena);
    while (more) {
        more = false;
        for (size_t i = 0; i < count; ++i)
            if (objects[i]->kind == SCHEMA_VIEW && !map_get(compare->in_the_way, objects[i]->key) &&
                reads_what_changes(compare, objects[i])) {
                map_add(compare->in_the_way, objects[i]->key, objects[i]);
                any = more = true;
            }
    }
    return any;
}

static bool stays(const struct schema_object *object, const void *user)
{
    const struct compare *compare = user;
    return !map_get(compare->in_the_way, object->key);
}

/* From the catalog to itself with other names: whatever else has these names in it is the server's to change.
 */
struct plan *renames_plan(struct compare *compare, const struct plan_options *options, dun_error *error)
{
    const struct catalog_copying copying = {
        .keeps = compare->in_the_way ? stays : NULL, .renames = new_name, .user = compare};
    struct catalog *renamed = catalog_copy(compare->arena, compare->from->catalog, &copying);
    struct diff *diff = diff_catalogs(compare->arena, compare->engine->diff, compare->from->catalog, renamed);
    return plan_make(compare->engine->language, diff, options, error);
}
