#include "compare/dangling.h"

#include "base/map.h"
#include "sql/lexer.h"
#include "sql/name.h"

#include <ctype.h>
#include <string.h>

struct dangling {
    struct arena *arena;
    enum sql_dialect dialect;
    struct map *names; /* in lower case */
};

static const char *lower(struct arena *arena, const char *name)
{
    char *copy = arena_strdup(arena, name);
    for (char *c = copy; *c; ++c)
        *c = (char)tolower((unsigned char)*c);
    return copy;
}

static bool is_relation(enum schema_kind kind)
{
    return kind == SCHEMA_TABLE || kind == SCHEMA_VIRTUAL_TABLE || kind == SCHEMA_VIEW;
}

struct dangling *dangling_read(struct arena *arena, const struct catalog *catalog, enum sql_dialect dialect)
{
    struct dangling *dangling = ARENA_NEW(arena, struct dangling);
    *dangling = (struct dangling){arena, dialect, map_new(arena)};
    size_t count;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (is_relation(objects[i]->kind))
            map_add(dangling->names, lower(arena, objects[i]->name), objects[i]);
    return dangling;
}

static bool precedes_table(const struct sql_token *token)
{
    return sql_token_is(token, "FROM") || sql_token_is(token, "JOIN") || sql_token_is(token, "INTO") ||
           sql_token_is(token, "UPDATE");
}

/* UPDATE ON t, UPDATE OF a ON t, UPDATE OR IGNORE t: what follows is no table. */
static bool is_of_update(const struct sql_token *token)
{
    return sql_token_is(token, "ON") || sql_token_is(token, "OF") || sql_token_is(token, "OR");
}

static bool is_known(const struct dangling *dangling, const struct sql_token *token)
{
    struct sql_name name;
    bool may_be_name = token->kind == SQL_TOKEN_WORD || token->kind == SQL_TOKEN_QUOTED;
    return !may_be_name || is_of_update(token) ||
           !sql_name_read(dangling->arena, dangling->dialect, token->text, token->length, &name) ||
           map_get(dangling->names, lower(dangling->arena, name.parts[0]));
}

/* A qualified name begins with that of a database, which is not known. */
static bool has_unknown(const struct dangling *dangling, const char *sql)
{
    struct sql_lexer lexer;
    bool table = false;
    sql_lexer_init(&lexer, dangling->dialect, sql, strlen(sql));
    for (struct sql_token token; (token = sql_lexer_next_significant(&lexer)).kind != SQL_TOKEN_END;) {
        if (table && !is_known(dangling, &token))
            return true;
        table = precedes_table(&token);
    }
    return false;
}

bool dangling_is(const struct dangling *dangling, const struct schema_object *object)
{
    const char *definition = catalog_text(object, ATTRIBUTE_DEFINITION);
    bool is_read = object->kind == SCHEMA_VIEW || object->kind == SCHEMA_TRIGGER;
    return is_read && definition && has_unknown(dangling, definition);
}
