=== the name of what keeps a column from being null
-- options: since 18
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text CONSTRAINT filled NOT NULL);
-- plan
ALTER TABLE "public"."t" RENAME CONSTRAINT "t_a_not_null" TO "filled";
-- plan back
ALTER TABLE "public"."t" RENAME CONSTRAINT "filled" TO "t_a_not_null";
-- hazards: none

=== names that the server made up are no difference
-- options: since 18
-- from
CREATE TABLE s (id integer PRIMARY KEY, a text NOT NULL);
ALTER TABLE s RENAME TO t;
ALTER TABLE t RENAME a TO b;
ALTER TABLE t RENAME CONSTRAINT s_pkey TO t_pkey;
-- to
CREATE TABLE t (id integer PRIMARY KEY, b text NOT NULL);
-- differs: no

=== a column becomes not null by a constraint with a name
-- options: since 18
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text CONSTRAINT filled NOT NULL);
-- plan
ALTER TABLE "public"."t" ADD CONSTRAINT "filled" NOT NULL "a";
-- plan back
ALTER TABLE "public"."t" ALTER COLUMN "a" DROP NOT NULL;
-- hazards: scan not-null

=== new rows only are not null
-- options: since 18
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, NULL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
ALTER TABLE t ADD CONSTRAINT filled NOT NULL a NOT VALID;
-- plan
ALTER TABLE "public"."t" ADD CONSTRAINT "filled" NOT NULL "a" NOT VALID;
-- hazards: none

=== a not-null constraint is validated
-- options: since 18
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
ALTER TABLE t ADD NOT NULL a NOT VALID;
-- rows
INSERT INTO t VALUES (1, 'x');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
-- plan
ALTER TABLE "public"."t" VALIDATE CONSTRAINT "t_a_not_null";
-- plan back
ALTER TABLE "public"."t" ALTER COLUMN "a" DROP NOT NULL, ADD NOT NULL "a" NOT VALID;
-- hazards: scan not-null
-- hazards back: none

=== a table comes with a constraint that is not valid
-- options: since 18
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text CONSTRAINT other NOT NULL);
ALTER TABLE t ADD CONSTRAINT filled NOT NULL a NOT VALID;

=== a column comes with a constraint that is not valid
-- options: since 18
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
ALTER TABLE t ADD CONSTRAINT filled NOT NULL a NOT VALID;

=== not null is for the table alone
-- options: since 18
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL, b text);
-- rows
INSERT INTO t VALUES (1, 'x', 'y');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL NO INHERIT, b text NOT NULL NO INHERIT);
-- plan
ALTER TABLE "public"."t" ALTER CONSTRAINT "t_a_not_null" NO INHERIT, ADD NOT NULL "b" NO INHERIT;
-- plan back
ALTER TABLE "public"."t" ALTER CONSTRAINT "t_a_not_null" INHERIT, ALTER COLUMN "b" DROP NOT NULL;

=== a column becomes not null online
-- options: since 18 online
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- rows
INSERT INTO t VALUES (1, 'x');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
-- plan
ALTER TABLE "public"."t" ADD CONSTRAINT "t_a_not_null" NOT NULL "a" NOT VALID;
ALTER TABLE "public"."t" VALIDATE CONSTRAINT "t_a_not_null";

=== a column of many partitions is not null under a name
-- options: since 18
-- from
CREATE TABLE t (id integer, a text) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
-- rows
INSERT INTO t VALUES (1, 'x');
-- to
CREATE TABLE t (id integer, a text CONSTRAINT filled NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);

=== a column that is inherited is not null under a name
-- options: since 18
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
CREATE TABLE u (b text) INHERITS (t);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text CONSTRAINT filled NOT NULL);
CREATE TABLE u (b text CONSTRAINT brimming NOT NULL) INHERITS (t);
-- rows
INSERT INTO u VALUES (1, 'x', 'y');
