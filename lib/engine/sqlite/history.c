/* How the history table is written on SQLite; used by lib/migrate. And how the settings of a session are
 * brought back. */
#include "engine/sqlite/connection.h"

#include <string.h>

/* Times are texts that sort: SQLite has no type of its own for them. */
static const char columns[] = "(id INTEGER PRIMARY KEY,"
                              " version TEXT NOT NULL,"
                              " name TEXT NOT NULL,"
                              " direction TEXT NOT NULL CHECK (direction IN ('up', 'down', 'baseline')),"
                              " state TEXT NOT NULL CHECK (state IN ('running', 'failed', 'done')),"
                              " statements INTEGER NOT NULL,"
                              " done INTEGER NOT NULL,"
                              " done_checksum TEXT,"
                              " checksum TEXT NOT NULL,"
                              " down_sql TEXT,"
                              " started_at TEXT NOT NULL,"
                              " elapsed_ms INTEGER,"
                              " applied_by TEXT NOT NULL,"
                              " commit_id TEXT,"
                              " dunlin_version TEXT NOT NULL,"
                              " format INTEGER NOT NULL DEFAULT 1)";

/*
 * What migrations switch around a rebuild of a table. For SQLite, DEFAULT is no value it knows, hence off,
 * its default; the connection's URL may say on.
 */
static const char default_foreign_keys[] = "PRAGMA foreign_keys=DEFAULT";

static const char *const session_reset[] = {
    default_foreign_keys,
    "PRAGMA defer_foreign_keys=OFF",
    "PRAGMA legacy_alter_table=OFF",
    "PRAGMA ignore_check_constraints=OFF",
    "PRAGMA recursive_triggers=OFF",
    "PRAGMA writable_schema=OFF",
    "PRAGMA query_only=OFF",
    NULL,
};

void sqlite_apply_default_pragma(struct sqlite_connection *connection, const struct db_statement *statement)
{
    if (statement->length == sizeof default_foreign_keys - 1 &&
        memcmp(statement->sql, default_foreign_keys, statement->length) == 0)
        sqlite3_db_config(connection->handle, SQLITE_DBCONFIG_ENABLE_FKEY, connection->foreign_keys, NULL);
}

static bool is_missing_table(const dun_error *error)
{
    return strstr(dun_error_message(error), "no such table") != NULL;
}

const struct engine_history sqlite_history = {
    .columns = columns,
    .schema_of_table = "SELECT 'main'",
    .now = "strftime('%Y-%m-%d %H:%M:%f', 'now')",
    .elapsed_since = "CAST(round((julianday('now') - julianday(%s)) * 86400000) AS INTEGER)",
    .transaction_start = "dunlin_transaction_start()", /* clock.c */
    .session_reset = session_reset,
    .is_missing_table = is_missing_table,
};
