/* MySQL and MariaDB as a row of the table of engines. */
#include "engine/engine.h"
#include "engine/mysql/catalog.h"
#include "engine/mysql/connection.h"
#include "engine/mysql/history.h"
#include "engine/mysql/language.h"
#include "engine/mysql/lock.h"
#include "engine/mysql/scratch.h"
#include "engine/mysql/session.h"
#include "engine/mysql/tenants.h"

static const char *const schemes[] = {"mysql", "mariadb", NULL};

const struct db_driver mysql_driver = {
    .name = "mysql",
    .dialect = SQL_MYSQL,
    .open = mysql_engine_connection_open,
    .close = mysql_engine_connection_close,
    .query = mysql_engine_query_run,
    .batch = mysql_engine_batch_run,
    .begin = mysql_engine_query_begin,
    .commit = mysql_engine_query_commit,
    .rollback = mysql_engine_query_rollback,
    .stream_open = mysql_engine_stream_open,
    .stream_next = mysql_engine_stream_next,
    .stream_close = mysql_engine_stream_close,
    .alive = mysql_engine_connection_alive,
    .may_come_up = mysql_engine_connection_may_come_up,
    .is_full = mysql_engine_connection_is_full,
    .spelled = mysql_engine_session_spelled,
};

static bool refused_to_write(const dun_error *error)
{
    return dun_error_number(error) == 1792; /* ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION */
}

static const struct engine_reading reading = {
    .begin = "SET SESSION TRANSACTION READ ONLY",
    .refused = refused_to_write,
};

const struct dun_engine engine_mysql = {
    .name = "mysql",
    .title = "MySQL",
    .schemes = schemes,
    .dialect = SQL_MYSQL,
    .ddl_in_transactions = false,
    .driver = &mysql_driver,
    .lock = &mysql_lock,
    .history = &mysql_history,
    .catalog = &mysql_catalog,
    .scratch = &mysql_scratch,
    .rows = &mysql_rows,
    .diff = &mysql_diff_rules,
    .language = &mysql_language,
    .tenants = &mysql_tenants,
    .reading = &reading,
};
