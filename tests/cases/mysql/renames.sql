=== a table is renamed
-- from
CREATE TABLE old (id integer PRIMARY KEY, a integer);
-- to
-- dunlin: renamed from old
CREATE TABLE new (id integer PRIMARY KEY, a integer);
-- plan
RENAME TABLE `old` TO `new`;
-- options: one-way

=== a column is renamed
-- from
CREATE TABLE t (id integer PRIMARY KEY, old integer, KEY k (old));
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    new integer, -- dunlin: renamed from old
    KEY k (new));
-- options: one-way

=== a column is renamed and gets another type
-- from
CREATE TABLE t (id integer PRIMARY KEY, old integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    new bigint NOT NULL -- dunlin: renamed from old
);
-- options: one-way

=== a column with a check and a generated one is renamed
-- from
CREATE TABLE t (id integer PRIMARY KEY, old integer, g integer AS (old + 1) VIRTUAL, CONSTRAINT c CHECK (old > 0));
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    new integer, -- dunlin: renamed from old
    g integer AS (new + 1) VIRTUAL, CONSTRAINT c CHECK (new > 0));
-- options: mariadb, one-way

=== a table is renamed that others refer to
-- from
CREATE TABLE old (id integer PRIMARY KEY, a integer);
CREATE TABLE c (id integer PRIMARY KEY, p integer, KEY (p), CONSTRAINT f FOREIGN KEY (p) REFERENCES old (id));
CREATE VIEW v AS SELECT id FROM old;
CREATE TRIGGER r BEFORE INSERT ON old FOR EACH ROW SET NEW.a = 1;
-- to
-- dunlin: renamed from old
CREATE TABLE new (id integer PRIMARY KEY, a integer);
CREATE TABLE c (id integer PRIMARY KEY, p integer, KEY (p), CONSTRAINT f FOREIGN KEY (p) REFERENCES new (id));
CREATE VIEW v AS SELECT id FROM new;
CREATE TRIGGER r BEFORE INSERT ON new FOR EACH ROW SET NEW.a = 1;
-- options: one-way

=== a column of a foreign key is renamed, on either side
-- from
CREATE TABLE p (old_id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, old_p integer, KEY k (old_p), CONSTRAINT f FOREIGN KEY (old_p) REFERENCES p (old_id));
-- rows
INSERT INTO p VALUES (1);
INSERT INTO c VALUES (1, 1);
-- to
CREATE TABLE p (
    id integer PRIMARY KEY -- dunlin: renamed from old_id
);
CREATE TABLE c (id integer PRIMARY KEY,
    p integer, -- dunlin: renamed from old_p
    KEY k (p), CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id));
-- options: one-way

=== a view is renamed
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW old AS SELECT id FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY);
-- dunlin: renamed from old
CREATE VIEW new AS SELECT id FROM t;
-- options: one-way

=== a column that checks and generated columns use is renamed
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, CONSTRAINT ab CHECK (a < b + 1000), CHECK (a > -1000),
    g integer GENERATED ALWAYS AS (a + 1) STORED, h integer GENERATED ALWAYS AS (g + 1) VIRTUAL, KEY gk (g, b));
CREATE VIEW v AS SELECT a AS n FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    x integer, -- dunlin: renamed from a
    y integer, -- dunlin: renamed from b
    CONSTRAINT ab CHECK (x < y + 1000), CHECK (x > -1000),
    g integer GENERATED ALWAYS AS (x + 1) STORED, h integer GENERATED ALWAYS AS (g + 1) VIRTUAL, KEY gk (g, y));
CREATE VIEW v AS SELECT x AS n FROM t;

=== a table is renamed in the midst of others
-- from
CREATE TABLE p (id integer PRIMARY KEY, name varchar(9));
CREATE TABLE old_t (id integer PRIMARY KEY, p integer, a integer, g integer AS (a + 1) VIRTUAL, FOREIGN KEY (p) REFERENCES p (id));
CREATE TABLE c (id integer PRIMARY KEY, t integer, note varchar(9), CONSTRAINT to_t FOREIGN KEY (t) REFERENCES old_t (id));
CREATE TABLE d (id integer PRIMARY KEY, c integer, CONSTRAINT to_c FOREIGN KEY (c) REFERENCES c (id));
CREATE TABLE apart (id integer PRIMARY KEY, d integer, CONSTRAINT to_d FOREIGN KEY (d) REFERENCES d (id));
CREATE TRIGGER writes AFTER INSERT ON apart FOR EACH ROW INSERT INTO old_t (id, a) VALUES (NEW.id, 1);
CREATE TRIGGER others AFTER DELETE ON apart FOR EACH ROW DELETE FROM d;
CREATE FUNCTION most() RETURNS integer READS SQL DATA RETURN (SELECT max(a) FROM old_t);
CREATE FUNCTION more() RETURNS integer READS SQL DATA RETURN most() + 1;
CREATE PROCEDURE clean() DELETE FROM v;
CREATE VIEW v AS SELECT id, a FROM old_t;
CREATE VIEW v_on_v AS SELECT a FROM v WHERE id > 1;
-- to
CREATE TABLE p (id integer PRIMARY KEY, name varchar(9));
-- dunlin: renamed from old_t
CREATE TABLE new_t (id integer PRIMARY KEY, p integer, a integer, g integer AS (a + 1) VIRTUAL, FOREIGN KEY (p) REFERENCES p (id));
CREATE TABLE c (id integer PRIMARY KEY, t integer, note varchar(9), CONSTRAINT to_t FOREIGN KEY (t) REFERENCES new_t (id));
CREATE TABLE d (id integer PRIMARY KEY, c integer, CONSTRAINT to_c FOREIGN KEY (c) REFERENCES c (id));
CREATE TABLE apart (id integer PRIMARY KEY, d integer, CONSTRAINT to_d FOREIGN KEY (d) REFERENCES d (id));
CREATE TRIGGER writes AFTER INSERT ON apart FOR EACH ROW INSERT INTO new_t (id, a) VALUES (NEW.id, 1);
CREATE TRIGGER others AFTER DELETE ON apart FOR EACH ROW DELETE FROM d;
CREATE FUNCTION most() RETURNS integer READS SQL DATA RETURN (SELECT max(a) FROM new_t);
CREATE FUNCTION more() RETURNS integer READS SQL DATA RETURN most() + 1;
CREATE PROCEDURE clean() DELETE FROM v;
CREATE VIEW v AS SELECT id, a FROM new_t;
CREATE VIEW v_on_v AS SELECT a FROM v WHERE id > 1;

=== a column is renamed in the midst of others
-- from
CREATE TABLE p (id integer PRIMARY KEY, old_key integer, UNIQUE KEY once (old_key));
CREATE TABLE c (id integer PRIMARY KEY, p integer, note varchar(9), CONSTRAINT to_p FOREIGN KEY (p) REFERENCES p (old_key));
CREATE TABLE d (id integer PRIMARY KEY, c integer, note varchar(9), CONSTRAINT to_c FOREIGN KEY (c) REFERENCES c (id));
CREATE TRIGGER notes AFTER UPDATE ON d FOR EACH ROW UPDATE p SET old_key = id;
CREATE FUNCTION most() RETURNS integer READS SQL DATA RETURN (SELECT max(old_key) FROM p);
CREATE VIEW v AS SELECT old_key AS k FROM p;
CREATE VIEW v_on_v AS SELECT k FROM v;
CREATE TABLE apart (id integer PRIMARY KEY);
-- to
CREATE TABLE p (id integer PRIMARY KEY,
    new_key integer, -- dunlin: renamed from old_key
    UNIQUE KEY once (new_key));
CREATE TABLE c (id integer PRIMARY KEY, p integer, note varchar(9), CONSTRAINT to_p FOREIGN KEY (p) REFERENCES p (new_key));
CREATE TABLE d (id integer PRIMARY KEY, c integer, note varchar(9), CONSTRAINT to_c FOREIGN KEY (c) REFERENCES c (id));
CREATE TRIGGER notes AFTER UPDATE ON d FOR EACH ROW UPDATE p SET new_key = id;
CREATE FUNCTION most() RETURNS integer READS SQL DATA RETURN (SELECT max(new_key) FROM p);
CREATE VIEW v AS SELECT new_key AS k FROM p;
CREATE VIEW v_on_v AS SELECT k FROM v;
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
-- hazards: not-transactional
-- hazards back: not-transactional

=== columns that only their NOT NULL tells apart swap their names
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    a integer, -- dunlin: renamed from b
    b integer NOT NULL -- dunlin: renamed from a
);
-- hazards: not-transactional
-- hazards back: not-transactional

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
-- hazards: not-transactional
-- hazards back: not-transactional

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
-- hazards: not-transactional
-- hazards back: not-transactional

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
-- hazards: not-transactional
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
-- hazards: not-transactional
-- hazards back: not-transactional

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
-- hazards: not-transactional
-- hazards back: not-transactional

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
