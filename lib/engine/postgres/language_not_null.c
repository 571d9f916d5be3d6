/*
 * NOT NULL of columns. From version 18 on it is a constraint, with a name, that need not be true of rows that
 * are there, nor hold for the tables that inherit the column.
 */
#include "engine/postgres/language.h"

#include <string.h>

static bool is_not_null(const struct schema_object *column, const char *word)
{
    const char *value = catalog_text(column, ATTRIBUTE_NOT_NULL);
    return value && (!word || strstr(value, word));
}

bool is_valid_not_null(const struct schema_object *column)
{
    return is_not_null(column, NULL) && !is_not_null(column, "not valid");
}

/* The server makes up TABLE_COLUMN_not_null, from names that were theirs at that time. */
bool has_own_not_null_name(const struct schema_object *column)
{
    static const char label[] = "_not_null";
    const char *name = catalog_text(column, ATTRIBUTE_NOT_NULL_NAME), *end = NULL;
    for (const char *at = name; at && (at = strstr(at, label)); ++at)
        end = at + strlen(label);
    return name && (!end || end[strspn(end, "0123456789")]);
}

static const char *not_null_name(const struct plan_rendering *rendering, const struct schema_object *column)
{
    const char *name = catalog_text(column, ATTRIBUTE_NOT_NULL_NAME);
    return name_text(
        rendering,
        name ? name : arena_printf(rendering->arena, "%s_%s_not_null", column->parent->name, column->name));
}

/* In a column's definition. */
void text_not_null(struct str *to, const struct schema_object *column)
{
    if (has_own_not_null_name(column)) {
        str_append(to, " CONSTRAINT ");
        text_name(to, catalog_text(column, ATTRIBUTE_NOT_NULL_NAME));
    }
    str_printf(to, " NOT NULL%s", is_not_null(column, "no inherit") ? " NO INHERIT" : "");
}

/* As a clause of its own, which can say all. */
void append_not_null_constraint(struct str *to, const struct schema_object *column)
{
    str_append(to, "ADD ");
    if (has_own_not_null_name(column)) {
        str_append(to, "CONSTRAINT ");
        text_name(to, catalog_text(column, ATTRIBUTE_NOT_NULL_NAME));
        str_append_char(to, ' ');
    }
    str_append(to, "NOT NULL ");
    text_name(to, column->name);
    if (is_not_null(column, "no inherit"))
        str_append(to, " NO INHERIT");
    if (is_not_null(column, "not valid"))
        str_append(to, " NOT VALID");
}

static void add_nulls_check_of(struct plan_rendering *rendering, struct table_clauses *clauses,
                               const struct schema_object *column)
{
    struct str condition = STR_INIT;
    str_append(&condition, " WHERE ");
    text_name(&condition, column->name);
    str_append(&condition, " IS NULL");
    add_nulls_check(rendering, clauses, column, str_text(&condition), "give these rows a value");
    str_free(&condition);
}

bool becomes_not_null_online(const struct plan_rendering *rendering, const struct diff_change *change)
{
    return rendering->options->online && changes(change, ATTRIBUTE_NOT_NULL) &&
           is_valid_not_null(change->to) && !is_valid_not_null(change->from) &&
           !is_foreign_column(change->to) && !is_inherited(change->to);
}

static void write_validation(struct plan_rendering *rendering, const struct schema_object *column,
                             const char *constraint)
{
    struct table_clauses clauses = {.hazards = PLAN_NOT_NULL | PLAN_NOT_TRANSACTIONAL};
    str_printf(add_clause(&clauses, 0), "VALIDATE CONSTRAINT %s", constraint);
    add_nulls_check_of(rendering, &clauses, column);
    clauses.apart = true;
    write_clauses(rendering, column->parent, &clauses);
}

/* A check that is validated while others write tells the server that it need not look for itself. */
static void write_not_null_by_check(struct plan_rendering *rendering, const struct schema_object *column)
{
    const char *table = object_text(rendering, column->parent), *name = name_text(rendering, column->name);
    const char *check =
        name_text(rendering, arena_printf(rendering->arena, "dunlin_not_null_%u", column->position));
    plan_add(rendering, PLAN_NOT_TRANSACTIONAL,
             "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s IS NOT NULL) NOT VALID", table, check, name)
        ->apart = true;
    write_validation(rendering, column, check);
    plan_add(rendering, 0, "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL, DROP CONSTRAINT %s", table, name,
             check);
}

/* From version 18 on the constraint itself can be made without a look at the rows. */
static void write_not_null_by_constraint(struct plan_rendering *rendering, const struct diff_change *change)
{
    const struct schema_object *column = change->to;
    bool new = !is_not_null(change->from, NULL);
    const char *constraint = not_null_name(rendering, new ? column : change->from);
    if (new)
        plan_add(rendering, PLAN_NOT_TRANSACTIONAL,
                 "ALTER TABLE %s ADD CONSTRAINT %s NOT NULL %s%s NOT VALID",
                 object_text(rendering, column->parent), constraint, name_text(rendering, column->name),
                 is_not_null(column, "no inherit") ? " NO INHERIT" : "")
            ->apart = true;
    write_validation(rendering, column, constraint);
}

void write_not_null_online(struct plan_rendering *rendering, const struct diff_change *change)
{
    if (server_version(rendering) < 18)
        write_not_null_by_check(rendering, change->to);
    else
        write_not_null_by_constraint(rendering, change);
}

/* Nothing becomes NOT VALID, and so it is dropped for that. */
static bool is_not_null_anew(const struct diff_change *change)
{
    return is_not_null(change->from, NULL) && is_not_null(change->to, "not valid") &&
           !is_not_null(change->from, "not valid");
}

void write_not_null_name(struct plan_rendering *rendering, const struct diff_change *change)
{
    if (is_not_null(change->from, NULL) && is_not_null(change->to, NULL) && !is_not_null_anew(change))
        plan_add(rendering, 0, "ALTER TABLE %s RENAME CONSTRAINT %s TO %s",
                 object_text(rendering, change->to->parent), not_null_name(rendering, change->from),
                 not_null_name(rendering, change->to));
}

static void add_not_null_clause(struct plan_rendering *rendering, struct table_clauses *clauses,
                                const struct schema_object *column)
{
    bool risks = !is_foreign_column(column) && is_valid_not_null(column);
    unsigned hazards = risks ? PLAN_NOT_NULL | PLAN_SCAN : 0;
    if (is_value(column, ATTRIBUTE_NOT_NULL, "yes") && !has_own_not_null_name(column))
        str_append(column_clause(clauses, column, hazards), "SET NOT NULL");
    else
        append_not_null_constraint(add_clause(clauses, hazards), column);
    if (risks)
        add_nulls_check_of(rendering, clauses, column);
}

/* What was NOT NULL before and still is, but otherwise. */
static void alter_not_null(struct plan_rendering *rendering, struct table_clauses *clauses,
                           const struct diff_change *change)
{
    const char *constraint = not_null_name(rendering, change->from);
    bool inherits = !is_not_null(change->to, "no inherit");
    if (inherits == is_not_null(change->from, "no inherit"))
        str_printf(add_clause(clauses, 0), "ALTER CONSTRAINT %s %sINHERIT", constraint,
                   inherits ? "" : "NO ");
    if (is_valid_not_null(change->from) == is_valid_not_null(change->to))
        return;
    str_printf(add_clause(clauses, PLAN_NOT_NULL | PLAN_SCAN), "VALIDATE CONSTRAINT %s", constraint);
    add_nulls_check_of(rendering, clauses, change->to);
}

void add_null_clause(struct plan_rendering *rendering, struct table_clauses *clauses,
                     const struct diff_change *change)
{
    const struct schema_object *column = change->to;
    bool was = is_not_null(change->from, NULL), is = is_not_null(column, NULL),
         anew = is_not_null_anew(change);
    if (was && is && !anew) {
        alter_not_null(rendering, clauses, change);
        return;
    }
    if (!is || anew)
        str_append(column_clause(clauses, column, 0), "DROP NOT NULL");
    if (is)
        add_not_null_clause(rendering, clauses, column);
}
