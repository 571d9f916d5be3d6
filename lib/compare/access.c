#include "compare/access.h"

#include "base/error.h"
#include "compare/before.h"
#include "schema/copy.h"

bool access_would_go(const struct compare *compare)
{
    return compare->engine->catalog->access_goes && compare->from_request;
}

static bool read_again(const struct compare *compare, struct source_settings *settings,
                       struct source_catalog **ret_source, dun_error *error)
{
    struct source_request request = *compare->from_request;
    request.keep_place = false;
    *settings = *compare->from->settings; /* perhaps of one schema only */
    settings->catalog.grants = true;
    settings->catalog.usual_grants = true;
    settings->catalog.other_owners = !settings->catalog.owners;
    if (source_catalog_open(settings, &request, ret_source, error))
        return true;
    error_context(error, "owners and grants of what is created again could not be read");
    return false;
}

static void give_list(struct catalog *catalog, struct schema_object *copy, const struct schema_object *grant,
                      enum schema_attribute attribute)
{
    const struct schema_value *list = catalog_value(grant, attribute);
    if (list)
        catalog_set_list(catalog, copy, attribute, list->count, list->texts);
}

/* Grants that are compared are there; one that is not, and would come by default privileges, is of no
 * privileges. */
static void give_grant(const struct plan_options *what, struct catalog *catalog, struct schema_object *object,
                       const struct schema_object *grant)
{
    struct schema_object *copy = catalog_find(catalog, SCHEMA_GRANT, NULL, object, grant->name);
    bool is_new = !copy;
    if (!what->keeps_grants && !catalog_value(grant, ATTRIBUTE_USUAL_PRIVILEGES))
        return;
    if (is_new)
        copy = catalog_add(catalog, SCHEMA_GRANT, NULL, object, grant->name);
    if (what->keeps_grants)
        give_list(catalog, copy, grant, ATTRIBUTE_PRIVILEGES);
    else if (is_new)
        catalog_set_list(catalog, copy, ATTRIBUTE_PRIVILEGES, 0, NULL);
    give_list(catalog, copy, grant, ATTRIBUTE_USUAL_PRIVILEGES);
}

static void give(const struct plan_options *what, struct catalog *catalog, const char *key,
                 const struct schema_object *owned)
{
    struct schema_object *object = catalog_find_key(catalog, key);
    if (what->keeps_owners)
        catalog_set(catalog, object, ATTRIBUTE_OWNER, catalog_text(owned, ATTRIBUTE_OWNER));
    for (size_t i = 0; i < owned->part_count; ++i)
        if (owned->parts[i]->kind == SCHEMA_GRANT)
            give_grant(what, catalog, object, owned->parts[i]);
}

/* Both sides get what the source has, so that it is no difference. */
static void give_to_both(const struct compare *compare, const struct plan_options *what,
                         const struct catalog *source, struct catalog *from, struct catalog *to)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(compare->renamed, &count);
    for (size_t i = 0; i < count; ++i) {
        const struct schema_object *before = before_renames(compare, objects[i]);
        const struct schema_object *after = diff_counterpart(compare->diff, objects[i]);
        const struct schema_object *owned = before ? catalog_find_key(source, before->key) : NULL;
        if (!owned || !after)
            continue;
        give(what, from, objects[i]->key, owned);
        give(what, to, after->key, owned);
    }
    catalog_sort(from);
    catalog_sort(to);
}

struct plan *access_plan(struct compare *compare, const struct plan_options *options, dun_error *error)
{
    const struct catalog_copying whole = {0};
    struct arena *arena = compare->arena;
    struct source_settings settings;
    struct source_catalog *source;
    if (!read_again(compare, &settings, &source, error))
        return NULL;
    struct catalog *from = catalog_copy(arena, compare->renamed, &whole),
                   *to = catalog_copy(arena, compare->to->catalog, &whole);
    struct plan_options with_access = *options;
    with_access.keeps_owners = !compare->settings->catalog.owners;
    with_access.keeps_grants = !compare->settings->catalog.grants;
    give_to_both(compare, &with_access, source->catalog, from, to);
    source_catalog_close(source);
    const struct diff *diff = diff_catalogs(arena, compare->engine->diff, from, to);
    return plan_make(compare->engine->language, diff, &with_access, error);
}
