=== integers become larger
-- from
CREATE TABLE t (id integer PRIMARY KEY, a tinyint, b smallint unsigned, c int, d mediumint);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a smallint, b int, c bigint, d int);
-- hazards: not-transactional rewrite
-- hazards back: not-transactional rewrite narrow-type cast

=== unsigned
-- from
CREATE TABLE t (id integer PRIMARY KEY, a int);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a int unsigned);
-- hazards: not-transactional rewrite narrow-type cast

=== zerofill
-- from
CREATE TABLE t (id integer PRIMARY KEY, a int(5) unsigned);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a int(5) unsigned zerofill);

=== a varchar becomes longer
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b varchar(60), c varchar(300));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(20), b varchar(70), c varchar(400));
-- hazards: not-transactional
-- hazards back: not-transactional rewrite narrow-type cast

=== a varchar that is too long for its values
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(10));
-- rows
INSERT INTO t VALUES (1, 'abcdefghij');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(5));
-- options: no-rows
-- hazards: not-transactional rewrite narrow-type cast

=== char, varchar and texts
-- from
CREATE TABLE t (id integer PRIMARY KEY, a char(10), b varchar(20), c text, d mediumtext);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b text, c mediumtext, d longtext);
-- hazards: not-transactional rewrite

=== texts become shorter
-- from
CREATE TABLE t (id integer PRIMARY KEY, a longtext);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(100));
-- hazards: not-transactional rewrite narrow-type cast
-- hazards back: not-transactional rewrite

=== decimals
-- from
CREATE TABLE t (id integer PRIMARY KEY, a decimal(10,2), b decimal(10,4));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a decimal(12,4), b decimal(10,2));
-- hazards: not-transactional rewrite narrow-type cast

=== integer to decimal, to text and back
-- from
CREATE TABLE t (id integer PRIMARY KEY, a int, b int);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a decimal(20,2), b varchar(20));
-- hazards: not-transactional rewrite
-- hazards back: not-transactional rewrite narrow-type cast

=== float and double
-- from
CREATE TABLE t (id integer PRIMARY KEY, a float);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a double);
-- hazards: not-transactional rewrite

=== a value is added to an enum
-- from
CREATE TABLE t (id integer PRIMARY KEY, a enum('x', 'y'), b set('p'));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a enum('x', 'y', 'z'), b set('p', 'q'));
-- plan
ALTER TABLE `t` MODIFY COLUMN `a` enum('x','y','z'), MODIFY COLUMN `b` set('p','q');
-- hazards: not-transactional
-- hazards back: not-transactional rewrite drop-value cast

=== a value in the middle of an enum
-- from
CREATE TABLE t (id integer PRIMARY KEY, a enum('x', 'z'));
-- rows
INSERT INTO t VALUES (1, 'x'), (2, 'z');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a enum('x', 'y', 'z'));
-- hazards: not-transactional rewrite

=== a value of an enum that rows have goes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a enum('x', 'y''s', 'z,z'));
-- rows
INSERT INTO t VALUES (1, 'z,z');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a enum('x', 'y''s'));
-- hazards: not-transactional rewrite drop-value cast
-- options: one-way

=== enum to text
-- from
CREATE TABLE t (id integer PRIMARY KEY, a enum('x', 'y'));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);

=== times become more precise
-- from
CREATE TABLE t (id integer PRIMARY KEY, a datetime, b time, c date);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a datetime(6), b time(3), c datetime);
-- hazards: not-transactional rewrite
-- hazards back: not-transactional rewrite narrow-type cast

=== binary types
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varbinary(10), b blob, c binary(4));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varbinary(20), b longblob, c varbinary(4));

=== json
-- from
CREATE TABLE t (id integer PRIMARY KEY, a json);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a json, b json);

=== text becomes json
-- from
CREATE TABLE t (id integer PRIMARY KEY, a longtext);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a json);
-- rows
INSERT INTO t VALUES (1, '{"a": 1}');

=== uuid and addresses
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(40));
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varchar(40), b uuid DEFAULT uuid(), c inet6);

=== bits and years
-- from
CREATE TABLE t (id integer PRIMARY KEY, a bit(4) DEFAULT b'101', y year);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a bit(8) DEFAULT b'1', y year NOT NULL DEFAULT 2024);

=== geometry
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE TABLE t (id integer PRIMARY KEY, p point, g geometry);

=== a text becomes a number
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varchar(10));
-- rows
INSERT INTO t VALUES (1, '12');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- hazards: not-transactional rewrite narrow-type cast

=== bytes that are not UTF-8
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, a varbinary(10) DEFAULT x'00ff', b binary(2) DEFAULT 'a');
CREATE VIEW v AS SELECT _binary x'ff00' AS a, _latin1 x'e9' AS b FROM t WHERE a <> x'fe';
-- to
CREATE TABLE t (id integer PRIMARY KEY, a varbinary(10) DEFAULT x'00fe27', b binary(2) DEFAULT x'c3');
CREATE VIEW v AS SELECT _binary x'fe00' AS a, _latin1 x'e9' AS b FROM t WHERE a <> x'fd';
