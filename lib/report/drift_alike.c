#include "report/drift_alike.h"

#include "base/map.h"
#include "report/report.h"
#include "sql/name.h"

#include <string.h>

/* Quoted, as some names have to be, in JSON. */
static bool is_quoted(const char *begin, const char *found, size_t length)
{
    return found >= begin + 2 && strncmp(found - 2, "\\\"", 2) == 0 &&
           strncmp(found + length, "\\\"", 2) == 0;
}

/* Tenants have the same objects, each in a schema of its own: that name, wherever it stands as a whole,
 * becomes a character that no JSON has in it. */
static void append_without(struct str *out, const char *text, const char *name)
{
    size_t length = strlen(name);
    const char *begin = text;
    for (const char *found = strstr(text, name); found; found = strstr(text, name)) {
        bool whole = (found == begin || !sql_is_of_name(found[-1])) && !sql_is_of_name(found[length]);
        size_t quote = is_quoted(text, found, length) ? 2 : 0;
        str_append_n(out, text, (size_t)(found - text) - quote);
        str_append_n(out, whole ? "\1" : found - quote, whole ? 1 : length + 2 * quote);
        text = found + length + quote;
    }
    str_append(out, text);
}

/* What is told of it, but for the names that are its own. */
static const char *key_of(struct arena *arena, const dun_drift_finding *finding)
{
    struct str content = STR_INIT, neutral = STR_INIT;
    if (!finding->drift)
        return arena_printf(arena, "%s\1%s", finding->skipped ? finding->skipped : "",
                            finding->error ? dun_error_message(finding->error) : "");
    const char *schema = dun_drift_schema(finding->drift);
    drift_json_content(&content, finding);
    if (schema)
        append_without(&neutral, str_text(&content), schema);
    const struct str *key = schema ? &neutral : &content;
    const char *copy = arena_strndup(arena, str_text(key), key->length);
    str_free(&neutral);
    str_free(&content);
    return copy;
}

typedef VECTOR(struct drift_alike) groups;

/* Numbers, since groups move as they become more. */
static struct drift_alike *group_of(struct arena *arena, groups *all, struct map *numbers,
                                    const dun_drift_finding *finding)
{
    const char *key = key_of(arena, finding);
    const size_t *number = map_get(numbers, key);
    if (number)
        return &all->items[*number];
    size_t *next = ARENA_NEW(arena, size_t);
    *next = all->count;
    map_add(numbers, key, next);
    return vector_add(arena, all);
}

static void note_schema(struct drift_alike *group)
{
    const dun_drift *first = group->findings.items[0]->drift;
    const dun_drift *last = group->findings.items[group->findings.count - 1]->drift;
    const char *schema = first ? dun_drift_schema(first) : NULL;
    const char *other = last ? dun_drift_schema(last) : NULL;
    if (schema && other && !dun_drift_is_equal(first) && strcmp(schema, other) != 0)
        group->schema = schema;
}

const struct drift_alike *drift_group(struct arena *arena, const dun_drift_finding *findings, size_t count,
                                      size_t *ret_count)
{
    groups all = {0};
    struct map *numbers = map_new(arena);
    for (size_t i = 0; i < count; ++i) {
        struct drift_alike *group = group_of(arena, &all, numbers, &findings[i]);
        *vector_add(arena, &group->findings) = &findings[i];
        note_schema(group);
    }
    *ret_count = all.count;
    return all.items;
}
