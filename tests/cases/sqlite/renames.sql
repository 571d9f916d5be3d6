=== a table is renamed in the midst of others
-- from
CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE old_t (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (id), a INTEGER CHECK (a < 9000), g INTEGER AS (a + 1) STORED);
CREATE INDEX by_a ON old_t (a) WHERE a > 1;
CREATE TABLE c (id INTEGER PRIMARY KEY, t INTEGER REFERENCES old_t (id), -- a comment that stays
    note TEXT);
CREATE TABLE d (id INTEGER PRIMARY KEY, c INTEGER REFERENCES c (id));
CREATE TABLE apart (id INTEGER PRIMARY KEY, d INTEGER REFERENCES d (id));
CREATE TRIGGER writes AFTER INSERT ON apart BEGIN INSERT INTO old_t (a) VALUES (1); END;
CREATE TRIGGER marks AFTER INSERT ON old_t BEGIN UPDATE p SET name = 'marked'; END;
CREATE TRIGGER others AFTER DELETE ON apart BEGIN DELETE FROM d; END;
CREATE VIEW v AS SELECT id, a FROM old_t;
CREATE VIEW v_on_v AS SELECT a FROM v WHERE id > 1;
CREATE TRIGGER puts INSTEAD OF INSERT ON v_on_v BEGIN INSERT INTO p (name) VALUES (NEW.a); END;
-- to
CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- dunlin: renamed from old_t
CREATE TABLE new_t (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (id), a INTEGER CHECK (a < 9000), g INTEGER AS (a + 1) STORED);
CREATE INDEX by_a ON new_t (a) WHERE a > 1;
CREATE TABLE c (id INTEGER PRIMARY KEY, t INTEGER REFERENCES new_t (id), -- a comment that stays
    note TEXT);
CREATE TABLE d (id INTEGER PRIMARY KEY, c INTEGER REFERENCES c (id));
CREATE TABLE apart (id INTEGER PRIMARY KEY, d INTEGER REFERENCES d (id));
CREATE TRIGGER writes AFTER INSERT ON apart BEGIN INSERT INTO new_t (a) VALUES (1); END;
CREATE TRIGGER marks AFTER INSERT ON new_t BEGIN UPDATE p SET name = 'marked'; END;
CREATE TRIGGER others AFTER DELETE ON apart BEGIN DELETE FROM d; END;
CREATE VIEW v AS SELECT id, a FROM new_t;
CREATE VIEW v_on_v AS SELECT a FROM v WHERE id > 1;
CREATE TRIGGER puts INSTEAD OF INSERT ON v_on_v BEGIN INSERT INTO p (name) VALUES (NEW.a); END;
-- plan
ALTER TABLE old_t RENAME TO new_t;

=== a column is renamed in the midst of others
-- from
CREATE TABLE p (id INTEGER PRIMARY KEY, old_key INTEGER UNIQUE);
CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (old_key), note TEXT);
CREATE TABLE d (id INTEGER PRIMARY KEY, c INTEGER REFERENCES c (id), note TEXT);
CREATE TABLE apart (id INTEGER PRIMARY KEY);
CREATE TRIGGER notes AFTER UPDATE ON d BEGIN UPDATE p SET old_key = id; END;
CREATE TRIGGER kept AFTER UPDATE OF old_key ON p BEGIN UPDATE d SET note = NEW.old_key; END;
CREATE VIEW v AS SELECT old_key AS key FROM p;
CREATE VIEW v_on_v AS SELECT key FROM v;
-- to
CREATE TABLE p (id INTEGER PRIMARY KEY,
    new_key INTEGER UNIQUE -- dunlin: renamed from old_key
);
CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (new_key), note TEXT);
CREATE TABLE d (id INTEGER PRIMARY KEY, c INTEGER REFERENCES c (id), note TEXT);
CREATE TABLE apart (id INTEGER PRIMARY KEY);
CREATE TRIGGER notes AFTER UPDATE ON d BEGIN UPDATE p SET new_key = id; END;
CREATE TRIGGER kept AFTER UPDATE OF new_key ON p BEGIN UPDATE d SET note = NEW.new_key; END;
CREATE VIEW v AS SELECT new_key AS key FROM p;
CREATE VIEW v_on_v AS SELECT key FROM v;
-- plan
ALTER TABLE p RENAME COLUMN old_key TO new_key;

=== a renamed table is rebuilt, and so is one that refers to it
-- from
CREATE TABLE old_t (id INTEGER PRIMARY KEY, a INTEGER);
CREATE TABLE c (id INTEGER PRIMARY KEY, t INTEGER REFERENCES old_t (id), d INTEGER REFERENCES d (id));
CREATE TABLE d (id INTEGER PRIMARY KEY, apart INTEGER REFERENCES apart (id));
CREATE TABLE apart (id INTEGER PRIMARY KEY);
CREATE VIEW v AS SELECT a FROM old_t;
CREATE VIEW v_on_v AS SELECT a FROM v;
-- to
-- dunlin: renamed from old_t
CREATE TABLE new_t (id INTEGER PRIMARY KEY, a INTEGER CHECK (a < 9000));
CREATE TABLE c (id INTEGER PRIMARY KEY, t INTEGER REFERENCES new_t (id), d INTEGER NOT NULL DEFAULT 1 REFERENCES d (id));
CREATE TABLE d (id INTEGER PRIMARY KEY, apart INTEGER REFERENCES apart (id));
CREATE TABLE apart (id INTEGER PRIMARY KEY);
CREATE VIEW v AS SELECT a FROM new_t;
CREATE VIEW v_on_v AS SELECT a FROM v;
-- options: one-way

=== a view on a view reads a column that is renamed
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, amount REAL);
CREATE TABLE apart (id INTEGER PRIMARY KEY);
CREATE VIEW v AS SELECT id, amount FROM t;
CREATE VIEW v_on_v AS SELECT amount FROM v WHERE id > 1;
CREATE VIEW v_on_v_on_v AS SELECT count(*) AS n FROM v_on_v;
CREATE VIEW others AS SELECT id FROM apart;
CREATE TRIGGER puts INSTEAD OF INSERT ON v BEGIN INSERT INTO apart (id) VALUES (NEW.amount); END;
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, 
    total REAL -- dunlin: renamed from amount
);
CREATE TABLE apart (id INTEGER PRIMARY KEY);
CREATE VIEW v AS SELECT id, total AS amount FROM t;
CREATE VIEW v_on_v AS SELECT amount FROM v WHERE id > 1;
CREATE VIEW v_on_v_on_v AS SELECT count(*) AS n FROM v_on_v;
CREATE VIEW others AS SELECT id FROM apart;
CREATE TRIGGER puts INSTEAD OF INSERT ON v BEGIN INSERT INTO apart (id) VALUES (NEW.amount); END;
-- hazards: none

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

=== another case of a name is no rename, whatever is said
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT);
-- to
-- dunlin: renamed from t
CREATE TABLE T (id INTEGER PRIMARY KEY,
    Name TEXT -- dunlin: renamed from name
);
-- differs: no
-- options: one-way

=== an old name in another case is that name
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT);
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY,
    title TEXT -- dunlin: renamed from NAME
);
-- plan
ALTER TABLE t RENAME COLUMN name TO title;

=== columns that much depends on swap their names
-- from
CREATE TABLE p (id INTEGER PRIMARY KEY, a INTEGER UNIQUE, b TEXT, CHECK (a > 0));
CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (a));
CREATE TABLE g (id INTEGER PRIMARY KEY, a INTEGER, b TEXT, v INTEGER AS (a + 1) VIRTUAL, w TEXT AS (b || 'x') STORED,
    CONSTRAINT few CHECK (a < 90000));
CREATE INDEX by_b ON g (b) WHERE a > 1;
CREATE VIEW s AS SELECT a AS n, b AS m FROM g;
CREATE TRIGGER tr AFTER UPDATE OF a ON g BEGIN UPDATE p SET b = NEW.b WHERE a = NEW.a; END;
-- rows
INSERT INTO p VALUES (1, 7, 'x');
INSERT INTO c VALUES (1, 7);
INSERT INTO g (id, a, b) VALUES (1, 7, 'y');
-- to
CREATE TABLE p (id INTEGER PRIMARY KEY,
    b INTEGER UNIQUE, -- dunlin: renamed from a
    a TEXT, -- dunlin: renamed from b
    CHECK (b > 0));
CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (b));
CREATE TABLE g (id INTEGER PRIMARY KEY,
    b INTEGER, -- dunlin: renamed from a
    a TEXT, -- dunlin: renamed from b
    v INTEGER AS (b + 1) VIRTUAL, w TEXT AS (a || 'x') STORED,
    CONSTRAINT few CHECK (b < 90000));
CREATE INDEX by_b ON g (a) WHERE b > 1;
CREATE VIEW s AS SELECT b AS n, a AS m FROM g;
CREATE TRIGGER tr AFTER UPDATE OF b ON g BEGIN UPDATE p SET a = NEW.a WHERE b = NEW.b; END;
-- hazards: none
-- hazards back: none

=== whatever has a name takes another one's
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT);
CREATE INDEX i1 ON t (a);
CREATE INDEX i2 ON t (b);
CREATE VIEW v1 AS SELECT a FROM t;
CREATE VIEW v2 AS SELECT b FROM t;
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT);
-- dunlin: renamed from i1
CREATE INDEX i2 ON t (a);
-- dunlin: renamed from i2
CREATE INDEX i1 ON t (b);
-- dunlin: renamed from v1
CREATE VIEW v2 AS SELECT a FROM t;
-- dunlin: renamed from v2
CREATE VIEW v1 AS SELECT b FROM t;
