/* A temporary folder with databases in it, and the driver opened on them; for the tests of the SQLite engine.
 */
#ifndef DRIVER_SQLITE_TEMPORARY_H
#define DRIVER_SQLITE_TEMPORARY_H

#include "unit/cmocka_main.h"

#include "base/error.h"
#include "engine/engine.h"
#include "task/task.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct temporary {
    char folder[64];
    struct arena *arena;
    dun_error *error;
};

static inline int temporary_setup(void **state)
{
    struct temporary *temporary = calloc(1, sizeof *temporary);
    snprintf(temporary->folder, sizeof temporary->folder, "/tmp/dunlin-sqlite-XXXXXX");
    assert_non_null(mkdtemp(temporary->folder));
    temporary->arena = arena_new();
    temporary->error = dun_error_new();
    *state = temporary;
    return 0;
}

static inline int temporary_teardown(void **state)
{
    struct temporary *temporary = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", temporary->folder);
    int failed = system(command);
    dun_error_free(temporary->error);
    arena_free(temporary->arena);
    free(temporary);
    return failed;
}

/* A URL of a file in the folder; `rest` is its name and what follows. */
static inline const char *temporary_url(struct temporary *temporary, const char *rest)
{
    return arena_printf(temporary->arena, "sqlite:%s/%s", temporary->folder, rest);
}

/* NULL: it failed, and the error says why. */
static inline dun_connection *try_open(struct temporary *temporary, const char *text)
{
    struct db_url *url = NULL;
    struct db_open_options options = {.connect_timeout_ms = 10000};
    dun_connection *connection = NULL;
    if (!db_url_parse(temporary->arena, text, &url, temporary->error))
        return NULL;
    if (!engine_sqlite.driver->open(url, &options, &connection, temporary->error))
        assert_null(connection);
    return connection;
}

static inline dun_connection *must_open(struct temporary *temporary, const char *text)
{
    dun_connection *connection = try_open(temporary, text);
    if (!connection)
        fail_msg("%s: %s", text, dun_error_message(temporary->error));
    return connection;
}

static inline void close_connection(dun_connection *connection)
{
    connection->driver->close(connection);
}

static inline void must_exec(dun_connection *connection, const char *sql)
{
    dun_error *error = dun_error_new();
    if (!db_exec(connection, sql, error))
        fail_msg("%s: %s", sql, dun_error_message(error));
    dun_error_free(error);
}

/* The first value of the first row; lives as long as the folder. */
static inline const char *value_of(struct temporary *temporary, dun_connection *connection, const char *sql)
{
    dun_result *result = NULL;
    if (!db_query(connection, sql, &result, temporary->error))
        fail_msg("%s: %s", sql, dun_error_message(temporary->error));
    const char *value = arena_strdup(temporary->arena, dun_result_value(result, 0, 0));
    dun_result_free(result);
    return value;
}

static inline void assert_contains(const char *text, const char *part)
{
    if (!text || !strstr(text, part))
        fail_msg("\"%s\" does not contain \"%s\"", text ? text : "(null)", part);
}

static inline struct db_item item_of(enum db_item_kind kind, const char *sql)
{
    return (struct db_item){.kind = kind, .sql = sql, .length = sql ? strlen(sql) : 0};
}

/* Runs items that must all succeed. */
static inline void must_batch(struct temporary *temporary, dun_connection *connection,
                              const struct db_item *items, size_t count)
{
    struct db_batch batch = {.items = items, .count = count};
    size_t failed = 0;
    if (!connection->driver->batch(connection, &batch, NULL, &failed, temporary->error))
        fail_msg("item %zu: %s", failed, dun_error_message(temporary->error));
}

#endif
