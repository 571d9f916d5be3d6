/* One statement at a time, and what every other way of running statements is made of. */
#include "base/error.h"
#include "base/memory.h"
#include "db/result.h"
#include "engine/mysql/connection.h"
#include "engine/mysql/failure.h"
#include "sql/lexer.h"

#include <string.h>

enum {
    SETTLE_MS = 2000,
    ROWS_BETWEEN_CHECKS =
        256, /* data that is there already is read without waiting, and so without being cancelled */
};

/* A server may start sessions without autocommit; what runs outside a transaction is to be durable. */
static const char autocommit[] = "SET autocommit=1";

bool mysql_engine_operation_begin(struct mysql_connection *connection, const char *what, dun_error *error)
{
    if (connection->base.lost)
        return error_set(error, DUN_NO_CONNECTION, "%s: the connection to the server was lost", what);
    enum task_outcome outcome = task_check();
    if (outcome != TASK_READY)
        return task_outcome_error(outcome, what, error);
    mysql_engine_wait_reset(&connection->wait);
    mysql_engine_wait_enter(&connection->wait);
    if (!connection->autocommit_is_sure)
        db_echo(&connection->base, autocommit, sizeof autocommit - 1);
    return true;
}

/* A KILL that came after its statement had ended may hit the next one: here is one that does not matter. */
static void settle(struct mysql_connection *connection)
{
    static const char nothing[] = "DO 0";
    struct mysql_wait *wait = &connection->wait;
    wait->connection = NULL;
    struct task_scope scope;
    task_scope_shield(&scope, SETTLE_MS);
    connection->base.round_trips++;
    db_echo(&connection->base, nothing, sizeof nothing - 1);
    if (libmariadb.mysql_real_query(connection->handle, nothing, sizeof nothing - 1) &&
        wait->ended != TASK_READY)
        connection->base.lost = true;
    task_scope_leave(&scope);
    wait->connection = connection;
}

void mysql_engine_operation_end(struct mysql_connection *connection)
{
    if (connection->wait.killed && !connection->base.lost)
        settle(connection);
    mysql_engine_wait_leave(&connection->wait);
}

static bool send_text(struct mysql_connection *connection, const char *sql, size_t length)
{
    connection->base.round_trips++;
    connection->wait.sending = true;
    bool done = libmariadb.mysql_send_query(connection->handle, sql, (unsigned long)length) == 0;
    connection->wait.sending = false;
    return done;
}

static bool send_with_autocommit(struct mysql_connection *connection, const char *sql, size_t length)
{
    struct str text = STR_INIT;
    str_printf(&text, "%s;\n", autocommit);
    str_append_n(&text, sql, length);
    bool done = send_text(connection, str_text(&text), text.length);
    str_free(&text);
    return done;
}

bool mysql_engine_operation_send(struct mysql_connection *connection, const char *sql, size_t length,
                                 dun_error *error)
{
    connection->autocommit_sent = !connection->autocommit_is_sure;
    bool done = connection->autocommit_sent ? send_with_autocommit(connection, sql, length)
                                            : send_text(connection, sql, length);
    return done || mysql_engine_failure_of_statement(connection, sql, length, length, error);
}

bool mysql_engine_operation_read_first(struct mysql_connection *connection)
{
    if (libmariadb.mysql_read_query_result(connection->handle))
        return false;
    if (!connection->autocommit_sent)
        return true;
    connection->autocommit_is_sure = true;
    return libmariadb.mysql_next_result(connection->handle) == 0;
}

static void name_columns(dun_result *result, MYSQL_RES *rows)
{
    unsigned count = libmariadb.mysql_num_fields(rows);
    const MYSQL_FIELD *fields = libmariadb.mysql_fetch_fields(rows);
    const char **names = arena_alloc(result->arena, memory_multiply(count, sizeof *names));
    for (unsigned i = 0; i < count; ++i)
        names[i] = fields[i].name;
    result_set_columns(result, count, names);
}

static void add_row(dun_result *result, MYSQL_RES *rows, MYSQL_ROW row)
{
    const unsigned long *lengths = libmariadb.mysql_fetch_lengths(rows);
    struct result_value *values = result_add_row(result);
    for (size_t i = 0; i < result->columns; ++i)
        result_set_value(result, &values[i], row[i], lengths[i]);
}

static void check_between_rows(struct mysql_wait *wait)
{
    if (!wait->stopping) {
        enum task_outcome outcome = task_check();
        if (outcome != TASK_READY)
            mysql_engine_wait_stop(wait, outcome);
    }
    mysql_engine_wait_kill_if_due(wait);
}

MYSQL_ROW mysql_engine_operation_next_row(struct mysql_connection *connection, MYSQL_RES *rows,
                                          uint64_t *count)
{
    MYSQL_ROW row = libmariadb.mysql_fetch_row(rows);
    if (++*count % ROWS_BETWEEN_CHECKS == 0)
        check_between_rows(&connection->wait);
    return row;
}

static bool fetch_rows(struct mysql_connection *connection, MYSQL_RES *rows, dun_result *result)
{
    uint64_t count = 0;
    MYSQL_ROW row;
    while ((row = mysql_engine_operation_next_row(connection, rows, &count)))
        if (result)
            add_row(result, rows, row);
    return libmariadb.mysql_errno(connection->handle) == 0;
}

bool mysql_engine_operation_read_rows(struct mysql_connection *connection, dun_result **ret_result)
{
    if (ret_result)
        *ret_result = NULL;
    if (libmariadb.mysql_field_count(connection->handle) == 0)
        return true;
    MYSQL_RES *rows = libmariadb.mysql_use_result(connection->handle);
    if (!rows)
        return false;
    dun_result *result = NULL;
    if (ret_result) {
        result = result_new();
        name_columns(result, rows);
    }
    bool done = fetch_rows(connection, rows, result);
    libmariadb.mysql_free_result(rows);
    if (done && ret_result)
        *ret_result = result;
    else
        dun_result_free(result);
    return done;
}

bool mysql_engine_operation_drain(struct mysql_connection *connection)
{
    int next;
    while ((next = libmariadb.mysql_next_result(connection->handle)) == 0)
        if (!mysql_engine_operation_read_rows(connection, NULL))
            return false;
    return next < 0;
}

/* All results, of which the last one with rows is kept; without one, the number of changed rows is. */
static bool read_results(struct mysql_connection *connection, dun_result **ret_result)
{
    dun_result *kept = NULL;
    int64_t affected = -1;
    bool done = mysql_engine_operation_read_first(connection);
    for (int next = 0; done && next == 0;) {
        dun_result *result;
        done = mysql_engine_operation_read_rows(connection, &result);
        if (done && result) {
            dun_result_free(kept);
            kept = result;
        } else if (done) {
            affected = (int64_t)libmariadb.mysql_affected_rows(connection->handle);
        }
        if (done)
            next = libmariadb.mysql_next_result(connection->handle);
        done = done && next <= 0;
    }
    if (!done) {
        dun_result_free(kept);
        return false;
    }
    if (!kept) {
        kept = result_new();
        kept->affected = affected;
    }
    *ret_result = kept;
    return true;
}

static bool is_do(const char *sql, size_t length)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, SQL_MYSQL, sql, length);
    struct sql_token first = sql_lexer_next_significant(&lexer);
    return sql_token_is(&first, "DO");
}

/*
 * A statement that was killed fails as a rule. Some give rows all the same (SLEEP on MySQL, GET_LOCK
 * everywhere), which are not to be taken for an answer, and DO makes a warning of everything. Any other that
 * says it has succeeded, has.
 */
static bool accept_result(struct mysql_connection *connection, const char *sql, size_t length,
                          dun_result *result, dun_error *error)
{
    if (!connection->wait.killed || (result->columns == 0 && !is_do(sql, length)))
        return true;
    dun_result_free(result);
    return task_outcome_error(connection->wait.ended, "the statement", error);
}

static bool run(struct mysql_connection *connection, const char *sql, size_t length, dun_result **ret_result,
                dun_error *error)
{
    dun_result *result;
    db_echo(&connection->base, sql, length);
    if (!mysql_engine_operation_send(connection, sql, length, error))
        return false;
    if (!read_results(connection, &result))
        return mysql_engine_failure_of_statement(connection, sql, length, length, error);
    if (!accept_result(connection, sql, length, result, error))
        return false;
    if (ret_result)
        *ret_result = result;
    else
        dun_result_free(result);
    return true;
}

static bool run_with_parameters(struct mysql_connection *connection, const struct db_statement *statement,
                                dun_result **ret_result, dun_error *error)
{
    struct str sql = STR_INIT;
    size_t first;
    bool done = mysql_engine_parameters_insert(statement, &sql, &first, error) &&
                run(connection, str_text(&sql), sql.length, ret_result, error);
    /* After the first literal, offsets are not those of the caller's text. */
    if (!done && error_get_position(error) > (ptrdiff_t)first)
        error_position(error, -1);
    str_free(&sql);
    return done;
}

bool mysql_engine_query_run(dun_connection *base, const struct db_statement *statement,
                            dun_result **ret_result, dun_error *error)
{
    struct mysql_connection *connection = (struct mysql_connection *)base;
    if (!mysql_engine_operation_begin(connection, "the statement", error))
        return false;
    bool done = statement->parameter_count
                    ? run_with_parameters(connection, statement, ret_result, error)
                    : run(connection, statement->sql, statement->length, ret_result, error);
    mysql_engine_operation_end(connection);
    return done;
}

static bool run_text(dun_connection *connection, const char *sql, dun_error *error)
{
    struct db_statement statement = {.sql = sql, .length = strlen(sql)};
    return mysql_engine_query_run(connection, &statement, NULL, error);
}

bool mysql_engine_query_begin(dun_connection *connection, dun_error *error)
{
    if (!run_text(connection, "START TRANSACTION", error))
        return false;
    connection->in_transaction = true;
    return true;
}

bool mysql_engine_query_commit(dun_connection *connection, dun_error *error)
{
    if (!run_text(connection, "COMMIT", error))
        return false;
    connection->in_transaction = false;
    return true;
}

bool mysql_engine_query_rollback(dun_connection *connection, dun_error *error)
{
    if (!run_text(connection, "ROLLBACK", error))
        return false;
    connection->in_transaction = false;
    return true;
}
