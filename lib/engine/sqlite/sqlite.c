/* SQLite as the floors above see it: the table of its functions. */
#include "engine/sqlite/connection.h"

static const char *const schemes[] = {"sqlite", "sqlite3", NULL};

static const struct db_driver driver = {
    .name = "sqlite",
    .dialect = SQL_SQLITE,
    .open = sqlite_open,
    .close = sqlite_close,
    .query = sqlite_query,
    .batch = sqlite_batch,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .stream_open = sqlite_stream_open,
    .stream_next = sqlite_stream_next,
    .stream_close = sqlite_stream_close,
    .alive = sqlite_alive,
    .pooled_url = sqlite_pooled_url,
};

static bool refused_to_write(const dun_error *error)
{
    return (dun_error_number(error) & 0xff) == SQLITE_READONLY;
}

static const struct engine_reading reading = {
    .begin = "PRAGMA query_only = ON",
    .refused = refused_to_write,
};

const struct dun_engine engine_sqlite = {
    .name = "sqlite",
    .title = "SQLite",
    .schemes = schemes,
    .dialect = SQL_SQLITE,
    .ddl_in_transactions = true,
    .driver = &driver,
    .lock = &sqlite_lock,
    .history = &sqlite_history,
    .catalog = &sqlite_catalog,
    .scratch = &sqlite_scratch,
    .rows = &sqlite_rows,
    .diff = &sqlite_diff_rules,
    .language = &sqlite_language,
    .tenants = &sqlite_tenants,
    .reading = &reading,
};
