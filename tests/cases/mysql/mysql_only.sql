=== an invisible index
-- options: mysql
-- from
CREATE TABLE t (id int PRIMARY KEY, a int, KEY k (a));
-- to
CREATE TABLE t (id int PRIMARY KEY, a int, KEY k (a) INVISIBLE);
-- plan
ALTER TABLE `t` ALTER INDEX `k` INVISIBLE;
-- plan back
ALTER TABLE `t` ALTER INDEX `k` VISIBLE;

=== an invisible column of MySQL
-- options: mysql
-- from
CREATE TABLE t (id int PRIMARY KEY, a int);
-- to
CREATE TABLE t (id int PRIMARY KEY, a int INVISIBLE, b varchar(9) DEFAULT 'x' INVISIBLE);

=== an index of expressions
-- options: mysql
-- from
CREATE TABLE t (id int PRIMARY KEY, a varchar(20), b int);
-- to
CREATE TABLE t (id int PRIMARY KEY, a varchar(20), b int, KEY lowered ((lower(a)), b DESC), UNIQUE KEY ((b * 2)));

=== a check that is not enforced
-- options: mysql
-- from
CREATE TABLE t (id int PRIMARY KEY, a int);
-- rows
INSERT INTO t VALUES (1, -1);
-- to
CREATE TABLE t (id int PRIMARY KEY, a int, CONSTRAINT c CHECK (a > 0) NOT ENFORCED);
-- hazards: not-transactional

=== a check is enforced from now on
-- options: mysql
-- from
CREATE TABLE t (id int PRIMARY KEY, a int, CONSTRAINT c CHECK (a > 0) NOT ENFORCED);
-- rows
INSERT INTO t VALUES (1, -1);
-- to
CREATE TABLE t (id int PRIMARY KEY, a int, CONSTRAINT c CHECK (a > 0));
-- blocked: check

=== checks of columns become checks of the table
-- options: mysql
-- from
CREATE TABLE t (id int PRIMARY KEY, a int CHECK (a > -100));
-- to
CREATE TABLE t (id int PRIMARY KEY, a int CHECK (a > -200), b int CHECK (b < 9));

=== a spatial reference system
-- options: mysql, no-rows
-- from
CREATE TABLE t (id int PRIMARY KEY);
-- to
CREATE TABLE t (id int PRIMARY KEY, g point NOT NULL SRID 4326, SPATIAL KEY k (g));

=== fulltext with a parser
-- options: mysql
-- from
CREATE TABLE t (id int PRIMARY KEY, a text);
-- to
CREATE TABLE t (id int PRIMARY KEY, a text, FULLTEXT KEY k (a) WITH PARSER ngram);

=== a view with names for its columns
-- options: mysql
-- from
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE VIEW v (x, y) AS SELECT id, a FROM t;
-- to
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE VIEW v (x, z) AS SELECT id, a FROM t WHERE a > 1;

=== types of MySQL alone
-- options: mysql
-- from
CREATE TABLE t (id int PRIMARY KEY, j json);
-- to
CREATE TABLE t (id int PRIMARY KEY, j json DEFAULT (json_object()), v vector(3), e int unsigned NOT NULL DEFAULT 7);

=== a value of many in an index
-- options: mysql
-- from
CREATE TABLE t (id int PRIMARY KEY, j json);
-- to
CREATE TABLE t (id int PRIMARY KEY, j json, KEY many ((CAST(j->'$.zip' AS unsigned ARRAY))));

=== columns online on MySQL
-- options: mysql, online
-- from
CREATE TABLE t (id int PRIMARY KEY, a varchar(10), c int);
-- to
CREATE TABLE t (id int PRIMARY KEY, a varchar(10), c int, b int DEFAULT 5);
-- plan
ALTER TABLE `t` ADD COLUMN `b` int DEFAULT '5', ALGORITHM=INSTANT;
-- plan back
ALTER TABLE `t` DROP COLUMN `b`, ALGORITHM=INSTANT;

=== a longer varchar and a default online on MySQL
-- options: mysql, online, one-way
-- from
CREATE TABLE t (id int PRIMARY KEY, a varchar(10), c int);
-- to
CREATE TABLE t (id int PRIMARY KEY, a varchar(12), c int DEFAULT 4);
-- plan
ALTER TABLE `t` MODIFY COLUMN `a` varchar(12), MODIFY COLUMN `c` int DEFAULT '4', ALGORITHM=INPLACE, LOCK=NONE;

=== an enum, a comment and an invisible column online on MySQL
-- options: mysql, online, one-way
-- from
CREATE TABLE t (id int PRIMARY KEY, a enum('x'), c int, d int);
-- to
CREATE TABLE t (id int PRIMARY KEY, a enum('x', 'y'), c int COMMENT 'c', d int INVISIBLE);

=== options online on MySQL
-- options: mysql, online
-- from
CREATE TABLE t (a int NOT NULL PRIMARY KEY) COMMENT = 'x';
-- to
CREATE TABLE t (a int NOT NULL PRIMARY KEY) COMMENT = 'y' STATS_PERSISTENT = 1 DEFAULT CHARACTER SET latin1;

=== a virtual column online on MySQL
-- options: mysql, online
-- from
CREATE TABLE t (id int PRIMARY KEY, a int);
-- to
CREATE TABLE t (id int PRIMARY KEY, a int, v int AS (a + 1) VIRTUAL);

=== not null and its end online on MySQL
-- options: mysql, online
-- from
CREATE TABLE t (id int PRIMARY KEY, a int);
-- to
CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL);

=== a collation of MySQL
-- options: mysql
-- from
CREATE TABLE t (id int PRIMARY KEY, a varchar(10) COLLATE utf8mb4_0900_as_cs);
-- to
CREATE TABLE t (id int PRIMARY KEY, a varchar(10) COLLATE utf8mb4_bin);

=== the engine's options of MySQL
-- options: mysql
-- from
CREATE TABLE t (id int PRIMARY KEY) COMPRESSION = 'zlib';
-- to
CREATE TABLE t (id int PRIMARY KEY) ROW_FORMAT = COMPRESSED KEY_BLOCK_SIZE = 8;
