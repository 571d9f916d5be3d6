=== sequences come
-- options: mariadb
-- to
CREATE SEQUENCE s;
CREATE SEQUENCE other START WITH 5 INCREMENT BY -2 MINVALUE -9 MAXVALUE 100 CACHE 7 CYCLE COMMENT 'it''s one';
-- hazards back: not-transactional drop-sequence

=== a sequence changes
-- options: mariadb
-- from
CREATE SEQUENCE s;
-- to
CREATE SEQUENCE s INCREMENT BY 5 MAXVALUE 1000 CACHE 10 CYCLE COMMENT 'x';

=== a default takes from a sequence
-- options: mariadb
-- from
CREATE TABLE t (id integer PRIMARY KEY, n bigint);
-- to
CREATE SEQUENCE s;
CREATE TABLE t (id integer PRIMARY KEY, n bigint DEFAULT nextval(s));

=== a table and its sequence
-- options: mariadb, no-rows
-- to
CREATE TABLE t (id bigint PRIMARY KEY DEFAULT nextval(s), a integer);
CREATE SEQUENCE s START WITH 100;

=== another sequence for a default
-- options: mariadb
-- from
CREATE SEQUENCE s;
CREATE TABLE t (id integer PRIMARY KEY, n bigint DEFAULT nextval(s));
-- to
CREATE SEQUENCE s2;
CREATE TABLE t (id integer PRIMARY KEY, n bigint DEFAULT nextval(s2));
