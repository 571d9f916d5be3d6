=== a table comes and goes
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- hazards back: drop-table
=== a table of every kind
-- to
CREATE TABLE a (id integer PRIMARY KEY AUTOINCREMENT, n text);
CREATE TABLE b (id text PRIMARY KEY, n text) WITHOUT ROWID;
CREATE TABLE c (id integer PRIMARY KEY, n ANY, r REAL) STRICT;
CREATE TABLE d (a text, b text, PRIMARY KEY (a, b DESC)) STRICT, WITHOUT ROWID;
CREATE TABLE e (a, b, c);
-- hazards: none
-- hazards back: drop-table
=== AUTOINCREMENT comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text);
-- hazards: rewrite
=== the mark of AUTOINCREMENT is kept
-- from
CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text DEFAULT 'x');
-- rows
INSERT INTO t VALUES (100, 'gone'), (1, 'stays');
DELETE FROM t WHERE id = 100;
=== WITHOUT ROWID comes
-- from
CREATE TABLE t (id text PRIMARY KEY, a text);
-- to
CREATE TABLE t (id text PRIMARY KEY, a text) WITHOUT ROWID;
-- rows
INSERT INTO t VALUES ('a', 'x'), ('b', 'y');
-- hazards: rewrite not-null
=== WITHOUT ROWID takes no NULL
-- from
CREATE TABLE t (id text PRIMARY KEY, a text);
-- to
CREATE TABLE t (id text PRIMARY KEY, a text) WITHOUT ROWID;
-- rows
INSERT INTO t VALUES (NULL, 'x'), ('b', 'y');
-- blocked: not-null
=== STRICT comes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b integer) STRICT;
-- rows
INSERT INTO t VALUES (1, 'x', 5), (2, NULL, NULL);
-- hazards: rewrite cast
=== STRICT does not take everything
-- from
CREATE TABLE t (id integer PRIMARY KEY, b integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, b integer) STRICT;
-- rows
INSERT INTO t VALUES (1, 'x');
-- options: one-way
=== names that want quotes
-- from
CREATE TABLE "a ""b"" c" ("select" integer PRIMARY KEY, "x y" text, [from] text, `group` text);
CREATE INDEX "i.x" ON "a ""b"" c" ("x y", [from] DESC);
-- to
CREATE TABLE "a ""b"" c" ("select" integer PRIMARY KEY, "x y" text NOT NULL DEFAULT 'it''s', "from" text, "group" integer, "ü" text);
CREATE INDEX "i.x" ON "a ""b"" c" ("x y", "from" DESC);
-- rows
INSERT INTO "a ""b"" c" VALUES (1, 'a', 'b', '5'), (2, 'c', 'd', '6');
-- hazards: narrow-type not-null rewrite
-- hazards back: drop-column rewrite
=== a table with the name that the new one would have
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE TABLE dunlin_new_t (a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x');
CREATE TABLE dunlin_new_t (a text);
=== many tables at once
-- from
CREATE TABLE a (id integer PRIMARY KEY, n text);
CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a (id));
CREATE TABLE c (id integer PRIMARY KEY, b integer REFERENCES b (id));
-- to
CREATE TABLE a (id integer PRIMARY KEY, n text DEFAULT 'x');
CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a (id), m text DEFAULT 'y' CHECK (m <> ''));
CREATE TABLE c (id integer PRIMARY KEY, b integer REFERENCES b (id) ON DELETE CASCADE);
CREATE TABLE d (id integer PRIMARY KEY, c integer REFERENCES c (id));
=== a table is renamed
-- from
CREATE TABLE old (id integer PRIMARY KEY, a text);
CREATE INDEX i ON old (a);
CREATE TABLE child (id integer PRIMARY KEY, p integer REFERENCES old (id));
-- to
-- dunlin: renamed from old
CREATE TABLE new (id integer PRIMARY KEY, a text);
CREATE INDEX i ON new (a);
CREATE TABLE child (id integer PRIMARY KEY, p integer REFERENCES new (id));
-- plan
ALTER TABLE "old" RENAME TO "new";
-- hazards: none
-- options: one-way
=== a column is renamed
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text CHECK (a <> ''), c AS (a || 'x'));
CREATE INDEX i ON t (a);
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    -- dunlin: renamed from a
    b text CHECK (b <> ''), c AS (b || 'x'));
CREATE INDEX i ON t (b);
-- rows
INSERT INTO t VALUES (1, 'a');
-- plan
ALTER TABLE "t" RENAME COLUMN "a" TO "b";
-- hazards: none
-- options: one-way
=== a column is renamed and changed
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY,
    b text DEFAULT 'x' -- dunlin: renamed from a
);
-- options: one-way
=== a table is renamed and rebuilt
-- from
CREATE TABLE old (id integer PRIMARY KEY AUTOINCREMENT, a text);
CREATE TRIGGER tr AFTER INSERT ON old BEGIN UPDATE old SET a = 'x'; END;
-- to
-- dunlin: renamed from old
CREATE TABLE new (id integer PRIMARY KEY AUTOINCREMENT, a text DEFAULT 'y');
CREATE TRIGGER tr AFTER INSERT ON new BEGIN UPDATE new SET a = 'x'; END;
-- options: one-way
