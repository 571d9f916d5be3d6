/* A table's text becomes the table, its columns and its constraints. */
#include "base/map.h"
#include "base/str.h"
#include "engine/sqlite/catalog_reading.h"
#include "engine/sqlite/ddl_parts.h"

#include <string.h>

/* A table that is being read. */
struct reader {
    struct catalog_reading *reading;
    struct arena *work;
    const struct ddl_table *ddl;
    struct schema_object *table;
    struct map *made_up; /* how often a name was made up already; unsigned * */
};

static void set_texts(struct catalog *catalog, struct schema_object *object, enum schema_attribute attribute,
                      const ddl_texts *texts)
{
    if (texts->count)
        catalog_set_list(catalog, object, attribute, texts->count, texts->items);
}

static void add_column(struct reader *reader, const struct ddl_column *ddl, unsigned position)
{
    struct catalog *catalog = reader->reading->catalog;
    struct schema_object *column = catalog_add(catalog, SCHEMA_COLUMN, NULL, reader->table, ddl->name);
    if (!column)
        return;
    column->position = position;
    catalog_set(catalog, column, ATTRIBUTE_TYPE, ddl->type);
    catalog_set_flag(catalog, column, ATTRIBUTE_NOT_NULL, ddl->not_null);
    catalog_set(catalog, column, ATTRIBUTE_ON_CONFLICT, ddl->conflict);
    catalog_set(catalog, column, ATTRIBUTE_DEFAULT, ddl->default_value);
    catalog_set(catalog, column, ATTRIBUTE_COLLATION, ddl->collation);
    catalog_set(catalog, column, ATTRIBUTE_GENERATED, ddl->generated);
    catalog_set_flag(catalog, column, ATTRIBUTE_STORED, ddl->stored);
    catalog_set_flag(catalog, column, ATTRIBUTE_AUTO_INCREMENT, ddl->auto_increment);
    set_texts(catalog, column, ATTRIBUTE_OPTIONS, &ddl->options);
    catalog_names_add(reader->reading->names, column);
}

static void append_columns(struct str *name, struct reader *reader, const struct ddl_constraint *ddl)
{
    VECTOR_EACH (struct ddl_key_column, key, &ddl->columns) {
        const struct schema_object *column =
            key->name ? catalog_names_column(reader->reading->names, reader->table, key->name) : NULL;
        str_printf(name, "_%s", column ? column->name : key->text);
    }
}

/* The only column that a check mentions; NULL: none, or several. */
static const char *only_column(struct reader *reader, const char *expression)
{
    const char *only = NULL;
    struct tokens tokens;
    if (!tokens_read(reader->work, expression, strlen(expression), &tokens))
        return NULL;
    for (size_t i = 0; i < tokens.count; ++i) {
        if (!token_is_name(&tokens.items[i]))
            continue;
        const struct schema_object *column = catalog_names_column(reader->reading->names, reader->table,
                                                                  token_name(reader->work, &tokens.items[i]));
        if (column && only && strcmp(only, column->name) != 0)
            return NULL;
        if (column)
            only = column->name;
    }
    return only;
}

/* Much like the names that other engines make up, as people know them. */
static void append_made_up_name(struct str *name, struct reader *reader, const struct ddl_constraint *ddl)
{
    const char *column;
    str_append(name, reader->table->name);
    switch (ddl->kind) {
    case SCHEMA_PRIMARY_KEY:
        str_append(name, "_pkey");
        break;
    case SCHEMA_UNIQUE:
        append_columns(name, reader, ddl);
        str_append(name, "_key");
        break;
    case SCHEMA_FOREIGN_KEY:
        append_columns(name, reader, ddl);
        str_append(name, "_fkey");
        break;
    default:
        column = only_column(reader, ddl->expression);
        str_printf(name, column ? "_%s_check" : "_check", column);
    }
}

static struct schema_object *add_unnamed(struct reader *reader, const struct ddl_constraint *ddl)
{
    struct str name = STR_INIT;
    append_made_up_name(&name, reader, ddl);
    size_t length = name.length;
    unsigned *times = map_get(reader->made_up, str_text(&name));
    if (!times) {
        times = ARENA_NEW(reader->work, unsigned);
        map_add(reader->made_up, arena_strdup(reader->work, str_text(&name)), times);
    }
    struct schema_object *object = NULL;
    while (!object) {
        if (*times)
            str_printf(&name, "%u", *times);
        object = catalog_add(reader->reading->catalog, ddl->kind, NULL, reader->table, str_text(&name));
        name.length = length;
        ++*times;
    }
    object->made_up_name = true;
    str_free(&name);
    return object;
}

static const char *name_key(struct reader *reader, const struct ddl_constraint *ddl)
{
    return arena_printf(reader->work, "%s %s", schema_kind_word(ddl->kind), ddl->name);
}

/* Several constraints may have one name, which then is no name by which either can be known. */
static void keep_name(struct reader *reader, struct schema_object *object, const char *name)
{
    ddl_texts options = {0};
    const struct schema_value *said = catalog_value(object, ATTRIBUTE_OPTIONS);
    ddl_keep_name(reader->work, &options, name, "");
    for (size_t i = 0; said && i < said->count; ++i)
        *vector_add(reader->work, &options) = said->texts[i];
    set_texts(reader->reading->catalog, object, ATTRIBUTE_OPTIONS, &options);
}

static bool is_integer(const struct reader *reader, const struct ddl_key_column *key)
{
    const struct schema_object *column =
        key->name ? catalog_names_column(reader->reading->names, reader->table, key->name) : NULL;
    const char *type = column ? catalog_text(column, ATTRIBUTE_TYPE) : NULL;
    return type && strcmp(type, "INTEGER") == 0;
}

/*
 * An INTEGER PRIMARY KEY is the rowid, for which order and collation mean nothing; but INTEGER PRIMARY KEY
 * DESC, written with the column, is a key of its own (https://www.sqlite.org/lang_createtable.html#rowid).
 */
static void set_primary_key(struct reader *reader, struct schema_object *object,
                            const struct ddl_constraint *ddl)
{
    struct catalog *catalog = reader->reading->catalog;
    struct ddl_key_column *columns = ddl->columns.items;
    const struct ddl_key_column rowid = {.name = columns->name, .text = columns->text};
    static const char *const apart = "not the rowid";
    if (ddl->columns.count == 1 && !reader->ddl->without_rowid && is_integer(reader, columns)) {
        if (!ddl->of_column || !columns->descending) {
            catalog_set_key_columns(reader->reading, object, reader->work, &rowid, 1);
            return;
        }
        catalog_set_list(catalog, object, ATTRIBUTE_OPTIONS, 1, &apart);
    }
    catalog_set_key_columns(reader->reading, object, reader->work, columns, ddl->columns.count);
}

static void set_foreign_key(struct reader *reader, struct schema_object *object,
                            const struct ddl_constraint *ddl)
{
    struct catalog *catalog = reader->reading->catalog;
    catalog_set_key_columns(reader->reading, object, reader->work, ddl->columns.items, ddl->columns.count);
    catalog_set(catalog, object, ATTRIBUTE_REFERENCES, ddl->references);
    set_texts(catalog, object, ATTRIBUTE_REFERENCED_COLUMNS, &ddl->referenced);
    catalog_set(catalog, object, ATTRIBUTE_MATCH, ddl->match);
    catalog_set(catalog, object, ATTRIBUTE_ON_DELETE, ddl->on_delete);
    catalog_set(catalog, object, ATTRIBUTE_ON_UPDATE, ddl->on_update);
    catalog_set(catalog, object, ATTRIBUTE_DEFERRABLE, ddl->deferrable);
    set_texts(catalog, object, ATTRIBUTE_OPTIONS, &ddl->options);
}

static void set_constraint(struct reader *reader, struct schema_object *object,
                           const struct ddl_constraint *ddl)
{
    struct catalog *catalog = reader->reading->catalog;
    catalog_set(catalog, object, ATTRIBUTE_ON_CONFLICT, ddl->conflict);
    if (ddl->kind == SCHEMA_PRIMARY_KEY)
        set_primary_key(reader, object, ddl);
    else if (ddl->kind == SCHEMA_FOREIGN_KEY)
        set_foreign_key(reader, object, ddl);
    else if (ddl->kind == SCHEMA_UNIQUE)
        catalog_set_key_columns(reader->reading, object, reader->work, ddl->columns.items,
                                ddl->columns.count);
    else
        catalog_set(catalog, object, ATTRIBUTE_EXPRESSION, ddl->expression);
}

/* How often each name is given to a constraint of the kind. */
static struct map *count_names(struct reader *reader)
{
    struct map *counts = map_new(reader->work);
    VECTOR_EACH (struct ddl_constraint, ddl, &reader->ddl->constraints) {
        const char *key = ddl->name ? name_key(reader, ddl) : NULL;
        size_t *count = key ? map_get(counts, key) : NULL;
        if (key && !count) {
            count = ARENA_NEW(reader->work, size_t);
            map_add(counts, key, count);
        }
        if (count)
            ++*count;
    }
    return counts;
}

/* Names that were given come first, so that none that is made up takes them away. */
static void add_constraints(struct reader *reader)
{
    VECTOR(struct schema_object *) objects = {0};
    struct map *counts = count_names(reader);
    VECTOR_EACH (struct ddl_constraint, ddl, &reader->ddl->constraints) {
        bool known_by_it = ddl->name && *(size_t *)map_get(counts, name_key(reader, ddl)) == 1;
        *vector_add(reader->work, &objects) =
            known_by_it ? catalog_add(reader->reading->catalog, ddl->kind, NULL, reader->table, ddl->name)
                        : NULL;
    }
    for (size_t i = 0; i < objects.count; ++i) {
        const struct ddl_constraint *ddl = &reader->ddl->constraints.items[i];
        struct schema_object *object = objects.items[i] ? objects.items[i] : add_unnamed(reader, ddl);
        set_constraint(reader, object, ddl);
        if (!objects.items[i] && ddl->name)
            keep_name(reader, object, ddl->name);
    }
}

void catalog_read_table(struct catalog_reading *reading, struct arena *work,
                        const struct catalog_statement *statement)
{
    struct catalog *catalog = reading->catalog;
    struct schema_object *table = catalog_add(catalog, SCHEMA_TABLE, NULL, NULL, statement->name);
    if (!table)
        return;
    catalog_keep_text(reading, table, statement);
    catalog_names_add(reading->names, table);
    struct ddl_table ddl;
    if (!ddl_read_table(work, statement->sql, statement->length, &ddl)) {
        catalog_set(catalog, table, ATTRIBUTE_DEFINITION, statement->sql);
        return;
    }
    struct reader reader = {
        .reading = reading, .work = work, .ddl = &ddl, .table = table, .made_up = map_new(work)};
    catalog_set_flag(catalog, table, ATTRIBUTE_WITHOUT_ROWID, ddl.without_rowid);
    catalog_set_flag(catalog, table, ATTRIBUTE_STRICT, ddl.strict);
    set_texts(catalog, table, ATTRIBUTE_OPTIONS, &ddl.options);
    for (size_t i = 0; i < ddl.columns.count; ++i)
        add_column(&reader, &ddl.columns.items[i], (unsigned)i + 1);
    add_constraints(&reader);
}
