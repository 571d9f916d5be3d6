#include "compare/access.h"

#include "base/error.h"
#include "compare/before.h"
#include "compare/renames.h"
#include "schema/copy.h"

#include <string.h>

static bool compares_grants(const struct compare *compare)
{
    return compare->settings->catalog.grants && compare->engine->catalog->compares_grants;
}

bool access_would_go(const struct compare *compare)
{
    return compare->engine->catalog->access_goes && compare->from_request;
}

/* Once is enough for both plans. */
static bool read_access(struct compare *compare, dun_error *error)
{
    if (compare->access)
        return true;
    struct source_settings *settings = ARENA_NEW(compare->arena, struct source_settings);
    struct source_request request = *compare->from_request;
    request.keep_place = false;
    *settings = *compare->from->settings; /* perhaps of one schema only */
    settings->catalog.grants = true;
    settings->catalog.usual_grants = true;
    settings->catalog.access = true;
    if (source_catalog_open(settings, &request, &compare->access, error))
        return true;
    error_context(error, "owners, definers and grants of what is created again could not be read");
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
    if (what->keeps_definers)
        catalog_set(catalog, object, ATTRIBUTE_DEFINER, catalog_text(owned, ATTRIBUTE_DEFINER));
    for (size_t i = 0; i < owned->part_count; ++i)
        if (owned->parts[i]->kind == SCHEMA_GRANT)
            give_grant(what, catalog, object, owned->parts[i]);
}

/* Both sides get what the source has, so that it is no difference. */
static void give_to_both(const struct compare *compare, const struct plan_options *what, struct catalog *from,
                         struct catalog *to)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(compare->renamed, &count);
    for (size_t i = 0; i < count; ++i) {
        const struct schema_object *before = before_renames(compare, objects[i]);
        const struct schema_object *after = diff_counterpart(compare->diff, objects[i]);
        const struct schema_object *owned =
            before ? catalog_find_key(compare->access->catalog, before->key) : NULL;
        if (!owned || !after)
            continue;
        give(what, from, objects[i]->key, owned);
        give(what, to, after->key, owned);
    }
    catalog_sort(from);
    catalog_sort(to);
}

static const char *loss(struct arena *arena, const struct plan *plan,
                        const struct schema_unmodelled *unmodelled)
{
    if (plan->grants_go && strcmp(unmodelled->what, CATALOG_LOST_GRANTS) == 0)
        return arena_printf(arena, "grants on what is renamed or created again are lost: %s",
                            unmodelled->name);
    if (strcmp(unmodelled->what, CATALOG_LOST_DEFINERS) == 0)
        return arena_printf(arena,
                            "what is created again has the definer %s then, who may not name another one",
                            unmodelled->name);
    return NULL;
}

/* What cannot be given back is said where it is missed. */
static void note_losses(const struct compare *compare, struct plan *plan)
{
    size_t count;
    const struct schema_unmodelled *unmodelled = catalog_unmodelled(compare->access->catalog, &count);
    for (size_t i = 0; plan && i < count; ++i) {
        const char *note = loss(plan->arena, plan, &unmodelled[i]);
        if (note)
            *vector_add(plan->arena, &plan->notes) = note;
    }
}

static struct plan_options with_access(const struct compare *compare, const struct plan_options *options)
{
    struct plan_options with = *options;
    with.keeps_owners = !compare->settings->catalog.owners;
    with.keeps_definers = !compare->settings->catalog.definers;
    with.keeps_grants = !compares_grants(compare);
    return with;
}

struct plan *access_plan(struct compare *compare, const struct plan_options *options, dun_error *error)
{
    const struct catalog_copying whole = {0};
    struct arena *arena = compare->arena;
    if (!read_access(compare, error))
        return NULL;
    struct catalog *from = catalog_copy(arena, compare->renamed, &whole),
                   *to = catalog_copy(arena, compare->to->catalog, &whole);
    struct plan_options with = with_access(compare, options);
    give_to_both(compare, &with, from, to);
    const struct diff *diff = diff_catalogs(arena, compare->engine->diff, from, to);
    struct plan *plan = plan_make(compare->engine->language, diff, &with, error);
    note_losses(compare, plan);
    return plan;
}

struct plan *access_renames_plan(struct compare *compare, const struct plan_options *options,
                                 dun_error *error)
{
    const struct catalog_copying whole = {0};
    if (!read_access(compare, error))
        return NULL;
    struct catalog *from = catalog_copy(compare->arena, compare->from->catalog, &whole);
    struct plan_options with = with_access(compare, options);
    size_t count;
    struct schema_object *const *objects = catalog_objects(compare->access->catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (objects[i]->kind != SCHEMA_GRANT && catalog_find_key(from, objects[i]->key))
            give(&with, from, objects[i]->key, objects[i]);
    catalog_sort(from);
    struct plan *plan = renames_plan(compare, from, &with, error);
    note_losses(compare, plan);
    return plan;
}
