=== checks come
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, CONSTRAINT positive CHECK (a > 0), CHECK (a < 1000 OR b IS NULL));
-- plan
ALTER TABLE `t` ADD CHECK (`a` < 1000 or `b` is null), ADD CONSTRAINT `positive` CHECK (`a` > 0);
-- plan back
ALTER TABLE `t` DROP CONSTRAINT `CONSTRAINT_1`, DROP CONSTRAINT `positive`;
-- options: mariadb

=== another check of the same name
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, CONSTRAINT c CHECK (a > 0));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, CONSTRAINT c CHECK (a > -1));
-- hazards: not-transactional rewrite check

=== a check that rows violate
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 5), (2, NULL), (3, 50);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, CHECK (a < 10));
-- blocked: check

=== a check of a column that comes with it
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 1, CONSTRAINT c CHECK (a > 0));

=== a check goes with its column
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, CONSTRAINT c CHECK (a > 0 AND b > 0));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);

=== names of checks that the server made up
-- from
CREATE TABLE t (a integer, b integer, CHECK (a > 0), CHECK (b > 0));
-- to
CREATE TABLE t (a integer, b integer, CHECK (b > 0), CHECK (a > 0));
-- differs: no

=== blanks in a check say nothing
-- from
CREATE TABLE t (a integer, CONSTRAINT c CHECK (a>0));
-- to
CREATE TABLE t (a integer, CONSTRAINT c CHECK ((a)  >  0));
-- differs: no

=== a check gets a name
-- from
CREATE TABLE t (a integer, CHECK (a > 0));
-- to
CREATE TABLE t (a integer, CONSTRAINT named CHECK (a > 0));

=== a check of strings
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20));
-- rows
INSERT INTO t VALUES (1, 'it''s'), (2, 'x');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20), CONSTRAINT c CHECK (a IN ('x', 'it''s', '(') OR a LIKE '%\\_%'));
