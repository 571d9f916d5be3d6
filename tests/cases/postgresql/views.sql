=== a view comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, upper(a) AS a FROM t WHERE id > 0;
-- hazards: none
-- hazards back: none

=== a view gets a column behind the others
-- options: one-way
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a FROM t;

=== a view loses a column
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a FROM t;

=== a view's column is called otherwise
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a AS b FROM t;

=== a view's condition is another
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a FROM t WHERE id > 1;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a FROM t WHERE id > 2;

=== views on a view that is replaced
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE VIEW w AS SELECT a FROM v;
CREATE VIEW x AS SELECT w.a FROM w JOIN v USING (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a, id FROM t;
CREATE VIEW w AS SELECT a FROM v;
CREATE VIEW x AS SELECT w.a FROM w JOIN v USING (a);

=== a column goes that a view has
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE VIEW v AS SELECT id, a, b FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a FROM t;

=== a table goes that a view is of
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE u (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM t;
-- to
CREATE TABLE u (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM u;

=== options of a view
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v WITH (security_barrier) AS SELECT id FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM t WHERE id > 5 WITH LOCAL CHECK OPTION;

=== a view's options only
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v WITH (security_barrier) AS SELECT id FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v WITH (security_invoker) AS SELECT id FROM t;
-- options: since 15

=== the default of a view's column
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a FROM t;
ALTER VIEW v ALTER a SET DEFAULT 'x';

=== a view is replaced and keeps triggers, grants and comments
-- from
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE TRIGGER g INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f();
GRANT SELECT ON v TO PUBLIC;
COMMENT ON VIEW v IS 'a view';
COMMENT ON COLUMN v.a IS 'a column';
-- to
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a, id FROM t;
CREATE TRIGGER g INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f();
GRANT SELECT ON v TO PUBLIC;
COMMENT ON VIEW v IS 'a view';
COMMENT ON COLUMN v.a IS 'a column';

=== a view that calls itself
-- to
CREATE RECURSIVE VIEW v (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM v WHERE n < 5;

=== a view becomes a table
-- from
CREATE VIEW v AS SELECT 1 AS id;
-- to
CREATE TABLE v (id integer);

=== a view becomes a materialized view
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY);
CREATE MATERIALIZED VIEW v AS SELECT id FROM t;

=== a materialized view comes with an index
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE MATERIALIZED VIEW m AS SELECT a, count(*) AS n FROM t GROUP BY a;
CREATE UNIQUE INDEX m_a ON m (a);

=== the query of a materialized view
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE INDEX m_a ON m (a);
CREATE VIEW v AS SELECT a FROM m;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t WHERE id > 1;
CREATE INDEX m_a ON m (a);
CREATE VIEW v AS SELECT a FROM m;

=== options of a materialized view
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE MATERIALIZED VIEW m WITH (fillfactor = 70) AS SELECT a FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE MATERIALIZED VIEW m WITH (autovacuum_enabled = false) AS SELECT a FROM t;

=== a view of every column, and a column is added
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT * FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b integer);
CREATE VIEW v AS SELECT * FROM t;

=== a view with the whole row in it
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT t FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b integer);
CREATE VIEW v AS SELECT t FROM t;

=== a view whose UNION has bare VALUES: the server tells them otherwise once it has read its own text
-- to
CREATE VIEW v AS SELECT 1 AS a UNION VALUES (2), (3);
CREATE VIEW w AS VALUES (1, 'x'), (2, 'y');
CREATE MATERIALIZED VIEW m AS (VALUES (1), (2) EXCEPT VALUES (2)) UNION ALL SELECT a.x FROM (VALUES (4)) a(x);
CREATE VIEW u AS SELECT x.a FROM (SELECT 5 AS a INTERSECT VALUES (5)) x WHERE x.a IN (VALUES (5), (6));

=== bare VALUES change
-- from
CREATE VIEW v AS SELECT 1 AS a UNION VALUES (2), (3);
-- to
CREATE VIEW v AS SELECT 1 AS a UNION VALUES (2), (4);
