=== a partitioned table comes with partitions
-- to
CREATE TABLE t (id integer, at date NOT NULL, a text DEFAULT 'x', PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE t2 PARTITION OF t DEFAULT;
CREATE INDEX ON t (a);
-- hazards back: drop-table drop-partition

=== a partition comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (20);
-- hazards: none
-- hazards back: drop-partition

=== a table becomes a partition
-- options: no-rows
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);

=== a table becomes a partition while columns of both change
-- from
CREATE TABLE t (id integer NOT NULL, a text, b smallint) PARTITION BY RANGE (id);
CREATE TABLE t1 (id integer NOT NULL, a text, b smallint, z integer);
-- to
CREATE TABLE t (id integer NOT NULL, a text NOT NULL DEFAULT 'x', b integer, c integer) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- options: no-rows

=== the bounds of a partition
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (20);

=== a column is added to a partitioned table
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text NOT NULL DEFAULT 'x') PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);

=== columns of a partitioned table change
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20), b integer) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x', b bigint NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- rows
INSERT INTO t VALUES (1, 'a', 5);

=== a partition has a default of its own
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x') PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x') PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t (a DEFAULT 'y') FOR VALUES FROM (0) TO (10);

=== a new partition has a default, a check and an index of its own
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x') PARTITION BY RANGE (id);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x') PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t (a DEFAULT 'y' NOT NULL, CHECK (a <> 'z')) FOR VALUES FROM (0) TO (10);
CREATE INDEX t1_own ON t1 (a);

=== an index of a partitioned table
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (20);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (20);
CREATE INDEX t_a ON t (a);

=== a check and a unique constraint of a partitioned table
-- from
CREATE TABLE t (id integer NOT NULL, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- to
CREATE TABLE t (id integer NOT NULL, a text CHECK (a <> ''), UNIQUE (id, a)) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);

=== a foreign key from a partitioned table
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, p integer) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, p integer REFERENCES p) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);

=== a partition comes to a table with foreign keys and triggers
-- from
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, p integer REFERENCES p) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- to
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY, p integer REFERENCES p) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (20);
CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();

=== a foreign key to a partitioned table
-- from
CREATE TABLE t (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE c (id integer PRIMARY KEY, t integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE c (id integer PRIMARY KEY, t integer REFERENCES t);

=== the type of a column by which a table is partitioned
-- from
CREATE TABLE t (id integer NOT NULL, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- to
CREATE TABLE t (id bigint NOT NULL, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- refused: by which the table is partitioned
-- refused back: by which the table is partitioned

=== a value goes from an enum by which a table is partitioned
-- options: one-way
-- from
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE t (id e NOT NULL, "ID" text) PARTITION BY LIST (id);
-- to
CREATE TYPE e AS ENUM ('a', 'b');
CREATE TABLE t (id e NOT NULL, "ID" text) PARTITION BY LIST (id);
-- refused: by which the table is partitioned

=== partitions of partitions
-- to
CREATE TABLE t (a integer, b integer, c text) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2) PARTITION BY HASH (b);
CREATE TABLE t1a PARTITION OF t1 FOR VALUES WITH (modulus 2, remainder 0);
CREATE TABLE t1b PARTITION OF t1 FOR VALUES WITH (modulus 2, remainder 1);
CREATE INDEX t_c ON t (c);

=== a table is partitioned by an expression
-- to
CREATE TABLE t (a timestamp, b text COLLATE "C") PARTITION BY RANGE (date_trunc('day', a), b COLLATE "C" text_pattern_ops);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (MINVALUE, MINVALUE) TO ('2020-01-01', MAXVALUE);

=== a table that is there cannot be partitioned
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
-- refused: cannot partition a table that is there
-- refused back: cannot make a partitioned table a plain one

=== a partition has options
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10) WITH (fillfactor = 70);

=== a view on a partition that is detached
-- options: no-rows
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE VIEW v AS SELECT a FROM t1;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a FROM t1;

=== an index of a partition has a name of its own
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE INDEX own ON t1 (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE INDEX own ON t1 (a);
CREATE INDEX t_a ON t (a);

=== a table with indexes of its own becomes a partition
-- options: no-rows
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE INDEX t_a ON t (a);
CREATE TABLE t1 (id integer CONSTRAINT own_key PRIMARY KEY, a text);
CREATE INDEX own ON t1 (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE INDEX t_a ON t (a);
CREATE TABLE t1 (id integer CONSTRAINT own_key PRIMARY KEY, a text);
CREATE INDEX own ON t1 (a);
ALTER TABLE t ATTACH PARTITION t1 FOR VALUES FROM (0) TO (10);

=== partitions that were attached come with their names
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE INDEX t_a ON t (a);
CREATE TABLE t1 (id integer CONSTRAINT own_key PRIMARY KEY, a text);
CREATE INDEX own ON t1 (a);
ALTER TABLE t ATTACH PARTITION t1 FOR VALUES FROM (0) TO (10);

=== a foreign key of a partitioned table that is not valid
-- options: since 18
-- from
CREATE TABLE r (id integer PRIMARY KEY);
CREATE TABLE t (id integer, r integer) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- rows
INSERT INTO t VALUES (1, 7);
-- to
CREATE TABLE r (id integer PRIMARY KEY);
CREATE TABLE t (id integer, r integer) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
ALTER TABLE t ADD FOREIGN KEY (r) REFERENCES r NOT VALID;

=== a column of a partition is not null, and its table's is not
-- options: since 18
-- from
CREATE TABLE t (id integer, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- rows
INSERT INTO t VALUES (1, 'x');
-- to
CREATE TABLE t (id integer, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t (a CONSTRAINT filled NOT NULL) FOR VALUES FROM (0) TO (10);

=== a column of a partitioned table is not null for new rows
-- options: since 18
-- from
CREATE TABLE t (id integer, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- rows
INSERT INTO t VALUES (1, NULL);
-- to
CREATE TABLE t (id integer, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
ALTER TABLE t ADD NOT NULL a NOT VALID;

=== a partitioned table comes with a foreign key to it
-- to
CREATE TABLE t (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (id);
CREATE TABLE t11 PARTITION OF t1 FOR VALUES FROM (0) TO (5);
CREATE TABLE t2 PARTITION OF t DEFAULT;
CREATE TABLE z (id integer PRIMARY KEY, t integer REFERENCES t);

=== a partitioned table comes with a foreign key to itself
-- to
CREATE TABLE t (id integer PRIMARY KEY, up integer REFERENCES t) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t2 PARTITION OF t DEFAULT;

=== a partition comes to a table to which a foreign key leads
-- from
CREATE TABLE t (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE z (id integer PRIMARY KEY, t integer REFERENCES t);
-- to
CREATE TABLE t (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (20);
CREATE TABLE z (id integer PRIMARY KEY, t integer REFERENCES t);

=== a partition leaves a table to which a foreign key leads
-- from
CREATE TABLE t (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (20);
CREATE TABLE z (id integer PRIMARY KEY, t integer REFERENCES t);
-- to
CREATE TABLE t (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t2 (id integer PRIMARY KEY);
CREATE TABLE z (id integer PRIMARY KEY, t integer REFERENCES t);

=== the bounds of a partition to which a foreign key leads
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE z (id integer PRIMARY KEY, t integer REFERENCES t);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a bigint) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (20);
CREATE TABLE z (id integer PRIMARY KEY, t integer REFERENCES t);

=== the bounds of a partition to which rows refer, and a new one
-- from
CREATE TABLE t (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE z (id integer PRIMARY KEY, t integer REFERENCES t);
-- to
CREATE TABLE t (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (5);
CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (5) TO (20);
CREATE TABLE z (id integer PRIMARY KEY, t integer REFERENCES t);
-- rows
INSERT INTO t VALUES (1), (2);
INSERT INTO z VALUES (1, 1), (2, NULL);
