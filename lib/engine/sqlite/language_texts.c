/*
 * Are there views or triggers that are broken, for they speak of tables that are nowhere? SQLite lets them be
 * made and be there, but ALTER TABLE fails on them, whatever it has to do with them.
 */
#include "base/map.h"
#include "engine/sqlite/language.h"
#include "engine/sqlite/tokens.h"

#include <string.h>

/* Names in capitals: of tables and views, and of what WITH calls so in one text. */
struct known {
    struct arena *arena;
    struct map *tables, *local;
};

static const char *capitals_of(struct arena *arena, const char *name)
{
    return text_capitals(arena, name, strlen(name));
}

static struct map *tables_of(struct arena *arena, const struct catalog *catalog)
{
    size_t count;
    struct map *tables = map_new(arena);
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (!objects[i]->parent)
            map_add(tables, capitals_of(arena, objects[i]->name), objects[i]);
    return tables;
}

/* "name AS (...)" and "name (a, b) AS (...)" are tables of the statement's own. */
static void note_local_names(struct known *known, struct tokens tokens)
{
    size_t first, end;
    known->local = map_new(known->arena);
    for (; tokens.at < tokens.count; ++tokens.at) {
        struct tokens ahead = tokens;
        const char *name;
        if (!tokens_take_name(&ahead, &name))
            continue;
        if (sql_token_is_operator(tokens_peek(&ahead, 0), '('))
            tokens_take_group(&ahead, &first, &end);
        if (tokens_take(&ahead, "AS"))
            map_add(known->local, capitals_of(known->arena, name), known);
    }
}

static bool is_known(const struct known *known, const char *name)
{
    const char *capitals = capitals_of(known->arena, name);
    return map_get(known->tables, capitals) || map_get(known->local, capitals) ||
           strncmp(capitals, "SQLITE_", strlen("SQLITE_")) == 0;
}

/* Are the tables known that come next? A name before a parenthesis may be a function. */
static bool takes_unknown(const struct known *known, struct tokens tokens, bool one)
{
    const char *name;
    for (;;) {
        if (!tokens_take_qualified(&tokens, &name))
            return false;
        bool function = !one && sql_token_is_operator(tokens_peek(&tokens, 0), '(');
        if (!function && !is_known(known, name))
            return true;
        tokens_take(&tokens, "AS");
        if (!sql_token_is_operator(tokens_peek(&tokens, 0), ','))
            ++tokens.at; /* an alias, or what ends the list */
        if (one || !tokens_take_operator(&tokens, ','))
            return false;
    }
}

/* Moves behind a word that a table comes after. `ret_one`: only one, and no function. */
static bool take_word_before_table(struct tokens *tokens, bool *ret_one)
{
    *ret_one = tokens_take(tokens, "INTO");
    if (*ret_one || tokens_take(tokens, "FROM") || tokens_take(tokens, "JOIN"))
        return true;
    *ret_one = tokens_take(tokens, "UPDATE");
    if (*ret_one && tokens_take(tokens, "OR"))
        ++tokens->at;                                                /* IGNORE, ... */
    return *ret_one && !sql_token_is(tokens_peek(tokens, 0), "SET"); /* ON CONFLICT DO UPDATE SET */
}

static bool is_broken(struct known *known, const char *text)
{
    struct tokens tokens;
    if (!text || !tokens_read(known->arena, text, strlen(text), &tokens))
        return text != NULL;
    note_local_names(known, tokens);
    while (tokens.at < tokens.count) {
        bool one;
        size_t before = tokens.at;
        if (take_word_before_table(&tokens, &one) && takes_unknown(known, tokens, one))
            return true;
        tokens.at += tokens.at == before;
    }
    return false;
}

bool language_has_broken_texts(const struct catalog *catalog)
{
    size_t count;
    bool broken = false;
    struct arena *arena = arena_new();
    struct known known = {.arena = arena, .tables = tables_of(arena, catalog)};
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count && !broken; ++i)
        if (objects[i]->kind == SCHEMA_VIEW || objects[i]->kind == SCHEMA_TRIGGER)
            broken = is_broken(&known, catalog_text(objects[i], ATTRIBUTE_DEFINITION));
    arena_free(arena);
    return broken;
}
