#include "plan/graph.h"

#include <stdlib.h>

/* The edges by the node they leave. */
struct adjacency {
    uint32_t *start; /* one more than nodes */
    uint32_t *after;
};

void graph_add(struct graph *graph, uint32_t before, uint32_t after, enum graph_strength strength)
{
    if (before != after)
        *vector_add(graph->arena, &graph->edges) = (struct graph_edge){before, after, strength};
}

static struct adjacency adjacency_of(const struct graph *graph)
{
    struct adjacency adjacency;
    adjacency.start = arena_alloc(graph->arena, ((size_t)graph->node_count + 2) * sizeof *adjacency.start);
    adjacency.after = arena_alloc(graph->arena, (graph->edges.count + 1) * sizeof *adjacency.after);
    uint32_t *next = adjacency.start + 1; /* while filling, where the next edge of a node goes */
    VECTOR_EACH (struct graph_edge, edge, &graph->edges)
        if (edge->before + 1 < graph->node_count)
            ++next[edge->before + 1];
    for (uint32_t i = 1; i < graph->node_count; ++i)
        next[i] += next[i - 1];
    VECTOR_EACH (struct graph_edge, edge, &graph->edges)
        adjacency.after[next[edge->before]++] = edge->after;
    return adjacency;
}

/* Tarjan's walk, with a stack of its own: plans may be deep. */
struct walk {
    struct adjacency edges;
    uint32_t *number, *lowest, *next_edge; /* number: in the order of discovery, from 1 */
    uint32_t *path, path_length;           /* from the root of the walk to where it is */
    uint32_t *open, open_count;            /* discovered, in no component yet */
    uint32_t discovered, component_count;
    uint32_t *component_of, *sizes;
};

enum { NO_COMPONENT = UINT32_MAX };

static void discover(struct walk *walk, uint32_t node)
{
    walk->number[node] = walk->lowest[node] = ++walk->discovered;
    walk->next_edge[node] = walk->edges.start[node];
    walk->path[walk->path_length++] = node;
    walk->open[walk->open_count++] = node;
}

static void close_component(struct walk *walk, uint32_t root)
{
    uint32_t node;
    do {
        node = walk->open[--walk->open_count];
        walk->component_of[node] = walk->component_count;
        ++walk->sizes[walk->component_count];
    } while (node != root);
    ++walk->component_count;
}

static void lower(uint32_t *value, uint32_t other)
{
    if (other < *value)
        *value = other;
}

static void leave(struct walk *walk, uint32_t node)
{
    --walk->path_length;
    if (walk->lowest[node] == walk->number[node])
        close_component(walk, node);
    if (walk->path_length > 0)
        lower(&walk->lowest[walk->path[walk->path_length - 1]], walk->lowest[node]);
}

static void walk_from(struct walk *walk, uint32_t root)
{
    discover(walk, root);
    while (walk->path_length > 0) {
        uint32_t node = walk->path[walk->path_length - 1];
        if (walk->next_edge[node] == walk->edges.start[node + 1]) {
            leave(walk, node);
            continue;
        }
        uint32_t other = walk->edges.after[walk->next_edge[node]++];
        if (walk->number[other] == 0)
            discover(walk, other);
        else if (walk->component_of[other] == (uint32_t)NO_COMPONENT)
            lower(&walk->lowest[node], walk->number[other]);
    }
}

static uint32_t *numbers(const struct graph *graph)
{
    return arena_alloc(graph->arena, ((size_t)graph->node_count + 1) * sizeof(uint32_t));
}

const uint32_t *graph_components(const struct graph *graph, uint32_t *ret_component_of)
{
    struct walk walk = {
        .edges = adjacency_of(graph),
        .number = numbers(graph),
        .lowest = numbers(graph),
        .next_edge = numbers(graph),
        .path = numbers(graph),
        .open = numbers(graph),
        .component_of = ret_component_of,
        .sizes = numbers(graph),
    };
    for (uint32_t i = 0; i < graph->node_count; ++i)
        ret_component_of[i] = NO_COMPONENT;
    for (uint32_t i = 0; i < graph->node_count; ++i)
        if (walk.number[i] == 0)
            walk_from(&walk, i);
    return walk.sizes;
}

bool graph_give_up(struct graph *graph, const uint32_t *component_of, enum graph_strength strength)
{
    size_t kept = 0;
    for (size_t i = 0; i < graph->edges.count; ++i) {
        const struct graph_edge *edge = &graph->edges.items[i];
        if (edge->strength != strength || component_of[edge->before] != component_of[edge->after])
            graph->edges.items[kept++] = *edge;
    }
    bool any = kept < graph->edges.count;
    graph->edges.count = kept;
    return any;
}

/* Nodes that may come next, the lowest key on top. */
struct heap {
    const uint64_t *keys;
    uint32_t *nodes;
    size_t count;
};

static bool is_lower(const struct heap *heap, uint32_t left, uint32_t right)
{
    return heap->keys[left] != heap->keys[right] ? heap->keys[left] < heap->keys[right] : left < right;
}

static void heap_push(struct heap *heap, uint32_t node)
{
    size_t place = heap->count++;
    for (; place > 0 && is_lower(heap, node, heap->nodes[(place - 1) / 2]); place = (place - 1) / 2)
        heap->nodes[place] = heap->nodes[(place - 1) / 2];
    heap->nodes[place] = node;
}

static uint32_t heap_pop(struct heap *heap)
{
    uint32_t top = heap->nodes[0], last = heap->nodes[--heap->count];
    size_t place = 0;
    for (size_t child = 1; child < heap->count; child = 2 * place + 1) {
        if (child + 1 < heap->count && is_lower(heap, heap->nodes[child + 1], heap->nodes[child]))
            ++child;
        if (!is_lower(heap, heap->nodes[child], last))
            break;
        heap->nodes[place] = heap->nodes[child];
        place = child;
    }
    heap->nodes[place] = last;
    return top;
}

struct ordering {
    struct adjacency edges;
    uint32_t *waiting_for; /* how many are still to come before the node */
    bool *ready;           /* it is in the heap or was */
    struct heap heap, all; /* all: which to take where there is no order */
};

static void make_ready(struct ordering *ordering, uint32_t node)
{
    if (ordering->ready[node])
        return;
    ordering->ready[node] = true;
    heap_push(&ordering->heap, node);
}

static uint32_t next_node(struct ordering *ordering)
{
    while (ordering->heap.count == 0)
        make_ready(ordering, heap_pop(&ordering->all));
    return heap_pop(&ordering->heap);
}

static void start(struct ordering *ordering, const struct graph *graph)
{
    VECTOR_EACH (struct graph_edge, edge, &graph->edges)
        ++ordering->waiting_for[edge->after];
    for (uint32_t i = 0; i < graph->node_count; ++i) {
        heap_push(&ordering->all, i);
        if (ordering->waiting_for[i] == 0)
            make_ready(ordering, i);
    }
}

const uint32_t *graph_order(const struct graph *graph, const uint64_t *keys)
{
    struct ordering ordering = {
        .edges = adjacency_of(graph),
        .waiting_for = numbers(graph),
        .ready = arena_alloc(graph->arena, (size_t)graph->node_count + 1),
        .heap = {.keys = keys, .nodes = numbers(graph)},
        .all = {.keys = keys, .nodes = numbers(graph)},
    };
    uint32_t *order = numbers(graph);
    start(&ordering, graph);
    for (uint32_t i = 0; i < graph->node_count; ++i) {
        uint32_t node = order[i] = next_node(&ordering);
        for (uint32_t edge = ordering.edges.start[node]; edge < ordering.edges.start[node + 1]; ++edge)
            if (--ordering.waiting_for[ordering.edges.after[edge]] == 0)
                make_ready(&ordering, ordering.edges.after[edge]);
    }
    return order;
}
