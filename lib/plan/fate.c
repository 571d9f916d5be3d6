/* What becomes of each object: changed in place, rebuilt, or dropped and created again for what it needs. */
#include "plan/work.h"

bool plan_holds_data(const struct schema_object *object)
{
    switch (object->kind) {
    case SCHEMA_COLUMN:
        return !catalog_value(object, ATTRIBUTE_GENERATED);
    case SCHEMA_SCHEMA:
    case SCHEMA_EXTENSION:
    case SCHEMA_SEQUENCE:
    case SCHEMA_TABLE:
    case SCHEMA_FOREIGN_TABLE:
    case SCHEMA_VIRTUAL_TABLE:
        return true;
    default:
        return false;
    }
}

bool plan_still_needs(const struct plan_work *work, const struct schema_object *from,
                      const struct schema_object *needed)
{
    const struct schema_object *to = diff_counterpart(work->diff, from),
                               *still = diff_counterpart(work->diff, needed);
    for (size_t i = 0; to && still && i < to->need_count; ++i)
        if (to->needs[i] == still)
            return true;
    return false;
}

static void find_dependents(struct plan_work *work)
{
    uint32_t *start = arena_alloc(work->arena, (work->from_count + 2) * sizeof *start);
    size_t total = 0;
    for (size_t i = 0; i < work->from_count; ++i)
        for (size_t j = 0; j < work->from[i]->need_count; ++j, ++total)
            ++start[work->from[i]->needs[j]->index + 2];
    for (size_t i = 2; i < work->from_count + 2; ++i)
        start[i] += start[i - 1];
    /* start[i + 1] is where the next dependent of i goes: its end when all are there. */
    work->dependents = arena_alloc(work->arena, (total + 1) * sizeof *work->dependents);
    for (size_t i = 0; i < work->from_count; ++i)
        for (size_t j = 0; j < work->from[i]->need_count; ++j)
            work->dependents[start[work->from[i]->needs[j]->index + 1]++] = work->from[i];
    work->dependents_start = start;
}

static void share_fate(struct plan_work *work, struct schema_object *from, enum plan_fate fate)
{
    work->fates[from->index] = fate;
    for (size_t i = 0; i < from->part_count; ++i)
        if (work->fates[from->parts[i]->index] != PLAN_GONE)
            share_fate(work, from->parts[i], fate);
}

static bool is_out(enum plan_fate fate)
{
    return fate == PLAN_RECREATED || fate == PLAN_GONE;
}

void plan_recreate(struct plan_work *work, struct schema_object *from)
{
    if (is_out(work->fates[from->index]))
        return;
    share_fate(work, from, PLAN_RECREATED);
    *vector_add(work->arena, &work->disturbed) = from;
}

/* The table that a change concerns, in `from`. */
static struct schema_object *table_of(const struct plan_work *work, const struct diff_change *change)
{
    return change->from ? plan_top(change->from) : diff_counterpart(work->diff, plan_top(change->to));
}

static void start_fate(struct plan_work *work, const struct diff_change *change, enum plan_means means)
{
    struct schema_object *from = change->from, *table = table_of(work, change);
    if (means == PLAN_REBUILD && table && !is_out(work->fates[table->index]))
        work->fates[table->index] = PLAN_REBUILT;
    if (!from || is_out(work->fates[from->index]))
        return;
    if (change->action == DIFF_DROP) {
        share_fate(work, from, PLAN_GONE);
        *vector_add(work->arena, &work->disturbed) = from;
    } else if (means == PLAN_REPLACE) {
        plan_recreate(work, from);
    } else if (work->fates[from->index] == PLAN_STAYS) {
        work->fates[from->index] = PLAN_CHANGES;
    }
}

static bool is_rebuilt(const struct plan_work *work, struct schema_object *from)
{
    return work->fates[plan_top(from)->index] == PLAN_REBUILT;
}

/* May the dependent stay, as far as `needed` is concerned, whatever happens to that? */
static bool is_settled(const struct plan_work *work, struct schema_object *dependent,
                       const struct schema_object *needed)
{
    enum plan_fate fate = work->fates[dependent->index];
    if (is_out(fate) || is_rebuilt(work, dependent)) /* a rebuilt table brings its parts along */
        return true;
    return fate == PLAN_CHANGES &&
           !plan_still_needs(work, dependent, needed); /* its own change comes first */
}

static bool is_column_of_view(const struct schema_object *object)
{
    return object->kind == SCHEMA_COLUMN &&
           (object->parent->kind == SCHEMA_VIEW || object->parent->kind == SCHEMA_MATERIALIZED_VIEW);
}

/* Where a column becomes another one for a while, what needs it has to be out of the way, too. */
static void detach(struct plan_work *work, struct schema_object *dependent,
                   const struct schema_object *needed)
{
    const struct plan_language *language = work->language;
    if (work->detached[dependent->index])
        return;
    work->detached[dependent->index] = true;
    if (language->detaches_dependents && language->detaches_dependents(dependent, needed))
        *vector_add(work->arena, &work->disturbed) = dependent;
}

static void clear_away(struct plan_work *work, struct schema_object *dependent,
                       const struct schema_object *needed, enum plan_obstacle obstacle)
{
    if (obstacle == PLAN_NO_OBSTACLE)
        return;
    if (is_column_of_view(dependent)) /* which is made by the query */
        plan_recreate(work, dependent->parent);
    else if (obstacle == PLAN_OBSTACLE_DETACH || plan_holds_data(dependent))
        detach(work, dependent, needed);
    else
        plan_recreate(work, dependent);
}

static void ask_dependents(struct plan_work *work, const struct diff_change *change,
                           const struct schema_object *needed)
{
    for (uint32_t i = work->dependents_start[needed->index]; i < work->dependents_start[needed->index + 1];
         ++i) {
        struct schema_object *dependent = work->dependents[i];
        if (!is_settled(work, dependent, needed))
            clear_away(work, dependent, needed, work->language->obstacle(change, dependent));
    }
}

/* A table that is rebuilt is away for a moment, with all its parts. */
static void ask_dependents_of_all(struct plan_work *work, const struct diff_change *change,
                                  const struct schema_object *needed)
{
    ask_dependents(work, change, needed);
    for (size_t i = 0; i < needed->part_count; ++i)
        ask_dependents_of_all(work, change, needed->parts[i]);
}

static void disturb_by_changes(struct plan_work *work)
{
    bool *asked = arena_alloc(work->arena, work->from_count + 1); /* tables whose dependents are */
    for (size_t i = 0; i < work->diff->changes.count; ++i) {
        const struct diff_change *change = &work->diff->changes.items[i];
        struct schema_object *from = change->from, *table = table_of(work, change);
        if (work->means[i] == PLAN_REBUILD && table && work->fates[table->index] == PLAN_REBUILT) {
            if (!asked[table->index])
                ask_dependents_of_all(work, change, table);
            asked[table->index] = true;
        } else if (from && !is_out(work->fates[from->index])) {
            ask_dependents(work, change, from);
        }
    }
}

static void clear_dependents_of_all(struct plan_work *work, const struct schema_object *needed)
{
    for (uint32_t i = work->dependents_start[needed->index]; i < work->dependents_start[needed->index + 1];
         ++i) {
        struct schema_object *dependent = work->dependents[i];
        if (!is_settled(work, dependent, needed))
            clear_away(work, dependent, needed, PLAN_OBSTACLE_RECREATE);
    }
    for (size_t i = 0; i < needed->part_count; ++i)
        clear_dependents_of_all(work, needed->parts[i]);
}

void plan_settle(struct plan_work *work)
{
    for (size_t i = 0; i < work->disturbed.count; ++i) /* grows meanwhile */
        clear_dependents_of_all(work, work->disturbed.items[i]);
    work->disturbed.count = 0;
}

void plan_decide_fates(struct plan_work *work)
{
    const struct diff *diff = work->diff;
    find_dependents(work);
    for (size_t i = 0; i < diff->changes.count; ++i) {
        work->means[i] = work->language->means(&diff->changes.items[i], work->options);
        start_fate(work, &diff->changes.items[i], work->means[i]);
    }
    disturb_by_changes(work);
    plan_settle(work);
}
