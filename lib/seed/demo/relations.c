/* What is known of the columns of a table from its checks, and how they follow from each other: by checks,
 * and by their names. */
#include "seed/demo/partitions.h"
#include "seed/demo/plan.h"
#include "seed/demo/restrict.h"
#include "seed/demo/rule.h"

#include <string.h>

/* The checks of the table, of its columns' types, and those that MariaDB has with a column. */
static void add_check(struct demo_plan *plan, struct demo_table *table,
                      struct demo_restrictions *restrictions, const struct schema_object *object,
                      enum schema_attribute attribute)
{
    const char *text = catalog_text(object, attribute);
    if (!text || catalog_value(object, ATTRIBUTE_NOT_ENFORCED))
        return;
    struct demo_check *check =
        demo_check_read(plan->arena, plan->tables->engine->dialect, text, strlen(text));
    if (!demo_restrict(restrictions, check))
        *vector_add(plan->arena, &table->not_understood) = object;
}

/* What partitions and periods want; what is not understood is tried. */
static void read_conditions(struct demo_plan *plan, const struct demo_table *table,
                            struct demo_restrictions *restrictions)
{
    enum sql_dialect dialect = plan->tables->engine->dialect;
    demo_conditions conditions = {0};
    restrictions->value = SIZE_MAX;
    demo_partitions(plan->arena, dialect, plan->tables->catalog, table->table->object, &conditions);
    demo_periods(plan->arena, dialect, table->table->object, &conditions);
    VECTOR_EACH (const char *const, condition, &conditions)
        demo_restrict(restrictions, demo_check_read(plan->arena, dialect, *condition, strlen(*condition)));
}

static void read_checks(struct demo_plan *plan, struct demo_table *table,
                        struct demo_restrictions *restrictions)
{
    const struct schema_object *object = table->table->object;
    size_t column = 0;
    for (size_t i = 0; i < object->part_count; ++i) {
        const struct schema_object *part = object->parts[i];
        restrictions->value = SIZE_MAX;
        if (part->kind == SCHEMA_CHECK || part->kind == SCHEMA_EXCLUSION)
            add_check(plan, table, restrictions, part, ATTRIBUTE_EXPRESSION);
        if (part->kind == SCHEMA_EXCLUSION)
            *vector_add(plan->arena, &table->not_understood) = part;
        if (part->kind != SCHEMA_COLUMN)
            continue;
        restrictions->value = column;
        const struct demo_type *type = &table->columns[column++].type;
        VECTOR_EACH (const struct schema_object *const, check, &type->checks)
            add_check(plan, table, restrictions, *check, ATTRIBUTE_EXPRESSION);
        add_check(plan, table, restrictions, part, ATTRIBUTE_CHECK);
    }
}

static bool depends_on(const struct demo_column *column, const struct demo_column *other)
{
    for (; column; column = column->other)
        if (column == other)
            return true;
    return false;
}

/* Of two columns the later one follows the earlier one, unless that would be a circle, or it has one to
 * follow already. */
static bool relate(struct demo_table *table, size_t column, size_t other, enum demo_comparison comparison)
{
    if (other > column) {
        size_t swapped = column;
        column = other;
        other = swapped;
        comparison = demo_comparison_mirrored(comparison);
    }
    struct demo_column *later = &table->columns[column], *earlier = &table->columns[other];
    if (later->other) {
        later = &table->columns[other];
        earlier = &table->columns[column];
        comparison = demo_comparison_mirrored(comparison);
    }
    if (later->other || depends_on(earlier, later))
        return false;
    later->other = earlier;
    later->comparison = comparison;
    return true;
}

static bool is_timed(const struct demo_column *column)
{
    return column->type.class == DEMO_DATE || column->type.class == DEMO_MOMENT;
}

static bool has_any(const char *name, const char *const *words)
{
    for (; *words; ++words)
        if (demo_name_has(name, *words))
            return true;
    return false;
}

/* Which words come one after the other in the life of a thing; what has none of them comes after the first.
 */
static const char *const stages[][10] = {
    {"created", "inserted", "registered", "placed", "ordered", "opened", "joined", "signed_up", "hired",
     NULL},
    {"confirmed", "accepted", "approved", "submitted", "paid", NULL},
    {"packed", "shipped", "sent", "dispatched", NULL},
    {"delivered", "received", "arrived", "returned", NULL},
};

enum { STAGES = sizeof stages / sizeof *stages };

static size_t stage_of(const struct demo_column *column)
{
    for (size_t i = 0; i < STAGES; ++i)
        if (has_any(column->column->name, stages[i]))
            return i;
    return STAGES;
}

/* The column whose date comes right before; NULL: there is none. */
static struct demo_column *stage_before(struct demo_table *table, const struct demo_column *column)
{
    struct demo_column *before = NULL;
    size_t stage = stage_of(column), last = stage == STAGES ? 1 : stage;
    for (size_t i = 0; i < table->column_count; ++i) {
        struct demo_column *other = &table->columns[i];
        size_t reached = stage_of(other);
        if (is_timed(other) && other != column && reached < last && (!before || reached > stage_of(before)))
            before = other;
    }
    return before;
}

static struct demo_column *first_timed(struct demo_table *table, const char *const *words)
{
    for (size_t i = 0; i < table->column_count; ++i)
        if (is_timed(&table->columns[i]) && has_any(table->columns[i].column->name, words))
            return &table->columns[i];
    return NULL;
}

static bool is_later(const struct demo_column *column)
{
    return column->comparison == CHECK_GREATER || column->comparison == CHECK_GREATER_EQUAL;
}

/* A check wants no more of the column than to come after what `before` comes after, too. */
static bool is_kept_by(const struct demo_column *column, const struct demo_column *before)
{
    return before && is_later(column) && before->other == column->other && is_later(before);
}

/* What is created is updated, shipped and deleted later; what begins ends later. */
static void relate_by_names(struct demo_table *table)
{
    static const char *const begins[] = {"start", "starts", "started", "begin", "begins", "from", NULL};
    static const char *const ends[] = {"end",   "ends", "ended", "finish",  "finished",
                                       "until", "to",   "stop",  "stopped", NULL};
    static const char *const apart[] = {"birth",  "birthday", "birthdate", "dob",  "born", "start",
                                        "starts", "begin",    "begins",    "from", NULL};
    struct demo_column *beginning = first_timed(table, begins);
    for (size_t i = 0; i < table->column_count; ++i) {
        struct demo_column *column = &table->columns[i];
        const char *name = column->column->name;
        if (!is_timed(column) || column == beginning)
            continue;
        struct demo_column *before = beginning && has_any(name, ends) ? beginning
                                     : !has_any(name, apart)          ? stage_before(table, column)
                                                                      : NULL;
        if (before && !depends_on(before, column) && (!column->other || is_kept_by(column, before))) {
            if (!column->other)
                column->comparison = CHECK_GREATER_EQUAL;
            column->other = before;
        }
    }
}

void demo_relations_read(struct demo_plan *plan, struct demo_table *table)
{
    struct demo_type *types = arena_alloc(plan->arena, (table->column_count + 1) * sizeof *types);
    struct demo_restrictions restrictions = {
        .arena = plan->arena,
        .table = table->table,
        .types = types,
        .limits = arena_alloc(plan->arena, (table->column_count + 1) * sizeof(struct demo_limits)),
    };
    for (size_t i = 0; i < table->column_count; ++i)
        types[i] = table->columns[i].type;
    read_checks(plan, table, &restrictions);
    read_conditions(plan, table, &restrictions);
    for (size_t i = 0; i < table->column_count; ++i)
        table->columns[i].limits = restrictions.limits[i];
    VECTOR_EACH (const struct demo_relation, relation, &restrictions.relations)
        relate(table, relation->column, relation->other, relation->comparison);
    relate_by_names(table);
}
