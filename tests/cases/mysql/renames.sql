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

=== two columns swap their names
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b varchar(9));
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    b integer, -- dunlin: renamed from a
    a varchar(9) -- dunlin: renamed from b
);
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
