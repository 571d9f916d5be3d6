#include "seed/table.h"

#include "base/error.h"
#include "base/map.h"
#include "base/nearest.h"
#include "base/str.h"
#include "base/vector.h"
#include "db/result.h"
#include "sql/name.h"
#include "sql/quote.h"

#include <string.h>
#include <strings.h>

enum { MOST_SHOWN = 20 };

int seed_table_column(const struct seed_table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; ++i)
        if (strcmp(table->columns[i].name, name) == 0)
            return (int)i;
    for (size_t i = 0; i < table->column_count; ++i)
        if (strcasecmp(table->columns[i].name, name) == 0)
            return (int)i;
    return SEED_NO_COLUMN;
}

void seed_table_hint_columns(const struct seed_table *table, const char *name, dun_error *error)
{
    struct arena *arena = arena_new();
    const char **names = arena_alloc(arena, (table->column_count + 1) * sizeof *names);
    struct str known = STR_INIT;
    for (size_t i = 0; i < table->column_count; ++i) {
        names[i] = table->columns[i].name;
        if (i < MOST_SHOWN)
            str_printf(&known, "%s%s", i ? ", " : "", names[i]);
    }
    const char *meant = nearest_word(name, names);
    if (meant)
        error_hint(error, "did you mean \"%s\"?", meant);
    else
        error_hint(error, "%s has the columns %s%s", table->full_name, str_text(&known),
                   table->column_count > MOST_SHOWN ? ", ..." : "");
    str_free(&known);
    arena_free(arena);
}

static void read_column(struct seed_column *column, const struct schema_object *object)
{
    *column = (struct seed_column){
        .name = object->name,
        .type = catalog_text(object, ATTRIBUTE_TYPE),
        .default_value = catalog_text(object, ATTRIBUTE_DEFAULT),
        .not_null = catalog_value(object, ATTRIBUTE_NOT_NULL) != NULL,
        .generated = catalog_value(object, ATTRIBUTE_GENERATED) != NULL,
        .touched = catalog_value(object, ATTRIBUTE_ON_UPDATE_VALUE) != NULL,
        .counted =
            catalog_value(object, ATTRIBUTE_IDENTITY) || catalog_value(object, ATTRIBUTE_AUTO_INCREMENT),
    };
    if (!column->type)
        column->type = "";
}

/* The columns of a key by number. False: it has others than columns, or only parts of them. */
static bool read_columns(struct arena *arena, const struct seed_table *table,
                         const struct schema_object *object, size_t *ret_count, const size_t **ret_columns)
{
    const struct schema_value *names = catalog_value(object, ATTRIBUTE_COLUMNS);
    if (!names || names->count == 0)
        return false;
    size_t *columns = arena_alloc(arena, names->count * sizeof *columns);
    for (size_t i = 0; i < names->count; ++i) {
        int column = seed_table_column(table, names->texts[i]);
        if (column == SEED_NO_COLUMN)
            return false;
        columns[i] = (size_t)column;
    }
    *ret_count = names->count;
    *ret_columns = columns;
    return true;
}

static bool is_key(const struct schema_object *object)
{
    if (object->kind == SCHEMA_PRIMARY_KEY || object->kind == SCHEMA_UNIQUE)
        return true;
    return object->kind == SCHEMA_INDEX && catalog_value(object, ATTRIBUTE_UNIQUE) &&
           !catalog_value(object, ATTRIBUTE_WHERE) && !catalog_value(object, ATTRIBUTE_EXPRESSION) &&
           !catalog_value(object, ATTRIBUTE_PREFIX_LENGTHS);
}

static void read_keys(struct arena *arena, struct seed_table *table, bool primary)
{
    const struct schema_object *object = table->object;
    for (size_t i = 0; i < object->part_count; ++i) {
        const struct schema_object *part = object->parts[i];
        struct seed_key key = {.name = part->name, .primary = part->kind == SCHEMA_PRIMARY_KEY};
        if (is_key(part) && key.primary == primary &&
            read_columns(arena, table, part, &key.count, &key.columns))
            table->keys[table->key_count++] = key;
    }
}

/* A single number as primary key of a table with rowids is given one when it is NULL. */
static void note_rowid(struct seed_table *table)
{
    if (table->key_count == 0 || !table->keys[0].primary || table->keys[0].count != 1)
        return;
    struct seed_column *column = &table->columns[table->keys[0].columns[0]];
    if (strcmp(column->type, "INTEGER") == 0 && !catalog_value(table->object, ATTRIBUTE_WITHOUT_ROWID))
        column->counted = true;
}

static const char *quoted_name(struct arena *arena, enum sql_dialect dialect,
                               const struct schema_object *object)
{
    struct str name = STR_INIT;
    if (object->schema) {
        sql_quote_identifier(&name, dialect, object->schema);
        str_append_char(&name, '.');
    }
    sql_quote_identifier(&name, dialect, object->name);
    const char *copy = arena_strdup(arena, str_text(&name));
    str_free(&name);
    return copy;
}

static void read_table(struct seed_tables *tables, struct seed_table *table,
                       const struct schema_object *object)
{
    struct arena *arena = tables->arena;
    size_t parts = object->part_count;
    *table = (struct seed_table){
        .object = object,
        .schema = object->schema,
        .name = object->name,
        .full_name = catalog_full_name(tables->catalog, object),
        .sql = quoted_name(arena, tables->engine->dialect, object),
        .columns = arena_alloc(arena, (parts + 1) * sizeof(struct seed_column)),
        .keys = arena_alloc(arena, (parts + 1) * sizeof(struct seed_key)),
        .references = arena_alloc(arena, (parts + 1) * sizeof(struct seed_reference)),
    };
    for (size_t i = 0; i < parts; ++i)
        if (object->parts[i]->kind == SCHEMA_COLUMN)
            read_column(&table->columns[table->column_count++], object->parts[i]);
    read_keys(arena, table, true);
    read_keys(arena, table, false);
    note_rowid(table);
}

static bool is_in_schema(const struct seed_table *table, const char *schema)
{
    return !schema || !table->schema || strcmp(schema, table->schema) == 0;
}

static struct seed_table *find_exactly(const struct seed_tables *tables, const char *schema, const char *name)
{
    struct seed_table *table = map_get(tables->by_name, name);
    while (table && !is_in_schema(table, schema))
        table = table->next_of_name;
    return table;
}

/* Of any schema, regardless of case. */
static struct seed_table *find_roughly(const struct seed_tables *tables, const char *name)
{
    for (size_t i = 0; i < tables->count; ++i)
        if (strcasecmp(tables->tables[i].name, name) == 0)
            return &tables->tables[i];
    return NULL;
}

/* The table that a foreign key names: as SQL, or as it is. */
static struct seed_table *find_referenced(const struct seed_tables *tables, const struct seed_table *from,
                                          const char *text)
{
    struct sql_name name;
    struct seed_table *found = NULL;
    if (!text)
        return NULL;
    if (sql_name_read(tables->arena, tables->engine->dialect, text, strlen(text), &name)) {
        const char *last = name.parts[name.count - 1];
        const char *schema = name.count > 1 ? name.parts[name.count - 2] : from->schema;
        found = find_exactly(tables, schema, last);
        if (!found && name.count == 1)
            found = find_exactly(tables, NULL, last);
        if (!found)
            found = find_roughly(tables, last);
    }
    return found ? found : find_roughly(tables, text);
}

/* Where the foreign key does not name them, they are the primary key. */
static bool read_referenced(struct arena *arena, const struct schema_object *object,
                            struct seed_reference *reference)
{
    const struct schema_value *names = catalog_value(object, ATTRIBUTE_REFERENCED_COLUMNS);
    size_t *columns = arena_alloc(arena, reference->count * sizeof *columns);
    const struct seed_key *primary = reference->to->key_count ? &reference->to->keys[0] : NULL;
    reference->referenced = columns;
    for (size_t i = 0; i < reference->count; ++i) {
        int column = SEED_NO_COLUMN;
        if (names && i < names->count)
            column = seed_table_column(reference->to, names->texts[i]);
        else if (!names && primary && primary->primary && i < primary->count)
            column = (int)primary->columns[i];
        if (column == SEED_NO_COLUMN)
            return false;
        columns[i] = (size_t)column;
    }
    return true;
}

static void read_references(const struct seed_tables *tables, struct seed_table *table)
{
    for (size_t i = 0; i < table->object->part_count; ++i) {
        const struct schema_object *part = table->object->parts[i];
        if (part->kind != SCHEMA_FOREIGN_KEY)
            continue;
        struct seed_reference reference = {
            .name = part->name,
            .to = find_referenced(tables, table, catalog_text(part, ATTRIBUTE_REFERENCES)),
            .deferrable = catalog_value(part, ATTRIBUTE_DEFERRABLE) != NULL,
        };
        if (reference.to && read_columns(tables->arena, table, part, &reference.count, &reference.columns) &&
            read_referenced(tables->arena, part, &reference))
            table->references[table->reference_count++] = reference;
    }
}

static void add_name(struct seed_tables *tables, struct seed_table *table)
{
    if (map_add(tables->by_name, table->name, table))
        return;
    struct seed_table *first = map_get(tables->by_name, table->name);
    table->next_of_name = first->next_of_name;
    first->next_of_name = table;
}

/* A tenant, and what its tables refer to elsewhere. */
struct tenant {
    const char *schema;
    struct map *outside; /* by full names as they are told apart here; NULL: it is not known yet */
    VECTOR(const char *) schemas;
};

static const char *outside_name(struct arena *arena, const char *schema, const char *name)
{
    return arena_printf(arena, "%s\1%s", schema, name);
}

static bool is_wanted(struct arena *arena, const struct tenant *tenant, const struct schema_object *object)
{
    if (object->kind != SCHEMA_TABLE)
        return false;
    return !tenant || !tenant->outside || !object->schema || strcmp(object->schema, tenant->schema) == 0 ||
           map_get(tenant->outside, outside_name(arena, object->schema, object->name));
}

static struct seed_tables *tables_of(struct arena *arena, const struct dun_engine *engine,
                                     const struct catalog *catalog, const struct tenant *tenant)
{
    size_t count = 0;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    struct seed_tables *tables = ARENA_NEW(arena, struct seed_tables);
    *tables = (struct seed_tables){.arena = arena,
                                   .engine = engine,
                                   .catalog = catalog,
                                   .by_name = map_new(arena),
                                   .tables = arena_alloc(arena, (count + 1) * sizeof(struct seed_table))};
    for (size_t i = 0; i < count; ++i)
        if (is_wanted(arena, tenant, objects[i])) {
            struct seed_table *table = &tables->tables[tables->count++];
            read_table(tables, table, objects[i]);
            table->outside = tenant && table->schema && strcmp(table->schema, tenant->schema) != 0;
            add_name(tables, table);
        }
    for (size_t i = 0; i < tables->count; ++i)
        read_references(tables, &tables->tables[i]);
    return tables;
}

struct seed_tables *seed_tables_of(struct arena *arena, const struct dun_engine *engine,
                                   const struct catalog *catalog)
{
    return tables_of(arena, engine, catalog, NULL);
}

static bool read_tables(dun_connection *connection, const struct dun_engine *engine,
                        const struct catalog_options *options, const struct tenant *tenant,
                        struct arena *arena, struct seed_tables **ret_tables, dun_error *error)
{
    struct catalog *catalog = NULL;
    if (!engine->catalog)
        return error_set(error, DUN_FAILED, "the catalog of %s cannot be read", engine->title);
    if (!engine->catalog->read(connection, options, arena, &catalog, error))
        return false;
    *ret_tables = tables_of(arena, engine, catalog, tenant);
    return true;
}

static void note_outside(struct tenant *tenant, const struct seed_tables *tables,
                         const struct schema_object *key)
{
    struct sql_name name;
    const char *text = catalog_text(key, ATTRIBUTE_REFERENCES);
    if (key->kind != SCHEMA_FOREIGN_KEY || !text ||
        !sql_name_read(tables->arena, tables->engine->dialect, text, strlen(text), &name) || name.count < 2 ||
        strcmp(name.parts[name.count - 2], tenant->schema) == 0)
        return;
    const char *schema = name.parts[name.count - 2];
    map_add(tenant->outside, outside_name(tables->arena, schema, name.parts[name.count - 1]), tenant);
    if (map_add(tenant->outside, schema, tenant))
        *vector_add(tables->arena, &tenant->schemas) = schema;
}

/* The schema of the tenant, and those that its foreign keys lead to. */
static void find_outside(struct tenant *tenant, const struct seed_tables *tables)
{
    tenant->outside = map_new(tables->arena);
    *vector_add(tables->arena, &tenant->schemas) = tenant->schema;
    for (size_t i = 0; i < tables->count; ++i)
        for (size_t j = 0; j < tables->tables[i].object->part_count; ++j)
            note_outside(tenant, tables, tables->tables[i].object->parts[j]);
    *vector_add(tables->arena, &tenant->schemas) = NULL;
}

bool seed_tables_read(dun_connection *connection, const struct dun_engine *engine, const char *history,
                      struct arena *arena, struct seed_tables **ret_tables, dun_error *error)
{
    const struct catalog_options options = {.history = history};
    return read_tables(connection, engine, &options, NULL, arena, ret_tables, error);
}

bool seed_tables_read_tenant(dun_connection *connection, const struct dun_engine *engine, const char *history,
                             struct arena *arena, struct seed_tables **ret_tables, dun_error *error)
{
    const struct engine_tenants *tenants = engine->tenants;
    const char *schema = tenants->schema_of ? tenants->schema_of(arena, connection->url) : NULL;
    const char *const schemas[] = {schema, NULL};
    struct catalog_options options = {.history = history, .schemas = schema ? schemas : NULL};
    struct tenant tenant = {.schema = schema};
    struct seed_tables *tables = NULL;
    if (!read_tables(connection, engine, &options, schema ? &tenant : NULL, arena, &tables, error))
        return false;
    if (schema)
        find_outside(&tenant, tables);
    options.schemas = tenant.schemas.items;
    if (tenant.schemas.count > 2 &&
        !read_tables(connection, engine, &options, &tenant, arena, &tables, error))
        return false;
    *ret_tables = tables;
    return true;
}

static bool unknown(const struct seed_tables *tables, const char *name, dun_error *error)
{
    struct arena *arena = arena_new();
    const char **names = arena_alloc(arena, (2 * tables->count + 1) * sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < tables->count; ++i) {
        names[count++] = tables->tables[i].name;
        names[count++] = tables->tables[i].full_name;
    }
    error_set(error, DUN_BAD_INPUT, "there is no table %s", name);
    const char *meant = nearest_word(name, names);
    if (meant)
        error_hint(error, "did you mean \"%s\"?", meant);
    else if (tables->count == 0)
        error_hint(error, "the database has no tables; apply the migrations first");
    arena_free(arena);
    return false;
}

/* The schema that the connection finds the table in by its bare name. */
static bool find_schema(const struct seed_tables *tables, dun_connection *connection, const char *name,
                        const char **ret_schema, dun_error *error)
{
    struct str literal = STR_INIT, sql = STR_INIT, quoted = STR_INIT;
    sql_quote_identifier(&quoted, tables->engine->dialect, name);
    sql_quote_literal(&literal, tables->engine->dialect, str_text(&quoted), quoted.length);
    const char *query = tables->engine->history->schema_of_table, *place = strstr(query, "%s");
    str_append_n(&sql, query, place ? (size_t)(place - query) : strlen(query));
    if (place)
        str_printf(&sql, "%s%s", str_text(&literal), place + 2);
    dun_result *result = NULL;
    bool good = db_query(connection, str_text(&sql), &result, error);
    if (good && result->rows > 0)
        *ret_schema = arena_strdup(tables->arena, result_text(result, 0, 0));
    dun_result_free(result);
    str_free(&literal);
    str_free(&quoted);
    str_free(&sql);
    return good;
}

bool seed_tables_find(const struct seed_tables *tables, dun_connection *connection, const char *name,
                      struct seed_table **ret_table, dun_error *error)
{
    const char *dot = strchr(name, '.'), *schema = NULL;
    struct seed_table *table = find_exactly(tables, NULL, name);
    if (table && table->next_of_name) {
        if (!find_schema(tables, connection, name, &schema, error))
            return false;
        struct seed_table *found = schema ? find_exactly(tables, schema, name) : NULL;
        table = found ? found : table;
    } else if (!table && dot) {
        schema = arena_strndup(tables->arena, name, (size_t)(dot - name));
        table = find_exactly(tables, schema, dot + 1);
    }
    if (!table)
        table = find_roughly(tables, name);
    if (!table)
        return unknown(tables, name, error);
    *ret_table = table;
    return true;
}
