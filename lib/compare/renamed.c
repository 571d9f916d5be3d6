#include "compare/renamed.h"

#include "base/error.h"
#include "compare/before.h"
#include "compare/outside.h"
#include "compare/renames.h"
#include "compare/subset.h"
#include "compare/try.h"
#include "schema/copy.h"

/* The catalog before, a part of it that is in a scratch place, and what is there after the renames. */
struct renaming {
    struct compare *compare;
    struct subset *subset;
    struct catalog *after;
};

/* What a scratch copy does not tell: rows, places in files, and what was left out of the copy. */
static void take_over(const struct compare *compare, struct catalog *after)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(after, &count);
    for (size_t i = 0; i < count; ++i) {
        const struct schema_object *before = before_renames(compare, objects[i]);
        if (!before)
            continue;
        objects[i]->rows = before->rows;
        objects[i]->file = before->file;
        objects[i]->line = before->line;
        objects[i]->left_out = before->left_out;
        if (before->left_out)
            objects[i]->text = before->text;
    }
}

/* Parts come with what they are part of. */
static bool stays_as_it_was(const struct schema_object *object, const void *user)
{
    const struct renaming *renaming = user;
    const struct map *dropped = renaming->compare->in_the_way;
    return object->parent ||
           (!subset_is_complete(renaming->subset, object) && !(dropped && map_get(dropped, object->key)));
}

static bool is_told_by_server(const struct schema_object *object, const void *user)
{
    const struct renaming *renaming = user;
    const struct schema_object *before = object->parent ? NULL : before_renames(renaming->compare, object);
    return !before || subset_is_complete(renaming->subset, before);
}

/* By the keys of `from`. */
static struct map *objects_by_old_key(const struct compare *compare)
{
    size_t count;
    struct map *map = map_new(compare->arena);
    struct schema_object *const *objects = catalog_objects(compare->renamed, &count);
    for (size_t i = 0; i < count; ++i) {
        const struct schema_object *before = before_renames(compare, objects[i]);
        if (before)
            map_add(map, before->key, objects[i]);
    }
    return map;
}

/* Of what stays as it was, on what the server told. */
static void restore_needs(const struct renaming *renaming)
{
    const struct compare *compare = renaming->compare;
    struct map *now = objects_by_old_key(compare);
    size_t count;
    struct schema_object *const *objects = catalog_objects(compare->from->catalog, &count);
    for (size_t i = 0; i < count; ++i) {
        bool told = subset_is_complete(renaming->subset, catalog_top_of(objects[i]));
        struct schema_object *object = told ? NULL : map_get(now, objects[i]->key);
        for (size_t k = 0; object && k < objects[i]->need_count; ++k) {
            struct schema_object *needed = map_get(now, objects[i]->needs[k]->key);
            if (needed)
                catalog_need(compare->renamed, object, needed);
        }
    }
}

static void put_together(const struct renaming *renaming)
{
    struct compare *compare = renaming->compare;
    const struct catalog_copying rest = {.keeps = stays_as_it_was, .user = renaming};
    const struct catalog_copying told = {.keeps = is_told_by_server, .user = renaming};
    before_note(compare, renaming->after);
    take_over(compare, renaming->after);
    compare->renamed = catalog_copy(compare->arena, compare->from->catalog, &rest);
    catalog_add_copies(compare->renamed, renaming->after, &told);
    restore_needs(renaming);
}

static bool rename_in_place(struct renaming *renaming, const struct plan *plan, struct engine_place *place,
                            dun_error *error)
{
    struct compare *compare = renaming->compare;
    struct catalog *part = subset_catalog(compare->arena, renaming->subset);
    size_t failed = 0;
    return outside_make(compare, place, error) &&
           try_create(compare->settings, place, compare->arena, part, error) &&
           try_plan(compare->settings, place, plan, &failed, error) &&
           source_place_read(compare->settings, place, compare->arena, &renaming->after, error);
}

static bool rename_on_scratch(struct renaming *renaming, dun_error *error)
{
    struct compare *compare = renaming->compare;
    struct engine_place *place = NULL;
    struct plan *plan = renames_plan(compare, compare->from->catalog, &(struct plan_options){0}, error);
    bool ok = plan && try_open(compare->settings, 0, &place, error) &&
              rename_in_place(renaming, plan, place, error);
    source_place_close(compare->settings, place);
    return ok;
}

/* What was said at the first time is what tells. */
static bool rename_without_views(struct renaming *renaming)
{
    dun_error *again = dun_error_new();
    bool ok = renames_drop_views(renaming->compare) && rename_on_scratch(renaming, again);
    dun_error_free(again);
    return ok;
}

bool renamed_try(struct compare *compare, dun_error *error)
{
    struct renaming renaming = {.compare = compare, .subset = subset_of_renames(compare->arena, compare)};
    dun_error *failure = dun_error_new();
    bool ok = rename_on_scratch(&renaming, failure) ||
              (dun_error_code(failure) == DUN_FAILED && rename_without_views(&renaming));
    if (ok) {
        put_together(&renaming);
    } else {
        error_move(error, failure);
        error_context(error, "the renames that the definitions ask for could not be tried");
    }
    dun_error_free(failure);
    return ok;
}
