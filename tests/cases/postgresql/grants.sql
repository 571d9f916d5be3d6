=== grants on a table
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
GRANT SELECT, INSERT ON t TO dunlin_test;
GRANT UPDATE ON t TO dunlin_test WITH GRANT OPTION;
-- hazards: none

=== a grant is another
-- from
CREATE TABLE t (id integer PRIMARY KEY);
GRANT SELECT, DELETE ON t TO dunlin_test;
GRANT UPDATE ON t TO dunlin_test WITH GRANT OPTION;
-- to
CREATE TABLE t (id integer PRIMARY KEY);
GRANT SELECT, UPDATE ON t TO dunlin_test;
GRANT INSERT ON t TO dunlin_test WITH GRANT OPTION;

=== grants on columns
-- from
CREATE TABLE t (id integer PRIMARY KEY, "a b" text);
GRANT SELECT (id) ON t TO dunlin_test;
-- to
CREATE TABLE t (id integer PRIMARY KEY, "a b" text);
GRANT SELECT ("a b"), UPDATE ("a b") ON t TO dunlin_test;

=== grants on a table that is new
-- to
CREATE TABLE t (id integer PRIMARY KEY);
GRANT ALL ON t TO PUBLIC;

=== everybody may not call a function
-- from
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- to
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
REVOKE EXECUTE ON FUNCTION f FROM PUBLIC;
GRANT EXECUTE ON FUNCTION f TO dunlin_test;

=== everybody may not call a function that is new
-- to
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
REVOKE EXECUTE ON FUNCTION f FROM PUBLIC;

=== grants on a procedure and an aggregate
-- to
CREATE PROCEDURE p() LANGUAGE plpgsql AS 'BEGIN END';
CREATE AGGREGATE a(integer) (SFUNC = int4pl, STYPE = integer);
GRANT EXECUTE ON PROCEDURE p TO dunlin_test;
GRANT EXECUTE ON FUNCTION a(integer) TO dunlin_test;

=== grants on a type
-- from
CREATE TYPE mood AS ENUM ('sad');
-- to
CREATE TYPE mood AS ENUM ('sad');
REVOKE USAGE ON TYPE mood FROM PUBLIC;

=== grants on a composite type
-- from
CREATE TYPE pair AS (a integer);
-- to
CREATE TYPE pair AS (a integer);
REVOKE USAGE ON TYPE pair FROM PUBLIC;
GRANT USAGE ON TYPE pair TO dunlin_test;

=== grants and comments of an enum that is rebuilt
-- from
CREATE TYPE mood AS ENUM ('sad', 'happy', 'angry');
CREATE TABLE t (id integer PRIMARY KEY, m mood);
REVOKE USAGE ON TYPE mood FROM PUBLIC;
COMMENT ON TYPE mood IS 'how one is';
COMMENT ON COLUMN t.m IS 'a column';
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood);
REVOKE USAGE ON TYPE mood FROM PUBLIC;
COMMENT ON TYPE mood IS 'how one is';
COMMENT ON COLUMN t.m IS 'a column';

=== grants on a schema
-- from
CREATE SCHEMA s;
-- to
CREATE SCHEMA s;
GRANT USAGE ON SCHEMA s TO dunlin_test;

=== grants on a sequence and a view
-- to
CREATE SEQUENCE s;
CREATE VIEW v AS SELECT 1 AS a;
GRANT USAGE ON SEQUENCE s TO dunlin_test;
GRANT SELECT ON v TO dunlin_test;

=== default privileges in a schema
-- to
CREATE SCHEMA s;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT, INSERT ON TABLES TO dunlin_test;

=== default privileges are others
-- from
CREATE SCHEMA s;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT, INSERT ON TABLES TO dunlin_test;
-- to
CREATE SCHEMA s;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT, UPDATE ON TABLES TO dunlin_test;

=== the right to maintain a table
-- options: since 17
-- from
CREATE TABLE t (id integer PRIMARY KEY);
GRANT SELECT ON t TO dunlin_test;
-- to
CREATE TABLE t (id integer PRIMARY KEY);
GRANT SELECT, MAINTAIN ON t TO dunlin_test;
-- plan
GRANT MAINTAIN ON TABLE "public"."t" TO dunlin_test;
-- plan back
REVOKE MAINTAIN ON TABLE "public"."t" FROM dunlin_test;

=== default privileges on large objects
-- options: since 18
-- to
ALTER DEFAULT PRIVILEGES GRANT SELECT ON LARGE OBJECTS TO dunlin_test;
-- plan
ALTER DEFAULT PRIVILEGES FOR ROLE "postgres" GRANT SELECT ON large objects TO dunlin_test;
