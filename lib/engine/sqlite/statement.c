/* One statement: prepared, given its parameters, run, its rows read. Everything this engine sends goes
 * through here. */
#include "base/error.h"
#include "base/memory.h"
#include "engine/sqlite/connection.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* SQLite compiles the first statement of a text and silently leaves the rest; only blanks and comments may
 * follow. */
static bool check_rest(struct sqlite_connection *connection, const char *rest, const char *end,
                       dun_error *error)
{
    while (rest < end) {
        sqlite3_stmt *another = NULL;
        const char *after = end;
        int code = sqlite3_prepare_v2(connection->handle, rest, (int)(end - rest), &another, &after);
        sqlite3_finalize(another);
        if (code != SQLITE_OK || another || after == rest)
            return error_set(error, DUN_BAD_INPUT, "the text holds more than one statement");
        rest = after;
    }
    return true;
}

/* The number of a placeholder such as $1 or ?1, or its place for a bare "?"; 0: it has a name. */
static size_t parameter_number(sqlite3_stmt *prepared, int index)
{
    const char *name = sqlite3_bind_parameter_name(prepared, index);
    if (!name)
        return (size_t)index;
    char *end;
    unsigned long number = name[1] >= '0' && name[1] <= '9' ? strtoul(name + 1, &end, 10) : 0;
    return number && !*end ? number : 0;
}

static bool wrong_count(size_t given, size_t wanted, dun_error *error)
{
    return error_set(error, DUN_USAGE, "the statement has %zu parameter%s, and %zu were given", wanted,
                     wanted == 1 ? "" : "s", given);
}

static bool bind_parameters(sqlite3_stmt *prepared, const struct db_statement *statement, dun_error *error)
{
    size_t highest = 0;
    int count = sqlite3_bind_parameter_count(prepared);
    for (int i = 1; i <= count; ++i) {
        size_t number = parameter_number(prepared, i);
        const char *name = sqlite3_bind_parameter_name(prepared, i);
        if (number == 0 && name)
            return error_set(error, DUN_USAGE, "the parameter %s is not written $1, $2, ...", name);
        if (number > highest)
            highest = number;
        if (number == 0 || number > statement->parameter_count)
            continue; /* a gap between ?1 and ?3, or the count is wrong, which is told below */
        const char *value = statement->parameters[number - 1];
        if (value)
            sqlite3_bind_text(prepared, i, value, -1, SQLITE_STATIC);
    }
    return highest == statement->parameter_count || wrong_count(statement->parameter_count, highest, error);
}

bool sqlite_prepare(struct sqlite_connection *connection, const struct db_statement *statement,
                    sqlite3_stmt **ret_prepared, dun_error *error)
{
    db_echo(&connection->head, statement->sql, statement->length);
    connection->ended = task_check();
    if (connection->ended != TASK_READY)
        return task_outcome_error(connection->ended, "the statement", error);
    if (statement->length > INT_MAX)
        return error_set(error, DUN_BAD_INPUT, "a statement of %zu bytes is longer than SQLite takes",
                         statement->length);
    if (memchr(statement->sql, '\0', statement->length))
        return error_set(error, DUN_BAD_INPUT, "the statement contains a NUL byte");

    sqlite3_stmt *prepared = NULL;
    const char *end = statement->sql + statement->length, *rest = end;
    if (sqlite3_prepare_v2(connection->handle, statement->sql, (int)statement->length, &prepared, &rest) !=
        SQLITE_OK)
        return sqlite_error(connection, error);
    if (!check_rest(connection, rest, end, error) ||
        (prepared && !bind_parameters(prepared, statement, error))) {
        sqlite3_finalize(prepared);
        return false;
    }
    *ret_prepared = prepared;
    return true;
}

int sqlite_step(struct sqlite_connection *connection, sqlite3_stmt *prepared)
{
    connection->ended = TASK_READY;
    return prepared ? sqlite3_step(prepared)
                    : SQLITE_DONE; /* there is nothing to run in a text of comments */
}

void sqlite_read_row(sqlite3_stmt *prepared, struct result_value *ret_values, size_t columns)
{
    for (size_t i = 0; i < columns; ++i) {
        int column = (int)i;
        ret_values[i] = (struct result_value){0};
        if (sqlite3_column_type(prepared, column) == SQLITE_NULL)
            continue;
        const char *text = (const char *)sqlite3_column_text(prepared, column);
        ret_values[i].text = text ? text : ""; /* an empty blob */
        ret_values[i].length = text ? (size_t)sqlite3_column_bytes(prepared, column) : 0;
    }
}

static void start_result(sqlite3_stmt *prepared, dun_result *result)
{
    size_t columns = (size_t)sqlite3_column_count(prepared);
    const char **names = memory_alloc(memory_multiply(columns, sizeof *names));
    for (size_t i = 0; i < columns; ++i)
        names[i] = sqlite3_column_name(prepared, (int)i);
    result_set_columns(result, columns, names);
    free(names);
}

static void add_row(sqlite3_stmt *prepared, dun_result *result)
{
    struct result_value *row = result_add_row(result);
    sqlite_read_row(prepared, row, result->columns);
    for (size_t i = 0; i < result->columns; ++i)
        result_set_value(result, &row[i], row[i].text, row[i].length);
}

/* Runs to the end; `result` may be NULL. */
static bool run_prepared(struct sqlite_connection *connection, sqlite3_stmt *prepared, dun_result *result,
                         dun_error *error)
{
    sqlite3_int64 before = sqlite3_total_changes64(connection->handle);
    if (result && prepared)
        start_result(prepared, result);
    int code;
    while ((code = sqlite_step(connection, prepared)) == SQLITE_ROW)
        if (result)
            add_row(prepared, result);
    if (code != SQLITE_DONE)
        return sqlite_error(connection, error);
    if (result && prepared && !sqlite3_stmt_readonly(prepared))
        /* The handle keeps the count of the last statement that changed rows, whatever ran since. */
        result->affected =
            sqlite3_total_changes64(connection->handle) == before ? 0 : sqlite3_changes64(connection->handle);
    return true;
}

bool sqlite_run(struct sqlite_connection *connection, const struct db_statement *statement,
                dun_result **ret_result, dun_error *error)
{
    sqlite3_stmt *prepared = NULL;
    if (!sqlite_prepare(connection, statement, &prepared, error))
        return false;
    dun_result *result = ret_result ? result_new() : NULL;
    bool good = run_prepared(connection, prepared, result, error);
    sqlite3_finalize(prepared);
    sqlite_note_transaction(connection);
    if (!good) {
        if (connection->head.undone)
            error_state(error, "nothing since the last commit was kept");
        dun_result_free(result);
        return false;
    }
    sqlite_apply_default_pragma(connection, statement);
    if (ret_result)
        *ret_result = result;
    return true;
}

bool sqlite_run_text(struct sqlite_connection *connection, const char *sql, dun_error *error)
{
    struct db_statement statement = {.sql = sql, .length = strlen(sql)};
    return sqlite_run(connection, &statement, NULL, error);
}

bool sqlite_query(dun_connection *connection, const struct db_statement *statement, dun_result **ret_result,
                  dun_error *error)
{
    return sqlite_run((struct sqlite_connection *)connection, statement, ret_result, error);
}
