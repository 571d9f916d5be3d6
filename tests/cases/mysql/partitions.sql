=== a table with partitions
-- to
CREATE TABLE t (id integer, y integer) PARTITION BY RANGE (y) (PARTITION a VALUES LESS THAN (10) COMMENT 'x', PARTITION b VALUES LESS THAN MAXVALUE);
CREATE TABLE h (id integer) PARTITION BY HASH (id) PARTITIONS 3;
CREATE TABLE l (id integer) PARTITION BY LIST (id) (PARTITION a VALUES IN (1, 2), PARTITION b VALUES IN (3));
CREATE TABLE s (id integer, y integer) PARTITION BY RANGE (y) SUBPARTITION BY HASH (id) SUBPARTITIONS 2 (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN MAXVALUE);

=== a partition is added
-- from
CREATE TABLE t (id integer, y integer) PARTITION BY RANGE (y) (PARTITION a VALUES LESS THAN (10));
-- rows
INSERT INTO t VALUES (1, 1), (2, 2);
-- to
CREATE TABLE t (id integer, y integer) PARTITION BY RANGE (y) (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (20), PARTITION c VALUES LESS THAN (30));
-- plan
ALTER TABLE `t` ADD PARTITION (PARTITION `b` VALUES LESS THAN (20), PARTITION `c` VALUES LESS THAN (30));
-- hazards: not-transactional
-- plan back
ALTER TABLE `t` DROP PARTITION `b`, `c`;
-- hazards back: not-transactional drop-partition

=== a partition before the last one
-- from
CREATE TABLE t (id integer, y integer) PARTITION BY RANGE (y) (PARTITION a VALUES LESS THAN (10), PARTITION z VALUES LESS THAN MAXVALUE);
-- rows
INSERT INTO t VALUES (1, 1), (2, 15), (3, 30);
-- to
CREATE TABLE t (id integer, y integer) PARTITION BY RANGE (y) (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (20), PARTITION z VALUES LESS THAN MAXVALUE);
-- options: one-way

=== partitions come and go
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer) PARTITION BY KEY (id) PARTITIONS 4;
-- plan back
ALTER TABLE `t` REMOVE PARTITIONING;

=== partitions and columns at once
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer) COMMENT = 'x' PARTITION BY HASH (id) PARTITIONS 2;

=== another number of partitions
-- from
CREATE TABLE t (id integer PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 2;
-- to
CREATE TABLE t (id integer PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 5;

=== a value of a list
-- from
CREATE TABLE t (id integer) PARTITION BY LIST (id) (PARTITION a VALUES IN (1, 2, 3), PARTITION b VALUES IN (4));
-- to
CREATE TABLE t (id integer) PARTITION BY LIST (id) (PARTITION a VALUES IN (1, 2, 3), PARTITION b VALUES IN (4, 5));
-- rows
INSERT INTO t VALUES (1), (4);

=== a row that no partition takes
-- from
CREATE TABLE t (id integer, y integer);
-- rows
INSERT INTO t VALUES (1, 100);
-- to
CREATE TABLE t (id integer, y integer) PARTITION BY RANGE (y) (PARTITION a VALUES LESS THAN (10));
-- hazards: not-transactional rewrite check
