=== a column is added
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20));
-- to
CREATE TABLE t (id integer PRIMARY KEY, b integer, a varchar(20));
-- plan
ALTER TABLE `t` ADD COLUMN `b` int(11) AFTER `id`;
-- hazards: not-transactional
-- hazards back: not-transactional drop-column

=== a column is added at the end
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20) NOT NULL DEFAULT 'x');
-- plan
ALTER TABLE `t` ADD COLUMN `a` varchar(20) NOT NULL DEFAULT 'x';
-- plan back
ALTER TABLE `t` DROP COLUMN `a`;

=== a column is added before all others
-- options: mariadb
-- from
CREATE TABLE t (b integer);
-- to
CREATE TABLE t (a integer, b integer);
-- plan
ALTER TABLE `t` ADD COLUMN `a` int(11) FIRST;

=== several columns are added in one statement
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, z integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b varchar(9), z integer, c date);
-- plan
ALTER TABLE `t` ADD COLUMN `a` int(11) AFTER `id`, ADD COLUMN `b` varchar(9) AFTER `a`, ADD COLUMN `c` date;

=== columns come, go and change at once
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, c varchar(10));
-- to
CREATE TABLE t (id integer PRIMARY KEY, b bigint, c varchar(20), d text);
-- plan
ALTER TABLE `t` DROP COLUMN `a`, MODIFY COLUMN `b` bigint(20), MODIFY COLUMN `c` varchar(20), ADD COLUMN `d` text;

=== the order of columns is no difference
-- from
CREATE TABLE t (a integer, b integer);
-- to
CREATE TABLE t (b integer, a integer);
-- differs: no

=== a default comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20), b integer DEFAULT 1, c integer DEFAULT 1);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20) DEFAULT 'it''s', b integer, c integer DEFAULT 2);
-- hazards: not-transactional
-- hazards back: not-transactional

=== a default of nothing is none
-- from
CREATE TABLE t (a integer DEFAULT NULL, b text);
-- to
CREATE TABLE t (a integer, b text DEFAULT NULL);
-- differs: no

=== a default is an expression
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(40), b datetime);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(40) DEFAULT (concat('a', '-', uuid())), b datetime DEFAULT (now() + interval 1 day));

=== a default with a backslash
-- from
CREATE TABLE t (a varchar(40));
-- to
CREATE TABLE t (a varchar(40) DEFAULT 'a\\b\'c' COMMENT 'a\\b\'c\nd');

=== a column becomes not null
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL);
-- plan
ALTER TABLE `t` MODIFY COLUMN `a` int(11) NOT NULL;
-- hazards: not-transactional rewrite not-null

=== a column with nulls becomes not null
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL);
-- rows
INSERT INTO t VALUES (1, NULL), (2, 3);
-- blocked: not-null

=== a not null column without default is added to a table with rows
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b varchar(9) NOT NULL);
-- blocked: not-null

=== comments
-- from
CREATE TABLE t (a integer COMMENT 'old', b integer, c integer COMMENT 'gone');
-- to
CREATE TABLE t (a integer COMMENT 'new', b integer COMMENT 'it''s `b`', c integer);
-- hazards: not-transactional
-- hazards back: not-transactional

=== an invisible column
-- options: mariadb
-- from
CREATE TABLE t (a integer, b integer DEFAULT 5);
-- to
CREATE TABLE t (a integer, b integer INVISIBLE DEFAULT 5);
-- hazards: not-transactional

=== a timestamp follows changes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a timestamp NULL, b timestamp NOT NULL DEFAULT current_timestamp());
-- to
CREATE TABLE t (id integer PRIMARY KEY, a timestamp NULL ON UPDATE current_timestamp(), b timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp());

=== a nullable timestamp is added
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a timestamp NULL, b timestamp(3) NOT NULL DEFAULT current_timestamp(3));

=== auto_increment comes
-- options: mariadb
-- from
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY, a integer);
-- plan
ALTER TABLE `t` MODIFY COLUMN `id` int(11) NOT NULL AUTO_INCREMENT;

=== an auto_increment column with its key is added
-- options: mariadb
-- from
CREATE TABLE t (a integer);
-- to
CREATE TABLE t (a integer, id integer NOT NULL AUTO_INCREMENT, PRIMARY KEY (id));
-- plan
ALTER TABLE `t` ADD COLUMN `id` int(11) NOT NULL AUTO_INCREMENT, ADD PRIMARY KEY (`id`);

=== the counter of auto_increment is no difference
-- from
CREATE TABLE t (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY) AUTO_INCREMENT = 100;
-- to
CREATE TABLE t (id integer NOT NULL AUTO_INCREMENT PRIMARY KEY);
-- differs: no

=== the last column but one goes
-- from
CREATE TABLE t (a integer, b integer);
-- to
CREATE TABLE t (a integer);
-- hazards: not-transactional drop-column

=== a column with a check of its own
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (a > 0));
-- plan
ALTER TABLE `t` MODIFY COLUMN `a` int(11) CHECK (`a` > 0);

=== a check of a column that rows violate
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (a > 5));
-- rows
INSERT INTO t VALUES (1, 3), (2, 7);
-- blocked: check

=== a column is compressed
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text COMPRESSED);
