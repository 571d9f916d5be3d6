/*
 * Cycles, broken: foreign keys are taken out of the steps of their tables first, then other parts that can stand alone, then what
 * would have been changed in place is dropped and created again.
 */
#include "plan/work.h"

struct cycles {
    struct plan_work *work;
    const uint32_t *sizes;
    uint32_t *component_of;
};

/* Are both nodes in one cycle, and not the same? Numbers from 1. */
static bool in_one_cycle(const struct cycles *cycles, uint32_t one, uint32_t other)
{
    return one && other && one != other && cycles->component_of[one - 1] == cycles->component_of[other - 1];
}

static bool is_in_cycle(const struct cycles *cycles, uint32_t number)
{
    return number && cycles->sizes[cycles->component_of[number - 1]] > 1;
}

static bool may_stand_alone(const struct schema_object *part, bool foreign_keys)
{
    if (!part->parent)
        return false;
    if (foreign_keys)
        return part->kind == SCHEMA_FOREIGN_KEY;
    return part->kind != SCHEMA_COLUMN && part->kind != SCHEMA_PRIMARY_KEY;
}

/* Is the part in its table's step, from which it can be taken? */
static bool is_within(const struct plan_work *work, const struct schema_object *part, uint32_t number)
{
    const struct plan_step *step = &plan_node(work, number)->step;
    return step->action != PLAN_REBUILD_TABLE && step->from != part && step->to != part;
}

/* Is its table's step in a cycle by what the part needs? */
static bool is_in_the_way(const struct cycles *cycles, const struct schema_object *part, const struct plan_nodes_of *nodes)
{
    uint32_t own = nodes[part->index].main;
    if (!is_in_cycle(cycles, own) || !is_within(cycles->work, part, own))
        return false;
    for (size_t i = 0; i < part->need_count; ++i) {
        const struct plan_nodes_of *needed = &nodes[part->needs[i]->index];
        if (in_one_cycle(cycles, own, needed->main) || in_one_cycle(cycles, own, needed->rename))
            return true;
    }
    return false;
}

/* Only what comes or goes can do so by a step of its own. */
static bool comes(const struct plan_work *work, const struct schema_object *to)
{
    const struct schema_object *from = diff_counterpart(work->diff, to);
    return !from || work->fates[from->index] == PLAN_RECREATED;
}

static bool goes(const struct plan_work *work, const struct schema_object *from)
{
    return work->fates[from->index] >= PLAN_RECREATED;
}

static bool take_parts_out(const struct cycles *cycles, bool foreign_keys)
{
    struct plan_work *work = cycles->work;
    bool any = false;
    for (size_t i = 0; i < work->to_count; ++i)
        if (!work->apart_to[i] && may_stand_alone(work->to[i], foreign_keys) && comes(work, work->to[i]) &&
            is_in_the_way(cycles, work->to[i], work->of_to))
            any = work->apart_to[i] = true;
    for (size_t i = 0; i < work->from_count; ++i)
        if (!work->apart_from[i] && may_stand_alone(work->from[i], foreign_keys) && goes(work, work->from[i]) &&
            is_in_the_way(cycles, work->from[i], work->of_from))
            any = work->apart_from[i] = true;
    return any;
}

static bool recreate_changed(const struct cycles *cycles)
{
    struct plan_work *work = cycles->work;
    bool any = false;
    for (size_t i = 0; i < work->from_count; ++i) {
        struct schema_object *from = work->from[i];
        if (work->fates[i] == PLAN_CHANGES && !plan_holds_data(from) && is_in_cycle(cycles, work->of_from[i].main)) {
            plan_recreate(work, from);
            any = true;
        }
    }
    if (any)
        plan_settle(work);
    return any;
}

bool plan_break_cycles(struct plan_work *work)
{
    struct cycles cycles = {.work = work};
    cycles.component_of = arena_alloc(work->arena, (work->nodes.count + 1) * sizeof *cycles.component_of);
    cycles.sizes = graph_components(&work->graph, cycles.component_of);
    bool any = false;
    for (uint32_t i = 0; i < work->graph.node_count && !any; ++i)
        any = cycles.sizes[i] > 1;
    if (!any)
        return false;
    if (take_parts_out(&cycles, true) || take_parts_out(&cycles, false) || recreate_changed(&cycles))
        return true;
    graph_give_up_weak(&work->graph, cycles.component_of);
    return false;
}
