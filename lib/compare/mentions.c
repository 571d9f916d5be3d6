#include "compare/mentions.h"

#include "base/map.h"
#include "sql/name.h"

#include <ctype.h>
#include <string.h>

struct mentions {
    struct arena *arena;
    struct map *words; /* struct mentioning, by the word in lower case */
};

/* The next word from there, in lower case; NULL: there is none. */
static const char *next_word(struct arena *arena, const char **text)
{
    const char *begin = *text, *end;
    while (*begin && !sql_is_of_name(*begin))
        ++begin;
    for (end = begin; sql_is_of_name(*end);)
        ++end;
    *text = end;
    if (begin == end)
        return NULL;
    char *word = arena_strndup(arena, begin, (size_t)(end - begin));
    for (char *c = word; *c; ++c)
        *c = (char)tolower((unsigned char)*c);
    return word;
}

static void note(struct mentions *mentions, const char *word, struct schema_object *object)
{
    struct mentioning *mentioning = map_get(mentions->words, word);
    if (!mentioning) {
        mentioning = ARENA_NEW(mentions->arena, struct mentioning);
        map_add(mentions->words, word, mentioning);
    }
    size_t count = mentioning->objects.count;
    if (count == 0 || mentioning->objects.items[count - 1] != object)
        *vector_add(mentions->arena, &mentioning->objects) = object;
}

static void note_words(struct mentions *mentions, const char *text, struct schema_object *object)
{
    for (const char *word; (word = next_word(mentions->arena, &text));)
        note(mentions, word, object);
}

/* A sequence does not need its owner, and yet says who that is. */
static bool speaks_of_others(enum schema_attribute attribute)
{
    return schema_attribute_is_sql(attribute) || attribute == ATTRIBUTE_OWNED_BY;
}

static void read_object(struct mentions *mentions, struct schema_object *object)
{
    for (size_t i = 0; i < object->value_count; ++i) {
        const struct schema_value *value = &object->values[i];
        for (size_t k = 0; speaks_of_others(value->attribute) && k < value->count; ++k)
            note_words(mentions, value->texts[k], object);
    }
}

/* The texts of these speak of their own table only, or of what they are known to need. */
static bool is_closed(enum schema_kind kind)
{
    return schema_kind_comes_along(kind) || kind == SCHEMA_FOREIGN_KEY;
}

struct mentions *mentions_read(struct arena *arena, const struct catalog *catalog)
{
    struct mentions *mentions = ARENA_NEW(arena, struct mentions);
    mentions->arena = arena;
    mentions->words = map_new(arena);
    size_t count;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (!is_closed(objects[i]->kind))
            read_object(mentions, objects[i]);
    return mentions;
}

const struct mentioning *mentions_of(const struct mentions *mentions, const struct schema_object *object)
{
    const char *name = object->name;
    const char *word = next_word(mentions->arena, &name);
    return word ? map_get(mentions->words, word) : NULL;
}
