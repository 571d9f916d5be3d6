/*
 * Which annotations ask for a rename: those whose object the other side has under its old name. A name that
 * is there already is no sign that a rename was made when it is somebody else's old name, as that of b is in
 * "b from a, c from b": then it depends on whether that one is still to leave it.
 */
#include "compare/renames.h"

#include "base/error.h"
#include "base/map.h"
#include "base/nearest.h"
#include "compare/owned.h"
#include "compare/rounds.h"

#include <string.h>

/* The annotations of one side, and the other side. */
struct search {
    struct compare *compare;
    const struct catalog *old_side;
    const struct rename_list *others; /* the annotations of the other side */
    struct rename_list *renames;
    struct map *by_object; /* of struct rename, by the key of the object */
    struct map *takers;    /* of struct rename, by the key of what has its old name: the first of them */
    struct map *schemas;   /* old names of schemas, by the new ones */
    bool backwards;        /* the annotations are of `from` */
};

static bool fail_at(const struct located_annotation *located, dun_error *error)
{
    const struct source_definition_file *file = located->file;
    sql_error_at(error, file->name, file->text, file->length, located->annotation->offset);
    return false;
}

/* What the catalog calls the object by its old name: a function has its arguments in it. */
static const char *old_full_name(struct arena *arena, const struct located_annotation *located)
{
    const char *name = located->object->name;
    return schema_kind_is_routine(located->object->kind)
               ? arena_printf(arena, "%s%s", located_old_name(located), name + strcspn(name, "("))
               : located_old_name(located);
}

/* What the schema is called on the other side. */
static const char *schema_there(const struct search *search, const char *schema)
{
    const char *old = schema ? map_get(search->schemas, schema) : NULL;
    return old ? old : schema;
}

static const char *old_schema(const struct search *search, const struct rename *rename)
{
    const struct sql_name *name = &rename->located->annotation->old_name;
    return !rename->object->parent && name->count > 1 ? name->parts[name->count - 2]
                                                      : schema_there(search, rename->object->schema);
}

static struct rename *taker_of(const struct search *search, const struct schema_object *old)
{
    return old ? map_get(search->takers, old->key) : NULL;
}

static bool is_leaving(const struct search *search, const struct schema_object *old)
{
    for (const struct rename *taker = taker_of(search, old); taker; taker = taker->next_taker)
        if (taker->state == RENAME_PENDING)
            return true;
    return false;
}

static bool is_beside(const struct schema_object *object, const char *schema)
{
    return object->parent || !schema || (object->schema && strcmp(object->schema, schema) == 0);
}

/* What the other side has under the name, in whatever case where that does not count; an old name is what
 * somebody has written, and the server may have kept it otherwise. */
static struct schema_object *find(const struct search *search, enum schema_kind kind, const char *schema,
                                  const struct schema_object *parent, const char *name, bool written)
{
    const struct diff_rules *rules = search->compare->engine->diff;
    struct schema_object *found = catalog_find(search->old_side, kind, schema, parent, name);
    size_t count;
    struct schema_object *const *objects = catalog_objects(search->old_side, &count);
    for (size_t i = 0; !found && i < count; ++i) {
        struct schema_object *object = objects[i];
        if (object->kind == kind && object->parent == parent && is_beside(object, schema) &&
            (written ? diff_may_be_same_name(rules, object->name, name)
                     : diff_same_name(rules, kind, object->name, name)))
            found = object;
    }
    return found;
}

static struct schema_object *same_object(const struct search *search, const struct schema_object *object,
                                         const struct schema_object *parent)
{
    return find(search, object->kind, schema_there(search, object->schema), parent, object->name, false);
}

/* What the object is on the other side, as far as renames of its level are settled; NULL: it is new. */
static struct schema_object *counterpart(const struct search *search, const struct schema_object *object)
{
    struct schema_object *parent = object->parent ? counterpart(search, object->parent) : NULL;
    const struct rename *rename = map_get(search->by_object, object->key);
    if (object->parent && !parent)
        return NULL;
    if (rename && rename->state == RENAME_PENDING)
        return rename->old;
    struct schema_object *same = same_object(search, object, parent);
    return is_leaving(search, same) ? NULL : same;
}

/* Something of the kind that the old name might have meant. */
static const char *nearest_old(const struct search *search, const struct rename *rename, bool *ret_any)
{
    size_t count, names = 0;
    struct schema_object *const *objects = catalog_objects(search->old_side, &count);
    const char **words = arena_alloc(search->compare->arena, (count + 1) * sizeof *words);
    for (size_t i = 0; i < count; ++i)
        if (objects[i]->kind == rename->object->kind && objects[i]->parent == rename->parent)
            words[names++] = objects[i]->name;
    *ret_any = names > 0;
    return nearest_word(located_old_name(rename->located), words);
}

/* The other side has neither name: an error, unless there is nothing that could have had it. */
static bool refuse_unknown(const struct search *search, const struct rename *rename, dun_error *error)
{
    bool any;
    const char *nearest = nearest_old(search, rename, &any);
    if (search->backwards || !any)
        return true;
    error_set(error, DUN_BAD_INPUT, "there is no %s %s that could be renamed",
              schema_kind_word(rename->object->kind), located_old_name(rename->located));
    if (nearest)
        error_hint(error, "did you mean %s?", nearest);
    error_hint(error, "an annotation can go once every database has the new name");
    return fail_at(rename->located, error);
}

static bool add_rename(const struct search *search, const struct rename *rename, dun_error *error)
{
    struct compare *compare = search->compare;
    if (rename->object->kind == SCHEMA_SCHEMA)
        map_add(search->schemas, rename->object->name, (char *)rename->old->name);
    VECTOR_EACH (struct diff_change, change, &compare->renames)
        if ((search->backwards ? change->to : change->from) == rename->old) {
            error_set(error, DUN_BAD_INPUT, "two objects are said to be renamed from %s",
                      located_old_name(rename->located));
            return fail_at(rename->located, error);
        }
    *vector_add(compare->arena, &compare->renames) = (struct diff_change){
        .action = DIFF_RENAME,
        .from = search->backwards ? rename->object : rename->old,
        .to = search->backwards ? rename->old : rename->object,
    };
    return true;
}

/* Finds what the other side has under both names. */
static void look_up(struct search *search, struct rename *rename)
{
    struct arena *arena = search->compare->arena;
    if (rename->object->parent && !(rename->parent = counterpart(search, rename->object->parent))) {
        rename->state = RENAME_DONE; /* the whole table is new */
        return;
    }
    rename->same = same_object(search, rename->object, rename->parent);
    rename->old = find(search, rename->object->kind, old_schema(search, rename), rename->parent,
                       old_full_name(arena, rename->located), true);
    if (rename->old == rename->same)
        rename->old = NULL; /* its name is what it was */
    if (!rename->old)
        return;
    struct rename *first = taker_of(search, rename->old);
    rename->next_taker = first ? first->next_taker : NULL;
    if (first)
        first->next_taker = rename;
    else
        map_add(search->takers, rename->old->key, rename);
}

/* Is there one that may still take the name, or is known to? */
static const struct rename *unsettled_taker(const struct search *search, const struct rename *rename)
{
    const struct rename *taker = taker_of(search, rename->same);
    while (taker && taker->state != RENAME_UNSETTLED)
        taker = taker->next_taker;
    return taker;
}

static bool settle(const struct search *search, struct rename *rename)
{
    if (rename->state != RENAME_UNSETTLED)
        return false;
    if (!rename->same || is_leaving(search, rename->same))
        rename->state = rename->old ? RENAME_PENDING : RENAME_UNKNOWN;
    else if (!unsettled_taker(search, rename))
        rename->state = RENAME_DONE;
    return rename->state != RENAME_UNSETTLED;
}

/* Those of the level whose names are nobody else's business, then those that wait for them, and so on. */
static void settle_chains(const struct search *search, unsigned level)
{
    bool more = true;
    while (more) {
        more = false;
        VECTOR_EACH (struct rename, rename, search->renames)
            more = (rename->level == level && settle(search, rename)) || more;
    }
}

/* What waits for itself in the end: the first one from there that is met twice. */
static struct rename *round_from(const struct search *search, struct rename *rename)
{
    struct rename *fast = rename, *slow = rename;
    do {
        slow = (struct rename *)unsettled_taker(search, slow);
        fast = (struct rename *)unsettled_taker(search, unsettled_taker(search, fast));
    } while (slow != fast);
    return slow;
}

static bool settle_round(const struct search *search, struct rename *first, dun_error *error)
{
    struct rename_round round = {.rules = search->compare->engine->diff, .others = search->others};
    struct rename *rename = first;
    do {
        *vector_add(search->compare->arena, &round.renames) = rename;
        rename = (struct rename *)unsettled_taker(search, rename);
    } while (rename != first);
    enum rename_state state = round_state(&round);
    if (state == RENAME_UNSETTLED) {
        round_refuse(search->compare->arena, &round, error);
        return fail_at(first->located, error);
    }
    VECTOR_EACH (struct rename *, member, &round.renames)
        (*member)->state = state;
    return true;
}

static bool settle_level(const struct search *search, unsigned level, dun_error *error)
{
    settle_chains(search, level);
    VECTOR_EACH (struct rename, rename, search->renames)
        if (rename->level == level && rename->state == RENAME_UNSETTLED) {
            if (!settle_round(search, round_from(search, rename), error))
                return false;
            settle_chains(search, level);
        }
    return true;
}

static bool use_level(const struct search *search, unsigned level, dun_error *error)
{
    VECTOR_EACH (struct rename, rename, search->renames) {
        if (rename->level != level)
            continue;
        if ((rename->state == RENAME_PENDING && !add_rename(search, rename, error)) ||
            (rename->state == RENAME_UNKNOWN && !refuse_unknown(search, rename, error)))
            return false;
    }
    return true;
}

/* Schemas, then what stands alone, then parts, whose parents are known then. */
static bool find_all(struct search *search, dun_error *error)
{
    search->by_object = map_new(search->compare->arena);
    search->takers = map_new(search->compare->arena);
    search->schemas = map_new(search->compare->arena);
    for (unsigned level = 0; level < RENAME_LEVELS; ++level) {
        VECTOR_EACH (struct rename, rename, search->renames)
            if (rename->level == level) {
                look_up(search, rename);
                map_add(search->by_object, rename->object->key, rename);
            }
        if (!settle_level(search, level, error) || !use_level(search, level, error))
            return false;
    }
    return true;
}

static unsigned level_of(const struct schema_object *object)
{
    unsigned level = object->kind == SCHEMA_SCHEMA ? 0 : 1;
    for (; object->parent; object = object->parent)
        ++level;
    return level;
}

static bool refuse_nameless(const struct located_annotation *located, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "the annotation names no object of the schema");
    error_hint(error,
               "write it on the line before the table, column or constraint that has the new name, or at the "
               "end of that line; where several schemas have one of its name, write it with its schema");
    return fail_at(located, error);
}

static bool locate(struct compare *compare, const struct source_catalog *side, struct rename_list *list,
                   dun_error *error)
{
    size_t count = 0;
    const struct located_annotation *located =
        side->definitions ? locate_annotations(compare->arena, side->catalog, side->definitions, &count)
                          : NULL;
    for (size_t i = 0; i < count; ++i) {
        if (!located[i].object)
            return refuse_nameless(&located[i], error);
        *vector_add(compare->arena, list) = (struct rename){
            .located = &located[i], .object = located[i].object, .level = level_of(located[i].object)};
    }
    return true;
}

bool renames_find(struct compare *compare, dun_error *error)
{
    const struct source_catalog *from = compare->from, *to = compare->to;
    struct rename_list of_from = {0}, of_to = {0};
    struct search forwards = {
        .compare = compare, .old_side = from->catalog, .renames = &of_to, .others = &of_from};
    struct search backwards = {.compare = compare,
                               .old_side = to->catalog,
                               .renames = &of_from,
                               .others = &of_to,
                               .backwards = true};
    if (!locate(compare, to, &of_to, error) || !locate(compare, from, &of_from, error) ||
        !find_all(&forwards, error) || !find_all(&backwards, error))
        return false;
    owned_add_renames(compare);
    return true;
}
