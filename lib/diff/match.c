/* Which objects are the same on both sides. */
#include "diff/match.h"

#include "sql/same_tokens.h"

#include <stdlib.h>
#include <string.h>

static void pair(struct diff *diff, struct schema_object *from, struct schema_object *to)
{
    diff->index->to_of_from[from->index] = to;
    diff->index->from_of_to[to->index] = from;
}

static bool from_is_free(const struct diff *diff, const struct schema_object *from)
{
    return from && !diff->index->to_of_from[from->index];
}

static bool to_is_free(const struct diff *diff, const struct schema_object *to)
{
    return to && !diff->index->from_of_to[to->index];
}

static void match_renamed(struct diff *diff, struct schema_object *to,
                          const struct schema_object *from_parent)
{
    if (!to->renamed_from)
        return;
    const char *schema = to->moved_from ? to->moved_from : to->schema;
    struct schema_object *from = catalog_find(diff->from, to->kind, schema, from_parent, to->renamed_from);
    if (from_is_free(diff, from) && to_is_free(diff, to))
        pair(diff, from, to);
}

/* An object of one side that may match by what it is. */
struct candidate {
    uint64_t hash;
    struct schema_object *object;
};

/* Of what tells parts apart; what it leaves out only makes more candidates equal. */
static uint64_t hash_content(const struct diff_rules *rules, const struct schema_object *object)
{
    static const enum schema_attribute told_by[] = {ATTRIBUTE_COLUMNS, ATTRIBUTE_EXPRESSION,
                                                    ATTRIBUTE_REFERENCES};
    uint64_t hash = 0xCBF29CE484222325u + (uint64_t)object->kind;
    for (size_t i = 0; i < sizeof told_by / sizeof *told_by; ++i) {
        const struct schema_value *value = catalog_value(object, told_by[i]);
        for (size_t j = 0; value && j < value->count; ++j)
            hash = sql_hash_tokens(hash + i, rules->dialect, value->texts[j]);
    }
    return hash;
}

static int compare_candidates(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    if (a->object->kind != b->object->kind)
        return a->object->kind < b->object->kind ? -1 : 1;
    return strcmp(a->object->name, b->object->name);
}

static bool same_but_for_name(const struct diff *diff, const struct schema_object *from,
                              const struct schema_object *to)
{
    enum schema_attribute attributes[SCHEMA_ATTRIBUTE_COUNT];
    return from->kind == to->kind && (from->made_up_name || to->made_up_name) &&
           diff_attributes(diff->rules, from, to, attributes) == 0;
}

/* Pairs within runs of one hash; with equal names first, so that copies of one part keep theirs. */
static void match_candidates(struct diff *diff, const struct candidate *from, size_t from_count,
                             const struct candidate *to, size_t to_count, bool same_name)
{
    size_t first = 0;
    for (size_t i = 0; i < from_count; ++i) {
        if (!from_is_free(diff, from[i].object))
            continue;
        while (first < to_count && (to[first].hash < from[i].hash || !to_is_free(diff, to[first].object)))
            ++first;
        for (size_t j = first; j < to_count && to[j].hash == from[i].hash; ++j) {
            int order = same_name ? strcmp(to[j].object->name, from[i].object->name) : 0;
            if (order > 0)
                break;
            if (order == 0 && to_is_free(diff, to[j].object) &&
                same_but_for_name(diff, from[i].object, to[j].object)) {
                pair(diff, from[i].object, to[j].object);
                break;
            }
        }
    }
}

/* The free parts of one side; those of `counterparts` decide which are free. */
static struct candidate *candidates(const struct diff *diff, const struct schema_object *parent,
                                    struct schema_object *const *counterparts, size_t *ret_count,
                                    bool *any_made_up)
{
    struct candidate *all = arena_alloc(diff->arena, (parent->part_count + 1) * sizeof *all);
    size_t count = 0;
    for (size_t i = 0; i < parent->part_count; ++i) {
        struct schema_object *part = parent->parts[i];
        if (counterparts[part->index] || part->kind == SCHEMA_COLUMN)
            continue;
        all[count++] = (struct candidate){hash_content(diff->rules, part), part};
        *any_made_up = *any_made_up || part->made_up_name;
    }
    if (count > 1)
        qsort(all, count, sizeof *all, compare_candidates);
    *ret_count = count;
    return all;
}

static void match_by_content(struct diff *diff, const struct schema_object *from,
                             const struct schema_object *to)
{
    size_t from_count, to_count;
    bool any_made_up = false;
    struct candidate *of_from = candidates(diff, from, diff->index->to_of_from, &from_count, &any_made_up);
    struct candidate *of_to = candidates(diff, to, diff->index->from_of_to, &to_count, &any_made_up);
    if (!any_made_up || from_count == 0 || to_count == 0)
        return;
    match_candidates(diff, of_from, from_count, of_to, to_count, true);
    match_candidates(diff, of_from, from_count, of_to, to_count, false);
}

/* Parts of the same name; with `written`, of those only whose names people wrote. Gives how many are left. */
static size_t match_by_name(struct diff *diff, struct schema_object *from, const struct schema_object *to,
                            bool written)
{
    bool same_key = strcmp(from->key, to->key) == 0;
    size_t left = 0;
    for (size_t i = 0; i < from->part_count; ++i) {
        struct schema_object *part = from->parts[i];
        if (!from_is_free(diff, part))
            continue;
        struct schema_object *other = same_key
                                          ? catalog_find_key(diff->to, part->key)
                                          : catalog_find(diff->to, part->kind, part->schema, to, part->name);
        if (to_is_free(diff, other) && !(written && (part->made_up_name || other->made_up_name)))
            pair(diff, part, other);
        else
            ++left;
    }
    return left;
}

static void match_parts(struct diff *diff, struct schema_object *from, const struct schema_object *to)
{
    for (size_t i = 0; i < to->part_count; ++i)
        match_renamed(diff, to->parts[i], from);
    if (match_by_name(diff, from, to, true) > 0) {
        if (diff->rules->any_case)
            diff_match_any_case(diff, from->parts, from->part_count, to->parts, to->part_count);
        match_by_content(diff, from, to);
        match_by_name(diff, from, to, false);
    }
    for (size_t i = 0; i < from->part_count; ++i) {
        struct schema_object *part = from->parts[i], *other = diff->index->to_of_from[part->index];
        if (other)
            match_parts(diff, part, other);
    }
}

void diff_match(struct diff *diff)
{
    size_t from_count, to_count;
    struct schema_object *const *from = catalog_objects(diff->from, &from_count);
    struct schema_object *const *to = catalog_objects(diff->to, &to_count);
    for (size_t i = 0; i < to_count; ++i)
        if (!to[i]->parent)
            match_renamed(diff, to[i], NULL);
    for (size_t i = 0; i < from_count; ++i) {
        struct schema_object *other =
            from[i]->parent || !from_is_free(diff, from[i]) ? NULL : catalog_find_key(diff->to, from[i]->key);
        if (to_is_free(diff, other))
            pair(diff, from[i], other);
    }
    if (diff->rules->any_case)
        diff_match_any_case(diff, from, from_count, to, to_count);
    for (size_t i = 0; i < from_count; ++i)
        if (!from[i]->parent && !from_is_free(diff, from[i]))
            match_parts(diff, from[i], diff->index->to_of_from[i]);
}
