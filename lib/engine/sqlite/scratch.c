/* A scratch place is a database in memory: nothing to name, to drop or to sweep up. */
#include "engine/scratch.h"
#include "base/error.h"
#include "base/str.h"
#include "engine/sqlite/connection.h"
#include "sql/classify.h"
#include "sql/quote.h"

#include <string.h>
#include <strings.h>

/* No foreign keys: what rows refer to is not what definitions mean, and may come later. */
static bool open_place(const struct db_url *near, const struct engine_scratch_options *options,
                       struct engine_place **ret_place, dun_error *error)
{
    static struct db_option off = {"foreign_keys", "off"};
    (void)near;
    const struct db_url url = {
        .scheme = "sqlite", .database = ":memory:", .options = &off, .option_count = 1};
    struct engine_place *place = scratch_place_new();
    if (!sqlite_open(&url, &options->open, &place->connection, error)) {
        scratch_place_free(place);
        return false;
    }
    *ret_place = place;
    return true;
}

static bool close_place(struct engine_place *place, dun_error *error)
{
    (void)error;
    scratch_place_free(place);
    return true;
}

static bool sweep(const struct db_url *near, const struct db_open_options *options, size_t *ret_dropped,
                  dun_error *error)
{
    (void)near;
    (void)options;
    (void)error;
    *ret_dropped = 0;
    return true;
}

static const char *reaches_outside(const char *sql, size_t length)
{
    static const char *const files[] = {"ATTACH", "DETACH", NULL};
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, SQL_SQLITE, sql, length);
    struct sql_token first = scratch_next_token(&lexer);
    if (scratch_token_is_one_of(&first, files))
        return "another database";
    bool is_vacuum = sql_token_is(&first, "VACUUM");
    for (struct sql_token token = first; is_vacuum && token.kind != SQL_TOKEN_END;
         token = scratch_next_token(&lexer))
        if (sql_token_is(&token, "INTO"))
            return "another file";
    return NULL;
}

/* sqlite_sequence and the like: the shell's .schema has them, and nobody may make them. */
static bool is_own(const char *sql, size_t length)
{
    static const char prefix[] = "sqlite_";
    struct sql_created created = sql_created_object(SQL_SQLITE, sql, length);
    const char *name = created.name;
    if (!name || strcmp(created.kind, "TABLE") != 0)
        return false;
    bool quoted = strchr("\"`[", *name) != NULL;
    if (created.name_length <= strlen(prefix) + quoted)
        return false;
    name += quoted;
    return strncasecmp(name, prefix, strlen(prefix)) == 0;
}

/* "no such table: t", and likewise for columns, functions, indexes, views, triggers, collation sequences,
 * modules. */
static bool is_missing_object(const dun_error *error)
{
    return (dun_error_number(error) & 0xff) == SQLITE_ERROR &&
           strstr(dun_error_message(error), "no such ") != NULL;
}

/* SQLite makes foreign keys and views without looking for what they refer to. */
static const char dangling_keys[] =
    "SELECT t.name, k.\"table\" FROM sqlite_master AS t, pragma_foreign_key_list(t.name) AS k"
    " WHERE t.type = 'table' AND NOT EXISTS"
    " (SELECT 1 FROM sqlite_master AS r WHERE r.type = 'table' AND r.name = k.\"table\" COLLATE NOCASE) "
    "LIMIT 1";
static const char views[] = "SELECT name FROM sqlite_master WHERE type = 'view'";

static bool are_keys_whole(dun_connection *connection, struct arena *arena, const char **ret_table,
                           dun_error *error)
{
    dun_result *result = NULL;
    if (!db_query(connection, dangling_keys, &result, error))
        return false;
    bool whole = dun_result_rows(result) == 0;
    if (!whole) {
        *ret_table = arena_strdup(arena, result_text(result, 0, 0));
        error_set(error, DUN_BAD_INPUT,
                  "a foreign key of the table %s refers to a table %s, which is not there", *ret_table,
                  result_text(result, 0, 1));
    }
    dun_result_free(result);
    return whole;
}

static bool is_view_whole(dun_connection *connection, const char *name, dun_error *error)
{
    struct str sql = STR_INIT;
    dun_result *result = NULL;
    str_append(&sql, "SELECT 1 FROM ");
    sql_quote_identifier(&sql, SQL_SQLITE, name);
    str_append(&sql, " LIMIT 0");
    bool whole = db_query(connection, str_text(&sql), &result, error);
    if (!whole)
        error_context(error, "view %s", name);
    dun_result_free(result);
    str_free(&sql);
    return whole;
}

static bool is_whole(dun_connection *connection, struct arena *arena, enum schema_kind *ret_kind,
                     const char **ret_name, dun_error *error)
{
    dun_result *names = NULL;
    *ret_kind = SCHEMA_TABLE;
    if (!are_keys_whole(connection, arena, ret_name, error) || !db_query(connection, views, &names, error))
        return false;
    bool whole = true;
    *ret_kind = SCHEMA_VIEW;
    for (size_t i = 0; whole && i < dun_result_rows(names); ++i) {
        *ret_name = arena_strdup(arena, result_text(names, i, 0));
        whole = is_view_whole(connection, *ret_name, error);
    }
    dun_result_free(names);
    return whole;
}

const struct engine_scratch sqlite_scratch = {
    .in_memory = true,
    .open = open_place,
    .close = close_place,
    .sweep = sweep,
    .reaches_outside = reaches_outside,
    .is_own = is_own,
    .is_missing_object = is_missing_object,
    .is_whole = is_whole,
};
