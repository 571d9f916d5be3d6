/*
 * How the foreign keys of a table get their rows. Each column follows from one reference at most. References
 * that share a column are settled one after the other: the first chooses freely among rows that have their
 * like for those behind it, the others among the rows that agree with what is settled (index.h). A value
 * follows values of other tables only along these references, which have no circle once
 * demo_references_settle is through, so that following them comes to an end.
 */
#include "base/error.h"
#include "base/str.h"
#include "seed/demo/index.h"
#include "seed/demo/plan.h"
#include "seed/demo/random.h"

#include <stdlib.h>
#include <string.h>

/* A foreign key whose turn is to come. */
struct turn {
    const struct seed_reference *seed;
    bool own, required, single; /* single: the row it refers to has no other that refers to it */
    size_t number;
};

static bool has_column(const struct seed_reference *reference, size_t column)
{
    for (size_t i = 0; i < reference->count; ++i)
        if (reference->columns[i] == column)
            return true;
    return false;
}

static bool is_single(const struct seed_table *table, const struct seed_reference *reference)
{
    for (size_t i = 0; i < table->key_count; ++i) {
        bool inside = true;
        for (size_t j = 0; j < table->keys[i].count; ++j)
            inside = inside && has_column(reference, table->keys[i].columns[j]);
        if (inside)
            return true;
    }
    return false;
}

/* Those that must be come first, among them the wide ones: narrower ones that share their columns follow from
 * them. */
static int compare_turns(const void *left, const void *right)
{
    const struct turn *a = left, *b = right;
    if (a->own != b->own)
        return a->own ? 1 : -1;
    if (a->required != b->required)
        return a->required ? -1 : 1;
    if (a->single != b->single)
        return a->single ? -1 : 1;
    if (a->seed->count != b->seed->count)
        return a->seed->count > b->seed->count ? -1 : 1;
    return a->number > b->number ? 1 : -1;
}

static bool is_written(const struct demo_table *table, const struct seed_reference *seed)
{
    for (size_t i = 0; i < seed->count; ++i) {
        enum demo_source source = table->columns[seed->columns[i]].source;
        if (source == SOURCE_LEFT_OUT || source == SOURCE_NULL)
            return false;
    }
    return true;
}

/* Is a column of the table's own rows to be like itself, as the tenant of the row above? */
static bool is_like_itself(const struct demo_table *table, const struct seed_reference *seed, size_t place)
{
    return seed->to == table->table && seed->columns[place] == seed->referenced[place];
}

/* Does the table that the leader refers to have the same foreign key, so that whoever refers to its rows
 * keeps this one, too? */
static bool is_implied(const struct demo_table *table, const struct demo_reference *leader,
                       const struct seed_reference *seed)
{
    const struct seed_table *middle = leader->to->table;
    if (seed->to == middle)
        return true;
    for (size_t i = 0; i < middle->reference_count; ++i) {
        const struct seed_reference *other = &middle->references[i];
        size_t same = 0;
        for (size_t j = 0; j < seed->count && other->to == seed->to; ++j) {
            size_t place = table->columns[seed->columns[j]].place,
                   through = leader->reference->referenced[place];
            for (size_t k = 0; k < other->count; ++k)
                same += other->columns[k] == through && other->referenced[k] == seed->referenced[j];
        }
        if (same == seed->count)
            return true;
    }
    return false;
}

static void note_shared(struct demo_plan *plan, struct demo_table *table, struct demo_reference *reference)
{
    const struct seed_reference *seed = reference->reference;
    size_t *shared = arena_alloc(plan->arena, seed->count * sizeof *shared);
    size_t *shared_to = arena_alloc(plan->arena, seed->count * sizeof *shared_to);
    bool several = false;
    for (size_t i = 0; i < seed->count; ++i) {
        const struct demo_column *column = &table->columns[seed->columns[i]];
        if (column->source != SOURCE_REFERENCE && !is_like_itself(table, seed, i))
            continue;
        shared[reference->shared_count] = seed->columns[i];
        shared_to[reference->shared_count++] = seed->referenced[i];
        several =
            several || !column->reference || (reference->leader && reference->leader != column->reference);
        reference->leader = column->reference;
    }
    reference->shared = shared;
    reference->shared_to = shared_to;
    if (several)
        reference->leader = NULL;
}

static void take_columns(struct demo_table *table, struct demo_reference *reference)
{
    const struct seed_reference *seed = reference->reference;
    bool optional = true;
    for (size_t i = 0; i < seed->count; ++i) {
        struct demo_column *column = &table->columns[seed->columns[i]];
        if (column->source == SOURCE_REFERENCE || is_like_itself(table, seed, i))
            continue;
        optional = optional && column->optional;
        column->source = SOURCE_REFERENCE;
        column->reference = reference;
        column->place = i;
        column->other = NULL;
    }
    reference->optional = optional && reference->shared_count < seed->count;
}

static void use_reference(struct demo_plan *plan, struct demo_table *table, const struct seed_reference *seed)
{
    struct demo_reference *reference = &table->references[table->reference_count];
    uint64_t base = demo_base_of(plan, table, table->columns[seed->columns[0]].column->name);
    *reference = (struct demo_reference){.reference = seed,
                                         .to = demo_plan_of(plan, seed->to),
                                         .choice = {.base = base},
                                         .null_base = demo_mix(base + 1),
                                         .null_share = 0.1};
    note_shared(plan, table, reference);
    if (reference->shared_count == seed->count &&
        (reference->to == table || !reference->leader || is_implied(table, reference->leader, seed)))
        return;
    take_columns(table, reference);
    ++table->reference_count;
}

static void use_references(struct demo_plan *plan, struct demo_table *table)
{
    const struct seed_table *seed_table = table->table;
    struct turn *turns = arena_alloc(plan->arena, (seed_table->reference_count + 1) * sizeof *turns);
    for (size_t i = 0; i < seed_table->reference_count; ++i) {
        const struct seed_reference *seed = &seed_table->references[i];
        turns[i] = (struct turn){seed, seed->to == seed_table, true, is_single(seed_table, seed), i};
        for (size_t j = 0; j < seed->count; ++j)
            turns[i].required = turns[i].required && !table->columns[seed->columns[j]].optional;
    }
    if (seed_table->reference_count > 1)
        qsort(turns, seed_table->reference_count, sizeof *turns, compare_turns);
    table->reference_count = 0;
    for (size_t i = 0; i < seed_table->reference_count; ++i)
        if (is_written(table, turns[i].seed))
            use_reference(plan, table, turns[i].seed);
}

static bool check_filled(struct demo_table *table, dun_error *error)
{
    for (size_t i = 0; i < table->reference_count; ++i) {
        struct demo_reference *reference = &table->references[i];
        const struct demo_table *to = reference->to;
        if (to == table || to->wanted + to->known > 0)
            continue;
        if (!reference->optional) {
            error_set(error, DUN_BAD_INPUT, "rows of %s need rows of %s, which has none",
                      table->table->full_name, to->table->full_name);
            if (to->table->outside)
                error_hint(error, "it is in another schema than the target: fill it first, by the URL of its "
                                  "own schema, or of the whole database");
            else
                error_hint(error, "add them: --demo %s=100,...", to->table->name);
            return false;
        }
        for (size_t j = 0; j < table->column_count; ++j)
            if (table->columns[j].source == SOURCE_REFERENCE && table->columns[j].reference == reference)
                table->columns[j].source = SOURCE_NULL;
    }
    return true;
}

/* A walk along references: from a row's value to the values it is taken from. */
struct walk {
    struct demo_plan *plan;
    struct demo_reference **way; /* from the first to where the walk is */
    struct demo_table **tables;  /* whose references they are */
    size_t length, most;
};

static struct demo_reference *source_of(const struct demo_table *table, size_t column)
{
    const struct demo_column *taken = &table->columns[column];
    return table->wanted && taken->source == SOURCE_REFERENCE && !taken->reference->cut ? taken->reference
                                                                                        : NULL;
}

static bool walk_on(struct walk *walk, struct demo_table *table, struct demo_reference *reference,
                    size_t *ret_begin);

/* True: the walk came to where it has been; `*ret_begin` says where the circle begins. */
static bool walk_columns(struct walk *walk, struct demo_table *table, size_t count, const size_t *columns,
                         size_t *ret_begin)
{
    for (size_t i = 0; i < count; ++i) {
        struct demo_reference *source = source_of(table, columns[i]);
        if (source && walk_on(walk, table, source, ret_begin))
            return true;
    }
    return false;
}

static bool walk_on(struct walk *walk, struct demo_table *table, struct demo_reference *reference,
                    size_t *ret_begin)
{
    if (reference->walked)
        return false;
    for (size_t i = 0; i < walk->length; ++i)
        if (walk->way[i] == reference) {
            *ret_begin = i;
            return true;
        }
    walk->way[walk->length] = reference;
    walk->tables[walk->length++] = table;
    if (walk_columns(walk, table, reference->shared_count, reference->shared, ret_begin) ||
        walk_columns(walk, reference->to, reference->reference->count, reference->reference->referenced,
                     ret_begin))
        return true;
    --walk->length;
    reference->walked = true;
    return false;
}

/* Can the columns of the reference have values of their own? */
static bool can_be_cut(const struct demo_table *table, const struct demo_reference *reference)
{
    for (size_t i = 0; i < table->column_count; ++i)
        if (source_of(table, i) == reference && !table->columns[i].generator)
            return false;
    return reference->shared_count == 0;
}

static void note_circle(struct walk *walk, size_t begin)
{
    size_t count = walk->length - begin;
    struct demo_table **tables = arena_alloc(walk->plan->arena, count * sizeof *tables);
    memcpy(tables, walk->tables + begin, count * sizeof *tables);
    *vector_add(walk->plan->arena, &walk->plan->circles) = (struct demo_circle){count, tables};
    bool one = true;
    for (size_t i = 0; i < count; ++i)
        one = one && tables[i] == tables[0];
    for (size_t i = begin; i < walk->length && one; ++i)
        walk->way[i]->choice.mode = MODE_SAME;
}

static bool cut(struct walk *walk, size_t begin, dun_error *error)
{
    for (size_t i = begin; i < walk->length; ++i) {
        struct demo_table *table = walk->tables[i];
        if (!can_be_cut(table, walk->way[i]))
            continue;
        for (size_t j = 0; j < table->column_count; ++j)
            if (source_of(table, j) == walk->way[i])
                table->columns[j].source = SOURCE_GENERATED;
        walk->way[i]->cut = true;
        note_circle(walk, begin);
        return true;
    }
    struct str names = STR_INIT;
    for (size_t i = begin; i < walk->length; ++i)
        str_printf(&names, "%s%s", i > begin ? ", " : "", walk->tables[i]->table->full_name);
    error_set(error, DUN_BAD_INPUT,
              "the keys of rows of %s follow from each other in a circle, and none can be made up first",
              str_text(&names));
    error_hint(error, "load rows of one of them from a file first");
    str_free(&names);
    return false;
}

static bool cut_circles(struct demo_plan *plan, dun_error *error)
{
    struct walk walk = {.plan = plan};
    size_t most = 1;
    for (size_t i = 0; i < plan->count; ++i)
        most += plan->items[i].reference_count;
    walk.way = arena_alloc(plan->arena, most * sizeof *walk.way);
    walk.tables = arena_alloc(plan->arena, most * sizeof *walk.tables);
    for (size_t i = 0; i < plan->count; ++i)
        for (size_t j = 0; plan->items[i].wanted && j < plan->items[i].reference_count; ++j) {
            size_t begin;
            walk.length = 0;
            while (!plan->items[i].references[j].cut &&
                   walk_on(&walk, &plan->items[i], &plan->items[i].references[j], &begin)) {
                if (!cut(&walk, begin, error))
                    return false;
                walk.length = 0;
            }
        }
    return true;
}

bool demo_references_settle(struct demo_plan *plan, dun_error *error)
{
    for (size_t i = 0; i < plan->count; ++i)
        if (plan->items[i].wanted) {
            use_references(plan, &plan->items[i]);
            if (!check_filled(&plan->items[i], error))
                return false;
        }
    return cut_circles(plan, error);
}

static bool none_agree(const struct demo_table *table, const struct demo_reference *leader,
                       const struct demo_reference *reference, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "rows of %s need rows of %s and %s with the same %s, and there are none",
              table->table->full_name, leader->to->table->full_name, reference->to->table->full_name,
              table->columns[reference->shared[0]].column->name);
    error_hint(error, "ask for more of them: --demo %s=1000,%s=1000,...", leader->to->table->name,
               reference->to->table->name);
    return false;
}

/* Leaves the leader only rows that the reference has the like of. */
static bool narrow(struct demo_plan *plan, struct demo_table *table, const struct demo_reference *reference,
                   dun_error *error)
{
    struct demo_reference *leader = reference->leader;
    size_t *columns = arena_alloc(plan->arena, reference->shared_count * sizeof *columns);
    uint64_t size = demo_candidates(leader), key;
    uint32_t *admitted = arena_alloc(plan->arena, ((size_t)size + 1) * sizeof *admitted);
    uint64_t count = 0;
    for (size_t i = 0; i < reference->shared_count; ++i)
        columns[i] = leader->reference->referenced[table->columns[reference->shared[i]].place];
    for (uint64_t i = 0; i < size && i < UINT32_MAX; ++i) {
        uint64_t row = leader->narrowed ? leader->admitted[i] : i;
        if (demo_index_key(leader->to, reference->shared_count, columns, row, &key) &&
            demo_index_find(reference->index, key).count > 0)
            admitted[count++] = (uint32_t)row;
    }
    if (count == 0)
        return none_agree(table, leader, reference, error);
    leader->narrowed = leader->narrowed || count < size;
    leader->admitted = admitted;
    leader->admitted_count = count;
    return true;
}

bool demo_references_admit(struct demo_plan *plan, struct demo_table *table, dun_error *error)
{
    for (size_t i = 0; i < table->reference_count; ++i)
        table->references[i].narrowed = false;
    for (size_t i = table->reference_count; i-- > 0;) {
        struct demo_reference *reference = &table->references[i];
        if (reference->shared_count == 0 || reference->to == table || reference->cut)
            continue;
        struct demo_rows_of rows = {reference->admitted, (size_t)reference->admitted_count};
        reference->index = demo_index_make(plan->arena, reference->to, reference->shared_count,
                                           reference->shared_to, reference->narrowed ? &rows : NULL);
        if (!reference->optional && reference->leader && !narrow(plan, table, reference, error))
            return false;
    }
    return true;
}

void demo_references_join(struct demo_plan *plan, struct demo_table *table)
{
    for (size_t i = 0; i < table->reference_count; ++i) {
        struct demo_reference *reference = &table->references[i];
        if (reference->to == table && reference->shared_count > 0 && !reference->cut)
            reference->index =
                demo_index_make(plan->arena, table, reference->shared_count, reference->shared_to, NULL);
    }
}
