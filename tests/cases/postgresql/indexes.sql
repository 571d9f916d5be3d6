=== an index comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_a ON t (a);
-- hazards: index-build
-- hazards back: none

=== an index without a name comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX ON t (a);

=== a unique index comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE UNIQUE INDEX t_a ON t (a);
-- hazards: index-build unique

=== a unique index comes and rows are twice
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE UNIQUE INDEX t_a ON t (lower(a));
-- rows
INSERT INTO t VALUES (1, 'x'), (2, 'X');
-- blocked: unique

=== rows are twice where a unique index does not look
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE UNIQUE INDEX t_a ON t (a) WHERE id > 2;
-- rows
INSERT INTO t VALUES (1, 'x'), (2, 'x');

=== an index of other columns
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX t_i ON t (a, b);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX t_i ON t (b, a);

=== an index in another order
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX t_i ON t (a, b DESC);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX t_i ON t (a NULLS FIRST, b DESC NULLS LAST);

=== an index of an expression
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (lower(a), (id + 1), (a || 'x'));

=== an index with a condition
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (a) WHERE a IS NOT NULL;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (a) WHERE a <> 'it''s' AND id > 5;

=== an index with included columns
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX t_i ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX t_i ON t (a) INCLUDE (b, id);

=== an index of another method
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE INDEX t_i ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE INDEX t_i ON t USING hash (a);

=== indexes for documents and texts
-- from
CREATE TABLE t (id integer PRIMARY KEY, a jsonb, b text, c int4range);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a jsonb, b text, c int4range);
CREATE INDEX t_a ON t USING gin (a jsonb_path_ops);
CREATE INDEX t_b ON t USING gin (to_tsvector('english', b));
CREATE INDEX t_c ON t USING gist (c);
CREATE INDEX t_d ON t USING brin (id) WITH (pages_per_range = 16);
CREATE INDEX t_e ON t USING spgist (b);

=== an operator class
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (a text_pattern_ops);

=== an operator class with options
-- options: since 13
-- from
CREATE TABLE t (id integer PRIMARY KEY, a tsvector);
CREATE INDEX t_i ON t USING gist (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a tsvector);
CREATE INDEX t_i ON t USING gist (a tsvector_ops (siglen = 100));

=== the collation of an index
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (a COLLATE "C");

=== options of an index change in place
-- options: since 13
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (a) WITH (fillfactor = 70);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (a) WITH (deduplicate_items = off);
-- hazards: none

=== the statistics target of an expression
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (a, lower(a), upper(a));
ALTER INDEX t_i ALTER COLUMN 3 SET STATISTICS 5;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (a, lower(a), upper(a));
ALTER INDEX t_i ALTER COLUMN 2 SET STATISTICS 100;

=== a unique index becomes a plain one
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE UNIQUE INDEX t_i ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (a);

=== NULLs of a unique index are not distinct
-- options: since 15
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE UNIQUE INDEX t_i ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE UNIQUE INDEX t_i ON t (a) NULLS NOT DISTINCT;

=== an index gets a name
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX by_a ON t (a);
-- hazards: none

=== an index on a column with an odd name
-- from
CREATE TABLE t (id integer PRIMARY KEY, "(a)" text, "b""c" text, "select" text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, "(a)" text, "b""c" text, "select" text);
CREATE INDEX "odd. name" ON t ("(a)", "b""c", "select" DESC) INCLUDE ("id");

=== an index is clustered on
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (a);
ALTER TABLE t CLUSTER ON t_i;

=== an index that rows are identified by
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
CREATE UNIQUE INDEX t_i ON t (a);
ALTER TABLE t REPLICA IDENTITY USING INDEX t_i;

=== an index calls a function that changes
-- from
CREATE FUNCTION f(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (f(a));
-- to
CREATE FUNCTION f(text) RETURNS varchar LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)::varchar';
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_i ON t (f(a));

=== many indexes of one table
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX t_1 ON t (a);
CREATE INDEX t_2 ON t (a, b);
CREATE INDEX t_3 ON t (b);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX t_2 ON t (a, b);
CREATE INDEX t_4 ON t (b, a);
CREATE INDEX t_3 ON t (b DESC);

=== the type of a column whose index has a statistics target
-- options: since 11
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(10));
CREATE INDEX i ON t (lower(a));
ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 200;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20));
CREATE INDEX i ON t (lower(a));
ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 200;

=== the type of a column whose index has a comment and partitions
-- from
CREATE TABLE t (id integer, a integer) PARTITION BY LIST (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2, 3);
CREATE INDEX i ON t (a);
COMMENT ON INDEX i IS 'by a';
-- to
CREATE TABLE t (id integer, a bigint) PARTITION BY LIST (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2, 3);
CREATE INDEX i ON t (a);
COMMENT ON INDEX i IS 'by a';
