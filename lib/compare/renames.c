#include "compare/renames.h"

#include "base/error.h"
#include "base/nearest.h"
#include "schema/copy.h"
#include "source/locate.h"
#include "sql/splitter.h"

#include <string.h>

/* The annotations of one side, and the other side. */
struct search {
    struct compare *compare;
    const struct catalog *new_side, *old_side;
    const struct located_annotation *annotations;
    size_t count;
    bool backwards; /* the annotations are of `from` */
};

static bool fail_at(const struct located_annotation *located, dun_error *error)
{
    const struct source_definition_file *file = located->file;
    sql_error_at(error, file->name, file->text, file->length, located->annotation->offset);
    return false;
}

static const char *old_name(const struct located_annotation *located)
{
    const struct sql_name *name = &located->annotation->old_name;
    return name->parts[name->count - 1];
}

static const char *old_schema(const struct located_annotation *located)
{
    const struct sql_name *name = &located->annotation->old_name;
    return !located->object->parent && name->count > 1 ? name->parts[name->count - 2]
                                                       : located->object->schema;
}

/* What the catalog calls the object by its old name: a function has its arguments in it. */
static const char *old_full_name(struct arena *arena, const struct located_annotation *located)
{
    const char *name = located->object->name;
    bool routine = located->object->kind == SCHEMA_FUNCTION || located->object->kind == SCHEMA_PROCEDURE ||
                   located->object->kind == SCHEMA_AGGREGATE;
    return routine ? arena_printf(arena, "%s%s", old_name(located), name + strcspn(name, "("))
                   : old_name(located);
}

static const struct located_annotation *annotation_of(const struct search *search,
                                                      const struct schema_object *object)
{
    for (size_t i = 0; i < search->count; ++i)
        if (search->annotations[i].object == object)
            return &search->annotations[i];
    return NULL;
}

static struct schema_object *same_object(const struct search *search, const struct schema_object *object,
                                         const struct schema_object *parent)
{
    return catalog_find(search->old_side, object->kind, object->schema, parent, object->name);
}

/* The object by its old name; parts of a table that is itself renamed are looked for there. NULL: there is
 * none. */
static struct schema_object *by_old_name(const struct search *search,
                                         const struct located_annotation *located,
                                         const struct schema_object *parent)
{
    return catalog_find(search->old_side, located->object->kind, old_schema(located), parent,
                        old_full_name(search->compare->arena, located));
}

/* The parent of a part on the old side, by its new name or its old one. */
static struct schema_object *old_parent(const struct search *search, const struct schema_object *parent)
{
    struct schema_object *found = same_object(search, parent, NULL);
    const struct located_annotation *renamed = found ? NULL : annotation_of(search, parent);
    return renamed ? by_old_name(search, renamed, NULL) : found;
}

/* Something of the kind that the old name might have meant. */
static const char *nearest_old(const struct search *search, const struct located_annotation *located,
                               const struct schema_object *parent, bool *ret_any)
{
    size_t count, names = 0;
    struct schema_object *const *objects = catalog_objects(search->old_side, &count);
    const char **words = arena_alloc(search->compare->arena, (count + 1) * sizeof *words);
    for (size_t i = 0; i < count; ++i)
        if (objects[i]->kind == located->object->kind && objects[i]->parent == parent)
            words[names++] = objects[i]->name;
    *ret_any = names > 0;
    return nearest_word(old_name(located), words);
}

/* The old side has neither name: an error, unless there is nothing that could have had it. */
static bool refuse_unknown(const struct search *search, const struct located_annotation *located,
                           const struct schema_object *parent, dun_error *error)
{
    bool any;
    const char *nearest = nearest_old(search, located, parent, &any);
    if (search->backwards || !any)
        return true;
    error_set(error, DUN_BAD_INPUT, "there is no %s %s that could be renamed",
              schema_kind_word(located->object->kind), old_name(located));
    if (nearest)
        error_hint(error, "did you mean %s?", nearest);
    error_hint(error, "an annotation can go once every database has the new name");
    return fail_at(located, error);
}

static bool add_rename(const struct search *search, const struct located_annotation *located,
                       struct schema_object *old, dun_error *error)
{
    struct compare *compare = search->compare;
    VECTOR_EACH (struct diff_change, change, &compare->renames)
        if ((search->backwards ? change->to : change->from) == old) {
            error_set(error, DUN_BAD_INPUT, "two objects are said to be renamed from %s", old_name(located));
            return fail_at(located, error);
        }
    *vector_add(compare->arena, &compare->renames) = (struct diff_change){
        .action = DIFF_RENAME,
        .from = search->backwards ? located->object : old,
        .to = search->backwards ? old : located->object,
    };
    return true;
}

static bool find_rename(const struct search *search, const struct located_annotation *located,
                        dun_error *error)
{
    struct schema_object *object = located->object, *parent = NULL;
    if (!object) {
        error_set(error, DUN_BAD_INPUT, "the annotation names no object of the schema");
        error_hint(
            error,
            "write it on the line before the table, column or constraint that has the new name, or at the "
            "end of that line");
        return fail_at(located, error);
    }
    if (object->parent && !(parent = old_parent(search, object->parent)))
        return true; /* the whole table is new */
    if (same_object(search, object, parent))
        return true; /* it has the new name already */
    struct schema_object *old = by_old_name(search, located, parent);
    return old ? add_rename(search, located, old, error) : refuse_unknown(search, located, parent, error);
}

static bool find_all(struct search *search, const struct source_definitions *definitions, dun_error *error)
{
    struct compare *compare = search->compare;
    search->annotations = locate_annotations(compare->arena, search->new_side, definitions, &search->count);
    for (size_t i = 0; i < search->count; ++i)
        if (!find_rename(search, &search->annotations[i], error))
            return false;
    return true;
}

bool renames_find(struct compare *compare, dun_error *error)
{
    struct source_catalog *from = compare->from, *to = compare->to;
    struct search forwards = {.compare = compare, .new_side = to->catalog, .old_side = from->catalog};
    struct search backwards = {
        .compare = compare, .new_side = from->catalog, .old_side = to->catalog, .backwards = true};
    return (!to->definitions || find_all(&forwards, to->definitions, error)) &&
           (!from->definitions || find_all(&backwards, from->definitions, error));
}

static const char *new_name(const struct schema_object *object, const void *user)
{
    const struct compare *compare = user;
    VECTOR_EACH (const struct diff_change, change, &compare->renames)
        if (strcmp(change->from->key, object->key) == 0)
            return change->to->name;
    return NULL;
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
struct plan *renames_plan(struct compare *compare, struct catalog *from, const struct plan_options *options,
                          dun_error *error)
{
    const struct catalog_copying copying = {
        .keeps = compare->in_the_way ? stays : NULL, .renames = new_name, .user = compare};
    struct catalog *renamed = catalog_copy(compare->arena, from, &copying);
    struct diff *diff = diff_catalogs(compare->arena, compare->engine->diff, from, renamed);
    return plan_make(compare->engine->language, diff, options, error);
}
