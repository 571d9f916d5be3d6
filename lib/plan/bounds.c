/* Partitions of one table, whose bounds may not overlap at any time: which change first. For edges.c. */
#include "plan/work.h"

#include "base/map.h"

static bool is_bounded(const struct schema_object *table)
{
    return table && !table->parent && catalog_value(table, ATTRIBUTE_PARTITION_BOUND);
}

/* Does the change give up bounds that others may take? 2: for good, 1: it takes others at once, 0: no. */
static int gives_up(const struct diff_change *change)
{
    if (!is_bounded(change->from))
        return 0;
    if (change->action == DIFF_DROP || !is_bounded(change->to))
        return 2;
    return diff_has(change, ATTRIBUTE_PARTITION_BOUND);
}

/* Does it take bounds? 2: it had none, 1: it gives up others, 0: no. */
static int takes(const struct diff_change *change)
{
    if (!is_bounded(change->to))
        return 0;
    if (!is_bounded(change->from))
        return 2;
    return diff_has(change, ATTRIBUTE_PARTITION_BOUND);
}

/* The changes that take bounds in one table. */
struct takers {
    VECTOR(const struct diff_change *) changes;
};

static void add_taker(struct plan_work *work, struct map *tables, const struct diff_change *change)
{
    const char *table = takes(change) ? catalog_text(change->to, ATTRIBUTE_PARTITION_OF) : NULL;
    if (!table)
        return;
    struct takers *takers = map_get(tables, table);
    if (!takers) {
        takers = ARENA_NEW(work->arena, struct takers);
        map_add(tables, table, takers);
    }
    *vector_add(work->arena, &takers->changes) = change;
}

static void add_giver(struct plan_work *work, const struct map *tables, const struct diff_change *first)
{
    int given = gives_up(first);
    const char *table = given ? catalog_text(first->from, ATTRIBUTE_PARTITION_OF) : NULL;
    const struct takers *takers = table ? map_get(tables, table) : NULL;
    if (!takers)
        return;
    VECTOR_EACH (const struct diff_change *const, second, &takers->changes)
        if (given + takes(*second) > 2)
            plan_edge(work, work->of_from[first->from->index].main, work->of_to[(*second)->to->index].main,
                      GRAPH_WEAK);
}

void plan_add_bounds(struct plan_work *work)
{
    struct map *tables = map_new(work->arena);
    VECTOR_EACH (const struct diff_change, change, &work->diff->changes)
        add_taker(work, tables, change);
    if (map_count(tables) == 0)
        return;
    VECTOR_EACH (const struct diff_change, change, &work->diff->changes)
        add_giver(work, tables, change);
}
