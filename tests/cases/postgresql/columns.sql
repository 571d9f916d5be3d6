=== a column is added
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b integer);
-- hazards: none
-- hazards back: drop-column

=== a column is added in the middle
-- from
CREATE TABLE t (id integer PRIMARY KEY, z text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, b integer, z text);

=== several columns come and go in one statement
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text, c text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, c text, d integer, e date);

=== all columns are others
-- from
CREATE TABLE t (a integer, b text);
-- to
CREATE TABLE t (c integer, d text);

=== a table loses its last column
-- from
CREATE TABLE t (a integer);
-- to
CREATE TABLE t ();

=== a column is added with a constant default
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, state text NOT NULL DEFAULT 'new');
-- hazards: none

=== a column is added with a default that every row computes
-- options: since 13
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, key uuid NOT NULL DEFAULT gen_random_uuid());
-- hazards: rewrite

=== a column is added with the time of the change
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, made_at timestamptz NOT NULL DEFAULT now());
-- hazards: none

=== a column that may not be null is added to rows
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
-- blocked: not-null

=== a column that may not be null is added to a table without rows
-- options: no-rows
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
-- hazards: not-null

=== the order of columns is no difference
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
-- to
CREATE TABLE t (b text, id integer PRIMARY KEY, a text);
-- differs: no

=== a default is set
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x');
-- hazards: none
-- hazards back: none

=== a default is another
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'it''s');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'a \ b');

=== a default calls a function
-- from
CREATE TABLE t (id integer PRIMARY KEY, a timestamptz);
-- to
CREATE FUNCTION start_of_day() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT date_trunc(''day'', now())';
CREATE TABLE t (id integer PRIMARY KEY, a timestamptz DEFAULT start_of_day());

=== a default of an array
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text[]);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text[] NOT NULL DEFAULT '{}');
-- blocked: not-null

=== a column may not be null any more, and no row is
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
-- rows
INSERT INTO t VALUES (1, 'x'), (2, 'y');
-- hazards: scan not-null
-- hazards back: none

=== a column may not be null any more, and rows are
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
-- rows
INSERT INTO t VALUES (1, 'x'), (2, NULL);
-- blocked: not-null

=== a collation is set
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_a ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text COLLATE "C");
CREATE INDEX t_a ON t (a);

=== how a column is stored
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b numeric, c bytea);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b numeric, c bytea);
ALTER TABLE t ALTER a SET STORAGE EXTERNAL, ALTER b SET STORAGE EXTENDED, ALTER c SET STORAGE PLAIN;
-- hazards: none

=== how a column is compressed
-- options: since 14
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text COMPRESSION pglz);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text COMPRESSION pglz, b text);

=== the statistics target of a column
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
ALTER TABLE t ALTER b SET STATISTICS 5;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
ALTER TABLE t ALTER a SET STATISTICS 500;

=== options of a column
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
ALTER TABLE t ALTER a SET (n_distinct = 5);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
ALTER TABLE t ALTER a SET (n_distinct_inherited = 7);

=== a new column with everything that ADD COLUMN cannot say
-- options: since 14
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text COMPRESSION pglz COLLATE "C" DEFAULT 'x' NOT NULL);
ALTER TABLE t ALTER a SET STORAGE EXTERNAL, ALTER a SET STATISTICS 10, ALTER a SET (n_distinct = 3);
COMMENT ON COLUMN t.a IS 'about a';

=== a column goes with its index
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX t_a_b ON t (a, b);
-- to
CREATE TABLE t (id integer PRIMARY KEY, b text);

=== a column goes with its check and key
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text UNIQUE CHECK (a <> ''), b text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, b text);

=== a column changes in many ways at once
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20) DEFAULT 'x');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text COLLATE "C" NOT NULL DEFAULT 'y');
-- rows
INSERT INTO t VALUES (1, 'x');

=== a column is renamed
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    b text -- dunlin: renamed from a
);
-- hazards: none

=== a column is renamed and gets another type
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    b numeric -- dunlin: renamed from a
);

=== a drop and an add are no rename
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, b text);
-- hazards: drop-column
