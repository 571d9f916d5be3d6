#include "engine/postgres/catalog_rows.h"

#include "engine/own_table.h"
#include "engine/postgres/catalog_array.h"
#include "engine/postgres/catalog_keys.h"
#include "engine/postgres/catalog_name.h"
#include "engine/postgres/catalog_text.h"

#include <stdlib.h>
#include <string.h>

/* What a column of the result holds. */
struct column {
    enum { IS_NOTHING, IS_TEXT, IS_LIST, IS_ALIAS } holds;
    enum schema_attribute attribute;
    enum system_table table; /* of an alias */
};

/* A result that is being read, with its columns by name; -1: there is none. */
struct rows {
    struct catalog_reading *reading;
    const struct catalog_rows_are *are;
    const struct catalog_result *result;
    struct column *columns;
    int id, sub, class, kind, schema, name, parent, row_count;
    int keys, key_count, index, referenced_id, referenced_keys;
    int made_up_from, made_up_as, made_up_of;
    bool one_kind; /* all are of the kind of all rows */
    enum schema_kind kind_of_all;
};

int catalog_column(const struct catalog_result *result, const char *name)
{
    for (int i = 0; i < result->column_count; ++i)
        if (strcmp(result->pq->PQfname(result->rows, i), name) == 0)
            return i;
    return -1;
}

const char *catalog_column_text(const struct catalog_result *result, int row, int column)
{
    if (column < 0 || result->pq->PQgetisnull(result->rows, row, column))
        return NULL;
    return result->pq->PQgetvalue(result->rows, row, column);
}

uint32_t catalog_column_number(const struct catalog_result *result, int row, int column)
{
    const char *text = catalog_column_text(result, row, column);
    return text ? (uint32_t)strtoul(text, NULL, 10) : 0;
}

static struct catalog_id id_of(uint32_t class, uint32_t id, uint32_t sub)
{
    return (struct catalog_id){.object = id, .table = (uint16_t) class, .column = (int16_t)sub};
}

struct schema_object *catalog_object(const struct catalog_reading *reading, uint32_t class, uint32_t id,
                                     uint32_t sub)
{
    return catalog_ids_get(reading->objects, id_of(class, id, sub));
}

static bool is_alias(const char *header, enum system_table *ret_table)
{
    static const struct {
        const char *header;
        enum system_table table;
    } aliases[] = {{"also pg_class", PG_CLASS}, {"also pg_attrdef", PG_ATTRDEF}};
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; ++i)
        if (strcmp(header, aliases[i].header) == 0) {
            *ret_table = aliases[i].table;
            return true;
        }
    return false;
}

static struct column column_of(const struct catalog_options *options, const char *header,
                               struct arena *scratch)
{
    static const char *const ours[] = {"id", "sub", "schema", "name", "kind", "rows", "index", NULL};
    struct column column = {.holds = IS_NOTHING};
    for (size_t i = 0; ours[i]; ++i)
        if (strcmp(header, ours[i]) == 0)
            return column;
    if (is_alias(header, &column.table)) {
        column.holds = IS_ALIAS;
        return column;
    }
    size_t length = strlen(header);
    bool list = length > 2 && strcmp(header + length - 2, "[]") == 0;
    const char *word = list ? arena_strndup(scratch, header, length - 2) : header;
    if (!schema_attribute_from_word(word, &column.attribute))
        return column;
    if (column.attribute == ATTRIBUTE_OWNER && !options->owners && !options->other_owners)
        return column;
    column.holds = list ? IS_LIST : IS_TEXT;
    return column;
}

static struct rows rows_of(struct catalog_reading *reading, const struct catalog_rows_are *are,
                           const struct catalog_result *result)
{
    struct rows rows = {
        .reading = reading,
        .are = are,
        .result = result,
        .columns = arena_alloc(reading->scratch, ((size_t)result->column_count + 1) * sizeof *rows.columns),
        .id = catalog_column(result, "id"),
        .sub = catalog_column(result, "sub"),
        .class = catalog_column(result, "class"),
        .kind = catalog_column(result, "kind"),
        .schema = catalog_column(result, "schema"),
        .name = catalog_column(result, "name"),
        .parent = catalog_column(result, "parent"),
        .row_count = catalog_column(result, "rows"),
        .keys = catalog_column(result, "keys"),
        .key_count = catalog_column(result, "key count"),
        .index = catalog_column(result, "index"),
        .referenced_id = catalog_column(result, "referenced id"),
        .referenced_keys = catalog_column(result, "referenced keys"),
        .made_up_from = catalog_column(result, "made up from"),
        .made_up_as = catalog_column(result, "made up as"),
        .made_up_of = catalog_column(result, "made up of[]"),
    };
    for (int i = 0; i < result->column_count; ++i)
        rows.columns[i] = column_of(reading->options, result->pq->PQfname(result->rows, i), reading->scratch);
    rows.one_kind = are->kind && schema_kind_from_word(are->kind, &rows.kind_of_all);
    return rows;
}

/* An empty list says something of these, and of others that there is nothing to say. */
static bool may_be_empty(enum schema_attribute attribute)
{
    return attribute == ATTRIBUTE_LABELS || attribute == ATTRIBUTE_PRIVILEGES ||
           attribute == ATTRIBUTE_USUAL_PRIVILEGES || attribute == ATTRIBUTE_FIELDS;
}

void catalog_set_array(struct catalog_reading *reading, struct schema_object *object,
                       enum schema_attribute attribute, const char *array)
{
    size_t count = 0;
    const char **texts = catalog_array(reading->scratch, array ? array : "", &count);
    bool is_sql = attribute == ATTRIBUTE_COLUMNS || attribute == ATTRIBUTE_TABLES;
    for (size_t i = 0; is_sql && i < count; ++i)
        texts[i] = catalog_stable_text(reading->scratch, texts[i]);
    if (count || may_be_empty(attribute))
        catalog_set_list(reading->catalog, object, attribute, count, texts);
}

/* The body of a routine is what somebody wrote, unless the server keeps it as SQL. */
static bool is_written_by_server(const struct schema_object *object, enum schema_attribute attribute,
                                 const char *text)
{
    bool routine = object->kind == SCHEMA_FUNCTION || object->kind == SCHEMA_PROCEDURE;
    if (routine && attribute == ATTRIBUTE_DEFINITION)
        return strncmp(text, "BEGIN ATOMIC", 12) == 0 || strncmp(text, "RETURN ", 7) == 0;
    return schema_attribute_is_sql(attribute);
}

static void set_text(struct catalog_reading *reading, struct schema_object *object,
                     enum schema_attribute attribute, const char *text)
{
    if (is_written_by_server(object, attribute, text))
        text = catalog_stable_text(reading->scratch, text);
    catalog_set(reading->catalog, object, attribute, text);
}

void catalog_read_role(struct catalog_reading *reading, const struct catalog_result *result)
{
    const char *role = result->row_count ? catalog_column_text(result, 0, 0) : NULL;
    reading->role = role ? arena_strdup(reading->scratch, role) : NULL;
}

static bool is_own(const struct catalog_reading *reading, enum schema_attribute attribute, const char *text)
{
    return attribute == ATTRIBUTE_OWNER && reading->role && strcmp(text, reading->role) == 0;
}

static void set_values(const struct rows *rows, int row, struct schema_object *object)
{
    struct catalog_reading *reading = rows->reading;
    for (int i = 0; i < rows->result->column_count; ++i) {
        const struct column *column = &rows->columns[i];
        const char *text = column->holds == IS_NOTHING ? NULL : catalog_column_text(rows->result, row, i);
        if (!text || is_own(reading, column->attribute, text))
            continue;
        if (column->holds == IS_TEXT)
            set_text(reading, object, column->attribute, text);
        else if (column->holds == IS_LIST)
            catalog_set_array(reading, object, column->attribute, text);
        else
            catalog_ids_add(reading->aliases, id_of(column->table, (uint32_t)strtoul(text, NULL, 10), 0),
                            object);
    }
}

static void set_key_list(const struct rows *rows, struct schema_object *object,
                         enum schema_attribute attribute, const struct catalog_keys *keys)
{
    size_t count;
    const char *const *names = catalog_key_names(rows->reading, keys, &count);
    if (count)
        catalog_set_list(rows->reading->catalog, object, attribute, count, names);
}

/* The label that the server ends a name with that it makes up. */
static const char *label_of(enum schema_kind kind)
{
    switch (kind) {
    case SCHEMA_PRIMARY_KEY:
        return "pkey";
    case SCHEMA_UNIQUE:
        return "key";
    case SCHEMA_EXCLUSION:
        return "excl";
    case SCHEMA_CHECK:
        return "check";
    case SCHEMA_FOREIGN_KEY:
        return "fkey";
    default:
        return "idx";
    }
}

/* Columns of a constraint or index, and whether its name was made of theirs. */
static void set_keys(const struct rows *rows, int row, struct schema_object *object)
{
    const struct catalog_result *result = rows->result;
    struct catalog_keys keys = {
        .relation = catalog_column_number(result, row, rows->parent),
        .numbers = catalog_column_text(result, row, rows->keys),
        .index = catalog_column_number(result, row, rows->index),
        .count = catalog_column_number(result, row, rows->key_count),
    };
    size_t count;
    const char *const *names = catalog_key_names(rows->reading, &keys, &count);
    object->made_up_name = catalog_name_is_made_up(object->name, object->parent->name,
                                                   object->kind == SCHEMA_PRIMARY_KEY ? 0 : count, names,
                                                   label_of(object->kind));
    if (keys.index)
        catalog_set_index_keys(rows->reading, object, &keys);
    if (object->kind != SCHEMA_FOREIGN_KEY)
        return;
    set_key_list(rows, object, ATTRIBUTE_COLUMNS, &keys);
    keys.relation = catalog_column_number(result, row, rows->referenced_id);
    keys.numbers = catalog_column_text(result, row, rows->referenced_keys);
    set_key_list(rows, object, ATTRIBUTE_REFERENCED_COLUMNS, &keys);
}

static bool is_made_up(const struct rows *rows, int row, const char *name)
{
    const char *from = catalog_column_text(rows->result, row, rows->made_up_from);
    const char *label = catalog_column_text(rows->result, row, rows->made_up_as);
    const char *of = catalog_column_text(rows->result, row, rows->made_up_of);
    size_t count = 0;
    const char *const *columns = of ? catalog_array(rows->reading->scratch, of, &count) : NULL;
    return from && label && catalog_name_is_made_up(name, from, count, columns, label);
}

static void describe(const struct rows *rows, int row, struct schema_object *object)
{
    const struct catalog_result *result = rows->result;
    const char *estimate = catalog_column_text(result, row, rows->row_count);
    if (estimate && (object->kind == SCHEMA_TABLE || object->kind == SCHEMA_MATERIALIZED_VIEW))
        object->rows = strtoll(estimate, NULL, 10);
    if (rows->made_up_from >= 0)
        object->made_up_name = is_made_up(rows, row, object->name);
    if (rows->keys >= 0)
        set_keys(rows, row, object);
    set_values(rows, row, object);
}

/* NULL: it is left out, or was there before. */
static struct schema_object *add_object(const struct rows *rows, int row, struct catalog_id id)
{
    struct catalog_reading *reading = rows->reading;
    const struct catalog_result *result = rows->result;
    const char *name = catalog_column_text(result, row, rows->name);
    const char *schema = catalog_column_text(result, row, rows->schema);
    uint32_t parent_id = catalog_column_number(result, row, rows->parent);
    struct schema_object *parent = NULL;
    enum schema_kind kind = rows->kind_of_all;
    if (!name ||
        (!rows->one_kind && !schema_kind_from_word(catalog_column_text(result, row, rows->kind), &kind)))
        return NULL;
    if (catalog_ids_get(reading->members, id_of(id.table, id.object, 0)))
        return NULL;
    if (parent_id && !(parent = catalog_object(reading, rows->are->parent_class, parent_id, 0)))
        return NULL; /* of a table that is left out */
    if (kind == SCHEMA_TABLE && own_table_is(SQL_POSTGRESQL, reading->options->history, schema, name))
        return NULL;
    struct schema_object *object = catalog_add(reading->catalog, kind, schema, parent, name);
    if (!object)
        catalog_add_unmodelled(reading->catalog, schema_kind_word(kind), name);
    return object;
}

static struct catalog_id row_id(const struct rows *rows, int row)
{
    uint32_t class = catalog_column_number(rows->result, row, rows->class);
    return id_of(class ? class : rows->are->class,
                 catalog_column_number(rows->result, row, rows->id >= 0 ? rows->id : rows->parent),
                 catalog_column_number(rows->result, row, rows->sub));
}

void catalog_read_objects(struct catalog_reading *reading, const struct catalog_rows_are *are,
                          const struct catalog_result *result)
{
    struct rows rows = rows_of(reading, are, result);
    for (int row = 0; row < result->row_count; ++row) {
        struct catalog_id id = row_id(&rows, row);
        struct schema_object *object;
        if (rows.kind < 0) {
            object = catalog_ids_get(reading->objects, id);
            if (object)
                set_values(&rows, row, object);
        } else if ((object = add_object(&rows, row, id))) {
            catalog_ids_add(reading->objects, id, object);
            describe(&rows, row, object);
        }
    }
}

static int by_position(const void *left, const void *right)
{
    const struct schema_object *a = *(struct schema_object *const *)left,
                               *b = *(struct schema_object *const *)right;
    return a->position < b->position ? -1 : a->position > b->position;
}

/* The numbers of columns have gaps, where one was dropped. */
static void number_columns(struct schema_object *table)
{
    qsort(table->parts, table->part_count, sizeof *table->parts, by_position);
    for (unsigned i = 0; i < table->part_count; ++i)
        table->parts[i]->position = i + 1;
}

void catalog_read_columns(struct catalog_reading *reading, const struct catalog_rows_are *are,
                          const struct catalog_result *result)
{
    struct rows rows = rows_of(reading, are, result);
    for (int row = 0; row < result->row_count; ++row) {
        struct catalog_id id = row_id(&rows, row);
        struct schema_object *object = add_object(&rows, row, id);
        if (!object) {
            const char *name = catalog_column_text(result, row, rows.name);
            catalog_ids_add(reading->names, id, arena_strdup(reading->scratch, name));
            continue;
        }
        catalog_ids_add(reading->objects, id, object);
        object->position = (unsigned)id.column;
        set_values(&rows, row, object);
    }
    size_t count;
    struct schema_object *const *objects = catalog_objects(reading->catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (objects[i]->part_count && objects[i]->parts[0]->kind == SCHEMA_COLUMN)
            number_columns(objects[i]);
}
