/* Batches on MySQL and MariaDB: packets, what a failure leaves behind, and the texts of the history table. */
#include "mysql_support.h"

enum { MOST_ITEMS = 4000 };

static struct db_item items[MOST_ITEMS];
static struct db_outcome outcomes[MOST_ITEMS];
static size_t item_count;
static size_t failed;
static size_t told[MOST_ITEMS]; /* by the progress function, in order */
static size_t told_count;

static void progress(void *user, size_t index)
{
    assert_ptr_equal(user, &told_count);
    assert_true(told_count < MOST_ITEMS);
    told[told_count++] = index;
}

static struct db_item *add(enum db_item_kind kind, const char *sql)
{
    items[item_count] = (struct db_item){.kind = kind, .sql = sql, .length = sql ? strlen(sql) : 0};
    return &items[item_count++];
}

static bool run_batch(void)
{
    struct db_batch batch = {items, item_count, progress, &told_count};
    memset(outcomes, 0, sizeof outcomes);
    failed = SIZE_MAX;
    told_count = 0;
    bool done = DRIVER->batch(one, &batch, outcomes, &failed, error);
    for (size_t i = 0; i < told_count; ++i)
        assert_int_equal(told[i], i);
    return done;
}

static void free_outcomes(void)
{
    for (size_t i = 0; i < item_count; ++i) {
        dun_result_free(outcomes[i].result);
        dun_error_free(outcomes[i].error);
    }
}

/* Runs the items that were added, and forgets them. */
static void run_well(void)
{
    if (!run_batch())
        fail_msg("item %zu: %s", failed, dun_error_message(error));
    assert_int_equal(told_count, item_count);
    free_outcomes();
    item_count = 0;
}

static int open_for_batch(void **state)
{
    item_count = 0;
    open_one(state);
    exec(one, "CREATE TABLE t (a INT PRIMARY KEY)");
    return 0;
}

static void many_items_take_few_round_trips(void **state)
{
    (void)state;
    for (int i = 0; i < 3000; ++i)
        add(DB_APART, arena_printf(arena, "INSERT INTO t VALUES (%d)", i));
    uint64_t trips = one->round_trips, statements = one->statements;
    run_well();
    assert_int_equal(one->round_trips - trips, 3);
    assert_int_equal(one->statements - statements, 3000);
    assert_answer(one, "SELECT COUNT(*) FROM t", "3000");

    char *padding = arena_alloc(arena, 100 * 1024 + 1);
    memset(padding, 'x', 100 * 1024);
    for (int i = 0; i < 4; ++i)
        add(DB_READ, arena_printf(arena, "DO LENGTH('%s')", padding));
    trips = one->round_trips;
    run_well();
    assert_int_equal(one->round_trips - trips, 2);

    uint64_t before = one->round_trips;
    run_well(); /* nothing at all */
    assert_int_equal(one->round_trips, before);
}

/* MySQL would keep a semicolon that follows, and dump what cannot be loaded. */
static void programs_end_where_they_were_written(void **state)
{
    (void)state;
    static const char *const programs[] = {
        "CREATE TRIGGER touched AFTER INSERT ON t FOR EACH ROW SET @a = NEW.a",
        "/*!50003 CREATE*/ /*!50017 DEFINER = `root`@`localhost` */ /*!50003 PROCEDURE act() SELECT 1 */",
        "CREATE FUNCTION one() RETURNS int DETERMINISTIC RETURN 1",
        "CREATE EVENT daily ON SCHEDULE EVERY 1 DAY DO DELETE FROM t",
        "ALTER EVENT daily DO DELETE FROM t WHERE a > 1",
    };
    for (size_t i = 0; i < sizeof programs / sizeof *programs; ++i)
        add(DB_APART, programs[i]);
    add(DB_APART, "CREATE TABLE event (a int)");
    add(DB_APART, "INSERT INTO event VALUES (1)");
    run_well();
    assert_answer(
        one,
        "SELECT GROUP_CONCAT(text ORDER BY text SEPARATOR '|') FROM (SELECT action_statement AS text FROM "
        "information_schema.triggers WHERE trigger_schema = DATABASE() UNION ALL SELECT routine_definition "
        "FROM "
        "information_schema.routines WHERE routine_schema = DATABASE() UNION ALL SELECT event_definition "
        "FROM "
        "information_schema.events WHERE event_schema = DATABASE()) AS all_texts",
        "DELETE FROM t WHERE a > 1|RETURN 1|SELECT 1|SET @a = NEW.a");
    assert_answer(one, "SELECT COUNT(*) FROM event", "1");
}

static void a_failure_ends_the_batch(void **state)
{
    (void)state;
    for (int i = 0; i < 2500; ++i)
        add(DB_APART,
            i == 1700 ? "INSERT INTO t VALUES (0)" : arena_printf(arena, "INSERT INTO t VALUES (%d)", i));
    assert_false(run_batch());
    assert_int_equal(failed, 1700);
    assert_int_equal(told_count, 1700);
    expect_error(DUN_FAILED, 1062, "Duplicate");
    assert_answer(one, "SELECT MAX(a) FROM t", "1699");
}

static void a_failed_transaction_stays_open(void **state)
{
    (void)state;
    add(DB_BEGIN, NULL);
    add(DB_JOIN, "INSERT INTO t VALUES (1)");
    add(DB_COMMIT, NULL);
    add(DB_BEGIN, NULL);
    add(DB_JOIN, "INSERT INTO t VALUES (2)");
    add(DB_JOIN, "INSERT INTO t VALUES (1)");
    add(DB_JOIN, "INSERT INTO t VALUES (3)");
    add(DB_COMMIT, NULL);
    add(DB_APART, "INSERT INTO t VALUES (4)");
    uint64_t trips = one->round_trips;
    assert_false(run_batch());
    assert_int_equal(one->round_trips - trips, 1);
    assert_int_equal(failed, 5);
    expect_error(DUN_FAILED, 1062, "");
    assert_true(one->in_transaction);
    assert_answer(one, "SELECT GROUP_CONCAT(a ORDER BY a) FROM t", "1,2");
    assert_true(DRIVER->rollback(one, error));
    assert_false(one->in_transaction);
    assert_answer(one, "SELECT GROUP_CONCAT(a ORDER BY a) FROM t", "1");
}

static void errors_of_items_have_positions(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *place;
    } cases[] = {
        {"SELECT 1 FRM x", "x"},        {"SELECT\n1\n FRM x", "x"},
        {"CREATE TABLE u (a INT,", ""}, {"SELECT * FROM nowhere", "nowhere"},
        {"SELEC 1", "SELEC"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        item_count = 0;
        add(DB_READ, "SELECT 1 FROM t WHERE a = 1 OR a = 2");
        add(DB_READ, "SELECT\n2");
        add(DB_APART, cases[i].sql);
        add(DB_READ, "SELECT 'x FRM x' FROM\nt WHERE a = 3");
        assert_false(run_batch());
        assert_int_equal(failed, 2);
        const char *place =
            *cases[i].place ? strstr(cases[i].sql, cases[i].place) : cases[i].sql + strlen(cases[i].sql);
        if (error_get_position(error) != place - cases[i].sql)
            fail_msg("%s: place %td", dun_error_message(error), error_get_position(error));
        dun_error_clear(error);
    }
}

static void results_are_kept_where_wanted(void **state)
{
    (void)state;
    add(DB_READ, "SELECT 1")->keep_result = true;
    add(DB_READ, "SELECT 2");
    add(DB_APART, "INSERT INTO t VALUES (1), (2)")->keep_result = true;
    struct db_item *last = add(DB_READ, "SELECT * FROM nowhere");
    last->keep_result = last->may_fail = true;
    uint64_t trips = one->round_trips;
    assert_true(run_batch());
    assert_int_equal(one->round_trips - trips, 1);
    assert_int_equal(told_count, 3);
    assert_string_equal(dun_result_value(outcomes[0].result, 0, 0), "1");
    assert_null(outcomes[1].result);
    assert_int_equal(dun_result_affected(outcomes[2].result), 2);
    assert_null(outcomes[3].result);
    assert_true(engine_mysql.history->is_missing_table(outcomes[3].error));
    free_outcomes();

    last->sql = "SELECT 3 AS c";
    last->length = strlen(last->sql);
    items[2] = items[1];
    assert_true(run_batch());
    assert_string_equal(dun_result_column(outcomes[3].result, 0), "c");
    assert_null(outcomes[3].error);
    free_outcomes();
}

static void wrong_items_are_refused(void **state)
{
    (void)state;
    add(DB_APART, "INSERT INTO t VALUES (1)");
    add(DB_JOIN, "COPY t FROM stdin")->copy_data = "1\n";
    add(DB_APART, "INSERT INTO t VALUES (2)");
    assert_false(run_batch());
    assert_int_equal(failed, 1);
    expect_error(DUN_BAD_INPUT, 0, "COPY");
    item_count = 0;
    add(DB_READ, "SELECT 1")->may_fail = true;
    add(DB_READ, "SELECT 1");
    assert_false(run_batch());
    expect_error(DUN_USAGE, 0, "last");
    assert_answer(one, "SELECT GROUP_CONCAT(a) FROM t", "1");
}

static void items_with_many_results_stand_alone(void **state)
{
    (void)state;
    exec(one, "CREATE PROCEDURE p() BEGIN SELECT 1; INSERT INTO t VALUES (1); SELECT 2; END");
    exec(one, "CREATE PROCEDURE q() BEGIN SELECT 1; INSERT INTO t VALUES (1); SELECT 2; END");
    add(DB_READ, "SELECT 1");
    add(DB_APART, "CALL p()")->many_results = true;
    add(DB_APART, "INSERT INTO t VALUES (2)");
    uint64_t trips = one->round_trips;
    run_well();
    assert_int_equal(one->round_trips - trips, 3);
    assert_answer(one, "SELECT GROUP_CONCAT(a) FROM t", "1,2");

    add(DB_READ, "SELECT 1");
    add(DB_APART, "CALL q()")->many_results = true;
    add(DB_APART, "INSERT INTO t VALUES (3)");
    assert_false(run_batch());
    assert_int_equal(failed, 1);
    expect_error(DUN_FAILED, 1062, "");
    assert_answer(one, "SELECT GROUP_CONCAT(a) FROM t", "1,2");
}

/* What has run is not known then, so nothing may go on in that session. */
static void expect_wrong_count(const char *more_or_fewer)
{
    assert_false(run_batch());
    expect_error(DUN_FAILED, 0, more_or_fewer);
    assert_true(one->lost);
    DRIVER->close(one);
    one = open_url(&url);
    item_count = 0;
}

static void hidden_statements_are_noticed(void **state)
{
    (void)state;
    add(DB_READ, "SELECT 1");
    add(DB_READ, "SELECT 2; SELECT 3");
    expect_wrong_count("more statements");
    add(DB_READ, "SELECT 1; SELECT 2");
    expect_wrong_count("more statements");
    add(DB_READ, "SELECT 1 /* hidden");
    add(DB_READ, "SELECT 2 */");
    expect_wrong_count("fewer statements");
}

/* Under NO_BACKSLASH_ESCAPES the splitter may have cut strings elsewhere than the server would. */
static void backslashes_that_mean_nothing_are_refused(void **state)
{
    (void)state;
    add(DB_READ, "SELECT 'a\\\\'");
    run_well();
    exec(one, "SET sql_mode = 'NO_BACKSLASH_ESCAPES'");
    add(DB_READ, "SELECT 'a\\\\'");
    assert_false(run_batch());
    expect_error(DUN_BAD_INPUT, 0, "NO_BACKSLASH_ESCAPES");
    item_count = 0;
    add(DB_APART, "SET sql_mode = DEFAULT");
    add(DB_READ, "SELECT 'a\\\\'");
    run_well();
}

static void executable_comments_do_nothing_or_something(void **state)
{
    (void)state;
    add(DB_APART, "/*!40101 SET @a = 1 */");
    add(DB_APART, "/*!99999 SET @a = 2 */");
    add(DB_APART, "/*!50799 SET @a = @a + 4 */");
    add(DB_APART, "/*!999999 SET @a = 3 */");
    add(DB_APART, "/*M!100100 SET @b = 4 */");
    add(DB_APART, "/*M!999999 SET @b = 5 */");
    add(DB_APART, "/*! SET @c = 6 */");
    add(DB_APART, "/*!999999 x */ SET @d = 7 /*!999999 y */");
    run_well();
    bool mariadb = strstr(one->server, "MariaDB") != NULL;
    assert_answer(one, "SELECT CONCAT_WS(',', @a, @b, @c, @d)", mariadb ? "1,4,6,7" : "5,6,7");
    add(DB_APART, "# nothing");
    run_well();
}

static void large_statements_go_alone(void **state)
{
    (void)state;
    const size_t size = 12 << 20;
    char *sql = malloc(size + 1);
    memset(sql, 'x', size);
    memcpy(sql, "SELECT LENGTH('", 15);
    memcpy(sql + size - 2, "')", 3);
    add(DB_READ, "SELECT 1");
    add(DB_READ, sql)->keep_result = true;
    add(DB_APART, "INSERT INTO t VALUES (1)");
    uint64_t trips = one->round_trips;
    assert_true(run_batch());
    assert_int_equal(one->round_trips - trips, 3);
    assert_int_equal(result_integer(outcomes[1].result, 0, 0, 0), size - 17);
    free_outcomes();
    free(sql);
}

static void batches_are_cancelled(void **state)
{
    (void)state;
    exec(one, "START TRANSACTION");
    for (int i = 0; i < 1500; ++i)
        add(DB_JOIN, i < 500    ? "DO 0"
                     : i == 500 ? "SELECT SLEEP(30)"
                                : arena_printf(arena, "INSERT INTO t VALUES (%d)", i));
    struct later later = {.milliseconds = 400, .cancel = dun_cancel_new()};
    struct task_group *group = start_later(&later);
    struct task_scope scope;
    task_scope_enter(&scope, later.cancel, -1);
    int64_t start = task_now();
    assert_false(run_batch());
    assert_uint_in_range(task_now() - start, 300, 15000);
    task_scope_leave(&scope);
    assert_uint_in_range(failed, 500,
                         1000); /* on MySQL, SLEEP ends well and the server goes on for a while */
    expect_error(DUN_INTERRUPTED, -1, "interrupted");
    assert_true(task_group_join(group, false, NULL));
    assert_answer(one, "SELECT COUNT(*) FROM t", arena_printf(arena, "%zu", failed - 500 - (failed > 500)));

    /* DO SLEEP ends well when it is killed, and the server goes on; what the batch says is what has happened
     */
    item_count = 0;
    dun_cancel_free(later.cancel);
    later.cancel = dun_cancel_new();
    for (int i = 0; i < 20; ++i)
        add(DB_APART, "DO SLEEP(1)");
    add(DB_READ, "SELECT SLEEP(30)");
    group = start_later(&later);
    task_scope_enter(&scope, later.cancel, -1);
    start = task_now();
    if (run_batch())
        assert_null(strstr(one->server, "MariaDB")); /* on MySQL, SLEEP ends well in a SELECT, too */
    else
        expect_error(DUN_INTERRUPTED, -1, "interrupted");
    assert_uint_in_range(task_now() - start, 300, 15000);
    task_scope_leave(&scope);
    assert_true(told_count >= 20);
    assert_true(task_group_join(group, false, NULL));
    dun_cancel_free(later.cancel);
    assert_answer(one, "SELECT 'in step'", "in step");
}

static void run_batch_cancelled(int64_t after_ms)
{
    struct later later = {.milliseconds = after_ms, .cancel = dun_cancel_new()};
    struct task_group *group = start_later(&later);
    struct task_scope scope;
    task_scope_enter(&scope, later.cancel, -1);
    int64_t start = task_now();
    assert_false(run_batch());
    assert_uint_in_range(task_now() - start, 0, 15000);
    task_scope_leave(&scope);
    assert_true(task_group_join(group, false, NULL));
    dun_cancel_free(later.cancel);
    expect_error(DUN_INTERRUPTED, -1, "interrupted");
}

/* A KILL that hits none of them ends the packet without a word of the server: once in some twenty rounds. */
static void batches_are_cancelled_between_statements(void **state)
{
    (void)state;
    for (int i = 0; i < 3000; ++i)
        add(DB_APART, i % 2 ? "DROP TABLE n" : "CREATE TABLE n (a INT)");
    for (int round = 0; round < 40; ++round) {
        run_batch_cancelled(5 + round);
        if (one->lost) {
            DRIVER->close(one);
            one = open_url(&url);
        }
        assert_answer(one, "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'n'",
                      told_count % 2 ? "1" : "0");
        exec(one, "DROP TABLE IF EXISTS n");
    }
}

static void nothing_is_sent_after_the_scope_has_ended(void **state)
{
    (void)state;
    struct task_scope scope;
    add(DB_APART, "INSERT INTO t VALUES (1)");
    task_scope_enter(&scope, NULL, 0);
    assert_false(run_batch());
    task_scope_leave(&scope);
    assert_int_equal(failed, 0);
    expect_error(DUN_FAILED, 0, "timed out");
    assert_answer(one, "SELECT COUNT(*) FROM t", "0");
}

static void a_lost_connection_ends_the_batch(void **state)
{
    (void)state;
    struct later later = {.milliseconds = 200,
                          .sql =
                              arena_printf(arena, "KILL CONNECTION %s", ask(one, "SELECT CONNECTION_ID()"))};
    add(DB_APART, "INSERT INTO t VALUES (1)");
    add(DB_READ, "SELECT SLEEP(30)");
    add(DB_APART, "INSERT INTO t VALUES (2)");
    struct task_group *group = start_later(&later);
    assert_false(run_batch());
    assert_true(task_group_join(group, false, NULL));
    assert_int_equal(failed, 1);
    expect_error(DUN_NO_CONNECTION, -1, "lost");
    assert_false(run_batch());
    assert_int_equal(failed, 0);
    expect_error(DUN_NO_CONNECTION, -1, "lost");
}

static bool update_the_other_row(void *argument, dun_error *failure)
{
    return db_exec(argument, "UPDATE t SET a = 12 WHERE a = 1", failure);
}

/* The session that has done more wins; the other one is told, and its transaction is gone. */
static void deadlocks_are_told(void **state)
{
    (void)state;
    exec(one, "INSERT INTO t VALUES (1), (2)");
    dun_connection *two = open_url(&url);
    assert_true(DRIVER->begin(two, error));
    exec(two, "UPDATE t SET a = 22 WHERE a = 2");
    exec(two, "INSERT INTO t SELECT seq FROM seq_1_to_1000 WHERE seq > 100");
    assert_true(DRIVER->begin(one, error));
    exec(one, "UPDATE t SET a = 11 WHERE a = 1");
    struct task_group *group = task_group_new();
    assert_true(task_group_start(group, "other", update_the_other_row, two, error));
    task_sleep(200);
    add(DB_JOIN, "UPDATE t SET a = 21 WHERE a = 2");
    add(DB_COMMIT, NULL);
    assert_false(run_batch());
    assert_int_equal(failed, 0);
    expect_in(dun_error_hint(error), "rolled the whole transaction back");
    expect_error(DUN_FAILED, 1213, "Deadlock");
    assert_true(task_group_join(group, false, error));
    assert_true(DRIVER->rollback(one, error));
    assert_true(DRIVER->rollback(two, error));
    DRIVER->close(two);
    assert_answer(one, "SELECT GROUP_CONCAT(a ORDER BY a) FROM t", "1,2");
}

static void the_session_is_brought_back(void **state)
{
    (void)state;
    struct db_url with_command = with_option(&url, "init_command", "SET @from_init = 1");
    close_one(state);
    one = open_url(&with_command);
    static const char query[] =
        "SELECT CONCAT_WS('|', DATABASE(), @@sql_mode, @@foreign_key_checks, @@unique_checks, @@sql_notes, "
        "@@time_zone, @@autocommit, @@lock_wait_timeout, @@innodb_lock_wait_timeout, @@character_set_client, "
        "@@character_set_results, @@collation_connection, @@sql_log_bin, @@group_concat_max_len, "
        "@@sql_select_limit, "
        "@@sql_safe_updates, @@default_storage_engine, @from_init)";
    const char *before = ask(one, query);
    expect_in(before, url.database);
    exec(one, "USE mysql");
    exec(one,
         "SET sql_mode = 'ANSI', foreign_key_checks = 0, unique_checks = 0, sql_notes = 0, time_zone = "
         "'+05:00', "
         "autocommit = 0, lock_wait_timeout = 1, innodb_lock_wait_timeout = 1, group_concat_max_len = 5000, "
         "sql_select_limit = 3, sql_safe_updates = 1, default_storage_engine = MyISAM, @from_init = 2");
    exec(one, "SET NAMES latin1");
    assert_string_not_equal(ask(one, query), before);
    for (const char *const *reset = engine_mysql.history->session_reset; *reset; ++reset)
        add(DB_APART, *reset);
    run_well();
    assert_string_equal(ask(one, query), before);

    struct db_url without_database = url;
    without_database.database = NULL;
    close_one(state);
    one = open_url(&without_database);
    for (const char *const *reset = engine_mysql.history->session_reset; *reset; ++reset)
        add(DB_APART, *reset);
    uint64_t trips = one->round_trips;
    run_well();
    assert_int_equal(one->round_trips - trips, 1);
}

static void the_history_texts_work(void **state)
{
    (void)state;
    const struct engine_history *history = engine_mysql.history;
    assert_answer(one, history->schema_of_table, url.database);
    exec(one, "SET sql_mode = 'ANSI,TRADITIONAL', time_zone = '+07:00'");
    exec(one, arena_printf(arena, "CREATE TABLE IF NOT EXISTS h %s", history->columns));
    exec(
        one,
        arena_printf(
            arena,
            "INSERT INTO h (id, version, name, direction, state, statements, done, checksum, started_at, "
            "applied_by, dunlin_version) VALUES (1, '1', 'caf\xC3\xA9', 'up', 'running', 2, 0, '', %s, 'me', "
            "'0.1')",
            history->now));
    exec(one, "DO SLEEP(0.12)");
    struct str update = STR_INIT;
    str_append(&update, "UPDATE h SET elapsed_ms = ");
    const char *hole = strstr(history->elapsed_since, "%s");
    str_append_n(&update, history->elapsed_since, (size_t)(hole - history->elapsed_since));
    str_printf(&update, "started_at%s", hole + 2);
    exec(one, str_text(&update));
    str_free(&update);
    assert_answer(one, "SELECT elapsed_ms BETWEEN 100 AND 3000 FROM h", "1");
    assert_answer(one, "SELECT ABS(TIMESTAMPDIFF(SECOND, started_at, UTC_TIMESTAMP())) < 10 FROM h", "1");
    assert_answer(one, "SELECT format FROM h", "1");
    assert_answer(one, "SELECT COUNT(*) FROM h WHERE name = 'cafe'", "0");
    assert_null(history->transaction_start);
}

#define BATCH_TEST(function) cmocka_unit_test_setup_teardown(function, open_for_batch, close_one)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BATCH_TEST(many_items_take_few_round_trips),
        BATCH_TEST(programs_end_where_they_were_written),
        BATCH_TEST(a_failure_ends_the_batch),
        BATCH_TEST(a_failed_transaction_stays_open),
        BATCH_TEST(errors_of_items_have_positions),
        BATCH_TEST(results_are_kept_where_wanted),
        BATCH_TEST(wrong_items_are_refused),
        BATCH_TEST(items_with_many_results_stand_alone),
        BATCH_TEST(hidden_statements_are_noticed),
        BATCH_TEST(backslashes_that_mean_nothing_are_refused),
        BATCH_TEST(executable_comments_do_nothing_or_something),
        BATCH_TEST(large_statements_go_alone),
        BATCH_TEST(batches_are_cancelled),
        BATCH_TEST(batches_are_cancelled_between_statements),
        BATCH_TEST(nothing_is_sent_after_the_scope_has_ended),
        BATCH_TEST(a_lost_connection_ends_the_batch),
        BATCH_TEST(deadlocks_are_told),
        BATCH_TEST(the_session_is_brought_back),
        BATCH_TEST(the_history_texts_work),
    };
    return cmocka_run_group_tests_name("mysql_batch", tests, make_database, drop_database);
}
