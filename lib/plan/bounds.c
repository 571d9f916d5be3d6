/* Partitions of one table, whose bounds may not overlap at any time: which change first. For edges.c. */
#include "plan/work.h"

#include <string.h>

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

static bool are_of_one_table(const struct schema_object *from, const struct schema_object *to)
{
    const char *left = catalog_text(from, ATTRIBUTE_PARTITION_OF),
               *right = catalog_text(to, ATTRIBUTE_PARTITION_OF);
    return left && right && strcmp(left, right) == 0;
}

void plan_add_bounds(struct plan_work *work)
{
    const struct diff *diff = work->diff;
    for (size_t i = 0; i < diff->changes.count; ++i) {
        const struct diff_change *first = &diff->changes.items[i];
        int given = gives_up(first);
        for (size_t j = 0; given && j < diff->changes.count; ++j) {
            const struct diff_change *second = &diff->changes.items[j];
            if (given + takes(second) > 2 && are_of_one_table(first->from, second->to))
                plan_edge(work, work->of_from[first->from->index].main, work->of_to[second->to->index].main,
                          GRAPH_WEAK);
        }
    }
}
