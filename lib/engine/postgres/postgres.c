/* The PostgreSQL engine: the tables through which the floors above call it. */
#include "engine/postgres/language.h"
#include "engine/postgres/rooms.h"

#include <stddef.h>
#include <string.h>

const struct db_driver postgres_driver = {
    .name = "postgresql",
    .dialect = SQL_POSTGRESQL,
    .open = postgres_open,
    .close = postgres_close,
    .query = postgres_query,
    .batch = postgres_batch,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .stream_open = postgres_stream_open,
    .stream_next = postgres_stream_next,
    .stream_close = postgres_stream_close,
    .alive = postgres_alive,
    .may_come_up = postgres_may_come_up,
    .is_full = postgres_is_full,
};

static const char *const schemes[] = {"postgresql", "postgres", NULL};

static bool refused_to_write(const dun_error *error)
{
    return strcmp(dun_error_sqlstate(error), "25006") == 0; /* read_only_sql_transaction */
}

static const struct engine_reading reading = {
    .begin = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    .refused = refused_to_write,
};

const struct dun_engine engine_postgres = {
    .name = "postgresql",
    .title = "PostgreSQL",
    .schemes = schemes,
    .dialect = SQL_POSTGRESQL,
    .ddl_in_transactions = true,
    .driver = &postgres_driver,
    .lock = &postgres_lock,
    .history = &postgres_history,
    .scratch = &postgres_scratch,
    .tenants = &postgres_tenants,
    .reading = &reading,
    .catalog = &postgres_catalog,
    .rows = &postgres_rows,
    .diff = &postgres_diff_rules,
    .language = &postgres_language,
};
