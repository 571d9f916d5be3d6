/*
 * A toy engine's language for tests of plans: it writes one line a step, which says all that the step has.
 * Its rules:
 *
 *  - Columns, keys and constraints are created inside their table and join its ALTER; other parts are steps.
 *  - Functions, enums, checks, foreign keys and indexes are replaced; all else changes in place.
 *  - A change of a table with "options" and of a column with "storage" rebuilds the table.
 *  - When a column's type changes, views and functions that need it are created again, columns detached.
 */
#ifndef TESTS_PLAN_TOY_H
#define TESTS_PLAN_TOY_H

#include "unit/catalog_text.h"

#include "base/error.h"
#include "base/str.h"
#include "plan/language.h"

#include <stdio.h>

static enum plan_means toy_means(const struct diff_change *change, const struct plan_options *options)
{
    (void)options;
    const struct schema_object *object = change->to ? change->to : change->from;
    if (diff_has(change, ATTRIBUTE_OPTIONS) || diff_has(change, ATTRIBUTE_STORAGE))
        return PLAN_REBUILD;
    if (change->action != DIFF_ALTER)
        return PLAN_IN_PLACE;
    switch (object->kind) {
    case SCHEMA_FUNCTION:
    case SCHEMA_ENUM:
    case SCHEMA_CHECK:
    case SCHEMA_FOREIGN_KEY:
    case SCHEMA_INDEX:
        return PLAN_REPLACE;
    default:
        return PLAN_IN_PLACE;
    }
}

static bool toy_created_inside(const struct schema_object *part)
{
    return part->kind >= SCHEMA_COLUMN && part->kind <= SCHEMA_FOREIGN_KEY;
}

static bool toy_joins(const struct diff_change *change)
{
    return toy_created_inside(change->to ? change->to : change->from);
}

static enum plan_obstacle toy_obstacle(const struct diff_change *change,
                                       const struct schema_object *dependent)
{
    if (!diff_has(change, ATTRIBUTE_TYPE) && !diff_has(change, ATTRIBUTE_OPTIONS))
        return PLAN_NO_OBSTACLE;
    if (dependent->kind == SCHEMA_COLUMN)
        return PLAN_OBSTACLE_DETACH;
    return dependent->kind == SCHEMA_VIEW || dependent->kind == SCHEMA_FUNCTION ? PLAN_OBSTACLE_RECREATE
                                                                                : PLAN_NO_OBSTACLE;
}

static void toy_append_changes(struct str *to, const struct plan_step *step)
{
    static const char signs[] = {
        [DIFF_CREATE] = '+', [DIFF_DROP] = '-', [DIFF_ALTER] = '~', [DIFF_RENAME] = '>'};
    for (size_t i = 0; i < step->change_count; ++i) {
        const struct diff_change *change = step->changes[i];
        str_printf(to, " %c%s", signs[change->action], (change->to ? change->to : change->from)->name);
    }
}

static bool toy_render(struct plan_rendering *rendering, const struct plan_step *step, dun_error *error)
{
    static const char *const words[] = {"create", "drop", "alter", "rename", "rebuild", "detach", "attach"};
    const struct schema_object *object =
        step->action == PLAN_DROP || step->action == PLAN_DETACH ? step->from : step->to;
    struct str sql = STR_INIT;
    if (object->kind == SCHEMA_EVENT) {
        error_hint(error, "Leave it.");
        error_set(error, DUN_FAILED, "events cannot be changed");
        return false;
    }
    str_printf(&sql, "%s %s", words[step->action], catalog_full_name(rendering->diff->to, object));
    for (size_t i = 0; i < step->inside_count; ++i)
        str_printf(&sql, "%s%s", i ? ", " : " (", step->inside[i]->name);
    if (step->inside_count > 0)
        str_append_char(&sql, ')');
    if (step->action == PLAN_ALTER || step->action == PLAN_REBUILD_TABLE)
        toy_append_changes(&sql, step);
    if (step->action == PLAN_RENAME)
        str_printf(&sql, " from %s", step->from->name);
    if (step->recreated)
        str_append(&sql, " again");
    if (step->action == PLAN_REBUILD_TABLE) {
        plan_add_to(rendering, PLAN_BEFORE, 0, "keys off")->session = true;
        plan_add_to(rendering, PLAN_AFTER, 0, "keys on")->session = true;
    }
    unsigned hazards = step->action == PLAN_DROP && object->kind == SCHEMA_TABLE ? PLAN_DROP_TABLE : 0;
    plan_add(rendering, hazards | (step->action == PLAN_REBUILD_TABLE ? PLAN_REWRITE : 0), "%s",
             str_text(&sql));
    str_free(&sql);
    return true;
}

static const struct plan_language toy = {
    .dialect = SQL_POSTGRESQL,
    .means = toy_means,
    .created_inside = toy_created_inside,
    .joins = toy_joins,
    .obstacle = toy_obstacle,
    .render = toy_render,
};

static const struct diff_rules toy_rules = {.dialect = SQL_POSTGRESQL};

static inline struct plan *toy_plan(struct arena *arena, const char *from, const char *to)
{
    static const struct plan_options options = {.online = false};
    dun_error *error = dun_error_new();
    struct diff *diff = diff_catalogs(arena, &toy_rules, catalog_from(arena, from), catalog_from(arena, to));
    struct plan *plan = plan_make(&toy, diff, &options, error);
    if (!plan)
        fail_msg("%s", dun_error_message(error));
    dun_error_free(error);
    return plan;
}

#endif
