=== events come
-- to
CREATE TABLE t (id integer PRIMARY KEY);
CREATE EVENT daily ON SCHEDULE EVERY 1 DAY DO DELETE FROM t;
CREATE EVENT later ON SCHEDULE AT '2035-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE COMMENT 'it''s later' DO DELETE FROM t;

=== the schedule of an event
-- from
CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SET @x = 1;
-- to
CREATE EVENT e ON SCHEDULE EVERY 2 HOUR STARTS '2030-01-01 00:00:00' ENDS '2035-01-01 00:00:00' DO SET @x = 1;

=== an event that begins when it is made gets another interval
-- from
CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SET @x = 1;
-- to
CREATE EVENT e ON SCHEDULE EVERY 2 DAY DO SET @x = 1;

=== what an event does, its comment, whether it runs
-- from
CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SET @x = 1;
-- to
CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE COMMENT 'x' DO SET @x = 2;
-- plan
ALTER EVENT `e` DISABLE COMMENT 'x' DO SET @x = 2;
-- plan back
ALTER EVENT `e` ENABLE COMMENT '' DO SET @x = 1;

=== an event is preserved
-- from
CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SET @x = 1;
-- to
CREATE EVENT e ON SCHEDULE EVERY 1 DAY ON COMPLETION PRESERVE DO SET @x = 1;

=== an event of another time zone
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY);
SET time_zone = '+05:00';
CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DO DELETE FROM t;
SET time_zone = DEFAULT;

=== an event that runs on the primary only
-- from
CREATE EVENT e ON SCHEDULE EVERY 1 DAY COMMENT 'a' DO SET @x = 1;
-- to
CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE ON SLAVE COMMENT 'b' DO SET @x = 1;

=== strings with escapes in an event
-- from
CREATE TABLE `odd``name` (id integer PRIMARY KEY, s varchar(99));
CREATE EVENT e ON SCHEDULE EVERY 1 DAY COMMENT 'DO' DO DELETE FROM `odd``name` WHERE s REGEXP '\\d' OR s = 'it''s';
-- to
CREATE TABLE `odd``name` (id integer PRIMARY KEY, s varchar(99));
CREATE EVENT e ON SCHEDULE EVERY 1 DAY COMMENT 'DO' DO DELETE FROM `odd``name` WHERE s REGEXP '\\\\d' OR s = 'it\'s';
