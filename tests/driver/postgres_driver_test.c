/* The PostgreSQL driver: connecting, one statement at a time, errors, cancelling, streams, the history texts.
 */
#include "driver/postgres_support.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

/* Connecting */

static void test_connects(void **state)
{
    (void)state;
    assert_string_equal(one->driver->name, "postgresql");
    assert_non_null(strstr(one->server, "PostgreSQL "));
    assert_null(strchr(one->server, '('));
    assert_true(one->server_version >= 120000);
    assert_answer(one, "SHOW client_encoding", "UTF8");
    assert_answer(one, "SHOW application_name", "dunlin test, me@here, pid 1");

    dun_connection *fresh = open_url(&url);
    assert_uint_in_range(fresh->round_trips, 1, 6);
    assert_int_equal(fresh->statements, 0);
    assert_false(fresh->in_transaction);
    assert_true(DRIVER->alive(fresh));
    DRIVER->close(fresh);
}

static void expect_no_connection(const struct db_url *where, const char *part)
{
    dun_connection *connection = NULL;
    assert_false(try_open(where, NULL, 3000, &connection));
    assert_null(connection);
    assert_null(strchr(dun_error_message(error), '\n'));
    assert_null(strstr(dun_error_message(error), "s3cret"));
    assert_true(!dun_error_hint(error) || !strstr(dun_error_hint(error), "s3cret"));
    assert_int_equal(dun_error_code(error), DUN_NO_CONNECTION);
    if (!strstr(dun_error_message(error), part))
        fail_msg("\"%s\" is not in: %s", part, dun_error_message(error));
}

static void test_says_why_there_is_no_connection(void **state)
{
    (void)state;
    struct db_host nowhere = {"127.0.0.1", "1"};
    struct db_url wrong = {.scheme = "postgresql",
                           .user = "nobody",
                           .password = "s3cret",
                           .hosts = &nowhere,
                           .host_count = 1,
                           .database = "x"};
    expect_no_connection(&wrong, "refused");
    expect_hint("is a server running");

    struct db_url other = url;
    other.database = "there_is_no_such_database";
    expect_no_connection(&other, "there_is_no_such_database");
    expect_hint("createdb");

    other = url;
    other.user = "there_is_no_such_role";
    other.password = "s3cret";
    expect_no_connection(&other, "there_is_no_such_role");

    other = with_option(&url, "host", "/nonexistent/folder");
    expect_no_connection(&other, "No such file or directory");
    expect_hint("?host=");
}

static void test_names_the_nearest_option(void **state)
{
    (void)state;
    dun_connection *connection = NULL;
    struct db_url wrong = with_option(&url, "sslmod", "s3cret");
    assert_false(try_open(&wrong, NULL, 1000, &connection));
    expect_hint("\"sslmode\"");
    assert_null(strstr(dun_error_message(error), "s3cret"));
    expect_error(DUN_BAD_INPUT, "", "\"sslmod\"");

    wrong = with_option(&url, "searchpath", "x");
    assert_false(try_open(&wrong, NULL, 1000, &connection));
    expect_hint("\"search_path\"");

    wrong = with_option(&url, "frobnicate", "x");
    assert_false(try_open(&wrong, NULL, 1000, &connection));
    expect_hint("known are");
}

static void test_passes_options_on(void **state)
{
    (void)state;
    struct db_url more = with_option(&url, "search_path", "\"a b\\\", public");
    struct db_option *options = arena_alloc(arena, (more.option_count + 2) * sizeof *options);
    memcpy(options, more.options, more.option_count * sizeof *options);
    options[more.option_count++] = (struct db_option){"options", "-c statement_timeout=12345"};
    options[more.option_count++] = (struct db_option){"application_name", "mine"};
    more.options = options;
    dun_connection *connection = NULL;
    assert_true(try_open(&more, NULL, 5000, &connection));
    assert_answer(connection, "SHOW search_path", "\"a b\\\", public");
    assert_answer(connection, "SHOW statement_timeout", "12345ms");
    assert_answer(connection, "SHOW application_name", "mine");
    DRIVER->close(connection);
}

static void test_tries_the_next_host(void **state)
{
    (void)state;
    const char *folder = ask(admin, "SELECT split_part(current_setting('unix_socket_directories'), ',', 1)");
    const char *port = ask(admin, "SHOW port");
    struct db_host hosts[] = {{"127.0.0.1", "1"}, {folder, port}};
    struct db_url two = url;
    two.hosts = hosts;
    two.host_count = 2;
    two.option_count = 0;
    dun_connection *connection = NULL;
    if (!try_open(&two, NULL, 5000, &connection))
        fail_msg("%s", dun_error_message(error));
    DRIVER->close(connection);
}

/* A port on which connections are taken by the system, and nobody ever answers. */
static int listen_silently(char *ret_port, size_t room)
{
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    assert_int_equal(bind(listener, (struct sockaddr *)&address, length), 0);
    assert_int_equal(listen(listener, 5), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &length), 0);
    snprintf(ret_port, room, "%d", ntohs(address.sin_port));
    return listener;
}

static void test_gives_up_connecting(void **state)
{
    (void)state;
    char port[16];
    int listener = listen_silently(port, sizeof port);
    struct db_host silent = {"127.0.0.1", port};
    struct db_url where = {
        .scheme = "postgresql", .user = "x", .hosts = &silent, .host_count = 1, .database = "x"};
    dun_connection *connection = NULL;

    int64_t start = task_now();
    assert_false(try_open(&where, NULL, 200, &connection));
    assert_uint_in_range(task_now() - start, 190, 15000);
    expect_error(DUN_NO_CONNECTION, "", "did not answer within 0.2 seconds");

    struct task_scope scope;
    task_scope_enter(&scope, NULL, 100);
    assert_false(try_open(&where, NULL, 60000, &connection));
    task_scope_leave(&scope);
    expect_error(DUN_NO_CONNECTION, "", "did not answer");

    dun_cancel *cancel = dun_cancel_new();
    struct later later = {100, cancel, NULL};
    struct task_group *group = start_later(&later);
    task_scope_enter(&scope, cancel, -1);
    assert_false(try_open(&where, NULL, 60000, &connection));
    task_scope_leave(&scope);
    assert_true(task_group_join(group, false, NULL));
    expect_error(DUN_INTERRUPTED, "", "interrupted");
    dun_cancel_free(cancel);
    close(listener);
}

/* Queries */

static void test_queries(void **state)
{
    (void)state;
    const char *parameters[] = {"Grüße, 世界", NULL, "42"};
    const char *sql = "SELECT $1::text AS greeting, $2::text AS nothing, $3::int + 1 AS more UNION ALL "
                      "SELECT 'a', 'b', 0 -- end";
    struct db_statement statement = {
        .sql = sql, .length = strlen(sql) - 7, .parameter_count = 3, .parameters = parameters};
    dun_result *result = NULL;
    uint64_t trips = one->round_trips, statements = one->statements;
    assert_true(DRIVER->query(one, &statement, &result, error));
    assert_int_equal(one->round_trips - trips, 1);
    assert_int_equal(one->statements - statements, 1);
    assert_int_equal(dun_result_rows(result), 2);
    assert_string_equal(dun_result_column(result, 0), "greeting");
    assert_string_equal(dun_result_value(result, 0, 0), parameters[0]);
    assert_int_equal(dun_result_length(result, 0, 0), strlen(parameters[0]));
    assert_null(dun_result_value(result, 0, 1));
    assert_string_equal(dun_result_value(result, 0, 2), "43");
    assert_int_equal(dun_result_affected(result), -1);
    dun_result_free(result);
}

static int64_t affected_by(const char *sql)
{
    dun_result *result = NULL;
    if (!db_query(one, sql, &result, error))
        fail_msg("%s: %s", sql, dun_error_message(error));
    int64_t affected = dun_result_affected(result);
    dun_result_free(result);
    return affected;
}

static void test_counts_rows(void **state)
{
    (void)state;
    assert_int_equal(affected_by("CREATE TABLE t (i int)"), -1);
    assert_int_equal(affected_by("INSERT INTO t SELECT generate_series(1, 7)"), 7);
    assert_int_equal(affected_by("UPDATE t SET i = i WHERE i > 4"), 3);
    assert_int_equal(affected_by("DELETE FROM t WHERE i = 1 RETURNING i"), 1);
    assert_int_equal(affected_by(""), -1);
    assert_int_equal(affected_by("-- only a comment"), -1);
    assert_int_equal(affected_by("SELECT FROM t"), -1);
}

static void test_refuses_what_it_cannot_do(void **state)
{
    (void)state;
    struct db_statement nul = {.sql = "SELECT 1\0", .length = 9};
    dun_result *result = NULL;
    assert_false(DRIVER->query(one, &nul, &result, error));
    expect_error(DUN_BAD_INPUT, "", "NUL");

    exec(one, "CREATE TABLE t (i int)");
    assert_false(db_query(one, "COPY t FROM STDIN", &result, error));
    expect_error(DUN_FAILED, "", "COPY FROM STDIN has no data");
    exec(one, "INSERT INTO t SELECT generate_series(1, 100000)");
    assert_false(db_query(one, "COPY t TO STDOUT", &result, error));
    expect_error(DUN_FAILED, "", "COPY TO STDOUT");
    assert_false(db_query(one, "SELECT 1; SELECT 2", &result, error));
    expect_error(DUN_FAILED, "42601", "multiple commands");
    assert_answer(one, "SELECT count(*) FROM t", "100000");
    assert_null(result);
}

static void test_sends_50_megabytes(void **state)
{
    (void)state;
    struct str sql = STR_INIT;
    str_append(&sql, "SELECT length('");
    str_reserve(&sql, 50 * 1024 * 1024);
    for (int i = 0; i < 50 * 1024; ++i) {
        char *end = sql.data + sql.length;
        memset(end, 'x', 1024);
        sql.length += 1024;
    }
    str_append(&sql, "')");
    struct db_statement statement = {.sql = sql.data, .length = sql.length};
    dun_result *result = NULL;
    if (!DRIVER->query(one, &statement, &result, error))
        fail_msg("%s", dun_error_message(error));
    assert_string_equal(result_text(result, 0, 0), "52428800");
    dun_result_free(result);
    str_free(&sql);
}

static void test_transactions(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (i int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
    assert_true(DRIVER->rollback(one, error));
    assert_true(DRIVER->begin(one, error));
    assert_true(one->in_transaction);
    exec(one, "INSERT INTO t VALUES (1)");
    assert_true(DRIVER->rollback(one, error));
    assert_false(one->in_transaction);
    assert_answer(one, "SELECT count(*) FROM t", "0");

    assert_true(DRIVER->begin(one, error));
    exec(one, "INSERT INTO t VALUES (1)");
    assert_true(DRIVER->commit(one, error));
    assert_false(one->in_transaction);

    assert_true(DRIVER->begin(one, error));
    exec(one, "INSERT INTO t VALUES (1)");
    assert_false(DRIVER->commit(one, error));
    expect_error(DUN_FAILED, "23505", "t_i_key");
    assert_false(one->in_transaction);

    assert_true(DRIVER->begin(one, error));
    assert_false(db_exec(one, "SELECT 1/0", NULL));
    assert_true(one->in_transaction);
    assert_false(DRIVER->commit(one, error));
    expect_error(DUN_FAILED, "", "rolled back");
    assert_answer(one, "SELECT count(*) FROM t", "1");
}

/* Errors */

static void expect_position(const char *sql, const char *place, const char *sqlstate)
{
    assert_false(db_exec(one, sql, error));
    assert_string_equal(dun_error_sqlstate(error), sqlstate);
    ptrdiff_t expected = place ? strstr(sql, place) - sql : (ptrdiff_t)strlen(sql);
    if (error_get_position(error) != expected)
        fail_msg("%s: %ld and not %ld", sql, (long)error_get_position(error), (long)expected);
}

static void test_tells_the_place_of_an_error(void **state)
{
    (void)state;
    expect_position("SELECT 'äöü 世界 🐦', wrong", "wrong", "42703");
    expect_position("SELEKT", "SELEKT", "42601");
    expect_position("SELECT 'ß' +", NULL, "42601");
    assert_false(db_exec(one, "SELECT 1/0", error));
    assert_int_equal(error_get_position(error), -1);
    expect_error(DUN_FAILED, "22012", "division by zero");
}

static void test_tells_the_servers_details(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (id int PRIMARY KEY)");
    exec(one, "INSERT INTO t VALUES (1)");
    assert_false(db_exec(one, "INSERT INTO t VALUES (1)", error));
    expect_hint("Key (id)=(1) already exists.");
    expect_error(DUN_FAILED, "23505", "t_pkey");

    assert_false(
        db_exec(one, "DO $$ BEGIN RAISE EXCEPTION 'no' USING HINT = 'ask', DETAIL = 'more'; END $$", error));
    expect_hint("more\nask\ncontext: PL/pgSQL function inline_code_block line 1 at RAISE");
    expect_error(DUN_FAILED, "P0001", "no");

    assert_false(db_exec(one, "/* a long comment */ DO $$ BEGIN EXECUTE 'SELECT wrong'; END $$", error));
    expect_hint("its character 8: SELECT wrong");
    assert_int_equal(error_get_position(error), -1);
    expect_error(DUN_FAILED, "42703", "wrong");
}

static void test_advises(void **state)
{
    (void)state;
    exec(one, "CREATE TYPE mood AS ENUM ('sad')");
    assert_true(DRIVER->begin(one, error));
    exec(one, "ALTER TYPE mood ADD VALUE 'happy'");
    assert_false(db_exec(one, "SELECT 'happy'::mood", error));
    expect_hint("in a migration of its own");
    expect_error(DUN_FAILED, "55P04", "happy");
    assert_true(DRIVER->rollback(one, error));

    assert_true(DRIVER->begin(one, error));
    assert_false(db_exec(one, "VACUUM", error));
    expect_hint("-- dunlin: no-transaction");
    expect_error(DUN_FAILED, "25001", "VACUUM");
    assert_true(DRIVER->rollback(one, error));

    exec(one, "CREATE TABLE t ()");
    dun_connection *two = open_url(&url);
    assert_true(DRIVER->begin(two, error));
    exec(two, "LOCK TABLE t");
    assert_false(db_exec(one, "LOCK TABLE t NOWAIT", NULL));
    exec(one, "SET lock_timeout = 50");
    assert_false(db_exec(one, "ALTER TABLE t ADD COLUMN i int", error));
    expect_hint("longer lock_timeout");
    expect_error(DUN_FAILED, "55P03", "lock timeout");
    exec(one, "SET statement_timeout = 20");
    assert_false(db_exec(one, "SELECT pg_sleep(5)", error));
    expect_hint("statement_timeout ran out");
    expect_error(DUN_FAILED, "57014", "statement timeout");
    DRIVER->close(two);
}

/* Cancelling and losing */

static void test_deadline_cancels_on_the_server(void **state)
{
    (void)state;
    struct task_scope scope;
    int64_t start = task_now();
    task_scope_enter(&scope, NULL, 100);
    assert_false(db_exec(one, "SELECT pg_sleep(20)", error));
    expect_error(DUN_FAILED, "57014", "timed out");
    assert_false(db_exec(one, "SELECT 1", error));
    expect_error(DUN_FAILED, "", "nothing was sent");
    task_scope_leave(&scope);
    assert_uint_in_range(task_now() - start, 90, 15000);
    assert_false(one->lost);
    assert_answer(one, "SELECT 'still here'", "still here");
}

static void test_cancel_from_another_task(void **state)
{
    (void)state;
    dun_cancel *cancel = dun_cancel_new();
    struct later later = {100, cancel, NULL};
    struct task_scope scope;
    exec(one, "CREATE TABLE t (i int)");
    struct task_group *group = start_later(&later);
    task_scope_enter(&scope, cancel, -1);
    assert_true(DRIVER->begin(one, error));
    exec(one, "INSERT INTO t VALUES (1)");
    assert_false(db_exec(one, "SELECT pg_sleep(20)", error));
    expect_error(DUN_INTERRUPTED, "57014", "interrupted");
    assert_true(one->in_transaction);
    assert_true(DRIVER->rollback(one, error)); /* though the scope has ended */
    task_scope_leave(&scope);
    assert_true(task_group_join(group, false, NULL));
    dun_cancel_free(cancel);
    assert_false(one->in_transaction);
    assert_answer(one, "SELECT count(*) FROM t", "0");
}

static void test_cancel_while_sending(void **state)
{
    (void)state;
    struct str sql = STR_INIT;
    str_append(&sql, "SELECT pg_sleep(20), '");
    for (int i = 0; i < 20 * 1024; ++i)
        str_printf(&sql, "%01024d", 0);
    str_append(&sql, "'");
    struct db_statement statement = {.sql = str_text(&sql), .length = sql.length};
    dun_result *result = NULL;
    struct task_scope scope;
    task_scope_enter(&scope, NULL, 20);
    assert_false(DRIVER->query(one, &statement, &result, error));
    task_scope_leave(&scope);
    str_free(&sql);
    expect_error(DUN_FAILED, "57014", "timed out");
    assert_answer(one, "SELECT 'still here'", "still here");
}

static void test_lost_while_running(void **state)
{
    (void)state;
    struct later later = {100, NULL, termination_of(ask(one, "SELECT pg_backend_pid()"))};
    struct task_group *group = start_later(&later);
    assert_true(DRIVER->begin(one, error));
    assert_false(db_exec(one, "SELECT pg_sleep(20)", error));
    assert_true(task_group_join(group, false, NULL));
    expect_error(DUN_NO_CONNECTION, "57P01", "lost");
    assert_true(one->lost);
    assert_false(one->in_transaction);
    assert_false(DRIVER->alive(one));
    assert_false(db_exec(one, "SELECT 1", error));
    expect_error(DUN_NO_CONNECTION, "", "lost");
    assert_false(DRIVER->rollback(one, error));
    expect_error(DUN_NO_CONNECTION, "", "lost");
}

static void test_lost_while_idle(void **state)
{
    (void)state;
    terminate(ask(one, "SELECT pg_backend_pid()"));
    assert_false(DRIVER->alive(one));
    assert_true(one->lost);

    dun_connection *two = open_url(&url);
    terminate(ask(two, "SELECT pg_backend_pid()"));
    assert_false(db_exec(two, "SELECT 1", error));
    expect_error(DUN_NO_CONNECTION, "57P01", "administrator command");
    assert_true(two->lost);
    DRIVER->close(two);
}

/* Streams */

static dun_stream *open_stream(const char *sql)
{
    struct db_statement statement = {.sql = sql, .length = strlen(sql)};
    dun_stream *stream = NULL;
    if (!DRIVER->stream_open(one, &statement, &stream, error))
        fail_msg("%s", dun_error_message(error));
    return stream;
}

static void test_streams_a_million_rows(void **state)
{
    (void)state;
    dun_stream *stream = open_stream("SELECT i, repeat('x', 100), NULL FROM generate_series(1, 1000000) i");
    assert_int_equal(stream->columns, 3);
    assert_string_equal(stream->names[0], "i");
    long before = peak_memory();
    int64_t rows = 0, sum = 0;
    int more;
    while ((more = DRIVER->stream_next(stream, error)) == 1) {
        ++rows;
        sum += atoll(stream->values[0].text);
        if (stream->values[1].length != 100 || stream->values[2].text)
            fail_msg("row %ld is wrong", (long)rows);
    }
    assert_int_equal(more, 0);
    assert_int_equal(DRIVER->stream_next(stream, error), 0);
    assert_int_equal(rows, 1000000);
    assert_int_equal(sum, INT64_C(500000500000));
    if (MEMORY_IS_MEASURABLE)
        assert_uint_in_range(peak_memory() - before, 0, 8);
    DRIVER->stream_close(stream);
    assert_answer(one, "SELECT 'still here'", "still here");
}

static void test_closes_a_stream_early(void **state)
{
    (void)state;
    dun_stream *stream = open_stream("SELECT generate_series(1, 1000000000)");
    assert_int_equal(DRIVER->stream_next(stream, error), 1);
    assert_false(db_exec(one, "SELECT 1", error));
    expect_error(DUN_USAGE, "", "stream is open");
    int64_t start = task_now();
    DRIVER->stream_close(stream);
    assert_uint_in_range(task_now() - start, 0, 15000);
    assert_answer(one, "SELECT 'still here'", "still here");
    DRIVER->stream_close(open_stream("SELECT 1"));
    DRIVER->stream_close(open_stream("SELECT pg_sleep(0)"));
    assert_answer(one, "SELECT 'still here'", "still here");
}

static void test_streams_nothing(void **state)
{
    (void)state;
    dun_stream *stream = open_stream("SELECT 1 AS a, 2 AS b WHERE false");
    assert_int_equal(stream->columns, 2);
    assert_int_equal(DRIVER->stream_next(stream, error), 0);
    DRIVER->stream_close(stream);
    stream = open_stream("CREATE TABLE t ()");
    assert_int_equal(stream->columns, 0);
    assert_int_equal(DRIVER->stream_next(stream, error), 0);
    DRIVER->stream_close(stream);
}

static void test_stream_failures(void **state)
{
    (void)state;
    struct db_statement wrong = {.sql = "SELECT wrong", .length = 12};
    dun_stream *stream = NULL;
    assert_false(DRIVER->stream_open(one, &wrong, &stream, error));
    assert_int_equal(error_get_position(error), 7);
    expect_error(DUN_FAILED, "42703", "wrong");
    struct db_statement copy = {.sql = "SELECT 1; SELECT 2", .length = 18};
    assert_false(DRIVER->stream_open(one, &copy, &stream, error));
    expect_error(DUN_FAILED, "42601", "multiple");

    stream = open_stream("SELECT 1 / (3 - i) FROM generate_series(1, 5) i");
    assert_int_equal(DRIVER->stream_next(stream, error), 1);
    assert_int_equal(DRIVER->stream_next(stream, error), 1);
    assert_int_equal(DRIVER->stream_next(stream, error), -1);
    expect_error(DUN_FAILED, "22012", "division");
    DRIVER->stream_close(stream);
    assert_answer(one, "SELECT 'still here'", "still here");

    stream = open_stream(
        "SELECT i, pg_sleep(CASE WHEN i > 2000 THEN 20 ELSE 0 END) FROM generate_series(1, 5000) i");
    struct task_scope scope;
    task_scope_enter(&scope, NULL, 200);
    int more;
    while ((more = DRIVER->stream_next(stream, error)) == 1)
        continue;
    task_scope_leave(&scope);
    assert_int_equal(more, -1);
    expect_error(DUN_FAILED, "57014", "timed out");
    DRIVER->stream_close(stream);
    assert_answer(one, "SELECT 'still here'", "still here");
}

static void test_lost_stream(void **state)
{
    (void)state;
    const char *process = ask(one, "SELECT pg_backend_pid()");
    dun_stream *stream = open_stream("SELECT generate_series(1, 1000000000)");
    assert_int_equal(DRIVER->stream_next(stream, error), 1);
    terminate(process);
    int more;
    while ((more = DRIVER->stream_next(stream, error)) == 1)
        continue;
    assert_int_equal(more, -1);
    assert_int_equal(dun_error_code(error), DUN_NO_CONNECTION);
    DRIVER->stream_close(stream);
    assert_true(one->lost);
}

/* The rest */

static void test_echo(void **state)
{
    (void)state;
    char *text = NULL;
    size_t length = 0;
    FILE *echo = open_memstream(&text, &length);
    dun_connection *loud = open_echoing(&url, echo);
    exec(loud, "DO $$ BEGIN RAISE NOTICE 'one%two', E'\\n'; END $$");
    assert_true(DRIVER->begin(loud, error));
    assert_true(DRIVER->rollback(loud, error));
    assert_int_equal(loud->statements, 3);
    DRIVER->close(loud);
    fclose(echo);
    assert_string_equal(
        text,
        "DO $$ BEGIN RAISE NOTICE 'one%two', E'\\n'; END $$;\n-- NOTICE:  one; two\nBEGIN;\nROLLBACK;\n");
    free(text);
}

static void test_session_reset(void **state)
{
    (void)state;
    const char *user = ask(one, "SELECT current_user");
    exec(one, "SET ROLE pg_monitor");
    exec(one, "SET search_path = pg_catalog");
    exec(one, "SET statement_timeout = 1234");
    exec(one, "SET application_name = 'x'");
    for (const char *const *reset = engine_postgres.history->session_reset; *reset; ++reset)
        exec(one, *reset);
    assert_answer(one, "SELECT current_user", user);
    assert_answer(one, "SHOW search_path", "\"$user\", public");
    assert_answer(one, "SHOW statement_timeout", "0");
    assert_answer(one, "SHOW application_name", "dunlin test, me@here, pid 1");
    assert_answer(one, "SHOW client_encoding", "UTF8");
}

static void assert_schema_of_table(dun_connection *connection, const char *name, const char *schema)
{
    const char *text = engine_postgres.history->schema_of_table, *mark = strstr(text, "%s");
    struct str query = STR_INIT;
    assert_non_null(mark);
    str_append_n(&query, text, (size_t)(mark - text));
    str_printf(&query, "%s%s", name, mark + 2);
    assert_answer(connection, str_text(&query), schema);
    str_free(&query);
}

static void test_history_texts(void **state)
{
    (void)state;
    const struct engine_history *history = engine_postgres.history;
    const char *create = arena_printf(arena, "CREATE TABLE IF NOT EXISTS h %s", history->columns);
    exec(one, "SET TimeZone = 'Asia/Tokyo'");
    assert_false(db_exec(one, "SELECT * FROM h", error));
    assert_true(history->is_missing_table(error));
    assert_false(db_exec(one, "CREATE TABLE nowhere.h ()", error));
    assert_true(history->is_missing_table(error));
    assert_false(db_exec(one, "SELECT 1/0", error));
    assert_false(history->is_missing_table(error));

    exec(one, create);
    exec(one, create);
    exec(one, arena_printf(arena,
                           "INSERT INTO h (id, version, name, direction, state, statements, done, checksum, "
                           "started_at, applied_by, dunlin_version) VALUES "
                           "(1, '1', 'x', 'up', 'running', 1, 0, 'c', %s, 'me', '0.1'), "
                           "(2, '2', 'x', 'up', 'running', 1, 0, 'c', %s - interval '1500 ms', 'me', '0.1')",
                           history->now, history->transaction_start));
    struct str update = STR_INIT;
    const char *mark = strstr(history->elapsed_since, "%s");
    assert_non_null(mark);
    assert_null(strchr(mark + 1, '%'));
    str_append(&update, "UPDATE h SET elapsed_ms = ");
    str_append_n(&update, history->elapsed_since, (size_t)(mark - history->elapsed_since));
    str_printf(&update, "started_at%s", mark + 2);
    exec(one, str_text(&update));
    str_free(&update);
    assert_answer(one, "SELECT elapsed_ms BETWEEN 0 AND 1000 FROM h WHERE id = 1", "t");
    assert_answer(one, "SELECT elapsed_ms BETWEEN 1500 AND 2500 FROM h WHERE id = 2", "t");
    assert_answer(
        one,
        "SELECT abs(extract(epoch FROM started_at - (clock_timestamp() AT TIME ZONE 'UTC'))) < 60 FROM h",
        "t");
    assert_schema_of_table(one, "'no_such_table'", "public");
    assert_schema_of_table(one, "'pg_class'", "pg_catalog");
    assert_false(db_exec(one, "UPDATE h SET direction = 'sideways'", NULL));
    assert_false(db_exec(one, "UPDATE h SET state = 'odd'", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_connects),
        TEST(test_says_why_there_is_no_connection),
        TEST(test_names_the_nearest_option),
        TEST(test_passes_options_on),
        TEST(test_tries_the_next_host),
        TEST(test_gives_up_connecting),
        TEST(test_queries),
        TEST(test_counts_rows),
        TEST(test_refuses_what_it_cannot_do),
        TEST(test_sends_50_megabytes),
        TEST(test_transactions),
        TEST(test_tells_the_place_of_an_error),
        TEST(test_tells_the_servers_details),
        TEST(test_advises),
        TEST(test_deadline_cancels_on_the_server),
        TEST(test_cancel_from_another_task),
        TEST(test_cancel_while_sending),
        TEST(test_lost_while_running),
        TEST(test_lost_while_idle),
        TEST(test_streams_a_million_rows),
        TEST(test_closes_a_stream_early),
        TEST(test_streams_nothing),
        TEST(test_stream_failures),
        TEST(test_lost_stream),
        TEST(test_echo),
        TEST(test_session_reset),
        TEST(test_history_texts),
    };
    return cmocka_run_group_tests_name("postgres driver", tests, make_database, drop_database);
}
