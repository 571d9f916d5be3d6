/* How the history table is written on PostgreSQL. */
#include "engine/postgres/rooms.h"

#include <string.h>

static const char columns[] = "(\n"
                              "    id bigint PRIMARY KEY,\n"
                              "    version text NOT NULL,\n"
                              "    name text NOT NULL,\n"
                              "    direction text NOT NULL CHECK (direction IN ('up', 'down', 'baseline')),\n"
                              "    state text NOT NULL CHECK (state IN ('running', 'failed', 'done')),\n"
                              "    statements integer NOT NULL,\n"
                              "    done integer NOT NULL,\n"
                              "    done_checksum text,\n"
                              "    checksum text NOT NULL,\n"
                              "    down_sql text,\n"
                              "    started_at timestamp(3) NOT NULL,\n"
                              "    elapsed_ms bigint,\n"
                              "    applied_by text NOT NULL,\n"
                              "    commit_id text,\n"
                              "    dunlin_version text NOT NULL,\n"
                              "    format integer NOT NULL DEFAULT 1\n"
                              ")";

/* RESET ALL leaves the role alone; RESET SESSION AUTHORIZATION brings back the user of the login and no SET
 * ROLE. */
static const char *const session_reset[] = {"RESET SESSION AUTHORIZATION", "RESET ALL", NULL};

/* Unlike SET LOCAL ROLE NONE, it keeps the role that ALTER ROLE ... SET role gives at connect. */
static const char as_connected[] = "SET LOCAL role TO DEFAULT";

/* The table may be in a later schema of the search_path than new ones are: the path may have been changed
 * since. A join of the system tables would take a new session three times as long. */
static const char schema_of_table[] =
    "SELECT COALESCE((pg_catalog.pg_identify_object_as_address('pg_catalog.pg_class'::pg_catalog.regclass, "
    "pg_catalog.to_regclass(%s), 0)).object_names[1], pg_catalog.current_schema())";

/* undefined_table; invalid_schema_name for a table in a schema that is not there. */
static bool is_missing_table(const dun_error *error)
{
    const char *state = dun_error_sqlstate(error);
    return strcmp(state, "42P01") == 0 || strcmp(state, "3F000") == 0;
}

const struct engine_history postgres_history = {
    .columns = columns,
    .schema_of_table = schema_of_table,
    .now = "(pg_catalog.clock_timestamp() AT TIME ZONE 'UTC')",
    /* The column is rounded to milliseconds, so what has just begun may seem to begin in a moment. */
    .elapsed_since =
        "GREATEST(0, (EXTRACT(EPOCH FROM (pg_catalog.clock_timestamp() AT TIME ZONE 'UTC') - (%s)) * 1000)"
        "::bigint)",
    .transaction_start = "(pg_catalog.now() AT TIME ZONE 'UTC')",
    .reset_in_transaction = true,
    .session_reset = session_reset,
    .as_connected = as_connected,
    .is_missing_table = is_missing_table,
};
