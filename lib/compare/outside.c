#include "compare/outside.h"

#include "base/arena.h"
#include "compare/elsewhere.h"
#include "compare/try.h"
#include "schema/copy.h"
#include "sql/name.h"

#include <string.h>

struct outside {
    struct arena *arena;
    const struct dun_engine *engine;
    const char *inside;
    const struct catalog *read; /* what is as it is there; NULL: nothing */
    struct catalog *tables;
    size_t keys;
};

static struct schema_object *table_of(struct outside *outside, const char *schema, const char *name)
{
    catalog_add(outside->tables, SCHEMA_SCHEMA, NULL, NULL, schema);
    struct schema_object *table = catalog_add(outside->tables, SCHEMA_TABLE, schema, NULL, name);
    return table ? table : catalog_find(outside->tables, SCHEMA_TABLE, schema, NULL, name);
}

/* Of the type of the column that refers to it. */
static void add_column(struct outside *outside, struct schema_object *table, const char *name,
                       const char *type)
{
    struct schema_object *column = catalog_add(outside->tables, SCHEMA_COLUMN, NULL, table, name);
    if (!column)
        return;
    column->position = (unsigned)table->part_count;
    catalog_set(outside->tables, column, ATTRIBUTE_TYPE, type);
}

static const char *type_of(const struct schema_object *table, const char *column)
{
    for (size_t i = 0; i < table->part_count; ++i)
        if (table->parts[i]->kind == SCHEMA_COLUMN && strcmp(table->parts[i]->name, column) == 0)
            return catalog_text(table->parts[i], ATTRIBUTE_TYPE);
    return NULL;
}

static void add_key(struct outside *outside, struct schema_object *table, const struct schema_value *columns)
{
    const char *name = arena_printf(outside->arena, "dunlin_key_%zu", ++outside->keys);
    struct schema_object *key = catalog_add(outside->tables, SCHEMA_UNIQUE, NULL, table, name);
    catalog_set_list(outside->tables, key, ATTRIBUTE_COLUMNS, columns->count, columns->texts);
}

static bool has_key(const struct schema_object *table, const struct schema_value *columns)
{
    for (size_t i = 0; i < table->part_count; ++i) {
        const struct schema_value *own =
            table->parts[i]->kind == SCHEMA_UNIQUE ? catalog_value(table->parts[i], ATTRIBUTE_COLUMNS) : NULL;
        size_t same = 0;
        for (size_t j = 0; own && own->count == columns->count && j < own->count; ++j)
            same += strcmp(own->texts[j], columns->texts[j]) == 0;
        if (same == columns->count)
            return true;
    }
    return false;
}

static void look_at(struct outside *outside, const struct schema_object *key)
{
    struct sql_name name;
    const char *text = catalog_text(key, ATTRIBUTE_REFERENCES);
    const struct schema_value *columns = catalog_value(key, ATTRIBUTE_COLUMNS),
                              *referenced = catalog_value(key, ATTRIBUTE_REFERENCED_COLUMNS);
    if (!text || !columns || !referenced || columns->count != referenced->count ||
        !sql_name_read(outside->arena, outside->engine->dialect, text, strlen(text), &name) ||
        name.count < 2 || strcmp(name.parts[name.count - 2], outside->inside) == 0)
        return;
    if (outside->read && catalog_find(outside->read, SCHEMA_TABLE, name.parts[name.count - 2], NULL,
                                      name.parts[name.count - 1]))
        return;
    struct schema_object *table = table_of(outside, name.parts[name.count - 2], name.parts[name.count - 1]);
    for (size_t i = 0; i < columns->count; ++i)
        add_column(outside, table, referenced->texts[i], type_of(key->parent, columns->texts[i]));
    if (!has_key(table, referenced))
        add_key(outside, table, referenced);
}

static void look_through(struct outside *outside, const struct catalog *catalog)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (objects[i]->kind == SCHEMA_FOREIGN_KEY)
            look_at(outside, objects[i]);
}

bool outside_make(const struct compare *compare, struct engine_place *place, dun_error *error)
{
    const struct source_settings *settings = compare->settings;
    struct catalog *read = NULL;
    if (!settings->tenant)
        return true;
    if (!elsewhere_read(compare, &read, error))
        return false;
    struct outside outside = {
        .arena = compare->arena,
        .engine = compare->engine,
        .inside = settings->tenant,
        .read = read,
        .tables =
            source_empty_catalog(compare->arena, compare->engine, catalog_server(compare->from->catalog)),
    };
    if (read)
        catalog_add_copies(outside.tables, read, &(struct catalog_copying){0});
    look_through(&outside, compare->from->catalog);
    look_through(&outside, compare->to->catalog);
    catalog_sort(outside.tables);
    return (outside.keys == 0 && !read) || try_create(settings, place, compare->arena, outside.tables, error);
}
