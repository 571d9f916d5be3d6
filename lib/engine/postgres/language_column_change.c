/* How a column of a table is changed in place: clauses of ALTER TABLE. */
#include "engine/postgres/language_column.h"

#include "base/error.h"
#include "sql/name.h"

#include <string.h>

/* Types and identities */

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

static void append_type(struct str *text, const struct schema_object *column, const struct type_change *type)
{
    str_printf(text, "TYPE %s", catalog_text(column, ATTRIBUTE_TYPE));
    if (is_set(column, ATTRIBUTE_COLLATION))
        str_printf(text, " COLLATE %s", catalog_text(column, ATTRIBUTE_COLLATION));
    if (!type->by_itself && !is_foreign_column(column)) {
        str_append(text, " USING ");
        text_name(text, column->name);
        str_append(text, type->using);
    }
}

/* The type, and the default around it where that could not become one of the new type by itself. True: the
 * default is written. */
static bool add_type_clause(struct plan_rendering *rendering, struct table_clauses *clauses,
                            const struct diff_change *change)
{
    const struct schema_object *column = change->to;
    struct type_change type = type_change_of(rendering->arena, catalog_text(change->from, ATTRIBUTE_TYPE),
                                             catalog_text(column, ATTRIBUTE_TYPE));
    if (!changes(change, ATTRIBUTE_TYPE))
        type = (struct type_change){.by_itself = true, .hazards = PLAN_INDEX_BUILD};
    bool moves_default =
        is_set(change->from, ATTRIBUTE_DEFAULT) && (!type.by_itself || changes(change, ATTRIBUTE_DEFAULT));
    if (moves_default)
        str_append(column_clause(clauses, column, 0), "DROP DEFAULT");
    struct str *text = column_clause(clauses, column, is_foreign_column(column) ? 0 : type.hazards);
    append_type(text, column, &type);
    if (type.misfit && !is_foreign_column(column))
        add_misfits_check(rendering, clauses, column, type.misfit);
    if (moves_default && is_set(column, ATTRIBUTE_DEFAULT))
        add_default_clause(clauses, column);
    return moves_default;
}

/* Does it stay one with a sequence that is its own? */
static bool keeps_identity(const struct diff_change *change)
{
    return is_set(change->from, ATTRIBUTE_IDENTITY) && is_set(change->to, ATTRIBUTE_IDENTITY) &&
           !is_inherited(change->to);
}

void write_identity_into_limits(struct plan_rendering *rendering, const struct diff_change *change)
{
    if (keeps_identity(change))
        write_sequence_into_limits(rendering, change);
}

static void add_limit_check(struct plan_rendering *rendering, struct table_clauses *clauses,
                            const struct diff_change *change)
{
    const char *beyond = keeps_identity(change) ? sequence_beyond_limits(rendering, change) : NULL;
    if (!beyond)
        return;
    clauses->hazards |= PLAN_SEQUENCE_LIMIT;
    add_clause_check(rendering, clauses, PLAN_SEQUENCE_LIMIT, beyond, sequence_limit_hint);
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
        text_identity(text, column);
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

/* What is inherited, and options */

/* Has it come with the change of the column that it inherits? */
static bool came_with_parent(const struct plan_rendering *rendering, const struct diff_change *change,
                             enum schema_attribute attribute)
{
    const struct schema_object *parent = inherited_column(change->to);
    const struct diff_change *above = parent ? diff_find(rendering->diff, parent) : NULL;
    return parent && is_inherited(change->from) && catalog_same_text(parent, change->to, attribute) &&
           (attribute == ATTRIBUTE_TYPE || attribute == ATTRIBUTE_COLLATION || changes(above, attribute));
}

static bool changes_here(const struct plan_rendering *rendering, const struct diff_change *change,
                         enum schema_attribute attribute)
{
    return changes(change, attribute) && !came_with_parent(rendering, change, attribute);
}

static void add_option_clauses(const struct plan_rendering *rendering, struct table_clauses *clauses,
                               const struct diff_change *change)
{
    const struct schema_object *column = change->to;
    if (changes_here(rendering, change, ATTRIBUTE_STORAGE) && !is_set(change->to, ATTRIBUTE_GENERATED))
        text_storage(column_clause(clauses, column, 0), column);
    if (changes_here(rendering, change, ATTRIBUTE_COMPRESSION))
        str_printf(column_clause(clauses, column, 0), "SET COMPRESSION %s",
                   is_set(column, ATTRIBUTE_COMPRESSION) ? catalog_text(column, ATTRIBUTE_COMPRESSION)
                                                         : "default");
    if (changes_here(rendering, change, ATTRIBUTE_STATISTICS_TARGET))
        text_statistics_target(column_clause(clauses, column, 0), column);
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
    add_limit_check(rendering, clauses, change);
    add_option_clauses(rendering, clauses, change);
}

/* Does what the table is partitioned by name the column? */
static bool is_partition_key(const struct schema_object *column)
{
    const char *by = catalog_text(column->parent, ATTRIBUTE_PARTITION_BY), *key = by ? strchr(by, '(') : NULL;
    size_t length = strlen(column->name);
    for (const char *found = key ? strstr(key, column->name) : NULL; found;
         found = strstr(found + 1, column->name))
        if (!sql_is_of_name(found[-1]) && !sql_is_of_name(found[length]))
            return true;
    return false;
}

bool column_type_is_free(const struct plan_rendering *rendering, const struct schema_object *column,
                         dun_error *error)
{
    if (!is_partition_key(column))
        return true;
    error_set(error, DUN_FAILED,
              "PostgreSQL cannot change the type of column %s.%s, by which the table is partitioned",
              object_text(rendering, column->parent), name_text(rendering, column->name));
    error_hint(error, "make the new table under another name, copy the rows in a migration of your own, and "
                      "drop the old one");
    return false;
}

bool column_change_is_possible(const struct plan_rendering *rendering, const struct diff_change *change,
                               dun_error *error)
{
    const struct schema_object *from = change->from;
    if ((changes(change, ATTRIBUTE_TYPE) || changes(change, ATTRIBUTE_COLLATION)) &&
        !column_type_is_free(rendering, from, error))
        return false;
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
