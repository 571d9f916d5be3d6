#include "diff/diff.h"

#include "diff/match.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 4 }; /* a grant on a column of a table has a depth of 3 */

/* A change and where it sorts: the objects from what stands alone down to its own. */
struct sortable {
    struct diff_change change;
    const struct schema_object *path[DEEPEST];
    size_t depth;
};

struct collecting {
    struct diff *diff;
    VECTOR(struct sortable) changes;
};

bool diff_has(const struct diff_change *change, enum schema_attribute attribute)
{
    for (size_t i = 0; i < change->attribute_count; ++i)
        if (change->attributes[i] == attribute)
            return true;
    return false;
}

static bool is_of(const struct catalog *catalog, const struct schema_object *object)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    return object->index < count && objects[object->index] == object;
}

const struct diff_change *diff_find(const struct diff *diff, const struct schema_object *object)
{
    const struct diff_index *index = diff->index;
    uint32_t place = is_of(diff->from, object) ? index->change_of_from[object->index]
                     : is_of(diff->to, object) ? index->change_of_to[object->index]
                                               : 0;
    return place ? &diff->changes.items[place - 1] : NULL;
}

struct schema_object *diff_counterpart(const struct diff *diff, const struct schema_object *object)
{
    if (is_of(diff->from, object))
        return diff->index->to_of_from[object->index];
    return is_of(diff->to, object) ? diff->index->from_of_to[object->index] : NULL;
}

static void add_change(struct collecting *collecting, struct diff_change change)
{
    struct sortable *sortable = vector_add(collecting->diff->arena, &collecting->changes);
    const struct schema_object *object = change.to ? change.to : change.from;
    sortable->change = change;
    for (const struct schema_object *up = object; up; up = up->parent)
        ++sortable->depth;
    size_t place = sortable->depth;
    for (; object; object = object->parent) {
        /* What is on both sides stands for itself as `to` has it. */
        const struct schema_object *counterpart =
            is_of(collecting->diff->from, object) ? collecting->diff->index->to_of_from[object->index] : NULL;
        if (--place < DEEPEST)
            sortable->path[place] = counterpart ? counterpart : object;
    }
    if (sortable->depth > DEEPEST)
        sortable->depth = DEEPEST;
}

static bool is_renamed(const struct diff_rules *rules, const struct schema_object *from,
                       const struct schema_object *to)
{
    if (to->moved_from)
        return true;
    if (strcmp(from->name, to->name) == 0 || (from->made_up_name && to->made_up_name))
        return false;
    return !(rules->any_case && diff_same_but_for_case(from->name, to->name));
}

static void compare_pair(struct collecting *collecting, struct schema_object *from, struct schema_object *to)
{
    struct arena *arena = collecting->diff->arena;
    enum schema_attribute attributes[SCHEMA_ATTRIBUTE_COUNT];
    if (is_renamed(collecting->diff->rules, from, to))
        add_change(collecting, (struct diff_change){.action = DIFF_RENAME, .from = from, .to = to});
    size_t count = diff_attributes(collecting->diff->rules, from, to, attributes);
    if (count == 0)
        return;
    enum schema_attribute *kept = arena_alloc(arena, count * sizeof *kept);
    memcpy(kept, attributes, count * sizeof *kept);
    add_change(collecting, (struct diff_change){DIFF_ALTER, from, to, kept, count});
}

static void collect(struct collecting *collecting)
{
    struct diff *diff = collecting->diff;
    const struct diff_index *index = diff->index;
    size_t count;
    struct schema_object *const *objects = catalog_objects(diff->from, &count);
    for (size_t i = 0; i < count; ++i) {
        const struct schema_object *parent = objects[i]->parent;
        if (index->to_of_from[i])
            compare_pair(collecting, objects[i], index->to_of_from[i]);
        else if (!parent || index->to_of_from[parent->index])
            add_change(collecting, (struct diff_change){.action = DIFF_DROP, .from = objects[i]});
    }
    objects = catalog_objects(diff->to, &count);
    for (size_t i = 0; i < count; ++i) {
        const struct schema_object *parent = objects[i]->parent;
        if (!index->from_of_to[i] && (!parent || index->from_of_to[parent->index]))
            add_change(collecting, (struct diff_change){.action = DIFF_CREATE, .to = objects[i]});
    }
}

static int compare_numbers(unsigned left, unsigned right)
{
    return left < right ? -1 : left > right;
}

static int compare_siblings(const struct schema_object *left, const struct schema_object *right)
{
    int order = compare_numbers(left->kind, right->kind);
    if (order == 0)
        order = strcmp(left->schema ? left->schema : "", right->schema ? right->schema : "");
    if (order == 0)
        order = compare_numbers(left->position, right->position);
    return order ? order : strcmp(left->name, right->name);
}

static int compare_changes(const void *left, const void *right)
{
    static const unsigned ranks[] = {[DIFF_DROP] = 0, [DIFF_CREATE] = 1, [DIFF_RENAME] = 2, [DIFF_ALTER] = 3};
    const struct sortable *a = left, *b = right;
    for (size_t i = 0; i < a->depth && i < b->depth; ++i)
        if (a->path[i] != b->path[i]) {
            int order = compare_siblings(a->path[i], b->path[i]);
            if (order)
                return order;
        }
    if (a->depth != b->depth)
        return a->depth < b->depth ? -1 : 1;
    return compare_numbers(ranks[a->change.action], ranks[b->change.action]);
}

static void keep_changes(struct collecting *collecting)
{
    struct diff *diff = collecting->diff;
    if (collecting->changes.count > 0)
        qsort(collecting->changes.items, collecting->changes.count, sizeof *collecting->changes.items,
              compare_changes);
    VECTOR_EACH (struct sortable, sortable, &collecting->changes) {
        *vector_add(diff->arena, &diff->changes) = sortable->change;
        uint32_t place = (uint32_t)diff->changes.count;
        if (sortable->change.from)
            diff->index->change_of_from[sortable->change.from->index] = place;
        if (sortable->change.to)
            diff->index->change_of_to[sortable->change.to->index] = place;
    }
}

/* Do the columns that are on both sides stand in another order? Parts are sorted by position. */
static bool is_reordered(const struct diff *diff, const struct schema_object *to)
{
    unsigned last = 0;
    for (size_t i = 0; i < to->part_count; ++i) {
        const struct schema_object *part = to->parts[i], *from = diff->index->from_of_to[part->index];
        if (part->kind != SCHEMA_COLUMN || !from)
            continue;
        if (from->position < last)
            return true;
        last = from->position;
    }
    return false;
}

static void find_reordered(struct diff *diff)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(diff->to, &count);
    for (size_t i = 0; i < count; ++i)
        if (!objects[i]->parent && diff->index->from_of_to[i] && is_reordered(diff, objects[i]))
            *vector_add(diff->arena, &diff->reordered) = objects[i];
}

static struct diff_index *new_index(struct arena *arena, struct catalog *from, struct catalog *to)
{
    size_t from_count, to_count;
    catalog_objects(from, &from_count);
    catalog_objects(to, &to_count);
    struct diff_index *index = ARENA_NEW(arena, struct diff_index);
    index->to_of_from = arena_alloc(arena, (from_count + 1) * sizeof *index->to_of_from);
    index->from_of_to = arena_alloc(arena, (to_count + 1) * sizeof *index->from_of_to);
    index->change_of_from = arena_alloc(arena, (from_count + 1) * sizeof *index->change_of_from);
    index->change_of_to = arena_alloc(arena, (to_count + 1) * sizeof *index->change_of_to);
    return index;
}

struct diff *diff_catalogs(struct arena *arena, const struct diff_rules *rules, struct catalog *from,
                           struct catalog *to)
{
    struct diff *diff = ARENA_NEW(arena, struct diff);
    catalog_sort(from);
    catalog_sort(to);
    *diff = (struct diff){
        .arena = arena, .from = from, .to = to, .rules = rules, .index = new_index(arena, from, to)};
    diff_match(diff);
    struct collecting collecting = {.diff = diff};
    collect(&collecting);
    keep_changes(&collecting);
    find_reordered(diff);
    diff_guess_renames(diff);
    return diff;
}
