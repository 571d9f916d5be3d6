/* Statements on SQLite: values, parameters, batches, streams, failures, and being interrupted. */
#include "driver/sqlite_temporary.h"

static dun_connection *memory(struct temporary *t)
{
    return must_open(t, "sqlite::memory:");
}

static void test_values(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = memory(t);
    dun_result *result = NULL;
    assert_true(db_query(connection,
                         "SELECT 1 AS one, 'zwei' AS \"two words\", NULL, x'00ff00', x'', 1.5, ''", &result,
                         t->error));
    assert_int_equal(dun_result_rows(result), 1);
    assert_int_equal(dun_result_columns(result), 7);
    assert_string_equal(dun_result_column(result, 0), "one");
    assert_string_equal(dun_result_column(result, 1), "two words");
    assert_string_equal(dun_result_value(result, 0, 0), "1");
    assert_string_equal(dun_result_value(result, 0, 1), "zwei");
    assert_null(dun_result_value(result, 0, 2));
    assert_int_equal(dun_result_length(result, 0, 3), 3);
    assert_memory_equal(dun_result_value(result, 0, 3), "\0\xff\0", 4);
    assert_non_null(dun_result_value(result, 0, 4));
    assert_int_equal(dun_result_length(result, 0, 4), 0);
    assert_string_equal(dun_result_value(result, 0, 5), "1.5");
    assert_non_null(dun_result_value(result, 0, 6));
    assert_int_equal(dun_result_affected(result), -1);
    dun_result_free(result);
    close_connection(connection);
}

static int64_t affected_by(struct temporary *t, dun_connection *connection, const char *sql)
{
    dun_result *result = NULL;
    if (!db_query(connection, sql, &result, t->error))
        fail_msg("%s: %s", sql, dun_error_message(t->error));
    int64_t affected = dun_result_affected(result);
    dun_result_free(result);
    return affected;
}

static void test_affected(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = memory(t);
    assert_int_equal(affected_by(t, connection, "CREATE TABLE a (b)"), 0);
    assert_int_equal(affected_by(t, connection, "INSERT INTO a VALUES (1), (2), (3)"), 3);
    assert_int_equal(affected_by(t, connection, "CREATE TABLE c (d)"), 0);
    assert_int_equal(affected_by(t, connection, "UPDATE a SET b = 4 WHERE b > 1"), 2);
    assert_int_equal(affected_by(t, connection, "DELETE FROM a WHERE b = 100"), 0);
    assert_int_equal(affected_by(t, connection, "SELECT * FROM a"), -1);
    assert_int_equal(affected_by(t, connection, "-- nothing to do"), -1);
    close_connection(connection);
}

static bool query(dun_connection *connection, const char *sql, size_t count, const char *const *parameters,
                  dun_result **ret_result, dun_error *error)
{
    struct db_statement statement = {
        .sql = sql, .length = strlen(sql), .parameter_count = count, .parameters = parameters};
    return connection->driver->query(connection, &statement, ret_result, error);
}

static void test_parameters(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = memory(t);
    static const char *const values[] = {"first", NULL, "it's $1"};
    static const struct {
        const char *sql;
        size_t count;
        const char *answer; /* NULL: fails */
    } cases[] = {
        {"SELECT $1 || coalesce($2, '-') || $3", 3, "first-it's $1"},
        {"SELECT $3 || coalesce($2, '-') || $1 || $1", 3, "it's $1-firstfirst"},
        {"SELECT ?3 || coalesce(?2, '-') || ?1", 3, "it's $1-first"},
        {"SELECT ? || coalesce(?, '-') || ?", 3, "first-it's $1"},
        {"SELECT '$2' || $1", 1, "$2first"},
        {"SELECT 'none'", 0, "none"},
        {"SELECT $1", 0, NULL},
        {"SELECT $1", 2, NULL},
        {"SELECT :name", 1, NULL},
        {"SELECT $0", 1, NULL},
        {"SELECT $99999999999999999999", 1, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        dun_result *result = NULL;
        bool good = query(connection, cases[i].sql, cases[i].count, values, &result, t->error);
        if (good != (cases[i].answer != NULL))
            fail_msg("%s: %s", cases[i].sql, good ? "ran" : dun_error_message(t->error));
        if (good)
            assert_string_equal(dun_result_value(result, 0, 0), cases[i].answer);
        else
            assert_int_equal(dun_error_code(t->error), DUN_USAGE);
        dun_result_free(result);
        dun_error_clear(t->error);
    }
    close_connection(connection);
}

static void test_more_than_one_statement(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = memory(t);
    assert_true(db_exec(connection, "SELECT 1;  -- that is all\n /* really */ ;", t->error));
    assert_true(db_exec(connection, "", t->error));
    assert_false(db_exec(connection, "SELECT 1; SELECT 2", t->error));
    assert_contains(dun_error_message(t->error), "more than one statement");
    assert_false(db_exec(connection, "SELECT 1; nonsense", t->error));
    assert_contains(dun_error_message(t->error), "more than one statement");
    struct db_statement with_nul = {.sql = "SELECT 1\0; DROP TABLE a", .length = 23};
    dun_result *result = NULL;
    assert_false(connection->driver->query(connection, &with_nul, &result, t->error));
    assert_contains(dun_error_message(t->error), "NUL byte");
    close_connection(connection);
}

static void test_errors(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = memory(t);
    assert_false(db_exec(connection, "SELECT caf\xc3\xa9 FRO x", t->error));
    assert_int_equal(dun_error_code(t->error), DUN_FAILED);
    assert_contains(dun_error_message(t->error), "near \"x\": syntax error");
    assert_int_equal(error_get_position(t->error), 17); /* bytes */
    assert_int_equal(dun_error_number(t->error), 1);

    assert_false(db_exec(connection, "SELECT * FROM absent", t->error));
    assert_true(engine_sqlite.history->is_missing_table(t->error));
    assert_false(db_exec(connection, "SELECT absent", t->error));
    assert_false(engine_sqlite.history->is_missing_table(t->error));
    assert_int_equal(error_get_position(t->error), 7);

    must_exec(connection, "CREATE TABLE a (b UNIQUE, c CHECK (c > 0))");
    must_exec(connection, "INSERT INTO a VALUES (1, 1)");
    assert_false(db_exec(connection, "INSERT INTO a VALUES (1, 1)", t->error));
    assert_string_equal(dun_error_message(t->error), "UNIQUE constraint failed: a.b");
    assert_int_equal(dun_error_number(t->error), 2067);
    assert_int_equal(error_get_position(t->error), -1);
    close_connection(connection);
}

static void test_full(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = must_open(t, temporary_url(t, "shop.db"));
    must_exec(connection, "CREATE TABLE a (b)");
    must_exec(connection, "PRAGMA max_page_count=20");
    assert_false(db_exec(connection, "INSERT INTO a VALUES (randomblob(1000000))", t->error));
    assert_contains(dun_error_message(t->error), "full");
    assert_contains(dun_error_hint(t->error), "make room");
    assert_false(connection->in_transaction);
    close_connection(connection);
}

static void note_progress(void *user, size_t index)
{
    struct temporary *t = user;
    snprintf(t->folder + strlen(t->folder), 4, ",%zu", index % 10);
}

static void test_batch(void **state)
{
    struct temporary *t = *state, noted = {.folder = ""};
    dun_connection *connection = memory(t);
    struct db_item items[] = {
        item_of(DB_BEGIN, NULL),
        item_of(DB_JOIN, "CREATE TABLE a (b)"),
        item_of(DB_JOIN, "INSERT INTO a VALUES (7)"),
        item_of(DB_COMMIT, NULL),
        item_of(DB_READ, "SELECT b FROM a"),
        item_of(DB_APART, "VACUUM"),
        item_of(DB_READ, "SELECT absent FROM a"),
    };
    struct db_outcome outcomes[7] = {{0}};
    items[4].keep_result = true;
    items[6].keep_result = items[6].may_fail = true;
    struct db_batch batch = {.items = items, .count = 7, .progress = note_progress, .user = &noted};
    size_t failed = 99;
    if (!connection->driver->batch(connection, &batch, outcomes, &failed, t->error))
        fail_msg("item %zu: %s", failed, dun_error_message(t->error));
    assert_string_equal(noted.folder, ",0,1,2,3,4,5");
    assert_string_equal(dun_result_value(outcomes[4].result, 0, 0), "7");
    assert_null(outcomes[1].result);
    assert_null(outcomes[6].result);
    assert_contains(dun_error_message(outcomes[6].error), "no such column");
    assert_int_equal(failed, 99);
    dun_result_free(outcomes[4].result);
    dun_error_free(outcomes[6].error);
    close_connection(connection);
}

static void test_batch_failure(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = memory(t);
    struct db_item items[] = {
        item_of(DB_BEGIN, NULL),
        item_of(DB_JOIN, "CREATE TABLE kept (b)"),
        item_of(DB_COMMIT, NULL),
        item_of(DB_BEGIN, NULL),
        item_of(DB_JOIN, "CREATE TABLE undone (b)"),
        item_of(DB_JOIN, "INSERT INTO nowhere VALUES (1)"),
        item_of(DB_JOIN, "CREATE TABLE never (b)"),
        item_of(DB_COMMIT, NULL),
    };
    struct db_batch batch = {.items = items, .count = sizeof items / sizeof *items};
    size_t failed = 99;
    assert_false(connection->driver->batch(connection, &batch, NULL, &failed, t->error));
    assert_int_equal(failed, 5);
    assert_contains(dun_error_message(t->error), "nowhere");
    assert_true(connection->in_transaction);
    assert_true(connection->driver->rollback(connection, t->error));
    assert_false(connection->in_transaction);
    assert_string_equal(value_of(t, connection, "SELECT group_concat(name) FROM sqlite_schema"), "kept");
    assert_true(connection->driver->rollback(connection, t->error)); /* without one: no error */
    close_connection(connection);
}

static void test_batch_notices_a_commit(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = memory(t);
    struct db_item items[] = {item_of(DB_BEGIN, NULL), item_of(DB_JOIN, "COMMIT"), item_of(DB_COMMIT, NULL)};
    struct db_batch batch = {.items = items, .count = 3};
    size_t failed = 99;
    assert_false(connection->driver->batch(connection, &batch, NULL, &failed, t->error));
    assert_int_equal(failed, 1);
    assert_contains(dun_error_message(t->error), "ended the transaction");
    close_connection(connection);
}

static void test_stream(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = memory(t);
    const char *parameters[] = {"3"};
    struct db_statement statement = {.sql = "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM "
                                            "n) SELECT i, NULL FROM n LIMIT $1",
                                     .parameter_count = 1,
                                     .parameters = parameters};
    statement.length = strlen(statement.sql);
    dun_stream *stream = NULL;
    assert_true(connection->driver->stream_open(connection, &statement, &stream, t->error));
    assert_int_equal(stream->columns, 2);
    assert_string_equal(stream->names[0], "i");
    for (int i = 1; i <= 3; ++i) {
        assert_int_equal(connection->driver->stream_next(stream, t->error), 1);
        assert_int_equal(atoi(stream->values[0].text), i);
        assert_null(stream->values[1].text);
    }
    assert_int_equal(connection->driver->stream_next(stream, t->error), 0);
    assert_int_equal(connection->driver->stream_next(stream, t->error), 0);
    connection->driver->stream_close(stream);

    parameters[0] = "1000000000"; /* closed early */
    assert_true(connection->driver->stream_open(connection, &statement, &stream, t->error));
    assert_int_equal(connection->driver->stream_next(stream, t->error), 1);
    connection->driver->stream_close(stream);

    struct db_statement failing = {.sql = "SELECT abs(-9223372036854775807 - 1)"};
    failing.length = strlen(failing.sql);
    assert_true(connection->driver->stream_open(connection, &failing, &stream, t->error));
    assert_int_equal(connection->driver->stream_next(stream, t->error), -1);
    assert_contains(dun_error_message(t->error), "integer overflow");
    connection->driver->stream_close(stream);
    must_exec(connection, "SELECT 1");
    close_connection(connection);
}

static const char endless[] =
    "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";

static bool trigger_soon(void *argument, dun_error *error)
{
    (void)error;
    task_sleep(30);
    dun_cancel_trigger(argument);
    return true;
}

static void test_cancel(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = memory(t);
    dun_cancel *cancel = dun_cancel_new();
    struct task_group *group = task_group_new();
    struct task_scope scope;
    must_exec(connection, "CREATE TABLE a (b)");
    assert_true(connection->driver->begin(connection, t->error));
    must_exec(connection, "INSERT INTO a VALUES (1)");
    assert_true(task_group_start(group, "trigger", trigger_soon, cancel, t->error));
    task_scope_enter(&scope, cancel, -1);
    assert_false(db_exec(connection, endless, t->error));
    assert_int_equal(dun_error_code(t->error), DUN_INTERRUPTED);
    assert_false(db_exec(connection, "SELECT 1", t->error)); /* nothing starts any more */
    assert_int_equal(dun_error_code(t->error), DUN_INTERRUPTED);
    assert_true(connection->driver->rollback(connection, t->error)); /* but this */
    task_scope_leave(&scope);
    assert_true(task_group_join(group, false, t->error));
    assert_string_equal(value_of(t, connection, "SELECT count(*) FROM a"), "0");
    dun_cancel_free(cancel);
    close_connection(connection);
}

static void test_deadline(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = memory(t);
    struct task_scope scope;
    task_scope_enter(&scope, NULL, 30);
    assert_false(db_exec(connection, endless, t->error));
    task_scope_leave(&scope);
    assert_int_equal(dun_error_code(t->error), DUN_FAILED);
    assert_contains(dun_error_message(t->error), "timed out");
    must_exec(connection, "SELECT 1");
    close_connection(connection);
}

/* Waiting for another writer ends with the scope, too. */
static void test_deadline_while_busy(void **state)
{
    struct temporary *t = *state;
    dun_connection *writer = must_open(t, temporary_url(t, "shop.db")),
                   *other = must_open(t, temporary_url(t, "shop.db"));
    must_exec(writer, "BEGIN IMMEDIATE");
    struct task_scope scope;
    int64_t before = task_now();
    task_scope_enter(&scope, NULL, 30);
    assert_false(other->driver->begin(other, t->error));
    task_scope_leave(&scope);
    assert_contains(dun_error_message(t->error), "timed out");
    assert_uint_in_range(task_now() - before, 25, 4500);
    close_connection(other);
    close_connection(writer);
}

static void test_echo(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = memory(t);
    char *text = NULL;
    size_t length = 0;
    connection->echo = open_memstream(&text, &length);
    struct db_item items[] = {item_of(DB_BEGIN, NULL), item_of(DB_JOIN, "CREATE TABLE a (b)"),
                              item_of(DB_COMMIT, NULL)};
    must_batch(t, connection, items, 3);
    fclose(connection->echo);
    connection->echo = NULL;
    assert_string_equal(text, "BEGIN IMMEDIATE;\nCREATE TABLE a (b);\nCOMMIT;\n");
    assert_int_equal(connection->statements, 3);
    assert_int_equal(connection->round_trips, 0);
    free(text);
    close_connection(connection);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_values, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_affected, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_parameters, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_more_than_one_statement, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_errors, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_full, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_batch, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_batch_failure, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_batch_notices_a_commit, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_stream, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_cancel, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_deadline, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_deadline_while_busy, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_echo, temporary_setup, temporary_teardown),
    };
    return cmocka_run_group_tests_name("statements on SQLite", tests, NULL, NULL);
}
