#include "compare/compare.h"

#include "base/error.h"
#include "compare/access.h"
#include "compare/old_names.h"
#include "compare/renamed.h"
#include "compare/renames.h"
#include "task/task.h"

#include <string.h>

/* One side, opened by a task. */
struct side {
    const struct source_settings *settings;
    const struct source_request *request;
    struct source_catalog *source;
};

static bool open_side(void *argument, dun_error *error)
{
    struct side *side = argument;
    return source_catalog_open(side->settings, side->request, &side->source, error);
}

/* The first is read by this task itself. */
static bool open_both(struct side *from, struct side *to, dun_error *error)
{
    struct task_group *group = task_group_new();
    dun_error *own = dun_error_new();
    bool started = task_group_start(group, "to", open_side, to, error);
    bool opened = started && open_side(from, own);
    if (started && !opened)
        task_group_cancel(group);
    dun_error *others = opened ? error : NULL;
    bool joined = task_group_join(group, true, started ? others : NULL);
    if (started && !opened)
        error_move(error, own);
    dun_error_free(own);
    return opened && joined;
}

/* Where only one schema could be tried, only that schema of the live database can be compared. */
static bool open_again_narrowly(struct side *side, const struct source_settings *narrow, dun_error *error)
{
    if (side->source->only_schema || side->request->spelling.kind != SOURCE_URL)
        return true;
    source_catalog_close(side->source);
    side->source = NULL;
    side->settings = narrow;
    return open_side(side, error);
}

static bool open_sides(struct arena *arena, struct side *from, struct side *to, dun_error *error)
{
    if (!open_both(from, to, error))
        return false;
    if (!from->source->only_schema && !to->source->only_schema)
        return true;
    struct source_settings *narrow = ARENA_NEW(arena, struct source_settings);
    const char **schemas = arena_alloc(arena, 2 * sizeof *schemas);
    schemas[0] = from->settings->engine->catalog->first_schema;
    *narrow = *from->settings;
    narrow->catalog.schemas = schemas;
    return open_again_narrowly(from, narrow, error) && open_again_narrowly(to, narrow, error);
}

static struct compare *compare_new(const struct source_settings *settings)
{
    struct arena *arena = arena_new();
    struct compare *compare = ARENA_NEW(arena, struct compare);
    compare->arena = arena;
    compare->settings = settings;
    compare->engine = settings->engine;
    return compare;
}

static bool compare_sources(struct compare *compare, dun_error *error)
{
    compare->renamed = compare->from->catalog;
    if (!renames_find(compare, error) || (compare->renames.count && !renamed_try(compare, error)))
        return false;
    compare->diff =
        diff_catalogs(compare->arena, compare->engine->diff, compare->renamed, compare->to->catalog);
    return true;
}

bool compare_open(const struct source_settings *settings, const struct source_request *from,
                  const struct source_request *to, struct compare **ret_compare, dun_error *error)
{
    struct compare *compare = compare_new(settings);
    struct side from_side = {settings, from, NULL}, to_side = {settings, to, NULL};
    bool ok = open_sides(compare->arena, &from_side, &to_side, error);
    compare->from = from_side.source;
    compare->to = to_side.source;
    compare->owns_sources = true;
    struct source_request *request = ARENA_NEW(compare->arena, struct source_request);
    *request = *from;
    compare->from_request = request;
    if (!ok || !compare_sources(compare, error)) {
        compare_close(compare);
        return false;
    }
    *ret_compare = compare;
    return true;
}

bool compare_catalogs(const struct source_settings *settings, struct source_catalog *from,
                      struct source_catalog *to, struct compare **ret_compare, dun_error *error)
{
    struct compare *compare = compare_new(settings);
    compare->from = from;
    compare->to = to;
    if (!compare_sources(compare, error)) {
        compare_close(compare);
        return false;
    }
    *ret_compare = compare;
    return true;
}

void compare_close(struct compare *compare)
{
    if (!compare)
        return;
    if (compare->owns_sources) {
        source_catalog_close(compare->from);
        source_catalog_close(compare->to);
    }
    source_catalog_close(compare->access);
    arena_free(compare->arena);
}

bool compare_is_equal(const struct compare *compare)
{
    return compare->renames.count == 0 && compare->diff->changes.count == 0;
}

static void add_note(struct plan *plan, const char *note)
{
    VECTOR_EACH (const char *const, other, &plan->notes)
        if (strcmp(*other, note) == 0)
            return;
    *vector_add(plan->arena, &plan->notes) = note;
}

/* Takes what is late out of the plan; gives how many. */
static size_t take_late(struct plan *plan, struct plan_statement *late)
{
    size_t kept = 0, taken = 0;
    for (size_t i = 0; i < plan->statements.count; ++i)
        if (plan->statements.items[i].late)
            late[taken++] = plan->statements.items[i];
        else
            plan->statements.items[kept++] = plan->statements.items[i];
    plan->statements.count = kept;
    return taken;
}

/* What comes behind the renames; its checks are asked before them. */
static void append(struct compare *compare, struct plan *plan, const struct plan *more)
{
    struct plan_statement *late = arena_alloc(plan->arena, (plan->statements.count + 1) * sizeof *late);
    size_t late_count = take_late(plan, late);
    VECTOR_EACH (const struct plan_statement, statement, &more->statements) {
        *vector_add(plan->arena, &plan->statements) = *statement;
        old_names_in_checks(compare, &plan->statements.items[plan->statements.count - 1]);
    }
    for (size_t i = 0; i < late_count; ++i)
        *vector_add(plan->arena, &plan->statements) = late[i];
    VECTOR_EACH (const char *const, note, &more->notes)
        add_note(plan, *note);
    plan->hazards |= more->hazards;
}

static void tell_never_online(const struct compare *compare, struct plan *plan)
{
    const char *never = compare->engine->language->never_online;
    if (never && plan->statements.count > 0)
        *vector_add(plan->arena, &plan->notes) = never;
}

static struct plan *plan_all(struct compare *compare, const struct plan_options *options, dun_error *error)
{
    struct plan *rest = plan_make(compare->engine->language, compare->diff, options, error);
    if (rest && rest->recreates && access_would_go(compare))
        rest = access_plan(compare, options, error);
    if (!rest || !compare->renames.count)
        return rest;
    struct plan *plan = renames_plan(compare, compare->from->catalog, options, error);
    if (plan && plan->recreates && access_would_go(compare))
        plan = access_renames_plan(compare, options, error);
    if (plan)
        append(compare, plan, rest);
    return plan;
}

struct plan *compare_plan(struct compare *compare, const struct plan_options *options, dun_error *error)
{
    struct plan *plan = plan_all(compare, options, error);
    if (plan && options->online)
        tell_never_online(compare, plan);
    return plan;
}
