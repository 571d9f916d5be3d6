#include "seed/demo/plan.h"

#include "base/error.h"
#include "base/map.h"
#include "seed/demo/random.h"
#include "seed/demo/rule.h"
#include "seed/demo/settings.h"
#include "seed/demo/unique.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Without the schema, so that all engines give the same rows. */
uint64_t demo_base_of(const struct demo_plan *plan, const struct demo_table *table, const char *name)
{
    const struct seed_table *seed = table->table;
    bool alone = map_get(plan->tables->by_name, seed->name) == seed;
    return demo_hash(demo_hash(demo_mix(plan->seed + 1), alone ? seed->name : seed->full_name), name);
}

struct demo_table *demo_plan_of(const struct demo_plan *plan, const struct seed_table *table)
{
    return &plan->items[table - plan->tables->tables];
}

static bool is_counted(const struct seed_column *column)
{
    return column->counted || (column->default_value && strstr(column->default_value, "nextval"));
}

/* 'open'::text, 0, true; NULL: it is no literal, or says nothing. */
static const char *literal_of(struct demo_plan *plan, const struct seed_column *column)
{
    if (!column->default_value)
        return NULL;
    struct demo_check *value = demo_check_read(plan->arena, plan->tables->engine->dialect,
                                               column->default_value, strlen(column->default_value));
    return value->kind == CHECK_LITERAL && value->text && *value->text ? value->text : NULL;
}

static bool takes_usual(const struct demo_column *column)
{
    switch (column->type.class) {
    case DEMO_INTEGER:
    case DEMO_DECIMAL:
    case DEMO_TEXT:
    case DEMO_CHOICE:
        return !column->type.array && !column->other && !column->limits.must_be_null;
    default:
        return false;
    }
}

static void read_column(struct demo_plan *plan, struct demo_table *table, size_t number)
{
    struct demo_column *column = &table->columns[number];
    column->column = &table->table->columns[number];
    column->type = demo_type_read(plan->tables, column->column->type);
    column->choice.base = demo_base_of(plan, table, column->column->name);
    column->choice.person = demo_mix(
        demo_base_of(plan, table, demo_name_person(plan->arena, table->table, column->column->name)) + 3);
    column->null_base = demo_mix(column->choice.base + 1);
}

bool demo_plan_make(struct demo_plan *plan, dun_error *error)
{
    (void)error;
    plan->count = plan->tables->count;
    plan->items = arena_alloc(plan->arena, (plan->count + 1) * sizeof *plan->items);
    for (size_t i = 0; i < plan->count; ++i) {
        struct demo_table *table = &plan->items[i];
        table->table = &plan->tables->tables[i];
        table->column_count = table->table->column_count;
        table->columns = arena_alloc(plan->arena, (table->column_count + 1) * sizeof *table->columns);
        table->pools = arena_alloc(plan->arena, (table->column_count + 1) * sizeof *table->pools);
        table->references =
            arena_alloc(plan->arena, (table->table->reference_count + 1) * sizeof *table->references);
        for (size_t j = 0; j < table->column_count; ++j)
            read_column(plan, table, j);
        demo_relations_read(plan, table);
        demo_uniques_read(plan, table);
    }
    /* Keys of rows that are referred to have to be known. */
    for (size_t i = 0; i < plan->count; ++i)
        for (size_t j = 0; j < plan->items[i].table->reference_count; ++j) {
            const struct seed_reference *reference = &plan->items[i].table->references[j];
            for (size_t k = 0; k < reference->count; ++k)
                demo_plan_of(plan, reference->to)->pools[reference->referenced[k]].wanted = true;
        }
    return true;
}

/* Is the column a key by itself, so that its values need room? */
static bool is_key(const struct demo_table *table, size_t column)
{
    VECTOR_EACH (const struct demo_unique, unique, &table->uniques)
        if (unique->key.count == 1 && unique->key.columns[0] == column)
            return true;
    return false;
}

/* What no values can be made for is left to its default, or NULL. */
static bool give_up(const struct demo_table *table, struct demo_column *column, dun_error *error)
{
    column->source = column->column->default_value ? SOURCE_LEFT_OUT : SOURCE_NULL;
    if (column->source == SOURCE_LEFT_OUT || column->optional)
        return true;
    error_set(error, DUN_BAD_INPUT, "no values can be made up for the column %s of %s (%s)",
              column->column->name, table->table->full_name, column->column->type);
    error_hint(error, "say in the config what they look like: demo: { %s.%s: { like: \"...\" } }",
               table->table->name, column->column->name);
    return false;
}

static bool settle_column(struct demo_plan *plan, struct demo_table *table, size_t number, bool to_files,
                          dun_error *error)
{
    struct demo_column *column = &table->columns[number];
    const struct demo_wish *wish = demo_settings_of(plan, table->table, column->column);
    bool counted = is_counted(column->column);
    column->optional = !column->column->not_null && !column->type.not_null && !column->limits.not_null;
    column->source = SOURCE_GENERATED;
    if (column->column->generated || (wish && wish->skip && strcmp(wish->skip, "true") == 0) ||
        (counted && !table->pools[number].wanted && !to_files)) {
        column->source = SOURCE_LEFT_OUT;
        return true;
    }
    if (column->limits.must_be_null) {
        column->source = SOURCE_NULL;
        return true;
    }
    struct demo_maker maker = {
        .arena = plan->arena,
        .lexicon = plan->lexicon,
        .tables = plan->tables,
        .table = table->table,
        .column = column->column,
        .type = &column->type,
        .limits = &column->limits,
        .wish = wish,
        .rows = is_key(table, number) ? table->present + table->rows : 0,
    };
    if (!demo_generator_make(&maker, &column->generator, error))
        return false;
    if (!column->generator)
        return give_up(table, column, error);
    column->null_share = column->generator->null_share;
    column->usual = !wish && takes_usual(column) ? literal_of(plan, column->column) : NULL;
    if (counted)
        column->choice.mode = MODE_SEQUENCE;
    column->choice.start = table->pools[number].highest + 1;
    if (column->limits.has_low && column->limits.low >= (long double)column->choice.start)
        column->choice.start = (int64_t)column->limits.low + column->limits.above_low;
    return true;
}

/* A comparison needs two sides whose values are numbers or dates. */
static void settle_relation(struct demo_column *column)
{
    struct demo_column *other = column->other;
    if (!other)
        return;
    if (column->source != SOURCE_GENERATED || other->source != SOURCE_GENERATED || !column->generator ||
        !other->generator || !demo_generator_is_ordered(column->generator) ||
        !demo_generator_is_ordered(other->generator)) {
        column->other = NULL;
        return;
    }
    bool above = column->comparison == CHECK_GREATER || column->comparison == CHECK_GREATER_EQUAL;
    if (column->generator->form != other->generator->form ||
        column->generator->scale != other->generator->scale || !above)
        return;
    /* Below what the other may be at most there must be room for the first. */
    int64_t high =
        column->generator->low + (int64_t)column->generator->size - 1 - (column->comparison == CHECK_GREATER);
    if (high > other->generator->low && other->generator->low + (int64_t)other->generator->size - 1 > high &&
        !other->other)
        other->generator->size = (uint64_t)(high - other->generator->low) + 1;
}

static void add_work(struct demo_plan *plan, struct demo_table *table)
{
    struct seed_work *work = ARENA_NEW(plan->arena, struct seed_work);
    struct seed_file *file = ARENA_NEW(plan->arena, struct seed_file);
    file->path = file->name = file->table = table->table->full_name;
    *work = (struct seed_work){.file = file, .table = table->table, .backwards = true};
    work->columns = arena_alloc(plan->arena, (table->column_count + 1) * sizeof *work->columns);
    for (size_t i = 0; i < table->column_count; ++i)
        if (table->columns[i].source != SOURCE_LEFT_OUT)
            work->columns[work->count++].number = i;
    table->work = work;
    plan->works->items[plan->works->count++] = work;
}

static int place_in(const struct seed_work *work, size_t number)
{
    for (size_t i = 0; i < work->count; ++i)
        if (work->columns[i].number == number)
            return (int)i;
    return SEED_NO_COLUMN;
}

/* By which rows are found again when late columns are filled in. */
static void choose_key(struct demo_plan *plan, struct seed_work *work)
{
    const struct seed_table *table = work->table;
    for (size_t i = 0; i < table->key_count && work->key_count == 0; ++i) {
        size_t *columns = arena_alloc(plan->arena, table->keys[i].count * sizeof *columns);
        bool whole = true;
        for (size_t j = 0; j < table->keys[i].count; ++j) {
            int place = place_in(work, table->keys[i].columns[j]);
            whole = whole && place != SEED_NO_COLUMN;
            columns[j] = (size_t)place;
        }
        if (!whole)
            continue;
        work->key = columns;
        work->key_count = table->keys[i].count;
        for (size_t j = 0; j < work->key_count; ++j)
            work->columns[columns[j]].key = true;
    }
}

static bool order(struct demo_plan *plan, dun_error *error)
{
    plan->works = ARENA_NEW(plan->arena, struct seed_works);
    *plan->works =
        (struct seed_works){.arena = plan->arena, .tables = plan->tables, .labels = map_new(plan->arena)};
    plan->works->items = arena_alloc(plan->arena, (plan->count + 1) * sizeof *plan->works->items);
    for (size_t i = 0; i < plan->count; ++i)
        if (plan->items[i].wanted > 0) {
            add_work(plan, &plan->items[i]);
            choose_key(plan, plan->items[i].work);
        }
    if (!seed_works_order(plan->works, error))
        return false;
    for (size_t i = 0; i < plan->works->count; ++i) {
        struct seed_work *work = plan->works->items[i];
        for (size_t j = 0; j < work->count; ++j) {
            struct demo_column *column = &demo_plan_of(plan, work->table)->columns[work->columns[j].number];
            column->late = work->columns[j].late;
        }
    }
    return true;
}

static uint64_t rows_in_all(const struct demo_plan *plan)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < plan->count; ++i)
        sum += plan->items[i].rows;
    return sum;
}

/* Whoever needs a row of each of the others gets as many rows as the smallest of them. */
static void even_out(struct demo_plan *plan)
{
    VECTOR_EACH (const struct demo_circle, circle, &plan->circles) {
        const struct demo_table *least = circle->tables[0];
        for (size_t i = 1; i < circle->count; ++i)
            if (circle->tables[i]->rows < least->rows)
                least = circle->tables[i];
        for (size_t i = 0; i < circle->count; ++i)
            if (circle->tables[i]->rows > least->rows) {
                circle->tables[i]->rows = least->rows;
                circle->tables[i]->short_of =
                    arena_printf(plan->arena, "each row needs one of its own in %s", least->table->full_name);
            }
    }
}

/* A table that gets fewer rows leaves those that refer to it less to choose from: until none changes. Rows
 * become only fewer. */
static bool settle_rows(struct demo_plan *plan, dun_error *error)
{
    uint64_t before = 0;
    for (size_t round = 0; round < 2 || (rows_in_all(plan) != before && round < plan->count + 2); ++round) {
        before = rows_in_all(plan);
        for (size_t i = 0; i < plan->works->count; ++i) {
            struct demo_table *table = demo_plan_of(plan, plan->works->items[i]->table);
            if (!demo_references_admit(plan, table, error))
                return false;
            demo_keys_settle(plan, table);
            demo_references_join(plan, table);
        }
        even_out(plan);
    }
    return true;
}

bool demo_plan_settle(struct demo_plan *plan, dun_error *error)
{
    bool to_files = plan->to_files;
    for (size_t i = 0; i < plan->count; ++i) {
        struct demo_table *table = &plan->items[i];
        table->rows = table->wanted;
        for (size_t j = 0; j < table->column_count && table->wanted; ++j)
            if (!settle_column(plan, table, j, to_files, error))
                return false;
        for (size_t j = 0; j < table->column_count && table->wanted; ++j)
            settle_relation(&table->columns[j]);
    }
    return demo_references_settle(plan, error) && order(plan, error) && settle_rows(plan, error);
}
