/* Names without case. Only letters of ASCII have one, as in SQLite. */
#include "base/map.h"
#include "base/str.h"
#include "diff/match.h"

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool diff_has_any_case(const struct diff_rules *rules, enum schema_kind kind)
{
    bool column = kind == SCHEMA_COLUMN || kind == SCHEMA_INDEX || kind == SCHEMA_UNIQUE;
    return rules->any_case || (rules->any_case_of_columns && column);
}

bool diff_same_but_for_case(const char *one, const char *other)
{
    while (*one && small(*one) == small(*other)) {
        ++one;
        ++other;
    }
    return small(*one) == small(*other);
}

/* Objects with a parent are beside each other already; others are told apart by their schema, too. */
static const char *key_of(struct arena *arena, const struct schema_object *object)
{
    struct str key = STR_INIT;
    str_printf(&key, "%s ", schema_kind_word(object->kind));
    if (!object->parent && object->schema)
        str_printf(&key, "%s.", object->schema);
    for (const char *c = object->name; *c; ++c)
        str_append_char(&key, small(*c));
    const char *copy = arena_strdup(arena, str_text(&key));
    str_free(&key);
    return copy;
}

static struct map *free_by_key(struct diff *diff, struct arena *arena, struct schema_object *const *to,
                               size_t count, bool stand_alone)
{
    struct map *map = map_new(arena);
    for (size_t i = 0; i < count; ++i)
        if (!diff->index->from_of_to[to[i]->index] && (to[i]->parent == NULL) == stand_alone)
            map_add(map, key_of(arena, to[i]), to[i]);
    return map;
}

void diff_match_any_case(struct diff *diff, struct schema_object *const *from, size_t from_count,
                         struct schema_object *const *to, size_t to_count)
{
    bool stand_alone = from_count > 0 && from[0]->parent == NULL;
    struct arena *arena = arena_new();
    struct map *left = NULL; /* made when it is needed first */
    for (size_t i = 0; i < from_count; ++i) {
        bool beside = (from[i]->parent == NULL) == stand_alone;
        if (diff->index->to_of_from[from[i]->index] || !beside || from[i]->made_up_name ||
            !diff_has_any_case(diff->rules, from[i]->kind))
            continue;
        if (!left)
            left = free_by_key(diff, arena, to, to_count, stand_alone);
        struct schema_object *other = map_get(left, key_of(arena, from[i]));
        if (other && !other->made_up_name) {
            diff->index->to_of_from[from[i]->index] = other;
            diff->index->from_of_to[other->index] = from[i];
        }
    }
    arena_free(arena);
}
