/*
 * Reads any bytes as what SHOW CREATE of MySQL and MariaDB gives: of a table, a view, a sequence and a
 * routine. Then looks for what needs what, and checks that the catalog can be written down and read again.
 */
#include "engine/mysql/catalog_reading.h"
#include "schema/snapshot.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_parts(const struct catalog *catalog)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        for (size_t j = 0; j < objects[i]->need_count; ++j)
            if (objects[i]->needs[j] == objects[i] || objects[i]->needs[j] == objects[i]->parent)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    char *text = arena_strndup(arena, (const char *)data, size);
    struct catalog_options options = {.definers = true};
    struct catalog_reading reading = {.options = &options,
                                      .catalog = catalog_new(arena, "mysql", "MariaDB"),
                                      .scratch = arena,
                                      .database = "shop"};
    struct catalog_shown shown = {
        .name = "a", .sql = text, .length = size, .sql_mode = "ANSI_QUOTES", .rows = 1};
    mysql_engine_catalog_read_table(&reading, &shown);
    shown.name = "b";
    mysql_engine_catalog_read_view(&reading, &shown);
    mysql_engine_catalog_read_sequence(&reading, &shown);
    mysql_engine_catalog_read_routine(&reading, &shown);
    mysql_engine_catalog_find_needs(&reading);
    catalog_sort(reading.catalog);
    check_parts(reading.catalog);
    free(snapshot_write(reading.catalog));
    arena_free(arena);
    return 0;
}
