/* Differences as people are told them, with both forms of what differs. */
#include "base/str.h"
#include "diff/diff.h"
#include "diff/sentence.h"
#include "drift/drift.h"

#include <string.h>

typedef VECTOR(dun_difference_value) difference_values;

static const char *text_of(struct arena *arena, const struct schema_value *value)
{
    struct str text = STR_INIT;
    if (!value)
        return NULL;
    for (size_t i = 0; i < value->count; ++i)
        str_printf(&text, "%s%s", i ? ", " : "", value->texts[i]);
    const char *copy = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return copy;
}

static void add_value(struct arena *arena, difference_values *values, const struct schema_object *expected,
                      const struct schema_object *actual, enum schema_attribute attribute)
{
    *vector_add(arena, values) = (dun_difference_value){
        .attribute = schema_attribute_word(attribute),
        .expected = expected ? text_of(arena, catalog_value(expected, attribute)) : NULL,
        .actual = actual ? text_of(arena, catalog_value(actual, attribute)) : NULL,
    };
}

/* Of what has moved to another schema, the full names. */
static void add_names(struct arena *arena, const struct schema_object *from, const struct schema_object *to,
                      difference_values *values)
{
    bool moved = !from->parent && from->schema && strcmp(from->schema, to->schema) != 0;
    const char *expected =
        moved ? arena_printf(arena, "%s.%s", from->schema, from->name) : arena_strdup(arena, from->name);
    const char *actual =
        moved ? arena_printf(arena, "%s.%s", to->schema, to->name) : arena_strdup(arena, to->name);
    *vector_add(arena, values) = (dun_difference_value){"name", expected, actual};
}

static void add_values(struct arena *arena, const struct diff_change *change, difference_values *values)
{
    const struct schema_object *only = change->from ? change->from : change->to;
    if (change->action == DIFF_RENAME)
        add_names(arena, change->from, change->to, values);
    for (size_t i = 0; change->action == DIFF_ALTER && i < change->attribute_count; ++i)
        add_value(arena, values, change->from, change->to, change->attributes[i]);
    for (size_t i = 0; (!change->from || !change->to) && i < only->value_count; ++i)
        add_value(arena, values, change->from, change->to, only->values[i].attribute);
}

static enum dun_difference_kind kind_of(const struct diff_change *change)
{
    if (change->from && change->to)
        return DUN_DIFFERENT;
    return change->from ? DUN_MISSING : DUN_EXTRA;
}

static const char *sentence(struct arena *arena, const dun_difference *difference)
{
    switch (difference->what) {
    case DUN_EXTRA:
        return arena_printf(arena, "%s %s is in the database only", difference->kind, difference->name);
    case DUN_MISSING:
        return arena_printf(arena, "%s %s is missing in the database", difference->kind, difference->name);
    case DUN_DIFFERENT:
        break;
    }
    struct str text = STR_INIT;
    str_printf(&text, "%s %s is different:", difference->kind, difference->name);
    for (size_t i = 0; i < difference->value_count; ++i)
        str_printf(&text, "%s %s", i ? "," : "", difference->values[i].attribute);
    const char *copy = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return copy;
}

/* Where it is defined: the object itself, or what it is part of; what is in the database only has the place
 * of its table. */
static void locate(struct arena *arena, const struct diff *diff, const struct diff_change *change,
                   dun_difference *difference)
{
    const struct schema_object *object = change->from;
    if (!object && change->to->parent)
        object = diff_counterpart(diff, change->to->parent);
    while (object && !object->file)
        object = object->parent;
    if (!object)
        return;
    difference->file = arena_strdup(arena, object->file);
    difference->line = object->line;
}

static void tell_change(dun_drift *drift, const struct diff *diff, const struct diff_change *change)
{
    struct arena *arena = drift->arena;
    difference_values values = {0};
    const struct schema_object *object = change->from ? change->from : change->to;
    const struct catalog *catalog = change->from ? diff->from : diff->to;
    add_values(arena, change, &values);
    dun_difference difference = {
        .what = kind_of(change),
        .kind = schema_kind_word(object->kind),
        .name = arena_strdup(arena, catalog_full_name(catalog, object)),
        .values = values.items,
        .value_count = values.count,
    };
    difference.text = sentence(arena, &difference);
    locate(arena, diff, change, &difference);
    *vector_add(arena, &drift->differences) = difference;
}

/* What is there under its old name is not what it should be, though the diff begins behind that. */
static void tell_rename(dun_drift *drift, const struct compare *compare, const struct diff_change *rename)
{
    const struct diff names = {.from = compare->from->catalog, .to = compare->to->catalog};
    tell_change(drift, &names, rename);
}

void drift_tell(dun_drift *drift, const struct compare *compare)
{
    const struct diff *diff = compare->diff;
    VECTOR_EACH (const struct diff_change, rename, &compare->renames)
        tell_rename(drift, compare, rename);
    VECTOR_EACH (const struct diff_change, change, &diff->changes)
        tell_change(drift, diff, change);
    VECTOR_EACH (const struct schema_object *const, table, &diff->reordered) {
        struct str text = STR_INIT;
        diff_reordered_sentence(&text, diff, *table);
        *vector_add(drift->arena, &drift->warnings) =
            (dun_warning){.message = arena_strdup(drift->arena, str_text(&text))};
        str_free(&text);
    }
}
