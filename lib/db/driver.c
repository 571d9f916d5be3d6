/* What all drivers share: outcomes, echo, and shorthands over the table of functions. */
#include "db/driver.h"

#include "sql/secret.h"

#include <string.h>

struct db_item db_item_of(enum db_item_kind kind, const char *sql)
{
    return (struct db_item){.kind = kind, .sql = sql, .length = strlen(sql)};
}

void db_outcomes_clear(struct db_outcome *outcomes, size_t count)
{
    for (size_t i = 0; i < count; ++i) {
        dun_result_free(outcomes[i].result);
        dun_error_free(outcomes[i].error);
        outcomes[i] = (struct db_outcome){NULL, NULL};
    }
}

static void write_without_secrets(FILE *to, const char *sql, size_t length)
{
    struct sql_secrets search = {.at = sql, .end = sql + length};
    const char *done = sql, *begin, *end;
    while (sql_next_secret(&search, &begin, &end)) {
        fwrite(done, 1, (size_t)(begin - done), to);
        fputs("***", to);
        done = end;
    }
    fwrite(done, 1, (size_t)(search.end - done), to);
}

void db_echo(dun_connection *connection, const char *sql, size_t length)
{
    connection->statements++;
    if (!connection->echo)
        return;
    flockfile(connection->echo);
    write_without_secrets(connection->echo, sql, length);
    fputs(";\n", connection->echo);
    funlockfile(connection->echo);
}

bool db_query(dun_connection *connection, const char *sql, dun_result **ret_result, dun_error *error)
{
    struct db_statement statement = {.sql = sql, .length = strlen(sql)};
    return connection->driver->query(connection, &statement, ret_result, error);
}

bool db_exec(dun_connection *connection, const char *sql, dun_error *error)
{
    dun_result *result = NULL;
    if (!db_query(connection, sql, &result, error))
        return false;
    dun_result_free(result);
    return true;
}
