#include "source/locate.h"

#include "base/map.h"
#include "base/vector.h"
#include "sql/classify.h"
#include "sql/lexer.h"
#include "sql/name.h"
#include "sql/position.h"

#include <string.h>

/* What CREATE calls the kinds of objects; several may share a word. */
static const struct {
    enum schema_kind kind;
    const char *word;
} words[] = {
    {SCHEMA_SCHEMA, "SCHEMA"},
    {SCHEMA_EXTENSION, "EXTENSION"},
    {SCHEMA_COLLATION, "COLLATION"},
    {SCHEMA_ENUM, "TYPE"},
    {SCHEMA_DOMAIN, "DOMAIN"},
    {SCHEMA_COMPOSITE_TYPE, "TYPE"},
    {SCHEMA_RANGE_TYPE, "TYPE"},
    {SCHEMA_SEQUENCE, "SEQUENCE"},
    {SCHEMA_DATA_WRAPPER, "FOREIGN DATA WRAPPER"},
    {SCHEMA_FOREIGN_SERVER, "SERVER"},
    {SCHEMA_FUNCTION, "FUNCTION"},
    {SCHEMA_PROCEDURE, "PROCEDURE"},
    {SCHEMA_AGGREGATE, "AGGREGATE"},
    {SCHEMA_PACKAGE, "PACKAGE"},
    {SCHEMA_TABLE, "TABLE"},
    {SCHEMA_FOREIGN_TABLE, "FOREIGN TABLE"},
    {SCHEMA_VIRTUAL_TABLE, "VIRTUAL TABLE"},
    {SCHEMA_VIEW, "VIEW"},
    {SCHEMA_MATERIALIZED_VIEW, "MATERIALIZED VIEW"},
    {SCHEMA_INDEX, "INDEX"},
    {SCHEMA_STATISTICS, "STATISTICS"},
    {SCHEMA_TRIGGER, "TRIGGER"},
    {SCHEMA_RULE, "RULE"},
    {SCHEMA_POLICY, "POLICY"},
    {SCHEMA_EVENT, "EVENT"},
    {SCHEMA_EVENT_TRIGGER, "EVENT TRIGGER"},
    {SCHEMA_PUBLICATION, "PUBLICATION"},
};

static const enum schema_kind constraint_kinds[] = {SCHEMA_PRIMARY_KEY, SCHEMA_UNIQUE, SCHEMA_CHECK,
                                                    SCHEMA_EXCLUSION, SCHEMA_FOREIGN_KEY};

/* Objects by what CREATE calls them: "TABLE users", "TABLE public.users". */
struct locator {
    struct arena *arena;
    enum sql_dialect dialect;
    const struct catalog *catalog;
    struct map *objects;
    struct map *folded; /* the same in lower case, for servers that keep names so */
};

/* What a name stands for; two objects of one name stand for none. */
struct named {
    struct schema_object *object;
};

static const char *word_of(enum schema_kind kind)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; ++i)
        if (words[i].kind == kind)
            return words[i].word;
    return NULL;
}

static const char *in_lower_case(struct arena *arena, const char *name)
{
    char *lower = arena_strndup(arena, name, strlen(name));
    for (char *at = lower; *at; ++at)
        *at = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
    return lower;
}

static void add_to(struct locator *locator, struct map *map, const char *name, struct schema_object *object)
{
    struct named *named = map_get(map, name);
    if (named) {
        named->object = NULL;
        return;
    }
    named = ARENA_NEW(locator->arena, struct named);
    named->object = object;
    map_add(map, name, named);
}

static void add_name(struct locator *locator, const char *name, struct schema_object *object)
{
    add_to(locator, locator->objects, name, object);
    add_to(locator, locator->folded, in_lower_case(locator->arena, name), object);
}

/* A function is named without its arguments here: those of a definition are not as the catalog has them. */
static void add_object(struct locator *locator, struct schema_object *object)
{
    const char *word = word_of(object->kind);
    if (!word)
        return;
    int length =
        (int)(schema_kind_is_routine(object->kind) ? strcspn(object->name, "(") : strlen(object->name));
    add_name(locator, arena_printf(locator->arena, "%s %.*s", word, length, object->name), object);
    const char *schema = object->schema ? object->schema : object->parent ? object->parent->schema : NULL;
    if (schema)
        add_name(locator, arena_printf(locator->arena, "%s %s.%.*s", word, schema, length, object->name),
                 object);
}

static struct locator *locator_new(const struct catalog *catalog, enum sql_dialect dialect)
{
    struct arena *arena = arena_new();
    struct locator *locator = ARENA_NEW(arena, struct locator);
    *locator = (struct locator){arena, dialect, catalog, map_new(arena), map_new(arena)};
    size_t count;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        add_object(locator, objects[i]);
    return locator;
}

static void locator_free(struct locator *locator)
{
    arena_free(locator->arena);
}

static struct schema_object *find_created(const struct locator *locator, const struct sql_created *created)
{
    struct sql_name name;
    if (!created->kind || !created->name ||
        !sql_name_read(locator->arena, locator->dialect, created->name, created->name_length, &name))
        return NULL;
    const char *last = name.parts[name.count - 1];
    const char *schema = name.count > 1 ? name.parts[name.count - 2] : NULL;
    const char *full = arena_printf(locator->arena, "%s %s%s%s", created->kind, schema ? schema : "",
                                    schema ? "." : "", last);
    const struct named *named = map_get(locator->objects, full);
    if (!named)
        named = map_get(locator->folded, in_lower_case(locator->arena, full));
    return named ? named->object : NULL;
}

static bool is_name(const struct sql_token *token)
{
    return token->kind == SQL_TOKEN_WORD || token->kind == SQL_TOKEN_QUOTED;
}

static struct schema_object *find_part(const struct locator *locator, const struct schema_object *parent,
                                       const enum schema_kind *kinds, size_t count,
                                       const struct sql_token *token)
{
    struct sql_name name;
    if (!is_name(token) ||
        !sql_name_read(locator->arena, locator->dialect, token->text, token->length, &name))
        return NULL;
    for (size_t i = 0; i < count; ++i) {
        struct schema_object *part = catalog_find(locator->catalog, kinds[i], NULL, parent, name.parts[0]);
        if (part)
            return part;
    }
    return NULL;
}

/* The part of a table whose definition begins with the token: "note text", "CONSTRAINT positive CHECK ...",
 * "KEY by_name (...)". */
static struct schema_object *part_beginning(const struct locator *locator, const struct schema_object *parent,
                                            const struct sql_token *first, struct sql_lexer after)
{
    static const enum schema_kind column = SCHEMA_COLUMN, indexes[] = {SCHEMA_INDEX, SCHEMA_UNIQUE};
    struct sql_token next = sql_lexer_next_significant(&after);
    if (sql_token_is(first, "CONSTRAINT"))
        return find_part(locator, parent, constraint_kinds,
                         sizeof constraint_kinds / sizeof *constraint_kinds, &next);
    struct schema_object *found = find_part(locator, parent, &column, 1, first);
    if (found)
        return found;
    if (sql_token_is(first, "UNIQUE") || sql_token_is(first, "FULLTEXT") || sql_token_is(first, "SPATIAL")) {
        if (sql_token_is(&next, "KEY") || sql_token_is(&next, "INDEX"))
            next = sql_lexer_next_significant(&after);
        return find_part(locator, parent, indexes, 2, &next);
    }
    if (sql_token_is(first, "KEY") || sql_token_is(first, "INDEX"))
        return find_part(locator, parent, indexes, 2, &next);
    return NULL;
}

/* Sets the lines of the parts that a CREATE TABLE has between its parentheses. */
static void locate_parts(const struct locator *locator, struct schema_object *object,
                         const struct sql_statement *statement)
{
    struct sql_position position = {statement->text, statement->line, statement->column};
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, locator->dialect, statement->text, statement->length);
    unsigned depth = 0;
    bool begins = false;
    for (struct sql_token token = sql_lexer_next_significant(&lexer); token.kind != SQL_TOKEN_END;
         token = sql_lexer_next_significant(&lexer)) {
        if (begins && depth == 1) {
            struct schema_object *part = part_beginning(locator, object, &token, lexer);
            if (part) {
                sql_position_advance(&position, token.text);
                part->file = object->file;
                part->line = position.line;
            }
        }
        begins = sql_token_is_operator(&token, '(') || sql_token_is_operator(&token, ',');
        depth += sql_token_is_operator(&token, '(');
        depth -= sql_token_is_operator(&token, ')') && depth > 0;
        if (depth == 0 && sql_token_is_operator(&token, ')'))
            break;
    }
}

static void locate_statement(const struct locator *locator, const char *file,
                             const struct sql_statement *statement)
{
    struct sql_created created = sql_created_object(locator->dialect, statement->text, statement->length);
    struct schema_object *object = find_created(locator, &created);
    if (!object || object->file)
        return;
    object->file = file;
    object->line = statement->line;
    if (object->part_count && strstr(created.kind, "TABLE"))
        locate_parts(locator, object, statement);
}

void locate_objects(struct catalog *catalog, const struct source_definitions *definitions)
{
    struct locator *locator = locator_new(catalog, definitions->dialect);
    for (size_t i = 0; i < definitions->files.count; ++i) {
        const struct source_definition_file *file = &definitions->files.items[i];
        const char *name = arena_strdup(catalog_arena(catalog), file->name);
        for (size_t k = 0; k < file->script->count; ++k)
            locate_statement(locator, name, &file->script->statements[k]);
    }
    locator_free(locator);
}

static struct schema_object *object_in_line(const struct locator *locator,
                                            const struct source_definition_file *file,
                                            const struct source_annotation *annotation)
{
    const struct sql_statement *statement = &file->script->statements[annotation->statement];
    const char *begin = file->text + annotation->annotated_offset,
               *end = begin + annotation->annotated_length;
    struct sql_created created = sql_created_object(locator->dialect, statement->text, statement->length);
    struct schema_object *object = find_created(locator, &created);
    if (!object || (created.name >= begin && created.name < end))
        return object;
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, locator->dialect, begin, (size_t)(end - begin));
    struct sql_token token = sql_lexer_next_significant(&lexer);
    while (sql_token_is_operator(&token, '(') || sql_token_is_operator(&token, ','))
        token = sql_lexer_next_significant(&lexer);
    return part_beginning(locator, object, &token, lexer);
}

const char *located_old_name(const struct located_annotation *located)
{
    const struct sql_name *name = &located->annotation->old_name;
    return name->parts[name->count - 1];
}

struct located_annotation *locate_annotations(struct arena *arena, const struct catalog *catalog,
                                              const struct source_definitions *definitions, size_t *ret_count)
{
    VECTOR(struct located_annotation) located = {0};
    struct locator *locator = NULL; /* most definitions have no annotation */
    for (size_t i = 0; i < definitions->files.count; ++i) {
        const struct source_definition_file *file = &definitions->files.items[i];
        for (size_t k = 0; k < file->annotation_count; ++k) {
            locator = locator ? locator : locator_new(catalog, definitions->dialect);
            struct schema_object *object = object_in_line(locator, file, &file->annotations[k]);
            *vector_add(arena, &located) = (struct located_annotation){file, &file->annotations[k], object};
        }
    }
    if (locator)
        locator_free(locator);
    *ret_count = located.count;
    return located.items;
}
