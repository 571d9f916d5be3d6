/* Indexes, views, triggers and virtual tables. */
#include "engine/sqlite/as_written.h"
#include "engine/sqlite/catalog_reading.h"
#include "engine/sqlite/ddl.h"

void catalog_keep_text(struct catalog_reading *reading, struct schema_object *object,
                       const struct catalog_statement *statement)
{
    if (object)
        object->text = as_written_text(catalog_arena(reading->catalog), statement->sql, statement->length);
}

static void keep_whole(struct catalog_reading *reading, struct schema_object *object,
                       const struct catalog_statement *statement)
{
    if (object)
        catalog_set(reading->catalog, object, ATTRIBUTE_DEFINITION, statement->sql);
}

static void set_texts(struct catalog_reading *reading, struct schema_object *object,
                      enum schema_attribute attribute, const ddl_texts *texts)
{
    if (texts->count)
        catalog_set_list(reading->catalog, object, attribute, texts->count, texts->items);
}

static struct schema_object *add_named(struct catalog_reading *reading, enum schema_kind kind,
                                       const char *name)
{
    struct schema_object *object = catalog_add(reading->catalog, kind, NULL, NULL, name);
    if (object)
        catalog_names_add(reading->names, object);
    return object;
}

void catalog_read_virtual_table(struct catalog_reading *reading, struct arena *work,
                                const struct catalog_statement *statement)
{
    struct ddl_virtual_table ddl;
    struct schema_object *object = add_named(reading, SCHEMA_VIRTUAL_TABLE, statement->name);
    catalog_keep_text(reading, object, statement);
    if (!object || !ddl_read_virtual_table(work, statement->sql, statement->length, &ddl)) {
        keep_whole(reading, object, statement);
        return;
    }
    catalog_set(reading->catalog, object, ATTRIBUTE_USING, ddl.module);
    set_texts(reading, object, ATTRIBUTE_ARGUMENTS, &ddl.arguments);
}

void catalog_read_view(struct catalog_reading *reading, struct arena *work,
                       const struct catalog_statement *statement)
{
    struct ddl_view ddl;
    struct schema_object *object = add_named(reading, SCHEMA_VIEW, statement->name);
    catalog_keep_text(reading, object, statement);
    if (!object || !ddl_read_view(work, statement->sql, statement->length, &ddl)) {
        keep_whole(reading, object, statement);
        return;
    }
    set_texts(reading, object, ATTRIBUTE_COLUMNS, &ddl.columns);
    catalog_set(reading->catalog, object, ATTRIBUTE_DEFINITION, ddl.query);
}

/* The schema table says to which table a part belongs, even where the text cannot be read. */
static struct schema_object *add_part(struct catalog_reading *reading, enum schema_kind kind,
                                      const struct catalog_statement *statement)
{
    struct schema_object *table = catalog_names_table(reading->names, statement->table);
    return table ? catalog_add(reading->catalog, kind, NULL, table, statement->name) : NULL;
}

void catalog_read_index(struct catalog_reading *reading, struct arena *work,
                        const struct catalog_statement *statement)
{
    struct ddl_index ddl;
    struct schema_object *object = add_part(reading, SCHEMA_INDEX, statement);
    catalog_keep_text(reading, object, statement);
    if (!object || !ddl_read_index(work, statement->sql, statement->length, &ddl)) {
        keep_whole(reading, object, statement);
        return;
    }
    catalog_set_flag(reading->catalog, object, ATTRIBUTE_UNIQUE, ddl.unique);
    catalog_set_key_columns(reading, object, work, ddl.columns.items, ddl.columns.count);
    catalog_set(reading->catalog, object, ATTRIBUTE_WHERE, ddl.where);
}

static void set_event_columns(struct catalog_reading *reading, struct schema_object *trigger,
                              struct ddl_trigger *ddl)
{
    VECTOR_EACH (const char *, name, &ddl->columns) {
        const struct schema_object *column = catalog_names_column(reading->names, trigger->parent, *name);
        if (column)
            *name = column->name;
    }
    set_texts(reading, trigger, ATTRIBUTE_COLUMNS, &ddl->columns);
}

void catalog_read_trigger(struct catalog_reading *reading, struct arena *work,
                          const struct catalog_statement *statement)
{
    struct ddl_trigger ddl;
    struct schema_object *object = add_part(reading, SCHEMA_TRIGGER, statement);
    catalog_keep_text(reading, object, statement);
    if (!object || !ddl_read_trigger(work, statement->sql, statement->length, &ddl)) {
        keep_whole(reading, object, statement);
        return;
    }
    catalog_set(reading->catalog, object, ATTRIBUTE_TIMING, ddl.timing);
    catalog_set_list(reading->catalog, object, ATTRIBUTE_EVENTS, 1, &ddl.event);
    set_event_columns(reading, object, &ddl);
    catalog_set(reading->catalog, object, ATTRIBUTE_WHEN, ddl.when);
    catalog_set(reading->catalog, object, ATTRIBUTE_DEFINITION, ddl.body);
}
