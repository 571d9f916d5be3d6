#include "engine/mysql/history.h"

#include "engine/mysql/failure.h"
#include "engine/mysql/session.h"

#include <stddef.h>

/*
 * What sessions start with are the global values. DEFAULT means these, but for some switches on MySQL it is
 * "off" instead, so those are named. Left alone are settings that take special privileges on MySQL 8, and
 * sql_log_bin. What only one of the two servers knows stands in comments that only it executes.
 */
static const char *const session_reset[] = {
    "SET SESSION autocommit = 1, foreign_key_checks = @@GLOBAL.foreign_key_checks, "
    "unique_checks = @@GLOBAL.unique_checks, sql_notes = @@GLOBAL.sql_notes, "
    "sql_warnings = @@GLOBAL.sql_warnings, sql_safe_updates = @@GLOBAL.sql_safe_updates, "
    "sql_big_selects = @@GLOBAL.sql_big_selects, sql_auto_is_null = @@GLOBAL.sql_auto_is_null, "
    "sql_quote_show_create = @@GLOBAL.sql_quote_show_create, sql_mode = DEFAULT, sql_select_limit = DEFAULT, "
    "time_zone = DEFAULT, lock_wait_timeout = DEFAULT, innodb_lock_wait_timeout = DEFAULT, "
    "group_concat_max_len = DEFAULT, default_storage_engine = DEFAULT, max_sp_recursion_depth = DEFAULT, "
    "lc_time_names = DEFAULT, div_precision_increment = DEFAULT"
    "/*M! , tx_isolation = DEFAULT, tx_read_only = DEFAULT, max_statement_time = DEFAULT, "
    "check_constraint_checks = @@GLOBAL.check_constraint_checks */"
    "/*M!110400 , character_set_collations = DEFAULT */"
    "/*!80000 , transaction_isolation = DEFAULT, transaction_read_only = DEFAULT, max_execution_time = "
    "DEFAULT "
    "*/",
    /* The client library asks for utf8mb4_general_ci; MariaDB takes that for the default of utf8mb4. */
    "SET NAMES utf8mb4 /*!80000 COLLATE utf8mb4_general_ci */",
    SESSION_USE_DATABASE,
    SESSION_INIT_COMMANDS,
    NULL,
};

/* Procedures may begin transactions, and switch autocommit off for all of the session. */
static const char *const settle[] = {"COMMIT", "SET SESSION autocommit = 1", NULL};

static bool is_missing_table(const dun_error *error)
{
    return dun_error_number(error) == FAILURE_NO_TABLE;
}

const struct engine_history mysql_history = {
    .columns = "(id BIGINT NOT NULL PRIMARY KEY, "
               "version VARCHAR(255) NOT NULL, "
               "name VARCHAR(255) NOT NULL, "
               "direction VARCHAR(16) NOT NULL, "
               "state VARCHAR(16) NOT NULL, "
               "statements INT NOT NULL, "
               "done INT NOT NULL, "
               "done_checksum CHAR(40) NULL, "
               "checksum CHAR(40) NOT NULL, "
               "down_sql LONGTEXT NULL, "
               "started_at DATETIME(3) NOT NULL, "
               "elapsed_ms BIGINT NULL, "
               "applied_by VARCHAR(255) NOT NULL, "
               "commit_id VARCHAR(64) NULL, "
               "dunlin_version VARCHAR(32) NOT NULL, "
               "format INT NOT NULL DEFAULT 1) "
               "ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
    .schema_of_table = "SELECT DATABASE()",
    .now = "UTC_TIMESTAMP(3)",
    .elapsed_since = "(TIMESTAMPDIFF(MICROSECOND, %s, UTC_TIMESTAMP(6)) DIV 1000)",
    .transaction_start = NULL,
    .settle = settle,
    .reset_in_transaction = true,
    .session_reset = session_reset,
    .is_missing_table = is_missing_table,
};
