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
-- plan
ALTER TABLE `t` REORGANIZE PARTITION `z` INTO (PARTITION `b` VALUES LESS THAN (20), PARTITION `z` VALUES LESS THAN MAXVALUE);
-- hazards: not-transactional rewrite
-- plan back
ALTER TABLE `t` REORGANIZE PARTITION `b`, `z` INTO (PARTITION `z` VALUES LESS THAN MAXVALUE);
-- hazards back: not-transactional rewrite

=== a window of partitions moves on
-- from
CREATE TABLE t (id integer, d date) PARTITION BY RANGE COLUMNS (d) (PARTITION p1 VALUES LESS THAN ('2020-01-01'), PARTITION p2 VALUES LESS THAN ('2021-01-01'), PARTITION z VALUES LESS THAN (MAXVALUE));
-- to
CREATE TABLE t (id integer, d date) PARTITION BY RANGE COLUMNS (d) (PARTITION p2 VALUES LESS THAN ('2021-01-01'), PARTITION p3 VALUES LESS THAN ('2022-01-01'), PARTITION z VALUES LESS THAN (MAXVALUE));
-- plan
ALTER TABLE `t` DROP PARTITION `p1`;
ALTER TABLE `t` REORGANIZE PARTITION `z` INTO (PARTITION `p3` VALUES LESS THAN ('2022-01-01'), PARTITION `z` VALUES LESS THAN (MAXVALUE));
-- hazards: not-transactional rewrite drop-partition
-- plan back
ALTER TABLE `t` REORGANIZE PARTITION `p2`, `p3`, `z` INTO (PARTITION `p1` VALUES LESS THAN ('2020-01-01'), PARTITION `p2` VALUES LESS THAN ('2021-01-01'), PARTITION `z` VALUES LESS THAN (MAXVALUE));

=== partitions are split and merged
-- from
CREATE TABLE t (id integer, y integer) PARTITION BY RANGE (y) (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (30), PARTITION c VALUES LESS THAN (40));
-- rows
INSERT INTO t VALUES (1, 1), (2, 15), (3, 25), (4, 35);
-- to
CREATE TABLE t (id integer, y integer) PARTITION BY RANGE (y) (PARTITION a VALUES LESS THAN (10), PARTITION b1 VALUES LESS THAN (20), PARTITION b2 VALUES LESS THAN (30), PARTITION c VALUES LESS THAN (40));
-- plan
ALTER TABLE `t` REORGANIZE PARTITION `b` INTO (PARTITION `b1` VALUES LESS THAN (20), PARTITION `b2` VALUES LESS THAN (30));
-- plan back
ALTER TABLE `t` REORGANIZE PARTITION `b1`, `b2` INTO (PARTITION `b` VALUES LESS THAN (30));

=== a bound moves
-- from
CREATE TABLE t (id integer, y integer) PARTITION BY RANGE (y) (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (30), PARTITION c VALUES LESS THAN (40));
-- rows
INSERT INTO t VALUES (1, 1), (2, 15), (3, 25), (4, 35);
-- to
CREATE TABLE t (id integer, y integer) PARTITION BY RANGE (y) (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (20), PARTITION c VALUES LESS THAN (40));
-- plan
ALTER TABLE `t` REORGANIZE PARTITION `b`, `c` INTO (PARTITION `b` VALUES LESS THAN (20), PARTITION `c` VALUES LESS THAN (40));
-- plan back
ALTER TABLE `t` REORGANIZE PARTITION `b`, `c` INTO (PARTITION `b` VALUES LESS THAN (30), PARTITION `c` VALUES LESS THAN (40));

=== the last range goes further
-- from
CREATE TABLE t (id integer, y integer) PARTITION BY RANGE (y) (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (30));
-- rows
INSERT INTO t VALUES (1, 1), (2, 15);
-- to
CREATE TABLE t (id integer, y integer) PARTITION BY RANGE (y) (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (100));
-- plan
ALTER TABLE `t` REORGANIZE PARTITION `b` INTO (PARTITION `b` VALUES LESS THAN (100));
-- plan back
ALTER TABLE `t` PARTITION BY RANGE (`y`) (PARTITION `a` VALUES LESS THAN (10), PARTITION `b` VALUES LESS THAN (30));
-- hazards back: not-transactional rewrite check

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
-- plan
ALTER TABLE `t` ADD PARTITION PARTITIONS 3;
-- hazards: not-transactional rewrite
-- plan back
ALTER TABLE `t` COALESCE PARTITION 3;
-- hazards back: not-transactional rewrite

=== a value of a list
-- from
CREATE TABLE t (id integer) PARTITION BY LIST (id) (PARTITION a VALUES IN (1, 2, 3), PARTITION b VALUES IN (4));
-- to
CREATE TABLE t (id integer) PARTITION BY LIST (id) (PARTITION a VALUES IN (1, 2, 3), PARTITION b VALUES IN (4, 5));
-- rows
INSERT INTO t VALUES (1), (4);
-- plan
ALTER TABLE `t` REORGANIZE PARTITION `b` INTO (PARTITION `b` VALUES IN (4, 5));
-- hazards: not-transactional rewrite check

=== values of lists in another order
-- from
CREATE TABLE t (id integer) PARTITION BY LIST (id) (PARTITION a VALUES IN (1, 2, 3), PARTITION c VALUES IN (5));
-- to
CREATE TABLE t (id integer) PARTITION BY LIST (id) (PARTITION a VALUES IN (1, 2, 3), PARTITION b VALUES IN (4), PARTITION c VALUES IN (5));
-- rows
INSERT INTO t VALUES (1), (5);
-- plan
ALTER TABLE `t` REORGANIZE PARTITION `c` INTO (PARTITION `b` VALUES IN (4), PARTITION `c` VALUES IN (5));
-- plan back
ALTER TABLE `t` DROP PARTITION `b`;
-- hazards back: not-transactional drop-partition

=== what comes out of the default partition
-- from
CREATE TABLE t (id integer) PARTITION BY LIST (id) (PARTITION a VALUES IN (1), PARTITION d DEFAULT);
-- to
CREATE TABLE t (id integer) PARTITION BY LIST (id) (PARTITION a VALUES IN (1), PARTITION d DEFAULT, PARTITION b VALUES IN (2));
-- rows
INSERT INTO t VALUES (1), (2), (3);
-- options: mariadb one-way
-- plan
ALTER TABLE `t` REORGANIZE PARTITION `d` INTO (PARTITION `d` DEFAULT, PARTITION `b` VALUES IN (2));

=== a row that no partition takes
-- from
CREATE TABLE t (id integer, y integer);
-- rows
INSERT INTO t VALUES (1, 100);
-- to
CREATE TABLE t (id integer, y integer) PARTITION BY RANGE (y) (PARTITION a VALUES LESS THAN (10));
-- hazards: not-transactional rewrite check
