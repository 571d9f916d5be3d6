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
