/*
 * What plan_make works on: first what happens to each object (fate.c), then the steps that make it happen
 * (steps.c), what has to come before what (edges.c, names.c), and which cycles have to be broken (cycles.c).
 * For this floor.
 */
#ifndef PLAN_WORK_H
#define PLAN_WORK_H

#include "plan/graph.h"
#include "plan/language.h"

/* What becomes of an object of `from`. Parts share the fate of what is dropped or created again. */
enum plan_fate {
    PLAN_STAYS,
    PLAN_CHANGES,   /* in place */
    PLAN_REBUILT,   /* a table, made anew with its rows */
    PLAN_RECREATED, /* dropped and created again */
    PLAN_GONE,
};

/* A step, and what is known while it is made. */
struct plan_node {
    struct plan_step step;
    VECTOR(const struct diff_change *) changes;
    VECTOR(struct schema_object *) inside;
    bool own_change; /* PLAN_ALTER: of the object itself, not only of parts */
    bool replaced;   /* recreated for a change of its own */
    bool extends;    /* PLAN_ALTER that nothing stands in the way of */
    bool joined;     /* PLAN_RENAME that another one makes, too */
};

/* The nodes that concern an object, counted from 1; 0: none. */
struct plan_nodes_of {
    /* In this order. The main one creates, drops, alters or rebuilds it, by itself or with its table. */
    uint32_t detach, rename, main, attach;
};

struct plan_work {
    struct arena *arena; /* dropped when the plan is made */
    const struct plan_language *language;
    const struct plan_options *options;
    const struct diff *diff;
    struct schema_object *const *from, *const *to;
    size_t from_count, to_count;
    enum plan_means *means; /* of the changes */

    /* By the index of the object. */
    enum plan_fate *fates;       /* of from */
    bool *detached;              /* of from */
    bool *apart_from, *apart_to; /* parts that are steps of their own, for a cycle has to be broken */
    struct plan_nodes_of *of_from, *of_to;
    uint32_t *alter_of; /* of from: the PLAN_ALTER or PLAN_REBUILD_TABLE that changes of parts join */

    uint32_t *dependents_start; /* of from: where its dependents begin; one more than objects */
    struct schema_object **dependents;
    VECTOR(struct schema_object *) disturbed; /* dropped or to be created again, and not looked at yet */

    VECTOR(struct plan_node) nodes;
    struct graph graph;
};

/* Decides the fates. */
void plan_decide_fates(struct plan_work *work);

/* Has the object dropped and created again; plan_settle does so with all that needs such objects. */
void plan_recreate(struct plan_work *work, struct schema_object *from);
void plan_settle(struct plan_work *work);

/* Are there rows or values in it that are lost when it is dropped? */
bool plan_holds_data(const struct schema_object *object);

/* Makes the nodes from the fates. */
void plan_make_nodes(struct plan_work *work);

/*
 * Makes one node of renames whose names go round: each takes the name of another one, and none can be the
 * first.
 */
void plan_join_rounds(struct plan_work *work);

/* Puts between the nodes what has to come before what. */
void plan_add_edges(struct plan_work *work);

/* The part of that which names ask for. */
void plan_add_names(struct plan_work *work);

/* The part of that which bounds of partitions ask for. */
void plan_add_bounds(struct plan_work *work);

/* Breaks cycles by changing fates or what is apart: nodes have to be made again. False: there is nothing left
 * to change. */
bool plan_break_cycles(struct plan_work *work);

/* Is the need of an object of `from` still one of its counterpart? */
bool plan_still_needs(const struct plan_work *work, const struct schema_object *from,
                      const struct schema_object *needed);

/* What it is part of that stands alone. */
static inline struct schema_object *plan_top(struct schema_object *object)
{
    while (object->parent)
        object = object->parent;
    return object;
}

static inline struct plan_node *plan_node(const struct plan_work *work, uint32_t number)
{
    return &work->nodes.items[number - 1];
}

/* Numbers of nodes from 1; 0 is no node, and an edge to it is none. */
static inline void plan_edge(struct plan_work *work, uint32_t first, uint32_t second,
                             enum graph_strength strength)
{
    if (first && second)
        graph_add(&work->graph, first - 1, second - 1, strength);
}

static inline bool plan_is_gone(const struct plan_work *work, const struct schema_object *from)
{
    return work->fates[from->index] >= PLAN_RECREATED;
}

/* What a step does, for people; in the arena. */
const char *plan_title(struct arena *arena, const struct diff *diff, const struct plan_node *node);

#endif
