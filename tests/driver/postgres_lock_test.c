/* The lock of the PostgreSQL engine. */
#include "driver/postgres_support.h"

#define LOCK (engine_postgres.lock)

static const char name[] = "public.dunlin_history";

static bool try(dun_connection *connection)
{
    bool locked = false;
    if (!LOCK->try(connection, name, NULL, 0, NULL, &locked, error))
        fail_msg("%s", dun_error_message(error));
    return locked;
}

static void test_excludes(void **state)
{
    (void)state;
    dun_connection *two = open_url(&url);
    assert_true(try(one));
    assert_false(try(two));
    bool locked = false;
    assert_true(LOCK->try(two, "another.history", NULL, 0, NULL, &locked, error));
    assert_true(locked);
    assert_true(LOCK->release(one, name, error));
    assert_true(try(two));
    assert_false(try(one));
    DRIVER->close(two);
    for (int i = 0; i < 100 && !try(one); ++i)
        task_sleep(20); /* the server notices the end of a session in its own time */
    assert_true(try(one));
}

static void test_counts_once(void **state)
{
    (void)state;
    dun_connection *two = open_url(&url);
    assert_true(try(one));
    assert_true(try(one));
    assert_true(try(one));
    assert_true(LOCK->release(one, name, error));
    assert_true(try(two));
    assert_true(LOCK->release(two, name, error));

    assert_true(try(one));
    exec(one, "SELECT pg_advisory_unlock_all()");
    assert_true(try(one)); /* once more, as it was let go */
    assert_false(try(two));
    assert_true(LOCK->release(one, name, error));
    assert_true(try(two));
    DRIVER->close(two);
}

static void test_reads_in_the_same_round_trip(void **state)
{
    (void)state;
    struct db_item reads[] = {
        {.kind = DB_READ, .sql = "SELECT 42", .length = 9, .keep_result = true},
        {.kind = DB_READ,
         .sql = "SELECT * FROM nowhere",
         .length = 21,
         .keep_result = true,
         .may_fail = true},
    };
    struct db_outcome outcomes[2] = {{NULL, NULL}, {NULL, NULL}};
    bool locked = false;
    dun_connection *two = open_url(&url);
    uint64_t trips = two->round_trips;
    assert_true(LOCK->try(two, name, reads, 2, outcomes, &locked, error));
    assert_int_equal(two->round_trips - trips, 1);
    assert_true(locked);
    assert_string_equal(result_text(outcomes[0].result, 0, 0), "42");
    assert_true(engine_postgres.history->is_missing_table(outcomes[1].error));
    dun_result_free(outcomes[0].result);
    dun_error_free(outcomes[1].error);

    struct db_outcome unused[2] = {{NULL, NULL}, {NULL, NULL}};
    assert_true(LOCK->try(one, name, reads, 2, unused, &locked, error));
    assert_false(locked);
    assert_null(unused[0].result);
    assert_null(unused[1].error);
    DRIVER->close(two);
}

static void test_a_failed_read_keeps_no_lock(void **state)
{
    (void)state;
    struct db_item wrong = {.kind = DB_READ, .sql = "SELECT 1/0", .length = 10};
    struct db_outcome outcome = {NULL, NULL};
    bool locked = false;
    assert_false(LOCK->try(one, name, &wrong, 1, &outcome, &locked, error));
    expect_error(DUN_FAILED, "22012", "division");
    dun_connection *two = open_url(&url);
    assert_true(try(two));
    DRIVER->close(two);
}

static void test_names_the_holder(void **state)
{
    (void)state;
    assert_null(LOCK->holder(one, name, arena));
    dun_connection *two = open_url(&url);
    assert_true(try(two));
    const char *holder = LOCK->holder(one, name, arena);
    assert_non_null(strstr(holder, "dunlin test, me@here, pid 1"));
    assert_non_null(strstr(holder, ask(two, "SELECT pg_backend_pid()")));
    assert_non_null(strstr(holder, ask(two, "SELECT current_user")));
    assert_non_null(strstr(holder, "connected since"));
    DRIVER->close(two);
}

static void test_names_the_holder_to_anybody(void **state)
{
    (void)state;
    dun_connection *two = open_url(&url);
    assert_true(try(two));
    exec(one, "DROP ROLE IF EXISTS dunlin_test_nobody");
    exec(one, "CREATE ROLE dunlin_test_nobody");
    exec(one, "SET ROLE dunlin_test_nobody");
    const char *holder = LOCK->holder(one, name, arena);
    exec(one, "RESET ROLE");
    exec(one, "DROP ROLE dunlin_test_nobody");
    assert_non_null(strstr(holder, "dunlin test, me@here, pid 1"));
    assert_null(strstr(holder, "since"));
    DRIVER->close(two);
}

static void test_releases_after_a_cancellation(void **state)
{
    (void)state;
    assert_true(try(one));
    struct task_scope scope;
    task_scope_enter(&scope, NULL, 0);
    assert_true(LOCK->release(one, name, error));
    task_scope_leave(&scope);
    dun_connection *two = open_url(&url);
    assert_true(try(two));
    DRIVER->close(two);
}

static void test_outlives_transactions(void **state)
{
    (void)state;
    assert_null(LOCK->checkpoint);
    assert_true(try(one));
    assert_true(DRIVER->begin(one, error));
    assert_false(db_exec(one, "SELECT 1/0", NULL));
    assert_true(DRIVER->rollback(one, error));
    dun_connection *two = open_url(&url);
    assert_false(try(two));
    DRIVER->close(two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_excludes),
        TEST(test_counts_once),
        TEST(test_reads_in_the_same_round_trip),
        TEST(test_a_failed_read_keeps_no_lock),
        TEST(test_names_the_holder),
        TEST(test_names_the_holder_to_anybody),
        TEST(test_releases_after_a_cancellation),
        TEST(test_outlives_transactions),
    };
    return cmocka_run_group_tests_name("postgres lock", tests, make_database, drop_database);
}
