=== a versioned table
-- options: mariadb
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING;

=== versioning comes and goes
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer) WITH SYSTEM VERSIONING;
-- plan
ALTER TABLE `t` ADD SYSTEM VERSIONING;
-- hazards back: not-transactional rewrite drop-versioning

=== a versioned table gets a column
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer) WITH SYSTEM VERSIONING;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a bigint, b integer) WITH SYSTEM VERSIONING;
-- plan
SET STATEMENT system_versioning_alter_history = KEEP FOR ALTER TABLE `t` MODIFY COLUMN `a` bigint(20), ADD COLUMN `b` int(11);

=== a versioned table with columns of its own
-- options: mariadb
-- to
CREATE TABLE t (id integer PRIMARY KEY, s timestamp(6) GENERATED ALWAYS AS ROW START, e timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING;

=== a period of an application
-- options: mariadb
-- to
CREATE TABLE t (id integer, s date, e date, PERIOD FOR stay (s, e), UNIQUE KEY one (id, stay WITHOUT OVERLAPS));

=== a period comes
-- options: mariadb, no-rows
-- from
CREATE TABLE t (id integer, s date NOT NULL, e date NOT NULL);
-- to
CREATE TABLE t (id integer, s date NOT NULL, e date NOT NULL, PERIOD FOR stay (s, e));

=== partitions of history
-- options: mariadb
-- to
CREATE TABLE t (id integer) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME INTERVAL 1 MONTH (PARTITION p0 HISTORY, PARTITION pn CURRENT);
