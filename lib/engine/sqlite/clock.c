/*
 * The time at which a transaction began, as the SQL function dunlin_transaction_start(): a history row that
 * is written at the end of its transaction says when it began, without a second statement.
 */
#include "base/error.h"
#include "engine/sqlite/connection.h"

#include <time.h>

void sqlite_note_begin(struct sqlite_connection *connection)
{
    clock_gettime(CLOCK_REALTIME, &connection->began);
}

static void transaction_start(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    (void)values;
    const struct sqlite_connection *connection = sqlite3_user_data(context);
    struct tm utc;
    char text[64];
    gmtime_r(&connection->began.tv_sec, &utc);
    size_t length = strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &utc);
    snprintf(text + length, sizeof text - length, ".%03ld", connection->began.tv_nsec / 1000000);
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

bool sqlite_add_clock(struct sqlite_connection *connection, dun_error *error)
{
    sqlite_note_begin(connection);
    int code = sqlite3_create_function_v2(connection->handle, "dunlin_transaction_start", 0,
                                          SQLITE_UTF8 | SQLITE_INNOCUOUS, connection, transaction_start, NULL,
                                          NULL, NULL);
    return code == SQLITE_OK || sqlite_error(connection, error);
}
