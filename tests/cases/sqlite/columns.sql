=== a column is added
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, b integer, a text);
-- hazards: none
-- hazards back: drop-column rewrite
=== a column is added: the statements
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b integer);
-- plan
ALTER TABLE "t" ADD COLUMN "b" INTEGER;
-- plan back
ALTER TABLE "t" DROP COLUMN "b";
=== a column with a default
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL DEFAULT 'x');
-- plan
ALTER TABLE "t" ADD COLUMN "a" TEXT NOT NULL DEFAULT 'x';
-- hazards: none
=== a default of every kind
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer DEFAULT -5, b real DEFAULT 1.5, c text DEFAULT 'it''s', d blob DEFAULT x'00ff', e DEFAULT TRUE);
-- hazards: none
=== a default that is computed needs a rebuild
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text DEFAULT (lower('X')), c text DEFAULT CURRENT_TIMESTAMP);
-- hazards: rewrite
-- hazards back: drop-column rewrite
=== NOT NULL without a default
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text NOT NULL);
-- blocked: not-null
=== NOT NULL without a default on an empty table
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text NOT NULL);
-- options: no-rows
-- hazards: not-null rewrite
=== NOT NULL is set
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
-- rows
INSERT INTO t VALUES (1, 'a'), (2, 'b');
-- hazards: not-null rewrite
-- hazards back: rewrite
=== NOT NULL is set on rows that have none
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL DEFAULT 'x');
-- rows
INSERT INTO t VALUES (1, NULL), (2, 'b');
-- blocked: not-null
=== NOT NULL with a conflict clause loses no row
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL ON CONFLICT IGNORE);
-- rows
INSERT INTO t VALUES (1, NULL), (2, 'b');
-- blocked: not-null
=== a default changes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'y');
-- hazards: rewrite
=== a default goes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
=== a type changes within its affinity
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- hazards: rewrite
-- hazards back: rewrite
=== text becomes a number
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, '007'), (2, 'b');
-- hazards: narrow-type rewrite
-- hazards back: rewrite
=== an integer becomes text
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- hazards: rewrite
=== a type goes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a);
-- hazards: rewrite
=== a collation changes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text COLLATE NOCASE);
=== a collation changes under a unique index
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE UNIQUE INDEX i ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text COLLATE NOCASE);
CREATE UNIQUE INDEX i ON t (a);
-- rows
INSERT INTO t VALUES (1, 'a'), (2, 'b');
-- hazards: unique rewrite
=== a generated column is added
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer AS (a * 2));
-- plan
ALTER TABLE "t" ADD COLUMN "b" INTEGER AS (a * 2);
-- hazards: none
=== a stored generated column is added
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer AS (a * 2) STORED);
-- hazards: rewrite
=== a generated column changes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer AS (a * 2) STORED, c AS (b + 1));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer AS (a * 3) STORED, c AS (b + 2));
=== a generated column becomes a plain one
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer AS (a * 2));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
-- hazards: rewrite
-- hazards back: drop-column rewrite
=== a column that others need is dropped with them
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer CHECK (b > 0), c AS (b * 2), UNIQUE (b, a));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- rows
INSERT INTO t (a, b) VALUES (1, 2), (2, 3);
-- hazards: drop-column rewrite
=== a column is dropped with its index
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
CREATE INDEX i ON t (b, a);
CREATE INDEX j ON t (a) WHERE b > 1;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- plan
DROP INDEX "i";
DROP INDEX "j";
ALTER TABLE "t" DROP COLUMN "b";
=== all columns but the key are others
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, c integer, d integer);
=== all columns are others
-- from
CREATE TABLE t (a integer, b integer);
-- to
CREATE TABLE t (c integer DEFAULT 7, d integer);
-- hazards: drop-column rewrite
=== all columns are others, and needs a rebuild
-- from
CREATE TABLE t (a integer, b integer);
-- to
CREATE TABLE t (c integer DEFAULT (7 + 1), d integer);
=== the case of names is no difference
-- from
CREATE TABLE Parents (Id integer PRIMARY KEY, Name text, CONSTRAINT Sane CHECK (Name <> ''));
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES Parents (Id));
CREATE INDEX Names ON Parents (Name);
CREATE VIEW Seen AS SELECT Name FROM Parents;
-- to
CREATE TABLE parents (id integer PRIMARY KEY, name text, CONSTRAINT sane CHECK (name <> ''));
CREATE TABLE C (id integer PRIMARY KEY, p integer REFERENCES parents (id));
CREATE INDEX names ON parents (name);
CREATE VIEW seen AS SELECT name FROM parents;
-- differs: no
=== the case of names changes with something else
-- from
CREATE TABLE T (id integer PRIMARY KEY, A text);
CREATE INDEX I ON T (A);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x');
CREATE INDEX i ON t (a DESC);
=== a column is added to a table of another case
-- from
CREATE TABLE T (id integer PRIMARY KEY, A text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
-- options: one-way
=== the order of columns is no difference
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text);
-- to
CREATE TABLE t (b text, id integer PRIMARY KEY, a integer);
-- differs: no
=== spelling is no difference
-- from
CREATE TABLE t (id INTEGER primary key, a varchar ( 20 ) default 'x', b REAL check (b > 1));
-- to
create table [t] ("id" integer primary key, `a` VARCHAR(20) DEFAULT 'x' , b real CHECK (b /* more */ > 1)) -- end
;
-- differs: no
=== an alias of the type INTEGER is no alias of the rowid
-- from
CREATE TABLE t (id int PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (10, 'a'), (20, 'b');
=== a column is added that looks like the rowid
-- from
CREATE TABLE t (a text);
-- to
CREATE TABLE t (a text, rowid text, oid text);
=== rows keep their rowid
-- from
CREATE TABLE t (a text);
-- to
CREATE TABLE t (a text, id integer PRIMARY KEY);
-- rows
INSERT INTO t (rowid, a) VALUES (5, 'five'), (9, 'nine');
=== NOT NULL of a generated column whose source changes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b AS (a || 'x'));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b NOT NULL AS (a || 'y'));
-- rows
INSERT INTO t VALUES (1, 'a');
-- hazards: not-null rewrite
=== what is generated from a column that changes is unique
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b AS (a));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b AS (a), UNIQUE (b, id));
-- rows
INSERT INTO t VALUES (1, '1'), (2, '01');
-- hazards: narrow-type rewrite unique
