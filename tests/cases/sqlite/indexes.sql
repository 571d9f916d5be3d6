=== an index comes and goes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX i ON t (a);
-- plan
CREATE INDEX "i" ON "t" ("a");
-- plan back
DROP INDEX "i";
-- hazards: index-build
-- hazards back: none
=== an index of every kind
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text, c integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text, c integer);
CREATE UNIQUE INDEX u ON t (c, a);
CREATE INDEX d ON t (a DESC, b);
CREATE INDEX e ON t (lower(a), a || b, c + 1 DESC);
CREATE INDEX p ON t (a COLLATE NOCASE) WHERE c IS NOT NULL AND b <> 'x';
-- hazards: index-build unique
=== an index changes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX i ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX i ON t (a, b DESC);
-- plan
DROP INDEX "i";
CREATE INDEX "i" ON "t" ("a", "b" DESC);
=== an index becomes unique
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX i ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE UNIQUE INDEX i ON t (a);
-- hazards: index-build unique
=== a unique index on rows that are there twice
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE UNIQUE INDEX i ON t (a);
-- rows
INSERT INTO t VALUES (1, 'x'), (2, 'x'), (3, NULL), (4, NULL);
-- blocked: unique
=== a partial unique index
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, gone integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, gone integer);
CREATE UNIQUE INDEX i ON t (lower(a)) WHERE gone = 0;
-- rows
INSERT INTO t VALUES (1, 'x', 0), (2, 'X', 1), (3, 'y', 0);
-- hazards: index-build unique
=== a partial unique index on rows that are there twice
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, gone integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, gone integer);
CREATE UNIQUE INDEX i ON t (lower(a)) WHERE gone = 0;
-- rows
INSERT INTO t VALUES (1, 'x', 0), (2, 'X', 0), (3, 'y', 0);
-- blocked: unique
=== an index moves to another table
-- from
CREATE TABLE a (x integer);
CREATE TABLE b (x integer);
CREATE INDEX i ON a (x);
-- to
CREATE TABLE a (x integer);
CREATE TABLE b (x integer);
CREATE INDEX i ON b (x);
=== indexes are restored after a rebuild
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX i ON t (lower(a), b DESC) WHERE b IS NOT NULL;
CREATE UNIQUE INDEX u ON t (a COLLATE NOCASE, b);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text NOT NULL DEFAULT 'x');
CREATE INDEX i ON t (lower(a), b DESC) WHERE b IS NOT NULL;
CREATE UNIQUE INDEX u ON t (a COLLATE NOCASE, b);
-- rows
INSERT INTO t VALUES (1, 'x', 'y');
=== an index changes beside a rebuild
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (b);
CREATE INDEX k ON t (a, b);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x', c text);
CREATE INDEX i ON t (a DESC);
CREATE INDEX l ON t (c);
=== an index of a new column
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE UNIQUE INDEX i ON t (a);
=== an index is written in another way
-- from
CREATE TABLE t (a text COLLATE NOCASE, b text);
CREATE INDEX i ON t (a, b) WHERE b > 'x';
-- to
CREATE TABLE t (a text COLLATE NOCASE, b text);
CREATE INDEX "i" on [t] (A, "b") where b>'x';
-- differs: no
