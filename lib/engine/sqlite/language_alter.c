/* Changes that ALTER TABLE can make: columns that are added with what belongs to them, and columns that are
 * dropped. */
#include "base/str.h"
#include "base/vector.h"
#include "engine/sqlite/definition.h"
#include "engine/sqlite/language.h"
#include "engine/sqlite/tokens.h"

#include <stdlib.h>
#include <string.h>

enum { DROPS_COLUMNS = 33500 }; /* the version with which ALTER TABLE DROP COLUMN came */

/* 33500 of "SQLite 3.35.0". */
static int version_of(const struct catalog *catalog)
{
    const char *server = catalog_server(catalog), *number = server ? strpbrk(server, "0123456789") : NULL;
    int version = 0;
    for (int part = 0; number && part < 3; ++part) {
        char *end;
        version = version * 100 + (int)strtol(number, &end, 10);
        number = *end == '.' ? end + 1 : end;
    }
    return version;
}

bool language_can_add_column(const struct schema_object *column)
{
    const char *value = catalog_text(column, ATTRIBUTE_DEFAULT);
    bool constant = !value || (*value != '(' && strncmp(value, "CURRENT_", strlen("CURRENT_")) != 0);
    bool wants_value = catalog_value(column, ATTRIBUTE_NOT_NULL) && !value;
    return constant && !wants_value && !catalog_value(column, ATTRIBUTE_STORED) &&
           !catalog_value(column, ATTRIBUTE_AUTO_INCREMENT);
}

static bool is_added(const struct plan_step *step, const struct schema_object *column)
{
    for (size_t i = 0; i < step->change_count; ++i)
        if (step->changes[i]->action == DIFF_CREATE && step->changes[i]->to == column)
            return true;
    return false;
}

/* No key can be added, and a check or foreign key only with a column that is new; that refers to nothing at
 * first. */
static bool can_add_constraint(const struct plan_rendering *rendering, const struct plan_step *step,
                               const struct schema_object *constraint)
{
    if (constraint->kind != SCHEMA_CHECK && constraint->kind != SCHEMA_FOREIGN_KEY)
        return false;
    const struct schema_object *home = definition_home(rendering->diff->to, constraint);
    return home && is_added(step, home) &&
           (constraint->kind == SCHEMA_CHECK || !catalog_value(home, ATTRIBUTE_DEFAULT));
}

/* Columns are added before others are dropped, for a table needs one at any time. */
static bool name_is_taken(const struct plan_step *step, const struct schema_object *column)
{
    for (size_t i = 0; i < step->change_count; ++i)
        if (step->changes[i]->action == DIFF_DROP && same_name(step->changes[i]->from->name, column->name))
            return true;
    return false;
}

static bool can_make(struct plan_rendering *rendering, const struct plan_step *step,
                     const struct diff_change *change)
{
    if (change->action == DIFF_CREATE && change->to->kind == SCHEMA_COLUMN)
        return language_can_add_column(change->to) && !name_is_taken(step, change->to);
    if (change->action == DIFF_CREATE)
        return can_add_constraint(rendering, step, change->to);
    return change->action == DIFF_DROP && change->from->kind == SCHEMA_COLUMN && step->action == PLAN_ALTER &&
           version_of(rendering->diff->from) >= DROPS_COLUMNS && language_may_alter(rendering);
}

bool language_can_alter(struct plan_rendering *rendering, const struct plan_step *step)
{
    for (size_t i = 0; i < step->change_count; ++i)
        if (!can_make(rendering, step, step->changes[i]))
            return false;
    return true;
}

static void append_alter(struct str *to, const struct plan_step *step, const char *clause)
{
    str_append(to, "ALTER TABLE ");
    definition_name(to, step->to->name);
    str_printf(to, " %s ", clause);
}

static const char *title(struct plan_rendering *rendering, const char *verb,
                         const struct schema_object *column)
{
    return arena_printf(rendering->arena, "table %s: %s column %s", column->parent->name, verb, column->name);
}

/* With the constraints of the step that are written with it. */
static void add_column(struct plan_rendering *rendering, const struct plan_step *step,
                       const struct diff_change *change)
{
    VECTOR(struct schema_object *) constraints = {0};
    struct str sql = STR_INIT;
    for (size_t i = 0; i < step->change_count; ++i) {
        struct schema_object *object = step->changes[i]->to;
        if (step->changes[i]->action == DIFF_CREATE && definition_is_constraint(object) &&
            definition_home(rendering->diff->to, object) == change->to)
            *vector_add(rendering->arena, &constraints) = object;
    }
    append_alter(&sql, step, "ADD COLUMN");
    definition_column(&sql, rendering->diff->to, change->to, constraints.items, constraints.count);
    struct plan_statement *statement = plan_add(rendering, 0, "%s", str_text(&sql));
    statement->title = title(rendering, "add", change->to);
    VECTOR_EACH (struct schema_object *, constraint, &constraints)
        if ((*constraint)->kind == SCHEMA_CHECK)
            statement->hazards |= PLAN_CHECK;
    str_free(&sql);
}

static void drop_column(struct plan_rendering *rendering, const struct plan_step *step,
                        const struct schema_object *column)
{
    struct str sql = STR_INIT;
    append_alter(&sql, step, "DROP COLUMN");
    definition_name(&sql, column->name);
    plan_add(rendering, PLAN_DROP_COLUMN | PLAN_REWRITE, "%s", str_text(&sql))->title =
        title(rendering, "drop", column);
    str_free(&sql);
}

void language_alter(struct plan_rendering *rendering, const struct plan_step *step)
{
    for (size_t i = 0; i < step->change_count; ++i)
        if (step->changes[i]->action == DIFF_CREATE && step->changes[i]->to->kind == SCHEMA_COLUMN)
            add_column(rendering, step, step->changes[i]);
    for (size_t i = 0; i < step->change_count; ++i)
        if (step->changes[i]->action == DIFF_DROP)
            drop_column(rendering, step, step->changes[i]->from);
}
