=== a foreign key comes
-- from
CREATE TABLE p (id integer PRIMARY KEY, n text);
CREATE TABLE c (id integer PRIMARY KEY, p integer);
-- to
CREATE TABLE p (id integer PRIMARY KEY, n text);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id));
-- rows
INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (5, 1), (6, NULL);
-- hazards: rewrite foreign-key
-- hazards back: rewrite
=== a foreign key on rows that refer to nothing
-- from
CREATE TABLE p (id integer PRIMARY KEY, n text);
CREATE TABLE c (id integer PRIMARY KEY, p integer);
-- to
CREATE TABLE p (id integer PRIMARY KEY, n text);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id));
-- rows
INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (5, 2), (6, 1);
-- blocked: foreign-key
=== a foreign key to a table that is new
-- from
CREATE TABLE c (id integer PRIMARY KEY, p integer);
-- to
CREATE TABLE p (id integer PRIMARY KEY, n text);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id));
-- rows
INSERT INTO c VALUES (5, 2);
-- blocked: foreign-key
=== rows that refer to nothing were there before
-- from
CREATE TABLE p (id integer PRIMARY KEY, n text);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id));
-- to
CREATE TABLE p (id integer PRIMARY KEY, n text DEFAULT 'x');
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id));
-- rows
INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (5, 2), (6, 1);
=== actions
-- from
CREATE TABLE p (id integer PRIMARY KEY, n text);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id) ON DELETE CASCADE);
-- to
CREATE TABLE p (id integer PRIMARY KEY, n text);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id) ON DELETE SET NULL ON UPDATE CASCADE);
-- rows
INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (5, 1);
=== deferrable
-- from
CREATE TABLE p (id integer PRIMARY KEY, n text);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id));
-- to
CREATE TABLE p (id integer PRIMARY KEY, n text);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED);
-- rows
INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (5, 1);
=== the parent is rebuilt
-- from
CREATE TABLE p (id integer PRIMARY KEY, n text);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id) ON DELETE CASCADE);
-- to
CREATE TABLE p (id integer PRIMARY KEY, n text NOT NULL);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id) ON DELETE CASCADE);
-- rows
INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (5, 1);
=== a table that refers to itself
-- from
CREATE TABLE t (id integer PRIMARY KEY, up integer REFERENCES t (id) ON DELETE RESTRICT, n text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, up integer REFERENCES t (id) ON DELETE RESTRICT, n text DEFAULT 'x');
-- rows
INSERT INTO t VALUES (2, NULL, 'a'), (1, 2, 'b');
=== two tables that refer to each other
-- from
CREATE TABLE a (id integer PRIMARY KEY, b integer REFERENCES b (id));
CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a (id));
-- to
CREATE TABLE a (id integer PRIMARY KEY, b integer REFERENCES b (id) ON DELETE CASCADE);
CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a (id) ON DELETE CASCADE);
-- rows
INSERT INTO a VALUES (1, 1); INSERT INTO b VALUES (1, 1);
=== two tables that refer to each other come and go
-- to
CREATE TABLE a (id integer PRIMARY KEY, b integer REFERENCES b (id));
CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a (id));
=== three in a ring come and go
-- from
CREATE TABLE z (id integer PRIMARY KEY);
-- to
CREATE TABLE a (id integer PRIMARY KEY, b integer REFERENCES b (id));
CREATE TABLE b (id integer PRIMARY KEY, c integer REFERENCES c (id));
CREATE TABLE c (id integer PRIMARY KEY, a integer REFERENCES a (id));
CREATE TABLE z (id integer PRIMARY KEY);
=== the parent goes with the key
-- from
CREATE TABLE p (id integer PRIMARY KEY, n text);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id) ON DELETE CASCADE);
-- to
CREATE TABLE c (id integer PRIMARY KEY, p integer);
-- rows
INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (5, 1);
-- hazards: drop-table rewrite
-- options: one-way
=== parent and child go
-- from
CREATE TABLE p (id integer PRIMARY KEY, n text);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id) ON DELETE RESTRICT);
-- rows
INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (5, 1);
=== several columns
-- from
CREATE TABLE p (a text, b text, n text, PRIMARY KEY (a, b));
CREATE TABLE c (id integer PRIMARY KEY, x text, y text);
-- to
CREATE TABLE p (a text, b text, n text, PRIMARY KEY (a, b));
CREATE TABLE c (id integer PRIMARY KEY, x text, y text, CONSTRAINT f FOREIGN KEY (x, y) REFERENCES p (a, b) ON DELETE CASCADE);
-- rows
INSERT INTO p VALUES ('a', 'b', 'c'); INSERT INTO c VALUES (1, 'a', 'b'), (2, NULL, 'z');
=== several columns, one of them wrong
-- from
CREATE TABLE p (a text, b text, n text, PRIMARY KEY (a, b));
CREATE TABLE c (id integer PRIMARY KEY, x text, y text);
-- to
CREATE TABLE p (a text, b text, n text, PRIMARY KEY (a, b));
CREATE TABLE c (id integer PRIMARY KEY, x text, y text, FOREIGN KEY (x, y) REFERENCES p (a, b));
-- rows
INSERT INTO p VALUES ('a', 'b', 'c'); INSERT INTO c VALUES (1, 'a', 'c');
-- blocked: foreign-key
=== a column comes with its foreign key
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id) ON DELETE CASCADE);
-- plan
ALTER TABLE "c" ADD COLUMN "p" INTEGER REFERENCES "p" ("id") ON DELETE CASCADE;
-- hazards: none
-- hazards back: drop-column rewrite
=== a column comes with its foreign key, NOT NULL
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer NOT NULL DEFAULT 1 REFERENCES p (id));
-- rows
INSERT INTO p VALUES (1); INSERT INTO c VALUES (7);
=== a column comes with its foreign key, and its default refers to nothing
-- from
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY);
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer NOT NULL DEFAULT 2 REFERENCES p (id));
-- rows
INSERT INTO p VALUES (1); INSERT INTO c VALUES (7);
-- options: one-way
=== a foreign key to what is no key
-- from
CREATE TABLE p (id integer PRIMARY KEY, n text);
CREATE TABLE c (id integer PRIMARY KEY, p text REFERENCES p (n));
-- to
CREATE TABLE p (id integer PRIMARY KEY, n text);
CREATE TABLE c (id integer PRIMARY KEY, p text REFERENCES p (n), x text DEFAULT (1 + 1));
-- rows
INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (5, 'a');
-- hazards back: drop-column rewrite
=== a foreign key to a table that is nowhere
-- from
CREATE TABLE c (id integer PRIMARY KEY, p text REFERENCES gone (n));
-- to
CREATE TABLE c (id integer PRIMARY KEY, p text REFERENCES gone (n) ON DELETE CASCADE, x text);
=== the referenced column changes its type
-- from
CREATE TABLE p (id text PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p text REFERENCES p (id));
-- to
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id));
-- rows
INSERT INTO p VALUES ('1'); INSERT INTO c VALUES (5, '1');
=== spelling of references
-- from
CREATE TABLE p (Id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id));
-- to
CREATE TABLE p (Id integer PRIMARY KEY);
CREATE TABLE c (id integer PRIMARY KEY, P integer references "P" (ID));
-- differs: no
