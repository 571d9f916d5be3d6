#include "report/drawing.h"

#include "base/map.h"
#include "base/vector.h"

#include <stdlib.h>
#include <string.h>

static bool is_table(const struct schema_object *object)
{
    return object->kind == SCHEMA_TABLE || object->kind == SCHEMA_FOREIGN_TABLE ||
           object->kind == SCHEMA_VIRTUAL_TABLE;
}

static bool lists(const struct schema_object *key, const char *column)
{
    const struct schema_value *columns = catalog_value(key, ATTRIBUTE_COLUMNS);
    for (size_t i = 0; columns && i < columns->count; ++i)
        if (strcmp(columns->texts[i], column) == 0)
            return true;
    return false;
}

static bool is_key(const struct schema_object *part)
{
    return part->kind == SCHEMA_PRIMARY_KEY || part->kind == SCHEMA_UNIQUE ||
           (part->kind == SCHEMA_INDEX && catalog_text(part, ATTRIBUTE_UNIQUE) &&
            !catalog_text(part, ATTRIBUTE_WHERE));
}

static size_t column_count(const struct schema_object *key)
{
    const struct schema_value *columns = catalog_value(key, ATTRIBUTE_COLUMNS);
    return columns ? columns->count : 0;
}

static struct drawing_column draw_column(const struct schema_object *table,
                                         const struct schema_object *column)
{
    struct drawing_column drawn = {.column = column};
    for (size_t i = 0; i < table->part_count; ++i) {
        const struct schema_object *part = table->parts[i];
        if (!lists(part, column->name))
            continue;
        drawn.primary = drawn.primary || part->kind == SCHEMA_PRIMARY_KEY;
        drawn.foreign = drawn.foreign || part->kind == SCHEMA_FOREIGN_KEY;
        drawn.unique =
            drawn.unique || (is_key(part) && part->kind != SCHEMA_PRIMARY_KEY && column_count(part) == 1);
    }
    return drawn;
}

/* Are all columns of the key among those of the other? Then its values are as unique as the other's. */
static bool covers(const struct schema_object *foreign, const struct schema_object *key)
{
    const struct schema_value *columns = catalog_value(key, ATTRIBUTE_COLUMNS);
    for (size_t i = 0; columns && i < columns->count; ++i)
        if (!lists(foreign, columns->texts[i]))
            return false;
    return columns && columns->count > 0;
}

static const struct schema_object *referenced_table(const struct schema_object *key)
{
    for (size_t i = 0; i < key->need_count; ++i) {
        const struct schema_object *needed = catalog_top_of(key->needs[i]);
        if (is_table(needed) && needed != key->parent)
            return needed;
    }
    const char *name = catalog_text(key, ATTRIBUTE_REFERENCES);
    const char *own = key->parent->name;
    size_t length = name ? strlen(name) : 0, own_length = strlen(own);
    bool self = length >= own_length && strcmp(name + length - own_length, own) == 0;
    return self ? key->parent : NULL;
}

static struct drawing_reference draw_reference(struct arena *arena, const struct catalog *catalog,
                                               const struct schema_object *key)
{
    struct drawing_reference drawn = {.key = key, .table = referenced_table(key)};
    const struct schema_value *columns = catalog_value(key, ATTRIBUTE_COLUMNS);
    struct str text = STR_INIT;
    for (size_t i = 0; columns && i < columns->count; ++i) {
        const struct schema_object *column =
            catalog_find(catalog, SCHEMA_COLUMN, NULL, key->parent, columns->texts[i]);
        drawn.optional = drawn.optional || (column && !catalog_text(column, ATTRIBUTE_NOT_NULL));
        str_append(&text, i ? ", " : "");
        str_append(&text, columns->texts[i]);
    }
    drawn.columns = arena_strdup(arena, str_text(&text));
    str_free(&text);
    for (size_t i = 0; i < key->parent->part_count; ++i)
        drawn.single = drawn.single || (is_key(key->parent->parts[i]) && covers(key, key->parent->parts[i]));
    return drawn;
}

static struct drawing_table draw_table(struct arena *arena, const struct catalog *catalog,
                                       const struct schema_object *table)
{
    VECTOR(struct drawing_column) columns = {0};
    VECTOR(struct drawing_reference) references = {0};
    for (size_t i = 0; i < table->part_count; ++i) {
        const struct schema_object *part = table->parts[i];
        if (part->kind == SCHEMA_COLUMN)
            *vector_add(arena, &columns) = draw_column(table, part);
        else if (part->kind == SCHEMA_FOREIGN_KEY)
            *vector_add(arena, &references) = draw_reference(arena, catalog, part);
    }
    return (struct drawing_table){table,           NULL, columns.items, columns.count, references.items,
                                  references.count};
}

static int by_name(const void *left, const void *right)
{
    return strcmp(((const struct drawing_table *)left)->name, ((const struct drawing_table *)right)->name);
}

/* The schema is told where there is more than one. */
static bool has_several_schemas(struct schema_object *const *objects, size_t count)
{
    const char *first = NULL;
    for (size_t i = 0; i < count; ++i) {
        if (!is_table(objects[i]) || !objects[i]->schema)
            continue;
        if (first && strcmp(first, objects[i]->schema) != 0)
            return true;
        first = objects[i]->schema;
    }
    return false;
}

/* All tables, by name. */
static struct drawing_table *draw_tables(struct arena *arena, const struct catalog *catalog,
                                         size_t *ret_count)
{
    VECTOR(struct drawing_table) tables = {0};
    size_t count;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    bool qualified = has_several_schemas(objects, count);
    for (size_t i = 0; i < count; ++i)
        if (is_table(objects[i])) {
            struct drawing_table *table = vector_add(arena, &tables);
            *table = draw_table(arena, catalog, objects[i]);
            table->name = qualified && objects[i]->schema
                              ? arena_printf(arena, "%s.%s", objects[i]->schema, objects[i]->name)
                              : objects[i]->name;
        }
    if (tables.count)
        qsort(tables.items, tables.count, sizeof *tables.items, by_name);
    *ret_count = tables.count;
    return tables.items;
}

void drawing_write(struct str *out, const struct catalog *catalog, const struct drawing_pen *pen)
{
    struct arena *arena = arena_new();
    struct map *names = map_new(arena);
    size_t count;
    struct drawing_table *tables = draw_tables(arena, catalog, &count);
    for (size_t i = 0; i < count; ++i) {
        map_add(names, tables[i].table->key, &tables[i]);
        pen->table(out, &tables[i]);
    }
    for (size_t i = 0; i < count; ++i)
        for (size_t k = 0; k < tables[i].reference_count; ++k) {
            const struct drawing_reference *reference = &tables[i].references[k];
            const struct drawing_table *to = reference->table ? map_get(names, reference->table->key) : NULL;
            if (to)
                pen->reference(out, &tables[i], reference, to->name);
        }
    arena_free(arena);
}
