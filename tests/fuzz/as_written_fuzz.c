/*
 * Any bytes as a statement that somebody wrote. What is kept of it says the same and has no directives; and
 * where SQLite takes it for a table, the text under another name, and back again, makes the same table.
 */
#include "engine/sqlite/as_written.h"
#include "sql/directive.h"
#include "sql/same_tokens.h"
#include "sqlite_memory.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool has_directive(const char *text)
{
    struct sql_lexer lexer;
    struct sql_directive directive;
    sql_lexer_init(&lexer, SQL_SQLITE, text, strlen(text));
    for (struct sql_token token; (token = sql_lexer_next(&lexer)).kind != SQL_TOKEN_END;)
        if (token.kind == SQL_TOKEN_COMMENT && sql_directive_read(&token, &directive))
            return true;
    return false;
}

static void check_kept(struct arena *arena, const char *text, const char *kept)
{
    const char *again = as_written_text(arena, kept, strlen(kept));
    if (!sql_same_tokens(SQL_SQLITE, text, kept) || has_directive(kept) || !again || strcmp(again, kept) != 0)
        abort();
}

/* NULL: SQLite takes the statement for no definition, or for that of anything but one table. */
static struct catalog *read_table(struct arena *arena, const char *sql)
{
    const struct catalog_options options = {.history = NULL};
    struct catalog *catalog = NULL;
    dun_connection *connection = open_memory();
    if (db_exec(connection, sql, NULL) &&
        !engine_sqlite.catalog->read(connection, &options, arena, &catalog, NULL))
        abort();
    connection->driver->close(connection);
    return catalog;
}

static struct schema_object *only_table(const struct catalog *catalog)
{
    size_t count;
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    struct schema_object *table = NULL;
    for (size_t i = 0; i < count; ++i)
        if (!objects[i]->parent) {
            if (table || objects[i]->kind != SCHEMA_TABLE)
                return NULL;
            table = objects[i];
        }
    return table;
}

static struct catalog *under_name(struct arena *arena, const struct catalog *catalog, const char *name)
{
    struct str sql = STR_INIT;
    as_written_table(&sql, catalog, only_table(catalog), name);
    struct catalog *made = read_table(arena, str_text(&sql));
    str_free(&sql);
    if (!made || !only_table(made))
        abort();
    return made;
}

static void check_table(struct arena *arena, const char *text)
{
    static const char other[] = "an \"other\" name";
    struct catalog *catalog = may_run(text, strlen(text)) ? read_table(arena, text) : NULL;
    struct schema_object *table = catalog ? only_table(catalog) : NULL;
    if (!table || strcmp(table->name, other) == 0)
        return;
    struct catalog *there = under_name(arena, catalog, other);
    struct catalog *back = under_name(arena, there, table->name);
    if (diff_catalogs(arena, engine_sqlite.diff, catalog, back)->changes.count > 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const char *text = arena_strndup(arena, size ? (const char *)data : "", size);
    const char *kept = strlen(text) == size ? as_written_text(arena, text, size) : NULL;
    if (kept) {
        check_kept(arena, text, kept);
        check_table(arena, kept);
    }
    arena_free(arena);
    return 0;
}
