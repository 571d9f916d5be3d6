/*
 * The shape: a line that names it, a sum of all that follows, then numbers (seven bits a byte, the lowest
 * first) and texts: the texts, each once; the names of engine and server; the objects, parents before their
 * parts; the needs; what is not modelled. A text is referred to by its number, from 1; 0 is NULL.
 */
#include "schema/store.h"

#include "base/map.h"
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char heading[] = "dunlin catalog 5\n";

enum { SUM_LENGTH = 8, SUM_AT = sizeof heading - 1, BODY_AT = SUM_AT + SUM_LENGTH };

/* FNV-1a: tells accidents, which is all that it has to do. */
static uint64_t sum_of(const char *bytes, size_t length, uint64_t sum)
{
    for (size_t i = 0; i < length; ++i)
        sum = (sum ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
    return sum;
}

/* Begins with the words of kinds and attributes, so that another list of them gives another sum. */
static uint64_t sum_of_body(const char *bytes, size_t length)
{
    uint64_t sum = UINT64_C(14695981039346656037);
    for (enum schema_kind kind = 0; kind < SCHEMA_KIND_COUNT; ++kind)
        sum = sum_of(schema_kind_word(kind), strlen(schema_kind_word(kind)) + 1, sum);
    for (enum schema_attribute attribute = 0; attribute < SCHEMA_ATTRIBUTE_COUNT; ++attribute)
        sum = sum_of(schema_attribute_word(attribute), strlen(schema_attribute_word(attribute)) + 1, sum);
    return sum_of(bytes, length, sum);
}

static void put_sum(char *to, uint64_t sum)
{
    for (int i = 0; i < SUM_LENGTH; ++i)
        to[i] = (char)(sum >> 8 * i & 0xff);
}

/* Writing */

struct writer {
    struct arena *arena;
    struct map *numbers; /* of texts and of objects, by text and by key: no text begins with a NUL, and keys
                            are apart */
    struct map *objects;
    struct str texts, body;
    size_t text_count, object_count;
};

static void put_number(struct str *to, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        str_append_char(to, (char)(number | 0x80));
    str_append_char(to, (char)number);
}

/* Numbers go into a map of pointers. */
static size_t *new_number(struct writer *writer, size_t number)
{
    size_t *kept = arena_alloc(writer->arena, sizeof *kept);
    *kept = number;
    return kept;
}

static void put_text(struct writer *writer, const char *text)
{
    size_t *number = text ? map_get(writer->numbers, text) : NULL;
    if (text && !number) {
        number = new_number(writer, ++writer->text_count);
        map_add(writer->numbers, text, number);
        put_number(&writer->texts, strlen(text));
        str_append_n(&writer->texts, text, strlen(text));
    }
    put_number(&writer->body, number ? *number : 0);
}

static void put_values(struct writer *writer, const struct schema_object *object)
{
    put_number(&writer->body, object->value_count);
    for (size_t i = 0; i < object->value_count; ++i) {
        const struct schema_value *value = &object->values[i];
        put_number(&writer->body, value->attribute);
        put_number(&writer->body, value->list ? value->count + 1 : 0); /* 0: one text, no list */
        for (size_t k = 0; k < value->count; ++k)
            put_text(writer, value->texts[k]);
    }
}

static void put_object(struct writer *writer, const struct schema_object *object)
{
    map_add(writer->objects, object->key, new_number(writer, writer->object_count++));
    put_number(&writer->body, object->kind);
    put_text(writer, object->schema);
    put_text(writer, object->name);
    put_number(&writer->body, object->position);
    put_number(&writer->body, object->made_up_name);
    put_number(&writer->body, (uint64_t)(object->rows + 1));
    put_text(writer, object->text);
    put_values(writer, object);
    put_number(&writer->body, object->part_count);
    for (size_t i = 0; i < object->part_count; ++i)
        put_object(writer, object->parts[i]);
}

static void put_needs(struct writer *writer, const struct schema_object *object)
{
    put_number(&writer->body, object->need_count);
    for (size_t i = 0; i < object->need_count; ++i)
        put_number(&writer->body, *(const size_t *)map_get(writer->objects, object->needs[i]->key));
    for (size_t i = 0; i < object->part_count; ++i)
        put_needs(writer, object->parts[i]);
}

static void put_all(struct writer *writer, const struct catalog *catalog)
{
    size_t count, whole = 0;
    put_text(writer, catalog_engine(catalog));
    put_text(writer, catalog_server(catalog));
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        whole += !objects[i]->parent;
    put_number(&writer->body, whole);
    for (size_t i = 0; i < count; ++i)
        if (!objects[i]->parent)
            put_object(writer, objects[i]);
    for (size_t i = 0; i < count; ++i)
        if (!objects[i]->parent)
            put_needs(writer, objects[i]);
    const struct schema_unmodelled *unmodelled = catalog_unmodelled(catalog, &count);
    put_number(&writer->body, count);
    for (size_t i = 0; i < count; ++i) {
        put_text(writer, unmodelled[i].what);
        put_text(writer, unmodelled[i].name);
    }
}

void store_seal(char *bytes, size_t length)
{
    if (length < BODY_AT)
        return;
    memcpy(bytes, heading, SUM_AT);
    put_sum(bytes + SUM_AT, sum_of_body(bytes + BODY_AT, length - BODY_AT));
}

void store_write(struct str *to, const struct catalog *catalog)
{
    struct writer writer = {.arena = arena_new()};
    writer.numbers = map_new(writer.arena);
    writer.objects = map_new(writer.arena);
    put_all(&writer, catalog);

    static const char head[BODY_AT] = {0};
    size_t start = to->length;
    str_append_n(to, head, BODY_AT);
    put_number(to, writer.text_count);
    str_append_n(to, str_text(&writer.texts), writer.texts.length);
    str_append_n(to, str_text(&writer.body), writer.body.length);
    store_seal(to->data + start, to->length - start);
    str_free(&writer.texts);
    str_free(&writer.body);
    arena_free(writer.arena);
}

/* Reading: the first thing that is wrong ends it; whoever reads on gets zeros until then. */

struct reader {
    struct arena *scratch;
    const char *at, *end;
    bool wrong;
    const char **texts;
    size_t text_count;
    struct schema_object **objects;
    size_t object_count, object_capacity;
    struct catalog *catalog;
};

enum { DEEPEST = 8 }; /* objects in objects; an engine has two levels */

static uint64_t get_number(struct reader *reader)
{
    uint64_t number = 0;
    for (unsigned shift = 0; reader->at < reader->end && shift < 64; shift += 7) {
        unsigned char byte = (unsigned char)*reader->at++;
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return number;
    }
    reader->wrong = true;
    return 0;
}

/* A number of things of which each takes a byte at least. */
static size_t get_count(struct reader *reader)
{
    uint64_t count = get_number(reader);
    if (count > (size_t)(reader->end - reader->at))
        reader->wrong = true;
    return reader->wrong ? 0 : (size_t)count;
}

static uint64_t get_below(struct reader *reader, uint64_t limit)
{
    uint64_t number = get_number(reader);
    if (number >= limit)
        reader->wrong = true;
    return reader->wrong ? 0 : number;
}

static const char *get_text(struct reader *reader)
{
    uint64_t number = get_below(reader, (uint64_t)reader->text_count + 1);
    return number ? reader->texts[number - 1] : NULL;
}

static const char *get_name(struct reader *reader)
{
    const char *text = get_text(reader);
    if (!text)
        reader->wrong = true;
    return text ? text : "";
}

static void get_texts(struct reader *reader)
{
    size_t count = get_count(reader);
    reader->texts = arena_alloc(reader->scratch, memory_multiply(count + 1, sizeof *reader->texts));
    for (size_t i = 0; i < count && !reader->wrong; ++i) {
        size_t length = get_count(reader);
        if (reader->wrong || memchr(reader->at, '\0', length)) {
            reader->wrong = true;
            return;
        }
        reader->texts[i] = arena_strndup(reader->scratch, reader->at, length);
        reader->text_count++;
        reader->at += length;
    }
}

static void get_values(struct reader *reader, struct schema_object *object)
{
    size_t count = get_count(reader);
    for (size_t i = 0; i < count && !reader->wrong; ++i) {
        enum schema_attribute attribute = (enum schema_attribute)get_below(reader, SCHEMA_ATTRIBUTE_COUNT);
        size_t listed = get_count(reader);
        if (!listed) {
            catalog_set(reader->catalog, object, attribute, get_name(reader));
            continue;
        }
        const char **texts = arena_alloc(reader->scratch, memory_multiply(listed, sizeof *texts));
        for (size_t k = 0; k + 1 < listed; ++k)
            texts[k] = get_name(reader);
        if (!reader->wrong)
            catalog_set_list(reader->catalog, object, attribute, listed - 1, texts);
    }
}

static void keep_object(struct reader *reader, struct schema_object *object)
{
    if (reader->object_count == reader->object_capacity) {
        size_t capacity = reader->object_capacity ? reader->object_capacity * 2 : 256;
        struct schema_object **more = arena_alloc(reader->scratch, memory_multiply(capacity, sizeof *more));
        if (reader->object_count)
            memcpy(more, reader->objects, reader->object_count * sizeof *more);
        reader->objects = more;
        reader->object_capacity = capacity;
    }
    reader->objects[reader->object_count++] = object;
}

static void get_object(struct reader *reader, struct schema_object *parent, unsigned depth)
{
    enum schema_kind kind = (enum schema_kind)get_below(reader, SCHEMA_KIND_COUNT);
    const char *schema = get_text(reader), *name = get_name(reader);
    struct schema_object *object =
        reader->wrong || depth > DEEPEST ? NULL : catalog_add(reader->catalog, kind, schema, parent, name);
    if (!object) {
        reader->wrong = true;
        return;
    }
    keep_object(reader, object);
    object->position = (unsigned)get_below(reader, UINT32_MAX);
    object->made_up_name = get_below(reader, 2) == 1;
    object->rows = (int64_t)get_below(reader, INT64_MAX) - 1;
    object->text = arena_strdup(catalog_arena(reader->catalog), get_text(reader));
    get_values(reader, object);
    size_t parts = get_count(reader);
    for (size_t i = 0; i < parts && !reader->wrong; ++i)
        get_object(reader, object, depth + 1);
}

static void get_all(struct reader *reader, struct arena *arena)
{
    get_texts(reader);
    const char *engine = get_text(reader), *server = get_text(reader);
    reader->catalog = catalog_new(arena, engine, server);
    size_t count = get_count(reader);
    for (size_t i = 0; i < count && !reader->wrong; ++i)
        get_object(reader, NULL, 0);
    for (size_t i = 0; i < reader->object_count && !reader->wrong; ++i) {
        size_t needs = get_count(reader);
        for (size_t k = 0; k < needs && !reader->wrong; ++k) {
            uint64_t needed = get_below(reader, reader->object_count);
            if (!reader->wrong)
                catalog_need(reader->catalog, reader->objects[i], reader->objects[needed]);
        }
    }
    count = get_count(reader);
    for (size_t i = 0; i < count && !reader->wrong; ++i) {
        const char *what = get_name(reader), *name = get_name(reader);
        catalog_add_unmodelled(reader->catalog, what, name);
    }
    if (reader->at != reader->end)
        reader->wrong = true;
}

struct catalog *store_read(struct arena *arena, const char *bytes, size_t length)
{
    char sum[SUM_LENGTH];
    if (length < BODY_AT || memcmp(bytes, heading, SUM_AT) != 0)
        return NULL;
    put_sum(sum, sum_of_body(bytes + BODY_AT, length - BODY_AT));
    if (memcmp(bytes + SUM_AT, sum, SUM_LENGTH) != 0)
        return NULL;
    struct reader reader = {.scratch = arena_new(), .at = bytes + BODY_AT, .end = bytes + length};
    get_all(&reader, arena);
    arena_free(reader.scratch);
    return reader.wrong ? NULL : reader.catalog;
}
