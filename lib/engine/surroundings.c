#include "engine/surroundings.h"

#include "db/result.h"

const char *surroundings_text(struct arena *arena, const dun_connection *connection, const dun_result *answer)
{
    return arena_printf(arena, "%s %s", connection->server, answer ? result_text(answer, 0, 0) : "");
}

bool surroundings_ask(const struct dun_engine *engine, dun_connection *connection, struct arena *arena,
                      const char **ret_text, dun_error *error)
{
    const char *query = engine->scratch->surroundings;
    dun_result *answer = NULL;
    if (query && !db_query(connection, query, &answer, error))
        return false;
    *ret_text = surroundings_text(arena, connection, answer);
    dun_result_free(answer);
    return true;
}
