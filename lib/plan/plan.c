#include "plan/plan.h"

#include "plan/render.h"
#include "plan/work.h"

enum { MOST_ROUNDS = 16 }; /* of breaking cycles; each takes out what is in the way in all of them */

static void start(struct plan_work *work)
{
    work->from = catalog_objects(work->diff->from, &work->from_count);
    work->to = catalog_objects(work->diff->to, &work->to_count);
    size_t from = work->from_count + 1, to = work->to_count + 1;
    work->means = arena_alloc(work->arena, (work->diff->changes.count + 1) * sizeof *work->means);
    work->fates = arena_alloc(work->arena, from * sizeof *work->fates);
    work->detached = arena_alloc(work->arena, from * sizeof *work->detached);
    work->apart_from = arena_alloc(work->arena, from * sizeof *work->apart_from);
    work->apart_to = arena_alloc(work->arena, to * sizeof *work->apart_to);
    work->of_from = arena_alloc(work->arena, from * sizeof *work->of_from);
    work->of_to = arena_alloc(work->arena, to * sizeof *work->of_to);
    work->alter_of = arena_alloc(work->arena, from * sizeof *work->alter_of);
}

/*
 * What is only extended may have to be committed, and is, before anything else is done. What is in the way
 * goes first of the rest, then names change hands; what is lost for good goes as late as it can, so
 * that as little as possible is lost when a statement before it fails.
 */
static uint64_t turn_of(const struct plan_node *node)
{
    switch (node->step.action) {
    case PLAN_DETACH:
        return 1;
    case PLAN_RENAME:
        return 2;
    case PLAN_DROP:
        return node->step.recreated ? 1 : 4;
    default:
        return node->extends ? 0 : 3;
    }
}

static bool goes_away(const struct plan_step *step)
{
    return step->action == PLAN_DETACH || step->action == PLAN_DROP;
}

/* The order of steps that do not need each other: by turn, rank and place in the diff. */
static uint64_t *keys_of(const struct plan_work *work)
{
    enum { MOST_RANK = 0xFFFF, HALF_RANK = MOST_RANK / 2 };
    uint64_t *keys = arena_alloc(work->arena, (work->nodes.count + 1) * sizeof *keys);
    for (size_t i = 0; i < work->nodes.count; ++i) {
        const struct plan_step *step = &work->nodes.items[i].step;
        enum schema_kind kind = (step->to ? step->to : step->from)->kind;
        int rank = (work->language->rank ? work->language->rank(kind) : (int)kind) + HALF_RANK;
        uint64_t place = (uint64_t)(goes_away(step) ? MOST_RANK - rank : rank) & MOST_RANK;
        keys[i] = turn_of(&work->nodes.items[i]) << 48 | place << 32 | (uint64_t)i;
    }
    return keys;
}

static const uint32_t *order_steps(struct plan_work *work)
{
    unsigned round = 0;
    do {
        plan_make_nodes(work);
        plan_add_edges(work);
    } while (plan_break_cycles(work) && ++round < MOST_ROUNDS);
    return graph_order(&work->graph, keys_of(work));
}

static void add_notes(struct plan *plan, const struct diff *diff)
{
    VECTOR_EACH (struct diff_rename_guess, guess, &diff->rename_guesses) {
        const struct schema_object *from = guess->from, *to = guess->to;
        const char *kind = schema_kind_word(from->kind);
        const char *where =
            to->parent ? arena_printf(plan->arena, " of table %s", catalog_full_name(diff->to, to->parent))
                       : "";
        *vector_add(plan->arena, &plan->notes) =
            arena_printf(plan->arena,
                         "%s %s%s is dropped and %s %s added: if it was renamed, write `-- dunlin: renamed "
                         "from %s` before %s",
                         kind, from->name, where, kind, to->name, from->name, to->name);
    }
}

struct plan *plan_make(const struct plan_language *language, const struct diff *diff,
                       const struct plan_options *options, dun_error *error)
{
    struct arena *arena = arena_new();
    struct plan_work work = {.arena = arena, .language = language, .options = options, .diff = diff};
    struct plan *plan = ARENA_NEW(diff->arena, struct plan);
    plan->arena = diff->arena;
    start(&work);
    plan_decide_fates(&work);
    const uint32_t *order = order_steps(&work);
    bool good = plan_render(plan, &work, order, error);
    add_notes(plan, diff);
    arena_free(arena);
    return good ? plan : NULL;
}
