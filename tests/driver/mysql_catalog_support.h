/* What the tests of MySQL's and MariaDB's catalogs share: reading, and a database with something of
 * everything. */
#ifndef TESTS_MYSQL_CATALOG_SUPPORT_H
#define TESTS_MYSQL_CATALOG_SUPPORT_H

#include "driver/mysql_support.h"

#include "driver/catalog_support.h"

/* What only one of them has is in comments that only that one reads: M! is MariaDB, !80000 MySQL. */
static const char *const everything[] = {
    "/*M! CREATE SEQUENCE numbers START WITH 5 INCREMENT BY -2 MINVALUE -9 MAXVALUE 100 CACHE 7 CYCLE "
    "COMMENT 'a sequence' */",
    "/*M! CREATE SEQUENCE plain */",
    "CREATE TABLE parents (id int unsigned zerofill NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(10) "
    "CHARACTER SET latin1 COLLATE latin1_bin DEFAULT 'x''y\\\\z', email varchar(80), base int, twice int "
    "GENERATED ALWAYS AS (base * 2) STORED COMMENT 'a ''column''\\nof \\\\ two', more int AS (base + 1) "
    "VIRTUAL INVISIBLE, changed timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE "
    "CURRENT_TIMESTAMP(3), some int DEFAULT (1 + 2) CHECK (some > 0), kind enum('a', 'b,)', 'c''') DEFAULT "
    "'a', /*M! number bigint DEFAULT nextval(numbers), small text COMPRESSED, */ data json, place geometry "
    "NOT NULL /*!80000 SRID 4326 */, hidden int INVISIBLE DEFAULT 3, id2 /*M! uuid */ /*!80000 char(36) */ "
    "DEFAULT (uuid()), bits bit(4) DEFAULT b'101', price decimal(10,2) NOT NULL, due datetime DEFAULT (now() "
    "+ INTERVAL 1 DAY), count int unsigned, flags set('x', 'y') NOT NULL, raw varbinary(9), CONSTRAINT "
    "not_hundred CHECK (some < 100 AND base > 0), CHECK (some <> 50), /*!80000 CONSTRAINT loose CHECK (some "
    "<> 60) NOT ENFORCED, KEY lowered ((lower(email)), base), */ KEY (name(3), base DESC) USING BTREE "
    "COMMENT 'an index', UNIQUE KEY (some), UNIQUE KEY by_email (email), FULLTEXT KEY words (email), SPATIAL "
    "KEY (place), KEY asleep (base) /*M! IGNORED */ /*!80000 INVISIBLE */, KEY small_blocks (count) "
    "KEY_BLOCK_SIZE = 8) COMMENT = 'it''s' STATS_PERSISTENT = 1 AUTO_INCREMENT = 17 ROW_FORMAT = DYNAMIC",
    "CREATE TABLE children (a int, b int, parent int unsigned, named int unsigned, ref int, PRIMARY KEY (a, "
    "b), FOREIGN KEY (parent) REFERENCES parents (id) ON DELETE SET NULL ON UPDATE CASCADE, CONSTRAINT "
    "to_parent FOREIGN KEY (named) REFERENCES parents (id) ON DELETE NO ACTION, CONSTRAINT by_unique FOREIGN "
    "KEY (ref) REFERENCES parents (some) ON DELETE RESTRICT) DEFAULT CHARACTER SET latin1",
    "/*M! CREATE TABLE versioned (a int, b int WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING */",
    "/*M! CREATE TABLE versioned2 (a int, s timestamp(6) GENERATED ALWAYS AS ROW START, e timestamp(6) "
    "GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING PARTITION BY "
    "SYSTEM_TIME INTERVAL 1 MONTH (PARTITION p0 HISTORY, PARTITION pn CURRENT) */",
    "/*M! CREATE TABLE periods (id int, s date, e date, PERIOD FOR stay (s, e), UNIQUE (id, stay WITHOUT "
    "OVERLAPS)) */",
    "CREATE TABLE ranges (id int, y int) PARTITION BY RANGE (y) SUBPARTITION BY HASH (id) SUBPARTITIONS 2 "
    "(PARTITION p0 VALUES LESS THAN (2000) COMMENT 'old', PARTITION p1 VALUES LESS THAN MAXVALUE)",
    "CREATE TABLE hashed (id int) PARTITION BY KEY (id) PARTITIONS 4",
    "CREATE TABLE listed (id int) PARTITION BY LIST COLUMNS (id) (PARTITION a VALUES IN (1, 2) /*M! , "
    "PARTITION b DEFAULT */)",
    "CREATE TABLE in_memory (id int, KEY (id) USING BTREE, KEY h (id) USING HASH) ENGINE = MEMORY MAX_ROWS = "
    "5",
    "CREATE TABLE one_of_two (id int) ENGINE = MyISAM",
    "CREATE TABLE both_of_two (id int) ENGINE = MERGE UNION = (one_of_two) INSERT_METHOD = LAST",
    "CREATE VIEW seen AS SELECT id, email AS mail FROM parents WHERE some > 1",
    "CREATE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW upon (x, y) AS SELECT seen.id, parents.email FROM "
    "seen JOIN parents USING (id) WITH LOCAL CHECK OPTION",
    "CREATE FUNCTION twice(a varchar(10), b enum('x', 'y\nz')) RETURNS varchar(10) CHARACTER SET latin1 "
    "DETERMINISTIC READS SQL DATA SQL SECURITY INVOKER COMMENT 'hi' BEGIN IF (SELECT count(*) FROM children) "
    "THEN RETURN a; END IF; RETURN b; END",
    "CREATE PROCEDURE act(IN a int, OUT b text) BEGIN SELECT mail FROM seen; CALL act(a, b); END",
    "/*M! CREATE AGGREGATE FUNCTION gather(x int) RETURNS int BEGIN DECLARE CONTINUE HANDLER FOR NOT FOUND "
    "RETURN 1; LOOP FETCH GROUP NEXT ROW; END LOOP; END */",
    "CREATE VIEW far AS SELECT twice('a', 'x') AS z, seen.id /*M! , nextval(numbers) AS n */ FROM seen JOIN "
    "mysql.db JOIN (parents JOIN children)",
    "CREATE TRIGGER second BEFORE INSERT ON parents FOR EACH ROW SET NEW.name = twice('a', 'x')",
    "CREATE TRIGGER first BEFORE INSERT ON parents FOR EACH ROW FOLLOWS second BEGIN INSERT INTO children "
    "(a, b) VALUES (NEW.id, 1); END",
    "CREATE EVENT daily ON SCHEDULE EVERY 1 DAY DO DELETE FROM children",
    "CREATE EVENT later ON SCHEDULE EVERY '1:30' HOUR_MINUTE STARTS '2035-01-01 00:00:00' ENDS '2036-01-01' "
    "ON COMPLETION PRESERVE DISABLE COMMENT 'an event' DO CALL act(1, @b)",
    "CREATE EVENT once_only ON SCHEDULE AT '2035-05-05 10:00:00' DO DO 0",
    "SET @before = @@sql_mode, sql_mode = 'ANSI_QUOTES'",
    "CREATE PROCEDURE quoted(\"x y\" int) BEGIN SELECT \"x y\", \"email\" FROM \"parents\"; END",
    "/*M! SET sql_mode = ORACLE */",
    "/*M! CREATE PACKAGE tools COMMENT 'a package' AS FUNCTION f RETURN INT; END */",
    "/*M! CREATE PACKAGE BODY tools AS FUNCTION f RETURN INT AS BEGIN RETURN 1; END; END */",
    "SET sql_mode = @before",
    NULL};

/* Where a comment is all there is, the other has nothing to run: false. */
static inline bool is_for_this_server(const char *sql)
{
    return is_mariadb() || strncmp(sql, "/*M!", 4) != 0;
}

static inline void make_everything(void)
{
    for (size_t i = 0; everything[i]; ++i)
        if (is_for_this_server(everything[i]))
            exec(one, everything[i]);
}

#define COLUMN(name) "column table parents." name

static inline int open_work(void **state)
{
    (void)state;
    work = arena_new();
    dun_error_clear(error);
    make_empty_database();
    one = open_url(&url);
    return 0;
}

static inline int close_work(void **state)
{
    arena_free(work);
    return close_one(state);
}

#define CATALOG_TEST(function) cmocka_unit_test_setup_teardown(function, open_work, close_work)

#endif
