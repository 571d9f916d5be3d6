/* Columns, as SHOW CREATE TABLE prints them. */
#include "base/vector.h"
#include "engine/mysql/catalog_table.h"

#include <string.h>

static const char *take_type(struct catalog_text *text)
{
    const char *start = text->token.text;
    catalog_text_take(text);
    if (catalog_text_at_operator(text, '('))
        catalog_text_pass(text);
    while (catalog_text_accept(text, "UNSIGNED") || catalog_text_accept(text, "ZEROFILL"))
        ;
    return arena_strndup(text->arena, start, (size_t)(text->end - start));
}

/* What may stand behind a default, which may be any expression. */
static bool ends_expression(const struct catalog_text *text)
{
    static const char *const words[] = {"ON",
                                        "AUTO_INCREMENT",
                                        "COMMENT",
                                        "CHECK",
                                        "INVISIBLE",
                                        "VISIBLE",
                                        "COLUMN_FORMAT",
                                        "STORAGE",
                                        "NOT",
                                        "NULL",
                                        "WITH",
                                        "WITHOUT",
                                        "ENGINE_ATTRIBUTE",
                                        "SECONDARY_ENGINE_ATTRIBUTE"};
    if (mysql_engine_catalog_at_part_end(text) || text->token.kind == SQL_TOKEN_QUOTED)
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; ++i)
        if (catalog_text_at(text, words[i]))
            return true;
    return false;
}

static const char *take_expression(struct catalog_text *text)
{
    const char *start = text->token.text;
    do
        catalog_text_pass(text);
    while (!ends_expression(text));
    return catalog_text_since(text, start);
}

/* NULL as the default says no more than no default does. */
static void read_default(struct catalog_table_text *from, struct schema_object *column)
{
    const char *value = take_expression(&from->text);
    if (strcmp(value, "NULL") != 0)
        catalog_set(from->catalog, column, ATTRIBUTE_DEFAULT, value);
}

static void read_generated(struct catalog_table_text *from, struct schema_object *column)
{
    struct catalog_text *text = &from->text;
    catalog_text_accept(text, "ALWAYS");
    catalog_text_accept(text, "AS");
    if (catalog_text_accept(text, "ROW")) {
        const char *edge = catalog_text_take_raw(text);
        catalog_set(from->catalog, column, ATTRIBUTE_GENERATED, arena_printf(text->arena, "ROW %s", edge));
        return;
    }
    catalog_set(from->catalog, column, ATTRIBUTE_GENERATED, catalog_text_take_parenthesized(text));
    bool stored = catalog_text_accept(text, "STORED") || catalog_text_accept(text, "PERSISTENT");
    catalog_set_flag(from->catalog, column, ATTRIBUTE_STORED, stored);
    if (!stored)
        catalog_text_accept(text, "VIRTUAL");
}

static bool read_charset(struct catalog_table_text *from, struct schema_object *column)
{
    struct catalog_text *text = &from->text;
    if (catalog_text_accept(text, "CHARACTER"))
        catalog_text_accept(text, "SET");
    else if (!catalog_text_accept(text, "CHARSET")) {
        if (!catalog_text_accept(text, "COLLATE"))
            return false;
        catalog_set(from->catalog, column, ATTRIBUTE_COLLATION, catalog_text_take_name(text));
        return true;
    }
    catalog_set(from->catalog, column, ATTRIBUTE_CHARACTER_SET, catalog_text_take_name(text));
    return true;
}

static bool read_nullability(struct catalog_table_text *from, struct schema_object *column)
{
    struct catalog_text *text = &from->text;
    if (catalog_text_accept(text, "NULL"))
        return true;
    if (!catalog_text_accept(text, "NOT"))
        return false;
    catalog_text_accept(text, "NULL");
    catalog_set_flag(from->catalog, column, ATTRIBUTE_NOT_NULL, true);
    return true;
}

static bool read_value(struct catalog_table_text *from, struct schema_object *column)
{
    struct catalog_text *text = &from->text;
    if (catalog_text_accept(text, "DEFAULT")) {
        read_default(from, column);
    } else if (catalog_text_accept(text, "ON")) {
        catalog_text_accept(text, "UPDATE");
        catalog_set(from->catalog, column, ATTRIBUTE_ON_UPDATE_VALUE, take_expression(text));
    } else if (catalog_text_accept(text, "AUTO_INCREMENT")) {
        catalog_set_flag(from->catalog, column, ATTRIBUTE_AUTO_INCREMENT, true);
    } else if (catalog_text_accept(text, "GENERATED")) {
        read_generated(from, column);
    } else if (catalog_text_accept(text, "CHECK")) {
        catalog_set(from->catalog, column, ATTRIBUTE_CHECK, catalog_text_take_parenthesized(text));
    } else {
        return false;
    }
    return true;
}

static bool read_property(struct catalog_table_text *from, struct schema_object *column)
{
    struct catalog_text *text = &from->text;
    if (catalog_text_accept(text, "COMMENT")) {
        catalog_set(from->catalog, column, ATTRIBUTE_COMMENT, catalog_text_take_string(text));
    } else if (catalog_text_accept(text, "INVISIBLE")) {
        catalog_set_flag(from->catalog, column, ATTRIBUTE_INVISIBLE, true);
    } else if (catalog_text_accept(text, "COMPRESSED")) {
        const char *method = catalog_text_accept_operator(text, '=') ? catalog_text_take_name(text) : "yes";
        catalog_set(from->catalog, column, ATTRIBUTE_COMPRESSION, method);
    } else if (catalog_text_accept(text, "STORAGE")) {
        catalog_set(from->catalog, column, ATTRIBUTE_STORAGE, catalog_text_take_raw(text));
    } else if (catalog_text_at(text, "WITH") || catalog_text_at(text, "WITHOUT")) {
        bool without = catalog_text_at(text, "WITHOUT");
        catalog_text_take(text);
        catalog_text_accept(text, "SYSTEM");
        catalog_text_accept(text, "VERSIONING");
        catalog_set(from->catalog, column, ATTRIBUTE_SYSTEM_VERSIONED, without ? "no" : NULL);
    } else {
        return false;
    }
    return true;
}

static unsigned next_position(const struct schema_object *table)
{
    return (unsigned)table->part_count + 1; /* columns come first */
}

void mysql_engine_catalog_read_column(struct catalog_table_text *from)
{
    struct catalog_text *text = &from->text;
    const char *name = catalog_text_take_name(text);
    unsigned position = next_position(from->table);
    struct schema_object *column = mysql_engine_catalog_add_part(from, SCHEMA_COLUMN, name);
    struct catalog_texts options = {0};
    column->position = position;
    catalog_set(from->catalog, column, ATTRIBUTE_TYPE, take_type(text));
    while (!mysql_engine_catalog_at_part_end(text))
        if (!read_charset(from, column) && !read_nullability(from, column) && !read_value(from, column) &&
            !read_property(from, column))
            *vector_add(text->arena, &options) = mysql_engine_catalog_take_option(text);
    mysql_engine_catalog_set_texts(from->catalog, column, ATTRIBUTE_OPTIONS, &options);
}
