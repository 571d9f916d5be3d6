=== an index is built while others write
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_a ON t (a);
-- plan
CREATE INDEX CONCURRENTLY "t_a" ON "public"."t" ("a");
-- plan back
DROP INDEX CONCURRENTLY "public"."t_a";
-- hazards: not-transactional

=== an index is replaced online, and is of use until the new one is
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX i ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX i ON t (a, b);
-- plan
ALTER INDEX "public"."i" RENAME TO "dunlin_old_i";
CREATE INDEX CONCURRENTLY "i" ON "public"."t" ("a", "b");
DROP INDEX CONCURRENTLY "public"."dunlin_old_i";

=== an index is replaced online, and a column of it goes
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE INDEX i ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, b text);
CREATE INDEX i ON t (b);

=== a unique index online
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE UNIQUE INDEX t_a ON t (a);
-- hazards: unique not-transactional

=== a unique index online, and rows are twice
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE UNIQUE INDEX t_a ON t (a);
-- rows
INSERT INTO t VALUES (1, 'x'), (2, 'x');
-- blocked: unique

=== an index of a new table needs no such thing
-- options: online
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE INDEX t_a ON t (a);
-- hazards: none

=== a unique constraint online
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text UNIQUE);
-- plan
CREATE UNIQUE INDEX CONCURRENTLY "t_a_key" ON "public"."t" ("a");
ALTER TABLE "public"."t" ADD CONSTRAINT "t_a_key" UNIQUE USING INDEX "t_a_key";

=== a primary key online
-- options: online
-- from
CREATE TABLE t (id integer NOT NULL, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);

=== a primary key online on a column that may be null
-- options: online
-- from
CREATE TABLE t (id integer, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x');

=== a check online
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer CONSTRAINT positive CHECK (a > 0));
-- plan
ALTER TABLE "public"."t" ADD CONSTRAINT "positive" CHECK ((a > 0)) NOT VALID;
ALTER TABLE "public"."t" VALIDATE CONSTRAINT "positive";

=== a check online that rows violate
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer CONSTRAINT positive CHECK (a > 0));
-- rows
INSERT INTO t VALUES (1, -1);
-- blocked: check

=== a foreign key online
-- options: online
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p);

=== a column may not be null, online
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
-- rows
INSERT INTO t VALUES (1, 'x');
-- hazards: not-null not-transactional

=== a column may not be null, online, and rows are
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
-- rows
INSERT INTO t VALUES (1, NULL);
-- blocked: not-null

=== a column changes in many ways, online
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b text);
CREATE INDEX t_a ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL DEFAULT 'x', c integer CHECK (c > 0));
CREATE INDEX t_a ON t (a, id);
-- rows
INSERT INTO t VALUES (1, 'x', 'y');

=== an index of a partitioned table is not built online
-- options: online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE INDEX t_a ON t (a);
-- hazards: index-build

=== a partition is detached online
-- options: online no-rows
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 (id integer PRIMARY KEY, a text);

=== a foreign key of a partitioned table online
-- options: online since 18
-- from
CREATE TABLE r (id integer PRIMARY KEY);
CREATE TABLE t (id integer, r integer) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- rows
INSERT INTO r VALUES (1);
INSERT INTO t VALUES (1, 1);
-- to
CREATE TABLE r (id integer PRIMARY KEY);
CREATE TABLE t (id integer, r integer REFERENCES r) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- plan
ALTER TABLE "public"."t" ADD CONSTRAINT "t_r_fkey" FOREIGN KEY ("r") REFERENCES public.r ("id") NOT VALID;
ALTER TABLE "public"."t" VALIDATE CONSTRAINT "t_r_fkey";
