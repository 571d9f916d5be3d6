=== a composite type comes
-- to
CREATE TYPE address AS (street text, "Zip Code" varchar(5) COLLATE "C", at timestamp(3));

=== fields come and go
-- from
CREATE TYPE pair AS (a integer, b text);
-- to
CREATE TYPE pair AS (a integer, c date);

=== a field is added to a type that a table uses
-- options: one-way
-- from
CREATE TYPE pair AS (a integer);
CREATE TABLE t (id integer PRIMARY KEY, p pair);
-- to
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t (id integer PRIMARY KEY, p pair);
-- options: no-rows

=== a field of another type
-- from
CREATE TYPE pair AS (a integer, b text);
-- to
CREATE TYPE pair AS (a bigint, b text);

=== a field of another type, in use
-- from
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t (id integer PRIMARY KEY, p pair);
-- to
CREATE TYPE pair AS (a bigint, b text);
CREATE TABLE t (id integer PRIMARY KEY, p pair);
-- rows
INSERT INTO t VALUES (1, ROW(5, 'x, "y"')), (2, NULL);

=== fields in another order, in use
-- from
CREATE TYPE pair AS (a integer, "B" text);
CREATE TABLE t (id integer PRIMARY KEY, p pair);
CREATE VIEW v AS SELECT id, (p).a, (p)."B" FROM t;
-- to
CREATE TYPE pair AS ("B" text, a integer);
CREATE TABLE t (id integer PRIMARY KEY, p pair);
CREATE VIEW v AS SELECT id, (p).a, (p)."B" FROM t;
-- options: no-rows before 16
-- plan
DROP VIEW "public"."v";
ALTER TYPE "public"."pair" RENAME TO dunlin_replaced_1;
CREATE TYPE "public"."pair" AS ("B" text, a integer);
ALTER TABLE "public"."t" ALTER COLUMN "p" TYPE public.pair USING (CASE WHEN "p" IS DISTINCT FROM NULL THEN ROW(("p")."B", ("p").a) END)::text::public.pair;
CREATE VIEW "public"."v" AS
 SELECT t.id,
    (t.p).a AS a,
    (t.p)."B" AS "B"
   FROM public.t;
DROP TYPE "public".dunlin_replaced_1;
-- hazards: rewrite cast

=== fields in another order, in an array
-- from
CREATE TYPE pair AS (a integer, b integer);
CREATE TABLE t (id integer PRIMARY KEY, p pair[]);
-- to
CREATE TYPE pair AS (b integer, a integer);
CREATE TABLE t (id integer PRIMARY KEY, p pair[]);
-- refused: change places
-- refused back: change places

=== a field of another type and a field that is new, in use
-- from
CREATE TYPE pair AS (a numeric(6,2), b text);
CREATE TABLE t (id integer PRIMARY KEY, p pair);
-- to
CREATE TYPE pair AS (a numeric(8,2), b text, c date);
CREATE TABLE t (id integer PRIMARY KEY, p pair);
-- options: no-rows
-- hazards: rewrite cast
-- hazards back: drop-column narrow-type rewrite cast

=== a field goes from a type that a table uses
-- from
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t (id integer PRIMARY KEY, p pair);
-- to
CREATE TYPE pair AS (a integer);
CREATE TABLE t (id integer PRIMARY KEY, p pair);
-- plan
ALTER TYPE "public"."pair" DROP ATTRIBUTE b;
-- hazards: drop-column
-- hazards back: none

=== fields in another order, used by a function
-- from
CREATE TYPE pair AS (a integer, b integer);
CREATE FUNCTION f(pair) RETURNS integer LANGUAGE sql AS 'SELECT $1.a';
-- to
CREATE TYPE pair AS (b integer, a integer);
CREATE FUNCTION f(pair) RETURNS integer LANGUAGE sql AS 'SELECT $1.a';

=== a type of types
-- to
CREATE TYPE mood AS ENUM ('sad');
CREATE TYPE inner_one AS (m mood);
CREATE TYPE outer_one AS (i inner_one, ms mood[]);
CREATE TABLE t (id integer PRIMARY KEY, o outer_one[]);

=== a table of a type
-- from
CREATE TYPE pair AS (a integer, b text);
-- to
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t OF pair (PRIMARY KEY (a));

=== a table becomes one of a type
-- from
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t (a integer, b text);
-- to
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t OF pair;

=== columns of a typed table have defaults
-- from
CREATE TYPE pair AS (a integer, b text);
-- to
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t OF pair (a DEFAULT 5 NOT NULL, b CHECK (b <> ''));

=== the type of a field changes, of which there is a typed table
-- from
CREATE TYPE pair AS (a numeric(12,2), b char(3));
CREATE TABLE t OF pair (a NOT NULL, PRIMARY KEY (b));
-- to
CREATE TYPE pair AS (a numeric(14,3), b char(3));
CREATE TABLE t OF pair (a NOT NULL, PRIMARY KEY (b));

=== a field comes, and there is a typed table
-- from
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t OF pair (PRIMARY KEY (a));
-- to
CREATE TYPE pair AS (a integer, b text, c text);
CREATE TABLE t OF pair (PRIMARY KEY (a));
