/*
 * Columns whose type is dropped and comes back. The old type is renamed until they are of the new one, so
 * that tables are written once; where it cannot stay so long, they are of type text meanwhile.
 */
#include "engine/postgres/language_column.h"

#include <string.h>

/* Will the object be dropped, if only to be created again? */
static bool goes_away(const struct plan_rendering *rendering, const struct schema_object *object,
                      unsigned depth)
{
    const struct diff_change *change = diff_find(rendering->diff, object);
    if ((change && change->action == DIFF_DROP) || plan_replaces(rendering, change))
        return true;
    for (size_t i = 0; depth && i < object->need_count; ++i)
        if (object->kind != SCHEMA_TABLE && goes_away(rendering, object->needs[i], depth - 1))
            return true;
    return false;
}

static bool type_goes_away(const struct plan_rendering *rendering, const struct schema_object *column)
{
    for (size_t i = 0; i < column->need_count; ++i)
        if (is_type(column->needs[i]->kind) && goes_away(rendering, column->needs[i], NESTED_TYPES))
            return true;
    return false;
}

/* May all that the old type needs stay until the columns are of the new one? */
static bool can_stand_aside(const struct plan_rendering *rendering, const struct schema_object *type,
                            unsigned depth)
{
    if (!depth || (type->kind != SCHEMA_ENUM && type->kind != SCHEMA_DOMAIN &&
                   type->kind != SCHEMA_COMPOSITE_TYPE)) /* a range has a second type beside it */
        return false;
    for (size_t i = 0; i < type->need_count; ++i)
        if (goes_away(rendering, type->needs[i], NESTED_TYPES) &&
            !can_stand_aside(rendering, type->needs[i], depth - 1))
            return false;
    for (size_t i = 0; i < type->part_count; ++i)
        for (size_t j = 0; j < type->parts[i]->need_count; ++j)
            if (goes_away(rendering, type->parts[i]->needs[j], NESTED_TYPES) &&
                type->parts[i]->needs[j] != type)
                return false;
    return true;
}

/* Does the column go straight from the old type to the new one? A new default is set before that, and would
 * not do for the old one. */
static bool is_retyped(const struct plan_rendering *rendering, const struct schema_object *column)
{
    const struct diff_change *change = diff_find(rendering->diff, column);
    if (column->parent->kind != SCHEMA_TABLE || !diff_counterpart(rendering->diff, column) ||
        changes(change, ATTRIBUTE_TYPE) || changes(change, ATTRIBUTE_DEFAULT) ||
        !type_goes_away(rendering, column))
        return false;
    for (size_t i = 0; i < column->need_count; ++i)
        if (is_type(column->needs[i]->kind) && goes_away(rendering, column->needs[i], NESTED_TYPES) &&
            !can_stand_aside(rendering, column->needs[i], NESTED_TYPES))
            return false;
    return true;
}

static bool has_values(const struct plan_rendering *rendering, const struct schema_object *type)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(rendering->diff->from, &count);
    for (size_t i = 0; i < count; ++i)
        if (objects[i]->kind == SCHEMA_COLUMN && has_type(objects[i], type, NESTED_TYPES) &&
            is_retyped(rendering, objects[i]))
            return true;
    return false;
}

bool write_type_aside(struct plan_rendering *rendering, const struct schema_object *type)
{
    if (!is_type(type->kind) || !rendering->step->recreated ||
        !can_stand_aside(rendering, type, NESTED_TYPES) || !has_values(rendering, type))
        return false;
    const char *keyword = kind_keyword(type->kind),
               *aside = arena_printf(rendering->arena, "dunlin_replaced_%u", (unsigned)type->index);
    struct str text = STR_INIT;
    const struct diff_change *change = diff_find(rendering->diff, type);
    str_printf(&text, "ALTER %s %s RENAME TO %s", keyword, object_text(rendering, type), aside);
    add_text(rendering, changes(change, ATTRIBUTE_LABELS) ? PLAN_DROP_VALUE : 0, &text);
    str_printf(&text, "DROP %s %s.%s", keyword, name_text(rendering, type->schema), aside);
    add_text_to(rendering, PLAN_AFTER, 0, &text);
    return true;
}

static const char *text_type(const struct schema_object *column)
{
    return strstr(catalog_text(column, ATTRIBUTE_TYPE), "[]") ? "text[]" : "text";
}

bool write_detach(struct plan_rendering *rendering, const struct schema_object *column, dun_error *error)
{
    struct table_clauses clauses = {0};
    bool goes = type_goes_away(rendering, column);
    if (is_inherited(column))
        return true;
    if (goes && (!column_type_is_free(rendering, column, error) ||
                 !replaced_type_is_possible(rendering, column, error)))
        return false;
    if (is_set(column, ATTRIBUTE_DEFAULT))
        str_append(column_clause(&clauses, column, 0), "DROP DEFAULT");
    if (goes && !is_retyped(rendering, column)) {
        struct str *text =
            column_clause(&clauses, column, PLAN_REWRITE | replaced_type_losses(rendering, column));
        str_printf(text, "TYPE %s USING ", text_type(column));
        text_replaced_value(rendering, text, column);
        str_printf(text, "::%s", text_type(column));
    }
    write_clauses(rendering, column->parent, &clauses);
    return true;
}

/* Values of the old enum that the new one does not have. */
static void add_lost_values_check(struct plan_rendering *rendering, struct table_clauses *clauses,
                                  const struct schema_object *from, const struct schema_object *to)
{
    const char *name = name_text(rendering, from->name);
    for (size_t i = 0; i < to->need_count; ++i) {
        const struct schema_value *labels = catalog_value(to->needs[i], ATTRIBUTE_LABELS);
        if (to->needs[i]->kind != SCHEMA_ENUM || !labels || strstr(catalog_text(to, ATTRIBUTE_TYPE), "[]"))
            continue;
        struct str text = STR_INIT;
        str_printf(&text, "SELECT pg_catalog.count(*) FROM %s WHERE %s::text <> ALL (ARRAY[",
                   object_text(rendering, from->parent), name);
        for (size_t j = 0; j < labels->count; ++j) {
            str_append(&text, j ? ", " : "");
            text_literal(&text, labels->texts[j]);
        }
        str_append(&text, "]::text[])");
        add_clause_check(rendering, clauses, PLAN_CAST, str_text(&text), "give these rows another value");
        str_free(&text);
    }
}

void write_attach(struct plan_rendering *rendering, const struct schema_object *column)
{
    const struct schema_object *from = diff_counterpart(rendering->diff, column);
    const struct diff_change *change = diff_find(rendering->diff, column);
    struct table_clauses clauses = {0};
    if (is_inherited(column))
        return;
    if (type_goes_away(rendering, from) && !changes(change, ATTRIBUTE_TYPE)) {
        bool retyped = is_retyped(rendering, from);
        unsigned losses = retyped ? replaced_type_losses(rendering, from) : 0;
        struct str *text = column_clause(&clauses, column, PLAN_REWRITE | PLAN_CAST | losses);
        str_printf(text, "TYPE %s", catalog_text(column, ATTRIBUTE_TYPE));
        if (is_set(column, ATTRIBUTE_COLLATION))
            str_printf(text, " COLLATE %s", catalog_text(column, ATTRIBUTE_COLLATION));
        str_append(text, " USING ");
        if (retyped)
            text_replaced_value(rendering, text, from);
        else
            text_name(text, column->name);
        str_printf(text, "%s%s::%s", retyped ? "::" : "", retyped ? text_type(from) : "",
                   catalog_text(column, ATTRIBUTE_TYPE));
        add_lost_values_check(rendering, &clauses, from, column);
    }
    if (is_set(column, ATTRIBUTE_DEFAULT) && !changes(change, ATTRIBUTE_DEFAULT))
        add_default_clause(&clauses, column);
    write_clauses(rendering, column->parent, &clauses);
}
