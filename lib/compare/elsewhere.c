#include "compare/elsewhere.h"

#include "engine/open.h"
#include "schema/copy.h"
#include "schema/needed.h"
#include "sql/lexer.h"
#include "sql/name.h"

#include <string.h>

/* Qualified names: most are columns of what they are of, which becomes plain when the schemas are known. */
struct naming {
    struct arena *arena;
    enum sql_dialect dialect;
    const char *inside; /* names in it are no matter */
    struct map *schemas, *names;
    VECTOR(const char *) found; /* of the schemas, those that are there */
};

static const char *key_of(struct arena *arena, const char *schema, const char *name)
{
    return arena_printf(arena, "%s\n%s", schema, name);
}

static void note(struct naming *naming, const char *schema, const char *name)
{
    if (strcmp(schema, naming->inside) == 0)
        return;
    map_add(naming->schemas, arena_strdup(naming->arena, schema), naming);
    map_add(naming->names, key_of(naming->arena, schema, name), naming);
}

static bool is_name(const struct sql_token *token)
{
    return token->kind == SQL_TOKEN_WORD || token->kind == SQL_TOKEN_QUOTED;
}

static void note_pair(struct naming *naming, const struct sql_token *first, const struct sql_token *last)
{
    struct sql_name name;
    size_t length = (size_t)(last->text + last->length - first->text);
    if (sql_name_read(naming->arena, naming->dialect, first->text, length, &name) && name.count == 2)
        note(naming, name.parts[0], name.parts[1]);
}

/* A literal may be the name of something, as of a sequence. */
static void look_at_text(struct naming *naming, const char *text, size_t length)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, naming->dialect, text, length);
    struct sql_token first = sql_lexer_next(&lexer);
    while (first.kind != SQL_TOKEN_END) {
        struct sql_lexer ahead = lexer;
        struct sql_token dot = sql_lexer_next(&ahead), last = sql_lexer_next(&ahead);
        if (is_name(&first) && sql_token_is_operator(&dot, '.') && is_name(&last))
            note_pair(naming, &first, &last);
        else if (first.kind == SQL_TOKEN_STRING && first.length > 2 && *first.text == '\'')
            look_at_text(naming, first.text + 1, first.length - 2);
        first = sql_lexer_next(&lexer);
    }
}

static void look_at(struct naming *naming, const struct schema_object *object, bool of_keys)
{
    for (size_t i = 0; i < object->value_count; ++i) {
        const struct schema_value *value = &object->values[i];
        bool of_key = value->attribute == ATTRIBUTE_REFERENCES;
        for (size_t j = 0; of_key == of_keys && value->attribute != ATTRIBUTE_COMMENT && j < value->count;
             ++j)
            look_at_text(naming, value->texts[j], strlen(value->texts[j]));
    }
}

static void look_through(struct naming *naming, const struct catalog *catalog, bool of_keys)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        look_at(naming, objects[i], of_keys);
}

static bool find_schemas(struct naming *naming, const struct source_settings *settings, dun_error *error)
{
    struct engine_names there = {0};
    if (!settings->engine->tenants->schemas(settings->near, &settings->open, naming->arena, &there, error))
        return false;
    for (size_t i = 0; i < there.count; ++i)
        if (map_get(naming->schemas, there.items[i]))
            *vector_add(naming->arena, &naming->found) = there.items[i];
    return true;
}

/* And those of what these need; the list then ends with NULL. One of them is in it twice, for names are told
 * with their schema where more than one is read. */
static bool add_further_schemas(struct naming *naming, const struct engine_catalog *reader,
                                dun_connection *connection, dun_error *error)
{
    size_t named = naming->found.count;
    struct map *listed = map_new(naming->arena);
    for (size_t i = 0; i < named; ++i)
        map_add(listed, naming->found.items[i], naming);
    for (size_t i = 0; i < named; ++i) {
        const char *const *further;
        bool any;
        if (!reader->outside(connection, naming->found.items[i], naming->arena, &further, &any, error))
            return false;
        for (; *further; ++further)
            if (strcmp(*further, naming->inside) != 0 && map_add(listed, *further, naming))
                *vector_add(naming->arena, &naming->found) = *further;
    }
    const char *again = naming->found.items[0];
    *vector_add(naming->arena, &naming->found) = again;
    *vector_add(naming->arena, &naming->found) = NULL;
    return true;
}

/* A routine is named without its arguments; what belongs to an extension is known by where that is. */
static bool is_named(const struct naming *naming, const struct schema_object *object)
{
    if (object->kind == SCHEMA_EXTENSION)
        return map_get(naming->schemas, catalog_text(object, ATTRIBUTE_IN_SCHEMA));
    if (!object->schema || object->parent)
        return false;
    const char *end = strchr(object->name, '(');
    size_t length = end ? (size_t)(end - object->name) : strlen(object->name);
    const char *name = arena_strndup(naming->arena, object->name, length);
    return map_get(naming->names, key_of(naming->arena, object->schema, name));
}

static struct catalog *named_of(const struct naming *naming, struct arena *arena, const struct catalog *all)
{
    struct needed *needed = needed_new(naming->arena, all);
    size_t count;
    struct schema_object *const *objects = catalog_objects(all, &count);
    for (size_t i = 0; i < count; ++i)
        if (is_named(naming, objects[i]))
            needed_add(needed, objects[i], false);
    const struct catalog_copying copying = {.keeps = needed_has, .user = needed};
    return catalog_copy(arena, all, &copying);
}

static bool read_named(struct naming *naming, const struct compare *compare, dun_connection *connection,
                       struct catalog **ret_catalog, dun_error *error)
{
    const struct engine_catalog *reader = compare->engine->catalog;
    struct catalog *all;
    if (!add_further_schemas(naming, reader, connection, error))
        return false;
    const struct catalog_options options = {.schemas = naming->found.items, .surroundings = true};
    if (!reader->read(connection, &options, naming->arena, &all, error))
        return false;
    *ret_catalog = named_of(naming, compare->arena, all);
    return true;
}

static bool read_schemas(struct naming *naming, const struct compare *compare, struct catalog **ret_catalog,
                         dun_error *error)
{
    const struct source_settings *settings = compare->settings;
    dun_connection *connection = NULL;
    if (naming->found.count == 0)
        return true;
    if (!engine_open(compare->engine, settings->near, &settings->open, settings->wait_ms, &connection, error))
        return false;
    bool good = read_named(naming, compare, connection, ret_catalog, error);
    compare->engine->driver->close(connection);
    return good;
}

bool elsewhere_read(const struct compare *compare, struct catalog **ret_catalog, dun_error *error)
{
    const struct source_settings *settings = compare->settings;
    *ret_catalog = NULL;
    if (!settings->near || !compare->engine->catalog->outside)
        return true;
    struct arena *own = arena_new();
    struct naming naming = {.arena = own,
                            .dialect = compare->engine->dialect,
                            .inside = settings->tenant,
                            .schemas = map_new(own),
                            .names = map_new(own)};
    look_through(&naming, compare->from->catalog, false);
    look_through(&naming, compare->to->catalog, false);
    bool any = map_count(naming.names) > 0;
    look_through(&naming, compare->from->catalog, true);
    look_through(&naming, compare->to->catalog, true);
    bool good = !any || (find_schemas(&naming, settings, error) &&
                         read_schemas(&naming, compare, ret_catalog, error));
    arena_free(own);
    return good;
}
