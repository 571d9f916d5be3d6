#include "source/ignore.h"

#include "base/str.h"
#include "schema/copy.h"

#include <fnmatch.h>
#include <string.h>

static bool is_like(const dun_ignore *pattern, const struct schema_object *object, const char *full_name)
{
    if (pattern->kind && strcmp(pattern->kind, schema_kind_word(object->kind)) != 0)
        return false;
    return fnmatch(pattern->pattern, object->name, 0) == 0 || fnmatch(pattern->pattern, full_name, 0) == 0;
}

bool source_is_ignored(const dun_ignore *patterns, size_t count, const struct schema_object *object,
                       bool *matched)
{
    bool ignored = false;
    struct str full_name = STR_INIT;
    if (count)
        catalog_append_full_name(&full_name, object);
    for (size_t i = 0; i < count && (matched || !ignored); ++i) {
        if (!is_like(&patterns[i], object, str_text(&full_name)))
            continue;
        ignored = true;
        if (matched)
            matched[i] = true;
    }
    str_free(&full_name);
    return ignored;
}

struct ignoring {
    const dun_ignore *patterns;
    size_t count;
    bool *matched;
};

static bool keeps(const struct schema_object *object, const void *user)
{
    const struct ignoring *ignoring = user;
    return !source_is_ignored(ignoring->patterns, ignoring->count, object, ignoring->matched);
}

struct catalog *source_without_ignored(struct arena *arena, struct catalog *catalog,
                                       const dun_ignore *patterns, size_t count, bool *matched)
{
    const struct ignoring ignoring = {patterns, count, matched};
    const struct catalog_copying copying = {.keeps = keeps, .user = &ignoring};
    if (count == 0)
        return catalog;
    struct catalog *chosen = catalog_copy(arena, catalog, &copying);
    size_t unmodelled;
    const struct schema_unmodelled *left_out = catalog_unmodelled(catalog, &unmodelled);
    for (size_t i = 0; i < unmodelled; ++i)
        catalog_add_unmodelled(chosen, left_out[i].what, left_out[i].name);
    return chosen;
}
