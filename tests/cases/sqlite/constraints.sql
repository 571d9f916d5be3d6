=== a primary key comes
-- from
CREATE TABLE t (a text, b text);
-- to
CREATE TABLE t (a text PRIMARY KEY, b text);
-- rows
INSERT INTO t VALUES ('x', 'y'), ('z', NULL);
-- hazards: rewrite unique
-- hazards back: rewrite
=== a primary key on rows that are there twice
-- from
CREATE TABLE t (a text, b text);
-- to
CREATE TABLE t (a text PRIMARY KEY, b text);
-- rows
INSERT INTO t VALUES ('x', 'y'), ('x', NULL), (NULL, NULL), (NULL, NULL);
-- blocked: unique
=== a primary key gets a column more
-- from
CREATE TABLE t (a text PRIMARY KEY, b text);
-- to
CREATE TABLE t (a text, b text, PRIMARY KEY (a, b));
=== a primary key moves to another column
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer, a text PRIMARY KEY);
-- rows
INSERT INTO t VALUES (7, 'x'), (8, 'y');
=== a key that becomes the rowid takes integers only
-- from
CREATE TABLE t (id text PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES ('one', 'x');
-- options: one-way
=== INTEGER PRIMARY KEY DESC
-- from
CREATE TABLE t (id integer PRIMARY KEY DESC, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (3, 'x'), (4, 'y');
=== a primary key with a name and a conflict clause
-- from
CREATE TABLE t (a text, b text, CONSTRAINT k PRIMARY KEY (a));
-- to
CREATE TABLE t (a text, b text, CONSTRAINT k PRIMARY KEY (a) ON CONFLICT REPLACE);
=== orders and collations of a key
-- from
CREATE TABLE t (a text, b text, PRIMARY KEY (a, b)) WITHOUT ROWID;
-- to
CREATE TABLE t (a text, b text, PRIMARY KEY (a DESC, b COLLATE NOCASE)) WITHOUT ROWID;
-- rows
INSERT INTO t VALUES ('a', 'b'), ('c', 'd');
=== a unique constraint
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text UNIQUE, b text);
-- hazards: rewrite unique
-- hazards back: rewrite
=== a unique constraint on rows that are there twice
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text, UNIQUE (a, b));
-- rows
INSERT INTO t VALUES (1, 'x', 'y'), (2, 'x', 'y'), (3, 'x', NULL), (4, 'x', NULL);
-- blocked: unique
=== unique without the case of letters
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, UNIQUE (a COLLATE NOCASE));
-- rows
INSERT INTO t VALUES (1, 'x'), (2, 'X');
-- blocked: unique
=== a conflict clause would lose rows
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text UNIQUE ON CONFLICT REPLACE);
-- rows
INSERT INTO t VALUES (1, 'x'), (2, 'x');
-- blocked: unique
=== a unique constraint gets a name
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text, UNIQUE (a, b));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text, CONSTRAINT u UNIQUE (a, b));
=== a check comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (a > 0));
-- rows
INSERT INTO t VALUES (1, 5), (2, NULL);
-- hazards: rewrite check
-- hazards back: rewrite
=== a check that rows violate
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, CHECK (a > id));
-- rows
INSERT INTO t VALUES (1, 5), (2, -5);
-- blocked: check
=== a check changes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, CONSTRAINT c CHECK (a > 0));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, CONSTRAINT c CHECK (a >= 0));
-- rows
INSERT INTO t VALUES (1, 5);
=== a check is written in another way
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, CHECK (a > 0 AND a IN (1, 2, 3)));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, check(a>0 and "a" in(1,2,3)));
-- differs: no
=== checks of the same name
-- from
CREATE TABLE t (a integer, CONSTRAINT c CHECK (a > 0), CONSTRAINT c CHECK (a < 10));
-- to
CREATE TABLE t (a integer, b integer, CONSTRAINT c CHECK (a > 0), CONSTRAINT c CHECK (a < 11));
-- rows
INSERT INTO t VALUES (1);
-- options: one-way
=== a column comes with its check
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer DEFAULT 3 CHECK (b > 0));
-- plan
ALTER TABLE "t" ADD COLUMN "b" INTEGER DEFAULT 3 CHECK (b > 0);
-- hazards: check
=== a column comes with a check that its default violates
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer DEFAULT -3 CHECK (b > 0));
-- options: one-way
=== a check of strings in double quotes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text CHECK (a IN ("x", "y")));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text CHECK (a IN ("x", "y", "z")));
-- rows
INSERT INTO t VALUES (1, 'x'), (2, NULL);
=== names of what needs none are no difference, and kept
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text CONSTRAINT n NOT NULL CONSTRAINT d DEFAULT 'x');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text CONSTRAINT n NOT NULL CONSTRAINT d DEFAULT 'y');
=== a key of a new column with a default
-- from
CREATE TABLE t (a text PRIMARY KEY, b text) WITHOUT ROWID;
-- to
CREATE TABLE t (a text, b text, c text DEFAULT (1 + 1), PRIMARY KEY (a, c)) WITHOUT ROWID;
-- rows
INSERT INTO t VALUES ('x', 'y'), ('z', 'y');
