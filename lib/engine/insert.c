/* dun_insert_many: many rows a statement, many statements a batch, so that neither the server nor memory gets
 * too much. */
#include "base/error.h"
#include "base/memory.h"
#include "base/str.h"
#include "engine/database.h"
#include "sql/quote.h"

#include <stdlib.h>
#include <string.h>

enum { STATEMENT_BYTES = 64 * 1024, STATEMENTS_A_BATCH = 16 };

struct insertion {
    dun_connection *connection;
    const char *table;
    size_t column_count;
    struct str head; /* INSERT INTO table (columns) VALUES */
    bool own_transaction, begun;
    struct str statements[STATEMENTS_A_BATCH];
    size_t rows_before[STATEMENTS_A_BATCH + 1]; /* of each statement; its last row is before the next one */
    size_t count;
};

static bool write_head(struct insertion *insertion, const char *const *columns, dun_error *error)
{
    enum sql_dialect dialect = connection_dialect(insertion->connection);
    str_append(&insertion->head, "INSERT INTO ");
    if (!sql_quote_qualified(&insertion->head, dialect, insertion->table))
        return error_set(error, DUN_USAGE, "\"%s\" is not the name of a table", insertion->table);
    for (size_t i = 0; i < insertion->column_count; ++i) {
        str_append(&insertion->head, i == 0 ? " (" : ", ");
        sql_quote_identifier(&insertion->head, dialect, columns[i]);
    }
    str_append(&insertion->head, ") VALUES ");
    return true;
}

static void append_row(struct insertion *insertion, struct str *statement, const char *const *values)
{
    for (size_t i = 0; i < insertion->column_count; ++i) {
        str_append(statement, i == 0 ? "(" : ", ");
        sql_quote_literal(statement, connection_dialect(insertion->connection), values[i],
                          values[i] ? strlen(values[i]) : 0);
    }
    str_append_char(statement, ')');
}

/* Fills one statement with rows from `row` on; gives the first row that is not in it. */
static size_t fill_statement(struct insertion *insertion, const char *const *values, size_t row,
                             size_t row_count)
{
    struct str *statement = &insertion->statements[insertion->count];
    insertion->rows_before[insertion->count++] = row;
    str_clear(statement);
    str_append_n(statement, insertion->head.data, insertion->head.length);
    for (size_t first = row; row < row_count && (row == first || statement->length < STATEMENT_BYTES);
         ++row) {
        if (row > first)
            str_append(statement, ", ");
        append_row(insertion, statement, values + row * insertion->column_count);
    }
    insertion->rows_before[insertion->count] = row;
    return row;
}

static void explain(const struct insertion *insertion, size_t item, size_t first_statement, dun_error *error)
{
    error_position(error, -1); /* in a statement that the caller has never seen */
    if (item < first_statement || item - first_statement >= insertion->count)
        return;
    size_t statement = item - first_statement;
    error_context(error, "inserting rows %zu to %zu into %s", insertion->rows_before[statement] + 1,
                  insertion->rows_before[statement + 1], insertion->table);
}

static bool send_statements(struct insertion *insertion, bool last, dun_error *error)
{
    struct db_item items[STATEMENTS_A_BATCH + 2] = {{0}};
    size_t count = 0;
    if (insertion->own_transaction && !insertion->begun)
        items[count++].kind = DB_BEGIN;
    size_t first_statement = count, failed = 0;
    for (size_t i = 0; i < insertion->count; ++i)
        items[count++] = (struct db_item){
            .kind = DB_JOIN, .sql = insertion->statements[i].data, .length = insertion->statements[i].length};
    if (insertion->own_transaction && last)
        items[count++].kind = DB_COMMIT;
    if (!connection_run_items(insertion->connection, items, count, &failed, error)) {
        explain(insertion, failed, first_statement, error);
        return false;
    }
    insertion->begun = true;
    insertion->count = 0;
    return true;
}

static bool insert_rows(struct insertion *insertion, size_t row_count, const char *const *values,
                        dun_error *error)
{
    for (size_t row = 0; row < row_count;) {
        row = fill_statement(insertion, values, row, row_count);
        bool last = row == row_count;
        if (!last && insertion->count < STATEMENTS_A_BATCH)
            continue;
        if (!send_statements(insertion, last, error)) {
            if (insertion->own_transaction && insertion->begun)
                dun_rollback(insertion->connection, NULL);
            return false;
        }
    }
    return true;
}

bool dun_insert_many(dun_connection *connection, const char *table, size_t column_count,
                     const char *const *columns, size_t row_count, const char *const *values,
                     dun_error *error)
{
    if (column_count == 0)
        return error_set(error, DUN_USAGE, "inserting into %s without naming columns", table);
    if (row_count == 0)
        return true;
    struct insertion *insertion = memory_alloc(sizeof *insertion);
    insertion->connection = connection;
    insertion->table = table;
    insertion->column_count = column_count;
    insertion->own_transaction = !connection->in_transaction;
    bool good = write_head(insertion, columns, error) && insert_rows(insertion, row_count, values, error);
    for (size_t i = 0; i < STATEMENTS_A_BATCH; ++i)
        str_free(&insertion->statements[i]);
    str_free(&insertion->head);
    free(insertion);
    return good;
}
