#include "schema/snapshot.h"

#include "base/error.h"
#include "base/memory.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { SNAPSHOT_FORMAT = 1 };

static json_t *text_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

static json_t *write_value(const struct schema_value *value)
{
    if (!value->list)
        return json_string(value->texts[0]);
    json_t *list = json_array();
    for (size_t i = 0; i < value->count; ++i)
        json_array_append_new(list, json_string(value->texts[i]));
    return list;
}

static json_t *write_object(const struct schema_object *object)
{
    json_t *json = json_object();
    json_object_set_new(json, "kind", json_string(schema_kind_word(object->kind)));
    if (object->schema)
        json_object_set_new(json, "schema", json_string(object->schema));
    json_object_set_new(json, "name", json_string(object->name));
    json_object_set_new(json, "key", json_string(object->key));
    if (object->position)
        json_object_set_new(json, "position", json_integer(object->position));
    if (object->made_up_name)
        json_object_set_new(json, "made_up_name", json_true());
    if (object->rows >= 0)
        json_object_set_new(json, "rows", json_integer(object->rows));
    json_t *attributes = json_object();
    for (size_t i = 0; i < object->value_count; ++i)
        json_object_set_new(attributes, schema_attribute_word(object->values[i].attribute),
                            write_value(&object->values[i]));
    json_object_set_new(json, "attributes", attributes);
    json_t *needs = json_array();
    for (size_t i = 0; i < object->need_count; ++i)
        json_array_append_new(needs, json_string(object->needs[i]->key));
    json_object_set_new(json, "needs", needs);
    json_t *parts = json_array();
    for (size_t i = 0; i < object->part_count; ++i)
        json_array_append_new(parts, write_object(object->parts[i]));
    json_object_set_new(json, "parts", parts);
    return json;
}

char *snapshot_write(const struct catalog *catalog)
{
    size_t count;
    json_t *json = json_object(), *objects = json_array(), *not_compared = json_array();
    json_object_set_new(json, "dunlin", json_string("snapshot"));
    json_object_set_new(json, "format", json_integer(SNAPSHOT_FORMAT));
    json_object_set_new(json, "engine", text_or_null(catalog_engine(catalog)));
    json_object_set_new(json, "server", text_or_null(catalog_server(catalog)));
    struct schema_object *const *all = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (!all[i]->parent)
            json_array_append_new(objects, write_object(all[i]));
    json_object_set_new(json, "objects", objects);
    const struct schema_unmodelled *unmodelled = catalog_unmodelled(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        json_array_append_new(
            not_compared, json_pack("{s:s, s:s}", "what", unmodelled[i].what, "name", unmodelled[i].name));
    json_object_set_new(json, "not_compared", not_compared);

    char *text = json_dumps(json, JSON_INDENT(2));
    json_decref(json);
    size_t length = text ? strlen(text) : 0;
    char *ended = memory_alloc(length + 2);
    if (length)
        memcpy(ended, text, length);
    ended[length] = '\n';
    free(text);
    return ended;
}

struct reading {
    struct catalog *catalog;
    const char *file;
    dun_error *error;
};

static bool wrong(struct reading *reading, const char *where, const char *what)
{
    error_set(reading->error, DUN_BAD_INPUT, "the snapshot is not as dunlin writes it: %s: %s", where, what);
    error_at(reading->error, reading->file, 0, 0);
    error_hint(reading->error, "write it anew with `dunlin inspect --format json`");
    return false;
}

static bool read_list(struct reading *reading, struct schema_object *object, enum schema_attribute attribute,
                      const json_t *list)
{
    size_t count = json_array_size(list);
    const char **texts = arena_alloc(catalog_arena(reading->catalog), (count ? count : 1) * sizeof *texts);
    for (size_t i = 0; i < count; ++i) {
        texts[i] = json_string_value(json_array_get(list, i));
        if (!texts[i])
            return wrong(reading, object->key, "a list has something else than texts in it");
    }
    catalog_set_list(reading->catalog, object, attribute, count, texts);
    return true;
}

static bool read_attributes(struct reading *reading, struct schema_object *object, json_t *attributes)
{
    const char *word;
    json_t *value;
    json_object_foreach(attributes, word, value)
    {
        enum schema_attribute attribute;
        if (!schema_attribute_from_word(word, &attribute))
            return wrong(reading, object->key, "it has an attribute that this dunlin does not know");
        if (json_is_string(value))
            catalog_set(reading->catalog, object, attribute, json_string_value(value));
        else if (!json_is_array(value))
            return wrong(reading, object->key, "an attribute is neither a text nor a list");
        else if (!read_list(reading, object, attribute, value))
            return false;
    }
    return true;
}

static bool read_objects(struct reading *reading, const json_t *list, struct schema_object *parent);

static bool read_object(struct reading *reading, const json_t *json, struct schema_object *parent)
{
    enum schema_kind kind;
    const char *word = json_string_value(json_object_get(json, "kind"));
    const char *name = json_string_value(json_object_get(json, "name"));
    const char *where = name ? name : parent ? parent->key : "objects";
    if (!word || !name || !schema_kind_from_word(word, &kind))
        return wrong(reading, where, "an object has no name, or a kind that this dunlin does not know");
    const char *schema = json_string_value(json_object_get(json, "schema"));
    struct schema_object *object = catalog_add(reading->catalog, kind, schema, parent, name);
    if (!object)
        return wrong(reading, where, "it is there twice");
    object->position = (unsigned)json_integer_value(json_object_get(json, "position"));
    object->made_up_name = json_is_true(json_object_get(json, "made_up_name"));
    const json_t *rows = json_object_get(json, "rows");
    object->rows = json_is_integer(rows) ? (int64_t)json_integer_value(rows) : -1;
    return read_attributes(reading, object, json_object_get(json, "attributes")) &&
           read_objects(reading, json_object_get(json, "parts"), object);
}

static bool read_objects(struct reading *reading, const json_t *list, struct schema_object *parent)
{
    for (size_t i = 0; i < json_array_size(list); ++i)
        if (!read_object(reading, json_array_get(list, i), parent))
            return false;
    return true;
}

/* Once all objects are there: who needs whom. */
static bool read_needs(struct reading *reading, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); ++i) {
        const json_t *json = json_array_get(list, i), *needs = json_object_get(json, "needs");
        const char *key = json_string_value(json_object_get(json, "key"));
        struct schema_object *object = key ? catalog_find_key(reading->catalog, key) : NULL;
        if (!object)
            return wrong(reading, "objects", "the key of an object is not that of its kind and name");
        for (size_t j = 0; j < json_array_size(needs); ++j) {
            const char *needed = json_string_value(json_array_get(needs, j));
            struct schema_object *other = needed ? catalog_find_key(reading->catalog, needed) : NULL;
            if (!other)
                return wrong(reading, object->key, "it needs something that is not there");
            catalog_need(reading->catalog, object, other);
        }
        if (!read_needs(reading, json_object_get(json, "parts")))
            return false;
    }
    return true;
}

static void read_unmodelled(struct reading *reading, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); ++i) {
        const char *what = json_string_value(json_object_get(json_array_get(list, i), "what"));
        const char *name = json_string_value(json_object_get(json_array_get(list, i), "name"));
        if (what && name)
            catalog_add_unmodelled(reading->catalog, what, name);
    }
}

static bool read_snapshot(struct reading *reading, struct arena *arena, const json_t *json)
{
    const char *mark = json_string_value(json_object_get(json, "dunlin"));
    if (!mark || strcmp(mark, "snapshot") != 0)
        return wrong(reading, "dunlin", "it does not say that it is a snapshot");
    if (json_integer_value(json_object_get(json, "format")) > SNAPSHOT_FORMAT)
        return wrong(reading, "format", "it was written by a newer dunlin");
    reading->catalog = catalog_new(arena, json_string_value(json_object_get(json, "engine")),
                                   json_string_value(json_object_get(json, "server")));
    const json_t *objects = json_object_get(json, "objects");
    if (!read_objects(reading, objects, NULL) || !read_needs(reading, objects))
        return false;
    read_unmodelled(reading, json_object_get(json, "not_compared"));
    return true;
}

bool snapshot_read(struct arena *arena, const char *file, const char *text, size_t length,
                   struct catalog **ret_catalog, dun_error *error)
{
    json_error_t failure;
    json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES, &failure);
    if (!json) {
        error_set(error, DUN_BAD_INPUT, "the snapshot is not JSON: %s", failure.text);
        error_at(error, file, failure.line > 0 ? (unsigned)failure.line : 0,
                 failure.column > 0 ? (unsigned)failure.column : 0);
        return false;
    }
    struct reading reading = {.file = file, .error = error};
    bool ok = read_snapshot(&reading, arena, json);
    json_decref(json);
    if (ok)
        *ret_catalog = reading.catalog;
    return ok;
}
