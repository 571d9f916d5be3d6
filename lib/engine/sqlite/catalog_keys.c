#include "engine/sqlite/catalog_reading.h"
#include "engine/sqlite/ddl.h"

#include <string.h>

/* A string that is no column is an expression, too. */
static const char *column_text(struct catalog_reading *reading, const struct schema_object *table,
                               struct arena *work, const struct ddl_key_column *key,
                               const struct schema_object **ret_column)
{
    *ret_column = key->name ? catalog_names_column(reading->names, table, key->name) : NULL;
    return *ret_column ? (*ret_column)->name : arena_printf(work, "(%s)", key->text);
}

/* "": as the column has it. */
static const char *collation_text(const struct ddl_key_column *key, const struct schema_object *column)
{
    const char *own = column ? catalog_text(column, ATTRIBUTE_COLLATION) : NULL;
    bool same = !key->collation || strcmp(key->collation, own ? own : "BINARY") == 0;
    return same ? "" : key->collation;
}

static void set_unless_default(struct catalog_reading *reading, struct schema_object *object,
                               enum schema_attribute attribute, size_t count, const char *const *texts)
{
    for (size_t i = 0; i < count; ++i)
        if (*texts[i]) {
            catalog_set_list(reading->catalog, object, attribute, count, texts);
            return;
        }
}

void catalog_set_key_columns(struct catalog_reading *reading, struct schema_object *object,
                             struct arena *work, const struct ddl_key_column *columns, size_t count)
{
    const char **texts = arena_alloc(work, 3 * count * sizeof *texts);
    const char **orders = texts + count, **collations = orders + count;
    for (size_t i = 0; i < count; ++i) {
        const struct schema_object *column;
        texts[i] = column_text(reading, object->parent, work, &columns[i], &column);
        orders[i] = columns[i].descending ? "DESC" : "";
        collations[i] = collation_text(&columns[i], column);
    }
    catalog_set_list(reading->catalog, object, ATTRIBUTE_COLUMNS, count, texts);
    set_unless_default(reading, object, ATTRIBUTE_ORDERS, count, orders);
    set_unless_default(reading, object, ATTRIBUTE_COLLATIONS, count, collations);
}

static const struct schema_value *primary_key_columns(const struct schema_object *table)
{
    for (size_t i = 0; i < table->part_count; ++i)
        if (table->parts[i]->kind == SCHEMA_PRIMARY_KEY)
            return catalog_value(table->parts[i], ATTRIBUTE_COLUMNS);
    return NULL;
}

static void resolve(struct catalog_reading *reading, struct schema_object *key)
{
    const char *name = catalog_text(key, ATTRIBUTE_REFERENCES);
    struct schema_object *table = name ? catalog_names_table(reading->names, name) : NULL;
    if (!table)
        return;
    const struct schema_value *columns = catalog_value(key, ATTRIBUTE_REFERENCED_COLUMNS);
    const struct schema_value *own = catalog_value(key, ATTRIBUTE_COLUMNS);
    catalog_set(reading->catalog, key, ATTRIBUTE_REFERENCES, table->name);
    if (!columns) {
        columns = primary_key_columns(table);
        if (!columns || !own || columns->count != own->count)
            return; /* fails when rows are written: kept as it was said */
    }
    const char **names = arena_alloc(reading->scratch, columns->count * sizeof *names);
    for (size_t i = 0; i < columns->count; ++i) {
        const struct schema_object *column = catalog_names_column(reading->names, table, columns->texts[i]);
        names[i] = column ? column->name : columns->texts[i];
    }
    catalog_set_list(reading->catalog, key, ATTRIBUTE_REFERENCED_COLUMNS, columns->count, names);
}

void catalog_resolve_foreign_keys(struct catalog_reading *reading)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(reading->catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (objects[i]->kind == SCHEMA_FOREIGN_KEY)
            resolve(reading, objects[i]);
}
