/* The steps of a plan, from the fates of the objects. */
#include "plan/work.h"

#include <string.h>

/* The number of a new node. */
static uint32_t add_node(struct plan_work *work, enum plan_action action, struct schema_object *from,
                         struct schema_object *to)
{
    struct plan_node *node = vector_add(work->arena, &work->nodes);
    node->step = (struct plan_step){.action = action, .from = from, .to = to};
    return (uint32_t)work->nodes.count;
}

static void add_change(struct plan_work *work, uint32_t number, const struct diff_change *change)
{
    *vector_add(work->arena, &plan_node(work, number)->changes) = change;
}

static bool is_recreated(const struct plan_work *work, const struct schema_object *from)
{
    return from && work->fates[from->index] == PLAN_RECREATED;
}

/* An object of `from`, or the counterpart of one of `to`. */
static struct schema_object *on_from_side(const struct plan_work *work, const struct diff_change *change)
{
    return change->from ? change->from : diff_counterpart(work->diff, change->to);
}

static struct schema_object *parent_on_from_side(const struct plan_work *work,
                                                 const struct diff_change *change)
{
    if (change->from)
        return change->from->parent;
    return change->to->parent ? diff_counterpart(work->diff, change->to->parent) : NULL;
}

/* The PLAN_ALTER of an object, to which changes are added. */
static uint32_t alter_node(struct plan_work *work, struct schema_object *from)
{
    if (!work->alter_of[from->index]) {
        struct schema_object *to = diff_counterpart(work->diff, from);
        uint32_t number = add_node(work, PLAN_ALTER, from, to);
        work->alter_of[from->index] = number;
        if (!work->of_from[from->index].main)
            work->of_from[from->index].main = work->of_to[to->index].main = number;
    }
    return work->alter_of[from->index];
}

/* All parts that stay go through the rebuild. */
static void set_rebuilt(struct plan_work *work, struct schema_object *from, uint32_t number)
{
    struct schema_object *to = diff_counterpart(work->diff, from);
    work->of_from[from->index].main = number;
    if (to)
        work->of_to[to->index].main = number;
    for (size_t i = 0; i < from->part_count; ++i)
        set_rebuilt(work, from->parts[i], number);
}

static uint32_t rebuild_node(struct plan_work *work, struct schema_object *table)
{
    if (!work->alter_of[table->index]) {
        uint32_t number = add_node(work, PLAN_REBUILD_TABLE, table, diff_counterpart(work->diff, table));
        work->alter_of[table->index] = number;
        plan_node(work, number)->own_change = true;
        set_rebuilt(work, table, number);
    }
    return work->alter_of[table->index];
}

static uint32_t add_create(struct plan_work *work, struct schema_object *to, bool recreated, bool replaced);

/* The parts of `to` within the node, or as nodes of their own when `apart`. */
static void add_parts(struct plan_work *work, uint32_t number, const struct schema_object *to, bool recreated,
                      bool apart)
{
    for (size_t i = 0; i < to->part_count; ++i) {
        struct schema_object *part = to->parts[i];
        bool inside = work->language->created_inside(part) && !work->apart_to[part->index];
        if (inside && !apart) {
            *vector_add(work->arena, &plan_node(work, number)->inside) = part;
            work->of_to[part->index].main = number;
        } else if (!inside && apart) {
            add_create(work, part, recreated, false);
        }
        if (inside)
            add_parts(work, number, part, recreated, apart);
    }
}

static uint32_t add_create(struct plan_work *work, struct schema_object *to, bool recreated, bool replaced)
{
    struct schema_object *from = recreated ? diff_counterpart(work->diff, to) : NULL;
    uint32_t number = add_node(work, PLAN_CREATE, from, to);
    plan_node(work, number)->step.recreated = from != NULL;
    plan_node(work, number)->replaced = replaced;
    work->of_to[to->index].main = number;
    add_parts(work, number, to, recreated, false);
    add_parts(work, number, to, recreated, true);
    return number;
}

static uint32_t add_drop(struct plan_work *work, struct schema_object *from, bool recreated, bool replaced);

static void set_dropped(struct plan_work *work, struct schema_object *from, uint32_t number, bool recreated)
{
    work->of_from[from->index].main = number;
    for (size_t i = 0; i < from->part_count; ++i) {
        struct schema_object *part = from->parts[i];
        if (work->apart_from[part->index])
            add_drop(work, part, recreated, false);
        else
            set_dropped(work, part, number, recreated);
    }
}

static uint32_t add_drop(struct plan_work *work, struct schema_object *from, bool recreated, bool replaced)
{
    struct schema_object *to = recreated ? diff_counterpart(work->diff, from) : NULL;
    uint32_t number = add_node(work, PLAN_DROP, from, to);
    plan_node(work, number)->step.recreated = to != NULL;
    plan_node(work, number)->replaced = replaced;
    set_dropped(work, from, number, recreated);
    return number;
}

/* The change has become part of another step: what is created or dropped by it belongs to that. */
static void set_joined(struct plan_work *work, uint32_t number, const struct diff_change *change)
{
    add_change(work, number, change);
    if (change->action == DIFF_DROP) {
        set_dropped(work, change->from, number, false);
        return;
    }
    work->of_to[change->to->index].main = number;
    if (change->action != DIFF_CREATE) {
        work->of_from[change->from->index].main = number;
        return;
    }
    add_parts(work, number, change->to, false, false);
    add_parts(work, number, change->to, false, true);
}

static bool is_apart(const struct plan_work *work, const struct diff_change *change)
{
    return (change->to && work->apart_to[change->to->index]) ||
           (change->from && work->apart_from[change->from->index]);
}

static bool has_other_name(const struct plan_work *work, const struct schema_object *from)
{
    const struct schema_object *to = diff_counterpart(work->diff, from);
    return to && strcmp(from->name, to->name) != 0;
}

/* An ALTER of the parent for one change alone. */
static uint32_t apart_node(struct plan_work *work, struct schema_object *parent)
{
    return add_node(work, PLAN_ALTER, parent, diff_counterpart(work->diff, parent));
}

/* The step that the change joins; 0: none. */
static uint32_t joined_node(struct plan_work *work, const struct diff_change *change, enum plan_means means)
{
    struct schema_object *parent = parent_on_from_side(work, change);
    struct schema_object *own = on_from_side(work, change), *table = parent ? plan_top(parent) : own;
    bool rebuilt = table && work->fates[table->index] == PLAN_REBUILT;
    if (rebuilt && (means == PLAN_REBUILD || own == table || work->language->joins(change)))
        return change->action == DIFF_RENAME && own == table ? 0 : rebuild_node(work, table);
    if (parent && work->language->joins(change)) {
        bool apart = is_apart(work, change);
        /* An ALTER comes behind the rename of its table, a drop by itself before it. */
        if (apart && change->action == DIFF_DROP && has_other_name(work, parent))
            return 0;
        return apart ? apart_node(work, parent) : alter_node(work, parent);
    }
    if (change->action == DIFF_ALTER)
        return alter_node(work, change->from);
    return 0;
}

static void note_own_change(struct plan_node *node, enum plan_means means)
{
    node->own_change = true;
    node->extends = means == PLAN_EXTEND;
}

static void add_change_node(struct plan_work *work, const struct diff_change *change, enum plan_means means)
{
    uint32_t joined = joined_node(work, change, means);
    if (joined) {
        set_joined(work, joined, change);
        if (change->action == DIFF_ALTER && plan_node(work, joined)->step.from == change->from)
            note_own_change(plan_node(work, joined), means);
    } else if (change->action == DIFF_CREATE) {
        add_change(work, add_create(work, change->to, false, false), change);
    } else if (change->action == DIFF_DROP) {
        add_change(work, add_drop(work, change->from, false, false), change);
    } else {
        uint32_t number = add_node(work, PLAN_RENAME, change->from, change->to);
        add_change(work, number, change);
        work->of_from[change->from->index].rename = work->of_to[change->to->index].rename = number;
    }
}

/* Is the change one of something that is dropped and created again as a whole? */
static bool is_swallowed(const struct plan_work *work, const struct diff_change *change)
{
    if (change->from && is_recreated(work, change->from))
        return true;
    return is_recreated(work, parent_on_from_side(work, change));
}

static void add_recreated(struct plan_work *work, struct schema_object *from)
{
    struct schema_object *to = diff_counterpart(work->diff, from);
    bool replaced = diff_find(work->diff, from) != NULL;
    if (from->parent && is_recreated(work, from->parent))
        return;
    add_drop(work, from, true, replaced);
    add_create(work, to, true, replaced);
}

static void add_detached(struct plan_work *work, struct schema_object *from)
{
    struct schema_object *to = diff_counterpart(work->diff, from);
    work->of_from[from->index].detach = work->of_to[to->index].detach = add_node(work, PLAN_DETACH, from, to);
    work->of_from[from->index].attach = work->of_to[to->index].attach = add_node(work, PLAN_ATTACH, from, to);
}

static void forget(struct plan_work *work)
{
    memset(&work->nodes, 0, sizeof work->nodes);
    for (size_t i = 0; i < work->from_count; ++i) {
        work->of_from[i] = (struct plan_nodes_of){0};
        work->alter_of[i] = 0;
    }
    for (size_t i = 0; i < work->to_count; ++i)
        work->of_to[i] = (struct plan_nodes_of){0};
}

/* The vectors of changes and of parts inside are done growing. */
static void finish_steps(struct plan_work *work)
{
    VECTOR_EACH (struct plan_node, node, &work->nodes) {
        node->step.changes = node->changes.items;
        node->step.change_count = node->changes.count;
        node->step.inside = node->inside.items;
        node->step.inside_count = node->inside.count;
    }
}

void plan_make_nodes(struct plan_work *work)
{
    const struct diff *diff = work->diff;
    forget(work);
    for (size_t i = 0; i < work->from_count;
         ++i) /* first: what its parts do apart from it is said after it */
        if (work->fates[i] == PLAN_REBUILT)
            rebuild_node(work, work->from[i]);
    for (size_t i = 0; i < diff->changes.count; ++i)
        if (!is_swallowed(work, &diff->changes.items[i]))
            add_change_node(work, &diff->changes.items[i], work->means[i]);
    for (size_t i = 0; i < work->from_count; ++i) {
        if (work->fates[i] == PLAN_RECREATED)
            add_recreated(work, work->from[i]);
        if (work->detached[i] && work->fates[i] < PLAN_RECREATED)
            add_detached(work, work->from[i]);
    }
    plan_join_rounds(work);
    finish_steps(work);
}
