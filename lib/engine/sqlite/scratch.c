/* A scratch place is a database in memory: nothing to name, to drop or to sweep up. */
#include "engine/scratch.h"
#include "engine/sqlite/connection.h"

#include <string.h>

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

/* "no such table: t", and likewise for columns, functions, indexes, views, triggers, collation sequences,
 * modules. */
static bool is_missing_object(const dun_error *error)
{
    return (dun_error_number(error) & 0xff) == SQLITE_ERROR &&
           strstr(dun_error_message(error), "no such ") != NULL;
}

const struct engine_scratch sqlite_scratch = {
    .in_memory = true,
    .open = open_place,
    .close = close_place,
    .sweep = sweep,
    .reaches_outside = reaches_outside,
    .is_missing_object = is_missing_object,
};
