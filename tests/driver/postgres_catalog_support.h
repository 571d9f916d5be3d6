/* What the tests of reading PostgreSQL's catalog share: a schema with everything in it, and ways to look at a
 * catalog. */
#ifndef TESTS_POSTGRES_CATALOG_SUPPORT_H
#define TESTS_POSTGRES_CATALOG_SUPPORT_H

#include "driver/postgres_support.h"

#include "driver/catalog_support.h"

#include <dunlin/db.h>

/* Is the statement for the server? It may begin with a comment that says from which version on, or before
 * which: "FROM 14" or "BEFORE 14". */
static inline bool is_for_server(const char *statement)
{
    int version = one->server_version / 10000;
    if (strncmp(statement, "/* FROM ", 8) == 0)
        return version >= atoi(statement + 8);
    return strncmp(statement, "/* BEFORE ", 10) != 0 || version < atoi(statement + 10);
}

static const char *const everything[] = {
    "CREATE SCHEMA shop",
    "CREATE COLLATION shop.german (provider = icu, locale = 'de-DE-x-icu', deterministic = false)",
    "CREATE TYPE shop.mood AS ENUM ('sad', 'so, so', 'h\"appy', 'NULL')",
    "CREATE DOMAIN shop.email AS varchar(80) COLLATE \"C\" NOT NULL DEFAULT 'x@y' CHECK (VALUE ~ '@')",
    "CREATE TYPE shop.address AS (street text, \"Zip Code\" varchar(5) COLLATE \"C\")",
    "CREATE TYPE shop.span AS RANGE (subtype = float8, subtype_diff = float8mi)",
    "CREATE SEQUENCE shop.numbers AS integer INCREMENT -2 MINVALUE -100 MAXVALUE -1 START -5 CACHE 7 CYCLE",
    "CREATE FUNCTION shop.twice(a integer, b integer DEFAULT 2) RETURNS integer LANGUAGE sql IMMUTABLE "
    "STRICT "
    "PARALLEL SAFE COST 7 SET work_mem = '1MB' AS 'SELECT a * 2'",
    "CREATE FUNCTION shop.fire() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN NEW; "
    "END'",
    "CREATE PROCEDURE shop.\"do It\"(INOUT x text) LANGUAGE plpgsql AS 'BEGIN END'",
    "CREATE AGGREGATE shop.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0', COMBINEFUNC = "
    "int4pl)",
    "CREATE TABLE shop.parents (id bigint GENERATED ALWAYS AS IDENTITY (START 10 INCREMENT 5) PRIMARY KEY, "
    "name shop.email, feeling shop.mood DEFAULT 'sad') WITH (fillfactor = 70, toast.autovacuum_enabled = "
    "false)",
    "/* FROM 15 */ ALTER TABLE shop.parents ADD UNIQUE NULLS NOT DISTINCT (name)",
    "/* BEFORE 15 */ ALTER TABLE shop.parents ADD UNIQUE (name)",
    "CREATE TABLE shop.things (a integer NOT NULL DEFAULT nextval('shop.numbers'), b text COLLATE "
    "shop.german, "
    "parent bigint, c integer GENERATED ALWAYS AS (a * 2) STORED, during tsrange, gone integer, d text, "
    "CONSTRAINT things_key PRIMARY KEY (a) INCLUDE (d) WITH (fillfactor = 50) DEFERRABLE INITIALLY DEFERRED, "
    "CHECK (a > 0), CONSTRAINT \"odd \"\"name\"\".\" CHECK (a < 100 AND c > 0) NO INHERIT, "
    "EXCLUDE USING gist (during WITH &&) WHERE (a > 3))",
    "/* FROM 15 */ ALTER TABLE shop.things ADD FOREIGN KEY (parent) REFERENCES shop.parents (id) MATCH FULL "
    "ON DELETE SET NULL (parent) ON UPDATE CASCADE DEFERRABLE",
    "/* BEFORE 15 */ ALTER TABLE shop.things ADD FOREIGN KEY (parent) REFERENCES shop.parents (id) MATCH "
    "FULL ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE",
    "ALTER TABLE shop.things DROP COLUMN gone",
    "ALTER TABLE shop.things ALTER b SET STORAGE EXTERNAL, ALTER b SET STATISTICS 77, ALTER a SET "
    "(n_distinct = 5)",
    "/* FROM 14 */ ALTER TABLE shop.things ALTER b SET COMPRESSION pglz",
    "ALTER TABLE shop.things ADD CONSTRAINT later CHECK (a <> 9) NOT VALID",
    "ALTER TABLE shop.things REPLICA IDENTITY FULL, ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
    "CREATE INDEX ON shop.things (b DESC, lower(d) text_pattern_ops, d COLLATE \"C\" NULLS FIRST) INCLUDE "
    "(parent) "
    "WITH (fillfactor = 40) WHERE a > 5",
    "CREATE UNIQUE INDEX things_hash ON shop.things (parent)",
    "CREATE INDEX things_gin ON shop.things USING gin (to_tsvector('english', b))",
    "/* FROM 14 */ CREATE STATISTICS shop.stats (ndistinct, dependencies) ON a, c, lower(b) FROM shop.things",
    "/* BEFORE 14 */ CREATE STATISTICS shop.stats (ndistinct, dependencies) ON a, c FROM shop.things",
    "CREATE TRIGGER things_fire BEFORE INSERT OR UPDATE OF b ON shop.things FOR EACH ROW WHEN (NEW.a > 1) "
    "EXECUTE FUNCTION shop.fire('x')",
    "ALTER TABLE shop.things DISABLE TRIGGER things_fire",
    "CREATE RULE things_rule AS ON DELETE TO shop.things DO INSTEAD NOTHING",
    "CREATE POLICY things_policy ON shop.things AS RESTRICTIVE FOR UPDATE TO dunlin_test USING (a > 1) "
    "WITH CHECK (a > 2)",
    "CREATE VIEW shop.seen WITH (security_barrier = true) AS SELECT t.a, shop.twice(t.a) AS b FROM "
    "shop.things t",
    "CREATE MATERIALIZED VIEW shop.kept AS SELECT a FROM shop.seen",
    "CREATE INDEX kept_a ON shop.kept (a)",
    "CREATE TABLE shop.parts (id integer, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at)",
    "CREATE UNLOGGED TABLE shop.parts_1 PARTITION OF shop.parts FOR VALUES FROM ('2020-01-01') TO "
    "('2021-01-01')",
    "CREATE TABLE shop.child (more integer) INHERITS (shop.things)",
    "CREATE FOREIGN DATA WRAPPER nothing",
    "CREATE SERVER far TYPE 'x' VERSION '2' FOREIGN DATA WRAPPER nothing OPTIONS (host 'there')",
    "CREATE FOREIGN TABLE shop.away (a integer OPTIONS (column_name 'z')) SERVER far OPTIONS (table_name "
    "'q')",
    "CREATE FUNCTION shop.on_event() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
    "CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('DROP VIEW') EXECUTE FUNCTION "
    "shop.on_event()",
    "SET client_min_messages = error",
    "/* FROM 15 */ CREATE PUBLICATION news FOR TABLE ONLY shop.things (a, b) WHERE (a > 1) WITH (publish = "
    "'insert, update')",
    "/* BEFORE 15 */ CREATE PUBLICATION news FOR TABLE ONLY shop.things WITH (publish = 'insert, update')",
    "RESET client_min_messages",
    "CREATE TEXT SEARCH CONFIGURATION shop.search (COPY = simple)",
    "COMMENT ON SCHEMA shop IS 'the ''shop''\nof \\ all'",
    "COMMENT ON TABLE shop.things IS 'things'",
    "COMMENT ON COLUMN shop.things.b IS 'a column'",
    "COMMENT ON CONSTRAINT later ON shop.things IS 'a constraint'",
    "COMMENT ON INDEX shop.things_gin IS 'an index'",
    "COMMENT ON INDEX shop.things_key IS 'the index of a key'",
    "COMMENT ON TRIGGER things_fire ON shop.things IS 'a trigger'",
    "COMMENT ON FUNCTION shop.twice(integer, integer) IS 'a function'",
    "COMMENT ON TYPE shop.mood IS 'an enum'",
    "COMMENT ON POLICY things_policy ON shop.things IS 'a policy'",
    "COMMENT ON EVENT TRIGGER watch IS 'an event trigger'",
    NULL};

static inline void make_everything(void)
{
    for (size_t i = 0; everything[i]; ++i)
        if (is_for_server(everything[i]))
            exec(one, everything[i]);
}

static inline void drop_everything(void)
{
    exec(one, "SET client_min_messages = error");
    exec(one, "DROP EVENT TRIGGER IF EXISTS watch");
    exec(one, "DROP SCHEMA IF EXISTS shop CASCADE");
    exec(one, "DROP FOREIGN DATA WRAPPER IF EXISTS nothing CASCADE");
    exec(one, "DROP PUBLICATION IF EXISTS news");
    exec(one, "RESET client_min_messages");
}

static inline int open_work(void **state)
{
    work = arena_new();
    open_one(state);
    drop_everything();
    return 0;
}

static inline int close_work(void **state)
{
    arena_free(work);
    return close_one(state);
}

#define CATALOG_TEST(function) cmocka_unit_test_setup_teardown(function, open_work, close_work)

#endif
