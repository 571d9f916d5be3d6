/* What the catalog of MariaDB or MySQL says of each kind of object. */
#include "driver/mysql_catalog_support.h"

static void test_tables(void **state)
{
    (void)state;
    make_everything();
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "table parents", ATTRIBUTE_ENGINE, "InnoDB");
    assert_attribute(catalog, "table parents", ATTRIBUTE_CHARACTER_SET, "utf8mb4");
    assert_attribute(catalog, "table parents", ATTRIBUTE_COLLATION, ask(one, "SELECT @@collation_database"));
    assert_attribute(catalog, "table parents", ATTRIBUTE_COMMENT, "it's");
    assert_attribute(catalog, "table parents", ATTRIBUTE_ROW_FORMAT, "DYNAMIC");
    assert_attribute(catalog, "table parents", ATTRIBUTE_OPTIONS, "[STATS_PERSISTENT=1]");
    assert_attribute(catalog, "table children", ATTRIBUTE_CHARACTER_SET, "latin1");
    assert_attribute(catalog, "table ranges", ATTRIBUTE_PARTITION_BY,
                     "RANGE (`y`) SUBPARTITION BY HASH (`id`) SUBPARTITIONS 2");
    assert_attribute(catalog, "table ranges", ATTRIBUTE_PARTITIONS,
                     either("[`p0` VALUES LESS THAN (2000) COMMENT = 'old' | `p1` VALUES LESS THAN MAXVALUE]",
                            "[p0 VALUES LESS THAN (2000) COMMENT = 'old' | p1 VALUES LESS THAN MAXVALUE]"));
    assert_attribute(catalog, "table hashed", ATTRIBUTE_PARTITION_BY,
                     either("KEY (`id`) PARTITIONS 4", "KEY (id) PARTITIONS 4"));
    assert_attribute(catalog, "table listed", ATTRIBUTE_PARTITION_BY,
                     either("LIST COLUMNS(`id`)", "LIST COLUMNS(id)"));
    assert_attribute(catalog, "table listed", ATTRIBUTE_PARTITIONS,
                     either("[`a` VALUES IN (1,2) | `b` DEFAULT]", "[a VALUES IN (1,2)]"));
    assert_attribute(catalog, "table in_memory", ATTRIBUTE_ENGINE, "MEMORY");
    assert_attribute(catalog, "table in_memory", ATTRIBUTE_OPTIONS, "[MAX_ROWS=5]");
    assert_attribute(catalog, "table both_of_two", ATTRIBUTE_OPTIONS,
                     "[INSERT_METHOD=LAST | UNION=(`one_of_two`)]");
    assert_true(needs(catalog, "table both_of_two", "table one_of_two"));
    assert_survives_snapshot(catalog);
}

static void test_columns(void **state)
{
    (void)state;
    make_everything();
    struct catalog *catalog = read_all();
    assert_attribute(catalog, COLUMN("id"), ATTRIBUTE_TYPE, "int(10) unsigned zerofill");
    assert_attribute(catalog, COLUMN("id"), ATTRIBUTE_NOT_NULL, "yes");
    assert_attribute(catalog, COLUMN("id"), ATTRIBUTE_AUTO_INCREMENT, "yes");
    assert_int_equal(object_of(catalog, COLUMN("id"))->position, 1);
    assert_int_equal(object_of(catalog, COLUMN("name"))->position, 2);
    assert_attribute(catalog, COLUMN("name"), ATTRIBUTE_CHARACTER_SET, "latin1");
    assert_attribute(catalog, COLUMN("name"), ATTRIBUTE_COLLATION, "latin1_bin");
    assert_attribute(catalog, COLUMN("name"), ATTRIBUTE_DEFAULT, "'x''y\\\\z'");
    assert_attribute(catalog, COLUMN("email"), ATTRIBUTE_CHARACTER_SET, "utf8mb4");
    assert_attribute(catalog, COLUMN("email"), ATTRIBUTE_COLLATION, ask(one, "SELECT @@collation_database"));
    assert_attribute(catalog, COLUMN("email"), ATTRIBUTE_DEFAULT, "-");
    assert_attribute(catalog, COLUMN("base"), ATTRIBUTE_CHARACTER_SET, "-");
    assert_attribute(catalog, COLUMN("twice"), ATTRIBUTE_GENERATED, either("`base` * 2", "(`base` * 2)"));
    assert_attribute(catalog, COLUMN("twice"), ATTRIBUTE_STORED, "yes");
    assert_attribute(catalog, COLUMN("twice"), ATTRIBUTE_COMMENT, "a 'column'\nof \\ two");
    assert_true(needs(catalog, COLUMN("twice"), COLUMN("base")));
    assert_attribute(catalog, COLUMN("more"), ATTRIBUTE_GENERATED, either("`base` + 1", "(`base` + 1)"));
    assert_attribute(catalog, COLUMN("more"), ATTRIBUTE_STORED, "-");
    assert_attribute(catalog, COLUMN("more"), ATTRIBUTE_INVISIBLE, "yes");
    assert_attribute(catalog, COLUMN("changed"), ATTRIBUTE_TYPE, "timestamp(3)");
    assert_attribute(catalog, COLUMN("changed"), ATTRIBUTE_DEFAULT,
                     either("current_timestamp(3)", "CURRENT_TIMESTAMP(3)"));
    assert_attribute(catalog, COLUMN("changed"), ATTRIBUTE_ON_UPDATE_VALUE,
                     either("current_timestamp(3)", "CURRENT_TIMESTAMP(3)"));
    assert_attribute(catalog, COLUMN("some"), ATTRIBUTE_DEFAULT, either("(1 + 2)", "((1 + 2))"));
    assert_attribute(catalog, COLUMN("kind"), ATTRIBUTE_TYPE, "enum('a','b,)','c''')");
    assert_attribute(catalog, COLUMN("data"), ATTRIBUTE_TYPE, either("longtext", "json"));
    assert_attribute(catalog, COLUMN("hidden"), ATTRIBUTE_INVISIBLE, "yes");
    assert_attribute(catalog, COLUMN("hidden"), ATTRIBUTE_DEFAULT, either("3", "'3'"));
    assert_attribute(catalog, COLUMN("id2"), ATTRIBUTE_DEFAULT, either("uuid()", "(uuid())"));
    assert_attribute(catalog, COLUMN("bits"), ATTRIBUTE_DEFAULT, "b'101'");
    assert_attribute(catalog, COLUMN("due"), ATTRIBUTE_DEFAULT,
                     either("(current_timestamp() + interval 1 day)", "((now() + interval 1 day))"));
    assert_attribute(catalog, COLUMN("price"), ATTRIBUTE_TYPE, "decimal(10,2)");
    assert_attribute(catalog, COLUMN("flags"), ATTRIBUTE_TYPE, "set('x','y')");
    assert_attribute(catalog, COLUMN("flags"), ATTRIBUTE_OPTIONS, "-");
    assert_attribute(catalog, COLUMN("raw"), ATTRIBUTE_CHARACTER_SET, "-");
}

static void test_keys_and_constraints(void **state)
{
    (void)state;
    make_everything();
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "primary key table children.PRIMARY", ATTRIBUTE_COLUMNS, "[a | b]");
    assert_attribute(catalog, "index table parents.name", ATTRIBUTE_COLUMNS, "[name | base]");
    assert_attribute(catalog, "index table parents.name", ATTRIBUTE_PREFIX_LENGTHS, "[3 | ]");
    assert_attribute(catalog, "index table parents.name", ATTRIBUTE_ORDERS, "[ | DESC]");
    assert_attribute(catalog, "index table parents.name", ATTRIBUTE_COMMENT, "an index");
    assert_attribute(catalog, "index table parents.name", ATTRIBUTE_METHOD, "-");
    assert_true(object_of(catalog, "index table parents.name")->made_up_name);
    assert_true(needs(catalog, "index table parents.name", COLUMN("base")));
    assert_true(object_of(catalog, "unique constraint table parents.some")->made_up_name);
    assert_false(object_of(catalog, "unique constraint table parents.by_email")->made_up_name);
    assert_attribute(catalog, "index table parents.words", ATTRIBUTE_METHOD, "FULLTEXT");
    assert_attribute(catalog, "index table parents.words", ATTRIBUTE_COLUMNS, "[email]");
    assert_attribute(catalog, "index table parents.place", ATTRIBUTE_METHOD, "SPATIAL");
    assert_attribute(catalog, "index table parents.asleep",
                     is_mariadb() ? ATTRIBUTE_IGNORED : ATTRIBUTE_INVISIBLE, "yes");
    assert_attribute(catalog, "index table parents.small_blocks", ATTRIBUTE_OPTIONS,
                     "-"); /* InnoDB heeds none */
    assert_attribute(catalog, "index table in_memory.id", ATTRIBUTE_METHOD, "BTREE");
    assert_attribute(catalog, "index table in_memory.h", ATTRIBUTE_METHOD, "HASH");

    const char *named = "foreign key table children.to_parent";
    const char *unnamed = "foreign key table children.children_ibfk_1";
    assert_attribute(catalog, named, ATTRIBUTE_COLUMNS, "[named]");
    assert_attribute(catalog, named, ATTRIBUTE_REFERENCES, "parents");
    assert_attribute(catalog, named, ATTRIBUTE_REFERENCED_COLUMNS, "[id]");
    assert_attribute(catalog, named, ATTRIBUTE_ON_DELETE, "-");
    assert_false(object_of(catalog, named)->made_up_name);
    assert_attribute(catalog, unnamed, ATTRIBUTE_ON_DELETE, "SET NULL");
    assert_attribute(catalog, unnamed, ATTRIBUTE_ON_UPDATE, "CASCADE");
    assert_true(object_of(catalog, unnamed)->made_up_name);
    assert_true(needs(catalog, named, "table parents"));
    assert_true(needs(catalog, named, COLUMN("id")));
    assert_true(needs(catalog, named, "column table children.named"));
    assert_true(needs(catalog, named, "primary key table parents.PRIMARY"));
    assert_false(needs(catalog, named, "index table children.to_parent"));
    assert_true(
        needs(catalog, "foreign key table children.by_unique", "unique constraint table parents.some"));

    assert_attribute(catalog, "check constraint table parents.not_hundred", ATTRIBUTE_EXPRESSION,
                     either("`some` < 100 and `base` > 0", "((`some` < 100) and (`base` > 0))"));
    assert_true(needs(catalog, "check constraint table parents.not_hundred", COLUMN("base")));
    assert_false(object_of(catalog, "check constraint table parents.not_hundred")->made_up_name);
    const char *made_up =
        either("check constraint table parents.CONSTRAINT_1", "check constraint table parents.parents_chk_2");
    assert_attribute(catalog, made_up, ATTRIBUTE_EXPRESSION, either("`some` <> 50", "(`some` <> 50)"));
    assert_true(object_of(catalog, made_up)->made_up_name);
}

static void test_views(void **state)
{
    (void)state;
    make_everything();
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "view seen", ATTRIBUTE_DEFINITION,
                     either("select `parents`.`id` AS `id`,`parents`.`email` AS `mail` from `parents` where "
                            "`parents`.`some` > 1",
                            "select `parents`.`id` AS `id`,`parents`.`email` AS `mail` from `parents` where "
                            "(`parents`.`some` > 1)"));
    assert_attribute(catalog, "view seen", ATTRIBUTE_OPTIONS, "-");
    assert_attribute(catalog, "view seen", ATTRIBUTE_SECURITY, "-");
    assert_true(needs(catalog, "view seen", "table parents"));
    assert_true(needs(catalog, "view seen", COLUMN("some")));
    assert_false(needs(catalog, "view seen", COLUMN("base")));
    assert_attribute(catalog, "view upon", ATTRIBUTE_OPTIONS, "[ALGORITHM=MERGE]");
    assert_attribute(catalog, "view upon", ATTRIBUTE_SECURITY, "INVOKER");
    assert_attribute(catalog, "view upon", ATTRIBUTE_WITH_CHECK, "LOCAL");
    assert_attribute(catalog, "view upon", ATTRIBUTE_COLUMNS, either("-", "[x | y]"));
    assert_attribute(
        catalog, "view upon", ATTRIBUTE_DEFINITION,
        either("select `seen`.`id` AS `x`,`parents`.`email` AS `y` from (`seen` join `parents` "
               "on(`seen`.`id` = `parents`.`id`))",
               "select `seen`.`id` AS `id`,`parents`.`email` AS `email` from (`seen` join `parents` "
               "on((`seen`.`id` = `parents`.`id`)))"));
    assert_true(needs(catalog, "view upon", "view seen"));
    assert_attribute(catalog, "view far", ATTRIBUTE_DEFINITION,
                     either("select `twice`('a','x') AS `z`,`seen`.`id` AS `id`,nextval(`numbers`) AS `n` "
                            "from ((`seen` join `mysql`.`db`) join (`parents` join `children`))",
                            "select `twice`('a','x') AS `z`,`seen`.`id` AS `id` from ((`seen` join "
                            "`mysql`.`db`) join (`parents` join `children`))"));
    assert_true(needs(catalog, "view far", "view seen"));
    assert_true(needs(catalog, "view far", "function twice"));
}

static void test_routines(void **state)
{
    (void)state;
    make_everything();
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "function twice", ATTRIBUTE_ARGUMENTS, "a varchar(10), b enum('x', 'y\nz')");
    assert_attribute(
        catalog, "function twice", ATTRIBUTE_RETURNS,
        either("varchar(10) CHARSET latin1 COLLATE latin1_swedish_ci", "varchar(10) CHARSET latin1"));
    assert_attribute(catalog, "function twice", ATTRIBUTE_OPTIONS, "[READS SQL DATA | DETERMINISTIC]");
    assert_attribute(catalog, "function twice", ATTRIBUTE_SECURITY, "INVOKER");
    assert_attribute(catalog, "function twice", ATTRIBUTE_COMMENT, "hi");
    assert_attribute(catalog, "function twice", ATTRIBUTE_DEFINITION,
                     "BEGIN IF (SELECT count(*) FROM children) THEN RETURN a; END IF; RETURN b; END");
    assert_attribute(catalog, "function twice", ATTRIBUTE_DEFINER, "-");
    assert_true(needs(catalog, "function twice", "table children"));
    assert_true(needs(catalog, "function twice", "column table children.a"));
    assert_attribute(catalog, "procedure act", ATTRIBUTE_ARGUMENTS, "IN a int, OUT b text");
    assert_attribute(catalog, "procedure act", ATTRIBUTE_RETURNS, "-");
    assert_attribute(catalog, "procedure act", ATTRIBUTE_OPTIONS, "-");
    assert_attribute(catalog, "procedure quoted", ATTRIBUTE_ARGUMENTS, "\"x y\" int");
    assert_attribute(catalog, "procedure quoted", ATTRIBUTE_OPTIONS, "[sql_mode=ANSI_QUOTES]");
    assert_attribute(catalog, "procedure quoted", ATTRIBUTE_DEFINITION,
                     "BEGIN SELECT \"x y\", \"email\" FROM \"parents\"; END");
    assert_true(needs(catalog, "procedure quoted", COLUMN("email")));
}

static void test_triggers_and_events(void **state)
{
    (void)state;
    make_everything();
    struct catalog *catalog = read_all();
    const char *first = "trigger table parents.first", *second = "trigger table parents.second";
    assert_attribute(catalog, second, ATTRIBUTE_TIMING, "BEFORE");
    assert_attribute(catalog, second, ATTRIBUTE_EVENTS, "[INSERT]");
    assert_attribute(catalog, second, ATTRIBUTE_DEFINITION, "SET NEW.name = twice('a', 'x')");
    assert_attribute(catalog, second, ATTRIBUTE_FOLLOWS, "-");
    assert_attribute(catalog, first, ATTRIBUTE_FOLLOWS, "second");
    assert_true(needs(catalog, first, second));
    assert_true(needs(catalog, first, "table children"));
    assert_true(needs(catalog, first, "column table children.b"));
    assert_true(needs(catalog, second, COLUMN("name")));
    assert_true(needs(catalog, second, "function twice"));
    assert_attribute(catalog, "event daily", ATTRIBUTE_SCHEDULE, "EVERY 1 DAY");
    assert_attribute(catalog, "event daily", ATTRIBUTE_ENABLED, "-");
    assert_attribute(catalog, "event daily", ATTRIBUTE_OPTIONS, "-");
    assert_attribute(catalog, "event daily", ATTRIBUTE_DEFINITION, "DELETE FROM children");
    assert_true(needs(catalog, "event daily", "table children"));
    assert_attribute(catalog, "event later", ATTRIBUTE_SCHEDULE,
                     "EVERY '1:30' HOUR_MINUTE STARTS '2035-01-01 00:00:00' ENDS '2036-01-01 00:00:00'");
    assert_attribute(catalog, "event later", ATTRIBUTE_ENABLED, "no");
    assert_attribute(catalog, "event later", ATTRIBUTE_OPTIONS, "[ON COMPLETION PRESERVE]");
    assert_attribute(catalog, "event later", ATTRIBUTE_COMMENT, "an event");
    assert_true(needs(catalog, "event later", "procedure act"));
    assert_attribute(catalog, "event once_only", ATTRIBUTE_SCHEDULE, "AT '2035-05-05 10:00:00'");
    size_t count;
    catalog_unmodelled(catalog, &count);
    assert_int_equal(count, 0);
    assert_survives_snapshot(catalog);
}

static void test_what_only_mariadb_has(void **state)
{
    (void)state;
    if (!is_mariadb())
        skip();
    make_everything();
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "table versioned", ATTRIBUTE_SYSTEM_VERSIONED, "yes");
    assert_attribute(catalog, "column table versioned.b", ATTRIBUTE_SYSTEM_VERSIONED, "no");
    assert_attribute(catalog, "table versioned2", ATTRIBUTE_PERIODS, "[SYSTEM_TIME (`s`, `e`)]");
    assert_attribute(catalog, "table versioned2", ATTRIBUTE_PARTITION_BY, "SYSTEM_TIME INTERVAL 1 MONTH");
    assert_attribute(catalog, "table versioned2", ATTRIBUTE_PARTITIONS, "[`p0` HISTORY | `pn` CURRENT]");
    assert_attribute(catalog, "column table versioned2.s", ATTRIBUTE_GENERATED, "ROW START");
    assert_attribute(catalog, "table periods", ATTRIBUTE_PERIODS, "[`stay` (`s`, `e`)]");
    assert_attribute(catalog, "unique constraint table periods.id", ATTRIBUTE_COLUMNS, "[id]");
    assert_attribute(catalog, "unique constraint table periods.id", ATTRIBUTE_OPTIONS,
                     "[`stay` WITHOUT OVERLAPS]");
    assert_attribute(catalog, COLUMN("number"), ATTRIBUTE_DEFAULT, "nextval(`numbers`)");
    assert_true(needs(catalog, COLUMN("number"), "sequence numbers"));
    assert_attribute(catalog, COLUMN("small"), ATTRIBUTE_COMPRESSION, "yes");
    assert_attribute(catalog, COLUMN("data"), ATTRIBUTE_CHECK, "json_valid(`data`)");
    assert_attribute(catalog, COLUMN("some"), ATTRIBUTE_CHECK, "`some` > 0");
    assert_true(needs(catalog, "view far", "sequence numbers"));
    assert_attribute(catalog, "function gather", ATTRIBUTE_OPTIONS, "[AGGREGATE]");
    assert_attribute(catalog, "package tools", ATTRIBUTE_DEFINITION, "AS FUNCTION f RETURN INT; END");
    assert_attribute(catalog, "package tools", ATTRIBUTE_BODY,
                     "AS FUNCTION f RETURN INT AS BEGIN RETURN 1; END; END");
    assert_attribute(catalog, "package tools", ATTRIBUTE_COMMENT, "a package");
    assert_attribute(catalog, "package tools", ATTRIBUTE_OPTIONS, "[sql_mode=ORACLE]");
}

static void test_sequences(void **state)
{
    (void)state;
    if (!is_mariadb())
        skip();
    make_everything();
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "sequence numbers", ATTRIBUTE_START, "5");
    assert_attribute(catalog, "sequence numbers", ATTRIBUTE_INCREMENT, "-2");
    assert_attribute(catalog, "sequence numbers", ATTRIBUTE_MINIMUM, "-9");
    assert_attribute(catalog, "sequence numbers", ATTRIBUTE_MAXIMUM, "100");
    assert_attribute(catalog, "sequence numbers", ATTRIBUTE_CACHE, "7");
    assert_attribute(catalog, "sequence numbers", ATTRIBUTE_CYCLE, "yes");
    assert_attribute(catalog, "sequence numbers", ATTRIBUTE_ENGINE, "InnoDB");
    assert_attribute(catalog, "sequence numbers", ATTRIBUTE_COMMENT, "a sequence");
    assert_attribute(catalog, "sequence plain", ATTRIBUTE_CYCLE, "-");
    assert_attribute(catalog, "sequence plain", ATTRIBUTE_OPTIONS, "-");
}

static void test_what_only_mysql_has(void **state)
{
    (void)state;
    if (is_mariadb())
        skip();
    make_everything();
    struct catalog *catalog = read_all();
    assert_attribute(catalog, COLUMN("place"), ATTRIBUTE_TYPE, "geometry");
    assert_attribute(catalog, COLUMN("place"), ATTRIBUTE_OPTIONS, "[SRID 4326]");
    assert_attribute(catalog, "check constraint table parents.parents_chk_1", ATTRIBUTE_EXPRESSION,
                     "(`some` > 0)");
    assert_attribute(catalog, "check constraint table parents.loose", ATTRIBUTE_NOT_ENFORCED, "yes");
    assert_attribute(catalog, "index table parents.lowered", ATTRIBUTE_COLUMNS, "[(lower(`email`)) | base]");
    assert_true(needs(catalog, "index table parents.lowered", COLUMN("email")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CATALOG_TEST(test_tables),
        CATALOG_TEST(test_columns),
        CATALOG_TEST(test_keys_and_constraints),
        CATALOG_TEST(test_views),
        CATALOG_TEST(test_routines),
        CATALOG_TEST(test_triggers_and_events),
        CATALOG_TEST(test_what_only_mariadb_has),
        CATALOG_TEST(test_sequences),
        CATALOG_TEST(test_what_only_mysql_has),
    };
    return cmocka_run_group_tests(tests, make_database, drop_database);
}
