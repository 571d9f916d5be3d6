=== a trigger comes and goes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET a = 'x' WHERE id = new.id; END;
-- hazards: none
=== a trigger of every kind
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE TRIGGER a BEFORE UPDATE OF a, id ON t WHEN new.a <> old.a BEGIN SELECT RAISE(ABORT, 'no; never'); END;
CREATE TRIGGER b AFTER DELETE ON t BEGIN SELECT CASE WHEN 1 THEN 2 END; DELETE FROM t; END;
CREATE TRIGGER c INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.id, new.a); END;
=== a trigger changes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE TRIGGER tr BEFORE INSERT ON t WHEN new.a IS NOT NULL BEGIN SELECT 2; END;
-- plan
DROP TRIGGER "tr";
CREATE TRIGGER "tr" BEFORE INSERT ON "t" WHEN new.a IS NOT NULL BEGIN SELECT 2; END;
=== triggers are restored after a rebuild, and do not fire
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE TABLE log (n integer);
CREATE TRIGGER i AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.id); END;
CREATE TRIGGER d AFTER DELETE ON t BEGIN INSERT INTO log VALUES (-old.id); END;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x');
CREATE TABLE log (n integer);
CREATE TRIGGER i AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.id); END;
CREATE TRIGGER d AFTER DELETE ON t BEGIN INSERT INTO log VALUES (-old.id); END;
=== a trigger of another table does not stand in the way of a rebuild
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE TABLE u (n integer);
CREATE TRIGGER i AFTER INSERT ON u BEGIN UPDATE t SET a = 'x'; INSERT INTO t VALUES (1, 'y'); END;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x');
CREATE TABLE u (n integer);
CREATE TRIGGER i AFTER INSERT ON u BEGIN UPDATE t SET a = 'x'; INSERT INTO t VALUES (1, 'y'); END;
=== a trigger changes beside a rebuild
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE TRIGGER i AFTER INSERT ON t BEGIN SELECT 1; END;
CREATE TRIGGER j AFTER INSERT ON t BEGIN SELECT 3; END;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x');
CREATE TRIGGER i AFTER INSERT ON t BEGIN SELECT 2; END;
CREATE TRIGGER k AFTER INSERT ON t BEGIN SELECT 4; END;
=== the view of a trigger changes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a FROM t;
CREATE TRIGGER i INSTEAD OF DELETE ON v BEGIN DELETE FROM t WHERE a = old.a; END;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a, id FROM t;
CREATE TRIGGER i INSTEAD OF DELETE ON v BEGIN DELETE FROM t WHERE a = old.a; END;
=== a column that a trigger uses goes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE TRIGGER i AFTER UPDATE OF b ON t BEGIN UPDATE t SET b = 'x'; END;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
=== a column and a trigger that uses it come
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE TRIGGER i AFTER UPDATE ON t BEGIN SELECT 1; END;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE TRIGGER i AFTER UPDATE OF b ON t BEGIN SELECT new.b; END;
=== a column called begin
-- from
CREATE TABLE t (id integer PRIMARY KEY, "begin" integer, a text);
CREATE TRIGGER i AFTER INSERT ON t WHEN new.begin > 1 BEGIN SELECT 1; END;
-- to
CREATE TABLE t (id integer PRIMARY KEY, "begin" integer, a text DEFAULT 'x');
CREATE TRIGGER i AFTER INSERT ON t WHEN new.begin > 1 BEGIN SELECT 1; END;
