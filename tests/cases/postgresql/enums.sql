=== an enum comes
-- to
CREATE TYPE mood AS ENUM ('sad', 'it''s', 'a "b"', '');

=== an enum without values
-- to
CREATE TYPE mood AS ENUM ();

=== a value is added at the end
-- from
CREATE TYPE mood AS ENUM ('sad', 'happy');
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy', 'angry');
-- hazards: none
-- hazards back: drop-value

=== values are added before, between and behind
-- from
CREATE TYPE mood AS ENUM ('b', 'd');
-- to
CREATE TYPE mood AS ENUM ('a', 'b', 'c1', 'c2', 'd', 'e');

=== a value is added to an enum that is used
-- options: one-way
-- from
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'sad');
-- to
CREATE TYPE mood AS ENUM ('sad', 'so so', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'sad');
-- hazards: none

=== a value is added and used as a default
-- from
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'sad');
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy', 'angry');
CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'angry');
-- hazards: not-transactional

=== a value is added and used in a check and a view
-- options: one-way
-- from
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood);
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy', 'angry');
CREATE TABLE t (id integer PRIMARY KEY, m mood CHECK (m <> 'angry'));
CREATE VIEW v AS SELECT id FROM t WHERE m = 'angry';

=== a value is added before anything is taken out of the way
-- options: one-way no-rows before 16
-- from
CREATE TYPE e AS ENUM ('a', 'c');
CREATE TABLE t (id integer PRIMARY KEY, x e, y smallint);
CREATE VIEW v AS SELECT x, y FROM t WHERE x = 'a';
-- to
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE t (id integer PRIMARY KEY, x e, y integer);
CREATE VIEW v AS SELECT x, y FROM t WHERE x = 'b';
-- plan
ALTER TYPE "public"."e" ADD VALUE 'b' BEFORE 'c';
DROP VIEW "public"."v";
ALTER TABLE "public"."t" ALTER COLUMN "y" TYPE integer;
CREATE VIEW "public"."v" AS
 SELECT t.x,
    t.y
   FROM public.t
  WHERE (t.x = 'b'::public.e);

=== a value goes that no row has
-- options: one-way
-- from
CREATE TYPE mood AS ENUM ('sad', 'happy', 'angry');
CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'sad');
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'sad');
-- hazards: drop-value rewrite cast

=== a value goes that a row has
-- options: one-way
-- from
CREATE TYPE mood AS ENUM ('sad', 'happy', 'angry');
CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'sad');
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'sad');
-- rows
INSERT INTO t VALUES (1, 'angry');
-- blocked: cast

=== values change places
-- from
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood);
-- to
CREATE TYPE mood AS ENUM ('happy', 'sad');
CREATE TABLE t (id integer PRIMARY KEY, m mood);

=== a value goes from an enum in several tables, with views, keys and indexes
-- options: one-way
-- from
CREATE TYPE mood AS ENUM ('sad', 'happy', 'angry');
CREATE TABLE p (m mood PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, m mood REFERENCES p, CHECK (m <> 'sad'));
CREATE INDEX c_m ON c (m) WHERE m = 'happy';
CREATE VIEW v AS SELECT id, m FROM c;
CREATE MATERIALIZED VIEW mv AS SELECT m FROM v;
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE p (m mood PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, m mood REFERENCES p, CHECK (m <> 'sad'));
CREATE INDEX c_m ON c (m) WHERE m = 'happy';
CREATE VIEW v AS SELECT id, m FROM c;
CREATE MATERIALIZED VIEW mv AS SELECT m FROM v;
-- rows
INSERT INTO p VALUES ('happy');
INSERT INTO c VALUES (1, 'happy');

=== a value goes from an enum in an array
-- options: one-way
-- from
CREATE TYPE mood AS ENUM ('sad', 'happy', 'angry');
CREATE TABLE t (id integer PRIMARY KEY, m mood[] DEFAULT '{sad}');
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood[] DEFAULT '{sad}');
-- rows
INSERT INTO t VALUES (1, '{sad,happy}');

=== a value goes from an enum that a function takes
-- from
CREATE TYPE mood AS ENUM ('sad', 'happy', 'angry');
CREATE FUNCTION f(mood) RETURNS mood LANGUAGE sql AS 'SELECT $1';
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE FUNCTION f(mood) RETURNS mood LANGUAGE sql AS 'SELECT $1';

=== a value goes from an enum below a domain
-- options: one-way
-- from
CREATE TYPE mood AS ENUM ('sad', 'happy', 'angry');
CREATE DOMAIN good AS mood CHECK (VALUE <> 'sad');
CREATE TABLE t (id integer PRIMARY KEY, m good);
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE DOMAIN good AS mood CHECK (VALUE <> 'sad');
CREATE TABLE t (id integer PRIMARY KEY, m good);
-- rows
INSERT INTO t VALUES (1, 'happy');

=== a value goes from an enum in a composite type
-- options: one-way
-- from
CREATE TYPE mood AS ENUM ('sad', 'happy', 'angry');
CREATE TYPE pair AS (a mood, b integer);
CREATE TABLE t (id integer PRIMARY KEY, p pair);
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE pair AS (a mood, b integer);
CREATE TABLE t (id integer PRIMARY KEY, p pair);
-- rows
INSERT INTO t VALUES (1, ROW('happy', 5));

=== an enum goes with the column that was of it
-- from
CREATE TYPE mood AS ENUM ('sad');
CREATE TABLE t (id integer PRIMARY KEY, m mood);
-- to
CREATE TABLE t (id integer PRIMARY KEY);

=== an enum in another schema, with an odd name
-- from
CREATE SCHEMA "My App";
CREATE TYPE "My App"."Mood!" AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m "My App"."Mood!" DEFAULT 'sad');
-- to
CREATE SCHEMA "My App";
CREATE TYPE "My App"."Mood!" AS ENUM ('happy', 'sad');
CREATE TABLE t (id integer PRIMARY KEY, m "My App"."Mood!" DEFAULT 'happy');

=== a new value is used in the default of an array
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (id integer PRIMARY KEY, m mood[] DEFAULT '{ok}', n mood[] DEFAULT '{ok}');
-- to
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy', 'it''s, well');
CREATE TABLE t (id integer PRIMARY KEY, m mood[] DEFAULT '{ok,happy}', n mood[] DEFAULT '{"it''s, well"}');
-- options: one-way
