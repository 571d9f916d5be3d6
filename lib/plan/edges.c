/* What has to come before what. */
#include "plan/work.h"

static void before(struct plan_work *work, uint32_t first, uint32_t second)
{
    plan_edge(work, first, second, GRAPH_STRONG);
}

/* Where the one may be there without the other, the order is only the nicer one. */
static enum graph_strength strength_of(const struct plan_work *work, const struct schema_object *object,
                                       const struct schema_object *needed)
{
    bool loose = work->language->is_loose && work->language->is_loose(object, needed);
    return loose ? GRAPH_LOOSE : GRAPH_STRONG;
}

/* The first and the last that is done to an object, but for what is detached meanwhile. */
static uint32_t first_of(const struct plan_nodes_of *nodes)
{
    return nodes->rename ? nodes->rename : nodes->main;
}

static uint32_t last_of(const struct plan_nodes_of *nodes)
{
    return nodes->main ? nodes->main : nodes->rename;
}

static bool is_touched(const struct plan_nodes_of *nodes)
{
    return nodes->main || nodes->rename || nodes->detach;
}

/* Is it the ALTER of a table that changes parts of it only? Who needs some of its parts need not care. */
static bool changes_parts_only(const struct plan_work *work, uint32_t number)
{
    const struct plan_node *node = plan_node(work, number);
    return node->step.action == PLAN_ALTER && !node->own_change;
}

/* Marks the parents of what the object needs: it needs parts of those. */
struct needed_parents {
    uint32_t *marks; /* by index; who marked it last */
    uint32_t mark;
};

static void mark_parents(struct needed_parents *parents, const struct schema_object *object)
{
    ++parents->mark;
    for (size_t i = 0; i < object->need_count; ++i)
        if (object->needs[i]->parent)
            parents->marks[object->needs[i]->parent->index] = parents->mark;
}

static bool may_ignore(const struct plan_work *work, const struct needed_parents *parents,
                       const struct schema_object *needed, uint32_t number)
{
    return number && parents->marks[needed->index] == parents->mark && changes_parts_only(work, number);
}

/* What `to` needs is there before. */
static void add_needs_of_to(struct plan_work *work, struct needed_parents *parents,
                            const struct schema_object *to)
{
    const struct plan_nodes_of *own = &work->of_to[to->index];
    if (!is_touched(own))
        return;
    mark_parents(parents, to);
    for (size_t i = 0; i < to->need_count; ++i) {
        uint32_t needed = last_of(&work->of_to[to->needs[i]->index]);
        plan_edge(work, work->of_to[to->needs[i]->index].attach, own->main, GRAPH_WEAK);
        before(work, work->of_to[plan_top(to->needs[i])->index].rename, own->main);
        if (may_ignore(work, parents, to->needs[i], needed))
            continue;
        enum graph_strength strength = strength_of(work, to, to->needs[i]);
        plan_edge(work, needed, own->main, strength);
        plan_edge(work, needed, own->attach, strength);
    }
}

/* What is done first to what is needed and is to be waited for. */
static uint32_t first_in_the_way(const struct plan_work *work, const struct schema_object *needed)
{
    uint32_t first = first_of(&work->of_from[needed->index]);
    return first && plan_node(work, first)->extends ? 0 : first;
}

/* What needs something in `from` is out of the way before that changes or goes. */
static void add_needs_of_from(struct plan_work *work, struct needed_parents *parents,
                              const struct schema_object *from)
{
    const struct plan_nodes_of *own = &work->of_from[from->index];
    if (!is_touched(own))
        return;
    mark_parents(parents, from);
    for (size_t i = 0; i < from->need_count; ++i) {
        const struct schema_object *needed = from->needs[i];
        uint32_t other = first_in_the_way(work, needed), detached = work->of_from[needed->index].detach;
        if (!(other || detached) || may_ignore(work, parents, needed, other))
            continue;
        enum graph_strength strength = strength_of(work, from, needed);
        plan_edge(work, own->detach, other, strength);
        if (plan_is_gone(work, from) || (!own->detach && !plan_still_needs(work, from, needed))) {
            plan_edge(work, own->main, detached, GRAPH_WEAK);
            plan_edge(work, own->main, other, strength);
        }
    }
}

/* What is done to one object, in order. */
static void add_own_order(struct plan_work *work, const struct plan_nodes_of *own)
{
    before(work, own->detach, own->rename);
    before(work, own->detach, own->main);
    before(work, own->rename, own->main);
    before(work, own->rename, own->attach);
    before(work, own->main, own->attach);
}

/* Parts go before what they are part of changes, under the old name, and come after it, under the new one. */
static void add_parent_of_from(struct plan_work *work, const struct schema_object *part)
{
    const struct plan_nodes_of *own = &work->of_from[part->index];
    for (const struct schema_object *parent = part->parent; parent && is_touched(own);
         parent = parent->parent) {
        const struct plan_nodes_of *other = &work->of_from[parent->index];
        before(work, own->detach, other->rename);
        if (!own->main || !plan_is_gone(work, part))
            continue;
        if (plan_node(work, own->main)->step.action == PLAN_DROP)
            before(work, own->main, other->rename);
        else
            before(work, other->rename, own->main); /* an ALTER, which has the new name */
        before(work, own->main, other->main);
    }
}

static void add_parent_of_to(struct plan_work *work, const struct schema_object *part)
{
    const struct plan_nodes_of *own = &work->of_to[part->index];
    for (const struct schema_object *parent = part->parent; parent && is_touched(own);
         parent = parent->parent) {
        const struct plan_nodes_of *other = &work->of_to[parent->index];
        before(work, other->rename, own->rename);
        before(work, other->rename, own->main);
        before(work, other->rename, own->attach);
        before(work, other->main, own->main);
        before(work, other->main, own->attach);
        if (own->rename)
            before(work, own->rename, other->main);
    }
}

/* A foreign key that came back while a partition is there that is to go would lead to that again. */
static void add_gone_partitions(struct plan_work *work, const struct schema_object *key, uint32_t created)
{
    for (size_t i = 0; i < key->need_count && key->kind == SCHEMA_FOREIGN_KEY; ++i)
        if (plan_is_gone(work, key->needs[i]) && !key->needs[i]->parent)
            plan_edge(work, work->of_from[key->needs[i]->index].main, created, GRAPH_WEAK);
}

/* What is created again is dropped before. */
static void add_recreated(struct plan_work *work, const struct schema_object *from)
{
    const struct schema_object *to = diff_counterpart(work->diff, from);
    if (!to || work->fates[from->index] != PLAN_RECREATED)
        return;
    before(work, work->of_from[from->index].main, work->of_to[to->index].main);
    add_gone_partitions(work, from, work->of_to[to->index].main);
}

static struct needed_parents new_marks(struct plan_work *work, size_t count)
{
    return (struct needed_parents){.marks = arena_alloc(work->arena, (count + 1) * sizeof(uint32_t))};
}

void plan_add_edges(struct plan_work *work)
{
    work->graph = (struct graph){.arena = work->arena, .node_count = (uint32_t)work->nodes.count};
    struct needed_parents parents = new_marks(work, work->from_count);
    for (size_t i = 0; i < work->from_count; ++i) {
        add_needs_of_from(work, &parents, work->from[i]);
        add_parent_of_from(work, work->from[i]);
        add_own_order(work, &work->of_from[i]);
        add_recreated(work, work->from[i]);
    }
    parents = new_marks(work, work->to_count);
    for (size_t i = 0; i < work->to_count; ++i) {
        add_needs_of_to(work, &parents, work->to[i]);
        add_parent_of_to(work, work->to[i]);
    }
    plan_add_names(work);
    plan_add_bounds(work);
}
