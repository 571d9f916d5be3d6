=== statistics of several columns
-- from
CREATE TABLE t (a integer, b integer, c text);
-- to
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS s (ndistinct, dependencies) ON a, b FROM t;
-- hazards: none

=== statistics of an expression
-- options: since 14
-- from
CREATE TABLE t (a integer, b integer, c text);
-- to
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS s ON lower(c), a FROM t;
CREATE STATISTICS s1 ON (a + b) FROM t;

=== statistics are others
-- from
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS s (mcv) ON a, b FROM t;
-- to
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS s (mcv, ndistinct) ON a, c FROM t;

=== the target of statistics
-- options: since 13
-- from
CREATE TABLE t (a integer, b integer);
CREATE STATISTICS s ON a, b FROM t;
-- to
CREATE TABLE t (a integer, b integer);
CREATE STATISTICS s ON a, b FROM t;
ALTER STATISTICS s SET STATISTICS 50;

=== a column of statistics goes
-- from
CREATE TABLE t (a integer, b integer, c integer);
CREATE STATISTICS s ON a, b, c FROM t;
-- to
CREATE TABLE t (a integer, b integer);
CREATE STATISTICS s ON a, b FROM t;

=== the type of a column of statistics
-- from
CREATE TABLE t (a integer, b integer);
CREATE STATISTICS s ON a, b FROM t;
-- to
CREATE TABLE t (a bigint, b integer);
CREATE STATISTICS s ON a, b FROM t;

=== a publication comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE PUBLICATION p FOR TABLE t (id, a) WHERE (id > 1) WITH (publish = 'insert, update');
-- options: since 15

=== a publication of other tables
-- options: since 13
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE u (id integer PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE t;
-- to
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE u (id integer PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE u WITH (publish = 'delete', publish_via_partition_root);

=== a publication of all tables
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE t;
-- to
CREATE TABLE t (id integer PRIMARY KEY);
CREATE PUBLICATION p FOR ALL TABLES;

=== a publication of a schema
-- from
CREATE SCHEMA s;
CREATE TABLE s.t (id integer PRIMARY KEY);
CREATE PUBLICATION p;
-- to
CREATE SCHEMA s;
CREATE TABLE s.t (id integer PRIMARY KEY);
CREATE PUBLICATION p FOR TABLES IN SCHEMA s;
-- options: since 15

=== the type of a column that decides what is published
-- options: since 15
-- from
CREATE TABLE t (id integer PRIMARY KEY, s text);
CREATE PUBLICATION some_rows FOR TABLE t (id, s) WHERE (id > 0);
-- to
CREATE TABLE t (id bigint PRIMARY KEY, s text);
CREATE PUBLICATION some_rows FOR TABLE t (id, s) WHERE (id > 0);
-- plan
DROP PUBLICATION "some_rows";
ALTER TABLE "public"."t" ALTER COLUMN "id" TYPE bigint;
CREATE PUBLICATION "some_rows" FOR TABLE ONLY public.t (id, s) WHERE ((id > 0));

=== a column that is published goes, and another one comes
-- options: since 15
-- from
CREATE TABLE t (id integer PRIMARY KEY, s text);
CREATE PUBLICATION some_columns FOR TABLE t (id, s);
-- to
CREATE TABLE t (id integer PRIMARY KEY, n integer);
CREATE PUBLICATION some_columns FOR TABLE t (id, n);

=== a table goes that is published
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE u (id integer PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE t, u;
-- to
CREATE TABLE u (id integer PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE u;

=== a foreign table comes with its server
-- from
CREATE FOREIGN DATA WRAPPER nothing;
-- to
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER far TYPE 'x' VERSION '2' FOREIGN DATA WRAPPER nothing OPTIONS (host 'there', "Port" '5');
CREATE FOREIGN TABLE away (a integer OPTIONS (column_name 'z') NOT NULL, b text) SERVER far OPTIONS (table_name 'it''s');

=== options of a server
-- from
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER far VERSION '2' FOREIGN DATA WRAPPER nothing OPTIONS (host 'there', port '5');
-- to
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER far VERSION '3' FOREIGN DATA WRAPPER nothing OPTIONS (host 'here', dbname 'x');

=== columns and options of a foreign table
-- from
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER far FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE away (a integer OPTIONS (column_name 'z'), b text) SERVER far OPTIONS (table_name 'q');
-- to
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER far FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE away (a bigint OPTIONS (column_name 'y'), c text CHECK (c <> '')) SERVER far OPTIONS (schema_name 's');

=== a foreign table on another server
-- from
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER far FOREIGN DATA WRAPPER nothing;
CREATE SERVER near FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE away (a integer) SERVER far;
-- to
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER far FOREIGN DATA WRAPPER nothing;
CREATE SERVER near FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE away (a integer) SERVER near;

=== an extension comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE EXTENSION pg_trgm;
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_a ON t USING gin (a gin_trgm_ops);
-- hazards back: drop-extension

=== an extension in a schema of its own, with a column of its type
-- to
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE TABLE t (id integer PRIMARY KEY, a ext.citext UNIQUE);

=== an extension moves
-- from
CREATE SCHEMA ext;
CREATE EXTENSION citext;
CREATE TABLE t (id integer PRIMARY KEY, a citext);
-- to
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE TABLE t (id integer PRIMARY KEY, a ext.citext);

=== an older version of an extension
-- options: one-way
-- from
CREATE EXTENSION citext VERSION '1.4';
-- to
CREATE EXTENSION citext;

=== generated columns are published
-- options: since 18
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer GENERATED ALWAYS AS (id * 2) STORED);
CREATE PUBLICATION p FOR TABLE t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer GENERATED ALWAYS AS (id * 2) STORED);
CREATE PUBLICATION p FOR TABLE t WITH (publish_generated_columns = stored, publish_via_partition_root = true);
-- plan
ALTER PUBLICATION "p" SET (publish_via_partition_root = true, publish_generated_columns = stored);
-- plan back
ALTER PUBLICATION "p" SET (publish_via_partition_root = false, publish_generated_columns = none);

=== a foreign data wrapper comes with all that is over it
-- to
CREATE FOREIGN DATA WRAPPER nothing OPTIONS (debug 'x');
COMMENT ON FOREIGN DATA WRAPPER nothing IS 'of no use';
CREATE SERVER far FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE away (a integer) SERVER far;

=== what a foreign data wrapper does
-- from
CREATE FOREIGN DATA WRAPPER nothing OPTIONS (a 'x', b 'y');
CREATE SERVER far FOREIGN DATA WRAPPER nothing;
-- to
CREATE FOREIGN DATA WRAPPER nothing OPTIONS (b 'z', host 'y');
CREATE SERVER far FOREIGN DATA WRAPPER nothing;

=== the validator of a foreign data wrapper
-- from
CREATE FOREIGN DATA WRAPPER nothing;
-- to
CREATE FOREIGN DATA WRAPPER nothing VALIDATOR postgresql_fdw_validator;
