/* Columns, as they stand in CREATE TABLE and ALTER TABLE. */
#include "engine/mysql/language.h"

#include <string.h>
#include <strings.h>

static bool same(const char *left, const char *right)
{
    return left == right || (left && right && strcmp(left, right) == 0);
}

/* A column without them gets those of the table, at the moment. */
static bool goes_without_saying(const struct schema_object *column, const struct language_column_style *style)
{
    static const enum schema_attribute both[] = {ATTRIBUTE_CHARACTER_SET, ATTRIBUTE_COLLATION};
    for (size_t i = 0; i < sizeof style->tables / sizeof *style->tables; ++i)
        for (size_t j = 0; style->tables[i] && j < sizeof both / sizeof *both; ++j)
            if (!same(catalog_text(column, both[j]), catalog_text(style->tables[i], both[j])))
                return false;
    return true;
}

static void append_characters(struct str *to, const struct schema_object *column,
                              const struct language_column_style *style)
{
    const char *charset = catalog_text(column, ATTRIBUTE_CHARACTER_SET);
    const char *collation = catalog_text(column, ATTRIBUTE_COLLATION);
    if (goes_without_saying(column, style))
        return;
    if (charset)
        str_printf(to, " CHARACTER SET %s", charset);
    if (collation)
        str_printf(to, " COLLATE %s", collation);
}

static void append_generated(struct str *to, const struct schema_object *column)
{
    const char *generated = catalog_text(column, ATTRIBUTE_GENERATED);
    if (!generated)
        return;
    if (strncmp(generated, "ROW ", strlen("ROW ")) == 0)
        str_printf(to, " GENERATED ALWAYS AS %s", generated);
    else
        str_printf(to, " GENERATED ALWAYS AS (%s) %s", generated,
                   catalog_text(column, ATTRIBUTE_STORED) ? "STORED" : "VIRTUAL");
}

/* A timestamp may be NOT NULL unless it says that it is not. */
static void append_nullability(struct str *to, const struct schema_object *column)
{
    if (catalog_text(column, ATTRIBUTE_NOT_NULL))
        str_append(to, " NOT NULL");
    else if (!catalog_text(column, ATTRIBUTE_GENERATED) &&
             strncasecmp(catalog_text(column, ATTRIBUTE_TYPE), "timestamp", strlen("timestamp")) == 0)
        str_append(to, " NULL");
}

static void append_values(struct str *to, const struct schema_object *column, bool bare)
{
    const char *value = catalog_text(column, ATTRIBUTE_DEFAULT),
               *update = catalog_text(column, ATTRIBUTE_ON_UPDATE_VALUE);
    if (value && !bare)
        str_printf(to, " DEFAULT %s", value);
    if (update)
        str_printf(to, " ON UPDATE %s", update);
    if (catalog_text(column, ATTRIBUTE_AUTO_INCREMENT))
        str_append(to, " AUTO_INCREMENT");
}

const char *mysql_engine_srid(const struct schema_object *column)
{
    static const char word[] = "SRID ";
    const struct schema_value *options = catalog_value(column, ATTRIBUTE_OPTIONS);
    for (size_t i = 0; options && i < options->count; ++i)
        if (strncmp(options->texts[i], word, strlen(word)) == 0)
            return options->texts[i] + strlen(word);
    return NULL;
}

bool mysql_engine_changes_srid(const struct diff_change *change)
{
    if (change->action != DIFF_ALTER || change->to->kind != SCHEMA_COLUMN ||
        !diff_has(change, ATTRIBUTE_OPTIONS))
        return false;
    const char *from = mysql_engine_srid(change->from), *to = mysql_engine_srid(change->to);
    return from != to && (!from || !to || strcmp(from, to) != 0);
}

static void append_options(struct str *to, const struct schema_object *column)
{
    const struct schema_value *options = catalog_value(column, ATTRIBUTE_OPTIONS);
    const char *storage = catalog_text(column, ATTRIBUTE_STORAGE),
               *comment = catalog_text(column, ATTRIBUTE_COMMENT);
    for (size_t i = 0; options && i < options->count; ++i)
        if (strncmp(options->texts[i], MYSQL_REFERENCE_SYSTEM, strlen(MYSQL_REFERENCE_SYSTEM)) != 0)
            str_printf(to, " %s", options->texts[i]);
    if (storage)
        str_printf(to, " STORAGE %s", storage);
    if (comment) {
        str_append(to, " COMMENT ");
        mysql_engine_append_string(to, comment);
    }
}

void mysql_engine_append_column(struct str *to, const struct schema_object *column,
                                const struct language_column_style *style)
{
    const char *compression = catalog_text(column, ATTRIBUTE_COMPRESSION),
               *check = catalog_text(column, ATTRIBUTE_CHECK);
    mysql_engine_append_name(to, column->name);
    str_printf(to, " %s", catalog_text(column, ATTRIBUTE_TYPE));
    if (mysql_engine_option(column, MYSQL_REFERENCE_SYSTEM))
        str_printf(to, " %s=%s", MYSQL_REFERENCE_SYSTEM, mysql_engine_option(column, MYSQL_REFERENCE_SYSTEM));
    if (compression)
        str_append(to, " COMPRESSED");
    if (compression && strcmp(compression, "yes") != 0)
        str_printf(to, "=%s", compression);
    append_characters(to, column, style);
    append_generated(to, column);
    append_nullability(to, column);
    if (catalog_text(column, ATTRIBUTE_INVISIBLE))
        str_append(to, " INVISIBLE");
    append_values(to, column, style->bare);
    append_options(to, column);
    if (check && !style->bare)
        str_printf(to, " CHECK (%s)", check);
    if (catalog_text(column, ATTRIBUTE_SYSTEM_VERSIONED))
        str_append(to, " WITHOUT SYSTEM VERSIONING");
}
