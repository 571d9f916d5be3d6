=== a function comes
-- to
CREATE FUNCTION twice(x integer) RETURNS integer DETERMINISTIC RETURN x * 2;

=== a function changes
-- from
CREATE FUNCTION twice(x integer) RETURNS integer DETERMINISTIC RETURN x * 2;
-- to
CREATE FUNCTION twice(x bigint) RETURNS bigint DETERMINISTIC NO SQL COMMENT 'two' RETURN x + x;
-- hazards: not-transactional

=== a procedure with a body
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
DELIMITER //
CREATE PROCEDURE act(IN x integer, OUT y text, INOUT z decimal(10,2))
BEGIN
    DECLARE n integer DEFAULT 0;
    -- all of them
    WHILE n < x DO
        INSERT INTO t VALUES (n, 1);
        SET n = n + 1;
    END WHILE;
    IF z IS NULL THEN SET z = 1; END IF;
    SELECT 'it''s; //' INTO y;
END//
DELIMITER ;

=== comment and security of a routine
-- from
CREATE PROCEDURE p() SELECT 1;
CREATE FUNCTION f() RETURNS integer DETERMINISTIC RETURN 1;
-- to
CREATE PROCEDURE p() COMMENT 'it''s one' SQL SECURITY INVOKER SELECT 1;
CREATE FUNCTION f() RETURNS integer DETERMINISTIC COMMENT 'x' RETURN 1;
-- plan
ALTER FUNCTION `f` COMMENT 'x';
ALTER PROCEDURE `p` SQL SECURITY INVOKER COMMENT 'it''s one';

=== a procedure and a function of one name
-- to
CREATE PROCEDURE x() SELECT 1;
CREATE FUNCTION x() RETURNS integer DETERMINISTIC RETURN 1;

=== procedures that call each other
-- to
CREATE PROCEDURE a() CALL b();
CREATE PROCEDURE b() CALL a();

=== blanks and comments in a body say nothing
-- from
CREATE FUNCTION f(a integer) RETURNS integer DETERMINISTIC RETURN a+1;
-- to
CREATE FUNCTION f(a   integer) RETURNS integer DETERMINISTIC
    RETURN a + 1; -- one more
-- differs: no

=== quotes of ANSI
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
SET sql_mode = 'ANSI_QUOTES';
CREATE PROCEDURE p() SELECT "a" FROM "t";
SET sql_mode = DEFAULT;

=== an aggregate function
-- options: mariadb
-- to
DELIMITER //
CREATE AGGREGATE FUNCTION gather(x integer) RETURNS integer
BEGIN
    DECLARE s integer DEFAULT 0;
    DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN s;
    LOOP
        FETCH GROUP NEXT ROW;
        SET s = s + x;
    END LOOP;
END//

=== packages
-- options: mariadb
-- from
SET sql_mode = ORACLE;
DELIMITER //
CREATE PACKAGE tools AS FUNCTION f RETURN INT; END//
CREATE PACKAGE BODY tools AS FUNCTION f RETURN INT AS BEGIN RETURN 1; END; END//
-- to
SET sql_mode = ORACLE;
DELIMITER //
CREATE PACKAGE tools AS FUNCTION f RETURN INT; FUNCTION g RETURN INT; END//
CREATE PACKAGE BODY tools AS FUNCTION f RETURN INT AS BEGIN RETURN 1; END; FUNCTION g RETURN INT AS BEGIN RETURN 2; END; END//
CREATE PACKAGE more COMMENT 'more' AS PROCEDURE p; END//

=== a routine as Oracle has it
-- options: mariadb
-- to
SET sql_mode = ORACLE;
DELIMITER //
CREATE PROCEDURE p(a IN INT, b OUT VARCHAR2(20)) AS BEGIN b := 'x' || a; END//
CREATE FUNCTION f(a INT) RETURN INT AS BEGIN RETURN a; END//

=== a function reads a table that is new
-- to
CREATE FUNCTION n() RETURNS integer READS SQL DATA RETURN (SELECT count(*) FROM t);
CREATE TABLE t (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT n() AS n FROM t;

=== a routine that is used by a view changes
-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE FUNCTION f(a integer) RETURNS integer DETERMINISTIC RETURN a;
CREATE VIEW v AS SELECT f(id) AS x FROM t;
-- to
CREATE TABLE t (id integer PRIMARY KEY);
CREATE FUNCTION f(a integer) RETURNS integer DETERMINISTIC RETURN a + 1;
CREATE VIEW v AS SELECT f(id) AS x FROM t;
