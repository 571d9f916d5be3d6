/*
 * Any bytes as a statement that SQLite keeps. Where SQLite itself takes them for a table, the columns that
 * are read are those that it has, and what is written from what was read makes the same table.
 */
#include "base/error.h"
#include "db/result.h"
#include "engine/sqlite/ddl.h"
#include "engine/sqlite/definition.h"
#include "sqlite_memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(struct arena *arena, const char *text, size_t size)
{
    struct ddl_table table;
    struct ddl_index index;
    struct ddl_view view;
    struct ddl_trigger trigger;
    struct ddl_virtual_table virtual_table;
    ddl_read_table(arena, text, size, &table);
    ddl_read_index(arena, text, size, &index);
    ddl_read_view(arena, text, size, &view);
    ddl_read_trigger(arena, text, size, &trigger);
    ddl_read_virtual_table(arena, text, size, &virtual_table);
}

static const char table_beside[] = "CREATE TABLE t (a, b, c)";

static void check_column(const struct catalog *catalog, const dun_result *columns, size_t row)
{
    enum { PLACE, NAME, TYPE, NOT_NULL, DEFAULT, KEY, HIDDEN, TABLE };
    size_t count;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    const char *not_null = dun_result_value(columns, row, NOT_NULL),
               *hidden = dun_result_value(columns, row, HIDDEN);
    for (size_t i = 0; i < count; ++i) {
        const struct schema_object *column = objects[i];
        if (column->kind != SCHEMA_COLUMN ||
            strcmp(column->parent->name, dun_result_value(columns, row, TABLE)) != 0 ||
            strcmp(column->name, dun_result_value(columns, row, NAME)) != 0)
            continue;
        bool generated = catalog_value(column, ATTRIBUTE_GENERATED) != NULL;
        if ((int64_t)column->position != result_integer(columns, row, PLACE, -1) + 1 ||
            generated != (*hidden != '0'))
            abort();
        if (catalog_value(column, ATTRIBUTE_NOT_NULL) && *not_null == '0')
            abort();
        return;
    }
    abort();
}

/* Makes the objects anew in another database, and looks for differences. */
static void compare_with_written(struct arena *arena, struct catalog *catalog)
{
    size_t count;
    struct str sql = STR_INIT;
    const struct catalog_options options = {.history = NULL};
    struct catalog *again;
    dun_connection *connection = open_memory();
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i) { /* tables before what is on them */
        if (objects[i]->parent && objects[i]->kind != SCHEMA_INDEX && objects[i]->kind != SCHEMA_TRIGGER)
            continue;
        str_clear(&sql);
        definition_object(&sql, catalog, objects[i]);
        if (!db_exec(connection, str_text(&sql), NULL))
            abort();
    }
    if (!engine_sqlite.catalog->read(connection, &options, arena, &again, NULL) ||
        diff_catalogs(arena, engine_sqlite.diff, catalog, again)->changes.count > 0)
        abort();
    str_free(&sql);
    connection->driver->close(connection);
}

static void compare_with_sqlite(struct arena *arena, const char *text, size_t size)
{
    dun_connection *connection = open_memory();
    const struct db_statement statement = {.sql = text, .length = size};
    const struct catalog_options options = {.history = NULL};
    struct catalog *catalog;
    dun_result *columns;
    if (may_run(text, size) && db_exec(connection, table_beside, NULL) &&
        connection->driver->query(connection, &statement, &columns, NULL)) {
        dun_result_free(columns);
        if (!engine_sqlite.catalog->read(connection, &options, arena, &catalog, NULL) ||
            !db_query(connection,
                      "SELECT x.*, m.name FROM sqlite_master m, pragma_table_xinfo(m.name) x WHERE m.type = "
                      "'table' AND "
                      "m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
                      &columns, NULL))
            abort();
        for (size_t row = 0; row < columns->rows; ++row)
            check_column(catalog, columns, row);
        dun_result_free(columns);
        compare_with_written(arena, catalog);
    }
    connection->driver->close(connection);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const char *text = size ? (const char *)data : "";
    read_all(arena, text, size);
    compare_with_sqlite(arena, text, size);
    arena_free(arena);
    return 0;
}
