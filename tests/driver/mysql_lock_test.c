/* The lock of the MySQL engine, between connections. */
#include "mysql_support.h"

#define LOCK (engine_mysql.lock)

static dun_connection *two;
static bool locked;

static bool try_plain(dun_connection *connection)
{
    return LOCK->try(connection, "dunlin_history", NULL, 0, NULL, &locked, error);
}

static int open_both(void **state)
{
    open_one(state);
    two = open_url(&url);
    locked = false;
    return 0;
}

static int close_both(void **state)
{
    if (two)
        DRIVER->close(two);
    two = NULL;
    return close_one(state);
}

static void one_excludes_the_other(void **state)
{
    (void)state;
    assert_true(try_plain(one));
    assert_true(locked);
    assert_true(try_plain(two));
    assert_false(locked);
    assert_true(LOCK->release(one, "dunlin_history", error));
    assert_true(try_plain(two));
    assert_true(locked);
    DRIVER->close(two); /* which lets go of it */
    two = NULL;
    for (int attempt = 0; attempt < 20 && (try_plain(one), !locked); ++attempt)
        task_sleep(50);
    assert_true(locked);
    assert_null(LOCK->checkpoint);
}

static void releasing_what_is_not_held_fails(void **state)
{
    (void)state;
    assert_true(try_plain(one));
    assert_false(LOCK->release(two, "dunlin_history", error));
    expect_error(DUN_FAILED, 0, "not held");
    assert_true(LOCK->release(one, "dunlin_history", error));
    assert_false(LOCK->release(one, "dunlin_history", error));
    expect_error(DUN_FAILED, 0, "not held");
}

static void names_and_databases_are_apart(void **state)
{
    (void)state;
    assert_true(try_plain(one));
    assert_true(locked);
    assert_true(LOCK->try(two, "another_table", NULL, 0, NULL, &locked, error));
    assert_true(locked);
    close_both(state);
    one = open_url(&url);
    two = open_url(&admin_url);
    assert_true(try_plain(one));
    assert_true(locked);
    assert_true(try_plain(two));
    assert_true(locked);
}

static void another_database_in_between_does_not_matter(void **state)
{
    (void)state;
    assert_true(try_plain(one));
    exec(one, "USE mysql");
    assert_true(LOCK->release(one, "dunlin_history", error));
    assert_true(try_plain(two));
    assert_true(locked);
}

static void reads_come_in_the_same_round_trip(void **state)
{
    (void)state;
    const struct db_item reads[] = {
        {.kind = DB_READ, .sql = "SELECT 1", .length = 8, .keep_result = true},
        {.kind = DB_READ, .sql = "SELECT * FROM no", .length = 16, .keep_result = true, .may_fail = true},
    };
    struct db_outcome outcomes[2] = {0};
    uint64_t trips = one->round_trips;
    assert_true(LOCK->try(one, "dunlin_history", reads, 2, outcomes, &locked, error));
    assert_true(locked);
    assert_int_equal(one->round_trips - trips, 1);
    assert_string_equal(dun_result_value(outcomes[0].result, 0, 0), "1");
    assert_true(engine_mysql.history->is_missing_table(outcomes[1].error));
    dun_result_free(outcomes[0].result);
    dun_error_free(outcomes[1].error);

    memset(outcomes, 0, sizeof outcomes);
    assert_true(LOCK->try(two, "dunlin_history", reads, 2, outcomes, &locked, error));
    assert_false(locked);
    assert_null(outcomes[0].result);
    assert_null(outcomes[1].error);
}

static void a_read_that_fails_leaves_no_lock(void **state)
{
    (void)state;
    const struct db_item reads[] = {{.kind = DB_READ, .sql = "SELECT * FROM no", .length = 16}};
    struct db_outcome outcomes[1] = {0};
    assert_false(LOCK->try(one, "dunlin_history", reads, 1, outcomes, &locked, error));
    expect_error(DUN_FAILED, 1146, "no");
    assert_true(try_plain(two));
    assert_true(locked);
}

static void the_holder_is_named(void **state)
{
    (void)state;
    assert_true(try_plain(one));
    assert_true(try_plain(two));
    assert_false(locked);
    const char *holder = LOCK->holder(two, "dunlin_history", arena);
    expect_in(holder, arena_printf(arena, "connection %s", ask(one, "SELECT CONNECTION_ID()")));
    if (strcmp(ask(one, "SELECT @@performance_schema"), "1") == 0)
        expect_in(holder, "dunlin test, me@here, pid 1");
    else
        expect_in(holder, arena_printf(arena, " of %s@", admin_url.user));
    assert_true(LOCK->release(one, "dunlin_history", error));
    assert_null(LOCK->holder(two, "dunlin_history", arena));
}

#define LOCK_TEST(function) cmocka_unit_test_setup_teardown(function, open_both, close_both)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LOCK_TEST(one_excludes_the_other),
        LOCK_TEST(releasing_what_is_not_held_fails),
        LOCK_TEST(names_and_databases_are_apart),
        LOCK_TEST(another_database_in_between_does_not_matter),
        LOCK_TEST(reads_come_in_the_same_round_trip),
        LOCK_TEST(a_read_that_fails_leaves_no_lock),
        LOCK_TEST(the_holder_is_named),
    };
    return cmocka_run_group_tests_name("mysql_lock", tests, make_database, drop_database);
}
