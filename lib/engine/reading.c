#include "engine/reading.h"

#include "base/error.h"
#include "db/driver.h"
#include "sql/splitter.h"

#include <string.h>

const char *reading_statement(struct arena *arena, const struct dun_engine *engine, const char *text,
                              dun_error *error)
{
    struct sql_script *script;
    if (!sql_split(arena, engine->dialect, NULL, text, strlen(text), &script, error))
        return NULL;
    if (script->count == 1)
        return arena_strndup(arena, script->statements[0].text, script->statements[0].length);
    error_set(error, DUN_USAGE, "a query is one statement, and not %zu", script->count);
    return NULL;
}

bool reading_begin(dun_connection *connection, const struct dun_engine *engine, dun_error *error)
{
    return db_exec(connection, engine->reading->begin, error);
}
