=== a view comes and goes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a FROM t;
-- plan
CREATE VIEW "v" AS SELECT a FROM t;
-- plan back
DROP VIEW "v";
-- hazards: none
=== a view changes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v (x, y) AS SELECT a, id FROM t;
=== views on views
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW a AS SELECT * FROM b;
CREATE VIEW b AS SELECT * FROM c WHERE a > 'x';
CREATE VIEW c AS SELECT * FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'z');
CREATE VIEW a AS SELECT * FROM b;
CREATE VIEW b AS SELECT * FROM c WHERE a > 'y';
CREATE VIEW c AS SELECT * FROM t;
=== views come before what they need
-- to
CREATE VIEW a AS SELECT * FROM b;
CREATE VIEW b AS SELECT * FROM t;
CREATE TABLE t (id integer PRIMARY KEY, a text);
=== a column that a view uses goes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE VIEW w AS SELECT b FROM v;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a, 1 AS b FROM t;
CREATE VIEW w AS SELECT b FROM v;
=== a view that breaks when its column goes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE VIEW v AS SELECT a, b FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a, b FROM t;
-- options: one-way
=== a view does not stand in the way of a rebuild
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
CREATE VIEW v AS SELECT a FROM t;
-- rows
INSERT INTO t VALUES (1, 'x');
=== a view of a table that is nowhere does not stand in the way
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a FROM nowhere;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x');
CREATE VIEW v AS SELECT a FROM nowhere;
=== a column goes beside a view and a trigger of tables that are nowhere
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE VIEW v AS SELECT x FROM t, nowhere AS n;
CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO gone (x) VALUES (1); END;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT x FROM t, nowhere AS n;
CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO gone (x) VALUES (1); END;
-- rows
-- hazards: drop-column rewrite
=== a column goes beside views that are fine
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE VIEW v AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5), m AS (SELECT 2 AS j)
    SELECT n.i, m.j, e.value FROM n, m AS m, json_each('[1]') AS e JOIN (SELECT id FROM main.t) AS s;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5), m AS (SELECT 2 AS j)
    SELECT n.i, m.j, e.value FROM n, m AS m, json_each('[1]') AS e JOIN (SELECT id FROM main.t) AS s;
-- plan
ALTER TABLE "t" DROP COLUMN "b";
=== a view and a table change their names with each other
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM t;
-- to
CREATE TABLE v (id integer PRIMARY KEY);
CREATE VIEW t AS SELECT id FROM v;
=== a view is written in another way
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a FROM t WHERE a = 'X';
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS
    select "a" -- the column
    from t where a='X';
-- differs: no
=== a literal in a view changes its case
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a FROM t WHERE a = 'X';
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a FROM t WHERE a = 'x';
