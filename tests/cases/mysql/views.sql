=== a view comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t WHERE a > 1;
-- hazards: not-transactional

=== a view changes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t WHERE a > 1;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a + 1 AS b FROM t WHERE a > 2;

=== a view with options
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW v AS SELECT id, a FROM t WHERE a > 0 WITH CASCADED CHECK OPTION;

=== a local check option
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t WHERE a > 0 WITH LOCAL CHECK OPTION;
CREATE ALGORITHM = TEMPTABLE VIEW w AS SELECT a, count(*) AS n FROM t GROUP BY a;

=== views of views in any order
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW c AS SELECT id FROM t;
CREATE VIEW a AS SELECT id FROM c;
CREATE VIEW b AS SELECT a.id FROM a JOIN c ON a.id = c.id;

=== a view reads a new column
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM t;
CREATE VIEW w AS SELECT id FROM v;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE VIEW w AS SELECT id, a FROM v;

=== the column of a view goes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE VIEW w AS SELECT id FROM v;
-- to
CREATE TABLE t (id integer PRIMARY KEY, b integer);
CREATE VIEW v AS SELECT id, b FROM t;
CREATE VIEW w AS SELECT id FROM v;

=== the type of a view's column changes
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a bigint);
CREATE VIEW v AS SELECT id, a FROM t;
-- plan
ALTER TABLE `t` MODIFY COLUMN `a` bigint(20);

=== a view calls a function
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, twice(a) AS b FROM t;
CREATE FUNCTION twice(x integer) RETURNS integer DETERMINISTIC RETURN x * 2;

=== blanks and capitals in a view say nothing
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS select id,a from t where a>1;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT t.id, t.a
    FROM t -- all
    WHERE a > 1;
-- differs: no

=== a view becomes a table
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE v (id integer PRIMARY KEY);

=== a union, a subquery and a window
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id FROM t UNION ALL SELECT (SELECT max(a) FROM t) FROM t;
CREATE VIEW w AS WITH x AS (SELECT id, row_number() OVER (ORDER BY a) AS n FROM t) SELECT * FROM x WHERE n < 3;

=== a view of another database
-- to
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT t.id, c.COLLATION_NAME FROM t JOIN information_schema.COLLATIONS c;
