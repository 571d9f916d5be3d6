/*
 * Plans for MySQL, whose SQL differs from that of MariaDB in places; and what is said of changes of types.
 * Catalogs are read from what SHOW CREATE prints.
 */
#include "unit/test_arena.h"

#include "base/str.h"
#include "diff/diff.h"
#include "engine/mysql/catalog_reading.h"
#include "engine/mysql/language.h"

#include <string.h>

static const struct catalog_options options;

static struct catalog_reading reading_of(const char *server)
{
    return (struct catalog_reading){.options = &options,
                                    .catalog = catalog_new(arena, "mysql", server),
                                    .scratch = arena,
                                    .database = "shop"};
}

/* The catalog of what SHOW CREATE gives, one text for each object; NULL-terminated. */
static struct catalog *catalog_of(const char *server, const char *const *texts)
{
    struct catalog_reading reading = reading_of(server);
    for (; *texts; ++texts) {
        const char *name = strchr(*texts, '`') + 1;
        struct catalog_shown shown = {.name = arena_strndup(arena, name, strcspn(name, "`")),
                                      .sql = *texts,
                                      .length = strlen(*texts),
                                      .rows = 5};
        if (strstr(*texts, "TABLE"))
            mysql_engine_catalog_read_table(&reading, &shown);
        else
            mysql_engine_catalog_read_routine(&reading, &shown);
    }
    mysql_engine_catalog_find_needs(&reading);
    return reading.catalog;
}

static struct plan *plan_between(const char *server, const char *const *from, const char *const *to,
                                 bool online)
{
    struct diff *diff =
        diff_catalogs(arena, &mysql_diff_rules, catalog_of(server, from), catalog_of(server, to));
    struct plan_options how = {.online = online};
    struct plan *plan = plan_make(&mysql_language, diff, &how, NULL);
    assert_non_null(plan);
    return plan;
}

static const char *script(const struct plan *plan)
{
    struct str text = STR_INIT;
    VECTOR_EACH (struct plan_statement, statement, &plan->statements)
        str_printf(&text, "%s;\n", statement->sql);
    const char *copy = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return copy;
}

static const char *const *table(const char *body)
{
    const char **texts = arena_alloc(arena, 2 * sizeof *texts);
    texts[0] = arena_printf(arena, "CREATE TABLE `t` (%s) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4", body);
    return texts;
}

#define MYSQL "MySQL 9.1.0"
#define MARIADB "MariaDB 10.11.19"

static void test_checks(void **state)
{
    (void)state;
    struct plan *plan = plan_between(
        MYSQL, table("`a` int DEFAULT NULL, CONSTRAINT `c` CHECK ((`a` > 0))"),
        table("`a` int DEFAULT NULL, CONSTRAINT `d` CHECK ((`a` > 1)) /*!80016 NOT ENFORCED */"), false);
    assert_string_equal(script(plan),
                        "ALTER TABLE `t` DROP CHECK `c`, ADD CONSTRAINT `d` CHECK ((`a` > 1)) NOT "
                        "ENFORCED;\n");
    assert_false(plan->hazards & PLAN_CHECK);
}

static void test_invisible_and_functional_keys(void **state)
{
    (void)state;
    struct plan *plan = plan_between(
        MYSQL, table("`a` int DEFAULT NULL, KEY `k` (`a`)"),
        table("`a` int DEFAULT NULL, KEY `k` (`a`) /*!80000 INVISIBLE */, KEY `f` ((`a` + 1) DESC)"), false);
    assert_string_equal(script(plan),
                        "ALTER TABLE `t` ALTER INDEX `k` INVISIBLE, ADD KEY `f` ((`a` + 1) DESC);\n");
}

static void test_programs_are_dropped_first(void **state)
{
    (void)state;
    static const char *const from[] = {"CREATE FUNCTION `f`(x int) RETURNS int\n    DETERMINISTIC\nRETURN x",
                                       NULL};
    static const char *const to[] = {
        "CREATE FUNCTION `f`(x int) RETURNS int\n    DETERMINISTIC\nRETURN x + 1", NULL};
    assert_string_equal(
        script(plan_between(MYSQL, from, to, false)),
        "DROP FUNCTION `f`;\nCREATE FUNCTION `f`(x int) RETURNS int\n    DETERMINISTIC\nRETURN x + 1;\n");
    assert_string_equal(
        script(plan_between(MARIADB, from, to, false)),
        "CREATE OR REPLACE FUNCTION `f`(x int) RETURNS int\n    DETERMINISTIC\nRETURN x + 1;\n");
}

static void test_online(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *mysql, *mariadb;
    } cases[] = {
        {"`a` int DEFAULT NULL", "`b` int DEFAULT NULL, `a` int DEFAULT NULL",
         "ALTER TABLE `t` ADD COLUMN `b` int FIRST, ALGORITHM=INPLACE, LOCK=NONE;\n",
         "ALTER TABLE `t` ADD COLUMN `b` int FIRST, ALGORITHM=INSTANT;\n"},
        {"`a` varchar(10) DEFAULT NULL", "`a` varchar(20) DEFAULT NULL",
         "ALTER TABLE `t` MODIFY COLUMN `a` varchar(20), ALGORITHM=INPLACE, LOCK=NONE;\n",
         "ALTER TABLE `t` MODIFY COLUMN `a` varchar(20), ALGORITHM=INSTANT;\n"},
        {"`a` varchar(10) DEFAULT NULL", "`a` varchar(200) DEFAULT NULL",
         "ALTER TABLE `t` MODIFY COLUMN `a` varchar(200);\n",
         "ALTER TABLE `t` MODIFY COLUMN `a` varchar(200), ALGORITHM=INSTANT;\n"},
        {"`a` int DEFAULT NULL", "`a` int DEFAULT NULL, `b` int DEFAULT '5'",
         "ALTER TABLE `t` ADD COLUMN `b` int DEFAULT '5', ALGORITHM=INSTANT;\n",
         "ALTER TABLE `t` ADD COLUMN `b` int DEFAULT '5', ALGORITHM=INSTANT;\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        assert_string_equal(script(plan_between(MYSQL, table(cases[i].from), table(cases[i].to), true)),
                            cases[i].mysql);
        assert_string_equal(script(plan_between(MARIADB, table(cases[i].from), table(cases[i].to), true)),
                            cases[i].mariadb);
    }
}

/* What cannot be done online says so, and does not claim that it is. */
static void test_why_not_online(void **state)
{
    (void)state;
    struct plan *plan = plan_between(MARIADB, table("`a` int"), table("`a` bigint"), true);
    const struct plan_statement *statement = &plan->statements.items[0];
    assert_string_equal(statement->sql, "ALTER TABLE `t` MODIFY COLUMN `a` bigint");
    assert_string_equal(statement->note, "cannot be done online (a type changes): writers of the table wait");
    assert_true(statement->hazards & PLAN_REWRITE);
    assert_int_equal(statement->rows, 5);
}

static void test_files_are_not_moved(void **state)
{
    (void)state;
    static const char *const from[] = {"CREATE TABLE `t` (`a` int) ENGINE=InnoDB", NULL};
    static const char *const to[] = {"CREATE TABLE `t` (`a` int) ENGINE=InnoDB DATA DIRECTORY='/x'", NULL};
    struct diff *diff =
        diff_catalogs(arena, &mysql_diff_rules, catalog_of(MYSQL, from), catalog_of(MYSQL, to));
    struct plan_options how = {.online = false};
    dun_error *error = dun_error_new();
    assert_null(plan_make(&mysql_language, diff, &how, error));
    assert_non_null(strstr(dun_error_message(error), "cannot move the files of a table"));
    assert_non_null(dun_error_hint(error));
    dun_error_free(error);
}

static enum language_conversion conversion(const char *from, const char *to)
{
    struct catalog *catalog = catalog_new(arena, "mysql", MYSQL);
    struct schema_object *before = catalog_add(catalog, SCHEMA_COLUMN, NULL, NULL, "before");
    struct schema_object *after = catalog_add(catalog, SCHEMA_COLUMN, NULL, NULL, "after");
    catalog_set(catalog, before, ATTRIBUTE_TYPE, from);
    catalog_set(catalog, after, ATTRIBUTE_TYPE, to);
    return mysql_engine_conversion(before, after);
}

static void test_conversions(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        enum language_conversion there, back;
    } cases[] = {
        {"int(11)", "int(11)", CONVERSION_NONE, CONVERSION_NONE},
        {"int(11)", "int(5)", CONVERSION_INSTANT, CONVERSION_INSTANT},
        {"int", "bigint", CONVERSION_WIDENS, CONVERSION_NARROWS},
        {"int", "int unsigned", CONVERSION_NARROWS, CONVERSION_NARROWS},
        {"smallint unsigned", "int", CONVERSION_WIDENS, CONVERSION_NARROWS},
        {"varchar(10)", "varchar(11)", CONVERSION_LONGER, CONVERSION_NARROWS},
        {"varchar(60)", "varchar(70)", CONVERSION_TWO_BYTES, CONVERSION_NARROWS},
        {"char(5)", "varchar(5)", CONVERSION_WIDENS, CONVERSION_WIDENS},
        {"varchar(100)", "text", CONVERSION_WIDENS, CONVERSION_NARROWS},
        {"varchar(100)", "tinytext", CONVERSION_NARROWS, CONVERSION_NARROWS},
        {"text", "longtext", CONVERSION_WIDENS, CONVERSION_NARROWS},
        {"varbinary(200)", "tinyblob", CONVERSION_WIDENS, CONVERSION_NARROWS},
        {"decimal(10,2)", "decimal(12,4)", CONVERSION_WIDENS, CONVERSION_NARROWS},
        {"decimal(10,2)", "decimal(11,4)", CONVERSION_NARROWS, CONVERSION_NARROWS},
        {"float", "double", CONVERSION_WIDENS, CONVERSION_NARROWS},
        {"enum('a')", "enum('a','b')", CONVERSION_INSTANT, CONVERSION_DROPS},
        {"enum('a','b')", "enum('b','a')", CONVERSION_WIDENS, CONVERSION_WIDENS},
        {"set('a,''b')", "set('a','b')", CONVERSION_DROPS, CONVERSION_DROPS},
        {"datetime", "datetime(3)", CONVERSION_WIDENS, CONVERSION_NARROWS},
        {"date", "datetime", CONVERSION_WIDENS, CONVERSION_NARROWS},
        {"int", "varchar(11)", CONVERSION_WIDENS, CONVERSION_NARROWS},
        {"int", "varchar(10)", CONVERSION_NARROWS, CONVERSION_NARROWS},
        {"int", "double", CONVERSION_WIDENS, CONVERSION_NARROWS},
        {"bigint", "double", CONVERSION_NARROWS, CONVERSION_NARROWS},
        {"bigint", "decimal(20,0)", CONVERSION_WIDENS, CONVERSION_NARROWS},
        {"enum('a')", "text", CONVERSION_WIDENS, CONVERSION_NARROWS},
        {"point", "text", CONVERSION_NARROWS, CONVERSION_NARROWS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        if (conversion(cases[i].from, cases[i].to) != cases[i].there)
            fail_msg("%s to %s: %d", cases[i].from, cases[i].to, conversion(cases[i].from, cases[i].to));
        if (conversion(cases[i].to, cases[i].from) != cases[i].back)
            fail_msg("%s to %s: %d", cases[i].to, cases[i].from, conversion(cases[i].to, cases[i].from));
    }
}

static void test_lock_timeout(void **state)
{
    (void)state;
    assert_string_equal(mysql_language.lock_timeout(arena, 1500),
                        "SET SESSION lock_wait_timeout = 2, SESSION innodb_lock_wait_timeout = 2");
    assert_string_equal(mysql_language.lock_timeout(arena, 0),
                        "SET SESSION lock_wait_timeout = 1, SESSION innodb_lock_wait_timeout = 1");
}

#define PLAN_TEST(function) cmocka_unit_test_setup_teardown(function, setup_arena, teardown_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAN_TEST(test_checks),         PLAN_TEST(test_invisible_and_functional_keys),
        PLAN_TEST(test_online),         PLAN_TEST(test_programs_are_dropped_first),
        PLAN_TEST(test_why_not_online), PLAN_TEST(test_files_are_not_moved),
        PLAN_TEST(test_conversions),    PLAN_TEST(test_lock_timeout),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
