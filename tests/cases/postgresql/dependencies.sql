=== objects that need each other come in any order
-- to
CREATE VIEW a AS SELECT id, g(m) AS x FROM z;
CREATE TABLE z (id integer PRIMARY KEY DEFAULT nextval('s'), m y, d w);
CREATE SEQUENCE s;
CREATE FUNCTION g(y) RETURNS y LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TYPE y AS ENUM ('a', 'b');
CREATE DOMAIN w AS y CHECK (g(VALUE) <> 'b');

=== a function of a view's row and a view of the function
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE FUNCTION f(v) RETURNS integer LANGUAGE sql AS 'SELECT $1.a';
CREATE VIEW w AS SELECT f(v) AS x FROM v;

=== the first of them changes its columns
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE FUNCTION f(v) RETURNS integer LANGUAGE sql AS 'SELECT $1.a';
CREATE VIEW w AS SELECT f(v) AS x FROM v;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT a, id FROM t;
CREATE FUNCTION f(v) RETURNS integer LANGUAGE sql AS 'SELECT $1.a';
CREATE VIEW w AS SELECT f(v) AS x FROM v;

=== a column and the view that has it come
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t;

=== a column moves to another table, and the view follows
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TABLE u (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT id, a FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE u (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM u;

=== a type goes that a column was of, and a view had that
-- from
CREATE TYPE y AS ENUM ('a', 'b');
CREATE TABLE t (id integer PRIMARY KEY, a y);
CREATE VIEW v AS SELECT id, a FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a FROM t;

=== a function goes that a default, a check and an index called
-- from
CREATE FUNCTION f(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT f('X') CHECK (f(a) <> 'x!'));
CREATE INDEX t_a ON t (f(a));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT lower('X') CHECK (lower(a) <> 'x!'));
CREATE INDEX t_a ON t (lower(a));

=== a trigger's function takes the name of another
-- from
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- to
CREATE FUNCTION h() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION h();

=== a schema goes with all that is in it
-- from
CREATE SCHEMA s;
CREATE TYPE s.y AS ENUM ('a');
CREATE FUNCTION s.f(s.y) RETURNS s.y LANGUAGE sql AS 'SELECT $1';
CREATE TABLE s.t (id serial PRIMARY KEY, a s.y, up integer REFERENCES s.t);
CREATE VIEW s.v AS SELECT s.f(a) AS a FROM s.t;
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY);

=== a default uses a sequence of another table
-- from
CREATE TABLE a (id serial PRIMARY KEY);
CREATE TABLE b (id integer PRIMARY KEY);
-- to
CREATE TABLE a (id serial PRIMARY KEY);
CREATE TABLE b (id integer PRIMARY KEY DEFAULT nextval('a_id_seq'));

=== a primary key is replaced that foreign keys and views by it need
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE VIEW v AS SELECT id, a, b FROM t GROUP BY id;
CREATE TABLE c (id integer PRIMARY KEY, t integer REFERENCES t);
-- to
CREATE TABLE t (id integer, a text, b text, CONSTRAINT t_pkey PRIMARY KEY (id) INCLUDE (a));
CREATE VIEW v AS SELECT id, a, b FROM t GROUP BY id;
CREATE TABLE c (id integer PRIMARY KEY, t integer REFERENCES t);

=== a materialized view below a type change keeps its indexes, comments and grants
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(5));
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE INDEX m_a ON m (a);
COMMENT ON MATERIALIZED VIEW m IS 'about m';
COMMENT ON INDEX m_a IS 'about m_a';
GRANT SELECT ON m TO dunlin_test;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(9));
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE INDEX m_a ON m (a);
COMMENT ON MATERIALIZED VIEW m IS 'about m';
COMMENT ON INDEX m_a IS 'about m_a';
GRANT SELECT ON m TO dunlin_test;

=== two checks swap their names
-- from
CREATE TABLE t (a integer CONSTRAINT x CHECK (a > -5), b integer CONSTRAINT y CHECK (b > -9));
-- to
CREATE TABLE t (a integer CONSTRAINT y CHECK (a > -5), b integer CONSTRAINT x CHECK (b > -9));

=== an index takes the name of one that goes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX i ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE TABLE u (id integer PRIMARY KEY, a text);
CREATE INDEX i ON u (a);
