=== a function comes
-- to
CREATE FUNCTION twice(a integer, b integer DEFAULT 2) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 7
SET search_path = "$user", public SET work_mem = '1MB' AS 'SELECT a * b';

=== the body of a function
-- from
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- to
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 2';
-- hazards: none

=== a body with all kinds of quotes
-- to
CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $outer$
BEGIN
    -- it's $$ and $body$ and \n
    RETURN 'a "b" \ c' || $body$x$body$ || $$y$$;
END
$outer$;

=== properties of a function
-- from
CREATE FUNCTION f() RETURNS SETOF integer LANGUAGE sql AS 'SELECT 1';
-- to
CREATE FUNCTION f() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER LEAKPROOF ROWS 5 SET search_path = '' AS 'SELECT 1';

=== a function in another language
-- from
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- to
CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';

=== a function gets a default
-- options: one-way
-- from
CREATE FUNCTION f(a integer, b text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- to
CREATE FUNCTION f(a integer, b text DEFAULT 'x, y (z') RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- plan
SET check_function_bodies = off;
CREATE OR REPLACE FUNCTION "public".f(a integer, b text DEFAULT 'x, y (z'::text)
RETURNS integer
LANGUAGE "sql"
AS $$SELECT 1$$;
RESET check_function_bodies;

=== a function loses a default
-- options: one-way
-- from
CREATE FUNCTION f(a integer DEFAULT 5) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- to
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

=== an argument is called otherwise
-- from
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- to
CREATE FUNCTION f(b integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

=== a function takes another type
-- from
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- to
CREATE FUNCTION f(a bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';

=== functions of one name
-- from
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- to
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql AS 'SELECT 2';
CREATE FUNCTION f(text, integer[]) RETURNS integer LANGUAGE sql AS 'SELECT 3';

=== what a function returns, below a view
-- from
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE VIEW v AS SELECT f() AS f;
-- to
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE VIEW v AS SELECT f() AS f;

=== what a function returns, below a default
-- from
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (id integer PRIMARY KEY, a bigint DEFAULT f());
-- to
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE TABLE t (id integer PRIMARY KEY, a bigint DEFAULT f());

=== a function with output arguments
-- from
CREATE FUNCTION f(IN a integer, OUT b integer, OUT c text) LANGUAGE sql AS 'SELECT 1, ''x''';
-- to
CREATE FUNCTION f(IN a integer, OUT b integer, OUT c text, OUT d text) LANGUAGE sql AS 'SELECT 1, ''x'', ''y''';

=== a function that returns a table
-- from
CREATE FUNCTION f() RETURNS TABLE (a integer, b text) LANGUAGE sql AS 'SELECT 1, ''x''';
-- to
CREATE FUNCTION f() RETURNS TABLE (a integer, b date) LANGUAGE sql AS 'SELECT 1, now()::date';

=== a function takes any number of arguments
-- to
CREATE FUNCTION f(VARIADIC a integer[]) RETURNS integer LANGUAGE sql AS 'SELECT 1';

=== a body that the server keeps as SQL
-- options: since 14
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE FUNCTION f(x integer) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT a FROM t WHERE id = x; END;
CREATE FUNCTION g(x integer) RETURNS integer LANGUAGE sql RETURN x + 1;

=== such a body is another
-- options: since 14
-- from
CREATE FUNCTION g(x integer) RETURNS integer LANGUAGE sql RETURN x + 1;
-- to
CREATE FUNCTION g(x integer) RETURNS integer LANGUAGE sql RETURN x + 2;

=== a body names a table that is made later
-- to
CREATE TABLE zz (id integer PRIMARY KEY);
CREATE FUNCTION a() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM zz';

=== a table's check calls a function whose body names another table
-- to
CREATE TABLE z (id integer PRIMARY KEY);
CREATE FUNCTION f(integer) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT EXISTS (SELECT FROM z WHERE id = $1)';
CREATE TABLE a (id integer PRIMARY KEY CHECK (f(id)));

=== a function of a table's row
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE FUNCTION shown(t) RETURNS text LANGUAGE sql AS 'SELECT $1.a';

=== a procedure comes
-- to
CREATE PROCEDURE "do It"(INOUT x text) LANGUAGE plpgsql AS 'BEGIN END';

=== the body of a procedure
-- from
CREATE PROCEDURE p(a integer) LANGUAGE plpgsql AS 'BEGIN END';
-- to
CREATE PROCEDURE p(a integer) LANGUAGE plpgsql AS 'BEGIN COMMIT; END';

=== a function becomes a procedure
-- from
CREATE FUNCTION p(a integer) RETURNS void LANGUAGE plpgsql AS 'BEGIN END';
-- to
CREATE PROCEDURE p(a integer) LANGUAGE plpgsql AS 'BEGIN END';

=== a window function
-- to
CREATE FUNCTION my_rank() RETURNS bigint LANGUAGE internal WINDOW IMMUTABLE STRICT AS 'window_rank';

=== an aggregate comes
-- to
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0', COMBINEFUNC = int4pl, PARALLEL = SAFE);

=== an aggregate is another
-- from
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT total(id) FROM t;
-- to
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '5');
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT total(id) FROM t;

=== an aggregate of nothing, with a function of ours
-- to
CREATE FUNCTION add_one(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
CREATE AGGREGATE how_many(*) (SFUNC = add_one, STYPE = integer, INITCOND = '0');

=== an aggregate that moves
-- to
CREATE AGGREGATE total(bigint) (SFUNC = int8pl, STYPE = bigint, INITCOND = '0', MSFUNC = int8pl, MINVFUNC = int8mi,
    MSTYPE = bigint, MINITCOND = '0', FINALFUNC_MODIFY = SHAREABLE, SORTOP = <);

=== an aggregate of an ordered set
-- to
CREATE AGGREGATE middle(float8 ORDER BY float8) (SFUNC = ordered_set_transition, STYPE = internal,
    FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
-- options: one-way

=== a function has a comment and grants and is replaced
-- from
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
COMMENT ON FUNCTION f IS 'about f';
REVOKE EXECUTE ON FUNCTION f FROM PUBLIC;
-- to
CREATE FUNCTION f(b integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
COMMENT ON FUNCTION f IS 'about f';
REVOKE EXECUTE ON FUNCTION f FROM PUBLIC;
