=== a table comes and goes
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- hazards back: drop-table

=== a table with everything comes and goes
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE t (
    id bigint GENERATED ALWAYS AS IDENTITY (START 10 INCREMENT 5),
    p integer NOT NULL DEFAULT 1 REFERENCES p ON DELETE CASCADE,
    a varchar(20) COLLATE "C" CHECK (a <> ''),
    b numeric(10, 2) GENERATED ALWAYS AS (p * 2) STORED,
    c integer[] DEFAULT '{1,2}',
    d timestamptz DEFAULT now(),
    e jsonb,
    CONSTRAINT "the key" PRIMARY KEY (id) INCLUDE (a),
    UNIQUE (p, a) DEFERRABLE,
    EXCLUDE USING gist (int8range(id, id + 1) WITH &&) WHERE (id > 3)
) WITH (fillfactor = 70, toast.autovacuum_enabled = false);
CREATE INDEX ON t (a DESC, lower(a)) WHERE p > 1;
COMMENT ON TABLE t IS 'it''s \ "all"';
COMMENT ON COLUMN t.a IS 'a column';
COMMENT ON CONSTRAINT "the key" ON t IS 'a key';

=== a table becomes unlogged
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE UNLOGGED TABLE t (id integer PRIMARY KEY, a text);
-- hazards: rewrite

=== options of a table
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text) WITH (autovacuum_enabled = false, fillfactor = 70);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text) WITH (fillfactor = 80, toast.autovacuum_enabled = false);
-- hazards: none

=== how rows are told on replicas
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
ALTER TABLE t REPLICA IDENTITY FULL;

=== the index by which rows are told on replicas is another, and so is a key
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer NOT NULL);
CREATE UNIQUE INDEX "By" ON t (a);
ALTER TABLE t REPLICA IDENTITY USING INDEX "By";
CREATE TABLE u (a integer NOT NULL, b integer NOT NULL, CONSTRAINT k UNIQUE (a));
ALTER TABLE u REPLICA IDENTITY USING INDEX k;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer NOT NULL);
CREATE UNIQUE INDEX "By" ON t (a, b);
ALTER TABLE t REPLICA IDENTITY USING INDEX "By";
CREATE TABLE u (a integer NOT NULL, b integer NOT NULL, CONSTRAINT k UNIQUE (a, b));
ALTER TABLE u REPLICA IDENTITY USING INDEX k;

=== rows are not told on replicas
-- from
CREATE TABLE t (id integer PRIMARY KEY);
ALTER TABLE t REPLICA IDENTITY FULL;
-- to
CREATE TABLE t (id integer PRIMARY KEY);
ALTER TABLE t REPLICA IDENTITY NOTHING;

=== several tables come and go
-- from
CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE b (id integer PRIMARY KEY);
-- to
CREATE TABLE b (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY);

=== a table with quoted names of all kinds
-- to
CREATE TABLE "Order" ("select" integer PRIMARY KEY, "a b" text, "c""d" text DEFAULT 'x"y', "ü" text, "E.f" integer UNIQUE);
CREATE INDEX "I x" ON "Order" ("a b", "c""d");
CREATE VIEW "V w" AS SELECT "select", "E.f" FROM "Order";

=== a very long name
-- to
CREATE TABLE a_table_whose_name_is_just_as_long_as_names_may_be_on_this_server (
    a_column_whose_name_is_just_as_long_as_names_may_be_on_this_serv integer UNIQUE CHECK (
        a_column_whose_name_is_just_as_long_as_names_may_be_on_this_serv > 0));

=== a table is renamed
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text UNIQUE);
CREATE INDEX t_i ON t (lower(a));
CREATE VIEW v AS SELECT a FROM t;
-- to
-- dunlin: renamed from t
CREATE TABLE u (id integer PRIMARY KEY, a text UNIQUE);
CREATE INDEX t_i ON u (lower(a));
CREATE VIEW v AS SELECT a FROM u;
-- hazards: none

=== two tables swap their names
-- options: one-way
-- from
CREATE TABLE a (id integer PRIMARY KEY, x text);
CREATE TABLE b (id integer PRIMARY KEY, y text);
-- to
CREATE TABLE a (id integer PRIMARY KEY, y text);
CREATE TABLE b (id integer PRIMARY KEY, x text);

=== a table is replaced by a view of its name
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE u (id integer PRIMARY KEY);
CREATE VIEW t AS SELECT id FROM u;

=== nothing changes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x' CHECK (a <> ''));
CREATE VIEW v AS SELECT * FROM t;
-- to
CREATE VIEW v AS SELECT id, a FROM t;
CREATE TABLE t (id int4 PRIMARY KEY, a text DEFAULT 'x'::text, CHECK ((a <> '')));
-- differs: no
