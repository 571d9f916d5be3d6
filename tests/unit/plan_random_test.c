/*
 * Plans for random pairs of schemas, carried out on a model: whatever is there needs only what is there,
 * nothing that is in use goes or changes under what uses it, no two relations have one name, and the end is
 * what was wanted.
 */
#include "unit/plan_toy.h"

#include <stdio.h>

enum { WORLDS = 5000, RELATIONS = 7, FUNCTIONS = 3, COLUMNS = 3 };

static unsigned long long random_state;

static unsigned below(unsigned limit)
{
    random_state = random_state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)(random_state >> 33) % limit;
}

/* What a schema is made of, before it is text. */
struct world {
    /* Tables are rebuilt; then there are no functions, for no engine that rebuilds has them, and foreign keys
     * are loose. */
    bool has_options;
    bool is_view[RELATIONS], is_there[RELATIONS], has_column[RELATIONS][COLUMNS], has_function[FUNCTIONS];
    unsigned turn[RELATIONS]; /* a view needs views of lower turns only */
    unsigned name[RELATIONS]; /* another one than its number: it was renamed */
};

static int some_function(const struct world *world)
{
    unsigned function = below(FUNCTIONS);
    return world->has_function[function] ? (int)function : -1;
}

static void append_column(struct str *to, const struct world *world, unsigned column)
{
    int function = below(3) == 0 ? some_function(world) : -1;
    str_printf(to, " column c%u type=%s", column, below(3) ? "int" : "text");
    if (function >= 0)
        str_printf(to, " %s=f%d needs=f%d", below(2) ? "default" : "generated", function, function);
    str_append_char(to, '\n');
}

static void append_parts(struct str *to, const struct world *world, unsigned relation)
{
    int function = below(3) == 0 ? some_function(world) : -1;
    unsigned name = world->name[relation];
    if (function >= 0)
        str_printf(to, " check_constraint k%u expression=f%d needs=f%d\n", relation, function, function);
    for (unsigned i = 0; i < COLUMNS; ++i) {
        unsigned other = below(RELATIONS), column = below(COLUMNS), other_name = world->name[other];
        if (!world->has_column[relation][i])
            continue;
        if (below(3) == 0)
            str_printf(to, " index i%u columns=c%u needs=r%u.c%u\n",
                       below(2) ? relation * COLUMNS + i : i + 100 * relation, i, name, i);
        if (world->is_there[other] && !world->is_view[other] && world->has_column[other][column] && below(2))
            str_printf(to, " foreign_key fk%u references=r%u columns=c%u needs=r%u,r%u.c%u,r%u.c%u\n", i,
                       other_name, column, other_name, other_name, column, name, i);
    }
}

static void append_view(struct str *to, const struct world *world, unsigned relation)
{
    const char *comma = " needs=";
    str_printf(to, "view r%u definition=%u", world->name[relation], below(2));
    for (unsigned i = 0; i < 3; ++i) {
        unsigned other = below(RELATIONS), column = below(COLUMNS);
        if (!world->is_there[other] || below(3) == 0)
            continue;
        if (world->is_view[other] && world->turn[other] < world->turn[relation])
            str_printf(to, "%sr%u", comma, world->name[other]);
        else if (!world->is_view[other] && world->has_column[other][column])
            str_printf(to, "%sr%u.c%u", comma, world->name[other], column);
        else
            continue;
        comma = ",";
    }
    str_append(to, below(3) ? "\n" : "\n grant g\n");
}

static void choose(struct world *world, bool may_rename)
{
    for (unsigned i = 0; i < FUNCTIONS; ++i)
        world->has_function[i] = !world->has_options && below(4) > 0;
    for (unsigned i = 0; i < RELATIONS; ++i) {
        world->is_there[i] = below(5) > 0;
        world->is_view[i] = below(5) < 2;
        world->turn[i] = below(100);
        world->name[i] = may_rename && !world->is_view[i] && below(6) == 0 ? i + RELATIONS : i;
        for (unsigned j = 0; j < COLUMNS; ++j)
            world->has_column[i][j] = below(4) > 0;
    }
}

/* A view may take the name that a table had. */
static void take_old_names(struct world *world)
{
    for (unsigned i = 0; i < RELATIONS; ++i)
        for (unsigned j = 0; j < RELATIONS && world->is_view[i] && world->name[i] == i; ++j)
            if (world->name[j] == j + RELATIONS && world->is_there[j]) {
                world->name[i] = j;
                world->name[j] += RELATIONS; /* it is taken now */
            }
}

static char *schema(bool has_options, bool may_rename)
{
    struct world world = {.has_options = has_options};
    struct str text = STR_INIT;
    choose(&world, may_rename);
    take_old_names(&world);
    for (unsigned i = 0; i < FUNCTIONS; ++i)
        if (world.has_function[i])
            str_printf(&text, "function f%u definition=%u\n", i, below(2));
    for (unsigned i = 0; i < RELATIONS; ++i) {
        if (!world.is_there[i])
            continue;
        if (world.is_view[i]) {
            append_view(&text, &world, i);
            continue;
        }
        str_printf(&text, "table r%u comment=%u%s", world.name[i], below(2),
                   has_options && below(2) ? " options=1" : "");
        if (world.name[i] != i)
            str_printf(&text, " was=r%u", i);
        str_append_char(&text, '\n');
        for (unsigned j = 0; j < COLUMNS; ++j)
            if (world.has_column[i][j])
                append_column(&text, &world, j);
        append_parts(&text, &world, i);
    }
    return str_take(&text);
}

/* What is there while the plan runs: each object as `from` or as `to` has it. */
enum presence { ABSENT, OLD, NEW };

static struct model {
    const struct diff *diff;
    struct schema_object *const *from, *const *to;
    size_t from_count, to_count;
    enum presence *of_from, *of_to; /* of what is on both sides: of_from */
    bool *detached, *renamed;       /* of from */
    struct str log;                 /* of the steps so far */
    bool loose, failed;
} model;

static void complain(const char *what, const struct schema_object *object, const struct schema_object *other)
{
    if (!model.failed)
        str_printf(&model.log, "WRONG: %s: %s%s%s\n", what, object->key, other ? ", " : "",
                   other ? other->key : "");
    model.failed = true;
}

static enum presence *presence_of_to(const struct schema_object *to)
{
    const struct schema_object *from = diff_counterpart(model.diff, to);
    return from ? &model.of_from[from->index] : &model.of_to[to->index];
}

/* Does it still have to be renamed? */
static bool has_old_name(const struct schema_object *from)
{
    const struct schema_object *to = diff_counterpart(model.diff, from);
    return to && strcmp(to->name, from->name) != 0 && !model.renamed[from->index];
}

/* Is it there as `to` wants it? */
static bool is_as_wanted(const struct schema_object *to)
{
    const struct schema_object *from = diff_counterpart(model.diff, to);
    const struct diff_change *change = diff_find(model.diff, to);
    enum presence presence = *presence_of_to(to);
    if (from && presence == OLD && has_old_name(from))
        return false;
    return presence == NEW || (presence == OLD && (!change || change->action == DIFF_RENAME));
}

static bool is_loose(const struct schema_object *object, const struct schema_object *needed)
{
    return object->kind == SCHEMA_FOREIGN_KEY && needed->parent != object->parent;
}

/* May it be there without? */
static bool does_without(const struct schema_object *object, const struct schema_object *needed)
{
    return model.loose && is_loose(object, needed);
}

static void check_needs(void)
{
    for (size_t i = 0; i < model.from_count; ++i)
        for (size_t j = 0; model.of_from[i] == OLD && j < model.from[i]->need_count; ++j)
            if (model.of_from[model.from[i]->needs[j]->index] == ABSENT && !model.detached[i] &&
                !does_without(model.from[i], model.from[i]->needs[j]))
                complain("needs what is gone", model.from[i], model.from[i]->needs[j]);
    for (size_t i = 0; i < model.to_count; ++i)
        for (size_t j = 0; *presence_of_to(model.to[i]) == NEW && j < model.to[i]->need_count; ++j) {
            const struct schema_object *from = diff_counterpart(model.diff, model.to[i]);
            if (!is_as_wanted(model.to[i]->needs[j]) && !does_without(model.to[i], model.to[i]->needs[j]) &&
                !(from && model.detached[from->index]))
                complain("needs what is not there yet", model.to[i], model.to[i]->needs[j]);
        }
}

static bool is_relation(const struct schema_object *object)
{
    return object->kind == SCHEMA_TABLE || object->kind == SCHEMA_VIEW || object->kind == SCHEMA_INDEX;
}

static const char *name_now(const struct schema_object *from)
{
    return model.renamed[from->index] ? diff_counterpart(model.diff, from)->name : from->name;
}

static void check_name(const struct schema_object *created)
{
    for (size_t i = 0; i < model.from_count; ++i)
        if (model.of_from[i] != ABSENT && is_relation(created) && is_relation(model.from[i]) &&
            strcmp(name_now(model.from[i]), created->name) == 0 &&
            diff_counterpart(model.diff, model.from[i]) != created)
            complain("the name is taken", created, model.from[i]);
    for (size_t i = 0; i < model.to_count; ++i)
        if (*presence_of_to(model.to[i]) == NEW && is_relation(created) && is_relation(model.to[i]) &&
            strcmp(model.to[i]->name, created->name) == 0 && !diff_counterpart(model.diff, model.to[i]))
            complain("the name is taken", created, model.to[i]);
}

static void appear(const struct schema_object *to)
{
    if (*presence_of_to(to) != ABSENT)
        complain("is there already", to, NULL);
    if (to->parent && *presence_of_to(to->parent) == ABSENT)
        complain("has no table yet", to, NULL);
    check_name(to);
    *presence_of_to(to) = NEW;
}

static void vanish(const struct schema_object *from)
{
    for (size_t i = 0; i < from->part_count; ++i)
        if (model.of_from[from->parts[i]->index] != ABSENT)
            vanish(from->parts[i]);
    if (model.of_from[from->index] != OLD)
        complain("is not there, or new", from, NULL);
    model.of_from[from->index] = ABSENT;
}

static const struct schema_object *top_of(const struct schema_object *object)
{
    while (object->parent)
        object = object->parent;
    return object;
}

/* Nothing that minds may use what changes. */
static void check_obstacles(const struct diff_change *change, const struct schema_object *changed)
{
    const struct schema_object *to = diff_counterpart(model.diff, changed);
    for (size_t i = 0; i < model.from_count; ++i)
        for (size_t j = 0; model.of_from[i] == OLD && j < model.from[i]->need_count; ++j)
            if (model.from[i]->needs[j] == changed && !model.detached[i] &&
                top_of(model.from[i]) != top_of(changed) &&
                toy_obstacle(change, model.from[i]) != PLAN_NO_OBSTACLE)
                complain("changes under what uses it", changed, model.from[i]);
    for (size_t i = 0; i < model.to_count; ++i)
        for (size_t j = 0; *presence_of_to(model.to[i]) == NEW && j < model.to[i]->need_count; ++j)
            if (model.to[i]->needs[j] == to && top_of(model.to[i]) != top_of(to) &&
                toy_obstacle(change, model.to[i]) != PLAN_NO_OBSTACLE)
                complain("changes under what uses it already", changed, model.to[i]);
}

static void carry_out(const struct diff_change *change)
{
    if (change->action == DIFF_DROP) {
        vanish(change->from);
        return;
    }
    if (change->action == DIFF_CREATE) {
        appear(change->to);
        return;
    }
    if (model.of_from[change->from->index] != OLD)
        complain("is changed, but is not what it was", change->from, NULL);
    check_obstacles(change, change->from);
    model.of_from[change->from->index] = NEW;
}

static void carry_out_all(const struct plan_step *step)
{
    for (size_t i = 0; i < step->change_count; ++i)
        if (step->changes[i]->action == DIFF_DROP)
            carry_out(step->changes[i]);
    for (size_t i = 0; i < step->change_count; ++i)
        if (step->changes[i]->action != DIFF_DROP)
            carry_out(step->changes[i]);
}

static void check_rebuild(const struct plan_step *step)
{
    for (size_t i = 0; i < step->change_count; ++i)
        if (diff_has(step->changes[i], ATTRIBUTE_OPTIONS)) {
            check_obstacles(step->changes[i], step->from);
            for (size_t j = 0; j < step->from->part_count; ++j)
                if (model.of_from[step->from->parts[j]->index] != ABSENT &&
                    diff_counterpart(model.diff, step->from->parts[j]))
                    check_obstacles(step->changes[i], step->from->parts[j]);
        }
}

static bool model_render(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error)
{
    static const char *const words[] = {"create", "drop", "alter", "rename", "rebuild", "detach", "attach"};
    (void)error;
    str_printf(&model.log, "%s %s", words[step->action], (step->to ? step->to : step->from)->key);
    toy_append_changes(&model.log, step);
    str_append_char(&model.log, '\n');
    switch (step->action) {
    case PLAN_CREATE:
        if (step->to->parent && diff_counterpart(model.diff, top_of(step->to)) &&
            has_old_name(diff_counterpart(model.diff, top_of(step->to))))
            complain("is created in what still has to be renamed", step->to, NULL);
        appear(step->to);
        for (size_t i = 0; i < step->inside_count; ++i)
            appear(step->inside[i]);
        break;
    case PLAN_DROP:
        if (step->from->parent && model.renamed[top_of(step->from)->index])
            complain("is dropped behind a rename", step->from, NULL);
        vanish(step->from);
        break;
    case PLAN_RENAME:
        check_name(step->to);
        model.renamed[step->from->index] = true;
        break;
    case PLAN_DETACH:
    case PLAN_ATTACH:
        model.detached[step->from->index] = step->action == PLAN_DETACH;
        break;
    case PLAN_REBUILD_TABLE:
        if (has_old_name(step->from))
            complain("is rebuilt under its new name", step->from, NULL);
        check_rebuild(step);
        carry_out_all(step);
        break;
    default:
        if (has_old_name(top_of(step->from)))
            complain("is changed under its new name", step->from, NULL);
        carry_out_all(step);
        break;
    }
    check_needs();
    plan_add(rendering, 0, "%s", step->from ? step->from->key : step->to->key);
    return true;
}

static void check_end(void)
{
    for (size_t i = 0; i < model.to_count; ++i)
        if (!is_as_wanted(model.to[i]))
            complain("is not as it was wanted in the end", model.to[i], NULL);
    for (size_t i = 0; i < model.from_count; ++i)
        if (model.of_from[i] != ABSENT && !diff_counterpart(model.diff, model.from[i]))
            complain("is still there in the end", model.from[i], NULL);
        else if (model.detached[i])
            complain("is detached in the end", model.from[i], NULL);
}

static void run_world(unsigned number)
{
    static const struct plan_options options = {.online = false};
    struct plan_language language = toy;
    bool loose = number % 3 == 0;
    struct arena *arena = arena_new();
    random_state = number;
    char *from = schema(loose, false), *to = schema(loose, true);
    model = (struct model){.log = STR_INIT, .loose = loose};
    model.diff = diff_catalogs(arena, &toy_rules, catalog_from(arena, from), catalog_from(arena, to));
    model.from = catalog_objects(model.diff->from, &model.from_count);
    model.to = catalog_objects(model.diff->to, &model.to_count);
    model.of_from = arena_alloc(arena, (model.from_count + 1) * sizeof *model.of_from);
    model.of_to = arena_alloc(arena, (model.to_count + 1) * sizeof *model.of_to);
    model.detached = arena_alloc(arena, model.from_count + 1);
    model.renamed = arena_alloc(arena, model.from_count + 1);
    for (size_t i = 0; i < model.from_count; ++i)
        model.of_from[i] = OLD;
    language.render = model_render;
    language.is_loose = loose ? is_loose : NULL;
    assert_non_null(plan_make(&language, model.diff, &options, NULL));
    check_end();
    if (model.failed) { /* more than a message of cmocka can hold */
        fprintf(stderr, "world %u\n-- from\n%s-- to\n%s-- plan\n%s", number, from, to, str_text(&model.log));
        fail();
    }
    str_free(&model.log);
    free(from);
    free(to);
    arena_free(arena);
}

static void test_random_worlds(void **state)
{
    (void)state;
    for (unsigned i = 1; i <= WORLDS; ++i)
        run_world(i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_worlds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
