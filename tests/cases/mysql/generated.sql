=== generated columns come
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, v integer AS (a + b) VIRTUAL, s integer AS (a * b) STORED);

=== another expression of a stored column
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, s integer AS (a + 1) STORED);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, s integer AS (a + 2) STORED);
-- plan
ALTER TABLE `t` MODIFY COLUMN `s` int(11) GENERATED ALWAYS AS (`a` + 2) STORED;
-- hazards: not-transactional rewrite

=== another expression of a virtual column
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, v integer AS (a + 1) VIRTUAL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, v integer AS (a + 2) VIRTUAL);

=== virtual becomes stored, with its index
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, v integer AS (a + 1) VIRTUAL, z integer, KEY k (v));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, v integer AS (a + 1) STORED, z integer, KEY k (v));
-- plan
ALTER TABLE `t` DROP COLUMN `v`, ADD COLUMN `v` int(11) GENERATED ALWAYS AS (`a` + 1) STORED AFTER `a`;

=== a stored column becomes an ordinary one
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, s integer AS (a + 1) STORED);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, s integer);
-- plan
ALTER TABLE `t` MODIFY COLUMN `s` int(11);
-- hazards back: not-transactional rewrite drop-column

=== an ordinary column becomes virtual
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, v integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, v integer AS (a + 1) VIRTUAL);
-- hazards: not-transactional drop-column

=== the column that another is computed from changes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, s integer AS (a + 1) STORED, v integer AS (a + 2) VIRTUAL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a bigint, s integer AS (a + 1) STORED, v integer AS (a + 2) VIRTUAL);

=== the column that another is computed from goes with it
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, s integer AS (a + 1) STORED, v integer AS (s + 2) VIRTUAL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, x integer);

=== a generated column is computed from a new one
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, s integer AS (a + 1) STORED);
-- to
CREATE TABLE t (id integer PRIMARY KEY, b integer, s integer AS (b + 1) STORED);
-- hazards: not-transactional drop-column rewrite

=== an index of generated columns
-- from
CREATE TABLE t (id integer PRIMARY KEY, data json, name varchar(20) AS (json_value(data, '$.name')) VIRTUAL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, data json, name varchar(20) AS (json_value(data, '$.name')) VIRTUAL, KEY by_name (name));

=== a column that is added among virtual ones
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, v integer AS (a + 2) VIRTUAL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, b integer, a integer NOT NULL DEFAULT 3, v integer AS (a + 2) VIRTUAL);
