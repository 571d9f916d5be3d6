/* Connecting to MySQL and MariaDB: URLs and option files, failures, TLS. */
#include "mysql_fake_server.h"
#include "mysql_relay.h"

#include <dlfcn.h>
#include <sys/stat.h>

static void expect_hint(const char *part)
{
    expect_in(dun_error_hint(error), part);
}

/* Connecting fails like this, and no text shows the password. */
static void expect_refused(const struct db_url *where, enum dun_code code, int number, const char *part)
{
    dun_connection *connection = NULL;
    assert_false(try_open(where, NULL, 10000, &connection));
    if (where->password && *where->password) {
        assert_null(strstr(dun_error_message(error), where->password));
        assert_null(dun_error_hint(error) ? strstr(dun_error_hint(error), where->password) : NULL);
    }
    assert_non_null(dun_error_hint(error));
    expect_error(code, number, part);
}

static const char *cipher(dun_connection *connection)
{
    dun_result *result = NULL;
    assert_true(db_query(connection, "SHOW STATUS LIKE 'Ssl_cipher'", &result, error));
    const char *name = arena_strdup(arena, result_text(result, 0, 1));
    dun_result_free(result);
    return name;
}

static void the_server_is_told(void **state)
{
    (void)state;
    const char *version = ask(one, "SELECT VERSION()");
    unsigned major, minor, patch;
    assert_int_equal(sscanf(version, "%u.%u.%u", &major, &minor, &patch), 3);
    assert_int_equal(one->server_version, major * 10000 + minor * 100 + patch);
    assert_string_equal(one->server,
                        arena_printf(arena, "%s %u.%u.%u", strstr(version, "MariaDB") ? "MariaDB" : "MySQL",
                                     major, minor, patch));
    assert_ptr_equal(one->driver, engine_mysql.driver);
    assert_string_equal(one->url->database, url.database);
    assert_ptr_not_equal(one->url, &url);
    assert_true(DRIVER->alive(one));
    assert_false(one->lost || one->in_transaction);
    assert_true(one->round_trips <= 5);
}

static void the_session_is_the_servers_own(void **state)
{
    (void)state;
    assert_answer(one, "SELECT @@sql_mode = @@global.sql_mode", "1");
    assert_answer(one, "SELECT @@autocommit", "1");
    assert_answer(one, "SELECT @@character_set_client", "utf8mb4");
    assert_answer(one, "SELECT @@character_set_results", "utf8mb4");
    assert_answer(one, "SELECT '\xF0\x9F\x90\xA6'", "\xF0\x9F\x90\xA6");
    if (strcmp(ask(one, "SELECT @@performance_schema"), "1") == 0)
        assert_answer(one,
                      "SELECT ATTR_VALUE FROM performance_schema.session_connect_attrs "
                      "WHERE PROCESSLIST_ID = CONNECTION_ID() AND ATTR_NAME = 'program_name'",
                      "dunlin test, me@here, pid 1");
}

static void autocommit_is_switched_on(void **state)
{
    (void)state;
    exec(admin, "SET GLOBAL autocommit = 0");
    dun_connection *connection = open_url(&url);
    exec(admin, "SET GLOBAL autocommit = 1");
    uint64_t trips = connection->round_trips;
    assert_answer(connection, "SELECT @@autocommit", "1");
    assert_int_equal(connection->round_trips - trips, 1);
    DRIVER->close(connection);
}

static void options_are_understood_or_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name, *value, *part, *hint;
    } wrong[] = {
        {"sslmod", "require", "\"sslmod\"", "\"sslmode\""},
        {"ssl-moed", "require", "\"ssl-moed\"", "\"ssl-mode\""},
        {"chraset", "utf8mb4", "\"chraset\"", "\"charset\""},
        {"a_name_that_is_longer_than_any_that_there_could_be", "1", "a_name", "known are"},
        {"charset", "latin1", "latin1", "utf8mb4"},
        {"connect_timeout", "soon", "soon", "seconds"},
        {"connect-timeout", "0", "\"0\"", "seconds"},
        {"sslmode", "maybe", "maybe", "verify_ca"},
        {"compress", "much", "much", "true or false"},
        {"ssl-mode", "verify_identity", "by which authority", "ssl-ca"},
        {"sslmode", "verify-ca", "by which authority", "ssl-ca"},
    };
    setenv("HOME", "/nonexistent", 1);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; ++i) {
        struct db_url with = with_option(&url, wrong[i].name, wrong[i].value);
        dun_connection *connection;
        assert_false(try_open(&with, NULL, 10000, &connection));
        expect_hint(wrong[i].hint);
        expect_error(DUN_BAD_INPUT, 0, wrong[i].part);
    }
    static const struct db_option right[] = {
        {"charset", "UTF8MB4"}, {"CONNECT_TIMEOUT", "5"}, {"ssl_mode", "PREFERRED"},
        {"sslmode", "disable"}, {"compress", "true"},     {"init_command", "SET @a = 1"},
    };
    for (size_t i = 0; i < sizeof right / sizeof *right; ++i) {
        struct db_url with = with_option(&url, right[i].name, right[i].value);
        dun_connection *connection = open_url(&with);
        assert_answer(connection, "SELECT LENGTH(REPEAT('compressible ', 10000))", "130000");
        if (strcmp(right[i].name, "init_command") == 0)
            assert_answer(connection, "SELECT @a", "1");
        DRIVER->close(connection);
    }
}

static void wrong_places_and_people_are_told(void **state)
{
    (void)state;
    struct db_url wrong = url;
    wrong.database = "dunlin_nowhere";
    expect_refused(&wrong, DUN_NO_CONNECTION, 1049, "dunlin_nowhere");

    wrong = url;
    wrong.user = "dunlin_nobody";
    wrong.password = "p4ssw0rd";
    expect_refused(&wrong, DUN_NO_CONNECTION, 1045, "Access denied");

    wrong = with_option(&url, "socket", "/nonexistent/socket");
    expect_refused(&wrong, DUN_NO_CONNECTION, 2002, "/nonexistent/socket");

    struct db_host host = {"127.0.0.1", "1"};
    wrong = (struct db_url){
        .scheme = "mysql", .user = "me", .password = "p4ssw0rd", .hosts = &host, .host_count = 1};
    expect_refused(&wrong, DUN_NO_CONNECTION, -1, "127.0.0.1:1");
    host = (struct db_host){"localhost", "1"}; /* not the unix socket */
    expect_refused(&wrong, DUN_NO_CONNECTION, -1, "localhost:1");
    host = (struct db_host){"no-such-host.invalid", NULL};
    expect_refused(&wrong, DUN_NO_CONNECTION, 2005, "no-such-host.invalid");
    host = (struct db_host){"/nonexistent/socket", NULL};
    expect_refused(&wrong, DUN_NO_CONNECTION, 2002, "/nonexistent/socket");
    host = (struct db_host){"127.0.0.1", "99999"};
    dun_connection *connection;
    assert_false(try_open(&wrong, NULL, 10000, &connection));
    expect_error(DUN_BAD_INPUT, 0, "99999");
}

static void several_hosts_are_tried_in_order(void **state)
{
    (void)state;
    struct db_url tls = parse_url("TEST_MYSQL_TLS_URL");
    struct fake_server silent = {0};
    fake_start(&silent);
    struct db_host hosts[] = {{"127.0.0.1", "1"}, {"127.0.0.1", silent.port}, tls.hosts[0]};
    tls.hosts = hosts;
    tls.host_count = 3;
    dun_connection *connection = NULL;
    int64_t start = task_now();
    if (!try_open(&tls, NULL, 2000, &connection))
        fail_msg("%s", dun_error_message(error));
    assert_uint_in_range(task_now() - start, 500, 2000);
    run_cancelled(connection, "SELECT SLEEP(30)", 100); /* the connection that kills goes to the right one */
    DRIVER->close(connection);
    fake_stop(&silent);
}

static void write_option_file(const char *folder, const char *text)
{
    FILE *file = fopen(arena_printf(arena, "%s/.my.cnf", folder), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void option_files_fill_in_what_the_url_leaves_open(void **state)
{
    (void)state;
    char folder[] = "/tmp/dunlin_test_XXXXXX";
    assert_non_null(mkdtemp(folder));
    setenv("HOME", folder, 1);
    exec(admin, "DROP USER IF EXISTS dunlin_test_user@'%', dunlin_test_user@localhost");
    exec(admin, "CREATE USER dunlin_test_user@'%' IDENTIFIED BY 'from file'");
    exec(admin, "CREATE USER dunlin_test_user@localhost IDENTIFIED BY 'from file'");
    exec(admin, arena_printf(arena, "GRANT ALL ON %s.* TO dunlin_test_user@'%%', dunlin_test_user@localhost",
                             url.database));
    write_option_file(
        folder, "[client]\nuser=dunlin_test_user\npassword=\"from file\"\ndefault-character-set=latin1\n"
                "connect-timeout=1\ninit-command=SET @from_file = 1\nlocal-infile=1\n");
    struct db_url open = url;
    open.user = open.password = NULL;
    dun_connection *connection = open_url(&open);
    expect_in(ask(connection, "SELECT USER()"), "dunlin_test_user@");
    assert_answer(connection, "SELECT @@character_set_client", "utf8mb4");
    assert_answer(connection, "SELECT '\xC3\xA4'", "\xC3\xA4");
    assert_answer(connection, "SELECT @from_file", "1");
    DRIVER->close(connection);

    struct db_url said = url; /* who says a user and a password gets those */
    if (!said.password)
        said.password = "";
    connection = open_url(&said);
    assert_null(strstr(ask(connection, "SELECT USER()"), "dunlin_test_user@"));
    DRIVER->close(connection);

    write_option_file(folder,
                      "[client]\nssl-ca=/nonexistent.pem\nssl-verify-server-cert\nprotocol=tcp\nport=1\n");
    struct db_url plain = with_option(&url, "sslmode", "disable");
    dun_connection *without = open_url(&plain);
    assert_string_equal(cipher(without), "");
    DRIVER->close(without);
    struct db_url tls = parse_url("TEST_MYSQL_TLS_URL");
    struct db_url verified = with_option(&tls, "ssl-ca", getenv("TEST_TLS_CA"));
    DRIVER->close(open_url(&verified));

    exec(admin, "DROP USER dunlin_test_user@'%', dunlin_test_user@localhost");
    unlink(arena_printf(arena, "%s/.my.cnf", folder));
    rmdir(folder);
    setenv("HOME", "/nonexistent", 1);
}

/* Connecting to a server that stops answering ends by cancelling, and by the deadline. */
static void check_silence(const struct db_url *where)
{
    dun_connection *connection;
    int64_t start = task_now();
    assert_false(try_open(where, NULL, 300, &connection));
    assert_uint_in_range(task_now() - start, 250, 15000);
    expect_hint("connect_timeout");
    expect_error(DUN_NO_CONNECTION, -1, "no answer in time");

    struct later later = {.milliseconds = 200, .cancel = dun_cancel_new()};
    struct task_group *group = start_later(&later);
    struct task_scope scope;
    task_scope_enter(&scope, later.cancel, -1);
    start = task_now();
    assert_false(try_open(where, NULL, 20000, &connection));
    assert_uint_in_range(task_now() - start, 150, 15000);
    task_scope_leave(&scope);
    expect_error(DUN_INTERRUPTED, -1, "interrupted");
    assert_true(task_group_join(group, false, NULL));
    dun_cancel_free(later.cancel);

    struct db_url with_timeout = with_option(where, "connect_timeout", "1");
    start = task_now();
    assert_false(try_open(&with_timeout, NULL, 20000, &connection));
    assert_uint_in_range(task_now() - start, 900, 15000);
    expect_error(DUN_NO_CONNECTION, -1, "no answer in time");
}

static void silent_servers_are_given_up(void **state)
{
    (void)state;
    struct fake_server silent = {0}, greeting = {.greets = true, .offers_tls = true};
    fake_start(&silent);
    fake_start(&greeting);
    struct db_url where = fake_url(&silent);
    check_silence(&where);
    where = fake_url(&greeting);
    check_silence(&where);
    where = with_option(&where, "sslmode", "require");
    check_silence(&where);
    fake_stop(&silent);
    fake_stop(&greeting);
}

/* Where TLS is a must, a server without it is not even told the user's name. */
static void servers_without_tls(void **state)
{
    (void)state;
    static const char *const musts[] = {"REQUIRED", "verify_ca", "verify_identity"};
    struct fake_server plain = {.greets = true, .refuses_login = true};
    fake_start(&plain);
    struct db_url where = fake_url(&plain);
    where = with_option(&where, "ssl-ca", getenv("TEST_TLS_CA"));
    for (size_t i = 0; i < sizeof musts / sizeof *musts; ++i) {
        struct db_url must = with_option(&where, "ssl-mode", musts[i]);
        expect_refused(&must, DUN_NO_CONNECTION, 2026, "does not offer TLS");
    }
    struct db_url preferred = with_option(&where, "ssl-mode", "preferred");
    expect_refused(&preferred, DUN_NO_CONNECTION, 1045, "nope!");
    fake_stop(&plain);
    assert_int_equal(plain.logins, 1);
}

/* A certificate authority that the server knows nothing of. */
static const char *make_other_authority(void)
{
    const char *file = arena_printf(arena, "/tmp/dunlin_test_%ld.pem", (long)getpid());
    const char *command =
        arena_printf(arena,
                     "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=other -keyout /dev/null "
                     "-out %s 2>/dev/null",
                     file);
    if (system(command) != 0)
        fail_msg("openssl could not make a certificate");
    return file;
}

/* From 3.4 on libmariadb does not check the one without the other. */
static bool client_checks_authority_with_name(void)
{
    void *library = dlopen("libmariadb.so.3", RTLD_NOW);
    assert_non_null(library);
    const char *(*client_info)(void);
    *(void **)&client_info = dlsym(library, "mysql_get_client_info");
    assert_non_null(client_info);
    unsigned major = 0, minor = 0;
    assert_int_equal(sscanf(client_info(), "%u.%u", &major, &minor), 2);
    dlclose(library);
    return major > 3 || minor >= 4;
}

static void tls_is_verified_when_asked_for(void **state)
{
    (void)state;
    struct db_url tls = parse_url("TEST_MYSQL_TLS_URL");
    const char *authority = getenv("TEST_TLS_CA");
    if (!authority)
        fail_msg("TEST_TLS_CA must name the file of the authority that the server of TEST_MYSQL_TLS_URL is "
                 "certified by");
    const char *other = make_other_authority();
    static const char *const modes[] = {"disabled",  "preferred",       "required",
                                        "verify_ca", "verify_identity", "verify-full"};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; ++i) {
        struct db_url with = with_option(&tls, "ssl-mode", modes[i]);
        with = with_option(&with, "ssl-ca", authority);
        dun_connection *connection = open_url(&with);
        assert_int_equal(strlen(cipher(connection)) > 0, i > 0);
        DRIVER->close(connection);
    }
    struct db_url required = with_option(&tls, "sslmode", "require");
    dun_connection *connection = open_url(&required);
    assert_true(strlen(cipher(connection)) > 0);
    DRIVER->close(connection);

    for (size_t i = 3; i < sizeof modes / sizeof *modes; ++i) {
        struct db_url with = with_option(&tls, "ssl-mode", modes[i]);
        with = with_option(&with, "sslrootcert", other);
        expect_refused(&with, DUN_NO_CONNECTION, 2026, "");
    }
    unlink(other);

    /* the same address under a name that is not in the certificate */
    struct db_host host = {"127.1", tls.hosts->port};
    struct db_url renamed = with_option(&tls, "ssl-ca", authority);
    renamed.hosts = &host;
    struct db_url with = with_option(&renamed, "ssl-mode", "verify_ca");
    if (client_checks_authority_with_name())
        expect_refused(&with, DUN_NO_CONNECTION, 2026, "");
    else
        DRIVER->close(open_url(&with));
    with = with_option(&renamed, "ssl-mode", "verify_identity");
    expect_refused(&with, DUN_NO_CONNECTION, 2026, "");
}

static void everything_ends_under_tls_as_well(void **state)
{
    (void)state;
    struct db_url tls = parse_url("TEST_MYSQL_TLS_URL");
    tls = with_option(&tls, "sslmode", "require");
    tls.database = url.database;
    dun_connection *connection = open_url(&tls);
    static const char *const statements[] = {
        "SELECT SLEEP(30)",
        "SELECT REPEAT('x', 1000), SLEEP(0.02) FROM seq_1_to_10000",
        "SELECT REPEAT('x', 1000) FROM seq_1_to_1000000000",
    };
    for (size_t i = 0; i < sizeof statements / sizeof *statements; ++i) {
        run_cancelled(connection, statements[i], 200);
        assert_false(connection->lost);
        assert_answer(connection, "SELECT 'in step'", "in step");
    }

    const size_t size = 12 << 20;
    char *sql = malloc(size);
    memset(sql, 'x', size);
    memcpy(sql, "SELECT LENGTH('", 15);
    memcpy(sql + size - 2, "')", 2);
    struct db_statement statement = {.sql = sql, .length = size};
    dun_result *result = NULL;
    if (!DRIVER->query(connection, &statement, &result, error))
        fail_msg("%s", dun_error_message(error));
    assert_int_equal(result_integer(result, 0, 0, -1), size - 17);
    dun_result_free(result);
    free(sql);
    assert_answer(connection, "SELECT LENGTH(GROUP_CONCAT(seq)) > 0 FROM seq_1_to_100000", "1");
    assert_true(DRIVER->alive(connection));
    exec(admin, arena_printf(arena, "KILL CONNECTION %s", ask(connection, "SELECT CONNECTION_ID()")));
    task_sleep(100);
    assert_false(db_exec(connection, "SELECT 1", error));
    expect_error(DUN_NO_CONNECTION, -1, "lost");
    assert_true(connection->lost);
    DRIVER->close(connection);
}

/* Neither an answer nor a way to ask for an end: after some seconds the connection is given up. */
static void a_network_that_stands_still_is_given_up(void **state)
{
    (void)state;
    struct db_url through = parse_url("TEST_MYSQL_TLS_URL");
    struct relay relay = {.server = &through.hosts[0]};
    relay_start(&relay);
    struct db_host host = {"127.0.0.1", relay.port};
    through.hosts = &host;
    dun_connection *connection = open_url(&through);
    assert_answer(connection, "SELECT 1", "1");
    run_cancelled(connection, "SELECT SLEEP(30)", 100); /* so far it works */
    assert_false(connection->lost);

    atomic_store(&relay.stands_still, true);
    struct task_scope scope;
    task_scope_enter(&scope, NULL, 200);
    int64_t start = task_now();
    assert_false(db_exec(connection, "SELECT 1", error));
    task_scope_leave(&scope);
    assert_uint_in_range(task_now() - start, 4000, 20000);
    assert_true(connection->lost);
    expect_in(dun_error_state(error), "session was closed");
    expect_error(DUN_FAILED, -1, "timed out");
    DRIVER->close(connection);
    relay_stop(&relay);
}

enum { TASKS = 16 };

static bool open_and_ask(void *argument, dun_error *failure)
{
    (void)argument;
    struct db_open_options options = {.connect_timeout_ms = 10000};
    dun_connection *connection;
    if (!DRIVER->open(&url, &options, &connection, failure))
        return false;
    bool done = db_exec(connection, "SELECT SLEEP(0.05)", failure);
    DRIVER->close(connection);
    return done;
}

static void many_tasks_at_once(void **state)
{
    (void)state;
    struct task_group *group = task_group_new();
    for (int i = 0; i < TASKS; ++i)
        assert_true(task_group_start(group, "open", open_and_ask, NULL, error));
    if (!task_group_join(group, true, error))
        fail_msg("%s", dun_error_message(error));
}

int main(void)
{
    /* the option file of whoever runs the tests is none of theirs */
    setenv("HOME", "/nonexistent", 1);
    const struct CMUnitTest tests[] = {
        TEST(the_server_is_told),
        TEST(the_session_is_the_servers_own),
        TEST(autocommit_is_switched_on),
        TEST(options_are_understood_or_refused),
        TEST(wrong_places_and_people_are_told),
        TEST(several_hosts_are_tried_in_order),
        TEST(option_files_fill_in_what_the_url_leaves_open),
        TEST(silent_servers_are_given_up),
        TEST(servers_without_tls),
        TEST(tls_is_verified_when_asked_for),
        TEST(everything_ends_under_tls_as_well),
        TEST(a_network_that_stands_still_is_given_up),
        TEST(many_tasks_at_once),
    };
    return cmocka_run_group_tests_name("mysql_connect", tests, make_database, drop_database);
}
