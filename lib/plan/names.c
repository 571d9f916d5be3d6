/* Names: whoever frees one comes before whoever takes it, and renames whose names go round are one step. */
#include "plan/work.h"

#include "base/map.h"

#include <string.h>

/*
 * Who uses a name. Engines differ in which objects may not have the same one; more of them than need be are
 * held apart here, by edges that are given up first. NULL: the names of such parts are their table's own.
 */
static const char *name_space(enum schema_kind kind)
{
    switch (kind) {
    case SCHEMA_COLUMN:
    case SCHEMA_GRANT:
    case SCHEMA_POLICY:
    case SCHEMA_RULE:
        return NULL;
    case SCHEMA_FOREIGN_KEY:
    case SCHEMA_CHECK:
        return "constraint";
    case SCHEMA_FUNCTION:
    case SCHEMA_PROCEDURE:
    case SCHEMA_AGGREGATE:
        return "routine";
    case SCHEMA_SCHEMA:
    case SCHEMA_EXTENSION:
    case SCHEMA_COLLATION:
    case SCHEMA_DATA_WRAPPER:
    case SCHEMA_FOREIGN_SERVER:
    case SCHEMA_TRIGGER:
    case SCHEMA_EVENT:
    case SCHEMA_EVENT_TRIGGER:
    case SCHEMA_PUBLICATION:
    case SCHEMA_DEFAULT_PRIVILEGE:
    case SCHEMA_PACKAGE:
    case SCHEMA_STATISTICS:
        return schema_kind_word(kind);
    default:
        return "relation"; /* tables, views, indexes, sequences and types */
    }
}

/* An object, and the parent that it has in `from`. */
static const char *name_of(struct plan_work *work, const struct schema_object *object,
                           const struct schema_object *parent, bool renamed)
{
    const char *space = name_space(object->kind), *schema = catalog_top_of(object)->schema;
    if (!space)
        return renamed && parent ? arena_printf(work->arena, "%s %s.%s", schema_kind_word(object->kind),
                                                parent->key, object->name)
                                 : NULL;
    /* A primary key that has its own name for itself alone would hold apart all tables. */
    if (object->kind == SCHEMA_PRIMARY_KEY && strcmp(object->name, "PRIMARY") == 0)
        return NULL;
    return arena_printf(work->arena, "%s %s.%s", space, schema ? schema : "", object->name);
}

static const char *name_of_from(struct plan_work *work, const struct schema_object *from, bool renamed)
{
    return name_of(work, from, from->parent, renamed);
}

static const char *name_of_to(struct plan_work *work, const struct schema_object *to, bool renamed)
{
    return name_of(work, to, to->parent ? diff_counterpart(work->diff, to->parent) : NULL, renamed);
}

/* The nodes that free one name. */
struct leavers {
    VECTOR(uint32_t) nodes;
};

static void leave_name(struct plan_work *work, struct map *names, struct schema_object *from)
{
    const struct plan_nodes_of *own = &work->of_from[from->index];
    uint32_t number = plan_is_gone(work, from) ? own->main : own->rename;
    const char *name = number ? name_of_from(work, from, number == own->rename) : NULL;
    if (!name)
        return;
    struct leavers *leavers = map_get(names, name);
    if (!leavers) {
        leavers = ARENA_NEW(work->arena, struct leavers);
        map_add(names, name, leavers);
    }
    *vector_add(work->arena, &leavers->nodes) = number;
}

static void take_name(struct plan_work *work, const struct map *names, struct schema_object *to)
{
    const struct plan_nodes_of *own = &work->of_to[to->index];
    const struct schema_object *from = diff_counterpart(work->diff, to);
    uint32_t number = !from || plan_is_gone(work, from) ? own->main : own->rename;
    const char *name = number ? name_of_to(work, to, number == own->rename) : NULL;
    struct leavers *leavers = name ? map_get(names, name) : NULL;
    if (!leavers)
        return;
    VECTOR_EACH (uint32_t, leaver, &leavers->nodes)
        plan_edge(work, *leaver, number, GRAPH_WEAK);
}

void plan_add_names(struct plan_work *work)
{
    struct map *names = map_new(work->arena);
    for (size_t i = 0; i < work->from_count; ++i)
        leave_name(work, names, work->from[i]);
    if (map_count(names) == 0)
        return;
    for (size_t i = 0; i < work->to_count; ++i)
        take_name(work, names, work->to[i]);
}

/* Rounds */

/* The renames, by the name that each leaves. */
static struct map *leaving_renames(struct plan_work *work)
{
    struct map *leaving = map_new(work->arena);
    VECTOR_EACH (struct plan_node, node, &work->nodes) {
        const char *name =
            node->step.action == PLAN_RENAME ? name_of_from(work, node->step.from, true) : NULL;
        if (name)
            map_add(leaving, name, node);
    }
    return leaving;
}

/* The rename that has to be made before, for it leaves the name that this one takes. */
static struct plan_node *freed_by(struct plan_work *work, const struct map *leaving,
                                  const struct plan_node *node)
{
    const char *name = name_of_to(work, node->step.to, true);
    struct plan_node *other = name ? map_get(leaving, name) : NULL;
    return other == node ? NULL : other;
}

/* The others become part of the first one, in the order in which they can be made once that is aside. */
static void join_round(struct plan_work *work, const struct map *leaving, struct plan_node *first)
{
    uint32_t number = (uint32_t)(first - work->nodes.items) + 1;
    VECTOR(struct plan_node *) others = {0};
    for (struct plan_node *node = freed_by(work, leaving, first); node != first;
         node = freed_by(work, leaving, node))
        *vector_add(work->arena, &others) = node;
    for (size_t i = others.count; i-- > 0;) {
        struct plan_node *node = others.items[i];
        *vector_add(work->arena, &first->changes) = node->changes.items[0];
        node->joined = true;
        work->of_from[node->step.from->index].rename = work->of_to[node->step.to->index].rename = number;
    }
}

void plan_join_rounds(struct plan_work *work)
{
    struct map *leaving = leaving_renames(work);
    uint32_t *walks = arena_alloc(work->arena, (work->nodes.count + 1) * sizeof *walks);
    for (uint32_t i = 0; map_count(leaving) > 1 && i < work->nodes.count; ++i) {
        struct plan_node *node = &work->nodes.items[i];
        while (node && node->step.action == PLAN_RENAME && walks[node - work->nodes.items] == 0) {
            walks[node - work->nodes.items] = i + 1;
            node = freed_by(work, leaving, node);
        }
        if (node && node->step.action == PLAN_RENAME && walks[node - work->nodes.items] == i + 1)
            join_round(work, leaving, node);
    }
}
