/*
 * What objects need, told by the names that their texts mention. A name that means something else there (an
 * alias, a string) may count as well: then an object is taken to need a bit more than it does, which only
 * makes plans more careful.
 */
#include "base/map.h"
#include "base/vector.h"
#include "engine/sqlite/catalog_reading.h"
#include "engine/sqlite/tokens.h"
#include "sql/words.h"

#include <string.h>

/* Columns that an expression of the table's mentions. A word before a parenthesis is a function. */
static void need_columns_in(struct catalog_reading *reading, struct arena *work, struct schema_object *object,
                            const struct schema_object *table, const char *text)
{
    struct tokens tokens;
    if (!text || !tokens_read(work, text, strlen(text), &tokens))
        return;
    for (; tokens.at < tokens.count; ++tokens.at) {
        const struct sql_token *token = tokens_peek(&tokens, 0);
        if (!token_is_name(token) || sql_token_is_operator(tokens_peek(&tokens, 1), '('))
            continue;
        struct schema_object *column = catalog_names_column(reading->names, table, token_name(work, token));
        if (column)
            catalog_need(reading->catalog, object, column);
    }
}

/* Of an index, the list may hold expressions. */
static void need_listed_columns(struct catalog_reading *reading, struct arena *work,
                                struct schema_object *object, const struct schema_object *table,
                                enum schema_attribute attribute)
{
    const struct schema_value *value = catalog_value(object, attribute);
    for (size_t i = 0; value && i < value->count; ++i) {
        struct schema_object *column = catalog_names_column(reading->names, table, value->texts[i]);
        if (column)
            catalog_need(reading->catalog, object, column);
        else
            need_columns_in(reading, work, object, table, value->texts[i]);
    }
}

static void need_referenced(struct catalog_reading *reading, struct arena *work, struct schema_object *key)
{
    const char *name = catalog_text(key, ATTRIBUTE_REFERENCES);
    struct schema_object *table = name ? catalog_names_table(reading->names, name) : NULL;
    if (!table)
        return;
    catalog_need(reading->catalog, key, table);
    need_listed_columns(reading, work, key, table, ATTRIBUTE_REFERENCED_COLUMNS);
}

/* The tables and views that a text mentions, and all names in it. */
struct mentions {
    struct map *names, *seen; /* of tables that are in the list */
    VECTOR(struct schema_object *) tables;
};

static bool is_alias(const struct tokens *tokens)
{
    return tokens->at > 0 && sql_token_is(&tokens->items[tokens->at - 1], "AS");
}

static void note_mentions(struct catalog_reading *reading, struct arena *work, const char *text,
                          struct mentions *mentions)
{
    struct tokens tokens;
    if (!text || !tokens_read(work, text, strlen(text), &tokens))
        return;
    for (; tokens.at < tokens.count; ++tokens.at) {
        const struct sql_token *token = tokens_peek(&tokens, 0);
        if (!token_is_name(token))
            continue;
        const char *name = token_name(work, token);
        struct schema_object *table = is_alias(&tokens) ? NULL : catalog_names_table(reading->names, name);
        map_add(mentions->names, text_capitals(work, name, strlen(name)), mentions);
        if (table && map_add(mentions->seen, table->key, table))
            *vector_add(work, &mentions->tables) = table;
    }
}

static void need_mentioned_columns(struct catalog_reading *reading, struct arena *work,
                                   struct schema_object *object, const struct schema_object *table,
                                   const struct mentions *mentions)
{
    for (size_t i = 0; i < table->part_count; ++i) {
        struct schema_object *part = table->parts[i];
        if (part->kind == SCHEMA_COLUMN &&
            map_get(mentions->names, text_capitals(work, part->name, strlen(part->name))))
            catalog_need(reading->catalog, object, part);
    }
}

static void need_mentioned(struct catalog_reading *reading, struct arena *work, struct schema_object *object,
                           const struct mentions *mentions)
{
    if (object->parent)
        need_mentioned_columns(reading, work, object, object->parent, mentions);
    VECTOR_EACH (struct schema_object *, table, &mentions->tables) {
        catalog_need(reading->catalog, object, *table);
        need_mentioned_columns(reading, work, object, *table, mentions);
    }
}

/* Views, triggers, virtual tables, and what was kept as a whole text. */
static void need_in_texts(struct catalog_reading *reading, struct arena *work, struct schema_object *object)
{
    static const enum schema_attribute attributes[] = {ATTRIBUTE_DEFINITION, ATTRIBUTE_WHEN,
                                                       ATTRIBUTE_ARGUMENTS};
    struct mentions mentions = {.names = map_new(work), .seen = map_new(work)};
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; ++i) {
        const struct schema_value *value = catalog_value(object, attributes[i]);
        for (size_t j = 0; value && j < value->count; ++j)
            note_mentions(reading, work, value->texts[j], &mentions);
    }
    need_mentioned(reading, work, object, &mentions);
}

static void find_needs(struct catalog_reading *reading, struct arena *work, struct schema_object *object)
{
    const struct schema_object *table = object->parent;
    switch (object->kind) {
    case SCHEMA_COLUMN:
        need_columns_in(reading, work, object, table, catalog_text(object, ATTRIBUTE_GENERATED));
        break;
    case SCHEMA_CHECK:
        need_columns_in(reading, work, object, table, catalog_text(object, ATTRIBUTE_EXPRESSION));
        break;
    case SCHEMA_FOREIGN_KEY:
        need_listed_columns(reading, work, object, table, ATTRIBUTE_COLUMNS);
        need_referenced(reading, work, object);
        break;
    case SCHEMA_PRIMARY_KEY:
    case SCHEMA_UNIQUE:
    case SCHEMA_INDEX:
        need_listed_columns(reading, work, object, table, ATTRIBUTE_COLUMNS);
        need_columns_in(reading, work, object, table, catalog_text(object, ATTRIBUTE_WHERE));
        if (catalog_text(object, ATTRIBUTE_DEFINITION))
            need_in_texts(reading, work, object);
        break;
    case SCHEMA_TRIGGER:
        need_listed_columns(reading, work, object, table, ATTRIBUTE_COLUMNS);
        need_in_texts(reading, work, object);
        break;
    default:
        need_in_texts(reading, work, object);
    }
}

void catalog_find_needs(struct catalog_reading *reading)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(reading->catalog, &count);
    for (size_t i = 0; i < count; ++i)
        find_needs(reading, catalog_work(reading), objects[i]);
}
