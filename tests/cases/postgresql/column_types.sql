=== smallint grows
-- from
CREATE TABLE t (id integer PRIMARY KEY, a smallint);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- hazards: rewrite
-- hazards back: narrow-type rewrite cast

=== integer grows, as a key
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id bigint PRIMARY KEY, a text);

=== bigint shrinks, and values do not fit
-- options: one-way
-- from
CREATE TABLE t (id integer PRIMARY KEY, a bigint);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 3000000000), (2, NULL);
-- blocked: cast

=== integer becomes numeric
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer DEFAULT 0);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a numeric DEFAULT 0);

=== numeric gets more digits
-- from
CREATE TABLE t (id integer PRIMARY KEY, a numeric(10, 2));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a numeric(12, 2));
-- hazards: none

=== numeric gets a scale
-- from
CREATE TABLE t (id integer PRIMARY KEY, a numeric(10, 2));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a numeric(12, 4));
-- hazards: rewrite

=== numeric loses its limit
-- from
CREATE TABLE t (id integer PRIMARY KEY, a numeric(10, 2));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a numeric);
-- hazards: none

=== numeric is rounded
-- options: one-way
-- from
CREATE TABLE t (id integer PRIMARY KEY, a numeric(10, 4));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a numeric(10, 1));
-- hazards: narrow-type rewrite cast

=== real becomes double precision
-- from
CREATE TABLE t (id integer PRIMARY KEY, a real);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a double precision);

=== double precision becomes numeric
-- options: one-way
-- from
CREATE TABLE t (id integer PRIMARY KEY, a double precision);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a numeric(12, 2));

=== a varchar gets longer
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20) DEFAULT 'x');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(40) DEFAULT 'x');
-- hazards: none

=== a varchar becomes text
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20) DEFAULT 'x');
CREATE INDEX t_a ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x');
CREATE INDEX t_a ON t (a);
-- hazards: none

=== a varchar gets shorter, and all values fit
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(5));
-- rows
INSERT INTO t VALUES (1, '12345'), (2, NULL);
-- hazards: narrow-type rewrite cast

=== a varchar gets shorter, and values do not fit
-- options: one-way
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(5));
-- rows
INSERT INTO t VALUES (1, '123456'), (2, NULL);
-- blocked: cast

=== text becomes char
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a char(3));
-- rows
INSERT INTO t VALUES (1, 'abc');

=== text becomes integer
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT '5');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer DEFAULT 5);
-- hazards: rewrite cast

=== text becomes a date
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a date);
-- rows
INSERT INTO t VALUES (1, '2024-02-29'), (2, NULL);

=== text becomes an enum
-- from
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'sad');
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, a mood DEFAULT 'sad');
-- rows
INSERT INTO t VALUES (1, 'sad'), (2, 'happy');

=== text becomes an enum that is new
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'sad');
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, a mood DEFAULT 'sad');
-- rows
INSERT INTO t VALUES (1, 'sad'), (2, 'happy');

=== one enum becomes another
-- from
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE state AS ENUM ('happy', 'sad', 'angry');
CREATE TABLE t (id integer PRIMARY KEY, a mood);
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE state AS ENUM ('happy', 'sad', 'angry');
CREATE TABLE t (id integer PRIMARY KEY, a state);

=== boolean becomes integer
-- from
CREATE TABLE t (id integer PRIMARY KEY, a boolean DEFAULT false);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer DEFAULT 0);

=== boolean becomes a number of another kind
-- options: one-way
-- from
CREATE TABLE t (id integer PRIMARY KEY, a boolean, b boolean DEFAULT true, c boolean);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a smallint, b bigint DEFAULT 1, c numeric(3,1));
-- rows
INSERT INTO t VALUES (1, true, false, true), (2, NULL, NULL, NULL);
-- plan
ALTER TABLE "public"."t" ALTER COLUMN "a" TYPE smallint USING "a"::integer::smallint, ALTER COLUMN "b" DROP DEFAULT, ALTER COLUMN "b" TYPE bigint USING "b"::integer::bigint, ALTER COLUMN "b" SET DEFAULT 1, ALTER COLUMN "c" TYPE numeric(3,1) USING "c"::integer::numeric(3,1);

=== hstore becomes jsonb
-- options: one-way
-- from
CREATE EXTENSION hstore;
CREATE TABLE t (id integer PRIMARY KEY, a hstore DEFAULT '');
-- to
CREATE EXTENSION hstore;
CREATE TABLE t (id integer PRIMARY KEY, a jsonb DEFAULT '{}');
-- rows
INSERT INTO t VALUES (1, 'a=>1, b=>NULL'), (2, NULL);
-- plan
ALTER TABLE "public"."t" ALTER COLUMN "a" DROP DEFAULT, ALTER COLUMN "a" TYPE jsonb USING "a"::jsonb, ALTER COLUMN "a" SET DEFAULT '{}'::jsonb;

=== timestamp gets a time zone
-- from
CREATE TABLE t (id integer PRIMARY KEY, a timestamp DEFAULT now());
-- to
CREATE TABLE t (id integer PRIMARY KEY, a timestamptz DEFAULT now());

=== a date becomes a timestamp
-- from
CREATE TABLE t (id integer PRIMARY KEY, a date);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a timestamp);

=== a timestamp gets fewer digits
-- from
CREATE TABLE t (id integer PRIMARY KEY, a timestamp(6));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a timestamp(0));
-- hazards: narrow-type rewrite

=== json becomes jsonb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a json);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a jsonb);
-- rows
INSERT INTO t VALUES (1, '{"a": 1}');

=== text becomes jsonb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT '{}');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a jsonb DEFAULT '{}');
-- rows
INSERT INTO t VALUES (1, '{"a": 1}');

=== text becomes a uuid
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a uuid);
-- rows
INSERT INTO t VALUES (1, '00000000-0000-0000-0000-000000000001');

=== cidr becomes inet
-- from
CREATE TABLE t (id integer PRIMARY KEY, a cidr);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a inet);
-- rows
INSERT INTO t VALUES (1, '10.0.0.0/8');

=== an array of another type
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer[] DEFAULT '{1}');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a bigint[] DEFAULT '{1}');
-- rows
INSERT INTO t VALUES (1, '{1,2}');

=== an array of texts becomes one of enums
-- from
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, a text[]);
-- to
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer PRIMARY KEY, a mood[]);
-- rows
INSERT INTO t VALUES (1, '{sad,happy}');

=== a value becomes an array's only one by way of text
-- options: one-way no-rows
-- from
CREATE TABLE t (id integer PRIMARY KEY, a point);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a box);

=== the type changes below an index, a check and a key
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer UNIQUE CHECK (a > 0), b integer);
CREATE INDEX t_b ON t (b) WHERE a > 5;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a bigint UNIQUE CHECK (a > 0), b integer);
CREATE INDEX t_b ON t (b) WHERE a > 5;

=== the type changes below an expression index
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE INDEX t_a ON t ((a + 1));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a bigint);
CREATE INDEX t_a ON t ((a + 1));

=== the type changes on both sides of a foreign key
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p);
-- to
CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p bigint REFERENCES p);

=== the type changes to one of another kind on both sides of a foreign key
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p);
-- to
CREATE TABLE p (id text PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p text REFERENCES p);

=== the type changes below a view
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a bigint);
CREATE VIEW v AS SELECT id, a FROM t;

=== the type changes below a view on a view and a materialized one with an index
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE VIEW w AS SELECT a FROM v;
CREATE MATERIALIZED VIEW m AS SELECT a FROM w;
CREATE INDEX m_a ON m (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a bigint);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE VIEW w AS SELECT a FROM v;
CREATE MATERIALIZED VIEW m AS SELECT a FROM w;
CREATE INDEX m_a ON m (a);

=== the type changes below a generated column
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a bigint, b integer GENERATED ALWAYS AS (a * 2) STORED);

=== the type changes below a trigger on the column
-- from
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TRIGGER g BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f();
-- to
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (id integer PRIMARY KEY, a bigint);
CREATE TRIGGER g BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f();

=== the type changes below a policy
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE POLICY p ON t USING (a > 1);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a bigint);
CREATE POLICY p ON t USING (a > 1);

=== the type changes below a function with a body of SQL
-- options: since 14
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT sum(a) FROM t; END;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a smallint);
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT sum(a) FROM t; END;

=== the type of a serial column grows, and its sequence's
-- from
CREATE TABLE t (id serial PRIMARY KEY, a text);
-- to
CREATE TABLE t (id bigserial PRIMARY KEY, a text);

=== the type of an identity column grows
-- from
CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a text);
-- to
CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a text);
