/*
 * <dunlin/db.h> on every engine there is: SQLite always, in memory and in a file; PostgreSQL and MySQL or
 * MariaDB where TEST_POSTGRESQL_URL and TEST_MYSQL_URL name a server and a user that may create tables.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "task/task.h"

#include <dunlin/db.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct engine_under_test {
    char url[512];
    const char *endless; /* a query that does not end by itself within the test's time */
    struct arena *arena;
    dun_error *error;
    dun_database *database;
    dun_connection *connection;
};

static const char endless_recursion[] =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";

static int open_url(struct engine_under_test *t, const char *url, const char *endless)
{
    snprintf(t->url, sizeof t->url, "%s", url);
    t->endless = endless;
    t->arena = arena_new();
    t->error = dun_error_new();
    dun_database_options options = DUN_DATABASE_OPTIONS_INIT;
    options.connections = 3;
    t->database = dun_database_open(url, &options, t->error);
    t->connection = t->database ? dun_connect(t->database, t->error) : NULL;
    if (!t->connection)
        print_error("%s\n", dun_error_message(t->error));
    return t->connection ? 0 : -1;
}

static int setup_memory(void **state)
{
    *state = calloc(1, sizeof(struct engine_under_test));
    return open_url(*state, "sqlite::memory:", endless_recursion);
}

static int setup_file(void **state)
{
    char url[64];
    snprintf(url, sizeof url, "sqlite:/tmp/dunlin-database-test-%ld.db", (long)getpid());
    *state = calloc(1, sizeof(struct engine_under_test));
    return open_url(*state, url, endless_recursion);
}

static int setup_postgresql(void **state)
{
    *state = calloc(1, sizeof(struct engine_under_test));
    return open_url(*state, getenv("TEST_POSTGRESQL_URL"), "SELECT pg_sleep(30)");
}

static int setup_mysql(void **state)
{
    *state = calloc(1, sizeof(struct engine_under_test));
    return open_url(*state, getenv("TEST_MYSQL_URL"), "SELECT sleep(30)");
}

static const char definitions[] =
    "CREATE TABLE dunlin_test_customer (\n"
    "    id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);\n"
    "CREATE TABLE dunlin_test_order (\n"
    "    id INTEGER PRIMARY KEY, customer INTEGER REFERENCES dunlin_test_customer (id));\n"
    "CREATE INDEX dunlin_test_by_customer ON dunlin_test_order (customer);\n"
    "CREATE VIEW dunlin_test_view AS SELECT name FROM dunlin_test_customer;\n";

static int teardown(void **state)
{
    struct engine_under_test *t = *state;
    dun_rollback(t->connection, NULL);
    if (!dun_drop_all(t->connection, definitions, t->error))
        print_error("%s\n", dun_error_message(t->error));
    dun_disconnect(t->connection);
    dun_database_close(t->database);
    if (strncmp(t->url, "sqlite:/", 8) == 0)
        unlink(t->url + 7);
    dun_error_free(t->error);
    arena_free(t->arena);
    free(t);
    return 0;
}

static void must(struct engine_under_test *t, bool good)
{
    if (!good)
        fail_msg("%s: %s", t->url, dun_error_message(t->error));
}

static const char *value_on(struct engine_under_test *t, dun_connection *connection, const char *sql)
{
    dun_result *result = dun_query(connection, sql, 0, NULL, t->error);
    must(t, result != NULL);
    const char *value = arena_strdup(t->arena, dun_result_value(result, 0, 0));
    dun_result_free(result);
    return value;
}

static const char *value(struct engine_under_test *t, const char *sql)
{
    return value_on(t, t->connection, sql);
}

static const char count_customers[] = "SELECT count(*) FROM dunlin_test_customer";

static void test_create_and_drop(void **state)
{
    struct engine_under_test *t = *state;
    must(t, dun_create_all(t->connection, definitions, t->error));
    assert_string_equal(value(t, count_customers), "0");
    assert_string_equal(value(t, "SELECT count(*) FROM dunlin_test_view"), "0");
    assert_false(dun_create_all(t->connection, definitions, t->error)); /* they are there */
    must(t, dun_drop_all(t->connection, definitions, t->error));
    assert_null(dun_query(t->connection, count_customers, 0, NULL, t->error));
    must(t, dun_drop_all(t->connection, definitions, t->error)); /* nothing to drop: no error */
    must(t, dun_drop_all(t->connection, "", t->error));
}

static void test_drop_what_has_no_name(void **state)
{
    struct engine_under_test *t = *state;
    if (strcmp(dun_database_engine(t->database), "postgresql") != 0)
        return;
    assert_false(dun_drop_all(t->connection, "SELECT 1;\nCREATE CAST (a AS b) WITHOUT FUNCTION", t->error));
    assert_int_equal(dun_error_code(t->error), DUN_BAD_INPUT);
    assert_int_equal(dun_error_line(t->error), 2);
}

static void test_statements(void **state)
{
    struct engine_under_test *t = *state;
    const char *row[] = {"1", "D'Arcy \\ \xc3\xa9"}, *absent[] = {"2", NULL};
    must(t, dun_create_all(t->connection, definitions, t->error));
    must(t, dun_exec(t->connection, "INSERT INTO dunlin_test_customer VALUES ($1, $2)", 2, row, t->error));
    assert_string_equal(value(t, "SELECT name FROM dunlin_test_customer"), row[1]);
    assert_false(
        dun_exec(t->connection, "INSERT INTO dunlin_test_customer VALUES ($1, $2)", 2, absent, t->error));
    assert_int_equal(dun_error_code(t->error), DUN_FAILED);

    dun_result *result = dun_query(t->connection, "UPDATE dunlin_test_customer SET name = 'x' WHERE id = $1",
                                   1, row, t->error);
    must(t, result != NULL);
    assert_int_equal(dun_result_affected(result), 1);
    dun_result_free(result);
    assert_true(dun_connection_statements(t->connection) > 0);
    assert_true(strlen(dun_connection_server(t->connection)) > 5);
}

static void test_transactions(void **state)
{
    struct engine_under_test *t = *state;
    must(t, dun_create_all(t->connection, definitions, t->error));
    must(t, dun_begin(t->connection, t->error));
    must(t, dun_exec(t->connection, "INSERT INTO dunlin_test_customer VALUES (1, 'a')", 0, NULL, t->error));
    must(t, dun_rollback(t->connection, t->error));
    assert_string_equal(value(t, count_customers), "0");
    must(t, dun_begin(t->connection, t->error));
    must(t, dun_exec_script(t->connection, "INSERT INTO dunlin_test_customer VALUES (1, 'a'); SELECT 1",
                            t->error));
    must(t, dun_commit(t->connection, t->error));
    assert_string_equal(value(t, count_customers), "1");

    /* Given back with an open transaction, a connection comes out of the pool without it. */
    must(t, dun_begin(t->connection, t->error));
    must(t, dun_exec(t->connection, "DELETE FROM dunlin_test_customer", 0, NULL, t->error));
    dun_connection *before = t->connection;
    dun_disconnect(t->connection);
    t->connection = dun_connect(t->database, t->error);
    assert_ptr_equal(t->connection, before);
    assert_string_equal(value(t, count_customers), "1");
}

static void test_run_fails(void **state)
{
    struct engine_under_test *t = *state;
    must(t, dun_create_all(t->connection, definitions, t->error));
    assert_false(dun_exec_script(t->connection,
                                 "INSERT INTO dunlin_test_customer VALUES (1, 'a');\n"
                                 "-- the next one fails\n"
                                 "  INSERT INTO dunlin_test_absent VALUES (1);\n"
                                 "INSERT INTO dunlin_test_customer VALUES (2, 'b');\n",
                                 t->error));
    assert_int_equal(dun_error_line(t->error), 3);
    assert_true(dun_error_column(t->error) >= 3);
    assert_non_null(strstr(dun_error_excerpt(t->error), "INSERT INTO dunlin_test_absent"));
    assert_int_equal(dun_error_statement(t->error), 2);
    assert_int_equal(dun_error_statement_count(t->error), 3);
    assert_string_equal(value(t, count_customers), "0");

    assert_false(dun_exec_script(t->connection, "SELECT 1;\nSELECT 'unclosed", t->error));
    assert_int_equal(dun_error_code(t->error), DUN_BAD_INPUT);
    assert_int_equal(dun_error_line(t->error), 2);
    must(t, dun_exec_script(t->connection, "-- nothing\n", t->error));
}

/* A script with transactions of its own is run as it is written. */
static void test_run_with_transactions(void **state)
{
    struct engine_under_test *t = *state;
    must(t, dun_create_all(t->connection, definitions, t->error));
    must(t, dun_exec_script(t->connection,
                            "BEGIN; INSERT INTO dunlin_test_customer VALUES (1, 'a'); COMMIT;"
                            "BEGIN; INSERT INTO dunlin_test_customer VALUES (2, 'b'); ROLLBACK;",
                            t->error));
    assert_string_equal(value(t, count_customers), "1");
    assert_false(dun_exec_script(
        t->connection,
        "BEGIN; INSERT INTO dunlin_test_customer VALUES (3, 'c'); COMMIT;"
        "BEGIN; INSERT INTO dunlin_test_customer VALUES (4, 'd'); SELECT * FROM dunlin_test_absent;"
        "COMMIT;",
        t->error));
    assert_int_equal(dun_error_statement(t->error), 6);
    assert_string_equal(value(t, count_customers), "2");
}

enum { MANY = 30000 };

static void test_insert_many(void **state)
{
    struct engine_under_test *t = *state;
    static const char *const columns[] = {"id", "name"};
    const char **values = arena_alloc(t->arena, sizeof *values * 2 * MANY);
    must(t, dun_create_all(t->connection, definitions, t->error));
    for (int i = 0; i < MANY; ++i) {
        values[2 * i] = arena_printf(t->arena, "%d", i);
        values[2 * i + 1] = i % 2 ? "it's \\ two" : arena_printf(t->arena, "customer %d with a long name", i);
    }
    must(t, dun_insert_many(t->connection, "dunlin_test_customer", 2, columns, MANY, values, t->error));
    assert_int_equal(atoi(value(t, count_customers)), MANY);
    assert_string_equal(value(t, "SELECT name FROM dunlin_test_customer WHERE id = 12345"), "it's \\ two");
    must(t, dun_insert_many(t->connection, "dunlin_test_customer", 2, columns, 0, NULL, t->error));
    assert_false(dun_insert_many(t->connection, "dunlin_test_customer", 0, columns, 1, values, t->error));
    assert_int_equal(dun_error_code(t->error), DUN_USAGE);

    /* The last row is wrong: none is inserted, and the message says which rows it is among. */
    must(t, dun_exec(t->connection, "DELETE FROM dunlin_test_customer", 0, NULL, t->error));
    values[2 * MANY - 1] = NULL;
    assert_false(dun_insert_many(t->connection, "dunlin_test_customer", 2, columns, MANY, values, t->error));
    assert_non_null(strstr(dun_error_message(t->error), "to 30000 into dunlin_test_customer: "));
    assert_string_equal(value(t, count_customers), "0");

    /* In a transaction of the caller, the caller decides. */
    must(t, dun_begin(t->connection, t->error));
    must(t, dun_insert_many(t->connection, "dunlin_test_customer", 2, columns, 2, values, t->error));
    assert_string_equal(value(t, count_customers), "2");
    must(t, dun_rollback(t->connection, t->error));
    assert_string_equal(value(t, count_customers), "0");
}

static void test_stream(void **state)
{
    struct engine_under_test *t = *state;
    const char *parameters[] = {"2"};
    must(t, dun_create_all(t->connection, definitions, t->error));
    must(t, dun_exec_script(t->connection,
                            "INSERT INTO dunlin_test_customer VALUES (1, 'a');"
                            "INSERT INTO dunlin_test_customer VALUES (2, 'b');"
                            "INSERT INTO dunlin_test_customer VALUES (3, 'c');",
                            t->error));
    dun_stream *stream =
        dun_stream_open(t->connection, "SELECT id, name FROM dunlin_test_customer WHERE id >= $1 ORDER BY id",
                        1, parameters, t->error);
    must(t, stream != NULL);
    assert_int_equal(dun_stream_next(stream, t->error), 1);
    assert_int_equal(dun_stream_columns(stream), 2);
    assert_string_equal(dun_stream_column(stream, 1), "name");
    assert_null(dun_stream_column(stream, 2));
    assert_string_equal(dun_stream_value(stream, 1), "b");
    assert_int_equal(dun_stream_length(stream, 1), 1);
    assert_null(dun_stream_value(stream, 2));
    assert_int_equal(dun_stream_next(stream, t->error), 1);
    assert_string_equal(dun_stream_value(stream, 0), "3");
    assert_int_equal(dun_stream_next(stream, t->error), 0);
    dun_stream_close(stream);

    stream = dun_stream_open(t->connection, "SELECT id FROM dunlin_test_customer", 0, NULL, t->error);
    must(t, stream != NULL);
    assert_int_equal(dun_stream_next(stream, t->error), 1);
    dun_stream_close(stream); /* early */
    assert_string_equal(value(t, count_customers), "3");
}

static void test_gather(void **state)
{
    struct engine_under_test *t = *state;
    static const char *const queries[] = {"SELECT 0", "SELECT 1", "SELECT 2", "SELECT 3",
                                          "SELECT 4", "SELECT 5", "SELECT 6", count_customers};
    dun_result *results[8] = {NULL};
    must(t, dun_create_all(t->connection, definitions, t->error));
    must(t, dun_gather(t->database, 8, queries, results, t->error)); /* more than the pool has connections */
    for (int i = 0; i < 8; ++i) {
        assert_int_equal(atoi(dun_result_value(results[i], 0, 0)), i % 7);
        dun_result_free(results[i]);
    }
    must(t, dun_gather(t->database, 0, NULL, NULL, t->error));
}

static void test_gather_fails(void **state)
{
    struct engine_under_test *t = *state;
    const char *const queries[] = {t->endless, "SELECT * FROM dunlin_test_absent"};
    dun_result *results[2] = {NULL};
    int64_t before = task_now();
    assert_false(dun_gather(t->database, 2, queries, results, t->error));
    assert_true(task_now() - before < 10000); /* the endless one was ended */
    assert_int_equal(dun_error_code(t->error), DUN_FAILED);
    assert_non_null(strstr(dun_error_message(t->error), "dunlin_test_absent"));
    assert_null(results[0]);
    assert_null(results[1]);
    assert_string_equal(value(t, "SELECT 1"), "1");
}

static bool trigger_soon(void *argument, dun_error *error)
{
    (void)error;
    task_sleep(100);
    dun_cancel_trigger(argument);
    return true;
}

static void test_cancel(void **state)
{
    struct engine_under_test *t = *state;
    dun_database_options options = DUN_DATABASE_OPTIONS_INIT;
    options.connections = 1;
    options.cancel = dun_cancel_new();
    dun_database *database = dun_database_open(t->url, &options, t->error);
    must(t, database != NULL);
    dun_connection *connection = dun_connect(database, t->error);
    must(t, connection != NULL);
    struct task_group *group = task_group_new();
    must(t, task_group_start(group, "trigger", trigger_soon, options.cancel, t->error));
    int64_t before = task_now();
    assert_null(dun_query(connection, t->endless, 0, NULL, t->error));
    assert_int_equal(dun_error_code(t->error), DUN_INTERRUPTED);
    assert_true(task_now() - before < 10000);
    assert_null(dun_connect(database, t->error)); /* all are taken, and the token is triggered */
    assert_int_equal(dun_error_code(t->error), DUN_INTERRUPTED);
    must(t, task_group_join(group, false, t->error));
    dun_disconnect(connection);
    dun_database_close(database);
    dun_cancel_free(options.cancel);
}

struct user {
    struct engine_under_test *t;
    int rounds;
};

static bool use_pool(void *argument, dun_error *error)
{
    struct user *user = argument;
    for (int i = 0; i < user->rounds; ++i) {
        dun_connection *connection = dun_connect(user->t->database, error);
        if (!connection || !dun_exec(connection, "SELECT 1", 0, NULL, error))
            return false;
        dun_disconnect(connection);
    }
    return true;
}

/* Many threads share one pool that is smaller than they are many. */
static void test_pool(void **state)
{
    struct engine_under_test *t = *state;
    struct user user = {t, 20};
    struct task_group *group = task_group_new();
    for (int i = 0; i < 8; ++i)
        must(t, task_group_start(group, "user", use_pool, &user, t->error));
    must(t, task_group_join(group, true, t->error));
}

static void test_echo(void **state)
{
    struct engine_under_test *t = *state;
    char *text = NULL;
    size_t length = 0;
    dun_database_options options = DUN_DATABASE_OPTIONS_INIT;
    options.echo = open_memstream(&text, &length);
    dun_database *database = dun_database_open(t->url, &options, t->error);
    must(t, database != NULL);
    dun_connection *connection = dun_connect(database, t->error);
    must(t, connection != NULL);
    assert_string_equal(value_on(t, connection, "SELECT 42"), "42");
    dun_disconnect(connection);
    dun_database_close(database);
    fclose(options.echo);
    assert_non_null(strstr(text, "SELECT 42;\n"));
    free(text);
}

static void test_bad_urls(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    assert_null(dun_database_open("nothing", NULL, error));
    assert_int_equal(dun_error_code(error), DUN_BAD_INPUT);
    assert_null(dun_database_open("oracle://scott:tiger@host/db", NULL, error));
    assert_int_equal(dun_error_code(error), DUN_BAD_INPUT);
    assert_non_null(strstr(dun_error_message(error), "\"oracle:\""));
    assert_null(strstr(dun_error_message(error), "tiger"));
    assert_null(dun_database_open("sqlite::memory:", &(dun_database_options){.connections = 100000}, error));
    assert_int_equal(dun_error_code(error), DUN_USAGE);
    dun_database_close(NULL);
    dun_disconnect(NULL);
    dun_result_free(NULL);
    dun_stream_close(NULL);
    dun_error_free(error);
}

#define ON_ENGINE(setup)                                                                  \
    {                                                                                     \
        cmocka_unit_test_setup_teardown(test_create_and_drop, setup, teardown),           \
            cmocka_unit_test_setup_teardown(test_drop_what_has_no_name, setup, teardown), \
            cmocka_unit_test_setup_teardown(test_statements, setup, teardown),            \
            cmocka_unit_test_setup_teardown(test_transactions, setup, teardown),          \
            cmocka_unit_test_setup_teardown(test_run_fails, setup, teardown),             \
            cmocka_unit_test_setup_teardown(test_run_with_transactions, setup, teardown), \
            cmocka_unit_test_setup_teardown(test_insert_many, setup, teardown),           \
            cmocka_unit_test_setup_teardown(test_stream, setup, teardown),                \
            cmocka_unit_test_setup_teardown(test_gather, setup, teardown),                \
            cmocka_unit_test_setup_teardown(test_gather_fails, setup, teardown),          \
            cmocka_unit_test_setup_teardown(test_cancel, setup, teardown),                \
            cmocka_unit_test_setup_teardown(test_pool, setup, teardown),                  \
            cmocka_unit_test_setup_teardown(test_echo, setup, teardown),                  \
    }

int main(void)
{
    const struct CMUnitTest any[] = {cmocka_unit_test(test_bad_urls)};
    const struct CMUnitTest memory[] = ON_ENGINE(setup_memory), file[] = ON_ENGINE(setup_file),
                            postgresql[] = ON_ENGINE(setup_postgresql), mysql[] = ON_ENGINE(setup_mysql);
    int failed = cmocka_run_group_tests_name("databases", any, NULL, NULL);
    failed += cmocka_run_group_tests_name("databases: SQLite in memory", memory, NULL, NULL);
    failed += cmocka_run_group_tests_name("databases: SQLite in a file", file, NULL, NULL);
    if (getenv("TEST_POSTGRESQL_URL"))
        failed += cmocka_run_group_tests_name("databases: PostgreSQL", postgresql, NULL, NULL);
    if (getenv("TEST_MYSQL_URL"))
        failed += cmocka_run_group_tests_name("databases: MySQL", mysql, NULL, NULL);
    return failed;
}
