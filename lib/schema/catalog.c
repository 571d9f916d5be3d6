#include "schema/catalog.h"

#include "base/memory.h"
#include "base/vector.h"
#include "schema/lookup.h"

#include <stdlib.h>
#include <string.h>

struct catalog {
    struct arena *arena;
    const char *engine, *server;
    VECTOR(struct schema_object *) objects;
    VECTOR(struct schema_unmodelled) unmodelled;
    struct lookup by_key; /* struct schema_object */
    struct lookup texts;  /* short ones, each there once: most values say what others say */
};

struct catalog *catalog_new(struct arena *arena, const char *engine, const char *server)
{
    struct catalog *catalog = ARENA_NEW(arena, struct catalog);
    catalog->arena = arena;
    catalog->engine = arena_strdup(arena, engine);
    catalog->server = arena_strdup(arena, server);
    return catalog;
}

struct arena *catalog_arena(const struct catalog *catalog)
{
    return catalog->arena;
}

const char *catalog_engine(const struct catalog *catalog)
{
    return catalog->engine;
}

const char *catalog_server(const struct catalog *catalog)
{
    return catalog->server;
}

/* What separates the parts of a key is escaped, so that no two objects share a key, whatever their names are.
 */
static bool is_escaped(char c)
{
    return c == '.' || c == '\\';
}

static size_t escaped_length(const char *text)
{
    size_t length = 0;
    for (; *text; ++text)
        length += is_escaped(*text) ? 2 : 1;
    return length;
}

static char *write_escaped(char *to, const char *text)
{
    for (; *text; ++text) {
        if (is_escaped(*text))
            *to++ = '\\';
        *to++ = *text;
    }
    return to;
}

/* What a key is made of, and its length. */
struct key_parts {
    const char *word, *before, *name; /* `before`: the parent's key as it is, or the schema; or NULL */
    bool of_parent;
    size_t length;
};

static struct key_parts key_parts(enum schema_kind kind, const char *schema,
                                  const struct schema_object *parent, const char *name)
{
    struct key_parts parts = {
        .word = schema_kind_word(kind),
        .before = parent ? parent->key : schema,
        .name = name,
        .of_parent = parent != NULL,
    };
    parts.length = strlen(parts.word) + 1 + escaped_length(name);
    if (parts.before)
        parts.length += (parent ? strlen(parts.before) : escaped_length(parts.before)) + 1;
    return parts;
}

static void write_key(char *to, const struct key_parts *parts)
{
    to = stpcpy(to, parts->word);
    *to++ = ' ';
    if (parts->before) {
        to = parts->of_parent ? stpcpy(to, parts->before) : write_escaped(to, parts->before);
        *to++ = '.';
    }
    *write_escaped(to, parts->name) = '\0';
}

static bool is_object(const void *object, const char *key)
{
    return strcmp(((const struct schema_object *)object)->key, key) == 0;
}

static struct schema_object *find(const struct catalog *catalog, const char *key, uint32_t hash)
{
    return lookup_get(&catalog->by_key, hash, key, is_object);
}

struct schema_object *catalog_find_key(const struct catalog *catalog, const char *key)
{
    return find(catalog, key, lookup_hash(key));
}

struct schema_object *catalog_find(const struct catalog *catalog, enum schema_kind kind, const char *schema,
                                   const struct schema_object *parent, const char *name)
{
    struct key_parts parts = key_parts(kind, schema, parent, name);
    char *key = memory_alloc(parts.length + 1);
    write_key(key, &parts);
    struct schema_object *object = catalog_find_key(catalog, key);
    free(key);
    return object;
}

/* Room for one pointer more; most objects have few, or none. */
static struct schema_object **grow_list(struct arena *arena, struct schema_object **list, uint32_t count,
                                        uint32_t *capacity)
{
    if (count < *capacity)
        return list;
    *capacity = *capacity ? *capacity * 2 : 2;
    struct schema_object **grown = arena_alloc(arena, *capacity * sizeof *grown);
    if (count)
        memcpy(grown, list, count * sizeof *grown);
    return grown;
}

static bool is_text(const void *cell, const char *text)
{
    return strcmp(*(const char *const *)cell, text) == 0;
}

enum { LONGEST_SHARED = 64 };

/* A list of one text, with the text behind it; shared with all values that say the same, if it is short. */
static const char *const *text_cell(struct catalog *catalog, const char *text)
{
    size_t length = strlen(text);
    uint32_t hash = length <= LONGEST_SHARED ? lookup_hash(text) : 0;
    const char **cell = hash ? lookup_get(&catalog->texts, hash, text, is_text) : NULL;
    if (cell)
        return cell;
    cell = arena_alloc(catalog->arena, sizeof *cell + length + 1);
    *cell = memcpy(cell + 1, text, length + 1);
    if (hash)
        lookup_add(catalog->arena, &catalog->texts, hash, cell);
    return cell;
}

struct schema_object *catalog_add(struct catalog *catalog, enum schema_kind kind, const char *schema,
                                  struct schema_object *parent, const char *name)
{
    struct arena *arena = catalog->arena;
    struct key_parts parts = key_parts(kind, schema, parent, name);
    char *key = arena_alloc(arena, parts.length + 1);
    write_key(key, &parts);
    uint32_t hash = lookup_hash(key);
    if (find(catalog, key, hash))
        return NULL;
    struct schema_object *object = ARENA_NEW(arena, struct schema_object);
    const char *end = key + parts.length - strlen(name);
    object->kind = kind;
    object->schema = schema ? *text_cell(catalog, schema) : NULL;
    object->name = strcmp(end, name) == 0 ? end : arena_strdup(arena, name);
    object->parent = parent;
    object->key = key;
    object->rows = -1;
    object->index = (unsigned)catalog->objects.count;
    lookup_add(arena, &catalog->by_key, hash, object);
    *vector_add(arena, &catalog->objects) = object;
    if (parent) {
        parent->parts = grow_list(arena, parent->parts, parent->part_count, &parent->part_capacity);
        parent->parts[parent->part_count++] = object;
    }
    return object;
}

struct schema_object *const *catalog_objects(const struct catalog *catalog, size_t *ret_count)
{
    *ret_count = catalog->objects.count;
    return catalog->objects.items;
}

static int compare_text(const char *left, const char *right)
{
    return strcmp(left ? left : "", right ? right : "");
}

static int compare_objects(const void *left, const void *right)
{
    const struct schema_object *a = *(struct schema_object *const *)left,
                               *b = *(struct schema_object *const *)right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    int order = compare_text(a->schema, b->schema);
    if (order == 0 && a->parent != b->parent)
        order = compare_text(a->parent ? a->parent->key : NULL, b->parent ? b->parent->key : NULL);
    if (order == 0 && a->position != b->position)
        return a->position < b->position ? -1 : 1;
    return order ? order : strcmp(a->key, b->key);
}

/* Readers often give objects in order, and a catalog is sorted by whoever looks at it. */
static bool is_sorted(struct schema_object *const *objects, size_t count)
{
    for (size_t i = 1; i < count; ++i)
        if (compare_objects(&objects[i - 1], &objects[i]) > 0)
            return false;
    return true;
}

static void sort(struct schema_object **objects, size_t count)
{
    if (!is_sorted(objects, count))
        qsort(objects, count, sizeof *objects, compare_objects);
}

void catalog_sort(struct catalog *catalog)
{
    sort(catalog->objects.items, catalog->objects.count);
    for (size_t i = 0; i < catalog->objects.count; ++i) {
        struct schema_object *object = catalog->objects.items[i];
        object->index = (unsigned)i;
        sort(object->parts, object->part_count);
        sort(object->needs, object->need_count);
    }
}

/* Where the attribute is, or where it would stand: values are few, and kept in the order of attributes. */
static size_t value_index(const struct schema_object *object, enum schema_attribute attribute)
{
    size_t index = 0;
    while (index < object->value_count && object->values[index].attribute < attribute)
        ++index;
    return index;
}

static bool has_value(const struct schema_object *object, size_t index, enum schema_attribute attribute)
{
    return index < object->value_count && object->values[index].attribute == attribute;
}

static void remove_value(struct schema_object *object, enum schema_attribute attribute)
{
    size_t index = value_index(object, attribute);
    if (!has_value(object, index, attribute))
        return;
    object->value_count--;
    memmove(&object->values[index], &object->values[index + 1],
            (object->value_count - index) * sizeof *object->values);
}

static void grow_values(struct arena *arena, struct schema_object *object)
{
    if (object->value_count < object->value_capacity)
        return;
    object->value_capacity = object->value_capacity ? object->value_capacity * 2 : 2;
    struct schema_value *grown = arena_alloc(arena, object->value_capacity * sizeof *grown);
    if (object->value_count)
        memcpy(grown, object->values, object->value_count * sizeof *grown);
    object->values = grown;
}

static void put_value(struct catalog *catalog, struct schema_object *object, struct schema_value value)
{
    size_t index = value_index(object, value.attribute);
    if (!has_value(object, index, value.attribute)) {
        grow_values(catalog->arena, object);
        memmove(&object->values[index + 1], &object->values[index],
                (object->value_count - index) * sizeof *object->values);
        object->value_count++;
    }
    object->values[index] = value;
}

void catalog_set(struct catalog *catalog, struct schema_object *object, enum schema_attribute attribute,
                 const char *text)
{
    if (!text)
        remove_value(object, attribute);
    else
        put_value(
            catalog, object,
            (struct schema_value){.texts = text_cell(catalog, text), .count = 1, .attribute = attribute});
}

void catalog_set_flag(struct catalog *catalog, struct schema_object *object, enum schema_attribute attribute,
                      bool value)
{
    catalog_set(catalog, object, attribute, value ? "yes" : NULL);
}

static const char *const *text_list(struct catalog *catalog, size_t count, const char *const *texts)
{
    if (count == 1)
        return text_cell(catalog, texts[0] ? texts[0] : "");
    const char **list = arena_alloc(catalog->arena, (count ? count : 1) * sizeof *list);
    for (size_t i = 0; i < count; ++i)
        list[i] = *text_cell(catalog, texts[i] ? texts[i] : "");
    return list;
}

void catalog_set_list(struct catalog *catalog, struct schema_object *object, enum schema_attribute attribute,
                      size_t count, const char *const *texts)
{
    put_value(
        catalog, object,
        (struct schema_value){
            .texts = text_list(catalog, count, texts), .count = count, .attribute = attribute, .list = true});
}

const struct schema_value *catalog_value(const struct schema_object *object, enum schema_attribute attribute)
{
    size_t index = value_index(object, attribute);
    return has_value(object, index, attribute) ? &object->values[index] : NULL;
}

const char *catalog_text(const struct schema_object *object, enum schema_attribute attribute)
{
    const struct schema_value *value = catalog_value(object, attribute);
    return value && value->count ? value->texts[0] : NULL;
}

bool catalog_same_text(const struct schema_object *left, const struct schema_object *right,
                       enum schema_attribute attribute)
{
    const char *a = catalog_text(left, attribute), *b = catalog_text(right, attribute);
    return a == b || (a && b && strcmp(a, b) == 0);
}

void catalog_need(struct catalog *catalog, struct schema_object *object, struct schema_object *other)
{
    if (other == object || other == object->parent)
        return;
    for (size_t i = 0; i < object->need_count; ++i)
        if (object->needs[i] == other)
            return;
    object->needs = grow_list(catalog->arena, object->needs, object->need_count, &object->need_capacity);
    object->needs[object->need_count++] = other;
}

void catalog_add_unmodelled(struct catalog *catalog, const char *what, const char *name)
{
    struct schema_unmodelled *unmodelled = vector_add(catalog->arena, &catalog->unmodelled);
    unmodelled->what = arena_strdup(catalog->arena, what);
    unmodelled->name = arena_strdup(catalog->arena, name);
}

const struct schema_unmodelled *catalog_unmodelled(const struct catalog *catalog, size_t *ret_count)
{
    *ret_count = catalog->unmodelled.count;
    return catalog->unmodelled.items;
}

const struct schema_object *catalog_top_of(const struct schema_object *object)
{
    while (object->parent)
        object = object->parent;
    return object;
}

void catalog_append_full_name(struct str *to, const struct schema_object *object)
{
    if (object->parent)
        catalog_append_full_name(to, object->parent);
    else if (object->schema)
        str_append(to, object->schema);
    if (object->parent || object->schema)
        str_append_char(to, '.');
    str_append(to, object->name);
}

const char *catalog_full_name(const struct catalog *catalog, const struct schema_object *object)
{
    struct str name = STR_INIT;
    if (!object->parent && !object->schema)
        return object->name;
    catalog_append_full_name(&name, object);
    const char *copy = arena_strdup(catalog->arena, str_text(&name));
    str_free(&name);
    return copy;
}
