#include "schema/copy.h"

#include "base/map.h"
#include "base/str.h"
#include "sql/name.h"

#include <string.h>

struct copy {
    struct arena *scratch; /* of this copying */
    struct catalog *to;
    const struct catalog_copying *copying;
    struct map *copies; /* by the key of the original */
    bool added;         /* to what is in `to` already */
};

/* Is the place in a literal that is data? Servers write the type behind each literal of an expression, and
 * only those of types as regclass are names. */
static bool is_data(const char *begin, const char *place)
{
    bool inside = false;
    for (const char *c = begin; c < place; ++c)
        inside = inside != (*c == '\'');
    const char *end = inside ? strchr(place, '\'') : NULL;
    while (end && end[1] == '\'')
        end = strchr(end + 2, '\'');
    return end && strncmp(end + 1, "::", 2) == 0 && strncmp(end + 1, "::reg", 5) != 0;
}

/* Where `schema.` stands, as a whole name, quoted or not: neither the end of a longer one nor itself
 * qualified. */
static const char *find_qualifier(const char *begin, const char *text, const char *schema, size_t *ret_length)
{
    size_t length = strlen(schema);
    for (const char *found = strstr(text, schema); found; found = strstr(found + 1, schema)) {
        bool quoted = found > text && found[-1] == '"' && found[length] == '"';
        const char *start = found - quoted, *end = found + length + quoted;
        bool starts = start == begin || (!sql_is_of_name(start[-1]) && start[-1] != '.' && start[-1] != '"');
        if (starts && *end == '.' && !is_data(begin, start)) {
            *ret_length = (size_t)(end - start);
            return start;
        }
    }
    return NULL;
}

/* The text itself where there is nothing to replace. */
static const char *replaced(const struct copy *copy, const char *text)
{
    const struct catalog_copying *copying = copy->copying;
    const char *from = copying->text ? copying->text : copying->schema;
    const char *to = copying->text ? copying->replacement : copying->qualifier;
    const char *begin = text;
    struct str built = STR_INIT;
    size_t length = from ? strlen(from) : 0;
    while (from && text) {
        const char *found = copying->text ? strstr(text, from) : find_qualifier(begin, text, from, &length);
        if (!found)
            break;
        str_append_n(&built, text, (size_t)(found - text));
        str_append(&built, to);
        text = found + length;
    }
    if (text == begin)
        return text;
    str_append(&built, text);
    const char *result = arena_strndup(copy->scratch, str_text(&built), built.length);
    str_free(&built);
    return result;
}

/* The name of a schema, by itself. */
static const char *called(const struct copy *copy, const char *name)
{
    const struct catalog_copying *copying = copy->copying;
    return copying->schema && name && strcmp(name, copying->schema) == 0 ? copying->called
                                                                         : replaced(copy, name);
}

static void copy_value(struct copy *copy, struct schema_object *to, const struct schema_value *value)
{
    if (value->attribute == ATTRIBUTE_COMMENT && copy->copying->schema) { /* somebody's words */
        catalog_set(copy->to, to, value->attribute, value->texts[0]);
        return;
    }
    if (!value->list) {
        catalog_set(copy->to, to, value->attribute, replaced(copy, value->texts[0]));
        return;
    }
    const char **texts = arena_alloc(copy->scratch, (value->count + 1) * sizeof *texts);
    for (size_t i = 0; i < value->count; ++i)
        texts[i] = replaced(copy, value->texts[i]);
    catalog_set_list(copy->to, to, value->attribute, value->count, texts);
}

static bool keeps(const struct copy *copy, const struct schema_object *object)
{
    return !copy->copying->keeps || copy->copying->keeps(object, copy->copying->user);
}

/* A text tells of a part that has none of its own: it is no longer right when that is left out. */
static void leave_out(struct copy *copy, struct schema_object *from, const struct schema_object *part)
{
    from->left_out = arena_printf(catalog_arena(copy->to), "%s %s", schema_kind_word(part->kind), part->name);
    if (!part->text)
        from->text = NULL;
}

/* The object and what is below it; false when it is left out. */
static bool copy_object(struct copy *copy, const struct schema_object *object, struct schema_object *parent)
{
    bool rewritten = copy->copying->text || copy->copying->renames;
    if (!keeps(copy, object))
        return false;
    const char *schema = called(copy, object->schema);
    struct catalog_name name = {schema, object->kind == SCHEMA_SCHEMA ? called(copy, object->name)
                                                                      : replaced(copy, object->name)};
    bool renamed = copy->copying->renames && copy->copying->renames(object, &name, copy->copying->user);
    struct schema_object *to = catalog_add(copy->to, object->kind, name.schema, parent, name.name);
    if (!to)
        return true; /* two names have become one: the first is kept */
    if (renamed) {
        to->renamed_from = arena_strdup(catalog_arena(copy->to), object->name);
        to->moved_from = name.schema != schema ? arena_strdup(catalog_arena(copy->to), schema) : NULL;
    }
    to->position = object->position;
    to->made_up_name = object->made_up_name;
    to->rows = object->rows;
    to->text = rewritten ? NULL : arena_strdup(catalog_arena(copy->to), object->text);
    to->file = arena_strdup(catalog_arena(copy->to), object->file);
    to->line = object->line;
    for (size_t i = 0; i < object->value_count; ++i)
        copy_value(copy, to, &object->values[i]);
    map_add(copy->copies, object->key, to);
    to->left_out = arena_strdup(catalog_arena(copy->to), object->left_out);
    for (size_t i = 0; i < object->part_count; ++i)
        if (!copy_object(copy, object->parts[i], to))
            leave_out(copy, to, object->parts[i]);
    return true;
}

static void copy_needs(struct copy *copy, const struct schema_object *object)
{
    struct schema_object *to = map_get(copy->copies, object->key);
    for (size_t i = 0; to && i < object->need_count; ++i) {
        struct schema_object *needed = map_get(copy->copies, object->needs[i]->key);
        if (!needed && copy->added)
            needed = catalog_find_key(copy->to, object->needs[i]->key);
        if (needed)
            catalog_need(copy->to, to, needed);
    }
}

static void copy_objects(struct copy *copy, const struct catalog *catalog)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (!objects[i]->parent)
            copy_object(copy, objects[i], NULL);
    for (size_t i = 0; i < count; ++i)
        copy_needs(copy, objects[i]);
}

static void copy_unmodelled(struct copy *copy, const struct catalog *catalog)
{
    size_t count;
    const struct schema_unmodelled *unmodelled = catalog_unmodelled(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        catalog_add_unmodelled(copy->to, unmodelled[i].what, replaced(copy, unmodelled[i].name));
}

static struct copy copy_begin(struct arena *scratch, struct catalog *to,
                              const struct catalog_copying *copying)
{
    return (struct copy){.scratch = scratch, .to = to, .copying = copying, .copies = map_new(scratch)};
}

struct catalog *catalog_copy(struct arena *arena, const struct catalog *catalog,
                             const struct catalog_copying *copying)
{
    struct arena *scratch = arena_new();
    struct catalog *to = catalog_new(arena, catalog_engine(catalog), catalog_server(catalog));
    struct copy copy = copy_begin(scratch, to, copying);
    copy_objects(&copy, catalog);
    if (!copying->keeps)
        copy_unmodelled(&copy, catalog);
    arena_free(scratch);
    return to;
}

void catalog_add_copies(struct catalog *to, const struct catalog *catalog,
                        const struct catalog_copying *copying)
{
    struct arena *scratch = arena_new();
    struct copy copy = copy_begin(scratch, to, copying);
    copy.added = true;
    copy_objects(&copy, catalog);
    arena_free(scratch);
}
