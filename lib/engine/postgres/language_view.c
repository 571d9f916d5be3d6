/* Views and materialized views. */
#include "engine/postgres/language.h"

#include <string.h>

/* The query as the server tells it, without the semicolon. */
static void append_query(struct str *text, const struct schema_object *view)
{
    const char *query = catalog_text(view, ATTRIBUTE_DEFINITION);
    size_t length = strlen(query);
    if (length && query[length - 1] == ';')
        --length;
    str_append_n(text, query, length);
}

static void write_view(struct plan_rendering *rendering, const struct schema_object *view, const char *create)
{
    struct str text = STR_INIT;
    str_printf(&text, "%s VIEW ", create);
    text_object(&text, view);
    if (is_set(view, ATTRIBUTE_OPTIONS)) {
        str_append(&text, " WITH ");
        text_options(&text, catalog_value(view, ATTRIBUTE_OPTIONS), " = ");
    }
    str_append(&text, " AS\n");
    append_query(&text, view);
    add_text(rendering, 0, &text);
}

/* A view's column can have a default, for INSERT. */
void write_view_default(struct plan_rendering *rendering, const struct schema_object *column)
{
    const char *expression = catalog_text(column, ATTRIBUTE_DEFAULT);
    plan_add(rendering, 0, "ALTER VIEW %s ALTER COLUMN %s %s%s", object_text(rendering, column->parent),
             name_text(rendering, column->name), expression ? "SET DEFAULT " : "DROP DEFAULT",
             expression ? expression : "");
}

static void write_columns(struct plan_rendering *rendering, const struct schema_object *view)
{
    for (size_t i = 0; i < view->part_count; ++i) {
        const struct schema_object *column = view->parts[i];
        if (column->kind != SCHEMA_COLUMN)
            continue;
        if (is_set(column, ATTRIBUTE_DEFAULT))
            write_view_default(rendering, column);
        if (is_set(column, ATTRIBUTE_COMMENT))
            write_comment(rendering, column);
    }
}

static bool create_view(struct plan_rendering *rendering, const struct schema_object *view, dun_error *error)
{
    (void)error;
    write_view(rendering, view, "CREATE");
    write_columns(rendering, view);
    return true;
}

static void write_options(struct plan_rendering *rendering, const struct diff_change *change)
{
    struct str text = STR_INIT;
    str_printf(&text, "ALTER %s %s ", kind_keyword(change->to->kind), object_text(rendering, change->to));
    if (text_options_change(&text, change->from, change->to))
        add_text(rendering, 0, &text);
    str_free(&text);
}

static void alter_view(struct plan_rendering *rendering, const struct diff_change *change)
{
    if (changes(change, ATTRIBUTE_DEFINITION))
        write_view(rendering, change->to, "CREATE OR REPLACE");
    else if (changes(change, ATTRIBUTE_OPTIONS))
        write_options(rendering, change);
}

static const struct schema_object *column_at(const struct schema_object *view, unsigned position)
{
    for (size_t i = 0; i < view->part_count; ++i)
        if (view->parts[i]->kind == SCHEMA_COLUMN && view->parts[i]->position == position)
            return view->parts[i];
    return NULL;
}

/* A view that is replaced keeps its columns, and may get more behind them. */
static enum plan_means view_means(const struct diff_change *change)
{
    const struct schema_object *old, *new;
    if (!changes(change, ATTRIBUTE_DEFINITION))
        return PLAN_IN_PLACE;
    for (unsigned position = 1; (old = column_at(change->from, position)); ++position) {
        new = column_at(change->to, position);
        if (!new || strcmp(old->name, new->name) != 0 || !catalog_same_text(old, new, ATTRIBUTE_TYPE) ||
            !catalog_same_text(old, new, ATTRIBUTE_COLLATION))
            return PLAN_REPLACE;
    }
    return PLAN_IN_PLACE;
}

const struct kind_writer view_writer = {.create = create_view, .alter = alter_view, .means = view_means};

static bool create_materialized_view(struct plan_rendering *rendering, const struct schema_object *view,
                                     dun_error *error)
{
    struct str text = STR_INIT;
    (void)error;
    str_append(&text, "CREATE MATERIALIZED VIEW ");
    text_object(&text, view);
    if (is_set(view, ATTRIBUTE_ACCESS_METHOD))
        str_printf(&text, " USING %s", name_text(rendering, catalog_text(view, ATTRIBUTE_ACCESS_METHOD)));
    if (is_set(view, ATTRIBUTE_OPTIONS)) {
        str_append(&text, " WITH ");
        text_options(&text, catalog_value(view, ATTRIBUTE_OPTIONS), " = ");
    }
    if (is_set(view, ATTRIBUTE_TABLESPACE))
        str_printf(&text, " TABLESPACE %s", name_text(rendering, catalog_text(view, ATTRIBUTE_TABLESPACE)));
    str_append(&text, " AS\n");
    append_query(&text, view);
    add_text(rendering, 0, &text);
    for (size_t i = 0; i < view->part_count; ++i)
        if (view->parts[i]->kind == SCHEMA_COLUMN) {
            write_column_extras(rendering, view->parts[i]);
            if (is_set(view->parts[i], ATTRIBUTE_COMMENT))
                write_comment(rendering, view->parts[i]);
        }
    return true;
}

static void alter_materialized_view(struct plan_rendering *rendering, const struct diff_change *change)
{
    const char *name = object_text(rendering, change->to);
    if (changes(change, ATTRIBUTE_OPTIONS))
        write_options(rendering, change);
    if (changes(change, ATTRIBUTE_ACCESS_METHOD))
        plan_add(rendering, PLAN_REWRITE, "ALTER MATERIALIZED VIEW %s SET ACCESS METHOD %s", name,
                 is_set(change->to, ATTRIBUTE_ACCESS_METHOD)
                     ? name_text(rendering, catalog_text(change->to, ATTRIBUTE_ACCESS_METHOD))
                     : "heap");
    if (changes(change, ATTRIBUTE_TABLESPACE))
        plan_add(rendering, PLAN_REWRITE, "ALTER MATERIALIZED VIEW %s SET TABLESPACE %s", name,
                 is_set(change->to, ATTRIBUTE_TABLESPACE)
                     ? name_text(rendering, catalog_text(change->to, ATTRIBUTE_TABLESPACE))
                     : "pg_default");
}

static enum plan_means materialized_view_means(const struct diff_change *change)
{
    return changes(change, ATTRIBUTE_DEFINITION) ? PLAN_REPLACE : PLAN_IN_PLACE;
}

const struct kind_writer materialized_view_writer = {
    .create = create_materialized_view, .alter = alter_materialized_view, .means = materialized_view_means};
