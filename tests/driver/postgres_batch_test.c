/* Batches on PostgreSQL: what runs, what does not after a failure, COPY, statements that stand apart, and
 * their cost. */
#include "driver/postgres_support.h"

#include "base/memory.h"

/* A batch that is written down item by item. */
struct script {
    struct db_item items[6000];
    struct db_outcome outcomes[6000];
    size_t count, failed;
    size_t next; /* which item progress is expected for next */
};

static struct script *script;

static int start_script(void **state)
{
    script = calloc(1, sizeof *script);
    return open_one(state);
}

static int end_script(void **state)
{
    for (size_t i = 0; i < script->count; ++i) {
        dun_result_free(script->outcomes[i].result);
        dun_error_free(script->outcomes[i].error);
    }
    free(script);
    return close_one(state);
}

#define BATCH_TEST(function) cmocka_unit_test_setup_teardown(function, start_script, end_script)

static struct db_item *add(enum db_item_kind kind, const char *sql)
{
    struct db_item *item = &script->items[script->count++];
    *item = (struct db_item){.kind = kind, .sql = sql, .length = sql ? strlen(sql) : 0};
    if (!sql)
        item->length = 12345; /* not used, so anything may be there */
    return item;
}

static void add_transaction(const char *first, const char *second)
{
    add(DB_BEGIN, NULL);
    add(DB_JOIN, first);
    if (second)
        add(DB_JOIN, second);
    add(DB_COMMIT, NULL);
}

static struct db_item *add_copy(const char *sql, const char *data, size_t length)
{
    struct db_item *item = add(DB_JOIN, sql);
    item->copy_data = data;
    item->copy_length = length;
    return item;
}

static void note_progress(void *user, size_t index)
{
    struct script *noted = user;
    if (noted->next != index)
        fail_msg("progress of item %zu comes where that of %zu should", index, noted->next);
    noted->next++;
}

static bool run(void)
{
    struct db_batch batch = {script->items, script->count, note_progress, script};
    return DRIVER->batch(one, &batch, script->outcomes, &script->failed, error);
}

static void expect_success(void)
{
    if (!run())
        fail_msg("item %zu: %s", script->failed, dun_error_message(error));
    assert_int_equal(script->next, script->count);
}

/* Fails at this item; all before it have been reported as done. */
static void expect_failure_at(size_t index, enum dun_code code, const char *sqlstate)
{
    assert_false(run());
    if (script->failed != index)
        fail_msg("item %zu failed and not %zu: %s", script->failed, index, dun_error_message(error));
    assert_int_equal(script->next, index);
    assert_int_equal(dun_error_code(error), code);
    assert_string_equal(dun_error_sqlstate(error), sqlstate);
}

static void test_one_round_trip(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (i int)");
    for (int i = 0; i < 100; ++i)
        add_transaction("INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)");
    uint64_t trips = one->round_trips, statements = one->statements;
    expect_success();
    assert_int_equal(one->round_trips - trips, 1);
    assert_int_equal(one->statements - statements, 400);
    assert_answer(one, "SELECT count(*), count(DISTINCT xmin::text) FROM t", "200");
    assert_answer(one, "SELECT count(DISTINCT xmin::text) FROM t", "100");
    assert_false(one->in_transaction);
}

static void test_nothing(void **state)
{
    (void)state;
    uint64_t trips = one->round_trips;
    expect_success();
    assert_int_equal(one->round_trips - trips, 0);
}

static void test_1500_items(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (i int)");
    add(DB_BEGIN, NULL);
    for (int i = 0; i < 1498; ++i)
        add(DB_JOIN, "INSERT INTO t SELECT count(*) FROM t");
    add(DB_COMMIT, NULL);
    uint64_t trips = one->round_trips;
    expect_success();
    assert_uint_in_range(one->round_trips - trips, 1, 6);
    assert_answer(one, "SELECT count(DISTINCT i) FROM t", "1498");
}

static void test_failure_in_the_middle(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (i int)");
    for (int i = 0; i < 300; ++i)
        add_transaction("INSERT INTO t VALUES (1)",
                        i == 150 ? "INSERT INTO t SELECT 1/0" : "INSERT INTO t VALUES (2)");
    expect_failure_at(150 * 4 + 2, DUN_FAILED, "22012");
    assert_true(one->in_transaction);
    assert_true(DRIVER->rollback(one, error));
    assert_answer(one, "SELECT count(*) FROM t", "300");
}

static void test_failure_of_the_first_and_last(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (i int)");
    add_transaction("INSERT INTO nowhere VALUES (1)", NULL);
    add_transaction("INSERT INTO t VALUES (1)", NULL);
    expect_failure_at(1, DUN_FAILED, "42P01");
    assert_int_equal(error_get_position(error), strlen("INSERT INTO "));
    assert_true(DRIVER->rollback(one, error));
    assert_answer(one, "SELECT count(*) FROM t", "0");

    script->count = script->next = 0;
    add_transaction("INSERT INTO t VALUES (1)", NULL);
    add_transaction("INSERT INTO t VALUES (2)", "SELEKT 'ä'");
    expect_failure_at(5, DUN_FAILED, "42601");
    assert_true(DRIVER->rollback(one, error));
    assert_answer(one, "SELECT sum(i) FROM t", "1");
}

/* The transaction ends with a COMMIT that fails, so nothing is left open that would hold up the next one. */
static void test_failing_commit(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (i int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
    add_transaction("INSERT INTO t VALUES (1)", NULL);
    add_transaction("INSERT INTO t VALUES (1)", NULL);
    for (int i = 0; i < 400; ++i)
        add_transaction("INSERT INTO t SELECT max(i) + 1 FROM t", NULL);
    expect_failure_at(5, DUN_FAILED, "23505");
    assert_true(DRIVER->rollback(one, error));
    assert_answer(one, "SELECT count(*) FROM t", "1");
}

static void test_reads(void **state)
{
    (void)state;
    for (int i = 0; i < 1200; ++i)
        add(DB_READ, i % 2 ? "SELECT 'odd', NULL" : "SELECT 'even' WHERE false")->keep_result = i > 1000;
    struct db_item *last = add(DB_READ, "SELECT * FROM nowhere");
    last->may_fail = last->keep_result = true;
    if (!run())
        fail_msg("%s", dun_error_message(error));
    assert_null(script->outcomes[999].result);
    assert_int_equal(dun_result_rows(script->outcomes[1002].result), 0);
    assert_string_equal(dun_result_value(script->outcomes[1001].result, 0, 0), "odd");
    assert_string_equal(dun_error_sqlstate(script->outcomes[1200].error), "42P01");
    assert_null(script->outcomes[1200].result);
    assert_int_equal(script->next, 1200);
    assert_false(one->in_transaction);
}

static void test_nothing_changes_after_a_failed_read(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (i int)");
    add(DB_READ, "SELECT 1");
    add(DB_READ, "SELECT 1/0");
    add(DB_READ, "SELECT 2");
    add_transaction("INSERT INTO t VALUES (1)", NULL);
    add(DB_APART, "INSERT INTO t VALUES (2)");
    expect_failure_at(1, DUN_FAILED, "22012");
    assert_false(one->in_transaction);
    assert_answer(one, "SELECT count(*) FROM t", "0");
}

static void test_a_read_inside_a_transaction(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (i int)");
    add(DB_BEGIN, NULL);
    add(DB_JOIN, "INSERT INTO t VALUES (1)");
    add(DB_READ, "SELECT count(*) FROM t")->keep_result = true;
    add(DB_READ, "SELECT 1/0");
    add(DB_JOIN, "INSERT INTO t VALUES (2)");
    add(DB_COMMIT, NULL);
    add_transaction("INSERT INTO t VALUES (3)", NULL);
    expect_failure_at(3, DUN_FAILED, "22012");
    assert_string_equal(result_text(script->outcomes[2].result, 0, 0), "1");
    assert_true(DRIVER->rollback(one, error));
    assert_answer(one, "SELECT count(*) FROM t", "0");
}

static void test_in_a_transaction_of_the_callers(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (i int)");
    assert_true(DRIVER->begin(one, error));
    add(DB_JOIN, "INSERT INTO t VALUES (1)");
    add(DB_JOIN, "INSERT INTO t VALUES (2)");
    uint64_t trips = one->round_trips;
    expect_success();
    assert_int_equal(one->round_trips - trips, 1);
    assert_true(one->in_transaction);
    add(DB_JOIN, "INSERT INTO nowhere VALUES (2)");
    add(DB_JOIN, "INSERT INTO t VALUES (3)");
    script->next = 0;
    expect_failure_at(2, DUN_FAILED, "42P01");
    assert_true(one->in_transaction);

    script->count = script->next = 0;
    add(DB_COMMIT, NULL);
    add_transaction("INSERT INTO t VALUES (4)", NULL);
    expect_failure_at(0, DUN_FAILED, "25P02");
    assert_true(DRIVER->rollback(one, error));
    assert_answer(one, "SELECT count(*) FROM t", "0");
}

static void test_apart(void **state)
{
    (void)state;
    add_transaction("CREATE TABLE t (i int)", "INSERT INTO t SELECT generate_series(1, 100)");
    add(DB_APART, "CREATE INDEX CONCURRENTLY t_i ON t (i)");
    add(DB_APART, "VACUUM t");
    add_transaction("INSERT INTO t VALUES (101)", NULL);
    add(DB_JOIN,
        "CREATE INDEX CONCURRENTLY t_i2 ON t (i)"); /* in no transaction, so it stands apart as well */
    add(DB_READ, "SELECT count(*) FROM t")->keep_result = true;
    expect_success();
    assert_string_equal(result_text(script->outcomes[10].result, 0, 0), "101");
    assert_answer(one, "SELECT count(*) FROM pg_index WHERE indrelid = 't'::regclass AND indisvalid", "2");
}

static void test_apart_waits_for_success(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (i int)");
    add_transaction("INSERT INTO t VALUES (1), (1)", NULL);
    add(DB_APART, "CREATE UNIQUE INDEX CONCURRENTLY t_i ON t (i)");
    add_transaction("INSERT INTO t VALUES (2)", NULL);
    add(DB_APART, "INSERT INTO t VALUES (3)");
    expect_failure_at(3, DUN_FAILED, "23505");
    assert_answer(one, "SELECT count(*) FROM t", "2");
    assert_false(one->in_transaction);

    script->count = script->next = 0;
    add_transaction("INSERT INTO nowhere VALUES (1)", NULL);
    add(DB_APART, "CREATE TABLE apart ()");
    expect_failure_at(1, DUN_FAILED, "42P01");
    assert_true(DRIVER->rollback(one, error));
    assert_answer(one, "SELECT to_regclass('apart') IS NULL", "t");
}

/* COPY */

static void test_copy(void **state)
{
    (void)state;
    struct str data = STR_INIT;
    for (int i = 0; i < 500000; ++i)
        str_printf(&data, "%d\tsome text of a certain length, so that there is much of it\n", i);
    add(DB_BEGIN, NULL);
    add(DB_JOIN, "CREATE TABLE t (i int, s text)");
    long before = peak_memory();
    add_copy("COPY t FROM stdin", str_text(&data), data.length);
    add_copy("COPY t (i) FROM stdin", "", 0);
    add_copy("COPY t (i) FROM stdin", "-1\n-2", 5);
    add(DB_JOIN, "INSERT INTO t SELECT count(*) FROM t");
    add(DB_COMMIT, NULL);
    uint64_t trips = one->round_trips;
    expect_success();
    assert_uint_in_range(one->round_trips - trips, 1, 9);
    if (MEMORY_IS_MEASURABLE)
        assert_uint_in_range(peak_memory() - before, 0, 8);
    str_free(&data);
    assert_answer(one, "SELECT count(*) FROM t", "500003");
    assert_answer(one, "SELECT max(i) FROM t", "500002");
}

static void test_copy_failures(void **state)
{
    (void)state;
    struct str data = STR_INIT;
    str_append(&data, "1\nx\n");
    for (int i = 0; i < 200000; ++i)
        str_append(&data, "123456\n");
    exec(one, "CREATE TABLE t (i int UNIQUE)");
    add(DB_BEGIN, NULL);
    add(DB_JOIN, "INSERT INTO t VALUES (5)");
    add_copy("COPY t FROM stdin", str_text(&data), data.length);
    add(DB_JOIN, "INSERT INTO t VALUES (6)");
    add(DB_COMMIT, NULL);
    add_transaction("INSERT INTO t VALUES (7)", NULL);
    expect_failure_at(2, DUN_FAILED, "22P02");
    expect_hint("COPY t, line 2, column i: \"x\"");
    assert_true(one->in_transaction);
    assert_true(DRIVER->rollback(one, error));
    str_free(&data);

    script->count = script->next = 0;
    add(DB_BEGIN, NULL);
    add_copy("COPY nowhere FROM stdin", "1\n", 2);
    expect_failure_at(1, DUN_FAILED, "42P01");
    assert_true(DRIVER->rollback(one, error));

    script->count = script->next = 0;
    add_copy("INSERT INTO t VALUES (8)", "1\n", 2);
    expect_failure_at(0, DUN_FAILED, "");
    exec(one, "TRUNCATE t");
    assert_answer(one, "SELECT count(*) FROM t", "0");
}

static void expect_refused_copy(const char *sql)
{
    script->count = script->next = 0;
    add(DB_BEGIN, NULL);
    add(DB_JOIN, "INSERT INTO t VALUES (1)");
    add(DB_JOIN, sql);
    add(DB_JOIN, "INSERT INTO t VALUES (2)");
    add(DB_COMMIT, NULL);
    add_transaction("INSERT INTO t VALUES (3)", NULL);
    expect_failure_at(2, DUN_FAILED, "");
    assert_true(DRIVER->rollback(one, error));
    assert_answer(one, "SELECT count(*) FROM t", "0");
}

static void test_copy_without_data(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (i int)");
    expect_refused_copy("COPY t FROM stdin");
    expect_refused_copy("copy t TO stdout");
}

/* Bad days */

static void add_slow_transactions(void)
{
    exec(one, "CREATE TABLE t (i int)");
    for (int i = 0; i < 100; ++i)
        add_transaction("INSERT INTO t VALUES (1)",
                        i == 20 ? "SELECT pg_sleep(20)" : "INSERT INTO t VALUES (2)");
}

static void test_deadline(void **state)
{
    (void)state;
    add_slow_transactions();
    struct task_scope scope;
    task_scope_enter(&scope, NULL, 300);
    expect_failure_at(20 * 4 + 2, DUN_FAILED, "57014");
    task_scope_leave(&scope);
    assert_non_null(strstr(dun_error_message(error), "timed out"));
    assert_true(one->in_transaction);
    assert_true(DRIVER->rollback(one, error));
    assert_answer(one, "SELECT count(*) FROM t", "40");
}

static void test_cancel(void **state)
{
    (void)state;
    add_slow_transactions();
    dun_cancel *cancel = dun_cancel_new();
    struct later later = {300, cancel, NULL};
    struct task_scope scope;
    struct task_group *group = start_later(&later);
    task_scope_enter(&scope, cancel, -1);
    expect_failure_at(20 * 4 + 2, DUN_INTERRUPTED, "57014");
    assert_true(DRIVER->rollback(one, NULL));
    script->next = 0;
    expect_failure_at(0, DUN_INTERRUPTED, "");
    task_scope_leave(&scope);
    assert_true(task_group_join(group, false, NULL));
    dun_cancel_free(cancel);
    assert_answer(one, "SELECT count(*) FROM t", "40");
}

/* Many short transactions: the request to cancel may arrive between two of them. */
static void test_cancel_between_statements(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (i int)");
    for (int i = 0; i < 1500; ++i)
        add_transaction("INSERT INTO t SELECT generate_series(1, 300)", NULL);
    struct task_scope scope;
    task_scope_enter(&scope, NULL, 100);
    assert_false(run());
    task_scope_leave(&scope);
    assert_int_equal(dun_error_code(error), DUN_FAILED);
    assert_non_null(strstr(dun_error_message(error), "timed out"));
    assert_int_equal(script->next, script->failed);
    assert_true(DRIVER->rollback(one, NULL));
    assert_answer(one, "SELECT count(*) FROM t",
                  arena_printf(arena, "%zu", (script->failed / 3 + (script->failed % 3 == 3)) * 300));
}

static void test_cancel_a_copy(void **state)
{
    (void)state;
    struct str data = STR_INIT;
    for (int i = 0; i < 3000000; ++i)
        str_append(&data, "123456\n");
    exec(one, "CREATE TABLE t (i int)");
    exec(one, "CREATE INDEX ON t (i)");
    add(DB_BEGIN, NULL);
    add_copy("COPY t FROM stdin", str_text(&data), data.length);
    add(DB_COMMIT, NULL);
    struct task_scope scope;
    task_scope_enter(&scope, NULL, 50);
    expect_failure_at(1, DUN_FAILED, "57014");
    task_scope_leave(&scope);
    str_free(&data);
    assert_true(DRIVER->rollback(one, error));
    assert_answer(one, "SELECT count(*) FROM t", "0");
}

static void test_lost(void **state)
{
    (void)state;
    add_slow_transactions();
    struct later later = {300, NULL, termination_of(ask(one, "SELECT pg_backend_pid()"))};
    struct task_group *group = start_later(&later);
    expect_failure_at(20 * 4 + 2, DUN_NO_CONNECTION, "57P01");
    assert_true(task_group_join(group, false, NULL));
    assert_true(one->lost);
    DRIVER->close(one);
    one = open_url(&url);
    assert_answer(one, "SELECT count(*) FROM t", "40");
}

static void test_lost_by_itself(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (i int)");
    add_transaction("INSERT INTO t VALUES (1)", NULL);
    add_transaction("INSERT INTO t VALUES (2)", "SELECT pg_terminate_backend(pg_backend_pid())");
    add_transaction("INSERT INTO t VALUES (3)", NULL);
    expect_failure_at(5, DUN_NO_CONNECTION, "57P01");
    script->next = 0;
    expect_failure_at(0, DUN_NO_CONNECTION, "");
    DRIVER->close(one);
    one = open_url(&url);
    assert_answer(one, "SELECT sum(i) FROM t", "1");
}

/* Both sides have more to say than the sockets hold. */
static void test_reads_while_writing(void **state)
{
    (void)state;
    char *sql = memory_alloc(40000);
    int length =
        snprintf(sql, 40000, "DO $$ BEGIN RAISE NOTICE '%%', repeat('y', 30000); END /* %030000d */ $$", 0);
    assert_uint_in_range(length, 30000, 40000);
    add(DB_BEGIN, NULL);
    for (int i = 0; i < 1000; ++i)
        add(DB_JOIN, sql);
    add(DB_COMMIT, NULL);
    long before = peak_memory();
    expect_success();
    if (MEMORY_IS_MEASURABLE)
        assert_uint_in_range(peak_memory() - before, 0, 24);
    free(sql);
}

static void test_large_statements(void **state)
{
    (void)state;
    struct str sql = STR_INIT;
    str_append(&sql, "INSERT INTO t VALUES (length('");
    for (int i = 0; i < 1024; ++i)
        str_printf(&sql, "%01024d", 0);
    str_append(&sql, "'))");
    exec(one, "CREATE TABLE t (i int)");
    for (int i = 0; i < 60; ++i)
        add_transaction(str_text(&sql), NULL);
    long before = peak_memory();
    expect_success();
    if (MEMORY_IS_MEASURABLE)
        assert_uint_in_range(peak_memory() - before, 0, 24);
    str_free(&sql);
    assert_answer(one, "SELECT sum(i) / 1024 / 1024 FROM t", "60");
}

static void test_refuses_a_nul_byte(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (i int)");
    add_transaction("INSERT INTO t VALUES (1)", NULL);
    add_transaction("INSERT INTO t VALUES (2)", "SELECT 1");
    script->items[5].sql = "SELECT\0 1";
    script->items[5].length = 9;
    expect_failure_at(5, DUN_BAD_INPUT, "");
    assert_true(DRIVER->rollback(one, error));
    assert_answer(one, "SELECT count(*) FROM t", "1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BATCH_TEST(test_one_round_trip),
        BATCH_TEST(test_nothing),
        BATCH_TEST(test_1500_items),
        BATCH_TEST(test_failure_in_the_middle),
        BATCH_TEST(test_failure_of_the_first_and_last),
        BATCH_TEST(test_failing_commit),
        BATCH_TEST(test_reads),
        BATCH_TEST(test_nothing_changes_after_a_failed_read),
        BATCH_TEST(test_a_read_inside_a_transaction),
        BATCH_TEST(test_in_a_transaction_of_the_callers),
        BATCH_TEST(test_apart),
        BATCH_TEST(test_apart_waits_for_success),
        BATCH_TEST(test_copy),
        BATCH_TEST(test_copy_failures),
        BATCH_TEST(test_copy_without_data),
        BATCH_TEST(test_deadline),
        BATCH_TEST(test_cancel),
        BATCH_TEST(test_cancel_between_statements),
        BATCH_TEST(test_cancel_a_copy),
        BATCH_TEST(test_lost),
        BATCH_TEST(test_lost_by_itself),
        BATCH_TEST(test_reads_while_writing),
        BATCH_TEST(test_large_statements),
        BATCH_TEST(test_refuses_a_nul_byte),
    };
    return cmocka_run_group_tests_name("postgres batch", tests, make_database, drop_database);
}
