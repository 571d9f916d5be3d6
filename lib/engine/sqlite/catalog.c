/*
 * Reading the catalog of an SQLite database. Everything is in the texts of the schema table, which one query
 * reads; the pragmas that take tables apart cost more and tell less. What databases that are attached hold,
 * and what is temporary, is not read.
 */
#include "base/error.h"
#include "engine/own_table.h"
#include "engine/sqlite/catalog_reading.h"
#include "engine/sqlite/connection.h"
#include "engine/sqlite/tokens.h"
#include "sql/name.h"

#include "embedded/engine/sqlite/catalog_objects.sql.h"
#include "embedded/engine/sqlite/catalog_rows.sql.h"

#include <string.h>

enum { TYPE, NAME, TABLE, SQL }; /* the columns of the query */

/* One reading of the schema table. */
struct reader {
    struct catalog_reading reading;
    const dun_result *rows;
    const char *history; /* NULL: nothing is to be left out */
};

static const char *history_name(struct arena *arena, const char *configured)
{
    struct sql_name name;
    if (!configured || !sql_name_read(arena, SQL_SQLITE, configured, strlen(configured), &name))
        return configured;
    return name.parts[name.count - 1];
}

static bool is(const struct reader *reader, size_t row, const char *type)
{
    return strcmp(result_text(reader->rows, row, TYPE), type) == 0;
}

static bool is_virtual(const struct reader *reader, size_t row)
{
    struct sql_lexer lexer;
    const char *sql = result_text(reader->rows, row, SQL);
    sql_lexer_init(&lexer, SQL_SQLITE, sql, strlen(sql));
    struct sql_token create = sql_lexer_next_significant(&lexer), what = sql_lexer_next_significant(&lexer);
    return sql_token_is(&create, "CREATE") && sql_token_is(&what, "VIRTUAL");
}

static bool is_left_out(const struct reader *reader, struct arena *work, size_t row)
{
    const char *name = result_text(reader->rows, row, NAME);
    return same_name(name, "sqlite_stat1") || (reader->history && same_name(name, reader->history)) ||
           own_table_is(SQL_SQLITE, reader->history, NULL, name) ||
           catalog_is_shadow(&reader->reading, work, name);
}

static void read_row(struct reader *reader, struct arena *work, size_t row, bool parts)
{
    const struct catalog_statement statement = {
        .name = result_text(reader->rows, row, NAME),
        .table = result_text(reader->rows, row, TABLE),
        .sql = result_text(reader->rows, row, SQL),
        .length = strlen(result_text(reader->rows, row, SQL)),
    };
    if (parts && is(reader, row, "index"))
        catalog_read_index(&reader->reading, work, &statement);
    else if (parts && is(reader, row, "trigger"))
        catalog_read_trigger(&reader->reading, work, &statement);
    else if (!parts && is(reader, row, "view"))
        catalog_read_view(&reader->reading, work, &statement);
    else if (!parts && is(reader, row, "table") && !is_virtual(reader, row) &&
             !is_left_out(reader, work, row))
        catalog_read_table(&reader->reading, work, &statement);
}

static void read_virtual_table(struct reader *reader, struct arena *work, size_t row)
{
    if (is(reader, row, "table") && is_virtual(reader, row))
        catalog_read_virtual_table(
            &reader->reading, work,
            &(struct catalog_statement){.name = result_text(reader->rows, row, NAME),
                                        .sql = result_text(reader->rows, row, SQL),
                                        .length = strlen(result_text(reader->rows, row, SQL))});
}

struct arena *catalog_work(struct catalog_reading *reading)
{
    enum { MOST_KEPT = 256 * 1024 };
    if (reading->work && arena_size(reading->work) > MOST_KEPT) {
        arena_free(reading->work);
        reading->work = NULL;
    }
    if (!reading->work)
        reading->work = arena_new();
    return reading->work;
}

static bool is_known_type(const struct reader *reader, size_t row)
{
    return is(reader, row, "table") || is(reader, row, "view") || is(reader, row, "index") ||
           is(reader, row, "trigger");
}

/* Virtual tables first: they tell which tables are theirs. Then what others may be parts of. */
static void read_rows(struct reader *reader)
{
    for (size_t row = 0; row < reader->rows->rows; ++row)
        read_virtual_table(reader, catalog_work(&reader->reading), row);
    for (size_t row = 0; row < reader->rows->rows; ++row)
        read_row(reader, catalog_work(&reader->reading), row, false);
    for (size_t row = 0; row < reader->rows->rows; ++row)
        read_row(reader, catalog_work(&reader->reading), row, true);
    for (size_t row = 0; row < reader->rows->rows; ++row)
        if (!is_known_type(reader, row))
            catalog_add_unmodelled(reader->reading.catalog, result_text(reader->rows, row, TYPE),
                                   result_text(reader->rows, row, NAME));
    catalog_resolve_foreign_keys(&reader->reading);
    catalog_find_needs(&reader->reading);
}

static void set_row_counts(struct catalog_reading *reading, const dun_result *counts)
{
    for (size_t row = 0; counts && row < counts->rows; ++row) {
        struct schema_object *table = catalog_names_table(reading->names, result_text(counts, row, 0));
        if (table)
            table->rows = result_integer(counts, row, 1, -1);
    }
}

static bool ask(struct sqlite_connection *connection, const char *sql, dun_result **ret_rows,
                dun_error *error)
{
    const struct db_statement statement = {.sql = sql, .length = strlen(sql)};
    return sqlite_run(connection, &statement, ret_rows, error);
}

static bool has_estimates(const dun_result *rows)
{
    for (size_t row = 0; row < rows->rows; ++row)
        if (same_name(result_text(rows, row, NAME), "sqlite_stat1"))
            return true;
    return false;
}

static bool ask_all(struct sqlite_connection *connection, dun_result **ret_objects, dun_result **ret_counts,
                    dun_error *error)
{
    dun_result *objects = NULL, *counts = NULL;
    if (!ask(connection, catalog_objects_sql, &objects, error))
        return false;
    if (has_estimates(objects) && !ask(connection, catalog_rows_sql, &counts, error)) {
        dun_result_free(objects);
        return false;
    }
    *ret_objects = objects;
    *ret_counts = counts;
    return true;
}

/* In a transaction of readers both queries see one state; one that is open already does as well. */
static bool ask_in_transaction(struct sqlite_connection *connection, dun_result **ret_objects,
                               dun_result **ret_counts, dun_error *error)
{
    bool inside = !sqlite3_get_autocommit(connection->handle);
    if (!inside && !sqlite_run_text(connection, "BEGIN", error))
        return false;
    bool good = ask_all(connection, ret_objects, ret_counts, error);
    if (!inside)
        sqlite3_exec(connection->handle, "ROLLBACK", NULL, NULL, NULL); /* nothing was written */
    sqlite_note_transaction(connection);
    return good;
}

static bool read_catalog(dun_connection *connection, const struct catalog_options *options,
                         struct arena *arena, struct catalog **ret_catalog, dun_error *error)
{
    dun_result *objects = NULL, *counts = NULL;
    if (!ask_in_transaction((struct sqlite_connection *)connection, &objects, &counts, error)) {
        error_context(error, "the catalog could not be read");
        return false;
    }
    struct arena *scratch = arena_new();
    struct reader reader = {
        .reading = {.catalog = catalog_new(arena, "sqlite", connection->server),
                    .names = catalog_names_new(scratch),
                    .scratch = scratch},
        .rows = objects,
        .history = history_name(scratch, options->history),
    };
    read_rows(&reader);
    set_row_counts(&reader.reading, counts);
    catalog_sort(reader.reading.catalog);
    *ret_catalog = reader.reading.catalog;
    dun_result_free(objects);
    dun_result_free(counts);
    arena_free(reader.reading.work);
    arena_free(scratch);
    return true;
}

const struct engine_catalog sqlite_catalog = {.read = read_catalog};
