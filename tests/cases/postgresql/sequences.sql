=== a sequence comes
-- to
CREATE SEQUENCE s AS integer INCREMENT BY -2 MINVALUE -100 MAXVALUE -1 START -5 CACHE 7 CYCLE;
-- hazards: none
-- hazards back: drop-sequence

=== options of a sequence
-- from
CREATE SEQUENCE s MINVALUE 10 MAXVALUE 99 CYCLE;
-- to
CREATE SEQUENCE s INCREMENT 5 CACHE 3;

=== where a sequence starts
-- from
CREATE SEQUENCE s START 5;
-- to
CREATE SEQUENCE s;

=== the type of a sequence
-- from
CREATE SEQUENCE s AS integer;
-- to
CREATE SEQUENCE s;

=== a sequence turns around
-- from
CREATE SEQUENCE s;
-- to
CREATE SEQUENCE s INCREMENT -1;

=== a sequence gets an owner
-- from
CREATE SEQUENCE s;
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE SEQUENCE s;
CREATE TABLE t (id integer PRIMARY KEY);
ALTER SEQUENCE s OWNED BY t.id;
-- hazards: none

=== a sequence gets another owner
-- from
CREATE SEQUENCE s;
CREATE TABLE t (a integer, b integer);
ALTER SEQUENCE s OWNED BY t.a;
-- to
CREATE SEQUENCE s;
CREATE TABLE t (a integer, b integer);
ALTER SEQUENCE s OWNED BY t.b;

=== a column's default is a sequence of its own
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE SEQUENCE s;
CREATE TABLE t (id integer PRIMARY KEY DEFAULT nextval('s'));

=== the owner of a sequence goes
-- from
CREATE TABLE t (id integer PRIMARY KEY, a serial);
-- to
CREATE TABLE t (id integer PRIMARY KEY);

=== a sequence is unlogged
-- options: since 15
-- from
CREATE SEQUENCE s;
-- to
CREATE UNLOGGED SEQUENCE s;

=== a sequence is renamed
-- from
CREATE SEQUENCE s;
CREATE TABLE t (id integer PRIMARY KEY DEFAULT nextval('s'));
-- to
-- dunlin: renamed from s
CREATE SEQUENCE r;
CREATE TABLE t (id integer PRIMARY KEY DEFAULT nextval('r'));
