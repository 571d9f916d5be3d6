/* Reading the catalog of a database of MariaDB or MySQL. */
#include "driver/mysql_catalog_support.h"

#include <dunlin/db.h>

/* The event that has no start is made a second later, too. */
static void test_another_database_is_equal(void **state)
{
    (void)state;
    make_everything();
    const char *mine = canonical(read_all());
    task_sleep(1100);
    exec(admin, arena_printf(work, "CREATE DATABASE `%s_other`", url.database));
    exec(one, arena_printf(work, "USE `%s_other`", url.database));
    make_everything();
    const char *other = canonical(read_all());
    exec(admin, arena_printf(work, "DROP DATABASE `%s_other`", url.database));
    assert_string_equal(other, mine);
}

static void drop_package(void)
{
    exec(one, "SET sql_mode = ORACLE");
    exec(one, "DROP PACKAGE tools");
    exec(one, "SET sql_mode = DEFAULT");
}

/* What SHOW CREATE prints, run elsewhere, gives the same catalog: an independent dump. */
static void test_dumped_and_loaded_is_equal(void **state)
{
    (void)state;
    static const char *const shows[] = {"/*M! SHOW CREATE SEQUENCE numbers */",
                                        "/*M! SHOW CREATE SEQUENCE plain */",
                                        "SHOW CREATE TABLE parents",
                                        "SHOW CREATE TABLE children",
                                        "/*M! SHOW CREATE TABLE versioned */",
                                        "/*M! SHOW CREATE TABLE versioned2 */",
                                        "/*M! SHOW CREATE TABLE periods */",
                                        "SHOW CREATE TABLE ranges",
                                        "SHOW CREATE TABLE hashed",
                                        "SHOW CREATE TABLE listed",
                                        "SHOW CREATE TABLE in_memory",
                                        "SHOW CREATE TABLE one_of_two",
                                        "SHOW CREATE TABLE both_of_two",
                                        "SHOW CREATE FUNCTION twice",
                                        "/*M! SHOW CREATE FUNCTION gather */",
                                        "SHOW CREATE VIEW seen",
                                        "SHOW CREATE VIEW upon",
                                        "SHOW CREATE PROCEDURE act",
                                        "SHOW CREATE TRIGGER second",
                                        "SHOW CREATE TRIGGER first",
                                        "SHOW CREATE EVENT later",
                                        "SHOW CREATE EVENT once_only"};
    make_everything();
    exec(one, "DROP EVENT daily");
    if (is_mariadb())
        drop_package();
    exec(one, "DROP PROCEDURE quoted");
    exec(one, "DROP VIEW far");
    const char *mine = canonical(read_all());
    dun_connection *loader = open_url(&url);
    exec(loader, arena_printf(work, "CREATE DATABASE `%s_other`", url.database));
    exec(loader, arena_printf(work, "USE `%s_other`", url.database));
    for (size_t i = 0; i < sizeof shows / sizeof *shows; ++i) {
        dun_result *shown = NULL;
        if (!is_for_this_server(shows[i]))
            continue;
        assert_true(db_query(one, shows[i], &shown, error));
        size_t column = strstr(shows[i], "EVENT") ? 3 : dun_result_columns(shown) > 4 ? 2 : 1;
        const char *sql = result_text(shown, 0, column);
        const char *own = strstr(sql, arena_printf(work, "`%s`.", url.database));
        if (own) /* of the sequence in a default, which the server qualifies */
            sql = arena_printf(work, "%.*s%s", (int)(own - sql), sql, own + strlen(url.database) + 3);
        exec(loader, sql);
        dun_result_free(shown);
    }
    const char *other = canonical(read_with(loader, (struct catalog_options){.history = NULL}));
    exec(loader, arena_printf(work, "DROP DATABASE `%s_other`", url.database));
    DRIVER->close(loader);
    assert_string_equal(other, mine);
}

static void test_changes_are_seen(void **state)
{
    (void)state;
    static const char *const changes[] = {
        "ALTER TABLE parents MODIFY price decimal(10,3) NOT NULL",
        "ALTER TABLE parents MODIFY price decimal(10,3)",
        "ALTER TABLE parents ALTER count SET DEFAULT 7",
        "ALTER TABLE parents MODIFY base int COMMENT 'base'",
        "ALTER TABLE parents MODIFY base int INVISIBLE",
        "ALTER TABLE parents MODIFY some int CHECK (some > 1)",
        "ALTER TABLE parents MODIFY email varchar(80) COLLATE utf8mb4_bin",
        "ALTER TABLE parents COMMENT 'other'",
        "ALTER TABLE parents ROW_FORMAT = COMPACT",
        "ALTER TABLE parents STATS_PERSISTENT = 0",
        "ALTER TABLE parents ALTER INDEX asleep /*M! NOT IGNORED */ /*!80000 VISIBLE */",
        "ALTER TABLE parents DROP INDEX words",
        "ALTER TABLE parents DROP CONSTRAINT not_hundred",
        "ALTER TABLE children DEFAULT COLLATE latin1_bin",
        "ALTER TABLE children DROP FOREIGN KEY to_parent",
        "ALTER TABLE children ADD FOREIGN KEY (named) REFERENCES parents (id) ON DELETE CASCADE",
        "/*M! ALTER TABLE versioned DROP SYSTEM VERSIONING */",
        "ALTER TABLE hashed COALESCE PARTITION 1",
        "ALTER TABLE listed ADD PARTITION (PARTITION c VALUES IN (9))",
        "ALTER TABLE in_memory ENGINE = InnoDB",
        "/*M! ALTER SEQUENCE plain CACHE 3 */",
        "ALTER VIEW seen AS SELECT id, email AS mail FROM parents WHERE some > 2",
        "ALTER SQL SECURITY DEFINER VIEW upon AS SELECT 1",
        "ALTER PROCEDURE act COMMENT 'x'",
        "ALTER FUNCTION twice SQL SECURITY DEFINER",
        "ALTER EVENT daily DISABLE",
        "ALTER EVENT later ON SCHEDULE EVERY 2 HOUR",
        "DROP TRIGGER first",
        "CREATE TRIGGER first BEFORE INSERT ON parents FOR EACH ROW PRECEDES second SET NEW.base = 2",
        "DROP EVENT once_only",
    };
    make_everything();
    const char *before = fingerprint();
    for (size_t i = 0; i < sizeof changes / sizeof *changes; ++i) {
        if (!is_for_this_server(changes[i]))
            continue;
        exec(one, changes[i]);
        const char *after = fingerprint();
        if (strcmp(before, after) == 0)
            fail_msg("not seen: %s", changes[i]);
        before = after;
    }
}

static void test_what_is_data_is_not_seen(void **state)
{
    (void)state;
    make_everything();
    exec(one, "DROP TRIGGER first");
    exec(one, "DROP TRIGGER second");
    const char *before = canonical(read_all());
    exec(one, "INSERT INTO parents (place, price, flags, base) VALUES (ST_GeomFromText('POINT(1 2)' /*!80000 "
              ", 4326 */), 3, 'x', 4)");
    if (is_mariadb())
        exec(one, "SELECT nextval(plain)");
    exec(one, "ALTER TABLE parents AUTO_INCREMENT = 1000");
    exec(one, "ANALYZE TABLE parents");
    assert_string_equal(canonical(read_all()), before);
}

static void test_nasty_names(void **state)
{
    (void)state;
    static const char *const statements[] = {
        "CREATE TABLE `sel``ect.x y` (`or``der` int PRIMARY KEY, `from` int, `ü'\"` int, `a,b)` int, "
        "KEY `k``ey (x)` (`from`), KEY (`a,b)`), CONSTRAINT `c``)` CHECK (`from` > `a,b)`), "
        "CONSTRAINT `f``k` FOREIGN KEY (`ü'\"`) REFERENCES `sel``ect.x y` (`or``der`))",
        "CREATE TABLE `table` (`primary` int DEFAULT 1 COMMENT ') ENGINE=x', `key` varchar(9) DEFAULT '`, "
        "(', "
        "`check` text COMMENT '/* not one */ -- nor this', PRIMARY KEY (`primary`)) COMMENT = 'PARTITION BY "
        "(`x`)'",
        "CREATE VIEW `vi``ew` AS SELECT `sel``ect.x y`.`or``der` AS `from``` FROM `sel``ect.x y`",
        "CREATE TRIGGER `tr``ig` AFTER DELETE ON `sel``ect.x y` FOR EACH ROW DELETE FROM `table`",
        "CREATE PROCEDURE `pr``oc`() SELECT 1",
        "CREATE EVENT `ev``ent` ON SCHEDULE EVERY 1 DAY DO SELECT 1",
        NULL};
    run(statements);
    if (is_mariadb())
        exec(one, "CREATE SEQUENCE `se``q`");
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "column table sel`ect\\.x y.a,b)", ATTRIBUTE_TYPE, either("int(11)", "int"));
    assert_attribute(catalog, "index table sel`ect\\.x y.k`ey (x)", ATTRIBUTE_COLUMNS, "[from]");
    assert_attribute(catalog, "check constraint table sel`ect\\.x y.c`)", ATTRIBUTE_EXPRESSION,
                     either("`from` > `a,b)`", "(`from` > `a,b)`)"));
    assert_attribute(catalog, "foreign key table sel`ect\\.x y.f`k", ATTRIBUTE_REFERENCES, "sel`ect.x y");
    assert_attribute(catalog, "foreign key table sel`ect\\.x y.f`k", ATTRIBUTE_REFERENCED_COLUMNS,
                     "[or`der]");
    assert_attribute(catalog, "table table", ATTRIBUTE_COMMENT, "PARTITION BY (`x`)");
    assert_attribute(catalog, "table table", ATTRIBUTE_PARTITION_BY, "-");
    assert_attribute(catalog, "column table table.primary", ATTRIBUTE_COMMENT, ") ENGINE=x");
    assert_attribute(catalog, "column table table.key", ATTRIBUTE_DEFAULT, "'`, ('");
    assert_attribute(catalog, "column table table.check", ATTRIBUTE_COMMENT, "/* not one */ -- nor this");
    assert_true(needs(catalog, "view vi`ew", "column table sel`ect\\.x y.or`der"));
    assert_true(needs(catalog, "trigger table sel`ect\\.x y.tr`ig", "table table"));
    object_of(catalog, "procedure pr`oc");
    object_of(catalog, "event ev`ent");
    if (is_mariadb())
        object_of(catalog, "sequence se`q");
    assert_survives_snapshot(catalog);
}

/* An alias that is called as the database is no qualification. */
static void test_names_like_the_database(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (a int)");
    exec(one, arena_printf(work, "CREATE VIEW v AS SELECT %s.a FROM t %s JOIN mysql.db", url.database,
                           url.database));
    exec(one, arena_printf(work, "CREATE VIEW w AS SELECT %s.t.a FROM %s.t", url.database, url.database));
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "view v", ATTRIBUTE_DEFINITION,
                     arena_printf(work, "select `%s`.`a` AS `a` from (`t` `%s` join `mysql`.`db`)",
                                  url.database, url.database));
    assert_attribute(catalog, "view w", ATTRIBUTE_DEFINITION, "select `t`.`a` AS `a` from `t`");
}

static void test_names_of_views_do_not_make_circles(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (a int)");
    exec(one, "CREATE VIEW a AS SELECT 1 AS b");
    exec(one, "CREATE VIEW b AS SELECT a FROM t");
    exec(one, "CREATE VIEW c AS SELECT b FROM a");
    struct catalog *catalog = read_all();
    assert_int_equal(object_of(catalog, "view a")->need_count, 0);
    assert_false(needs(catalog, "view b", "view a"));
    assert_true(needs(catalog, "view c", "view a"));
    assert_false(needs(catalog, "view c", "view b"));
}

/* A view whose table is gone is read all the same. */
static void test_broken_views(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (a int)");
    exec(one, "CREATE VIEW v AS SELECT a FROM t");
    const char *sound = attribute(read_all(), "view v", ATTRIBUTE_DEFINITION);
    exec(one, "DROP TABLE t");
    assert_attribute(read_all(), "view v", ATTRIBUTE_DEFINITION, sound);
}

static void test_definers(void **state)
{
    (void)state;
    make_everything();
    const char *without = fingerprint();
    struct catalog *catalog = read_with(one, (struct catalog_options){.definers = true});
    assert_attribute(catalog, "view seen", ATTRIBUTE_DEFINER, "`root`@`localhost`");
    assert_attribute(catalog, "procedure act", ATTRIBUTE_DEFINER, "`root`@`localhost`");
    assert_attribute(catalog, "procedure quoted", ATTRIBUTE_DEFINER, "\"root\"@\"localhost\"");
    assert_attribute(catalog, "trigger table parents.first", ATTRIBUTE_DEFINER, "`root`@`localhost`");
    assert_attribute(catalog, "event daily", ATTRIBUTE_DEFINER, "`root`@`localhost`");
    exec(one, "ALTER DEFINER = other@localhost EVENT daily ENABLE");
    assert_string_equal(fingerprint(), without);
}

static void test_history_is_left_out(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (a int)");
    const char *without = fingerprint();
    exec(one, "CREATE TABLE dunlin_history (a int)");
    assert_string_equal(fingerprint(), without);
    struct catalog_options options = {.history = arena_printf(work, "%s.dunlin_history", url.database)};
    assert_string_equal(fingerprint_of(read_with(one, options)), without);
    options.history = "elsewhere.dunlin_history";
    assert_string_not_equal(fingerprint_of(read_with(one, options)), without);
}

static void test_temporary_tables(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE t (a int)");
    const char *without = fingerprint();
    exec(one, "CREATE TEMPORARY TABLE passing (a int)");
    assert_string_equal(fingerprint(), without);
    exec(one, "CREATE TEMPORARY TABLE t (b int)");
    size_t count;
    const struct schema_unmodelled *unmodelled = catalog_unmodelled(read_all(), &count);
    assert_int_equal(count, 1);
    assert_string_equal(unmodelled->what, "table that a temporary one hides");
    assert_string_equal(unmodelled->name, "t");
}

/* Whatever mode the session is in, SHOW CREATE is read as it is without one, and the mode is there
 * afterwards. */
static void test_leaves_the_session_alone(void **state)
{
    (void)state;
    static const char *const modes[] = {"ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "ORACLE", "MSSQL"};
    const size_t count = is_mariadb() ? 4 : 2;
    make_everything();
    const char *mine = canonical(read_all());
    for (size_t i = 0; i < count; ++i) {
        exec(one, arena_printf(work, "SET sql_mode = '%s', sql_quote_show_create = 0", modes[i]));
        const char *mode = ask(one, "SELECT @@sql_mode");
        assert_string_equal(canonical(read_all()), mine);
        assert_answer(one, "SELECT @@sql_mode", mode);
        assert_answer(one, "SELECT @@sql_quote_show_create", "0");
    }
    exec(one, "SET sql_mode = DEFAULT, sql_quote_show_create = 1");
}

static void make_tables(int from, int to)
{
    for (int i = from; i < to; ++i)
        exec(one,
             arena_printf(
                 work,
                 "CREATE TABLE t%d (id int PRIMARY KEY, b int, c varchar(20), d int, e int, f text, g date, "
                 "h bigint, i decimal(10,2), j char(5), KEY (c), KEY kd (d, e), FOREIGN KEY (b) REFERENCES "
                 "t%d (id))",
                 i, i ? i - 1 : 0));
}

static uint64_t round_trips_of_reading(void)
{
    uint64_t before = one->round_trips;
    read_all();
    return one->round_trips - before;
}

static void test_round_trips_do_not_grow(void **state)
{
    (void)state;
    make_tables(0, 1);
    assert_true(round_trips_of_reading() <= 2);
    exec(one, "CREATE TABLE with_place (p point)"); /* of which MariaDB is asked more */
    uint64_t few = round_trips_of_reading();
    assert_true(few <= 3);
    make_tables(1, 300);
    make_everything();
    assert_int_equal(round_trips_of_reading(), few);
}

static void test_memory_of_a_table(void **state)
{
    (void)state;
    enum { TABLES = 500, MOST_A_TABLE = 20000 };
    make_tables(0, TABLES);
    struct arena *own = arena_new();
    struct catalog *catalog = NULL;
    struct catalog_options options = {.history = NULL};
    assert_true(engine_mysql.catalog->read(one, &options, own, &catalog, error));
    assert_true(arena_size(own) < (size_t)TABLES * MOST_A_TABLE);
    arena_free(own);
}

static void test_a_url_without_database(void **state)
{
    (void)state;
    struct db_url nowhere = url;
    nowhere.database = NULL;
    dun_connection *connection = open_url(&nowhere);
    struct catalog_options options = {.history = NULL};
    struct catalog *untouched = NULL;
    assert_false(engine_mysql.catalog->read(connection, &options, work, &untouched, error));
    expect_error(DUN_BAD_INPUT, -1, "names no database");
    assert_null(untouched);
    DRIVER->close(connection);
}

/* A user who may see a view but not its text. */
static void test_a_view_that_may_not_be_shown(void **state)
{
    (void)state;
    struct catalog_options options = {.history = NULL};
    struct catalog *untouched = NULL;
    exec(one, "CREATE TABLE t (a int)");
    exec(one, "CREATE VIEW v AS SELECT a FROM t");
    exec(one, "CREATE PROCEDURE p() SELECT 1");
    exec(admin, "DROP USER IF EXISTS dunlin_blind@localhost");
    exec(admin, "CREATE USER dunlin_blind@localhost");
    exec(admin, arena_printf(work, "GRANT SELECT, EXECUTE ON %s.* TO dunlin_blind@localhost", url.database));
    struct db_url blind = url;
    blind.user = "dunlin_blind";
    dun_connection *connection = open_url(&blind);
    exec(connection, "SET sql_mode = 'ANSI_QUOTES'");
    assert_false(engine_mysql.catalog->read(connection, &options, work, &untouched, error));
    expect_error(DUN_FAILED, 1142, "what v is could not be read");
    assert_null(untouched);
    assert_answer(connection, "SELECT @@sql_mode", "ANSI_QUOTES");
    exec(one, "DROP VIEW v");
    struct catalog *catalog = read_with(connection, options);
    size_t count;
    const struct schema_unmodelled *unmodelled = catalog_unmodelled(catalog, &count);
    assert_int_equal(count, 1);
    assert_string_equal(unmodelled->what, "PROCEDURE");
    assert_string_equal(unmodelled->name, "p");
    DRIVER->close(connection);
    exec(admin, "DROP USER dunlin_blind@localhost");
}

/* Tables come and go while the catalog is read, between its two round trips, too. */
static bool come_and_go(void *argument, dun_error *failure)
{
    dun_connection *connection = argument;
    for (int i = 0; i < 100; ++i)
        if (!db_exec(connection, "CREATE TABLE passing (a int)", failure) ||
            !db_exec(connection, "DROP TABLE passing", failure))
            return false;
    return true;
}

static void test_tables_that_come_and_go(void **state)
{
    (void)state;
    struct catalog_options options = {.history = NULL};
    dun_connection *other = open_url(&url);
    struct task_group *group = task_group_new();
    make_tables(0, 20);
    assert_true(task_group_start(group, "come and go", come_and_go, other, error));
    for (int i = 0; i < 20; ++i) {
        struct catalog *catalog = NULL;
        if (!engine_mysql.catalog->read(one, &options, work, &catalog, error))
            expect_error(DUN_FAILED, 1146, "passing"); /* every time it was tried: seldom */
    }
    assert_true(task_group_join(group, false, error));
    DRIVER->close(other);
    read_all();
}

static void test_cancelled(void **state)
{
    (void)state;
    struct catalog_options options = {.history = NULL};
    struct catalog *untouched = NULL;
    exec(one, "CREATE TABLE t (a int)");
    exec(one, "SET sql_mode = 'ANSI_QUOTES'");
    dun_cancel *cancel = dun_cancel_new();
    dun_cancel_trigger(cancel);
    struct task_scope scope;
    task_scope_enter(&scope, cancel, -1);
    bool done = engine_mysql.catalog->read(one, &options, work, &untouched, error);
    task_scope_leave(&scope);
    dun_cancel_free(cancel);
    assert_false(done);
    expect_error(DUN_INTERRUPTED, -1, "interrupted");
    assert_answer(one, "SELECT @@sql_mode", "ANSI_QUOTES");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CATALOG_TEST(test_another_database_is_equal),
        CATALOG_TEST(test_dumped_and_loaded_is_equal),
        CATALOG_TEST(test_changes_are_seen),
        CATALOG_TEST(test_what_is_data_is_not_seen),
        CATALOG_TEST(test_nasty_names),
        CATALOG_TEST(test_names_like_the_database),
        CATALOG_TEST(test_names_of_views_do_not_make_circles),
        CATALOG_TEST(test_broken_views),
        CATALOG_TEST(test_definers),
        CATALOG_TEST(test_history_is_left_out),
        CATALOG_TEST(test_temporary_tables),
        CATALOG_TEST(test_leaves_the_session_alone),
        CATALOG_TEST(test_round_trips_do_not_grow),
        CATALOG_TEST(test_memory_of_a_table),
        CATALOG_TEST(test_a_url_without_database),
        CATALOG_TEST(test_a_view_that_may_not_be_shown),
        CATALOG_TEST(test_tables_that_come_and_go),
        CATALOG_TEST(test_cancelled),
    };
    return cmocka_run_group_tests(tests, make_database, drop_database);
}
