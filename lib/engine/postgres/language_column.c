/* Columns of tables: how they are made and dropped. How they are changed is in language_column_change.c. */
#include "engine/postgres/language_column.h"

#include <string.h>

void text_identity(struct str *to, const struct schema_object *column)
{
    struct str options = STR_INIT;
    str_printf(to, " GENERATED %s AS IDENTITY",
               is_value(column, ATTRIBUTE_IDENTITY, "always") ? "ALWAYS" : "BY DEFAULT");
    text_sequence_options(&options, column, "");
    if (options.length)
        str_printf(to, " (%s)", str_text(&options) + 1);
    str_free(&options);
}

void text_column(struct str *to, const struct schema_object *column)
{
    text_name(to, column->name);
    str_printf(to, " %s", catalog_text(column, ATTRIBUTE_TYPE));
    if (is_foreign_column(column) && is_set(column, ATTRIBUTE_OPTIONS)) {
        str_append(to, " OPTIONS ");
        text_options(to, catalog_value(column, ATTRIBUTE_OPTIONS), " ");
    }
    if (is_set(column, ATTRIBUTE_COMPRESSION))
        str_printf(to, " COMPRESSION %s", catalog_text(column, ATTRIBUTE_COMPRESSION));
    if (is_set(column, ATTRIBUTE_COLLATION))
        str_printf(to, " COLLATE %s", catalog_text(column, ATTRIBUTE_COLLATION));
    if (is_set(column, ATTRIBUTE_IDENTITY))
        text_identity(to, column);
    if (is_set(column, ATTRIBUTE_GENERATED))
        str_printf(to, " GENERATED ALWAYS AS (%s) %s", catalog_text(column, ATTRIBUTE_GENERATED),
                   is_set(column, ATTRIBUTE_STORED) ? "STORED" : "VIRTUAL");
    if (is_set(column, ATTRIBUTE_DEFAULT))
        str_printf(to, " DEFAULT %s", catalog_text(column, ATTRIBUTE_DEFAULT));
    if (is_valid_not_null(column))
        text_not_null(to, column);
}

/* Clauses of ALTER TABLE */

void text_storage(struct str *text, const struct schema_object *column)
{
    const char *storage = catalog_text(column, ATTRIBUTE_STORAGE);
    str_printf(text, "SET STORAGE %s",
               storage ? storage : usual_storage(catalog_text(column, ATTRIBUTE_TYPE)));
}

void text_statistics_target(struct str *text, const struct schema_object *column)
{
    const char *target = catalog_text(column, ATTRIBUTE_STATISTICS_TARGET);
    str_printf(text, "SET STATISTICS %s", target ? target : "-1");
}

/* What CREATE TABLE and ADD COLUMN cannot say. */
static void add_extra_clauses(struct table_clauses *clauses, const struct schema_object *column)
{
    if (is_set(column, ATTRIBUTE_NOT_NULL) && !is_valid_not_null(column) && !is_inherited(column))
        append_not_null_constraint(add_clause(clauses, 0), column);
    if (is_set(column, ATTRIBUTE_STORAGE))
        text_storage(column_clause(clauses, column, 0), column);
    if (is_set(column, ATTRIBUTE_STATISTICS_TARGET))
        text_statistics_target(column_clause(clauses, column, 0), column);
    if (is_set(column, ATTRIBUTE_OPTIONS) && !is_foreign_column(column)) {
        struct str *text = column_clause(clauses, column, 0);
        str_append(text, "SET ");
        text_options(text, catalog_value(column, ATTRIBUTE_OPTIONS), " = ");
    }
}

void write_column_extras(struct plan_rendering *rendering, const struct schema_object *column)
{
    struct table_clauses clauses = {0};
    add_extra_clauses(&clauses, column);
    write_clauses(rendering, column->parent, &clauses);
}

/* What makes the server compute the value for each row, and so write the table anew. */
static bool is_volatile(const struct schema_object *column)
{
    static const char *const functions[] = {"nextval(",   "random(", "uuid", "clock_timestamp(",
                                            "timeofday(", "setval(", NULL};
    const char *expression = catalog_text(column, ATTRIBUTE_DEFAULT);
    for (size_t i = 0; expression && functions[i]; ++i)
        if (strstr(expression, functions[i]))
            return true;
    for (size_t i = 0; expression && i < column->need_count; ++i)
        if (column->needs[i]->kind == SCHEMA_FUNCTION)
            return true;
    return false;
}

static bool has_value(const struct schema_object *column)
{
    return is_set(column, ATTRIBUTE_DEFAULT) || is_set(column, ATTRIBUTE_IDENTITY) ||
           is_set(column, ATTRIBUTE_GENERATED);
}

unsigned added_column_hazards(const struct plan_rendering *rendering, const struct schema_object *column)
{
    unsigned hazards = 0;
    if (is_new(rendering, column) || is_foreign_column(column))
        return 0;
    bool virtual = is_set(column, ATTRIBUTE_GENERATED) && !is_set(column, ATTRIBUTE_STORED);
    if (is_volatile(column) || is_set(column, ATTRIBUTE_IDENTITY) || is_set(column, ATTRIBUTE_STORED))
        hazards |= PLAN_REWRITE;
    if (virtual && is_valid_not_null(column))
        hazards |= PLAN_SCAN;
    for (size_t i = 0; i < column->need_count; ++i)
        if (column->needs[i]->kind == SCHEMA_DOMAIN)
            hazards |= PLAN_REWRITE | PLAN_CAST;
    if (is_valid_not_null(column) && !has_value(column))
        hazards |= PLAN_NOT_NULL;
    return hazards;
}

void add_column_clause(struct plan_rendering *rendering, struct table_clauses *clauses,
                       const struct schema_object *column)
{
    unsigned hazards = added_column_hazards(rendering, column);
    struct str *text = add_clause(clauses, hazards);
    str_append(text, "ADD COLUMN ");
    text_column(text, column);
    if (hazards & PLAN_NOT_NULL)
        add_nulls_check(
            rendering, clauses, column, "",
            "give the column a default, or add it without NOT NULL, fill it, and set NOT NULL then");
    add_extra_clauses(clauses, column);
}

/* A new sequence goes on behind the values that are there. */
void write_identity_start(struct plan_rendering *rendering, const struct schema_object *column)
{
    const char *table = object_text(rendering, column->parent), *name = name_text(rendering, column->name);
    const char *start = catalog_text(column, ATTRIBUTE_START),
               *increment = catalog_text(column, ATTRIBUTE_INCREMENT);
    struct str text = STR_INIT;
    if (is_new(rendering, column) || (increment && *increment == '-'))
        return;
    str_append(&text, "SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence(");
    text_literal(&text, table);
    str_append(&text, ", ");
    text_literal(&text, column->name);
    str_printf(&text, "), pg_catalog.max(%s)) FROM %s HAVING pg_catalog.max(%s) >= %s", name, table, name,
               start ? start : "1");
    add_text(rendering, 0, &text);
}

const struct schema_object *inherited_column(const struct schema_object *column)
{
    const struct schema_object *table = column->parent;
    if (!is_inherited(column))
        return NULL;
    for (size_t i = 0; i < table->need_count; ++i)
        for (size_t j = 0; j < table->needs[i]->part_count; ++j)
            if (table->needs[i]->parts[j]->kind == SCHEMA_COLUMN &&
                strcmp(table->needs[i]->parts[j]->name, column->name) == 0)
                return table->needs[i]->parts[j];
    return NULL;
}

void add_default_clause(struct table_clauses *clauses, const struct schema_object *column)
{
    const char *expression = catalog_text(column, ATTRIBUTE_DEFAULT);
    struct str *text = column_clause(clauses, column, 0);
    str_printf(text, "%s%s", expression ? "SET DEFAULT " : "DROP DEFAULT", expression ? expression : "");
}

/* Of a column that is inherited, what differs from that of the table it comes from; of one of a typed table,
 * what the type does not say. */
static void add_own_values(struct table_clauses *clauses, const struct schema_object *column)
{
    const struct schema_object *parent = inherited_column(column);
    bool typed = is_set(column->parent, ATTRIBUTE_TYPE);
    if (typed && is_set(column, ATTRIBUTE_DEFAULT))
        add_default_clause(clauses, column);
    if (typed && is_set(column, ATTRIBUTE_NOT_NULL))
        str_append(column_clause(clauses, column, 0), "SET NOT NULL");
    if (!parent)
        return;
    if (!catalog_same_text(parent, column, ATTRIBUTE_DEFAULT))
        add_default_clause(clauses, column);
    if (is_set(column, ATTRIBUTE_NOT_NULL) && !is_set(parent, ATTRIBUTE_NOT_NULL))
        str_append(column_clause(clauses, column, 0), "SET NOT NULL");
}

void add_new_column_clauses(struct table_clauses *clauses, const struct schema_object *column)
{
    add_own_values(clauses, column);
    add_extra_clauses(clauses, column);
}

/* Columns on their own: those that are computed are dropped and added to be changed */

static bool create_column(struct plan_rendering *rendering, const struct schema_object *column,
                          dun_error *error)
{
    struct table_clauses clauses = {0};
    (void)error;
    if (!is_inherited(column))
        add_column_clause(rendering, &clauses, column);
    write_clauses(rendering, column->parent, &clauses);
    return true;
}

static void drop_column(struct plan_rendering *rendering, const struct schema_object *column)
{
    bool computed = is_set(column, ATTRIBUTE_GENERATED) || is_foreign_column(column);
    if (!is_inherited(column))
        write_drop(rendering, column, computed ? 0 : PLAN_DROP_COLUMN);
}

static enum plan_means column_means(const struct diff_change *change)
{
    bool computed = is_set(change->to, ATTRIBUTE_GENERATED);
    bool otherwise = changes(change, ATTRIBUTE_GENERATED) || changes(change, ATTRIBUTE_STORED);
    return otherwise && computed && !is_inherited(change->to) ? PLAN_REPLACE : PLAN_IN_PLACE;
}

const struct kind_writer column_writer = {
    .create = create_column, .drop = drop_column, .means = column_means};
