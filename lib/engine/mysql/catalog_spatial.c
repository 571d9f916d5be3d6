/* Reference systems of spatial columns on MariaDB, which SHOW CREATE leaves out. For catalog.c. */
#include "base/vector.h"
#include "db/result.h"
#include "engine/mysql/catalog_reading.h"
#include "engine/mysql/connection.h"
#include "engine/mysql/language.h"

#include "embedded/engine/mysql/catalog_srids.sql.h"

static bool is_spatial(const struct schema_object *column)
{
    const char *type = column->kind == SCHEMA_COLUMN ? catalog_text(column, ATTRIBUTE_TYPE) : NULL;
    return type && mysql_engine_is_geometry(type);
}

static bool has_spatial_columns(const struct catalog *catalog)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        if (is_spatial(objects[i]))
            return true;
    return false;
}

static void set_srid(struct catalog_reading *reading, struct schema_object *column, const char *srid)
{
    struct catalog_texts texts = {0};
    const struct schema_value *options = catalog_value(column, ATTRIBUTE_OPTIONS);
    for (size_t i = 0; options && i < options->count; ++i)
        *vector_add(reading->scratch, &texts) = options->texts[i];
    *vector_add(reading->scratch, &texts) =
        arena_printf(reading->scratch, "%s=%s", MYSQL_REFERENCE_SYSTEM, srid);
    mysql_engine_catalog_set_texts(reading->catalog, column, ATTRIBUTE_OPTIONS, &texts);
}

bool mysql_engine_catalog_read_srids(struct catalog_reading *reading, dun_connection *connection,
                                     dun_error *error)
{
    dun_result *rows;
    if (!((const struct mysql_connection *)connection)->is_mariadb || !has_spatial_columns(reading->catalog))
        return true;
    if (!db_query(connection, catalog_srids_sql, &rows, error))
        return false;
    for (size_t row = 0; row < rows->rows; ++row) {
        struct schema_object *table =
            catalog_find(reading->catalog, SCHEMA_TABLE, NULL, NULL, result_text(rows, row, 0));
        struct schema_object *column =
            table ? catalog_find(reading->catalog, SCHEMA_COLUMN, NULL, table, result_text(rows, row, 1))
                  : NULL;
        if (column)
            set_srid(reading, column, result_text(rows, row, 2));
    }
    dun_result_free(rows);
    return true;
}
