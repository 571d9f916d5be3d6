=== a generated column is added
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
-- hazards: rewrite
-- hazards back: none

=== the expression is another
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 3) STORED);

=== a generated column becomes a plain one and keeps its values
-- options: one-way since 13
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
-- hazards: none

=== a plain column becomes a generated one and loses its values
-- options: one-way
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
-- hazards: drop-column rewrite

=== the expression is another below an index
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
CREATE INDEX t_b ON t (b);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 3) STORED);
CREATE INDEX t_b ON t (b);

=== the expression is another below a view and a check
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) STORED CHECK (b > -9));
CREATE VIEW v AS SELECT b FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a + 5) STORED CHECK (b > -9));
CREATE VIEW v AS SELECT b FROM t;

=== the type of a generated column
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b bigint GENERATED ALWAYS AS (a * 2) STORED);

=== the column that it is computed from is another
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, c integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, c integer, b integer GENERATED ALWAYS AS (c * 2) STORED);

=== the column that it was computed from goes
-- options: one-way
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, c integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
-- to
CREATE TABLE t (id integer PRIMARY KEY, c integer, b integer GENERATED ALWAYS AS (c * 2) STORED);

=== it calls a function of ours that changes
-- from
CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (twice(a)) STORED);
-- to
CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $1';
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (twice(a)) STORED);

=== it calls a function whose result changes
-- from
CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text GENERATED ALWAYS AS (twice(a)::text) STORED);
-- to
CREATE FUNCTION twice(integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1::bigint * 2';
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text GENERATED ALWAYS AS (twice(a)::text) STORED);

=== before version 13 a generated column stays one
-- options: before 13 one-way
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
-- refused: PostgreSQL before version 13 cannot make the generated column "public"."t"."b" a plain one

=== a virtual column is added
-- options: since 18
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL);
-- plan
ALTER TABLE "public"."t" ADD COLUMN "b" integer GENERATED ALWAYS AS ((a * 2)) VIRTUAL;
-- hazards: none
-- hazards back: none

=== a generated column is virtual where nothing is said
-- options: since 18
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL);
-- differs: no

=== the expression of a virtual column is another
-- options: since 18
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 3) VIRTUAL);

=== a stored column becomes virtual
-- options: since 18
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
CREATE VIEW v AS SELECT b FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL);
CREATE VIEW v AS SELECT b FROM t;
-- hazards: none
-- hazards back: rewrite

=== the type of a virtual column
-- options: since 18
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL NOT NULL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b bigint GENERATED ALWAYS AS (a * 2) VIRTUAL);

=== a virtual column stays one
-- options: since 18 one-way
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
-- refused: PostgreSQL cannot make the virtual column "public"."t"."b" a plain one
