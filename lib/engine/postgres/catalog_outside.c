/* What a schema needs of others: for reading as much as makes it whole. */
#include "base/str.h"
#include "base/vector.h"
#include "db/result.h"
#include "engine/postgres/catalog_query.h"
#include "engine/postgres/rooms.h"
#include "sql/quote.h"

#include "embedded/engine/postgres/catalog_outside.sql.h"

#include <string.h>

static const char *query_of(struct arena *arena, int version, const char *schema)
{
    struct str literal = STR_INIT;
    sql_quote_literal(&literal, SQL_POSTGRESQL, schema, strlen(schema));
    const char *query = catalog_replaced(arena, catalog_query(arena, catalog_outside_sql, version, NULL),
                                         ":schema", str_text(&literal));
    str_free(&literal);
    return query;
}

bool postgres_outside(dun_connection *connection, const char *schema, struct arena *arena,
                      const char *const **ret_schemas, bool *ret_any, dun_error *error)
{
    dun_result *result = NULL;
    if (!db_query(connection, query_of(arena, connection->server_version, schema), &result, error))
        return false;
    VECTOR(const char *) schemas = {0};
    for (size_t i = 0; i < dun_result_rows(result); ++i) {
        const char *name = result_text(result, i, 0);
        if (name && strcmp(name, schema) != 0)
            *vector_add(arena, &schemas) = arena_strdup(arena, name);
    }
    *ret_any = dun_result_rows(result) > 0;
    *vector_add(arena, &schemas) = NULL;
    *ret_schemas = schemas.items;
    dun_result_free(result);
    return true;
}
