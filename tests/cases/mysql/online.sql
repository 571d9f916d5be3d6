=== columns online
-- options: online, mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(10));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20) COMMENT 'x', b integer);
-- plan
ALTER TABLE `t` MODIFY COLUMN `a` varchar(20) COMMENT 'x', ADD COLUMN `b` int(11), ALGORITHM=INSTANT;

=== a column goes online
-- options: online, mariadb, one-way
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(10));
-- to
CREATE TABLE t (id integer PRIMARY KEY);
-- plan
ALTER TABLE `t` DROP COLUMN `a`, ALGORITHM=INSTANT;

=== an index online
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(10));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), KEY k (a));
-- plan
ALTER TABLE `t` ADD KEY `k` (`a`), ALGORITHM=INPLACE, LOCK=NONE;
-- hazards: not-transactional

=== a unique key online
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(10));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), UNIQUE KEY k (a));
-- hazards: not-transactional unique

=== not null online
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(10));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(10) NOT NULL);
-- plan
ALTER TABLE `t` MODIFY COLUMN `a` varchar(10) NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;

=== a type cannot be changed online
-- options: mariadb, online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a bigint);
-- plan
ALTER TABLE `t` MODIFY COLUMN `a` bigint(20);
-- hazards: not-transactional rewrite

=== a column in the middle online
-- options: online, mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, b integer, a integer);

=== fulltext is not online
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, FULLTEXT KEY k (a));
-- plan
ALTER TABLE `t` ADD FULLTEXT KEY `k` (`a`);

=== a table with fulltext gets a column online
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, FULLTEXT KEY k (a));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b integer NOT NULL DEFAULT 4, FULLTEXT KEY k (a));

=== a compressed table gets a column online
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text) ROW_FORMAT = COMPRESSED;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b integer NOT NULL DEFAULT 4) ROW_FORMAT = COMPRESSED;

=== virtual columns online
-- options: online, mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, v integer AS (a + 1) VIRTUAL);

=== a table with virtual columns online
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, v integer AS (a + 1) VIRTUAL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, c integer, v integer AS (a + 1) VIRTUAL, b integer DEFAULT 1, KEY k (a));

=== foreign keys and checks are not online
-- options: online
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer, KEY k (p));
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer, KEY k (p), CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id), CONSTRAINT ch CHECK (p > -5));

=== another primary key online
-- options: online
-- from
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, PRIMARY KEY (a));
-- to
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, PRIMARY KEY (a, b));

=== no primary key is not online
-- options: online
-- from
CREATE TABLE t (a integer NOT NULL, b integer, PRIMARY KEY (a));
-- to
CREATE TABLE t (a integer NOT NULL, b integer);

=== options online
-- options: online, mariadb
-- from
CREATE TABLE t (a integer NOT NULL PRIMARY KEY) COMMENT = 'x';
-- to
CREATE TABLE t (a integer NOT NULL PRIMARY KEY) COMMENT = 'y' STATS_PERSISTENT = 1 DEFAULT CHARACTER SET latin1;

=== MyISAM has nothing online
-- options: online
-- from
CREATE TABLE t (a integer NOT NULL PRIMARY KEY, b integer) ENGINE = MyISAM;
-- to
CREATE TABLE t (a integer NOT NULL PRIMARY KEY, b integer, c integer, KEY (b)) ENGINE = MyISAM;

=== names online
-- options: online, one-way
-- from
CREATE TABLE t (id integer PRIMARY KEY, old integer, KEY k (old));
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    new integer, -- dunlin: renamed from old
    KEY k (new));
