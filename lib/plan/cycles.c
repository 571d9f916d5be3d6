/*
 * Cycles, broken: foreign keys are taken out of the steps of their tables first, then whatever else can be,
 * then what would have been changed in place is dropped and created again, or, if it is a column, detached.
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

/* Is the object's step in a cycle with one of something that the object needs? */
static bool needs_in_cycle(const struct cycles *cycles, const struct schema_object *object,
                           const struct plan_nodes_of *nodes)
{
    uint32_t own = nodes[object->index].main;
    for (size_t i = 0; i < object->need_count && is_in_cycle(cycles, own); ++i) {
        const struct plan_nodes_of *needed = &nodes[object->needs[i]->index];
        if (in_one_cycle(cycles, own, needed->main) || in_one_cycle(cycles, own, needed->rename) ||
            in_one_cycle(cycles, own, nodes == cycles->work->of_from ? needed->detach : needed->attach))
            return true;
    }
    return false;
}

/* Can it be taken out of the step of what it is part of? A table comes and goes with its columns; an ALTER
 * can be made in turns. */
static bool can_stand_apart(const struct plan_work *work, const struct schema_object *part, uint32_t number)
{
    const struct plan_step *step = &plan_node(work, number)->step;
    bool essential = part->kind == SCHEMA_COLUMN || part->kind == SCHEMA_PRIMARY_KEY;
    if (!part->parent || step->from == part || step->to == part)
        return false;
    return step->action == PLAN_ALTER || (step->action != PLAN_REBUILD_TABLE && !essential);
}

/* What goes is taken out for what it needs before, all else for what it needs afterwards. */
static bool is_in_the_way(const struct cycles *cycles, const struct schema_object *object, bool of_from)
{
    const struct plan_work *work = cycles->work;
    if (of_from && work->fates[object->index] < PLAN_RECREATED)
        return false;
    const struct plan_nodes_of *nodes = of_from ? work->of_from : work->of_to;
    return needs_in_cycle(cycles, object, nodes) && can_stand_apart(work, object, nodes[object->index].main);
}

static bool take_out(const struct cycles *cycles, bool of_from, bool foreign_keys)
{
    struct plan_work *work = cycles->work;
    struct schema_object *const *objects = of_from ? work->from : work->to;
    size_t count = of_from ? work->from_count : work->to_count;
    bool *apart = of_from ? work->apart_from : work->apart_to, any = false;
    for (size_t i = 0; i < count; ++i)
        if (!apart[i] && (objects[i]->kind == SCHEMA_FOREIGN_KEY || !foreign_keys) &&
            is_in_the_way(cycles, objects[i], of_from))
            any = apart[i] = true;
    return any;
}

static bool take_parts_out(const struct cycles *cycles, bool foreign_keys)
{
    bool earlier = take_out(cycles, true, foreign_keys), later = take_out(cycles, false, foreign_keys);
    return earlier || later;
}

static bool recreate_changed(const struct cycles *cycles)
{
    struct plan_work *work = cycles->work;
    bool any = false;
    for (size_t i = 0; i < work->from_count; ++i) {
        struct schema_object *from = work->from[i];
        if (work->fates[i] != PLAN_CHANGES || plan_holds_data(from))
            continue;
        if (needs_in_cycle(cycles, from, work->of_from) ||
            needs_in_cycle(cycles, diff_counterpart(work->diff, from), work->of_to)) {
            plan_recreate(work, from);
            any = true;
        }
    }
    if (any)
        plan_settle(work);
    return any;
}

/* What cannot be created again lets go of what it needed, and takes what it will need afterwards. */
static bool detach_changed(const struct cycles *cycles)
{
    struct plan_work *work = cycles->work;
    bool any = false;
    for (size_t i = 0; i < work->from_count; ++i)
        if (work->fates[i] == PLAN_CHANGES && work->from[i]->kind == SCHEMA_COLUMN && !work->detached[i] &&
            needs_in_cycle(cycles, work->from[i], work->of_from))
            any = work->detached[i] = true;
    return any;
}

/* Finds the cycles that are left when loose edges are given up. Are there any? */
static bool find_cycles(struct cycles *cycles)
{
    struct plan_work *work = cycles->work;
    cycles->component_of = arena_alloc(work->arena, (work->nodes.count + 1) * sizeof *cycles->component_of);
    cycles->sizes = graph_components(&work->graph, cycles->component_of);
    if (graph_give_up(&work->graph, cycles->component_of, GRAPH_LOOSE))
        cycles->sizes = graph_components(&work->graph, cycles->component_of);
    for (uint32_t i = 0; i < work->graph.node_count; ++i)
        if (cycles->sizes[i] > 1)
            return true;
    return false;
}

bool plan_break_cycles(struct plan_work *work)
{
    struct cycles cycles = {.work = work};
    if (!find_cycles(&cycles))
        return false;
    if (take_parts_out(&cycles, true) || take_parts_out(&cycles, false) || recreate_changed(&cycles) ||
        detach_changed(&cycles))
        return true;
    graph_give_up(&work->graph, cycles.component_of, GRAPH_WEAK);
    return false;
}
