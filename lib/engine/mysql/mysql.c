/* MySQL and MariaDB as a row of the table of engines. */
#include "engine/engine.h"
#include "engine/mysql/connection.h"
#include "engine/mysql/history.h"
#include "engine/mysql/lock.h"
#include "engine/mysql/scratch.h"

static const char *const schemes[] = {"mysql", "mariadb", NULL};

const struct db_driver mysql_driver = {
    .name = "mysql",
    .dialect = SQL_MYSQL,
    .open = connection_open,
    .close = connection_close,
    .query = query_run,
    .batch = batch_run,
    .begin = query_begin,
    .commit = query_commit,
    .rollback = query_rollback,
    .stream_open = stream_open,
    .stream_next = stream_next,
    .stream_close = stream_close,
    .alive = connection_alive,
    .may_come_up = connection_may_come_up,
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
    .scratch = &mysql_scratch,
};
