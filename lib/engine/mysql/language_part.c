/* Keys and constraints, as they stand in CREATE TABLE and ALTER TABLE. */
#include "engine/mysql/language.h"

#include <string.h>

static const char *text_at(const struct schema_value *value, size_t index)
{
    return value && index < value->count ? value->texts[index] : "";
}

static const char *period_of(const struct schema_object *key)
{
    const struct schema_value *options = catalog_value(key, ATTRIBUTE_OPTIONS);
    for (size_t i = 0; options && i < options->count; ++i)
        if (strstr(options->texts[i], " WITHOUT OVERLAPS"))
            return options->texts[i];
    return NULL;
}

static void append_key_columns(struct str *to, const struct schema_object *key)
{
    const struct schema_value *columns = catalog_value(key, ATTRIBUTE_COLUMNS);
    const struct schema_value *prefixes = catalog_value(key, ATTRIBUTE_PREFIX_LENGTHS);
    const struct schema_value *orders = catalog_value(key, ATTRIBUTE_ORDERS);
    str_append(to, " (");
    for (size_t i = 0; columns && i < columns->count; ++i) {
        const char *name = columns->texts[i];
        str_append(to, i ? ", " : "");
        if (*name == '(')
            str_append(to, name);
        else
            mysql_engine_append_name(to, name);
        if (*text_at(prefixes, i))
            str_printf(to, "(%s)", text_at(prefixes, i));
        if (*text_at(orders, i))
            str_printf(to, " %s", text_at(orders, i));
    }
    if (period_of(key))
        str_printf(to, ", %s", period_of(key));
    str_append_char(to, ')');
}

static bool is_sort(const char *method)
{
    return method && (strcmp(method, "FULLTEXT") == 0 || strcmp(method, "SPATIAL") == 0 ||
                      strcmp(method, "VECTOR") == 0);
}

/* What the server adds to a unique key of long columns by itself, and takes from nobody. */
static bool is_made_up_method(const struct schema_object *key, const char *method)
{
    return strcmp(method, "HASH") == 0 && key->kind == SCHEMA_UNIQUE;
}

static void append_key_options(struct str *to, const struct schema_object *key, const char *method)
{
    const struct schema_value *options = catalog_value(key, ATTRIBUTE_OPTIONS);
    const char *comment = catalog_text(key, ATTRIBUTE_COMMENT);
    if (method && !is_sort(method) && !is_made_up_method(key, method))
        str_printf(to, " USING %s", method);
    for (size_t i = 0; options && i < options->count; ++i)
        if (!strstr(options->texts[i], " WITHOUT OVERLAPS"))
            str_printf(to, " %s", options->texts[i]);
    if (comment) {
        str_append(to, " COMMENT ");
        mysql_engine_append_string(to, comment);
    }
    if (catalog_text(key, ATTRIBUTE_INVISIBLE))
        str_append(to, " INVISIBLE");
    if (catalog_text(key, ATTRIBUTE_IGNORED))
        str_append(to, " IGNORED");
}

static void append_key(struct str *to, const struct schema_object *key)
{
    const char *method = catalog_text(key, ATTRIBUTE_METHOD);
    if (key->kind == SCHEMA_PRIMARY_KEY) {
        str_append(to, "PRIMARY KEY");
    } else {
        if (key->kind == SCHEMA_UNIQUE)
            str_append(to, "UNIQUE ");
        else if (is_sort(method))
            str_printf(to, "%s ", method);
        str_append(to, "KEY ");
        mysql_engine_append_name(to, key->name);
    }
    append_key_columns(to, key);
    append_key_options(to, key, method);
}

/* A name that the server made up is left to it again: another table or constraint may have it by now. */
static void append_constraint_name(struct str *to, const struct schema_object *constraint)
{
    if (constraint->made_up_name)
        return;
    str_append(to, "CONSTRAINT ");
    mysql_engine_append_name(to, constraint->name);
    str_append_char(to, ' ');
}

static void append_foreign_key(struct str *to, const struct schema_object *key)
{
    const char *references = catalog_text(key, ATTRIBUTE_REFERENCES);
    const char *on_delete = catalog_text(key, ATTRIBUTE_ON_DELETE),
               *on_update = catalog_text(key, ATTRIBUTE_ON_UPDATE);
    append_constraint_name(to, key);
    str_append(to, "FOREIGN KEY ");
    mysql_engine_append_names(to, catalog_value(key, ATTRIBUTE_COLUMNS));
    str_append(to, " REFERENCES ");
    if (strstr(references, "`.")) /* of another database, as the server writes it */
        str_append(to, references);
    else
        mysql_engine_append_name(to, references);
    str_append_char(to, ' ');
    mysql_engine_append_names(to, catalog_value(key, ATTRIBUTE_REFERENCED_COLUMNS));
    if (catalog_text(key, ATTRIBUTE_MATCH))
        str_printf(to, " MATCH %s", catalog_text(key, ATTRIBUTE_MATCH));
    if (on_delete)
        str_printf(to, " ON DELETE %s", on_delete);
    if (on_update)
        str_printf(to, " ON UPDATE %s", on_update);
}

static void append_check(struct str *to, const struct schema_object *check)
{
    append_constraint_name(to, check);
    str_printf(to, "CHECK (%s)", catalog_text(check, ATTRIBUTE_EXPRESSION));
    if (catalog_text(check, ATTRIBUTE_NOT_ENFORCED))
        str_append(to, " NOT ENFORCED");
}

void mysql_engine_append_part(struct str *to, const struct schema_object *part)
{
    if (part->kind == SCHEMA_FOREIGN_KEY)
        append_foreign_key(to, part);
    else if (part->kind == SCHEMA_CHECK)
        append_check(to, part);
    else
        append_key(to, part);
}

void mysql_engine_append_drop_part(struct str *to, const struct schema_object *part, bool mariadb)
{
    switch (part->kind) {
    case SCHEMA_PRIMARY_KEY:
        str_append(to, "DROP PRIMARY KEY");
        return;
    case SCHEMA_FOREIGN_KEY:
        str_append(to, "DROP FOREIGN KEY ");
        break;
    case SCHEMA_CHECK:
        str_append(to, mariadb ? "DROP CONSTRAINT " : "DROP CHECK ");
        break;
    default:
        str_append(to, "DROP KEY ");
        break;
    }
    mysql_engine_append_name(to, part->name);
}
