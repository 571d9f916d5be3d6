=== triggers come
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET NEW.a = coalesce(NEW.a, 1);
DELIMITER //
CREATE TRIGGER c AFTER UPDATE ON t FOR EACH ROW
BEGIN
    IF NEW.a <> OLD.a THEN
        SET @changed = @changed + 1;
    END IF;
END//

=== a trigger changes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 2;
-- plan
CREATE OR REPLACE TRIGGER `b` BEFORE INSERT ON `t` FOR EACH ROW SET NEW.a = 2;
-- options: mariadb

=== a trigger runs at another time
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET @x = 1;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TRIGGER b AFTER DELETE ON t FOR EACH ROW SET @x = 1;

=== triggers in an order
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TRIGGER z BEFORE INSERT ON t FOR EACH ROW SET @x = 1;
CREATE TRIGGER y BEFORE INSERT ON t FOR EACH ROW SET @x = 2;
CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW PRECEDES z SET @x = 3;

=== the order of triggers changes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW SET @x = 1;
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET @x = 2;
CREATE TRIGGER c BEFORE INSERT ON t FOR EACH ROW SET @x = 3;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TRIGGER c BEFORE INSERT ON t FOR EACH ROW SET @x = 3;
CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW SET @x = 1;
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET @x = 2;

=== the first of several triggers changes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW SET @x = 1;
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET @x = 2;
CREATE TRIGGER c BEFORE INSERT ON t FOR EACH ROW SET @x = 3;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW SET @x = 11;
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET @x = 2;
CREATE TRIGGER c BEFORE INSERT ON t FOR EACH ROW SET @x = 3;

=== the trigger in the middle goes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW SET @x = 1;
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET @x = 2;
CREATE TRIGGER c BEFORE INSERT ON t FOR EACH ROW SET @x = 3;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW SET @x = 1;
CREATE TRIGGER c BEFORE INSERT ON t FOR EACH ROW SET @x = 3;

=== a trigger goes with its table
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TABLE u (id integer PRIMARY KEY, a integer);
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW INSERT INTO u VALUES (NEW.id, 1);
-- to
CREATE TABLE u (id integer PRIMARY KEY, a integer);

=== a trigger mentions a new column
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, c integer);
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1, NEW.c = 2;

=== a trigger moves to another table
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TABLE u (id integer PRIMARY KEY, a integer);
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TABLE u (id integer PRIMARY KEY, a integer);
CREATE TRIGGER b BEFORE INSERT ON u FOR EACH ROW SET NEW.a = 1;

=== a table with a trigger is altered
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;
-- to
CREATE TABLE t (id integer PRIMARY KEY, a bigint, x integer);
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;

=== a trigger follows one that is made later
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW FOLLOWS c SET NEW.a = NEW.a + 1;
CREATE TRIGGER c BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;

=== strings with escapes in a trigger
-- from
CREATE TABLE t (id integer PRIMARY KEY, s varchar(99));
CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW SET NEW.s = CONCAT('it''s \\ "q" \n', _latin1'x', x'41', "a""b");
-- to
CREATE TABLE t (id integer PRIMARY KEY, s varchar(99));
CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW SET NEW.s = CONCAT('it''s \\\\ "q" \n', _latin1'x', x'41', "a""b");
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW FOLLOWS a SET NEW.s = REGEXP_REPLACE(NEW.s, '\\d', '\'');
