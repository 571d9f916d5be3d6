/* Opening SQLite databases: what a URL can say, and that what keeps a database from being there is told at
 * once. */
#include "driver/sqlite_temporary.h"

static void test_file(void **state)
{
    struct temporary *t = *state;
    dun_connection *connection = must_open(t, temporary_url(t, "shop.db"));
    must_exec(connection, "CREATE TABLE a (b)");
    assert_contains(connection->server, "SQLite 3.");
    assert_uint_in_range(connection->server_version, 33800, 39999);
    assert_true(connection->driver->alive(connection));
    close_connection(connection);

    connection = must_open(t, temporary_url(t, "shop.db?mode=rw"));
    assert_string_equal(value_of(t, connection, "SELECT count(*) FROM a"), "0");
    assert_string_equal(value_of(t, connection, "PRAGMA foreign_keys"), "0");
    close_connection(connection);

    connection = must_open(t, temporary_url(t, "shop.db?foreign_keys=on"));
    assert_string_equal(value_of(t, connection, "PRAGMA foreign_keys"), "1");
    close_connection(connection);
}

static void test_memory(void **state)
{
    struct temporary *t = *state;
    static const char *const urls[] = {"sqlite::memory:", "sqlite://", "sqlite:some/where?mode=memory"};
    for (size_t i = 0; i < sizeof urls / sizeof *urls; ++i) {
        dun_connection *a = must_open(t, urls[i]), *b = must_open(t, urls[i]);
        must_exec(a, "CREATE TABLE only_here (b)");
        assert_string_equal(value_of(t, b, "SELECT count(*) FROM sqlite_schema"), "0");
        close_connection(a);
        close_connection(b);
    }
}

static void test_pooled_memory(void **state)
{
    struct temporary *t = *state;
    struct db_url *url = NULL;
    struct db_open_options options = {.connect_timeout_ms = 10000};
    assert_true(db_url_parse(t->arena, "sqlite::memory:?foreign_keys=on", &url, NULL));
    const struct db_url *shared = engine_sqlite.driver->pooled_url(t->arena, url);
    dun_connection *a = NULL, *b = NULL;
    assert_true(engine_sqlite.driver->open(shared, &options, &a, NULL));
    assert_true(engine_sqlite.driver->open(shared, &options, &b, NULL));
    must_exec(a, "CREATE TABLE everywhere (b)");
    assert_string_equal(value_of(t, b, "SELECT name FROM sqlite_schema"), "everywhere");
    assert_string_equal(value_of(t, b, "PRAGMA foreign_keys"), "1");
    close_connection(a);
    close_connection(b);

    assert_true(db_url_parse(t->arena, "sqlite:file.db", &url, NULL));
    assert_ptr_equal(engine_sqlite.driver->pooled_url(t->arena, url), url);
}

static void write_file(struct temporary *t, const char *name, const char *text)
{
    FILE *file = fopen(arena_printf(t->arena, "%s/%s", t->folder, name), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void test_failures(void **state)
{
    struct temporary *t = *state;
    static const struct {
        const char *rest;
        enum dun_code code;
        const char *message, *hint;
    } failures[] = {
        {"missing/shop.db", DUN_NO_CONNECTION, "missing does not exist", "make the folder"},
        {"", DUN_NO_CONNECTION, "it is a folder", "name a file"},
        {"text.db", DUN_NO_CONNECTION, "text.db: it is not an SQLite database", "encrypted"},
        {"absent.db?mode=rw", DUN_NO_CONNECTION, "absent.db: No such file", "it would be made"},
        {"absent.db?mode=ro", DUN_NO_CONNECTION, "absent.db: No such file", "it would be made"},
        {"a.db?mode=readonly", DUN_BAD_INPUT, "option mode of an SQLite URL is ro, rw, rwc or memory", NULL},
        {"a.db?busy_timeout=5s", DUN_BAD_INPUT, "a number of milliseconds", NULL},
        {"a.db?busy_timeout=-1", DUN_BAD_INPUT, "a number of milliseconds", NULL},
        {"a.db?foreign_keys=maybe", DUN_BAD_INPUT, "on or off", NULL},
        {"a.db?forein_keys=on", DUN_BAD_INPUT, "no option \"forein_keys\"", "did you mean \"foreign_keys\"?"},
        {"a.db?sslmode=require", DUN_BAD_INPUT, "no option \"sslmode\"", NULL},
        {"a.db?check_same_thread=false", DUN_BAD_INPUT, "no option", "known are mode"},
    };
    write_file(t, "text.db",
               "This is no database, but long enough for a header of a hundred bytes to be read from it, "
               "which is what SQLite looks at.\n");
    for (size_t i = 0; i < sizeof failures / sizeof *failures; ++i) {
        assert_null(try_open(t, temporary_url(t, failures[i].rest)));
        assert_int_equal(dun_error_code(t->error), failures[i].code);
        assert_contains(dun_error_message(t->error), failures[i].message);
        if (failures[i].hint)
            assert_contains(dun_error_hint(t->error), failures[i].hint);
        dun_error_clear(t->error);
    }
}

static void test_uri_is_refused(void **state)
{
    struct temporary *t = *state;
    assert_null(try_open(t, "sqlite:file:shop.db"));
    assert_int_equal(dun_error_code(t->error), DUN_BAD_INPUT);
    assert_contains(dun_error_message(t->error), "not a \"file:\" URI");
}

/* sqlite:///tmp/x is relative; who means the root is told. */
static void test_relative_path_that_was_meant_absolute(void **state)
{
    struct temporary *t = *state;
    assert_null(try_open(t, arena_printf(t->arena, "sqlite:///%s/shop.db", t->folder + 1)));
    assert_contains(dun_error_hint(t->error), "an absolute one is written sqlite:/tmp/");
}

/* A writer in the middle of its commit keeps others from reading; that is no reason not to connect. */
static void test_open_while_locked(void **state)
{
    struct temporary *t = *state;
    dun_connection *writer = must_open(t, temporary_url(t, "shop.db"));
    must_exec(writer, "CREATE TABLE a (b)");
    must_exec(writer, "BEGIN EXCLUSIVE");
    dun_connection *other = must_open(t, temporary_url(t, "shop.db?busy_timeout=20"));
    assert_false(db_exec(other, "SELECT * FROM a", t->error));
    assert_int_equal(dun_error_code(t->error), DUN_LOCKED);
    assert_contains(dun_error_message(t->error), "database is locked");
    assert_contains(dun_error_hint(t->error), "another connection of this process is writing");
    must_exec(writer, "COMMIT");
    must_exec(other, "SELECT * FROM a");
    close_connection(other);
    close_connection(writer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_file, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_memory, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_pooled_memory, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_failures, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_uri_is_refused, temporary_setup, temporary_teardown),
        cmocka_unit_test_setup_teardown(test_relative_path_that_was_meant_absolute, temporary_setup,
                                        temporary_teardown),
        cmocka_unit_test_setup_teardown(test_open_while_locked, temporary_setup, temporary_teardown),
    };
    return cmocka_run_group_tests_name("opening SQLite", tests, NULL, NULL);
}
