#include "plan/render.h"

#include "base/error.h"
#include "base/map.h"
#include "base/str.h"

#include <string.h>

#include <string.h>

enum { SECTION_COUNT = PLAN_AFTER + 1 };

struct renderer {
    struct plan_rendering given; /* first: what a language is given is part of this */
    VECTOR(struct plan_statement) sections[SECTION_COUNT];
    struct map *framing[SECTION_COUNT]; /* texts that are there once only, with their place from 1 */
    const struct plan_work *work;
    const char *title;
    const struct schema_object *table;
    int64_t rows;
};

static struct renderer *renderer_of(struct plan_rendering *rendering)
{
    return (struct renderer *)rendering;
}

static struct plan_statement *new_statement(struct renderer *renderer, enum plan_section section,
                                            const char *sql)
{
    const struct plan_step *step = section == PLAN_BEFORE ? NULL : renderer->given.step;
    struct plan_statement *statement = vector_add(renderer->given.arena, &renderer->sections[section]);
    *statement = (struct plan_statement){
        .sql = sql, .title = renderer->title, .table = renderer->table, .rows = renderer->rows};
    if (step)
        statement->object = step->to ? step->to : step->from;
    return statement;
}

/* Statements around the plan are there once; hazards add up. */
static struct plan_statement *framing_statement(struct renderer *renderer, enum plan_section section,
                                                const char *sql)
{
    struct map **framing = &renderer->framing[section];
    if (!*framing)
        *framing = map_new(renderer->given.arena);
    size_t *place = map_get(*framing, sql);
    if (!place) {
        place = ARENA_NEW(renderer->given.arena, size_t);
        new_statement(renderer, section, sql);
        *place = renderer->sections[section].count;
        map_add(*framing, sql, place);
    }
    return &renderer->sections[section].items[*place - 1];
}

__attribute__((format(printf, 4, 0))) static struct plan_statement *add(struct plan_rendering *rendering,
                                                                        enum plan_section section,
                                                                        unsigned hazards, const char *format,
                                                                        va_list arguments)
{
    struct renderer *renderer = renderer_of(rendering);
    const char *sql = arena_vprintf(rendering->arena, format, arguments);
    struct plan_statement *statement = section == PLAN_MAIN ? new_statement(renderer, section, sql)
                                                            : framing_statement(renderer, section, sql);
    statement->hazards |= hazards;
    return statement;
}

struct plan_statement *plan_add(struct plan_rendering *rendering, unsigned hazards, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct plan_statement *statement = add(rendering, PLAN_MAIN, hazards, format, arguments);
    va_end(arguments);
    return statement;
}

struct plan_statement *plan_add_to(struct plan_rendering *rendering, enum plan_section section,
                                   unsigned hazards, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct plan_statement *statement = add(rendering, section, hazards, format, arguments);
    va_end(arguments);
    return statement;
}

void plan_add_check(struct plan_rendering *rendering, struct plan_statement *statement,
                    enum plan_hazard hazard, const char *sql, const char *hint)
{
    struct plan_check *check = vector_add(rendering->arena, &statement->checks);
    check->hazard = hazard;
    check->sql = arena_strdup(rendering->arena, sql);
    check->hint = arena_strdup(rendering->arena, hint);
}

bool plan_replaces(const struct plan_rendering *rendering, const struct diff_change *change)
{
    const struct renderer *renderer = (const struct renderer *)rendering;
    return change && change->action == DIFF_ALTER &&
           renderer->work->language->means(change, rendering->options) == PLAN_REPLACE;
}

static bool has_rows(const struct schema_object *object)
{
    return object->kind == SCHEMA_TABLE || object->kind == SCHEMA_MATERIALIZED_VIEW ||
           object->kind == SCHEMA_VIRTUAL_TABLE;
}

/* Whose rows the step concerns: those of the table as it is now; a table that is only created has none. */
static void set_table(struct renderer *renderer, const struct plan_step *step)
{
    struct schema_object *top = plan_top(step->from ? step->from : step->to);
    const struct schema_object *now = step->from ? top : diff_counterpart(renderer->given.diff, top);
    renderer->table = has_rows(top) ? now ? now : top : NULL;
    renderer->rows = !renderer->table ? -1 : now ? now->rows : 0;
}

static bool is_used(const struct catalog *catalog, const char *name)
{
    size_t count, length = strlen(name);
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (strncmp(objects[i]->name, name, length) == 0)
            return true;
    return false;
}

const char *plan_free_name(struct plan_rendering *rendering)
{
    const struct diff *diff = rendering->diff;
    const char *name = "dunlin_meanwhile";
    for (unsigned number = 2; is_used(diff->from, name) || is_used(diff->to, name); ++number)
        name = arena_printf(rendering->arena, "dunlin_meanwhile_%u", number);
    return name;
}

static struct schema_object *called(struct plan_rendering *rendering, const struct schema_object *object,
                                    const char *name)
{
    struct schema_object *other = ARENA_NEW(rendering->arena, struct schema_object);
    const char *types = schema_kind_is_routine(object->kind) ? strchr(object->name, '(') : NULL;
    *other = *object;
    other->name = arena_printf(rendering->arena, "%s%s", name, types ? types : "");
    return other;
}

static bool render_rename(struct renderer *renderer, struct schema_object *from, struct schema_object *to,
                          dun_error *error)
{
    struct plan_node *node = ARENA_NEW(renderer->given.arena, struct plan_node);
    node->step = (struct plan_step){.action = PLAN_RENAME, .from = from, .to = to};
    renderer->given.step = &node->step;
    renderer->title = plan_title(renderer->given.arena, renderer->given.diff, node);
    return renderer->work->language->render(&renderer->given, &node->step, error);
}

/* The first goes aside, so that the last can have its name, and so on. */
static bool render_one_by_one(struct renderer *renderer, const struct plan_step *round, dun_error *error)
{
    struct schema_object *aside = called(&renderer->given, round->to, plan_free_name(&renderer->given));
    if (!render_rename(renderer, round->from, aside, error))
        return false;
    for (size_t i = 1; i < round->change_count; ++i)
        if (!render_rename(renderer, round->changes[i]->from, round->changes[i]->to, error))
            return false;
    return render_rename(renderer, aside, round->to, error);
}

static bool render_round(struct renderer *renderer, const struct plan_step *round, dun_error *error)
{
    const struct plan_language *language = renderer->work->language;
    if (language->exchange && language->exchange(&renderer->given, round))
        return true;
    return render_one_by_one(renderer, round, error);
}

static bool render_step(struct renderer *renderer, const struct plan_step *step, dun_error *error)
{
    return step->action == PLAN_RENAME && step->change_count > 1
               ? render_round(renderer, step, error)
               : renderer->work->language->render(&renderer->given, step, error);
}

static bool render_node(struct renderer *renderer, const struct plan_node *node, dun_error *error)
{
    renderer->given.step = &node->step;
    renderer->given.plan->recreates |= node->step.recreated;
    renderer->title = plan_title(renderer->given.arena, renderer->given.diff, node);
    set_table(renderer, &node->step);
    if (render_step(renderer, &node->step, error))
        return true;
    const struct schema_object *object = node->step.to ? node->step.to : node->step.from;
    error_context(error, "%s", renderer->title);
    if (object->file)
        error_at(error, object->file, object->line, 0);
    return false;
}

static void finish(struct renderer *renderer)
{
    struct plan *plan = renderer->given.plan;
    renderer->given.step = NULL;
    renderer->title = "";
    renderer->table = NULL;
    renderer->rows = -1;
    if (renderer->work->language->finish)
        renderer->work->language->finish(&renderer->given);
    for (unsigned section = 0; section < SECTION_COUNT; ++section)
        VECTOR_EACH (struct plan_statement, statement, &renderer->sections[section]) {
            *vector_add(plan->arena, &plan->statements) = *statement;
            plan->hazards |= statement->hazards;
        }
}

bool plan_render(struct plan *plan, const struct plan_work *work, const uint32_t *order, dun_error *error)
{
    struct renderer renderer = {
        .given = {.arena = plan->arena, .diff = work->diff, .options = work->options, .plan = plan},
        .work = work,
    };
    for (uint32_t i = 0; i < work->nodes.count; ++i)
        if (!work->nodes.items[order[i]].joined &&
            !render_node(&renderer, &work->nodes.items[order[i]], error))
            return false;
    finish(&renderer);
    return true;
}
