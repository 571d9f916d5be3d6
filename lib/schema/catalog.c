#include "schema/catalog.h"

#include "base/map.h"
#include "base/str.h"
#include "base/vector.h"

#include <stdlib.h>
#include <string.h>

struct catalog {
    struct arena *arena;
    const char *engine, *server;
    VECTOR(struct schema_object *) objects;
    VECTOR(struct schema_unmodelled) unmodelled;
    struct map *by_key;
};

struct catalog *catalog_new(struct arena *arena, const char *engine, const char *server)
{
    struct catalog *catalog = ARENA_NEW(arena, struct catalog);
    catalog->arena = arena;
    catalog->engine = arena_strdup(arena, engine);
    catalog->server = arena_strdup(arena, server);
    catalog->by_key = map_new(arena);
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

/* A part of a key. What separates parts is escaped, so that no two objects share a key, whatever their names are. */
static void append_escaped(struct str *key, const char *text)
{
    for (; *text; ++text) {
        if (*text == '.' || *text == '\\')
            str_append_char(key, '\\');
        str_append_char(key, *text);
    }
}

static void append_key(struct str *key, enum schema_kind kind, const char *schema, const struct schema_object *parent,
                       const char *name)
{
    str_printf(key, "%s ", schema_kind_word(kind));
    if (parent) {
        str_append(key, parent->key);
        str_append_char(key, '.');
    } else if (schema) {
        append_escaped(key, schema);
        str_append_char(key, '.');
    }
    append_escaped(key, name);
}

struct schema_object *catalog_find_key(const struct catalog *catalog, const char *key)
{
    return map_get(catalog->by_key, key);
}

struct schema_object *catalog_find(const struct catalog *catalog, enum schema_kind kind, const char *schema,
                                   const struct schema_object *parent, const char *name)
{
    struct str key = STR_INIT;
    append_key(&key, kind, schema, parent, name);
    struct schema_object *object = catalog_find_key(catalog, str_text(&key));
    str_free(&key);
    return object;
}

struct schema_object *catalog_add(struct catalog *catalog, enum schema_kind kind, const char *schema,
                                  struct schema_object *parent, const char *name)
{
    struct arena *arena = catalog->arena;
    struct str key = STR_INIT;
    append_key(&key, kind, schema, parent, name);
    bool known = catalog_find_key(catalog, str_text(&key)) != NULL;
    struct schema_object *object = NULL;
    if (!known) {
        object = ARENA_NEW(arena, struct schema_object);
        object->kind = kind;
        object->schema = arena_strdup(arena, schema);
        object->name = arena_strdup(arena, name);
        object->parent = parent;
        object->key = arena_strndup(arena, str_text(&key), key.length);
        object->rows = -1;
        object->index = (unsigned)catalog->objects.count;
        map_add(catalog->by_key, object->key, object);
        *vector_add(arena, &catalog->objects) = object;
    }
    str_free(&key);
    if (object && parent) {
        parent->parts =
            vector_grow(arena, parent->parts, parent->part_count, &parent->part_capacity, sizeof *parent->parts);
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
    const struct schema_object *a = *(struct schema_object *const *)left, *b = *(struct schema_object *const *)right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    int order = compare_text(a->schema, b->schema);
    if (order == 0)
        order = compare_text(a->parent ? a->parent->key : NULL, b->parent ? b->parent->key : NULL);
    if (order == 0 && a->position != b->position)
        return a->position < b->position ? -1 : 1;
    return order ? order : strcmp(a->key, b->key);
}

static void sort(struct schema_object **objects, size_t count)
{
    if (count)
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

static void put_value(struct catalog *catalog, struct schema_object *object, struct schema_value value)
{
    size_t index = value_index(object, value.attribute);
    if (!has_value(object, index, value.attribute)) {
        object->values = vector_grow(catalog->arena, object->values, object->value_count, &object->value_capacity,
                                     sizeof *object->values);
        memmove(&object->values[index + 1], &object->values[index],
                (object->value_count - index) * sizeof *object->values);
        object->value_count++;
    }
    object->values[index] = value;
}

static const char *const *copy_texts(struct arena *arena, size_t count, const char *const *texts)
{
    const char **copies = arena_alloc(arena, (count ? count : 1) * sizeof *copies);
    for (size_t i = 0; i < count; ++i)
        copies[i] = arena_strdup(arena, texts[i] ? texts[i] : "");
    return copies;
}

void catalog_set(struct catalog *catalog, struct schema_object *object, enum schema_attribute attribute,
                 const char *text)
{
    if (!text) {
        remove_value(object, attribute);
        return;
    }
    put_value(catalog, object,
              (struct schema_value){attribute, 1, copy_texts(catalog->arena, 1, &text), .list = false});
}

void catalog_set_flag(struct catalog *catalog, struct schema_object *object, enum schema_attribute attribute,
                      bool value)
{
    catalog_set(catalog, object, attribute, value ? "yes" : NULL);
}

void catalog_set_list(struct catalog *catalog, struct schema_object *object, enum schema_attribute attribute,
                      size_t count, const char *const *texts)
{
    put_value(catalog, object,
              (struct schema_value){attribute, count, copy_texts(catalog->arena, count, texts), .list = true});
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

void catalog_need(struct catalog *catalog, struct schema_object *object, struct schema_object *other)
{
    if (other == object || other == object->parent)
        return;
    for (size_t i = 0; i < object->need_count; ++i)
        if (object->needs[i] == other)
            return;
    object->needs =
        vector_grow(catalog->arena, object->needs, object->need_count, &object->need_capacity, sizeof *object->needs);
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

const char *catalog_full_name(const struct catalog *catalog, const struct schema_object *object)
{
    if (object->parent)
        return arena_printf(catalog->arena, "%s.%s", catalog_full_name(catalog, object->parent), object->name);
    if (object->schema)
        return arena_printf(catalog->arena, "%s.%s", object->schema, object->name);
    return object->name;
}
