/*
 * Catalogs for tests, from a few lines of text: a line an object, parts one blank further in than what they
 * are part of.
 *
 *     table a
 *      column id type=integer
 *      foreign_key a_fk columns=id references=b needs=b,b.id
 *
 * Blanks within words are written as underscores. Words behind the name: ATTRIBUTE=VALUE, needs=NAME,...,
 * made_up, was=NAME.
 */
#ifndef TESTS_CATALOG_TEXT_H
#define TESTS_CATALOG_TEXT_H

#include "unit/cmocka_main.h"

#include "base/map.h"
#include "base/vector.h"
#include "schema/catalog.h"

#include <stdlib.h>
#include <string.h>

enum { CATALOG_TEXT_DEPTH = 4 };

struct catalog_text_need {
    struct schema_object *object;
    char *names;
};

static char *catalog_text_spaced(char *word)
{
    for (char *c = word; *c; ++c)
        if (*c == '_')
            *c = ' ';
    return word;
}

static void catalog_text_word(struct catalog *catalog, struct schema_object *object, char *word,
                              struct catalog_text_need *ret_need)
{
    enum schema_attribute attribute;
    char *value = strchr(word, '=');
    if (!value) {
        assert_string_equal(word, "made_up");
        object->made_up_name = true;
        return;
    }
    *value++ = '\0';
    if (strcmp(word, "needs") == 0)
        *ret_need = (struct catalog_text_need){object, value};
    else if (strcmp(word, "was") == 0)
        object->renamed_from = value;
    else if (strcmp(word, "rows") == 0)
        object->rows = atoi(value);
    else if (schema_attribute_from_word(catalog_text_spaced(word), &attribute))
        catalog_set(catalog, object, attribute, catalog_text_spaced(value));
    else
        fail_msg("the attribute %s is unknown", word);
}

static struct catalog *catalog_from(struct arena *arena, const char *text)
{
    struct catalog *catalog = catalog_new(arena, "toy", "toy 1");
    struct map *by_name = map_new(arena);
    struct schema_object *path[CATALOG_TEXT_DEPTH] = {0};
    VECTOR(struct catalog_text_need) needs = {0};
    unsigned position = 0;
    char *lines = arena_strdup(arena, text), *line_rest = NULL;
    for (char *line = strtok_r(lines, "\n", &line_rest); line; line = strtok_r(NULL, "\n", &line_rest)) {
        size_t depth = strspn(line, " ");
        char *rest = NULL, *kind_word = strtok_r(line, " ", &rest), *name = strtok_r(NULL, " ", &rest);
        enum schema_kind kind;
        if (!schema_kind_from_word(catalog_text_spaced(kind_word), &kind))
            fail_msg("the kind %s is unknown", kind_word);
        struct schema_object *parent = depth ? path[depth - 1] : NULL;
        struct schema_object *object = path[depth] = catalog_add(catalog, kind, NULL, parent, name);
        assert_non_null(object);
        position = depth == 0 ? 0 : position;
        if (kind == SCHEMA_COLUMN)
            object->position = ++position;
        map_add(by_name, catalog_full_name(catalog, object), object);
        struct catalog_text_need need = {0};
        for (char *word = strtok_r(NULL, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
            catalog_text_word(catalog, object, word, &need);
        if (need.object)
            *vector_add(arena, &needs) = need;
    }
    VECTOR_EACH (struct catalog_text_need, need, &needs) {
        char *rest = NULL;
        for (char *name = strtok_r(need->names, ",", &rest); name; name = strtok_r(NULL, ",", &rest)) {
            struct schema_object *needed = map_get(by_name, name);
            if (!needed)
                fail_msg("%s needs %s, which is not there", need->object->key, name);
            catalog_need(catalog, need->object, needed);
        }
    }
    return catalog;
}

#endif
