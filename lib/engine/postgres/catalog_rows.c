#include "engine/postgres/catalog_rows.h"

#include "engine/own_table.h"
#include "engine/postgres/catalog_array.h"
#include "engine/postgres/catalog_name.h"

#include <stdio.h>
#include <string.h>

/* What a column of the result holds. */
struct column {
    enum { IS_NOTHING, IS_TEXT, IS_LIST } holds;
    enum schema_attribute attribute;
};

/* A result that is being read, with its columns by name; -1: there is none. */
struct rows {
    struct catalog_reading *reading;
    const dun_result *result;
    struct column *columns;
    int id, sub, class, kind, schema, name, parent, also, row_count, made_up_from, made_up_as, made_up_of;
};

static int find_column(const dun_result *result, const char *name)
{
    for (size_t i = 0; i < result->columns; ++i)
        if (strcmp(result->names[i], name) == 0)
            return (int)i;
    return -1;
}

static const char *value(const dun_result *result, size_t row, int column)
{
    return column < 0 ? NULL : dun_result_value(result, row, (size_t)column);
}

static const char *key_of(struct arena *arena, const char *class, const char *id, const char *sub)
{
    bool whole = !sub || strcmp(sub, "0") == 0;
    return arena_printf(arena, "%s %s %s", class, id, whole ? "" : sub);
}

static void *find(const struct map *map, const char *class, const char *id, const char *sub)
{
    char key[128];
    bool whole = !sub || strcmp(sub, "0") == 0;
    if (!class || !id)
        return NULL;
    snprintf(key, sizeof key, "%s %s %s", class, id, whole ? "" : sub);
    return map_get(map, key);
}

static struct column column_of(const struct catalog_options *options, const char *header,
                               struct arena *scratch)
{
    static const char *const ours[] = {"id", "sub", "schema", "name", "kind", "rows", NULL};
    struct column column = {IS_NOTHING, 0};
    for (size_t i = 0; ours[i]; ++i)
        if (strcmp(header, ours[i]) == 0)
            return column;
    size_t length = strlen(header);
    bool list = length > 2 && strcmp(header + length - 2, "[]") == 0;
    const char *word = list ? arena_strndup(scratch, header, length - 2) : header;
    if (!schema_attribute_from_word(word, &column.attribute))
        return column;
    if (column.attribute == ATTRIBUTE_OWNER && !options->owners)
        return column;
    column.holds = list ? IS_LIST : IS_TEXT;
    return column;
}

static struct rows rows_of(struct catalog_reading *reading, const dun_result *result)
{
    struct rows rows = {
        .reading = reading,
        .result = result,
        .columns = arena_alloc(reading->scratch, (result->columns + 1) * sizeof *rows.columns),
        .id = find_column(result, "id"),
        .sub = find_column(result, "sub"),
        .class = find_column(result, "class"),
        .kind = find_column(result, "kind"),
        .schema = find_column(result, "schema"),
        .name = find_column(result, "name"),
        .parent = find_column(result, "parent"),
        .also = find_column(result, "also pg_class"),
        .row_count = find_column(result, "rows"),
        .made_up_from = find_column(result, "made up from"),
        .made_up_as = find_column(result, "made up as"),
        .made_up_of = find_column(result, "made up of[]"),
    };
    for (size_t i = 0; i < result->columns; ++i)
        rows.columns[i] = column_of(reading->options, result->names[i], reading->scratch);
    return rows;
}

static void set_values(const struct rows *rows, size_t row, struct schema_object *object)
{
    struct catalog_reading *reading = rows->reading;
    for (size_t i = 0; i < rows->result->columns; ++i) {
        const struct column *column = &rows->columns[i];
        const char *text = column->holds == IS_NOTHING ? NULL : dun_result_value(rows->result, row, i);
        if (!text)
            continue;
        size_t count = 0;
        if (column->holds == IS_TEXT) {
            catalog_set(reading->catalog, object, column->attribute, text);
            continue;
        }
        const char *const *texts = catalog_array(reading->scratch, text, &count);
        if (count || column->attribute == ATTRIBUTE_LABELS || column->attribute == ATTRIBUTE_PRIVILEGES ||
            column->attribute == ATTRIBUTE_FIELDS)
            catalog_set_list(reading->catalog, object, column->attribute, count, texts);
    }
}

static bool is_made_up(const struct rows *rows, size_t row, const char *name)
{
    const char *from = value(rows->result, row, rows->made_up_from);
    const char *label = value(rows->result, row, rows->made_up_as);
    const char *of = value(rows->result, row, rows->made_up_of);
    size_t count = 0;
    const char *const *columns = of ? catalog_array(rows->reading->scratch, of, &count) : NULL;
    return from && label && catalog_name_is_made_up(name, from, count, columns, label);
}

static void describe(const struct rows *rows, size_t row, struct schema_object *object)
{
    const dun_result *result = rows->result;
    if (object->kind == SCHEMA_COLUMN && object->parent)
        object->position = (unsigned)object->parent->part_count; /* columns come first, and in their order */
    if (rows->row_count >= 0)
        object->rows = object->kind == SCHEMA_TABLE || object->kind == SCHEMA_MATERIALIZED_VIEW
                           ? result_integer(result, row, (size_t)rows->row_count, -1)
                           : -1;
    object->made_up_name = rows->made_up_from >= 0 && is_made_up(rows, row, object->name);
    set_values(rows, row, object);
}

static void add_object(const struct rows *rows, size_t row, const char *class, const char *parent_class)
{
    struct catalog_reading *reading = rows->reading;
    const dun_result *result = rows->result;
    const char *word = value(result, row, rows->kind), *name = value(result, row, rows->name);
    const char *id = value(result, row, rows->id), *sub = value(result, row, rows->sub);
    const char *schema = value(result, row, rows->schema), *parent_id = value(result, row, rows->parent);
    struct schema_object *parent = NULL;
    enum schema_kind kind;
    if (!word || !name || !id || !schema_kind_from_word(word, &kind) ||
        find(reading->members, class, id, NULL))
        return;
    if (parent_id && !(parent = find(reading->objects, parent_class, parent_id, NULL)))
        return; /* of a table that is left out */
    if (kind == SCHEMA_TABLE && own_table_is(SQL_POSTGRESQL, reading->options->history, schema, name))
        return;
    struct schema_object *object = catalog_add(reading->catalog, kind, schema, parent, name);
    if (!object) {
        catalog_add_unmodelled(reading->catalog, word, name);
        return;
    }
    map_add(reading->objects, key_of(reading->scratch, class, id, sub), object);
    const char *also = value(result, row, rows->also);
    if (also)
        map_add(reading->aliases, key_of(reading->scratch, "pg_class", also, NULL), object);
    describe(rows, row, object);
}

void catalog_read_objects(struct catalog_reading *reading, const char *class, const char *parent_class,
                          const dun_result *result)
{
    struct rows rows = rows_of(reading, result);
    for (size_t row = 0; row < result->rows; ++row) {
        const char *own = value(result, row, rows.class), *id = value(result, row, rows.id);
        if (rows.kind >= 0) {
            add_object(&rows, row, own ? own : class, parent_class);
            continue;
        }
        struct schema_object *object =
            find(reading->objects, own ? own : class, id, value(result, row, rows.sub));
        if (object)
            set_values(&rows, row, object);
    }
}

static const char *named(const dun_result *result, size_t row, const char *column)
{
    return value(result, row, find_column(result, column));
}

void catalog_read_members(struct catalog_reading *reading, const dun_result *result)
{
    for (size_t row = 0; row < result->rows; ++row) {
        const char *key =
            key_of(reading->scratch, named(result, row, "class"), named(result, row, "id"), NULL);
        map_add(reading->members, key, arena_strdup(reading->scratch, named(result, row, "extension")));
    }
}

/* What is needed: the object itself, the key of an index, or the extension that it belongs to. */
static struct schema_object *needed(struct catalog_reading *reading, const char *class, const char *id,
                                    const char *sub)
{
    struct schema_object *object = find(reading->objects, class, id, sub);
    if (!object)
        object = find(reading->aliases, class, id, NULL);
    if (!object) {
        const char *extension = find(reading->members, class, id, NULL);
        object = extension ? find(reading->objects, "pg_extension", extension, NULL) : NULL;
    }
    return object;
}

void catalog_read_needs(struct catalog_reading *reading, const dun_result *result)
{
    int class = find_column(result, "class"), id = find_column(result, "id"),
        sub = find_column(result, "sub");
    int other_class = find_column(result, "needed class"), other_id = find_column(result, "needed id");
    int other_sub = find_column(result, "needed sub");
    for (size_t row = 0; row < result->rows; ++row) {
        const char *own_id = value(result, row, id), *needed_id = value(result, row, other_id);
        if (!own_id || !needed_id)
            continue;
        struct schema_object *object =
            find(reading->objects, value(result, row, class), own_id, value(result, row, sub));
        if (!object)
            object = find(reading->aliases, value(result, row, class), own_id, NULL);
        struct schema_object *other =
            needed(reading, value(result, row, other_class), needed_id, value(result, row, other_sub));
        if (object && other)
            catalog_need(reading->catalog, object, other);
    }
}

void catalog_read_grants(struct catalog_reading *reading, const dun_result *result)
{
    struct rows rows = rows_of(reading, result);
    for (size_t row = 0; row < result->rows; ++row) {
        struct schema_object *parent =
            find(reading->objects, named(result, row, "class"), named(result, row, "parent id"),
                 named(result, row, "parent sub"));
        if (!parent)
            continue;
        struct schema_object *grant =
            catalog_add(reading->catalog, SCHEMA_GRANT, NULL, parent, named(result, row, "name"));
        if (grant)
            set_values(&rows, row, grant);
    }
}

void catalog_read_comments(struct catalog_reading *reading, const dun_result *result)
{
    for (size_t row = 0; row < result->rows; ++row) {
        const char *class = named(result, row, "class"), *id = named(result, row, "id"),
                   *sub = named(result, row, "sub");
        struct schema_object *object = find(reading->objects, class, id, sub), *whole;
        if (object) {
            catalog_set(reading->catalog, object, ATTRIBUTE_COMMENT, named(result, row, "comment"));
        } else if ((whole = find(reading->aliases, class, id, NULL))) {
            catalog_add_unmodelled(reading->catalog, "comment on the index of a constraint",
                                   catalog_full_name(reading->catalog, whole));
        } else if ((whole = find(reading->objects, class, id, NULL))) {
            catalog_add_unmodelled(reading->catalog, "comment on a part",
                                   arena_printf(reading->scratch, "%s, number %s",
                                                catalog_full_name(reading->catalog, whole), sub));
        }
    }
}

void catalog_read_unmodelled(struct catalog_reading *reading, const dun_result *result)
{
    for (size_t row = 0; row < result->rows; ++row)
        if (!find(reading->members, named(result, row, "class"), named(result, row, "id"), NULL))
            catalog_add_unmodelled(reading->catalog, named(result, row, "what"), named(result, row, "name"));
}
