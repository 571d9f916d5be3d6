/* Single statements and streams on MySQL and MariaDB: values, errors, cancelling, lost connections. */
#include "mysql_support.h"

static dun_result *query_with(dun_connection *connection, const char *sql, size_t count,
                              const char *const *parameters)
{
    struct db_statement statement = {sql, strlen(sql), count, parameters};
    dun_result *result = NULL;
    if (!DRIVER->query(connection, &statement, &result, error))
        return NULL;
    return result;
}

static void parameters_become_literals(void **state)
{
    (void)state;
    const char *const values[] = {"it's", "back\\slash", NULL, "2", "\xC3\xA4\xF0\x9F\x90\xA6"};
    dun_result *result = query_with(one,
                                    "SELECT $1, $2, $3, $5, '$1', \"$2\", `$4` /* $1 */ -- $1\n"
                                    "FROM (SELECT 7 AS `$4` UNION SELECT 8 UNION SELECT 9) AS t LIMIT $4",
                                    5, values);
    if (!result)
        fail_msg("%s", dun_error_message(error));
    assert_int_equal(dun_result_rows(result), 2);
    assert_string_equal(dun_result_value(result, 0, 0), "it's");
    assert_string_equal(dun_result_value(result, 0, 1), "back\\slash");
    assert_null(dun_result_value(result, 0, 2));
    assert_string_equal(dun_result_value(result, 0, 3), values[4]);
    assert_string_equal(dun_result_value(result, 0, 4), "$1");
    assert_string_equal(dun_result_value(result, 0, 5), "$2");
    assert_string_equal(dun_result_value(result, 1, 6), "8");
    dun_result_free(result);

    assert_null(query_with(one, "SELECT $1, $6", 5, values));
    expect_error(DUN_USAGE, 0, "$6");
}

static void backslashes_survive_every_sql_mode(void **state)
{
    (void)state;
    const char *const values[] = {"a\\'b\\\\"};
    exec(one, "SET sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES'");
    dun_result *result = query_with(one, "SELECT $1", 1, values);
    assert_non_null(result);
    assert_string_equal(dun_result_value(result, 0, 0), values[0]);
    dun_result_free(result);
}

static void results_have_names_nulls_and_counts(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (id INT PRIMARY KEY, b BLOB)");
    dun_result *result = query_with(one, "INSERT INTO t VALUES (1, NULL), (2, ''), (3, X'610062')", 0, NULL);
    assert_int_equal(dun_result_affected(result), 3);
    dun_result_free(result);
    result = query_with(one, "SELECT id, b AS bytes FROM t ORDER BY id", 0, NULL);
    assert_int_equal(dun_result_columns(result), 2);
    assert_string_equal(dun_result_column(result, 1), "bytes");
    assert_null(dun_result_value(result, 0, 1));
    assert_string_equal(dun_result_value(result, 1, 1), "");
    assert_int_equal(dun_result_length(result, 2, 1), 3);
    assert_memory_equal(dun_result_value(result, 2, 1), "a\0b", 4);
    assert_int_equal(dun_result_affected(result), -1);
    dun_result_free(result);
    /* FOUND_ROWS is off: rows that stay as they are do not count */
    result = query_with(one, "UPDATE t SET b = '' WHERE id < 3", 0, NULL);
    assert_int_equal(dun_result_affected(result), 1);
    dun_result_free(result);
}

static void the_last_of_several_results_is_kept(void **state)
{
    (void)state;
    exec(one, "CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2, 3; DO 0; END");
    uint64_t trips = one->round_trips;
    dun_result *result = query_with(one, "CALL p()", 0, NULL);
    assert_int_equal(dun_result_columns(result), 2);
    assert_string_equal(dun_result_value(result, 0, 0), "2");
    dun_result_free(result);
    assert_int_equal(one->round_trips - trips, 1);
    assert_answer(one, "SELECT 'in step'", "in step");

    exec(one, "CREATE PROCEDURE q() BEGIN SELECT 1; SELECT * FROM nowhere; END");
    assert_null(query_with(one, "CALL q()", 0, NULL));
    expect_error(DUN_FAILED, 1146, "nowhere");
    assert_answer(one, "SELECT 'in step'", "in step");
}

static void errors_have_numbers_and_hints(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        int number;
        const char *hint;
    } cases[] = {
        {"SELECT * FROM nowhere", 1146, "create it"},
        {"CREATE TABLE t (a DATE NOT NULL DEFAULT '2020-02-31')", 1067, "sql_mode"},
        {"CREATE TABLE t (a VARCHAR(2000) CHARACTER SET utf8mb4 PRIMARY KEY) ENGINE=InnoDB", 1071, "3072"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        assert_false(db_exec(one, cases[i].sql, error));
        expect_in(dun_error_hint(error), cases[i].hint);
        assert_int_equal(strlen(dun_error_sqlstate(error)), 5);
        expect_error(DUN_FAILED, cases[i].number, "");
    }
    exec(one, "CREATE TABLE ok (a INT)");
    assert_false(one->lost);
}

static void check_position(const char *sql, const char *place)
{
    assert_false(db_exec(one, sql, error));
    const char *expected = place ? strstr(sql, place) : sql + strlen(sql);
    if (error_get_position(error) != expected - sql)
        fail_msg("%s: place %td instead of %td", dun_error_message(error), error_get_position(error),
                 expected - sql);
    dun_error_clear(error);
}

static void check_no_position(const char *sql)
{
    assert_false(db_exec(one, sql, error));
    assert_int_equal(error_get_position(error), -1);
    dun_error_clear(error);
}

static void errors_have_positions(void **state)
{
    (void)state;
    check_position("SELEC 1", "SELEC");
    check_position("SELECT x FROM (SELECT 1 AS x) AS t\nWHERE x = = 1", "= 1");
    check_position("SELECT 1, x x x FROM t", "x FROM");
    check_position("SELECT '\xC3\xA4', \xC3\xA9 \xC3\xA9 \xC3\xA9", "\xC3\xA9\0");
    check_position("CREATE TABLE t (a INT,", NULL);
    check_position("SELECT 'a'' near ''b'' at line 1', frm frm frm", "frm\0");
    check_position("SELECT\n\n\n1 1 1", "1 1\0");
    check_position("CREATE TABLE t (\n  a INT,\n  b INTT,\n  c VARCHAR(20) NOT NULL DEFAULT '',"
                   "  d VARCHAR(20) NOT NULL DEFAULT 'a text so long that it is cut'\n)",
                   "INTT");
    check_position("SELECT 1 AS nowhere_, Nowhere", "Nowhere");
    check_position("SELECT * FROM `mysql`.`no table`, x", "`no");
    check_position("SELECT mysql.nowhere(1)", "nowhere");
    check_position("DROP TABLE nowhere", "nowhere");
    check_no_position("CREATE TABLE t (a INT, b INT, KEY k (a), KEY K (b))");
    check_no_position("SELECT a.nowhere, b.nowhere FROM (SELECT 1) AS a, (SELECT 1) AS b");

    const char *const values[] = {"a"};
    assert_null(query_with(one, "SELECT $1 FRM FRM", 1, values));
    assert_int_equal(error_get_position(error), -1);
    dun_error_clear(error);
    assert_null(query_with(one, "SELEC $1", 1, values));
    assert_int_equal(error_get_position(error), 0);
    dun_error_clear(error);
}

static void transactions_commit_and_roll_back(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (a INT)");
    assert_true(DRIVER->rollback(one, error));
    assert_true(DRIVER->begin(one, error));
    assert_true(one->in_transaction);
    exec(one, "INSERT INTO t VALUES (1)");
    assert_true(DRIVER->rollback(one, error));
    assert_false(one->in_transaction);
    assert_answer(one, "SELECT COUNT(*) FROM t", "0");
    assert_true(DRIVER->begin(one, error));
    exec(one, "INSERT INTO t VALUES (1)");
    assert_true(DRIVER->commit(one, error));
    assert_false(one->in_transaction);
    assert_true(DRIVER->rollback(one, error));
    assert_answer(one, "SELECT COUNT(*) FROM t", "1");
}

static void echo_shows_what_is_sent(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size = 0;
    FILE *echo = open_memstream(&text, &size);
    dun_connection *loud = NULL;
    assert_true(try_open(&url, echo, 10000, &loud));
    uint64_t trips = loud->round_trips;
    const char *const values[] = {"x"};
    dun_result_free(query_with(loud, "SELECT $1", 1, values));
    DRIVER->begin(loud, error);
    DRIVER->rollback(loud, error);
    /* MySQL does not say whether autocommit is on */
    const char *first = strstr(loud->server, "MariaDB") ? "" : "SET autocommit=1;\n";
    assert_int_equal(loud->statements, *first ? 4 : 3);
    assert_int_equal(loud->round_trips - trips, 3);
    DRIVER->close(loud);
    fclose(echo);
    assert_string_equal(text, arena_printf(arena, "%sSELECT 'x';\nSTART TRANSACTION;\nROLLBACK;\n", first));
    free(text);
}

/* Each is under way when it is cancelled, and the connection is good for a ROLLBACK and more. */
static void statements_are_cancelled(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE big (a INT, b VARCHAR(200))");
    exec(one, "INSERT INTO big SELECT seq, REPEAT('x', 200) FROM seq_1_to_100000");
    exec(admin, arena_printf(arena, "USE %s", url.database));
    exec(admin, "DO GET_LOCK('held', 0)");
    static const char *const statements[] = {
        "SELECT SLEEP(30)",
        "DO SLEEP(30)",
        "SELECT GET_LOCK('held', 30)",
        "ALTER TABLE big ADD COLUMN c INT AS (a * 2) STORED, ADD INDEX (b, c), ALGORITHM=COPY",
        "INSERT INTO big SELECT a.a, b.b FROM big AS a, big AS b",
        "SELECT COUNT(*) FROM big AS a, big AS b WHERE a.b < b.a",
        "SELECT REPEAT('x', 1000), SLEEP(0.02) FROM seq_1_to_10000",
    };
    for (size_t i = 0; i < sizeof statements / sizeof *statements; ++i) {
        run_cancelled(one, statements[i], 150);
        if (one->lost)
            fail_msg("%s: lost the connection", statements[i]);
        assert_true(DRIVER->rollback(one, error));
        assert_answer(one, "SELECT 'in step'", "in step");
    }
    exec(admin, "DO RELEASE_LOCK('held')");
    assert_answer(one, "SELECT COUNT(*) FROM big", "100000");
}

static void a_wait_for_a_row_lock_is_cancelled(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (a INT PRIMARY KEY)");
    exec(one, "INSERT INTO t VALUES (1)");
    dun_connection *two = open_url(&url);
    assert_true(DRIVER->begin(two, error));
    exec(two, "UPDATE t SET a = 2");
    assert_true(DRIVER->begin(one, error));
    run_cancelled(one, "UPDATE t SET a = 3", 150);
    assert_true(DRIVER->rollback(one, error));
    exec(one, "SET innodb_lock_wait_timeout = 1");
    assert_false(db_exec(one, "UPDATE t SET a = 3", error));
    expect_in(dun_error_hint(error), "another transaction");
    expect_error(DUN_FAILED, 1205, "Lock wait");
    DRIVER->close(two);
}

static void deadlines_end_statements(void **state)
{
    (void)state;
    struct task_scope scope;
    int64_t start = task_now();
    task_scope_enter(&scope, NULL, 200);
    assert_false(db_exec(one, "SELECT SLEEP(30)", error));
    expect_error(DUN_FAILED, -1, "timed out");
    assert_false(db_exec(one, "SELECT 1", error)); /* is not even sent */
    expect_error(DUN_FAILED, 0, "timed out");
    task_scope_leave(&scope);
    assert_uint_in_range(task_now() - start, 150, 20000);
    assert_answer(one, "SELECT 'in step'", "in step");
}

/* However a cancellation falls together with the end of a statement, the next one is not hit. */
static void cancelling_hits_only_its_statement(void **state)
{
    (void)state;
    for (int64_t i = 0; i < 30; ++i) {
        struct later later = {.milliseconds = 8 + i % 10, .cancel = dun_cancel_new()};
        struct task_group *group = start_later(&later);
        struct task_scope scope;
        task_scope_enter(&scope, later.cancel, -1);
        if (!db_exec(one, "SELECT SLEEP(0.012)", error))
            expect_error(DUN_INTERRUPTED, -1, "interrupted");
        task_scope_leave(&scope);
        for (int next = 0; next < 5; ++next)
            assert_answer(one, "SELECT SUM(seq) FROM seq_1_to_1000", "500500");
        assert_true(task_group_join(group, false, NULL));
        dun_cancel_free(later.cancel);
    }
}

static void losing_the_connection_is_told(void **state)
{
    (void)state;
    assert_true(DRIVER->alive(one));
    struct later later = {.milliseconds = 150,
                          .sql =
                              arena_printf(arena, "KILL CONNECTION %s", ask(one, "SELECT CONNECTION_ID()"))};
    struct task_group *group = start_later(&later);
    assert_false(db_exec(one, "SELECT SLEEP(30)", error));
    assert_true(task_group_join(group, false, NULL));
    expect_error(DUN_NO_CONNECTION, -1, "lost");
    assert_true(one->lost);
    assert_false(DRIVER->alive(one));
    assert_false(db_exec(one, "SELECT 1", error));
    expect_error(DUN_NO_CONNECTION, -1, "lost");
    dun_stream *stream;
    struct db_statement statement = {.sql = "SELECT 1", .length = 8};
    assert_false(DRIVER->stream_open(one, &statement, &stream, error));
    expect_error(DUN_NO_CONNECTION, -1, "lost");
}

static void an_idle_connection_that_is_gone_is_noticed(void **state)
{
    (void)state;
    exec(admin, arena_printf(arena, "KILL CONNECTION %s", ask(one, "SELECT CONNECTION_ID()")));
    task_sleep(100);
    assert_false(DRIVER->alive(one));
    assert_false(db_exec(one, "SELECT 1", error));
    expect_error(DUN_NO_CONNECTION, -1, "lost");
    close_one(NULL);
    one = open_url(&url);
    exec(admin, arena_printf(arena, "KILL CONNECTION %s", ask(one, "SELECT CONNECTION_ID()")));
    task_sleep(100);
    assert_false(db_exec(one, "SELECT 1", error));
    assert_true(one->lost);
    expect_error(DUN_NO_CONNECTION, -1, "lost");
}

static char *long_select(size_t size)
{
    char *sql = malloc(size);
    memset(sql, 'x', size);
    memcpy(sql, "SELECT LENGTH('", 15);
    memcpy(sql + size - 2, "')", 2);
    return sql;
}

static void long_statements_pass(void **state)
{
    (void)state;
    const size_t size = 12 << 20;
    char *sql = long_select(size);
    struct db_statement statement = {.sql = sql, .length = size};
    dun_result *result = NULL;
    assert_true(DRIVER->query(one, &statement, &result, error));
    assert_int_equal(result_integer(result, 0, 0, -1), size - 17);
    dun_result_free(result);
    free(sql);
}

static void statements_that_are_too_long_are_explained(void **state)
{
    (void)state;
    const size_t size = (size_t)atol(ask(one, "SELECT @@max_allowed_packet")) + (1 << 20);
    char *sql = long_select(size);
    struct db_statement statement = {.sql = sql, .length = size};
    assert_false(DRIVER->query(one, &statement, NULL, error));
    free(sql);
    expect_in(dun_error_hint(error), "max_allowed_packet");
    assert_true(one->lost);
    expect_error(DUN_NO_CONNECTION, -1, "lost");
}

static dun_stream *open_stream(const char *sql, size_t count, const char *const *parameters)
{
    struct db_statement statement = {sql, strlen(sql), count, parameters};
    dun_stream *stream = NULL;
    if (!DRIVER->stream_open(one, &statement, &stream, error))
        return NULL;
    return stream;
}

static void streams_give_rows_in_constant_memory(void **state)
{
    (void)state;
    const char *const values[] = {"1000000"};
    long before = resident_megabytes();
    dun_stream *stream =
        open_stream("SELECT seq, NULL AS n, REPEAT('x', 50) FROM seq_1_to_1000000 LIMIT $1", 1, values);
    assert_non_null(stream);
    assert_int_equal(stream->columns, 3);
    assert_string_equal(stream->names[1], "n");
    uint64_t rows = 0, sum = 0;
    int next;
    while ((next = DRIVER->stream_next(stream, error)) == 1) {
        sum += strtoull(stream->values[0].text, NULL, 10);
        ++rows;
        assert_null(stream->values[1].text);
        assert_int_equal(stream->values[2].length, 50);
    }
    assert_int_equal(next, 0);
    assert_int_equal(DRIVER->stream_next(stream, error), 0);
    assert_int_equal(rows, 1000000);
    assert_int_equal(sum, UINT64_C(500000500000));
    assert_true(resident_megabytes() - before < 20);
    DRIVER->stream_close(stream);
    assert_answer(one, "SELECT 'in step'", "in step");
}

static void streams_close_early(void **state)
{
    (void)state;
    static const char *const queries[] = {
        "SELECT REPEAT('x', 200) FROM seq_1_to_50000000",
        "SELECT 1",
        "SELECT SLEEP(0.001), REPEAT('x', 100) FROM seq_1_to_1000000",
    };
    for (size_t i = 0; i < sizeof queries / sizeof *queries; ++i) {
        int64_t start = task_now();
        dun_stream *stream = open_stream(queries[i], 0, NULL);
        assert_non_null(stream);
        assert_int_equal(DRIVER->stream_next(stream, error), 1);
        DRIVER->stream_close(stream);
        assert_uint_in_range(task_now() - start, 0, 4000);
        assert_false(one->lost);
        assert_answer(one, "SELECT 'in step'", "in step");
    }
}

static void streams_fail_at_once_or_on_the_way(void **state)
{
    (void)state;
    assert_null(open_stream("SELECT * FRM x", 0, NULL));
    assert_int_equal(error_get_position(error), strlen("SELECT * "));
    expect_error(DUN_FAILED, 1064, "FRM");
    dun_stream *stream =
        open_stream("SELECT seq, IF(seq = 1000, (SELECT 1 UNION SELECT 2), 0) FROM seq_1_to_2000", 0, NULL);
    int next = 0;
    while (stream && (next = DRIVER->stream_next(stream, error)) == 1)
        continue;
    if (stream) {
        assert_int_equal(next, -1);
        dun_error_clear(error);
        assert_int_equal(DRIVER->stream_next(stream, error), -1);
        DRIVER->stream_close(stream);
    }
    expect_error(stream ? DUN_USAGE : DUN_FAILED, -1, "");
    assert_answer(one, "SELECT 'in step'", "in step");
}

static void streams_without_rows_and_with_several_results(void **state)
{
    (void)state;
    exec(one, "CREATE PROCEDURE p() BEGIN DO 0; SELECT 1 AS a; SELECT 2; END");
    dun_stream *stream = open_stream("CALL p()", 0, NULL);
    assert_int_equal(DRIVER->stream_next(stream, error), 1);
    assert_string_equal(stream->values[0].text, "1");
    assert_int_equal(DRIVER->stream_next(stream, error), 0);
    DRIVER->stream_close(stream);
    stream = open_stream("DO 0", 0, NULL);
    assert_int_equal(stream->columns, 0);
    assert_int_equal(DRIVER->stream_next(stream, error), 0);
    DRIVER->stream_close(stream);
    assert_answer(one, "SELECT 'in step'", "in step");
}

static void streams_are_cancelled(void **state)
{
    (void)state;
    static const char *const queries[] = {
        "SELECT REPEAT('x', 200) FROM seq_1_to_1000000000",
        "SELECT SLEEP(0.02), REPEAT('x', 1000) FROM seq_1_to_1000000",
    };
    for (size_t i = 0; i < sizeof queries / sizeof *queries; ++i) {
        struct later later = {.milliseconds = 300, .cancel = dun_cancel_new()};
        struct task_group *group = start_later(&later);
        struct task_scope scope;
        int64_t start = task_now();
        task_scope_enter(&scope, later.cancel, -1);
        dun_stream *stream = open_stream(queries[i], 0, NULL);
        int next = 0;
        while (stream && (next = DRIVER->stream_next(stream, error)) == 1)
            continue;
        task_scope_leave(&scope);
        assert_non_null(stream);
        assert_int_equal(next, -1);
        expect_error(DUN_INTERRUPTED, -1, "interrupted");
        DRIVER->stream_close(stream);
        assert_uint_in_range(task_now() - start, 250, 4000);
        assert_true(task_group_join(group, false, NULL));
        dun_cancel_free(later.cancel);
        assert_answer(one, "SELECT 'in step'", "in step");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(parameters_become_literals),
        TEST(backslashes_survive_every_sql_mode),
        TEST(results_have_names_nulls_and_counts),
        TEST(the_last_of_several_results_is_kept),
        TEST(errors_have_numbers_and_hints),
        TEST(errors_have_positions),
        TEST(transactions_commit_and_roll_back),
        TEST(echo_shows_what_is_sent),
        TEST(statements_are_cancelled),
        TEST(a_wait_for_a_row_lock_is_cancelled),
        TEST(deadlines_end_statements),
        TEST(cancelling_hits_only_its_statement),
        TEST(losing_the_connection_is_told),
        TEST(an_idle_connection_that_is_gone_is_noticed),
        TEST(long_statements_pass),
        TEST(statements_that_are_too_long_are_explained),
        TEST(streams_give_rows_in_constant_memory),
        TEST(streams_close_early),
        TEST(streams_fail_at_once_or_on_the_way),
        TEST(streams_without_rows_and_with_several_results),
        TEST(streams_are_cancelled),
    };
    return cmocka_run_group_tests_name("mysql_statement", tests, make_database, drop_database);
}
