/*
 * A directed graph whose nodes are numbers: what has to come before what. For ordering steps; knows nothing
 * of them. For this floor.
 */
#ifndef PLAN_GRAPH_H
#define PLAN_GRAPH_H

#include "base/vector.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What becomes of an edge that is part of a cycle. */
enum graph_strength {
    GRAPH_STRONG, /* it stays */
    GRAPH_WEAK,   /* it may be given up when there is no other way */
    GRAPH_LOOSE,  /* it is given up at once */
};

struct graph_edge {
    uint32_t before, after;
    enum graph_strength strength;
};

struct graph {
    struct arena *arena;
    uint32_t node_count;
    VECTOR(struct graph_edge) edges;
};

/* `before` comes first. An edge from a node to itself is none. */
void graph_add(struct graph *graph, uint32_t before, uint32_t after, enum graph_strength strength);

/*
 * Gives each node the number of its strongly connected component: nodes of one number form a cycle. Returns
 * the sizes by number; in the arena. Linear.
 */
const uint32_t *graph_components(const struct graph *graph, uint32_t *ret_component_of);

/* Takes out the edges of the strength that are within components. Were there any? */
bool graph_give_up(struct graph *graph, const uint32_t *component_of, enum graph_strength strength);

/*
 * All nodes, each behind what comes before it, otherwise by `keys`, the lowest first. What no order can be
 * found for is broken at the node of the lowest key. In the arena; nodes plus edges times the logarithm of
 * nodes.
 */
const uint32_t *graph_order(const struct graph *graph, const uint64_t *keys);

#endif
