/*
 * What needs what. The server keeps no such record, but the texts tell: whatever a text mentions by name is
 * needed, even where the name is that of something else, for an order that heeds too much is as good.
 *
 * Functions and procedures need only tables, columns and sequences: the server looks into them when they run,
 * so they can be made before what they mention; and views may call functions that read views.
 */
#include "base/map.h"
#include "base/vector.h"
#include "engine/mysql/catalog_reading.h"

#include <string.h>

struct finder {
    struct catalog *catalog;
    struct map *relations; /* tables, views and sequences, by their names in lower case */
    struct map *routines;  /* functions, procedures and packages, likewise; a function before a procedure of
                              its name */
    struct arena *arena;   /* of one object at a time */
    const char *database;
};

static const char *lower(struct arena *arena, const char *name)
{
    char *copy = arena_strdup(arena, name);
    for (char *c = copy; *c; ++c)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return copy;
}

static bool is_relation(enum schema_kind kind)
{
    return kind == SCHEMA_TABLE || kind == SCHEMA_VIEW || kind == SCHEMA_SEQUENCE;
}

/* The words of a text, and what they name; all once. */
struct mentions {
    struct map *words;
    VECTOR(struct schema_object *) relations, routines;
};

static void add_once(struct map *known, struct arena *arena, struct schema_object *object,
                     struct mentions *mentions, bool routine)
{
    if (!object || !map_add(known, object->key, object))
        return;
    if (routine)
        *vector_add(arena, &mentions->routines) = object;
    else
        *vector_add(arena, &mentions->relations) = object;
}

/* Where a word stands: what it may be the name of. */
struct place {
    bool relation, routine;
};

static void note_word(struct finder *finder, struct mentions *mentions, const char *name, struct place place)
{
    const char *word = lower(finder->arena, name);
    map_add(mentions->words, word, mentions);
    struct schema_object *relation = catalog_find(finder->catalog, SCHEMA_TABLE, NULL, NULL, name);
    if (!relation)
        relation = map_get(finder->relations, word);
    if (place.relation)
        add_once(mentions->words, finder->arena, relation, mentions, false);
    if (place.routine)
        add_once(mentions->words, finder->arena, map_get(finder->routines, word), mentions, true);
}

/*
 * With `from_server` the text is SQL as the server writes it, and tells which names are tables: the name of a
 * column or an alias must not make two views need each other.
 */
static void note_text(struct finder *finder, struct mentions *mentions, const char *sql, bool from_server)
{
    struct catalog_text text;
    bool names_table = false;
    if (!sql)
        return;
    catalog_text_open(&text, finder->arena, finder->database, sql, strlen(sql));
    while (!catalog_text_at_end(&text)) {
        struct sql_token token = text.token;
        bool name = token.kind == SQL_TOKEN_WORD || token.kind == SQL_TOKEN_QUOTED ||
                    (token.kind == SQL_TOKEN_STRING && *token.text == '"'); /* under ANSI_QUOTES */
        const char *word = name ? catalog_text_take_name(&text) : NULL;
        struct place place = {!from_server || names_table,
                              !from_server || catalog_text_at_operator(&text, '(')};
        if (word)
            note_word(finder, mentions, word, place);
        else
            catalog_text_take(&text);
        if (!sql_token_is_operator(&token, '('))
            names_table = catalog_text_precedes_table(&token);
    }
}

static struct mentions mentions_in(struct finder *finder, const char *sql, bool from_server)
{
    struct mentions mentions = {.words = map_new(finder->arena)};
    note_text(finder, &mentions, sql, from_server);
    return mentions;
}

static void need_columns(struct finder *finder, struct schema_object *object,
                         const struct schema_object *relation, const struct mentions *mentions)
{
    for (size_t i = 0; i < relation->part_count; ++i) {
        struct schema_object *part = relation->parts[i];
        if (part->kind == SCHEMA_COLUMN && map_get(mentions->words, lower(finder->arena, part->name)))
            catalog_need(finder->catalog, object, part);
    }
}

static void need_relations(struct finder *finder, struct schema_object *object,
                           const struct mentions *mentions)
{
    VECTOR_EACH (struct schema_object *, relation, &mentions->relations) {
        if (*relation == object || *relation == object->parent)
            continue;
        catalog_need(finder->catalog, object, *relation);
        need_columns(finder, object, *relation, mentions);
    }
}

static void need_tables(struct finder *finder, struct schema_object *object, const struct mentions *mentions)
{
    VECTOR_EACH (struct schema_object *, relation, &mentions->relations) {
        if ((*relation)->kind == SCHEMA_VIEW)
            continue;
        catalog_need(finder->catalog, object, *relation);
        need_columns(finder, object, *relation, mentions);
    }
}

static void need_routines(struct finder *finder, struct schema_object *object,
                          const struct mentions *mentions)
{
    VECTOR_EACH (struct schema_object *, routine, &mentions->routines)
        catalog_need(finder->catalog, object, *routine);
}

static void need_named_columns(struct finder *finder, struct schema_object *object,
                               const struct schema_object *table, const struct schema_value *names)
{
    for (size_t i = 0; names && i < names->count; ++i) {
        struct schema_object *column =
            catalog_find(finder->catalog, SCHEMA_COLUMN, NULL, table, names->texts[i]);
        if (column) {
            catalog_need(finder->catalog, object, column);
        } else { /* an expression */
            struct mentions mentions = mentions_in(finder, names->texts[i], true);
            need_columns(finder, object, table, &mentions);
        }
    }
}

static bool is_key(const struct schema_object *part)
{
    return part->kind == SCHEMA_PRIMARY_KEY || part->kind == SCHEMA_UNIQUE ||
           (part->kind == SCHEMA_INDEX && !catalog_text(part, ATTRIBUTE_METHOD));
}

static bool is_among(const char *name, const struct schema_value *names)
{
    for (size_t i = 0; i < names->count; ++i)
        if (strcmp(names->texts[i], name) == 0)
            return true;
    return false;
}

/* Do the first columns of the key include all of these, in any order? */
static bool covers(const struct schema_object *key, const struct schema_value *columns)
{
    const struct schema_value *of_key = catalog_value(key, ATTRIBUTE_COLUMNS);
    if (!of_key || of_key->count < columns->count)
        return false;
    for (size_t i = 0; i < columns->count; ++i)
        if (!is_among(of_key->texts[i], columns))
            return false;
    return true;
}

/* With several keys, the server takes one of them. */
static void need_key(struct finder *finder, struct schema_object *object, const struct schema_object *table,
                     const struct schema_value *columns)
{
    for (size_t i = 0; columns && i < table->part_count; ++i)
        if (is_key(table->parts[i]) && covers(table->parts[i], columns)) {
            catalog_need(finder->catalog, object, table->parts[i]);
            return;
        }
}

/*
 * On its own side a foreign key takes whichever index is there, and the server sees to it that there is one:
 * only the key of the other side is needed.
 */
static void find_needs_of_foreign_key(struct finder *finder, struct schema_object *object)
{
    const struct schema_value *columns = catalog_value(object, ATTRIBUTE_COLUMNS);
    const struct schema_value *referenced = catalog_value(object, ATTRIBUTE_REFERENCED_COLUMNS);
    const char *name = catalog_text(object, ATTRIBUTE_REFERENCES);
    struct schema_object *table = name ? catalog_find(finder->catalog, SCHEMA_TABLE, NULL, NULL, name) : NULL;
    if (!table && name)
        table = map_get(finder->relations, lower(finder->arena, name));
    need_named_columns(finder, object, object->parent, columns);
    if (!table)
        return; /* of another database, or not there yet */
    catalog_need(finder->catalog, object, table);
    need_named_columns(finder, object, table, referenced);
    need_key(finder, object, table, referenced);
}

static void find_needs_of_column(struct finder *finder, struct schema_object *column)
{
    static const enum schema_attribute expressions[] = {ATTRIBUTE_DEFAULT, ATTRIBUTE_GENERATED,
                                                        ATTRIBUTE_CHECK};
    struct mentions mentions = {.words = map_new(finder->arena)};
    bool any = false;
    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; ++i) {
        const char *expression = catalog_text(column, expressions[i]);
        if (expression && strpbrk(expression, "`(")) {
            note_text(finder, &mentions, expression, true);
            any = true;
        }
    }
    if (!any)
        return;
    need_columns(finder, column, column->parent, &mentions);
    VECTOR_EACH (struct schema_object *, relation, &mentions.relations)
        if ((*relation)->kind == SCHEMA_SEQUENCE)
            catalog_need(finder->catalog, column, *relation);
}

/* MERGE: the tables under it. */
static void find_needs_of_table(struct finder *finder, struct schema_object *table)
{
    const struct schema_value *options = catalog_value(table, ATTRIBUTE_OPTIONS);
    for (size_t i = 0; options && i < options->count; ++i) {
        if (strncmp(options->texts[i], "UNION", strlen("UNION")) != 0)
            continue;
        struct mentions mentions = mentions_in(finder, options->texts[i], false);
        VECTOR_EACH (struct schema_object *, relation, &mentions.relations)
            catalog_need(finder->catalog, table, *relation);
    }
}

static void find_needs(struct finder *finder, struct schema_object *object)
{
    struct mentions mentions;
    switch (object->kind) {
    case SCHEMA_TABLE:
        find_needs_of_table(finder, object);
        break;
    case SCHEMA_COLUMN:
        find_needs_of_column(finder, object);
        break;
    case SCHEMA_PRIMARY_KEY:
    case SCHEMA_UNIQUE:
    case SCHEMA_INDEX:
        need_named_columns(finder, object, object->parent, catalog_value(object, ATTRIBUTE_COLUMNS));
        break;
    case SCHEMA_FOREIGN_KEY:
        find_needs_of_foreign_key(finder, object);
        break;
    case SCHEMA_CHECK:
        mentions = mentions_in(finder, catalog_text(object, ATTRIBUTE_EXPRESSION), true);
        need_columns(finder, object, object->parent, &mentions);
        break;
    case SCHEMA_VIEW:
    case SCHEMA_TRIGGER:
    case SCHEMA_EVENT:
        mentions =
            mentions_in(finder, catalog_text(object, ATTRIBUTE_DEFINITION), object->kind == SCHEMA_VIEW);
        need_relations(finder, object, &mentions);
        need_routines(finder, object, &mentions);
        if (object->kind == SCHEMA_TRIGGER)
            need_columns(finder, object, object->parent, &mentions);
        break;
    case SCHEMA_FUNCTION:
    case SCHEMA_PROCEDURE:
    case SCHEMA_PACKAGE:
        mentions = mentions_in(finder, catalog_text(object, ATTRIBUTE_DEFINITION), false);
        note_text(finder, &mentions, catalog_text(object, ATTRIBUTE_BODY), false);
        note_text(finder, &mentions, catalog_text(object, ATTRIBUTE_ARGUMENTS), false);
        need_tables(finder, object, &mentions);
        break;
    default:
        break;
    }
}

static void index_names(struct finder *finder, struct arena *arena)
{
    static const enum schema_kind routines[] = {SCHEMA_FUNCTION, SCHEMA_PROCEDURE, SCHEMA_PACKAGE};
    size_t count;
    struct schema_object *const *objects = catalog_objects(finder->catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (is_relation(objects[i]->kind))
            map_add(finder->relations, lower(arena, objects[i]->name), objects[i]);
    for (size_t kind = 0; kind < sizeof routines / sizeof *routines; ++kind)
        for (size_t i = 0; i < count; ++i)
            if (objects[i]->kind == routines[kind])
                map_add(finder->routines, lower(arena, objects[i]->name), objects[i]);
}

void mysql_engine_catalog_find_needs(struct catalog_reading *reading)
{
    struct finder finder = {
        .catalog = reading->catalog,
        .relations = map_new(reading->scratch),
        .routines = map_new(reading->scratch),
        .database = reading->database,
    };
    size_t count;
    struct schema_object *const *objects = catalog_objects(reading->catalog, &count);
    index_names(&finder, reading->scratch);
    for (size_t i = 0; i < count; ++i) {
        finder.arena = arena_new();
        find_needs(&finder, objects[i]);
        arena_free(finder.arena);
    }
}
