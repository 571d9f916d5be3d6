#include "engine/mysql/history.h"

#include "engine/mysql/failure.h"
#include "engine/mysql/session.h"

#include <stddef.h>

/*
 * To DEFAULT is to the global value, which sessions start with. Left alone are settings that take special
 * privileges on MySQL 8, and sql_log_bin. What only one of the two servers knows stands in comments that only
 * it executes.
 */
static const char *const session_reset[] = {
    "SET SESSION autocommit = 1, sql_mode = DEFAULT, foreign_key_checks = DEFAULT, unique_checks = DEFAULT, "
    "sql_notes = DEFAULT, sql_warnings = DEFAULT, sql_safe_updates = DEFAULT, sql_select_limit = DEFAULT, "
    "sql_big_selects = DEFAULT, sql_auto_is_null = DEFAULT, sql_quote_show_create = DEFAULT, time_zone = "
    "DEFAULT, "
    "lock_wait_timeout = DEFAULT, innodb_lock_wait_timeout = DEFAULT, group_concat_max_len = DEFAULT, "
    "default_storage_engine = DEFAULT, max_sp_recursion_depth = DEFAULT, lc_time_names = DEFAULT, "
    "div_precision_increment = DEFAULT"
    "/*M! , tx_isolation = DEFAULT, tx_read_only = DEFAULT, max_statement_time = DEFAULT, "
    "check_constraint_checks = DEFAULT */"
    "/*!80000 , transaction_isolation = DEFAULT, transaction_read_only = DEFAULT, max_execution_time = "
    "DEFAULT */",
    "SET NAMES utf8mb4 COLLATE utf8mb4_general_ci", /* what the client library asks for when it connects */
    SESSION_USE_DATABASE,
    SESSION_INIT_COMMANDS,
    NULL,
};

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
               "checksum CHAR(40) NULL, "
               "down_sql LONGTEXT NULL, "
               "started_at DATETIME(3) NOT NULL, "
               "elapsed_ms BIGINT NULL, "
               "applied_by VARCHAR(255) NOT NULL, "
               "commit_id VARCHAR(64) NULL, "
               "dunlin_version VARCHAR(32) NOT NULL, "
               "format INT NOT NULL DEFAULT 1) "
               "ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
    .current_schema = "SELECT DATABASE()",
    .now = "UTC_TIMESTAMP(3)",
    .elapsed_since = "(TIMESTAMPDIFF(MICROSECOND, %s, UTC_TIMESTAMP(6)) DIV 1000)",
    .transaction_start = NULL,
    .reset_in_transaction = true,
    .session_reset = session_reset,
    .is_missing_table = is_missing_table,
};
