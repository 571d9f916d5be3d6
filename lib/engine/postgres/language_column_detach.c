/* Columns whose type is dropped and comes back: meanwhile, they are of type text. */
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
    enum { NESTED = 8 };
    for (size_t i = 0; i < column->need_count; ++i)
        if (is_type(column->needs[i]->kind) && goes_away(rendering, column->needs[i], NESTED))
            return true;
    return false;
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
    if (goes) {
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
        struct str *text = column_clause(&clauses, column, PLAN_REWRITE | PLAN_CAST);
        str_printf(text, "TYPE %s", catalog_text(column, ATTRIBUTE_TYPE));
        if (is_set(column, ATTRIBUTE_COLLATION))
            str_printf(text, " COLLATE %s", catalog_text(column, ATTRIBUTE_COLLATION));
        str_append(text, " USING ");
        text_name(text, column->name);
        str_printf(text, "::%s", catalog_text(column, ATTRIBUTE_TYPE));
        add_lost_values_check(rendering, &clauses, from, column);
    }
    if (is_set(column, ATTRIBUTE_DEFAULT) && !changes(change, ATTRIBUTE_DEFAULT))
        add_default_clause(&clauses, column);
    write_clauses(rendering, column->parent, &clauses);
}
