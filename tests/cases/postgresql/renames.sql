=== a table is renamed in the midst of others
-- from
CREATE TABLE p (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE old_t (id serial PRIMARY KEY, p integer CONSTRAINT to_p REFERENCES p, a integer CONSTRAINT few CHECK (a < 9000),
    g integer GENERATED ALWAYS AS (a + 1) STORED);
CREATE SEQUENCE numbers OWNED BY old_t.a;
CREATE INDEX by_a ON old_t (a) WHERE a > 1;
CREATE TABLE c (id integer PRIMARY KEY, t integer CONSTRAINT to_t REFERENCES old_t, note text);
CREATE TABLE d (id integer PRIMARY KEY, c integer CONSTRAINT to_c REFERENCES c, kept old_t);
CREATE TABLE apart (id integer PRIMARY KEY, d integer CONSTRAINT to_d REFERENCES d);
CREATE FUNCTION written() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO old_t (a) VALUES (1); RETURN NEW; END';
CREATE FUNCTION many() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM old_t';
CREATE TRIGGER writes AFTER INSERT ON apart FOR EACH ROW EXECUTE FUNCTION written();
CREATE VIEW v AS SELECT id, a FROM old_t;
CREATE VIEW v_on_v AS SELECT a FROM v WHERE id > 1;
CREATE MATERIALIZED VIEW m AS SELECT max(a) AS most FROM v_on_v;
CREATE RULE shown AS ON INSERT TO p DO ALSO INSERT INTO old_t (a) VALUES (2);
ALTER TABLE p ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON p USING (EXISTS (SELECT FROM old_t WHERE old_t.p = p.id));
-- rows
INSERT INTO old_t (a) VALUES (1), (2);
-- to
CREATE TABLE p (id integer PRIMARY KEY, name text NOT NULL);
-- dunlin: renamed from old_t
CREATE TABLE new_t (id integer PRIMARY KEY, p integer CONSTRAINT to_p REFERENCES p, a integer CONSTRAINT few CHECK (a < 9000),
    g integer GENERATED ALWAYS AS (a + 1) STORED);
CREATE SEQUENCE old_t_id_seq AS integer OWNED BY new_t.id;
ALTER TABLE new_t ALTER id SET DEFAULT nextval('old_t_id_seq');
CREATE SEQUENCE numbers OWNED BY new_t.a;
CREATE INDEX by_a ON new_t (a) WHERE a > 1;
CREATE TABLE c (id integer PRIMARY KEY, t integer CONSTRAINT to_t REFERENCES new_t, note text);
CREATE TABLE d (id integer PRIMARY KEY, c integer CONSTRAINT to_c REFERENCES c, kept new_t);
CREATE TABLE apart (id integer PRIMARY KEY, d integer CONSTRAINT to_d REFERENCES d);
CREATE FUNCTION written() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO new_t (a) VALUES (1); RETURN NEW; END';
CREATE FUNCTION many() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM new_t';
CREATE TRIGGER writes AFTER INSERT ON apart FOR EACH ROW EXECUTE FUNCTION written();
CREATE VIEW v AS SELECT id, a FROM new_t;
CREATE VIEW v_on_v AS SELECT a FROM v WHERE id > 1;
CREATE MATERIALIZED VIEW m AS SELECT max(a) AS most FROM v_on_v;
CREATE RULE shown AS ON INSERT TO p DO ALSO INSERT INTO new_t (a) VALUES (2);
ALTER TABLE p ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON p USING (EXISTS (SELECT FROM new_t WHERE new_t.p = p.id));
-- plan
ALTER TABLE "public"."old_t" RENAME TO "new_t";
SET check_function_bodies = off;
ALTER TABLE "public"."new_t" RENAME CONSTRAINT "old_t_pkey" TO "new_t_pkey";
CREATE OR REPLACE FUNCTION "public".many()
RETURNS bigint
LANGUAGE "sql"
AS $$SELECT count(*) FROM new_t$$;
CREATE OR REPLACE FUNCTION "public".written()
RETURNS trigger
LANGUAGE "plpgsql"
AS $$BEGIN INSERT INTO new_t (a) VALUES (1); RETURN NEW; END$$;
RESET check_function_bodies;

=== a column is renamed in the midst of others
-- from
CREATE TABLE p (id integer, old_key integer, CONSTRAINT p_key PRIMARY KEY (id), CONSTRAINT once UNIQUE (old_key));
CREATE TABLE c (id integer PRIMARY KEY, p integer CONSTRAINT to_p REFERENCES p (old_key), note text);
CREATE TABLE d (id integer PRIMARY KEY, c integer CONSTRAINT to_c REFERENCES c, note text);
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN UPDATE p SET old_key = id; RETURN NEW; END';
CREATE TRIGGER notes AFTER UPDATE ON d FOR EACH ROW EXECUTE FUNCTION noted();
CREATE FUNCTION keys() RETURNS SETOF p LANGUAGE sql AS 'SELECT * FROM p';
CREATE FUNCTION most() RETURNS integer LANGUAGE sql AS 'SELECT max(old_key) FROM keys()';
CREATE VIEW v AS SELECT old_key AS key FROM p;
CREATE VIEW v_on_v AS SELECT key FROM v;
-- to
CREATE TABLE p (id integer,
    new_key integer, -- dunlin: renamed from old_key
    CONSTRAINT p_key PRIMARY KEY (id), CONSTRAINT once UNIQUE (new_key));
CREATE TABLE c (id integer PRIMARY KEY, p integer CONSTRAINT to_p REFERENCES p (new_key), note text);
CREATE TABLE d (id integer PRIMARY KEY, c integer CONSTRAINT to_c REFERENCES c, note text);
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN UPDATE p SET new_key = id; RETURN NEW; END';
CREATE TRIGGER notes AFTER UPDATE ON d FOR EACH ROW EXECUTE FUNCTION noted();
CREATE FUNCTION keys() RETURNS SETOF p LANGUAGE sql AS 'SELECT * FROM p';
CREATE FUNCTION most() RETURNS integer LANGUAGE sql AS 'SELECT max(new_key) FROM keys()';
CREATE VIEW v AS SELECT new_key AS key FROM p;
CREATE VIEW v_on_v AS SELECT key FROM v;
-- plan
ALTER TABLE "public"."p" RENAME COLUMN "old_key" TO "new_key";
SET check_function_bodies = off;
CREATE OR REPLACE FUNCTION "public".most()
RETURNS integer
LANGUAGE "sql"
AS $$SELECT max(new_key) FROM keys()$$;
CREATE OR REPLACE FUNCTION "public".noted()
RETURNS trigger
LANGUAGE "plpgsql"
AS $$BEGIN UPDATE p SET new_key = id; RETURN NEW; END$$;
RESET check_function_bodies;

=== what functions whose body the server has read look into is renamed
-- options: since 14
-- from
CREATE TABLE old_t (id integer PRIMARY KEY, a integer);
CREATE TABLE p (id integer PRIMARY KEY, old_key integer);
CREATE FUNCTION whole(old_t) RETURNS integer LANGUAGE sql IMMUTABLE RETURN $1.a;
CREATE FUNCTION key_of(p) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT $1.old_key; END;
-- to
-- dunlin: renamed from old_t
CREATE TABLE new_t (id integer PRIMARY KEY, a integer);
CREATE TABLE p (id integer PRIMARY KEY,
    new_key integer -- dunlin: renamed from old_key
);
CREATE FUNCTION whole(new_t) RETURNS integer LANGUAGE sql IMMUTABLE RETURN $1.a;
CREATE FUNCTION key_of(p) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT $1.new_key; END;
-- plan
ALTER TABLE "public"."old_t" RENAME TO "new_t";
ALTER TABLE "public"."p" RENAME COLUMN "old_key" TO "new_key";
ALTER TABLE "public"."new_t" RENAME CONSTRAINT "old_t_pkey" TO "new_t_pkey";
CREATE OR REPLACE FUNCTION "public".key_of(public.p)
RETURNS integer
LANGUAGE "sql"
BEGIN ATOMIC
 SELECT ($1).new_key AS new_key;
END;

=== a schema is renamed that others look into
-- from
CREATE SCHEMA old_s;
CREATE TYPE old_s.mood AS ENUM ('good');
CREATE TABLE old_s.t (id integer PRIMARY KEY, mood old_s.mood);
CREATE TABLE c (id integer PRIMARY KEY, t integer REFERENCES old_s.t);
CREATE VIEW v AS SELECT id FROM old_s.t;
CREATE VIEW v_on_v AS SELECT id FROM v;
CREATE TABLE apart (id integer PRIMARY KEY);
-- to
-- dunlin: renamed from old_s
CREATE SCHEMA new_s;
CREATE TYPE new_s.mood AS ENUM ('good');
CREATE TABLE new_s.t (id integer PRIMARY KEY, mood new_s.mood);
CREATE TABLE c (id integer PRIMARY KEY, t integer REFERENCES new_s.t);
CREATE VIEW v AS SELECT id FROM new_s.t;
CREATE VIEW v_on_v AS SELECT id FROM v;
CREATE TABLE apart (id integer PRIMARY KEY);
-- plan
ALTER SCHEMA old_s RENAME TO new_s;

=== a type is renamed that columns and functions use
-- from
CREATE TYPE old_mood AS ENUM ('good', 'bad');
CREATE TABLE t (id integer PRIMARY KEY, mood old_mood DEFAULT 'good');
CREATE TABLE c (id integer PRIMARY KEY, t integer REFERENCES t);
CREATE FUNCTION f(old_mood) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE VIEW v AS SELECT mood FROM t WHERE f(mood);
CREATE TABLE apart (id integer PRIMARY KEY);
-- to
-- dunlin: renamed from old_mood
CREATE TYPE new_mood AS ENUM ('good', 'bad');
CREATE TABLE t (id integer PRIMARY KEY, mood new_mood DEFAULT 'good');
CREATE TABLE c (id integer PRIMARY KEY, t integer REFERENCES t);
CREATE FUNCTION f(new_mood) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE VIEW v AS SELECT mood FROM t WHERE f(mood);
CREATE TABLE apart (id integer PRIMARY KEY);
-- plan
ALTER TYPE public.old_mood RENAME TO new_mood;

=== a partitioned table and a column that its partitions have are renamed
-- from
CREATE TABLE old_t (id integer NOT NULL, old_day date NOT NULL, CONSTRAINT t_key PRIMARY KEY (id, old_day)) PARTITION BY RANGE (old_day);
CREATE TABLE y25 PARTITION OF old_t FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE y26 PARTITION OF old_t FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE VIEW v AS SELECT old_day AS day FROM y25;
CREATE TABLE apart (id integer PRIMARY KEY);
-- to
-- dunlin: renamed from old_t
CREATE TABLE new_t (id integer NOT NULL,
    new_day date NOT NULL, -- dunlin: renamed from old_day
    CONSTRAINT t_key PRIMARY KEY (id, new_day)) PARTITION BY RANGE (new_day);
CREATE TABLE y25 PARTITION OF new_t FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE y26 PARTITION OF new_t FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE VIEW v AS SELECT new_day AS day FROM y25;
CREATE TABLE apart (id integer PRIMARY KEY);

=== two columns of different types swap their names
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b varchar(9));
CREATE INDEX by_a ON t (a);
CREATE VIEW v AS SELECT a AS n, b AS s FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    b integer, -- dunlin: renamed from a
    a varchar(9) -- dunlin: renamed from b
);
CREATE INDEX by_a ON t (b);
CREATE VIEW v AS SELECT b AS n, a AS s FROM t;
-- hazards: none
-- hazards back: none

=== columns that only their NOT NULL tells apart swap their names
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    a integer, -- dunlin: renamed from b
    b integer NOT NULL -- dunlin: renamed from a
);
-- hazards: none
-- hazards back: none

=== columns that swapped their names already
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b varchar(9));
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    a integer, -- dunlin: renamed from b
    b varchar(9) -- dunlin: renamed from a
);
-- differs: no

=== columns of one type swap their names, which nobody can know
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    b integer, -- dunlin: renamed from a
    a integer -- dunlin: renamed from b
);
-- refused: said to exchange their names, and nothing tells whether that was done
-- refused back: said to exchange their names, and nothing tells whether that was done

=== three names go round, and a fourth joins a chain
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b varchar(9), c bigint, d integer, e integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    b integer, -- dunlin: renamed from a
    c varchar(9), -- dunlin: renamed from b
    a bigint, -- dunlin: renamed from c
    e integer, -- dunlin: renamed from d
    f integer -- dunlin: renamed from e
);
-- hazards: none
-- hazards back: none

=== a chain of columns
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, c integer, CONSTRAINT few CHECK (a < 90000 AND b < 80000));
CREATE INDEX by_b ON t (b);
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    b integer, -- dunlin: renamed from a
    c integer, -- dunlin: renamed from b
    d integer, -- dunlin: renamed from c
    CONSTRAINT few CHECK (b < 90000 AND c < 80000));
CREATE INDEX by_b ON t (c);
-- hazards: none
-- hazards back: none

=== a chain that was renamed already
-- from
CREATE TABLE t (id integer PRIMARY KEY, b integer, c integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    b integer, -- dunlin: renamed from a
    c integer -- dunlin: renamed from b
);
-- differs: no

=== the end of a chain is there, its beginning is not
-- from
CREATE TABLE t (id integer PRIMARY KEY, b integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    b integer, -- dunlin: renamed from a
    c integer -- dunlin: renamed from b
);
-- refused: there is no column a that could be renamed
-- options: one-way

=== a column is renamed and another one gets its name
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    b integer, -- dunlin: renamed from a
    a integer
);
-- hazards: none
-- options: one-way

=== a chain of tables, one of which has a column renamed
-- from
CREATE TABLE a (id integer PRIMARY KEY, n integer);
CREATE TABLE b (id integer PRIMARY KEY, old integer);
CREATE TABLE r (id integer PRIMARY KEY, a integer, CONSTRAINT to_a FOREIGN KEY (a) REFERENCES a (id));
CREATE VIEW v AS SELECT n FROM a;
-- rows
INSERT INTO a VALUES (1, 7);
INSERT INTO b VALUES (2, 8);
INSERT INTO r VALUES (3, 1);
-- to
-- dunlin: renamed from a
CREATE TABLE b (id integer PRIMARY KEY, n integer);
-- dunlin: renamed from b
CREATE TABLE c (id integer PRIMARY KEY,
    new integer -- dunlin: renamed from old
);
CREATE TABLE r (id integer PRIMARY KEY, a integer, CONSTRAINT to_a FOREIGN KEY (a) REFERENCES b (id));
CREATE VIEW v AS SELECT n FROM b;
-- hazards: none
-- hazards back: none

=== two tables swap their names
-- from
CREATE TABLE a (id integer PRIMARY KEY, n integer);
CREATE TABLE b (id integer PRIMARY KEY, s varchar(9));
CREATE TABLE r (id integer PRIMARY KEY, a integer, CONSTRAINT to_a FOREIGN KEY (a) REFERENCES a (id));
CREATE VIEW v AS SELECT n FROM a;
-- rows
INSERT INTO a VALUES (1, 7);
INSERT INTO b VALUES (2, 'x');
INSERT INTO r VALUES (3, 1);
-- to
-- dunlin: renamed from a
CREATE TABLE b (id integer PRIMARY KEY, n integer);
-- dunlin: renamed from b
CREATE TABLE a (id integer PRIMARY KEY, s varchar(9));
CREATE TABLE r (id integer PRIMARY KEY, a integer, CONSTRAINT to_a FOREIGN KEY (a) REFERENCES b (id));
CREATE VIEW v AS SELECT n FROM b;
-- hazards: none
-- hazards back: none

=== two tables of the same columns swap their names, which nobody can know
-- from
CREATE TABLE a (id integer PRIMARY KEY, n integer);
CREATE TABLE b (id integer PRIMARY KEY, n integer);
-- to
-- dunlin: renamed from a
CREATE TABLE b (id integer PRIMARY KEY, n integer);
-- dunlin: renamed from b
CREATE TABLE a (id integer PRIMARY KEY, n integer);
-- refused: said to exchange their names
-- refused back: said to exchange their names
