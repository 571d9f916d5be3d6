=== a domain comes
-- to
CREATE DOMAIN email AS varchar(80) COLLATE "C" NOT NULL DEFAULT 'x@y' CHECK (VALUE ~ '@');

=== a domain gets a check that rows keep
-- from
CREATE DOMAIN email AS text;
CREATE TABLE t (id integer PRIMARY KEY, e email);
-- to
CREATE DOMAIN email AS text CONSTRAINT has_at CHECK (VALUE <> '');
CREATE TABLE t (id integer PRIMARY KEY, e email);

=== a check of a domain is another
-- from
CREATE DOMAIN n AS integer CONSTRAINT c CHECK (VALUE > 0);
-- to
CREATE DOMAIN n AS integer CONSTRAINT c CHECK (VALUE > 1);

=== a check of a domain gets a name
-- from
CREATE DOMAIN n AS integer CHECK (VALUE > 0);
-- to
CREATE DOMAIN n AS integer CONSTRAINT positive CHECK (VALUE > 0);
-- hazards: none

=== a check of a domain that was not validated is
-- from
CREATE DOMAIN n AS integer;
ALTER DOMAIN n ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID;
-- to
CREATE DOMAIN n AS integer CONSTRAINT c CHECK (VALUE > 0);

=== several checks of a domain
-- from
CREATE DOMAIN n AS integer CONSTRAINT a CHECK (VALUE > 0) CONSTRAINT b CHECK (VALUE < 10);
-- to
CREATE DOMAIN n AS integer CONSTRAINT b CHECK (VALUE < 10) CONSTRAINT c CHECK (VALUE <> 5);

=== the default of a domain
-- from
CREATE DOMAIN n AS integer DEFAULT 5;
CREATE TABLE t (id integer PRIMARY KEY, e n);
-- to
CREATE DOMAIN n AS integer DEFAULT 6;
CREATE TABLE t (id integer PRIMARY KEY, e n);

=== a domain loses its default and may be null
-- from
CREATE DOMAIN n AS integer NOT NULL DEFAULT 5;
-- to
CREATE DOMAIN n AS integer;

=== a domain of another type, in use
-- from
CREATE DOMAIN n AS integer;
CREATE TABLE t (id integer PRIMARY KEY, e n, a n[]);
-- to
CREATE DOMAIN n AS bigint;
CREATE TABLE t (id integer PRIMARY KEY, e n, a n[]);
-- rows
INSERT INTO t VALUES (1, 5, '{6}'), (2, NULL, NULL);

=== a domain of another type below a view
-- from
CREATE DOMAIN n AS varchar(5);
CREATE TABLE t (id integer PRIMARY KEY, e n DEFAULT 'x');
CREATE VIEW v AS SELECT e FROM t;
-- to
CREATE DOMAIN n AS varchar(8);
CREATE TABLE t (id integer PRIMARY KEY, e n DEFAULT 'x');
CREATE VIEW v AS SELECT e FROM t;
-- rows
INSERT INTO t VALUES (1, 'abc');

=== a domain of a type that holds less
-- from
CREATE DOMAIN n AS numeric(8,4);
CREATE TYPE p AS (a n);
CREATE TABLE t (id integer PRIMARY KEY, e n, f p);
-- to
CREATE DOMAIN n AS numeric(8,1);
CREATE TYPE p AS (a n);
CREATE TABLE t (id integer PRIMARY KEY, e n, f p);
-- rows
INSERT INTO t VALUES (1, 1.2345, ROW(1.2345)), (2, NULL, NULL);
-- hazards: narrow-type rewrite cast
-- hazards back: narrow-type rewrite cast

=== a column becomes one of a domain
-- from
CREATE DOMAIN n AS integer CHECK (VALUE > 0);
CREATE TABLE t (id integer PRIMARY KEY, e integer);
-- to
CREATE DOMAIN n AS integer CHECK (VALUE > 0);
CREATE TABLE t (id integer PRIMARY KEY, e n);

=== a domain over a domain
-- from
CREATE DOMAIN a AS integer CHECK (VALUE > 0);
-- to
CREATE DOMAIN a AS integer CHECK (VALUE > 0);
CREATE DOMAIN b AS a CHECK (VALUE < 10);
CREATE TABLE t (id integer PRIMARY KEY, e b);

=== a check of a domain calls a function
-- to
CREATE FUNCTION good(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 <> ''''';
CREATE DOMAIN d AS text CHECK (good(VALUE));
CREATE TABLE t (id integer PRIMARY KEY, e d);

=== the type of a domain, in use: the table is written once
-- from
CREATE DOMAIN d AS integer CHECK (VALUE > 0);
CREATE TABLE t (id integer PRIMARY KEY, a d, b d[]);
-- rows
INSERT INTO t VALUES (1, 2, '{3,4}'), (2, NULL, NULL);
-- to
CREATE DOMAIN d AS bigint CHECK (VALUE > 0);
CREATE TABLE t (id integer PRIMARY KEY, a d, b d[]);
-- plan
ALTER DOMAIN "public"."d" RENAME TO dunlin_replaced_1;
CREATE DOMAIN "public"."d" AS bigint CONSTRAINT "d_check" CHECK ((VALUE > 0));
ALTER TABLE "public"."t" ALTER COLUMN "a" TYPE public.d USING "a"::text::public.d;
ALTER TABLE "public"."t" ALTER COLUMN "b" TYPE public.d[] USING "b"::text[]::public.d[];
DROP DOMAIN "public".dunlin_replaced_1;
-- hazards: rewrite cast

=== a domain over one that changes, one in a composite, and a view over them
-- from
CREATE DOMAIN d AS integer;
CREATE DOMAIN e AS d CHECK (VALUE > 0);
CREATE TYPE c AS (x e, y text);
CREATE FUNCTION f(e) RETURNS d LANGUAGE sql AS 'SELECT 1::d';
CREATE TABLE t (id integer PRIMARY KEY, a e, b c, g d DEFAULT 3, CHECK (g <> 5));
CREATE VIEW v AS SELECT a, (b).x, f(a) FROM t;
-- rows
INSERT INTO t VALUES (1, 2, ROW(3, 'z'), 4), (2, NULL, NULL, NULL);
-- to
CREATE DOMAIN d AS bigint;
CREATE DOMAIN e AS d CHECK (VALUE > 0);
CREATE TYPE c AS (x e, y text);
CREATE FUNCTION f(e) RETURNS d LANGUAGE sql AS 'SELECT 1::d';
CREATE TABLE t (id integer PRIMARY KEY, a e, b c, g d DEFAULT 3, CHECK (g <> 5));
CREATE VIEW v AS SELECT a, (b).x, f(a) FROM t;

=== a domain that changes together with the function of its check
-- from
CREATE FUNCTION f(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
CREATE DOMAIN d AS integer CHECK (f(VALUE));
CREATE TABLE t (id integer PRIMARY KEY, a d);
-- to
CREATE FUNCTION f(bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
CREATE DOMAIN d AS bigint CHECK (f(VALUE));
CREATE TABLE t (id integer PRIMARY KEY, a d);

=== a domain comes with what is said of its checks
-- to
CREATE DOMAIN email AS text CONSTRAINT has_at CHECK (VALUE ~ '@') CONSTRAINT has_dot CHECK (VALUE ~ '[.]');
COMMENT ON DOMAIN email IS 'where mail goes';
COMMENT ON CONSTRAINT has_at ON DOMAIN email IS 'or it goes nowhere';
