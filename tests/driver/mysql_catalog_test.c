/* Reading the catalog of a database of MariaDB. */
#include "driver/mysql_support.h"

#include "driver/catalog_support.h"

#include <dunlin/db.h>

static struct catalog *read_with(dun_connection *connection, struct catalog_options options)
{
    struct catalog *catalog = NULL;
    if (!engine_mysql.catalog->read(connection, &options, work, &catalog, error))
        fail_msg("%s", dun_error_message(error));
    return catalog;
}

static struct catalog *read_all(void)
{
    return read_with(one, (struct catalog_options){.history = "dunlin_history"});
}

static const char *fingerprint(void)
{
    return fingerprint_of(read_all());
}

static const char *canonical(struct catalog *catalog)
{
    struct str text = STR_INIT;
    canonical_text(&text, catalog);
    const char *copy = arena_strdup(work, str_text(&text));
    str_free(&text);
    return copy;
}

static const char *const everything[] = {
    "CREATE SEQUENCE numbers START WITH 5 INCREMENT BY -2 MINVALUE -9 MAXVALUE 100 CACHE 7 CYCLE COMMENT 'a "
    "sequence'",
    "CREATE SEQUENCE plain",
    "CREATE TABLE parents (id int unsigned zerofill NOT NULL AUTO_INCREMENT PRIMARY KEY, "
    "name varchar(10) CHARACTER SET latin1 COLLATE latin1_bin DEFAULT 'x''y\\\\z', email varchar(80), base "
    "int, "
    "twice int GENERATED ALWAYS AS (base * 2) STORED COMMENT 'a ''column''\\nof \\\\ two', "
    "more int AS (base + 1) VIRTUAL INVISIBLE, "
    "changed timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), "
    "some int DEFAULT (1 + 2) CHECK (some > 0), kind enum('a', 'b,)', 'c''') DEFAULT 'a', "
    "number bigint DEFAULT nextval(numbers), small text COMPRESSED, data json, place geometry NOT NULL, "
    "hidden int INVISIBLE DEFAULT 3, id2 uuid DEFAULT uuid(), bits bit(4) DEFAULT b'101', price "
    "decimal(10,2) NOT NULL, "
    "due datetime DEFAULT (now() + INTERVAL 1 DAY), count int unsigned, flags set('x', 'y') NOT NULL, raw "
    "varbinary(9), "
    "CONSTRAINT not_hundred CHECK (some < 100 AND base > 0), CHECK (some <> 50), "
    "KEY (name(3), base DESC) USING BTREE COMMENT 'an index', UNIQUE KEY (some), UNIQUE KEY by_email "
    "(email), "
    "FULLTEXT KEY words (email), SPATIAL KEY (place), KEY asleep (base) IGNORED, "
    "KEY small_blocks (count) KEY_BLOCK_SIZE = 8) COMMENT = 'it''s' STATS_PERSISTENT = 1 AUTO_INCREMENT = 17 "
    "ROW_FORMAT = DYNAMIC",
    "CREATE TABLE children (a int, b int, parent int unsigned, named int unsigned, ref int, PRIMARY KEY (a, "
    "b), "
    "FOREIGN KEY (parent) REFERENCES parents (id) ON DELETE SET NULL ON UPDATE CASCADE, "
    "CONSTRAINT to_parent FOREIGN KEY (named) REFERENCES parents (id) ON DELETE NO ACTION, "
    "CONSTRAINT by_unique FOREIGN KEY (ref) REFERENCES parents (some) ON DELETE RESTRICT) "
    "DEFAULT CHARACTER SET latin1",
    "CREATE TABLE versioned (a int, b int WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING",
    "CREATE TABLE versioned2 (a int, s timestamp(6) GENERATED ALWAYS AS ROW START, e timestamp(6) GENERATED "
    "ALWAYS AS "
    "ROW END, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME INTERVAL 1 "
    "MONTH "
    "(PARTITION p0 HISTORY, PARTITION pn CURRENT)",
    "CREATE TABLE periods (id int, s date, e date, PERIOD FOR stay (s, e), UNIQUE (id, stay WITHOUT "
    "OVERLAPS))",
    "CREATE TABLE ranges (id int, y int) PARTITION BY RANGE (y) SUBPARTITION BY HASH (id) SUBPARTITIONS 2 "
    "(PARTITION p0 VALUES LESS THAN (2000) COMMENT 'old', PARTITION p1 VALUES LESS THAN MAXVALUE)",
    "CREATE TABLE hashed (id int) PARTITION BY KEY (id) PARTITIONS 4",
    "CREATE TABLE listed (id int) PARTITION BY LIST COLUMNS (id) (PARTITION a VALUES IN (1, 2), PARTITION b "
    "DEFAULT)",
    "CREATE TABLE in_memory (id int, KEY (id) USING BTREE, KEY h (id) USING HASH) ENGINE = MEMORY MAX_ROWS = "
    "5",
    "CREATE TABLE one_of_two (id int) ENGINE = MyISAM",
    "CREATE TABLE both_of_two (id int) ENGINE = MERGE UNION = (one_of_two) INSERT_METHOD = LAST",
    "CREATE VIEW seen AS SELECT id, email AS mail FROM parents WHERE some > 1",
    "CREATE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW upon (x, y) AS SELECT seen.id, parents.email FROM "
    "seen JOIN "
    "parents USING (id) WITH LOCAL CHECK OPTION",
    "CREATE FUNCTION twice(a varchar(10), b enum('x', 'y\nz')) RETURNS varchar(10) CHARACTER SET latin1 "
    "DETERMINISTIC "
    "READS SQL DATA SQL SECURITY INVOKER COMMENT 'hi' BEGIN IF (SELECT count(*) FROM children) THEN RETURN "
    "a; END IF; "
    "RETURN b; END",
    "CREATE PROCEDURE act(IN a int, OUT b text) BEGIN SELECT mail FROM seen; CALL act(a, b); END",
    "CREATE AGGREGATE FUNCTION gather(x int) RETURNS int BEGIN DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN "
    "1; LOOP "
    "FETCH GROUP NEXT ROW; END LOOP; END",
    "CREATE VIEW far AS SELECT twice('a', 'x') AS z, seen.id, nextval(numbers) AS n FROM seen JOIN mysql.db "
    "JOIN (parents JOIN children)",
    "CREATE TRIGGER second BEFORE INSERT ON parents FOR EACH ROW SET NEW.name = twice('a', 'x')",
    "CREATE TRIGGER first BEFORE INSERT ON parents FOR EACH ROW FOLLOWS second BEGIN INSERT INTO children "
    "(a, b) VALUES "
    "(NEW.id, 1); END",
    "CREATE EVENT daily ON SCHEDULE EVERY 1 DAY DO DELETE FROM children",
    "CREATE EVENT later ON SCHEDULE EVERY '1:30' HOUR_MINUTE STARTS '2035-01-01 00:00:00' ENDS '2036-01-01' "
    "ON COMPLETION PRESERVE DISABLE COMMENT 'an event' DO CALL act(1, @b)",
    "CREATE EVENT once_only ON SCHEDULE AT '2035-05-05 10:00:00' DO DO 0",
    "SET @before = @@sql_mode, sql_mode = 'ANSI_QUOTES'",
    "CREATE PROCEDURE quoted(\"x y\" int) BEGIN SELECT \"x y\", \"email\" FROM \"parents\"; END",
    "SET sql_mode = ORACLE",
    "CREATE PACKAGE tools COMMENT 'a package' AS FUNCTION f RETURN INT; END",
    "CREATE PACKAGE BODY tools AS FUNCTION f RETURN INT AS BEGIN RETURN 1; END; END",
    "SET sql_mode = @before",
    NULL};

#define COLUMN(name) "column table parents." name

static void test_tables(void **state)
{
    (void)state;
    run(everything);
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "table parents", ATTRIBUTE_ENGINE, "InnoDB");
    assert_attribute(catalog, "table parents", ATTRIBUTE_CHARACTER_SET, "utf8mb4");
    assert_attribute(catalog, "table parents", ATTRIBUTE_COLLATION, ask(one, "SELECT @@collation_database"));
    assert_attribute(catalog, "table parents", ATTRIBUTE_COMMENT, "it's");
    assert_attribute(catalog, "table parents", ATTRIBUTE_ROW_FORMAT, "DYNAMIC");
    assert_attribute(catalog, "table parents", ATTRIBUTE_OPTIONS, "[STATS_PERSISTENT=1]");
    assert_attribute(catalog, "table children", ATTRIBUTE_CHARACTER_SET, "latin1");
    assert_attribute(catalog, "table versioned", ATTRIBUTE_SYSTEM_VERSIONED, "yes");
    assert_attribute(catalog, "column table versioned.b", ATTRIBUTE_SYSTEM_VERSIONED, "no");
    assert_attribute(catalog, "table versioned2", ATTRIBUTE_PERIODS, "[SYSTEM_TIME (`s`, `e`)]");
    assert_attribute(catalog, "table versioned2", ATTRIBUTE_PARTITION_BY, "SYSTEM_TIME INTERVAL 1 MONTH");
    assert_attribute(catalog, "table versioned2", ATTRIBUTE_PARTITIONS, "[`p0` HISTORY | `pn` CURRENT]");
    assert_attribute(catalog, "column table versioned2.s", ATTRIBUTE_GENERATED, "ROW START");
    assert_attribute(catalog, "table periods", ATTRIBUTE_PERIODS, "[`stay` (`s`, `e`)]");
    assert_attribute(catalog, "table ranges", ATTRIBUTE_PARTITION_BY,
                     "RANGE (`y`) SUBPARTITION BY HASH (`id`) SUBPARTITIONS 2");
    assert_attribute(catalog, "table ranges", ATTRIBUTE_PARTITIONS,
                     "[`p0` VALUES LESS THAN (2000) COMMENT = 'old' | `p1` VALUES LESS THAN MAXVALUE]");
    assert_attribute(catalog, "table hashed", ATTRIBUTE_PARTITION_BY, "KEY (`id`) PARTITIONS 4");
    assert_attribute(catalog, "table listed", ATTRIBUTE_PARTITION_BY, "LIST COLUMNS(`id`)");
    assert_attribute(catalog, "table listed", ATTRIBUTE_PARTITIONS, "[`a` VALUES IN (1,2) | `b` DEFAULT]");
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
    run(everything);
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
    assert_attribute(catalog, COLUMN("twice"), ATTRIBUTE_GENERATED, "`base` * 2");
    assert_attribute(catalog, COLUMN("twice"), ATTRIBUTE_STORED, "yes");
    assert_attribute(catalog, COLUMN("twice"), ATTRIBUTE_COMMENT, "a 'column'\nof \\ two");
    assert_true(needs(catalog, COLUMN("twice"), COLUMN("base")));
    assert_attribute(catalog, COLUMN("more"), ATTRIBUTE_GENERATED, "`base` + 1");
    assert_attribute(catalog, COLUMN("more"), ATTRIBUTE_STORED, "-");
    assert_attribute(catalog, COLUMN("more"), ATTRIBUTE_INVISIBLE, "yes");
    assert_attribute(catalog, COLUMN("changed"), ATTRIBUTE_TYPE, "timestamp(3)");
    assert_attribute(catalog, COLUMN("changed"), ATTRIBUTE_DEFAULT, "current_timestamp(3)");
    assert_attribute(catalog, COLUMN("changed"), ATTRIBUTE_ON_UPDATE_VALUE, "current_timestamp(3)");
    assert_attribute(catalog, COLUMN("some"), ATTRIBUTE_DEFAULT, "(1 + 2)");
    assert_attribute(catalog, COLUMN("some"), ATTRIBUTE_CHECK, "`some` > 0");
    assert_attribute(catalog, COLUMN("kind"), ATTRIBUTE_TYPE, "enum('a','b,)','c''')");
    assert_attribute(catalog, COLUMN("number"), ATTRIBUTE_DEFAULT, "nextval(`numbers`)");
    assert_true(needs(catalog, COLUMN("number"), "sequence numbers"));
    assert_attribute(catalog, COLUMN("small"), ATTRIBUTE_COMPRESSION, "yes");
    assert_attribute(catalog, COLUMN("data"), ATTRIBUTE_TYPE, "longtext");
    assert_attribute(catalog, COLUMN("data"), ATTRIBUTE_CHECK, "json_valid(`data`)");
    assert_attribute(catalog, COLUMN("hidden"), ATTRIBUTE_INVISIBLE, "yes");
    assert_attribute(catalog, COLUMN("hidden"), ATTRIBUTE_DEFAULT, "3");
    assert_attribute(catalog, COLUMN("id2"), ATTRIBUTE_DEFAULT, "uuid()");
    assert_attribute(catalog, COLUMN("bits"), ATTRIBUTE_DEFAULT, "b'101'");
    assert_attribute(catalog, COLUMN("due"), ATTRIBUTE_DEFAULT, "(current_timestamp() + interval 1 day)");
    assert_attribute(catalog, COLUMN("price"), ATTRIBUTE_TYPE, "decimal(10,2)");
    assert_attribute(catalog, COLUMN("flags"), ATTRIBUTE_TYPE, "set('x','y')");
    assert_attribute(catalog, COLUMN("flags"), ATTRIBUTE_OPTIONS, "-");
    assert_attribute(catalog, COLUMN("raw"), ATTRIBUTE_CHARACTER_SET, "-");
}

static void test_keys_and_constraints(void **state)
{
    (void)state;
    run(everything);
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
    assert_attribute(catalog, "index table parents.asleep", ATTRIBUTE_IGNORED, "yes");
    assert_attribute(catalog, "index table parents.small_blocks", ATTRIBUTE_OPTIONS, "[KEY_BLOCK_SIZE=8]");
    assert_attribute(catalog, "unique constraint table periods.id", ATTRIBUTE_COLUMNS, "[id]");
    assert_attribute(catalog, "unique constraint table periods.id", ATTRIBUTE_OPTIONS,
                     "[`stay` WITHOUT OVERLAPS]");
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
                     "`some` < 100 and `base` > 0");
    assert_true(needs(catalog, "check constraint table parents.not_hundred", COLUMN("base")));
    assert_false(object_of(catalog, "check constraint table parents.not_hundred")->made_up_name);
    assert_attribute(catalog, "check constraint table parents.CONSTRAINT_1", ATTRIBUTE_EXPRESSION,
                     "`some` <> 50");
    assert_true(object_of(catalog, "check constraint table parents.CONSTRAINT_1")->made_up_name);
}

static void test_views_and_sequences(void **state)
{
    (void)state;
    run(everything);
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "view seen", ATTRIBUTE_DEFINITION,
                     "select `parents`.`id` AS `id`,`parents`.`email` AS `mail` from `parents` where "
                     "`parents`.`some` > 1");
    assert_attribute(catalog, "view seen", ATTRIBUTE_OPTIONS, "-");
    assert_attribute(catalog, "view seen", ATTRIBUTE_SECURITY, "-");
    assert_true(needs(catalog, "view seen", "table parents"));
    assert_true(needs(catalog, "view seen", COLUMN("some")));
    assert_false(needs(catalog, "view seen", COLUMN("base")));
    assert_attribute(catalog, "view upon", ATTRIBUTE_OPTIONS, "[ALGORITHM=MERGE]");
    assert_attribute(catalog, "view upon", ATTRIBUTE_SECURITY, "INVOKER");
    assert_attribute(catalog, "view upon", ATTRIBUTE_WITH_CHECK, "LOCAL");
    assert_attribute(
        catalog, "view upon", ATTRIBUTE_DEFINITION,
        "select `seen`.`id` AS `x`,`parents`.`email` AS `y` from (`seen` join `parents` on(`seen`.`id` = "
        "`parents`.`id`))");
    assert_true(needs(catalog, "view upon", "view seen"));
    assert_attribute(
        catalog, "view far", ATTRIBUTE_DEFINITION,
        "select `twice`('a','x') AS `z`,`seen`.`id` AS `id`,nextval(`numbers`) AS `n` from ((`seen` join "
        "`mysql`.`db`) join (`parents` join `children`))");
    assert_true(needs(catalog, "view far", "view seen"));
    assert_true(needs(catalog, "view far", "function twice"));
    assert_true(needs(catalog, "view far", "sequence numbers"));
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

static void test_routines(void **state)
{
    (void)state;
    run(everything);
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "function twice", ATTRIBUTE_ARGUMENTS, "a varchar(10), b enum('x', 'y\nz')");
    assert_attribute(catalog, "function twice", ATTRIBUTE_RETURNS,
                     "varchar(10) CHARSET latin1 COLLATE latin1_swedish_ci");
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
    assert_attribute(catalog, "function gather", ATTRIBUTE_OPTIONS, "[AGGREGATE]");
    assert_attribute(catalog, "procedure quoted", ATTRIBUTE_ARGUMENTS, "\"x y\" int");
    assert_attribute(catalog, "procedure quoted", ATTRIBUTE_OPTIONS, "[sql_mode=ANSI_QUOTES]");
    assert_attribute(catalog, "procedure quoted", ATTRIBUTE_DEFINITION,
                     "BEGIN SELECT \"x y\", \"email\" FROM \"parents\"; END");
    assert_true(needs(catalog, "procedure quoted", COLUMN("email")));
    assert_attribute(catalog, "package tools", ATTRIBUTE_DEFINITION, "AS FUNCTION f RETURN INT; END");
    assert_attribute(catalog, "package tools", ATTRIBUTE_BODY,
                     "AS FUNCTION f RETURN INT AS BEGIN RETURN 1; END; END");
    assert_attribute(catalog, "package tools", ATTRIBUTE_COMMENT, "a package");
    assert_attribute(catalog, "package tools", ATTRIBUTE_OPTIONS, "[sql_mode=ORACLE]");
}

static void test_triggers_and_events(void **state)
{
    (void)state;
    run(everything);
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

/* The event that has no start is made a second later, too. */
static void test_another_database_is_equal(void **state)
{
    (void)state;
    run(everything);
    const char *mine = canonical(read_all());
    task_sleep(1100);
    exec(admin, arena_printf(work, "CREATE DATABASE `%s_other`", url.database));
    exec(one, arena_printf(work, "USE `%s_other`", url.database));
    run(everything);
    const char *other = canonical(read_all());
    exec(admin, arena_printf(work, "DROP DATABASE `%s_other`", url.database));
    assert_string_equal(other, mine);
}

/* What SHOW CREATE prints, run elsewhere, gives the same catalog: an independent dump. */
static void test_dumped_and_loaded_is_equal(void **state)
{
    (void)state;
    static const char *const shows[] = {
        "SHOW CREATE SEQUENCE numbers",  "SHOW CREATE SEQUENCE plain",  "SHOW CREATE TABLE parents",
        "SHOW CREATE TABLE children",    "SHOW CREATE TABLE versioned", "SHOW CREATE TABLE versioned2",
        "SHOW CREATE TABLE periods",     "SHOW CREATE TABLE ranges",    "SHOW CREATE TABLE hashed",
        "SHOW CREATE TABLE listed",      "SHOW CREATE TABLE in_memory", "SHOW CREATE TABLE one_of_two",
        "SHOW CREATE TABLE both_of_two", "SHOW CREATE FUNCTION twice",  "SHOW CREATE FUNCTION gather",
        "SHOW CREATE VIEW seen",         "SHOW CREATE VIEW upon",       "SHOW CREATE PROCEDURE act",
        "SHOW CREATE TRIGGER second",    "SHOW CREATE TRIGGER first",   "SHOW CREATE EVENT later",
        "SHOW CREATE EVENT once_only"};
    run(everything);
    exec(one, "DROP EVENT daily");
    exec(one, "SET sql_mode = ORACLE");
    exec(one, "DROP PACKAGE tools");
    exec(one, "SET sql_mode = DEFAULT");
    exec(one, "DROP PROCEDURE quoted");
    exec(one, "DROP VIEW far");
    const char *mine = canonical(read_all());
    dun_connection *loader = open_url(&url);
    exec(loader, arena_printf(work, "CREATE DATABASE `%s_other`", url.database));
    exec(loader, arena_printf(work, "USE `%s_other`", url.database));
    for (size_t i = 0; i < sizeof shows / sizeof *shows; ++i) {
        dun_result *shown = NULL;
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
        "ALTER TABLE parents ALTER INDEX asleep NOT IGNORED",
        "ALTER TABLE parents DROP INDEX words",
        "ALTER TABLE parents DROP CONSTRAINT not_hundred",
        "ALTER TABLE children DEFAULT COLLATE latin1_bin",
        "ALTER TABLE children DROP FOREIGN KEY to_parent",
        "ALTER TABLE children ADD FOREIGN KEY (named) REFERENCES parents (id) ON DELETE CASCADE",
        "ALTER TABLE versioned DROP SYSTEM VERSIONING",
        "ALTER TABLE hashed COALESCE PARTITION 1",
        "ALTER TABLE listed ADD PARTITION (PARTITION c VALUES IN (9))",
        "ALTER TABLE in_memory ENGINE = InnoDB",
        "ALTER SEQUENCE plain CACHE 3",
        "ALTER VIEW seen AS SELECT id, email AS mail FROM parents WHERE some > 2",
        "ALTER SQL SECURITY DEFINER VIEW upon AS SELECT 1",
        "ALTER PROCEDURE act COMMENT 'x'",
        "ALTER FUNCTION twice SQL SECURITY DEFINER",
        "ALTER EVENT daily DISABLE",
        "ALTER EVENT later ON SCHEDULE EVERY 2 HOUR",
        "CREATE OR REPLACE TRIGGER first BEFORE INSERT ON parents FOR EACH ROW PRECEDES second SET NEW.base "
        "= 2",
        "DROP TRIGGER first",
        "DROP EVENT once_only",
    };
    run(everything);
    const char *before = fingerprint();
    for (size_t i = 0; i < sizeof changes / sizeof *changes; ++i) {
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
    run(everything);
    exec(one, "DROP TRIGGER first");
    exec(one, "DROP TRIGGER second");
    const char *before = canonical(read_all());
    exec(one, "INSERT INTO parents (place, price, flags, base) VALUES (Point(1, 2), 3, 'x', 4)");
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
        "CREATE SEQUENCE `se``q`",
        NULL};
    run(statements);
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "column table sel`ect\\.x y.a,b)", ATTRIBUTE_TYPE, "int(11)");
    assert_attribute(catalog, "index table sel`ect\\.x y.k`ey (x)", ATTRIBUTE_COLUMNS, "[from]");
    assert_attribute(catalog, "check constraint table sel`ect\\.x y.c`)", ATTRIBUTE_EXPRESSION,
                     "`from` > `a,b)`");
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
    run(everything);
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
    static const char *const modes[] = {"ANSI_QUOTES", "ORACLE", "NO_BACKSLASH_ESCAPES", "MSSQL"};
    run(everything);
    const char *mine = canonical(read_all());
    for (size_t i = 0; i < sizeof modes / sizeof *modes; ++i) {
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
    uint64_t few = round_trips_of_reading();
    assert_true(few <= 2);
    make_tables(1, 300);
    run(everything);
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
    exec(admin, "CREATE OR REPLACE USER dunlin_blind@localhost");
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
        if (!db_exec(connection, "CREATE OR REPLACE TABLE passing (a int)", failure) ||
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

static int open_work(void **state)
{
    work = arena_new();
    return open_one(state);
}

static int close_work(void **state)
{
    arena_free(work);
    return close_one(state);
}

#define CATALOG_TEST(function) cmocka_unit_test_setup_teardown(function, open_work, close_work)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CATALOG_TEST(test_tables),
        CATALOG_TEST(test_columns),
        CATALOG_TEST(test_keys_and_constraints),
        CATALOG_TEST(test_views_and_sequences),
        CATALOG_TEST(test_routines),
        CATALOG_TEST(test_triggers_and_events),
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
