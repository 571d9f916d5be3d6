=== an index comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b varchar(50));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b varchar(50), KEY by_a (a), KEY by_both (a, b));
-- plan
ALTER TABLE `t` ADD KEY `by_a` (`a`), ADD KEY `by_both` (`a`, `b`);
-- hazards: not-transactional index-build
-- plan back
ALTER TABLE `t` DROP KEY `by_a`, DROP KEY `by_both`;

=== CREATE INDEX is the same
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, KEY by_a (a), UNIQUE KEY u (a));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE INDEX by_a ON t (a);
CREATE UNIQUE INDEX u ON t (a);
-- differs: no

=== prefixes and descending parts
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(50), b text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(50), b text, KEY p (a(10), id DESC), KEY q (b(20)));

=== an index gets another column
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, KEY k (a));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, KEY k (a, b));
-- plan
ALTER TABLE `t` DROP KEY `k`, ADD KEY `k` (`a`, `b`);

=== an index becomes unique
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, KEY k (a));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, UNIQUE KEY k (a));
-- hazards: not-transactional index-build unique

=== a unique key for what is not unique
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
-- rows
INSERT INTO t VALUES (1, 5, NULL), (2, 5, NULL), (3, 6, 1);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, UNIQUE KEY (a));
-- blocked: unique

=== nulls are unique
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
-- rows
INSERT INTO t VALUES (1, 5, NULL), (2, 5, NULL), (3, 6, 1);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, UNIQUE KEY (a, b));

=== a unique prefix
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20));
-- rows
INSERT INTO t VALUES (1, 'abcd'), (2, 'abce');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20), UNIQUE KEY u (a(3)));
-- blocked: unique

=== names that the server made up
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, KEY (a), UNIQUE KEY (b), KEY (a, b));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, KEY (a, b), KEY (a), UNIQUE KEY (b));
-- differs: no

=== a primary key comes
-- from
CREATE TABLE t (id integer NOT NULL, a integer);
-- to
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
-- plan
ALTER TABLE `t` ADD PRIMARY KEY (`id`);

=== a primary key on what may be null
-- from
CREATE TABLE t (id integer, a integer);
-- rows
INSERT INTO t VALUES (1, 1), (NULL, 2);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- blocked: not-null

=== another primary key
-- from
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, PRIMARY KEY (a));
-- to
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, PRIMARY KEY (a, b));
-- plan
ALTER TABLE `t` DROP PRIMARY KEY, ADD PRIMARY KEY (`a`, `b`);

=== the primary key moves to an auto_increment column
-- from
CREATE TABLE t (a integer NOT NULL PRIMARY KEY);
-- to
CREATE TABLE t (a integer NOT NULL, id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY);

=== fulltext
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(50), b text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(50), b text, FULLTEXT KEY words (a, b));
-- plan
ALTER TABLE `t` ADD FULLTEXT KEY `words` (`a`, `b`);

=== spatial
-- from
CREATE TABLE t (id integer PRIMARY KEY, p point NOT NULL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, p point NOT NULL, SPATIAL KEY places (p));
-- options: no-rows

=== an index is ignored
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, KEY k (a));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, KEY k (a) IGNORED);
-- plan
ALTER TABLE `t` ALTER INDEX `k` IGNORED;
-- plan back
ALTER TABLE `t` ALTER INDEX `k` NOT IGNORED;
-- hazards: not-transactional

=== a comment of an index
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, KEY k (a));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, KEY k (a) COMMENT 'it''s');

=== methods in memory
-- from
CREATE TABLE t (id integer, KEY k (id) USING HASH) ENGINE = MEMORY;
-- to
CREATE TABLE t (id integer, KEY k (id) USING BTREE) ENGINE = MEMORY;

=== a unique key of a long text
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, UNIQUE KEY u (a));

=== an indexed column goes with its index
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, KEY k (a), KEY ab (a, b));
-- to
CREATE TABLE t (id integer PRIMARY KEY, b integer, KEY ab (b));

=== an index is renamed
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, KEY (a), UNIQUE KEY first_name (id, a));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, KEY by_a (a), UNIQUE KEY first_name (id, a));
-- plan
ALTER TABLE `t` RENAME INDEX `a` TO `by_a`;

=== block size of a key of MyISAM
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, KEY k (a)) ENGINE = MyISAM;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, KEY k (a) KEY_BLOCK_SIZE = 8) ENGINE = MyISAM;
