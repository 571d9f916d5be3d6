=== comments come
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text CHECK (a <> ''));
CREATE INDEX i ON t (a);
CREATE VIEW v AS SELECT a FROM t;
CREATE SEQUENCE s;
CREATE TYPE e AS ENUM ('a');
CREATE DOMAIN d AS integer CONSTRAINT c CHECK (VALUE > 0);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text CHECK (a <> ''));
CREATE INDEX i ON t (a);
CREATE VIEW v AS SELECT a FROM t;
CREATE SEQUENCE s;
CREATE TYPE e AS ENUM ('a');
CREATE DOMAIN d AS integer CONSTRAINT c CHECK (VALUE > 0);
COMMENT ON TABLE t IS 'it''s a \ table
of two lines';
COMMENT ON COLUMN t.a IS 'a column';
COMMENT ON CONSTRAINT t_a_check ON t IS 'a check';
COMMENT ON INDEX i IS 'an index';
COMMENT ON VIEW v IS 'a view';
COMMENT ON COLUMN v.a IS 'a column of a view';
COMMENT ON SEQUENCE s IS 'a sequence';
COMMENT ON TYPE e IS 'an enum';
COMMENT ON DOMAIN d IS 'a domain';
COMMENT ON CONSTRAINT c ON DOMAIN d IS 'a check of a domain';
-- hazards: none

=== a comment is another
-- from
CREATE TABLE t (id integer PRIMARY KEY);
COMMENT ON TABLE t IS 'one';
-- to
CREATE TABLE t (id integer PRIMARY KEY);
COMMENT ON TABLE t IS 'another';

=== comments on what is new
-- to
CREATE SCHEMA s;
CREATE FUNCTION s.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE s.t (id integer PRIMARY KEY, a text);
CREATE TRIGGER g BEFORE INSERT ON s.t FOR EACH ROW EXECUTE FUNCTION s.f();
CREATE POLICY p ON s.t USING (true);
CREATE RULE r AS ON DELETE TO s.t DO INSTEAD NOTHING;
CREATE STATISTICS s.st ON id, a FROM s.t;
CREATE MATERIALIZED VIEW s.m AS SELECT a FROM s.t;
CREATE AGGREGATE s.agg(integer) (SFUNC = int4pl, STYPE = integer);
CREATE PROCEDURE s.pr() LANGUAGE plpgsql AS 'BEGIN END';
CREATE TYPE s.c AS (a integer);
CREATE TYPE s.sp AS RANGE (subtype = float8);
CREATE COLLATION s.co (provider = icu, locale = 'de');
COMMENT ON SCHEMA s IS 'a schema';
COMMENT ON FUNCTION s.f() IS 'a function';
COMMENT ON TABLE s.t IS 'a table';
COMMENT ON COLUMN s.t.a IS 'a column';
COMMENT ON TRIGGER g ON s.t IS 'a trigger';
COMMENT ON POLICY p ON s.t IS 'a policy';
COMMENT ON RULE r ON s.t IS 'a rule';
COMMENT ON STATISTICS s.st IS 'statistics';
COMMENT ON MATERIALIZED VIEW s.m IS 'a materialized view';
COMMENT ON COLUMN s.m.a IS 'its column';
COMMENT ON AGGREGATE s.agg(integer) IS 'an aggregate';
COMMENT ON PROCEDURE s.pr() IS 'a procedure';
COMMENT ON TYPE s.c IS 'a composite type';
COMMENT ON TYPE s.sp IS 'a range type';
COMMENT ON COLLATION s.co IS 'a collation';

=== a comment on a key
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY);
COMMENT ON CONSTRAINT t_pkey ON t IS 'the key';

=== the comment of a constraint that is replaced
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer CONSTRAINT c CHECK (a > 0));
COMMENT ON CONSTRAINT c ON t IS 'positive';
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer CONSTRAINT c CHECK (a > -1));
COMMENT ON CONSTRAINT c ON t IS 'positive';
