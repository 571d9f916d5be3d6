/* What MySQL 8 and 9 print for SHOW CREATE, which differs from MariaDB in many places, as objects of the
 * catalog. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/mysql/catalog_reading.h"

#include <string.h>

static struct arena *arena;
static struct catalog_options options;
static struct catalog_reading reading;

static int open_reading(void **state)
{
    (void)state;
    arena = arena_new();
    options = (struct catalog_options){.history = NULL};
    reading = (struct catalog_reading){.options = &options,
                                       .catalog = catalog_new(arena, "mysql", "MySQL 9.1.0"),
                                       .scratch = arena,
                                       .database = "shop"};
    return 0;
}

static int close_reading(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct catalog_shown shown(const char *name, const char *sql)
{
    return (struct catalog_shown){.name = name, .sql = sql, .length = strlen(sql), .sql_mode = "", .rows = 7};
}

static void read_table(const char *name, const char *sql)
{
    struct catalog_shown text = shown(name, sql);
    mysql_engine_catalog_read_table(&reading, &text);
}

static const char *attribute(const char *key, enum schema_attribute which)
{
    const struct schema_object *object = catalog_find_key(reading.catalog, key);
    if (!object)
        fail_msg("there is no %s", key);
    const struct schema_value *value = catalog_value(object, which);
    if (!value)
        return "-";
    const char *text = value->texts[0];
    for (size_t i = 1; i < value->count; ++i)
        text = arena_printf(arena, "%s | %s", text, value->texts[i]);
    return text;
}

#define assert_attribute(key, which, expected) assert_string_equal(attribute(key, which), expected)

static void test_table(void **state)
{
    (void)state;
    read_table("t", "CREATE TABLE `t` (\n"
                    "  `id` bigint NOT NULL AUTO_INCREMENT,\n"
                    "  `g` point NOT NULL /*!80003 SRID 4326 */,\n"
                    "  `v` varchar(10) COLLATE utf8mb4_bin DEFAULT (concat(_utf8mb4'a',_utf8mb4'b')) "
                    "/*!80023 INVISIBLE */,\n"
                    "  `d` varchar(10) DEFAULT '5' /*!50606 STORAGE DISK */ COMMENT 'x',\n"
                    "  `c` int GENERATED ALWAYS AS ((`id` + 1)) VIRTUAL,\n"
                    "  `l` varchar(5) CHARACTER SET latin1 DEFAULT NULL,\n"
                    "  `my_row_id` bigint unsigned NOT NULL AUTO_INCREMENT /*!80023 INVISIBLE */,\n"
                    "  PRIMARY KEY (`id`),\n"
                    "  KEY `functional_index` ((lower(`v`)) DESC,`d`) /*!80000 INVISIBLE */,\n"
                    "  FULLTEXT KEY `ft` (`v`) /*!50100 WITH PARSER `ngram` */ ,\n"
                    "  CONSTRAINT `fk` FOREIGN KEY (`c`) REFERENCES `shop`.`u` (`a`) ON DELETE CASCADE ON "
                    "UPDATE NO ACTION,\n"
                    "  CONSTRAINT `far` FOREIGN KEY (`c`) REFERENCES `other`.`u` (`a`),\n"
                    "  CONSTRAINT `t_chk_1` CHECK ((`id` > 0)) /*!80016 NOT ENFORCED */\n"
                    ") /*!50100 TABLESPACE `space` */ ENGINE=InnoDB AUTO_INCREMENT=3 DEFAULT CHARSET=utf8mb4 "
                    "COLLATE=utf8mb4_0900_ai_ci COMMENT='c' /*!80016 ENCRYPTION='Y' */\n"
                    "/*!50100 PARTITION BY RANGE (`id`)\n"
                    "(PARTITION p0 VALUES LESS THAN (10) ENGINE = InnoDB,\n"
                    " PARTITION p1 VALUES LESS THAN MAXVALUE ENGINE = InnoDB) */");
    size_t count;
    catalog_unmodelled(reading.catalog, &count);
    assert_int_equal(count, 0);
    assert_attribute("column table t.g", ATTRIBUTE_OPTIONS, "SRID 4326");
    assert_attribute("column table t.v", ATTRIBUTE_DEFAULT, "(concat(_utf8mb4'a',_utf8mb4'b'))");
    assert_attribute("column table t.v", ATTRIBUTE_INVISIBLE, "yes");
    assert_attribute("column table t.v", ATTRIBUTE_CHARACTER_SET, "utf8mb4");
    assert_attribute("column table t.v", ATTRIBUTE_COLLATION, "utf8mb4_bin");
    assert_attribute("column table t.d", ATTRIBUTE_COLLATION, "utf8mb4_0900_ai_ci");
    assert_attribute("column table t.d", ATTRIBUTE_STORAGE, "DISK");
    assert_attribute("column table t.d", ATTRIBUTE_COMMENT, "x");
    assert_attribute("column table t.c", ATTRIBUTE_GENERATED, "(`id` + 1)");
    assert_attribute("column table t.l", ATTRIBUTE_CHARACTER_SET, "latin1");
    assert_attribute("column table t.l", ATTRIBUTE_COLLATION, "-");
    assert_attribute("index table t.functional_index", ATTRIBUTE_COLUMNS, "(lower(`v`)) | d");
    assert_attribute("index table t.functional_index", ATTRIBUTE_ORDERS, "DESC | ");
    assert_attribute("index table t.functional_index", ATTRIBUTE_INVISIBLE, "yes");
    assert_true(catalog_find_key(reading.catalog, "index table t.functional_index")->made_up_name);
    assert_attribute("index table t.ft", ATTRIBUTE_OPTIONS, "WITH PARSER `ngram`");
    assert_attribute("foreign key table t.fk", ATTRIBUTE_REFERENCES, "u");
    assert_attribute("foreign key table t.fk", ATTRIBUTE_ON_UPDATE, "-");
    assert_attribute("foreign key table t.far", ATTRIBUTE_REFERENCES, "`other`.`u`");
    assert_attribute("check constraint table t.t_chk_1", ATTRIBUTE_EXPRESSION, "(`id` > 0)");
    assert_attribute("check constraint table t.t_chk_1", ATTRIBUTE_NOT_ENFORCED, "yes");
    assert_true(catalog_find_key(reading.catalog, "check constraint table t.t_chk_1")->made_up_name);
    assert_attribute("table t", ATTRIBUTE_TABLESPACE, "space");
    assert_attribute("table t", ATTRIBUTE_COMMENT, "c");
    assert_attribute("table t", ATTRIBUTE_OPTIONS, "ENCRYPTION='Y'");
    assert_attribute("table t", ATTRIBUTE_PARTITION_BY, "RANGE (`id`)");
    assert_attribute("table t", ATTRIBUTE_PARTITIONS,
                     "p0 VALUES LESS THAN (10) | p1 VALUES LESS THAN MAXVALUE");
    assert_int_equal(catalog_find_key(reading.catalog, "table t")->rows, 7);
}

/* The functional part of an index names columns in its expression. */
static void test_needs_of_an_expression(void **state)
{
    (void)state;
    read_table("t", "CREATE TABLE `t` (`a` int, `b` int, KEY `k` ((`a` + 1))) ENGINE=InnoDB");
    mysql_engine_catalog_find_needs(&reading);
    const struct schema_object *key = catalog_find_key(reading.catalog, "index table t.k");
    assert_int_equal(key->need_count, 1);
    assert_string_equal(key->needs[0]->key, "column table t.a");
}

static void test_view_with_columns(void **state)
{
    (void)state;
    struct catalog_shown view = shown(
        "v",
        "CREATE ALGORITHM=UNDEFINED DEFINER=`a b`@`%` SQL SECURITY DEFINER VIEW `v` (`x`,`y``z`) AS select "
        "`shop`.`t`.`a` AS `a`,1 AS `1` from `shop`.`t` WITH CASCADED CHECK OPTION");
    mysql_engine_catalog_read_view(&reading, &view);
    assert_attribute("view v", ATTRIBUTE_COLUMNS, "x | y`z");
    assert_attribute("view v", ATTRIBUTE_DEFINITION, "select `t`.`a` AS `a`,1 AS `1` from `t`");
    assert_attribute("view v", ATTRIBUTE_WITH_CHECK, "CASCADED");
}

static void test_routine_of_another_language(void **state)
{
    (void)state;
    struct catalog_shown routine = shown(
        "f", "CREATE DEFINER=`root`@`localhost` FUNCTION `f`(n INT) RETURNS int\n    LANGUAGE JAVASCRIPT\n"
             "    DETERMINISTIC\nAS $$ return n + 1; $$");
    mysql_engine_catalog_read_routine(&reading, &routine);
    assert_attribute("function f", ATTRIBUTE_LANGUAGE, "JAVASCRIPT");
    assert_attribute("function f", ATTRIBUTE_RETURNS, "int");
    assert_attribute("function f", ATTRIBUTE_OPTIONS, "DETERMINISTIC");
    assert_attribute("function f", ATTRIBUTE_DEFINITION, "AS $$ return n + 1; $$");
}

/* What is not understood is named, and what follows is read. */
static void test_what_is_not_known(void **state)
{
    (void)state;
    read_table(
        "t", "CREATE TABLE `t` (`a` int FANCY OPTION=(1,2), WONDER KEY `k` (`a`, `b`), KEY `l` (`a`) SHINY) "
             "ENGINE=InnoDB MAGIC=3");
    size_t count;
    const struct schema_unmodelled *unmodelled = catalog_unmodelled(reading.catalog, &count);
    assert_int_equal(count, 1);
    assert_string_equal(unmodelled->name, "t: WONDER KEY `k` (`a`, `b`)");
    assert_attribute("column table t.a", ATTRIBUTE_OPTIONS, "FANCY | OPTION=(1,2)");
    assert_attribute("index table t.l", ATTRIBUTE_OPTIONS, "SHINY");
    assert_attribute("table t", ATTRIBUTE_OPTIONS, "MAGIC=3");
}

static void test_no_statement_at_all(void **state)
{
    (void)state;
    struct catalog_shown nonsense = shown("x", "SELECT 1");
    mysql_engine_catalog_read_table(&reading, &nonsense);
    mysql_engine_catalog_read_view(&reading, &nonsense);
    mysql_engine_catalog_read_routine(&reading, &nonsense);
    size_t count;
    catalog_unmodelled(reading.catalog, &count);
    assert_int_equal(count, 3);
    catalog_objects(reading.catalog, &count);
    assert_int_equal(count, 0);
}

#define READING_TEST(function) cmocka_unit_test_setup_teardown(function, open_reading, close_reading)

int main(void)
{
    const struct CMUnitTest tests[] = {
        READING_TEST(test_table),
        READING_TEST(test_needs_of_an_expression),
        READING_TEST(test_view_with_columns),
        READING_TEST(test_routine_of_another_language),
        READING_TEST(test_what_is_not_known),
        READING_TEST(test_no_statement_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
