=== a schema comes with a table
-- to
CREATE SCHEMA shop;
CREATE TABLE shop.t (id integer PRIMARY KEY);
-- hazards back: drop-table drop-schema

=== a schema with an odd name
-- to
CREATE SCHEMA "My ""App""";
CREATE TABLE "My ""App"""."T. x" (id integer PRIMARY KEY, "select" text);

=== one name in two schemas
-- from
CREATE SCHEMA a;
CREATE TABLE a.t (id integer PRIMARY KEY);
CREATE TABLE t (id integer PRIMARY KEY);
-- to
CREATE SCHEMA a;
CREATE TABLE a.t (id integer PRIMARY KEY, x text);
CREATE TABLE t (id integer PRIMARY KEY, y text);

=== tables of two schemas refer to each other
-- to
CREATE SCHEMA a;
CREATE SCHEMA b;
CREATE TABLE a.t (id integer PRIMARY KEY);
CREATE TABLE b.t (id integer PRIMARY KEY REFERENCES a.t);
CREATE VIEW a.v AS SELECT id FROM b.t;

=== a schema is renamed
-- from
CREATE SCHEMA a;
CREATE TABLE a.t (id integer PRIMARY KEY);
-- to
-- dunlin: renamed from a
CREATE SCHEMA b;
CREATE TABLE b.t (id integer PRIMARY KEY);
