/* Tables: CREATE TABLE, as SHOW CREATE TABLE prints it. */
#include "engine/mysql/catalog_table.h"

#include "base/vector.h"

#include <string.h>
#include <strings.h>

/* An item of the list in parentheses that is not understood is named, and passed. */
static void pass_item(struct catalog_table_text *from)
{
    const char *start = from->text.token.text;
    while (!mysql_engine_catalog_at_part_end(&from->text))
        catalog_text_pass(&from->text);
    const char *item = catalog_text_since(&from->text, start);
    if (*item)
        catalog_add_unmodelled(from->catalog, "clause of a table",
                               arena_printf(from->text.arena, "%s: %s", from->table->name, item));
}

static void read_items(struct catalog_table_text *from)
{
    struct catalog_text *text = &from->text;
    while (!catalog_text_at_end(text) && !catalog_text_accept_operator(text, ')')) {
        if (text->token.kind == SQL_TOKEN_QUOTED)
            mysql_engine_catalog_read_column(from);
        else if (!mysql_engine_catalog_read_table_part(from))
            pass_item(from);
        catalog_text_accept_operator(text, ',');
    }
}

static bool has_characters(const char *type)
{
    static const char *const types[] = {"char(",      "varchar(", "text",  "tinytext",
                                        "mediumtext", "longtext", "enum(", "set("};
    for (size_t i = 0; i < sizeof types / sizeof *types; ++i)
        if (strncasecmp(type, types[i], strlen(types[i])) == 0)
            return true;
    return false;
}

/* The server leaves out of a column what is as the table has it; but that does not change when the table
 * does. */
static void inherit_characters(struct catalog_table_text *from)
{
    for (size_t i = 0; i < from->table->part_count; ++i) {
        struct schema_object *column = from->table->parts[i];
        if (column->kind != SCHEMA_COLUMN || !has_characters(catalog_text(column, ATTRIBUTE_TYPE)) ||
            catalog_text(column, ATTRIBUTE_CHARACTER_SET))
            continue;
        catalog_set(from->catalog, column, ATTRIBUTE_CHARACTER_SET,
                    catalog_text(from->table, ATTRIBUTE_CHARACTER_SET));
        if (!catalog_text(column, ATTRIBUTE_COLLATION))
            catalog_set(from->catalog, column, ATTRIBUTE_COLLATION,
                        catalog_text(from->table, ATTRIBUTE_COLLATION));
    }
}

/* In all engines but these, BTREE is what an index is anyway, whether USING was written or not. */
static void forget_default_method(struct catalog_table_text *from)
{
    const char *engine = catalog_text(from->table, ATTRIBUTE_ENGINE);
    if (engine && (strcasecmp(engine, "MEMORY") == 0 || strncasecmp(engine, "ndb", 3) == 0))
        return;
    for (size_t i = 0; i < from->table->part_count; ++i) {
        const char *method = catalog_text(from->table->parts[i], ATTRIBUTE_METHOD);
        if (method && strcasecmp(method, "BTREE") == 0)
            catalog_set(from->catalog, from->table->parts[i], ATTRIBUTE_METHOD, NULL);
    }
}

static bool is_engine(const struct schema_object *table, const char *engine)
{
    const char *actual = catalog_text(table, ATTRIBUTE_ENGINE);
    return actual && strcasecmp(actual, engine) == 0;
}

static void forget_option(struct catalog_table_text *from, struct schema_object *object, const char *option)
{
    const struct schema_value *options = catalog_value(object, ATTRIBUTE_OPTIONS);
    struct catalog_texts others = {0};
    for (size_t i = 0; options && i < options->count; ++i)
        if (strncasecmp(options->texts[i], option, strlen(option)) != 0)
            *vector_add(from->text.arena, &others) = options->texts[i];
    catalog_set(from->catalog, object, ATTRIBUTE_OPTIONS, NULL);
    mysql_engine_catalog_set_texts(from->catalog, object, ATTRIBUTE_OPTIONS, &others);
}

/* What ALTER TABLE leaves behind of another engine or row format, and the engine does not heed. */
static void forget_ignored_options(struct catalog_table_text *from)
{
    if (!is_engine(from->table, "Aria"))
        forget_option(from, from->table, "PAGE_CHECKSUM=");
    for (size_t i = 0; is_engine(from->table, "InnoDB") && i < from->table->part_count; ++i)
        if (from->table->parts[i]->kind != SCHEMA_COLUMN)
            forget_option(from, from->table->parts[i], "KEY_BLOCK_SIZE=");
}

void mysql_engine_catalog_read_table(struct catalog_reading *reading, const struct catalog_shown *shown)
{
    struct catalog_table_text from = {.catalog = reading->catalog};
    struct catalog_text *text = &from.text;
    catalog_text_open(text, reading->scratch, reading->database, shown->sql, shown->length);
    catalog_text_accept(text, "CREATE");
    if (!catalog_text_accept(
            text, "TABLE")) { /* but TEMPORARY: of this session, which hides the one that is meant */
        catalog_add_unmodelled(reading->catalog, "table that a temporary one hides", shown->name);
        return;
    }
    catalog_text_take_name(text);
    from.table = catalog_add(reading->catalog, SCHEMA_TABLE, NULL, NULL, shown->name);
    if (!from.table || !catalog_text_accept_operator(text, '(')) {
        catalog_add_unmodelled(reading->catalog, "table", shown->name);
        return;
    }
    from.table->rows = shown->rows;
    read_items(&from);
    mysql_engine_catalog_read_table_options(&from);
    mysql_engine_catalog_read_partitions(&from);
    inherit_characters(&from);
    forget_default_method(&from);
    forget_ignored_options(&from);
}
