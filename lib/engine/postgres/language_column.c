/* Columns of tables. */
#include "engine/postgres/language.h"

#include "base/error.h"

#include <string.h>

bool is_foreign_column(const struct schema_object *column)
{
    return column->parent->kind == SCHEMA_FOREIGN_TABLE;
}

static void append_identity(struct str *to, const struct schema_object *column)
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
        append_identity(to, column);
    if (is_set(column, ATTRIBUTE_GENERATED))
        str_printf(to, " GENERATED ALWAYS AS (%s) %s", catalog_text(column, ATTRIBUTE_GENERATED),
                   is_set(column, ATTRIBUTE_STORED) ? "STORED" : "VIRTUAL");
    if (is_set(column, ATTRIBUTE_DEFAULT))
        str_printf(to, " DEFAULT %s", catalog_text(column, ATTRIBUTE_DEFAULT));
    if (is_valid_not_null(column))
        text_not_null(to, column);
}

/* Clauses of ALTER TABLE */

struct str *column_clause(struct table_clauses *clauses, const struct schema_object *column, unsigned hazards)
{
    struct str *text = add_clause(clauses, hazards);
    str_append(text, "ALTER COLUMN ");
    text_name(text, column->name);
    str_append_char(text, ' ');
    return text;
}

static void append_storage(struct str *text, const struct schema_object *column)
{
    const char *storage = catalog_text(column, ATTRIBUTE_STORAGE);
    str_printf(text, "SET STORAGE %s",
               storage ? storage : usual_storage(catalog_text(column, ATTRIBUTE_TYPE)));
}

static void append_target(struct str *text, const struct schema_object *column)
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
        append_storage(column_clause(clauses, column, 0), column);
    if (is_set(column, ATTRIBUTE_STATISTICS_TARGET))
        append_target(column_clause(clauses, column, 0), column);
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

void add_nulls_check(struct plan_rendering *rendering, struct table_clauses *clauses,
                     const struct schema_object *column, const char *condition, const char *hint)
{
    struct str text = STR_INIT;
    str_append(&text, "SELECT pg_catalog.count(*) FROM ");
    text_object(&text, column->parent);
    str_append(&text, condition);
    add_clause_check(rendering, clauses, PLAN_NOT_NULL, str_text(&text), hint);
    str_free(&text);
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

static void add_misfits_check(struct plan_rendering *rendering, struct table_clauses *clauses,
                              const struct schema_object *column, const char *misfit)
{
    const char *name = name_text(rendering, column->name), *place = strstr(misfit, "%s");
    struct str text = STR_INIT;
    str_printf(&text, "SELECT pg_catalog.count(*) FROM %s WHERE %.*s%s%s",
               object_text(rendering, column->parent), (int)(place - misfit), misfit, name, place + 2);
    add_clause_check(rendering, clauses, PLAN_CAST, str_text(&text), "change the values that do not fit");
    str_free(&text);
}

/* The type, and the default around it where that could not become one of the new type by itself. True: the
 * default is written. */
static bool add_type_clause(struct plan_rendering *rendering, struct table_clauses *clauses,
                            const struct diff_change *change)
{
    const struct schema_object *column = change->to;
    const char *to = catalog_text(column, ATTRIBUTE_TYPE);
    struct type_change type =
        type_change_of(rendering->arena, catalog_text(change->from, ATTRIBUTE_TYPE), to);
    if (!changes(change, ATTRIBUTE_TYPE))
        type = (struct type_change){.by_itself = true, .hazards = PLAN_INDEX_BUILD};
    bool moves_default =
        is_set(change->from, ATTRIBUTE_DEFAULT) && (!type.by_itself || changes(change, ATTRIBUTE_DEFAULT));
    if (moves_default)
        str_append(column_clause(clauses, column, 0), "DROP DEFAULT");
    struct str *text = column_clause(clauses, column, is_foreign_column(column) ? 0 : type.hazards);
    str_printf(text, "TYPE %s", to);
    if (is_set(column, ATTRIBUTE_COLLATION))
        str_printf(text, " COLLATE %s", catalog_text(column, ATTRIBUTE_COLLATION));
    if (!type.by_itself && !is_foreign_column(column)) {
        str_append(text, " USING ");
        text_name(text, column->name);
        str_append(text, type.using);
    }
    if (type.misfit && !is_foreign_column(column))
        add_misfits_check(rendering, clauses, column, type.misfit);
    if (!moves_default)
        return false;
    if (is_set(column, ATTRIBUTE_DEFAULT))
        str_printf(column_clause(clauses, column, 0), "SET DEFAULT %s",
                   catalog_text(column, ATTRIBUTE_DEFAULT));
    return true;
}

static bool changes_sequence(const struct diff_change *change)
{
    return changes(change, ATTRIBUTE_START) || changes(change, ATTRIBUTE_INCREMENT) ||
           changes(change, ATTRIBUTE_MINIMUM) || changes(change, ATTRIBUTE_MAXIMUM) ||
           changes(change, ATTRIBUTE_CACHE) || changes(change, ATTRIBUTE_CYCLE);
}

static void add_identity_clauses(struct table_clauses *clauses, const struct diff_change *change)
{
    const struct schema_object *column = change->to;
    if (changes(change, ATTRIBUTE_IDENTITY) && !is_set(change->from, ATTRIBUTE_IDENTITY)) {
        struct str *text = column_clause(clauses, column, 0);
        str_append(text, "ADD");
        append_identity(text, column);
        return;
    }
    if (!is_set(column, ATTRIBUTE_IDENTITY))
        return;
    if (changes(change, ATTRIBUTE_IDENTITY))
        str_printf(column_clause(clauses, column, 0), "SET GENERATED %s",
                   is_value(column, ATTRIBUTE_IDENTITY, "always") ? "ALWAYS" : "BY DEFAULT");
    if (changes_sequence(change)) {
        struct str options = STR_INIT;
        text_sequence_changes(&options, change, "SET ");
        str_append(column_clause(clauses, column, 0), str_text(&options) + 1);
        str_free(&options);
    }
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

/* The column of the table that this one's is inherited from; NULL: it is its own. */
static const struct schema_object *inherited_column(const struct schema_object *column)
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

static bool same_value(const struct schema_object *left, const struct schema_object *right,
                       enum schema_attribute attribute)
{
    const char *a = catalog_text(left, attribute), *b = catalog_text(right, attribute);
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Has it come with the change of the column that it inherits? */
static bool came_with_parent(const struct plan_rendering *rendering, const struct diff_change *change,
                             enum schema_attribute attribute)
{
    const struct schema_object *parent = inherited_column(change->to);
    const struct diff_change *above = parent ? diff_find(rendering->diff, parent) : NULL;
    return parent && same_value(parent, change->to, attribute) &&
           (attribute == ATTRIBUTE_TYPE || attribute == ATTRIBUTE_COLLATION || changes(above, attribute));
}

static bool changes_here(const struct plan_rendering *rendering, const struct diff_change *change,
                         enum schema_attribute attribute)
{
    return changes(change, attribute) && !came_with_parent(rendering, change, attribute);
}

static void add_default_clause(struct table_clauses *clauses, const struct schema_object *column)
{
    const char *expression = catalog_text(column, ATTRIBUTE_DEFAULT);
    struct str *text = column_clause(clauses, column, 0);
    str_printf(text, "%s%s", expression ? "SET DEFAULT " : "DROP DEFAULT", expression ? expression : "");
}

static void add_option_clauses(const struct plan_rendering *rendering, struct table_clauses *clauses,
                               const struct diff_change *change)
{
    const struct schema_object *column = change->to;
    if (changes_here(rendering, change, ATTRIBUTE_STORAGE) && !is_set(change->to, ATTRIBUTE_GENERATED))
        append_storage(column_clause(clauses, column, 0), column);
    if (changes_here(rendering, change, ATTRIBUTE_COMPRESSION))
        str_printf(column_clause(clauses, column, 0), "SET COMPRESSION %s",
                   is_set(column, ATTRIBUTE_COMPRESSION) ? catalog_text(column, ATTRIBUTE_COMPRESSION)
                                                         : "default");
    if (changes_here(rendering, change, ATTRIBUTE_STATISTICS_TARGET))
        append_target(column_clause(clauses, column, 0), column);
    if (!changes(change, ATTRIBUTE_OPTIONS))
        return;
    struct str options = STR_INIT;
    if (is_foreign_column(column))
        text_foreign_options_change(&options, change->from, column);
    else
        text_options_change(&options, change->from, column);
    const char *reset = is_foreign_column(column) ? NULL : strstr(str_text(&options), ", RESET (");
    struct str *text = column_clause(clauses, column, 0);
    str_append_n(text, str_text(&options), reset ? (size_t)(reset - str_text(&options)) : options.length);
    if (reset)
        str_append(column_clause(clauses, column, 0), reset + 2);
    str_free(&options);
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
    if (!same_value(parent, column, ATTRIBUTE_DEFAULT))
        add_default_clause(clauses, column);
    if (is_set(column, ATTRIBUTE_NOT_NULL) && !is_set(parent, ATTRIBUTE_NOT_NULL))
        str_append(column_clause(clauses, column, 0), "SET NOT NULL");
}

void add_new_column_clauses(struct table_clauses *clauses, const struct schema_object *column)
{
    add_own_values(clauses, column);
    add_extra_clauses(clauses, column);
}

void write_column_clauses(struct plan_rendering *rendering, struct table_clauses *clauses,
                          const struct diff_change *change)
{
    const struct schema_object *column = change->to;
    bool default_is_done = false;
    if (changes(change, ATTRIBUTE_IDENTITY) && !is_set(column, ATTRIBUTE_IDENTITY) &&
        !loses_identity_for_sequence(rendering, change->from))
        str_append(column_clause(clauses, column, 0), "DROP IDENTITY");
    if (changes(change, ATTRIBUTE_GENERATED) && !is_set(column, ATTRIBUTE_GENERATED))
        str_append(column_clause(clauses, column, 0), "DROP EXPRESSION");
    if (changes_here(rendering, change, ATTRIBUTE_TYPE) ||
        changes_here(rendering, change, ATTRIBUTE_COLLATION))
        default_is_done = add_type_clause(rendering, clauses, change);
    if (changes_here(rendering, change, ATTRIBUTE_DEFAULT) && !default_is_done)
        add_default_clause(clauses, column);
    if (changes_here(rendering, change, ATTRIBUTE_NOT_NULL) && !becomes_not_null_online(rendering, change))
        add_null_clause(rendering, clauses, change);
    add_identity_clauses(clauses, change);
    add_option_clauses(rendering, clauses, change);
}

/* Columns whose type goes away and comes back */

/* Will the object be dropped, if only to be created again? */
static bool goes_away(const struct plan_rendering *rendering, const struct schema_object *object,
                      unsigned depth)
{
    const struct diff_change *change = diff_find(rendering->diff, object);
    if (change && change->action == DIFF_DROP)
        return true;
    if (change && change->action == DIFF_ALTER &&
        postgres_language.means(change, rendering->options) == PLAN_REPLACE)
        return true;
    for (size_t i = 0; depth && i < object->need_count; ++i)
        if (object->kind != SCHEMA_TABLE && goes_away(rendering, object->needs[i], depth - 1))
            return true;
    return false;
}

bool is_type(enum schema_kind kind)
{
    return kind == SCHEMA_ENUM || kind == SCHEMA_DOMAIN || kind == SCHEMA_COMPOSITE_TYPE ||
           kind == SCHEMA_RANGE_TYPE || kind == SCHEMA_COLLATION;
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
    if (goes && !replaced_type_is_possible(rendering, column, error))
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

bool column_change_is_possible(const struct plan_rendering *rendering, const struct diff_change *change,
                               dun_error *error)
{
    const struct schema_object *from = change->from;
    bool stays = is_set(change->to, ATTRIBUTE_GENERATED) || !is_set(from, ATTRIBUTE_GENERATED);
    bool can = is_set(from, ATTRIBUTE_STORED) && server_version(rendering) >= 13;
    if (stays || can || is_inherited(from))
        return true;
    error_set(error, DUN_FAILED, "PostgreSQL%s cannot make the %s column %s.%s a plain one",
              is_set(from, ATTRIBUTE_STORED) ? " before version 13" : "",
              is_set(from, ATTRIBUTE_STORED) ? "generated" : "virtual", object_text(rendering, from->parent),
              name_text(rendering, from->name));
    error_hint(error, "add a plain column under another name, copy the values in a migration of your own, "
                      "drop the generated one and rename the new one");
    return false;
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
