/* For fuzzers that show their bytes to SQLite: a database in memory, and which statements may run there. */
#ifndef TESTS_FUZZ_SQLITE_MEMORY_H
#define TESTS_FUZZ_SQLITE_MEMORY_H

#include "engine/engine.h"
#include "sql/lexer.h"

#include <stdlib.h>
#include <string.h>

static inline dun_connection *open_memory(void)
{
    struct arena *arena = arena_new();
    struct db_url *url;
    dun_connection *connection;
    const struct db_open_options options = {.connect_timeout_ms = 1000};
    if (!db_url_parse(arena, "sqlite::memory:", &url, NULL) ||
        !engine_sqlite.driver->open(url, &options, &connection, NULL))
        abort();
    arena_free(arena);
    return connection;
}

/* Only definitions: nothing that reads files, or that runs for ever. */
static inline bool may_run(const char *text, size_t size)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, SQL_SQLITE, text, size);
    struct sql_token token = sql_lexer_next_significant(&lexer);
    if (!sql_token_is(&token, "CREATE") || memchr(text, '\0', size))
        return false;
    token = sql_lexer_next_significant(&lexer);
    if (sql_token_is(&token, "INDEX") || sql_token_is(&token, "UNIQUE") || sql_token_is(&token, "VIEW") ||
        sql_token_is(&token, "TRIGGER"))
        return true;
    if (!sql_token_is(&token, "TABLE"))
        return false;
    for (; token.kind != SQL_TOKEN_END; token = sql_lexer_next_significant(&lexer))
        if (sql_token_is(&token, "SELECT") || sql_token_is(&token, "WITH") || sql_token_is(&token, "VALUES"))
            return false;
    return true;
}

#endif
