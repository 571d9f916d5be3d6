/* Reading the catalog of a PostgreSQL database. */
#include "driver/postgres_catalog_support.h"

#include <glob.h>

static bool has(int version)
{
    return one->server_version >= version * 10000;
}

static void test_types(void **state)
{
    (void)state;
    make_everything();
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "schema shop", ATTRIBUTE_COMMENT, "the 'shop'\nof \\ all");
    assert_attribute(catalog, "schema public", ATTRIBUTE_COMMENT, "-");
    assert_attribute(catalog, "collation shop.german", ATTRIBUTE_OPTIONS,
                     has(15) ? "[provider=icu | locale=de-DE-x-icu | deterministic=false]"
                             : "[provider=icu | lc_collate=de-DE-x-icu | lc_ctype=de-DE-x-icu | "
                               "deterministic=false]");
    assert_attribute(catalog, "enum shop.mood", ATTRIBUTE_LABELS, "[sad | so, so | h\"appy | NULL]");
    assert_attribute(catalog, "enum shop.mood", ATTRIBUTE_COMMENT, "an enum");
    assert_attribute(catalog, "domain shop.email", ATTRIBUTE_TYPE, "character varying(80)");
    assert_attribute(catalog, "domain shop.email", ATTRIBUTE_COLLATION, "\"C\"");
    assert_attribute(catalog, "domain shop.email", ATTRIBUTE_NOT_NULL, "yes");
    assert_attribute(catalog, "domain shop.email", ATTRIBUTE_DEFAULT, "'x@y'::character varying");
    const char *check = "check constraint domain shop.email.email_check";
    assert_attribute(catalog, check, ATTRIBUTE_EXPRESSION, "((VALUE)::text ~ '@'::text)");
    assert_true(object_of(catalog, check)->made_up_name);
    assert_attribute(catalog, "composite type shop.address", ATTRIBUTE_FIELDS,
                     "[street text | \"Zip Code\" character varying(5) COLLATE \"C\"]");
    assert_attribute(catalog, "range type shop.span", ATTRIBUTE_TYPE, "double precision");
    assert_attribute(catalog, "range type shop.span", ATTRIBUTE_OPTIONS,
                     has(14) ? "[multirange_type_name=shop.span_multirange | subtype_diff=float8mi]"
                             : "[subtype_diff=float8mi]");
    const char *sequence = "sequence shop.numbers";
    assert_attribute(catalog, sequence, ATTRIBUTE_TYPE, "integer");
    assert_attribute(catalog, sequence, ATTRIBUTE_INCREMENT, "-2");
    assert_attribute(catalog, sequence, ATTRIBUTE_MINIMUM, "-100");
    assert_attribute(catalog, sequence, ATTRIBUTE_MAXIMUM, "-");
    assert_attribute(catalog, sequence, ATTRIBUTE_START, "-5");
    assert_attribute(catalog, sequence, ATTRIBUTE_CACHE, "7");
    assert_attribute(catalog, sequence, ATTRIBUTE_CYCLE, "yes");
    assert_null(catalog_find_key(catalog, "sequence shop.parents_id_seq"));
    drop_everything();
}

static void test_routines(void **state)
{
    (void)state;
    make_everything();
    struct catalog *catalog = read_all();
    const char *twice = "function shop.twice(integer, integer)";
    assert_attribute(catalog, twice, ATTRIBUTE_ARGUMENTS, "a integer, b integer DEFAULT 2");
    assert_attribute(catalog, twice, ATTRIBUTE_RETURNS, "integer");
    assert_attribute(catalog, twice, ATTRIBUTE_LANGUAGE, "sql");
    assert_attribute(catalog, twice, ATTRIBUTE_DEFINITION, "SELECT a * 2");
    assert_attribute(catalog, twice, ATTRIBUTE_OPTIONS,
                     "[IMMUTABLE | STRICT | PARALLEL SAFE | COST 7 | SET work_mem=1MB]");
    assert_attribute(catalog, twice, ATTRIBUTE_COMMENT, "a function");
    assert_attribute(catalog, "function shop.fire()", ATTRIBUTE_SECURITY, "definer");
    assert_attribute(catalog, "procedure shop.\"do It\"(text)", ATTRIBUTE_ARGUMENTS, "INOUT x text");
    assert_attribute(catalog, "aggregate shop.total(integer)", ATTRIBUTE_OPTIONS,
                     "[SFUNC int4pl | STYPE integer | COMBINEFUNC int4pl | INITCOND '0']");
    assert_attribute(catalog, "event trigger watch", ATTRIBUTE_EVENTS, "[ddl_command_end]");
    assert_attribute(catalog, "event trigger watch", ATTRIBUTE_OPTIONS, "[tag=DROP VIEW]");
    assert_attribute(catalog, "event trigger watch", ATTRIBUTE_COMMAND, "shop.on_event()");
    assert_attribute(catalog, "event trigger watch", ATTRIBUTE_COMMENT, "an event trigger");
    assert_true(needs(catalog, "event trigger watch", "function shop.on_event()"));
    drop_everything();
}

static void test_tables(void **state)
{
    (void)state;
    make_everything();
    struct catalog *catalog = read_all();
    const char *things = "table shop.things";
    assert_attribute(catalog, things, ATTRIBUTE_REPLICA_IDENTITY, "full");
    assert_attribute(catalog, things, ATTRIBUTE_ROW_SECURITY, "enabled, forced");
    assert_attribute(catalog, things, ATTRIBUTE_COMMENT, "things");
    assert_attribute(catalog, "table shop.parents", ATTRIBUTE_OPTIONS,
                     "[fillfactor=70 | toast.autovacuum_enabled=false]");
    assert_attribute(catalog, "table shop.parts_1", ATTRIBUTE_PERSISTENCE, "unlogged");
    assert_attribute(catalog, "table shop.parts", ATTRIBUTE_PARTITION_BY, "RANGE (at)");
    assert_attribute(catalog, "table shop.parts_1", ATTRIBUTE_PARTITION_OF, "shop.parts");
    assert_attribute(catalog, "table shop.parts_1", ATTRIBUTE_PARTITION_BOUND,
                     "FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')");
    assert_attribute(catalog, "primary key table shop.parts_1.parts_1_pkey", ATTRIBUTE_PARTITION_OF,
                     "shop.parts_pkey");
    assert_true(needs(catalog, "table shop.parts_1", "table shop.parts"));
    assert_attribute(catalog, "table shop.child", ATTRIBUTE_INHERITS, "[shop.things]");
    assert_attribute(catalog, "column table shop.child.a", ATTRIBUTE_INHERITED, "yes");
    assert_attribute(catalog, "foreign table shop.away", ATTRIBUTE_SERVER, "far");
    assert_attribute(catalog, "foreign table shop.away", ATTRIBUTE_OPTIONS, "[table_name=q]");
    assert_attribute(catalog, "column foreign table shop.away.a", ATTRIBUTE_OPTIONS, "[column_name=z]");
    assert_attribute(catalog, "foreign server far", ATTRIBUTE_DATA_WRAPPER, "nothing");
    assert_attribute(catalog, "foreign server far", ATTRIBUTE_OPTIONS, "[host=there]");
    assert_true(needs(catalog, "foreign table shop.away", "foreign server far"));

    assert_attribute(catalog, "column table shop.parents.id", ATTRIBUTE_IDENTITY, "always");
    assert_attribute(catalog, "column table shop.parents.id", ATTRIBUTE_START, "10");
    assert_attribute(catalog, "column table shop.parents.id", ATTRIBUTE_INCREMENT, "5");
    assert_attribute(catalog, "column table shop.things.a", ATTRIBUTE_DEFAULT,
                     "nextval('shop.numbers'::regclass)");
    assert_attribute(catalog, "column table shop.things.a", ATTRIBUTE_OPTIONS, "[n_distinct=5]");
    assert_true(needs(catalog, "column table shop.things.a", "sequence shop.numbers"));
    assert_true(needs(catalog, "column table shop.parents.feeling", "enum shop.mood"));
    const char *b = "column table shop.things.b";
    assert_attribute(catalog, b, ATTRIBUTE_TYPE, "text");
    assert_attribute(catalog, b, ATTRIBUTE_COLLATION, "shop.german");
    assert_attribute(catalog, b, ATTRIBUTE_STORAGE, "external");
    assert_attribute(catalog, b, ATTRIBUTE_COMPRESSION, has(14) ? "pglz" : "-");
    assert_attribute(catalog, b, ATTRIBUTE_STATISTICS_TARGET, "77");
    assert_attribute(catalog, b, ATTRIBUTE_COMMENT, "a column");
    assert_attribute(catalog, "column table shop.things.c", ATTRIBUTE_GENERATED, "(a * 2)");
    assert_attribute(catalog, "column table shop.things.c", ATTRIBUTE_STORED, "yes");
    assert_attribute(catalog, "column table shop.things.c", ATTRIBUTE_DEFAULT, "-");
    assert_int_equal(object_of(catalog, "column table shop.things.d")->position, 6);
    drop_everything();
}

static void test_constraints_and_indexes(void **state)
{
    (void)state;
    make_everything();
    struct catalog *catalog = read_all();
    const char *key = "primary key table shop.things.things_key";
    assert_attribute(catalog, key, ATTRIBUTE_COLUMNS, "[a]");
    assert_attribute(catalog, key, ATTRIBUTE_INCLUDED, "[d]");
    assert_attribute(catalog, key, ATTRIBUTE_DEFERRABLE, "initially deferred");
    assert_attribute(catalog, key, ATTRIBUTE_OPTIONS, "[fillfactor=50]");
    assert_false(object_of(catalog, key)->made_up_name);
    assert_attribute(catalog, "unique constraint table shop.parents.parents_name_key",
                     ATTRIBUTE_NULLS_NOT_DISTINCT, has(15) ? "yes" : "-");
    assert_true(object_of(catalog, "unique constraint table shop.parents.parents_name_key")->made_up_name);
    const char *exclusion = "exclusion constraint table shop.things.things_during_excl";
    assert_attribute(catalog, exclusion, ATTRIBUTE_OPERATORS, "[&&]");
    assert_attribute(catalog, exclusion, ATTRIBUTE_METHOD, "gist");
    assert_attribute(catalog, exclusion, ATTRIBUTE_WHERE, "(a > 3)");
    assert_true(object_of(catalog, exclusion)->made_up_name);
    const char *foreign = "foreign key table shop.things.things_parent_fkey";
    assert_attribute(catalog, foreign, ATTRIBUTE_COLUMNS, "[parent]");
    assert_attribute(catalog, foreign, ATTRIBUTE_REFERENCES, "shop.parents");
    assert_attribute(catalog, foreign, ATTRIBUTE_REFERENCED_COLUMNS, "[id]");
    assert_attribute(catalog, foreign, ATTRIBUTE_MATCH, "full");
    assert_attribute(catalog, foreign, ATTRIBUTE_ON_DELETE, has(15) ? "set null (parent)" : "set null");
    assert_attribute(catalog, foreign, ATTRIBUTE_ON_UPDATE, "cascade");
    assert_attribute(catalog, foreign, ATTRIBUTE_DEFERRABLE, "deferrable");
    assert_true(object_of(catalog, foreign)->made_up_name);
    assert_true(needs(catalog, foreign, "primary key table shop.parents.parents_pkey"));
    const char *odd = "check constraint table shop.things.odd \"name\"\\.";
    assert_attribute(catalog, odd, ATTRIBUTE_EXPRESSION, "((a < 100) AND (c > 0))");
    assert_attribute(catalog, odd, ATTRIBUTE_NO_INHERIT, "yes");
    assert_true(object_of(catalog, "check constraint table shop.things.things_a_check")->made_up_name);
    assert_attribute(catalog, "check constraint table shop.things.later", ATTRIBUTE_VALID, "no");
    assert_attribute(catalog, "check constraint table shop.things.later", ATTRIBUTE_COMMENT, "a constraint");

    const char *index = "index table shop.things.things_b_lower_d_parent_idx";
    assert_attribute(catalog, index, ATTRIBUTE_COLUMNS, "[b | (lower(d)) | d]");
    assert_attribute(catalog, index, ATTRIBUTE_INCLUDED, "[parent]");
    assert_attribute(catalog, index, ATTRIBUTE_ORDERS, "[DESC |  | NULLS FIRST]");
    assert_attribute(catalog, index, ATTRIBUTE_OPERATOR_CLASSES, "[ | text_pattern_ops | ]");
    assert_attribute(catalog, index, ATTRIBUTE_COLLATIONS, "[ |  | \"C\"]");
    assert_attribute(catalog, index, ATTRIBUTE_WHERE, "(a > 5)");
    assert_attribute(catalog, index, ATTRIBUTE_OPTIONS, "[fillfactor=40]");
    assert_attribute(catalog, index, ATTRIBUTE_UNIQUE, "-");
    assert_attribute(catalog, "index table shop.things.things_hash", ATTRIBUTE_UNIQUE, "yes");
    assert_attribute(catalog, "index table shop.things.things_gin", ATTRIBUTE_COMMENT, "an index");
    assert_attribute(catalog, "index materialized view shop.kept.kept_a", ATTRIBUTE_COLUMNS, "[a]");
    assert_attribute(catalog, "statistics shop.stats", ATTRIBUTE_COLUMNS,
                     has(14) ? "[a | c | (lower(b))]" : "[a | c]");
    assert_attribute(catalog, "statistics shop.stats", ATTRIBUTE_OPTIONS, "[dependencies | ndistinct]");
    drop_everything();
}

static void test_the_rest(void **state)
{
    (void)state;
    make_everything();
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "view shop.seen", ATTRIBUTE_OPTIONS, "[security_barrier=true]");
    assert_non_null(strstr(attribute(catalog, "view shop.seen", ATTRIBUTE_DEFINITION), "shop.twice"));
    assert_true(needs(catalog, "view shop.seen", "function shop.twice(integer, integer)"));
    assert_true(needs(catalog, "view shop.seen", "column table shop.things.a"));
    assert_true(needs(catalog, "materialized view shop.kept", "column view shop.seen.a"));
    const char *trigger = "trigger table shop.things.things_fire";
    assert_string_equal(attribute(catalog, trigger, ATTRIBUTE_DEFINITION),
                        "CREATE TRIGGER things_fire BEFORE INSERT OR UPDATE OF b ON shop.things FOR EACH ROW "
                        "WHEN (new.a > 1) EXECUTE FUNCTION shop.fire('x')");
    assert_attribute(catalog, trigger, ATTRIBUTE_ENABLED, "no");
    assert_attribute(catalog, trigger, ATTRIBUTE_COMMENT, "a trigger");
    assert_true(needs(catalog, trigger, "function shop.fire()"));
    assert_non_null(strstr(attribute(catalog, "rule table shop.things.things_rule", ATTRIBUTE_DEFINITION),
                           "ON DELETE TO shop.things DO INSTEAD NOTHING"));
    const char *policy = "policy table shop.things.things_policy";
    assert_attribute(catalog, policy, ATTRIBUTE_COMMAND, "update");
    assert_attribute(catalog, policy, ATTRIBUTE_OPTIONS, "[restrictive]");
    assert_attribute(catalog, policy, ATTRIBUTE_ROLES, "[dunlin_test]");
    assert_attribute(catalog, policy, ATTRIBUTE_USING, "(a > 1)");
    assert_attribute(catalog, policy, ATTRIBUTE_WITH_CHECK, "(a > 2)");
    assert_attribute(catalog, "publication news", ATTRIBUTE_TABLES,
                     has(15) ? "[shop.things (a, b) WHERE ((a > 1))]" : "[shop.things]");
    assert_attribute(catalog, "publication news", ATTRIBUTE_EVENTS, "[insert | update]");
    size_t count;
    const struct schema_unmodelled *left = catalog_unmodelled(catalog, &count);
    for (size_t i = 0; i < count && count != 2; ++i)
        print_message("%s: %s\n", left[i].what, left[i].name);
    assert_int_equal(count, 2);
    assert_string_equal(left[0].what, "comment on the index of a constraint");
    assert_string_equal(left[1].name, "shop.search");
    assert_attribute(catalog, "foreign data wrapper nothing", ATTRIBUTE_OPTIONS, "-");
    assert_survives_snapshot(catalog);
    drop_everything();
}

static void test_made_again_is_equal(void **state)
{
    (void)state;
    static const char *const forwards[] = {"CREATE TABLE a (x integer PRIMARY KEY, y text)",
                                           "CREATE INDEX ON a (y)",
                                           "CREATE INDEX ON a (y, x)",
                                           "CREATE TABLE b (x integer REFERENCES a, CHECK (x > 1))",
                                           "CREATE VIEW v AS SELECT x FROM a",
                                           "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
                                           NULL};
    static const char *const otherwise[] = {"CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
                                            "CREATE TABLE b (lost integer, x integer)",
                                            "ALTER TABLE b DROP COLUMN lost, ADD CHECK (x > 1)",
                                            "CREATE TABLE a (x integer, y text)",
                                            "CREATE INDEX ON a (y, x)",
                                            "CREATE INDEX ON a (y)",
                                            "CREATE VIEW v AS SELECT x FROM a",
                                            "ALTER TABLE a ADD PRIMARY KEY (x)",
                                            "ALTER TABLE b ADD FOREIGN KEY (x) REFERENCES a",
                                            NULL};
    run(forwards);
    const char *first = fingerprint();
    exec(one, "SET client_min_messages = error");
    exec(one, "DROP SCHEMA public CASCADE");
    exec(one, "CREATE SCHEMA public");
    run(otherwise);
    assert_string_equal(fingerprint(), first);
    make_everything();
    const char *all = fingerprint();
    drop_everything();
    make_everything();
    assert_string_equal(fingerprint(), all);
    drop_everything();
    assert_string_equal(fingerprint(), first);
}

static void test_changes_are_seen(void **state)
{
    (void)state;
    static const char *const changes[] = {
        "ALTER TABLE shop.parents ALTER feeling SET DEFAULT 'so, so'",
        "ALTER TABLE shop.parents ALTER feeling SET NOT NULL",
        "ALTER TABLE shop.parts ALTER id TYPE bigint",
        "ALTER TABLE shop.parents ALTER id SET GENERATED BY DEFAULT",
        "ALTER TABLE shop.parents ALTER id SET CACHE 4",
        "ALTER TABLE shop.things ALTER b SET STORAGE MAIN",
        "ALTER TABLE shop.things ALTER b SET STATISTICS 78",
        "/* FROM 13 */ ALTER TABLE shop.things ALTER c DROP EXPRESSION",
        "ALTER TABLE shop.parents SET (fillfactor = 71)",
        "ALTER TABLE shop.parts_1 SET LOGGED",
        "ALTER TABLE shop.things REPLICA IDENTITY NOTHING",
        "ALTER TABLE shop.things NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE shop.things VALIDATE CONSTRAINT later",
        "ALTER TABLE shop.things ALTER CONSTRAINT things_parent_fkey NOT DEFERRABLE",
        "ALTER TABLE shop.things ENABLE TRIGGER things_fire",
        "ALTER TABLE shop.child NO INHERIT shop.things",
        "ALTER TABLE shop.parts DETACH PARTITION shop.parts_1",
        "ALTER INDEX shop.things_gin SET (fastupdate = off)",
        "CLUSTER shop.parents USING parents_pkey",
        "ALTER INDEX shop.things_hash RENAME TO things_unique",
        "ALTER TYPE shop.mood ADD VALUE 'new' BEFORE 'sad'",
        "ALTER TYPE shop.address ADD ATTRIBUTE town text",
        "ALTER DOMAIN shop.email DROP NOT NULL",
        "ALTER DOMAIN shop.email DROP CONSTRAINT email_check",
        "ALTER SEQUENCE shop.numbers NO CYCLE",
        "ALTER SEQUENCE shop.numbers OWNED BY shop.things.a",
        "ALTER FUNCTION shop.twice(integer, integer) VOLATILE",
        "ALTER FUNCTION shop.fire() SECURITY INVOKER",
        "ALTER VIEW shop.seen SET (security_barrier = false)",
        "CREATE OR REPLACE VIEW shop.seen AS SELECT t.a, shop.twice(t.a + 1) AS b FROM shop.things t",
        "ALTER POLICY things_policy ON shop.things USING (a > 5)",
        "ALTER PUBLICATION news SET (publish = 'insert')",
        "ALTER EVENT TRIGGER watch DISABLE",
        "ALTER SERVER far OPTIONS (SET host 'elsewhere')",
        "ALTER FOREIGN TABLE shop.away OPTIONS (SET table_name 'r')",
        "/* FROM 13 */ ALTER STATISTICS shop.stats SET STATISTICS 9",
        "COMMENT ON COLUMN shop.things.b IS 'another'",
        "COMMENT ON TYPE shop.mood IS NULL",
    };
    make_everything();
    const char *before = fingerprint();
    for (size_t i = 0; i < sizeof changes / sizeof *changes; ++i) {
        if (!is_for_server(changes[i]))
            continue;
        assert_true(DRIVER->begin(one, error));
        exec(one, changes[i]);
        if (strcmp(fingerprint(), before) == 0)
            fail_msg("not seen: %s", changes[i]);
        assert_true(DRIVER->rollback(one, error));
        assert_string_equal(fingerprint(), before);
    }
    drop_everything();
}

static void make_tables(int count)
{
    exec(
        one,
        arena_printf(
            work,
            "DO $$ BEGIN FOR i IN 1..%d LOOP EXECUTE format('CREATE TABLE t%%s (id integer PRIMARY KEY, "
            "a text, b integer, c numeric(10,2), d date, e timestamptz DEFAULT now(), f varchar(20), g "
            "bigint, "
            "h boolean NOT NULL DEFAULT false, up integer)', i); "
            "EXECUTE format('CREATE INDEX ON t%%s (a)', i); "
            "EXECUTE format('CREATE INDEX ON t%%s (b, c)', i); "
            "EXECUTE format('ALTER TABLE t%%s ADD FOREIGN KEY (up) REFERENCES t%%s', i, greatest(1, i - 1)); "
            "END LOOP; END $$",
            count));
}

static uint64_t trips_to_read(void)
{
    uint64_t before = one->round_trips;
    read_all();
    return one->round_trips - before;
}

static void test_round_trips_do_not_grow(void **state)
{
    (void)state;
    make_tables(5);
    uint64_t few = trips_to_read();
    exec(one, "DROP SCHEMA public CASCADE");
    exec(one, "CREATE SCHEMA public");
    make_tables(200);
    assert_int_equal(trips_to_read(), few);
    assert_int_equal(few, 1);
}

/* DUNLIN_TEST_TABLES=2000 tells how long the reading of so many takes. */
static void test_time(void **state)
{
    (void)state;
    const char *tables = getenv("DUNLIN_TEST_TABLES");
    if (!tables)
        skip();
    int count = atoi(tables);
    make_tables(count);
    for (int i = 0; i < 3; ++i) {
        int64_t begin = task_now();
        size_t before = arena_size(work);
        read_all();
        print_message("%d tables: %lld ms, %zu bytes a table, peak %ld MB\n", count,
                      (long long)(task_now() - begin), (arena_size(work) - before) / (size_t)count,
                      peak_memory());
    }
}

static void test_one_schema_reads_equal_under_another_name(void **state)
{
    (void)state;
    static const char *const statements[] = {
        "CREATE SCHEMA first",
        "CREATE TYPE first.mood AS ENUM ('a')",
        "CREATE FUNCTION first.f(first.mood) RETURNS first.mood LANGUAGE sql AS 'SELECT $1'",
        "CREATE TABLE first.t (id serial PRIMARY KEY, m first.mood DEFAULT 'a', up integer REFERENCES "
        "first.t)",
        "CREATE VIEW first.v AS SELECT first.f(m) AS m FROM first.t",
        NULL};
    const char *schemas[] = {"first", NULL};
    run(statements);
    struct catalog *catalog = read_with(one, (struct catalog_options){.schemas = schemas});
    assert_attribute(catalog, "column table first.t.m", ATTRIBUTE_TYPE, "mood");
    assert_attribute(catalog, "column table first.t.id", ATTRIBUTE_DEFAULT, "nextval('t_id_seq'::regclass)");
    assert_attribute(catalog, "sequence first.t_id_seq", ATTRIBUTE_OWNED_BY, "t.id");
    assert_attribute(catalog, "foreign key table first.t.t_up_fkey", ATTRIBUTE_REFERENCES, "t");
    assert_attribute(catalog, "function first.f(mood)", ATTRIBUTE_RETURNS, "mood");
    assert_null(strstr(attribute(catalog, "view first.v", ATTRIBUTE_DEFINITION), "first"));
    assert_null(catalog_find_key(catalog, "schema public"));
    exec(one, "SET client_min_messages = error");
    exec(one, "DROP SCHEMA first CASCADE");
}

static void test_leaves_the_session_alone(void **state)
{
    (void)state;
    exec(one, "SET search_path = public");
    exec(one, "BEGIN");
    exec(one, "CREATE TABLE mine (id integer)");
    exec(one, "SET LOCAL search_path = pg_catalog, public");
    struct catalog *catalog = read_all();
    object_of(catalog, "table public.mine");
    assert_true(one->in_transaction);
    assert_answer(one, "SHOW search_path", "pg_catalog, public");
    exec(one, "ROLLBACK");
    catalog = read_all();
    assert_null(catalog_find_key(catalog, "table public.mine"));
    assert_answer(one, "SHOW search_path", "public");
    assert_answer(one, "SHOW transaction_read_only", "off");
    assert_false(one->in_transaction);
}

static void test_history_is_left_out(void **state)
{
    (void)state;
    const char *empty = fingerprint();
    exec(one, "CREATE TABLE dunlin_history (id integer PRIMARY KEY, CHECK (id > 0))");
    exec(one, "COMMENT ON TABLE dunlin_history IS 'ours'");
    assert_string_equal(fingerprint(), empty);
    struct catalog *catalog =
        read_with(one, (struct catalog_options){.history = "public.\"dunlin_history\""});
    assert_string_equal(fingerprint_of(catalog), empty);
    catalog = read_with(one, (struct catalog_options){.history = "another.dunlin_history"});
    object_of(catalog, "table public.dunlin_history");
}

static void test_extensions(void **state)
{
    (void)state;
    if (strcmp(ask(one, "SELECT count(*) FROM pg_available_extensions WHERE name = 'hstore'"), "1") != 0)
        skip();
    exec(one, "CREATE EXTENSION hstore SCHEMA public");
    exec(one, "CREATE TABLE t (h hstore)");
    exec(one, has(13) ? "CREATE INDEX ON t USING gist (h gist_hstore_ops (siglen = 32))"
                      : "CREATE INDEX ON t USING gist (h)");
    struct catalog *catalog = read_all();
    size_t count;
    assert_attribute(catalog, "extension hstore", ATTRIBUTE_IN_SCHEMA, "public");
    assert_true(needs(catalog, "column table public.t.h", "extension hstore"));
    assert_attribute(catalog, "index table public.t.t_h_idx", ATTRIBUTE_OPERATOR_CLASSES,
                     has(13) ? "[public.gist_hstore_ops (siglen=32)]" : "-");
    catalog_objects(catalog, &count);
    assert_int_equal(count, 5); /* schema, extension, table, column, index */
    catalog_unmodelled(catalog, &count);
    assert_int_equal(count, 0);
}

static void test_grants_and_owners(void **state)
{
    (void)state;
    static const char *const statements[] = {
        "CREATE TABLE t (a integer, b integer)",
        "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION g() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "GRANT SELECT, INSERT ON t TO dunlin_test WITH GRANT OPTION",
        "GRANT UPDATE (b) ON t TO PUBLIC",
        "REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC",
        "GRANT EXECUTE ON FUNCTION g() TO dunlin_test",
        "REVOKE EXECUTE ON FUNCTION g() FROM dunlin_test",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO dunlin_test",
        NULL};
    run(statements);
    const char *without = fingerprint();
    struct catalog *catalog = read_with(one, (struct catalog_options){.grants = true, .owners = true});
    assert_attribute(catalog, "table public.t", ATTRIBUTE_OWNER, "postgres");
    assert_attribute(catalog, "grant table public.t.dunlin_test", ATTRIBUTE_PRIVILEGES,
                     "[INSERT WITH GRANT OPTION | SELECT WITH GRANT OPTION]");
    assert_attribute(catalog, "grant column table public.t.b.PUBLIC", ATTRIBUTE_PRIVILEGES, "[UPDATE]");
    assert_attribute(catalog, "grant function public.f().PUBLIC", ATTRIBUTE_PRIVILEGES, "[]");
    assert_null(catalog_find_key(catalog, "grant function public.g().PUBLIC"));
    assert_null(catalog_find_key(catalog, "grant function public.g().dunlin_test"));
    assert_attribute(catalog, "default privilege public.postgres tables", ATTRIBUTE_PRIVILEGES,
                     "[dunlin_test SELECT]");
    assert_survives_snapshot(catalog);
    exec(one, "REVOKE ALL ON t FROM dunlin_test");
    assert_string_equal(fingerprint(), without);
}

static void test_a_role_that_may_only_read(void **state)
{
    (void)state;
    make_everything();
    const char *mine = fingerprint();
    exec(one, "SET SESSION AUTHORIZATION dunlin_test");
    exec(one, "SET default_transaction_read_only = on");
    assert_string_equal(fingerprint(), mine);
    exec(one, "RESET default_transaction_read_only");
    exec(one, "RESET SESSION AUTHORIZATION");
    drop_everything();
}

static void test_the_demo_project(void **state)
{
    (void)state;
    const char *patterns = "../migrations/postgresql/migrations/*.up.sql";
    glob_t files;
    assert_int_equal(glob(patterns, 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; ++i) {
        char *text = NULL;
        size_t length = 0;
        FILE *file = fopen(files.gl_pathv[i], "r");
        assert_non_null(file);
        assert_true(getdelim(&text, &length, '\0', file) > 0);
        fclose(file);
        if (!dun_exec_script(one, text, error))
            fail_msg("%s: %s", files.gl_pathv[i], dun_error_message(error));
        free(text);
    }
    globfree(&files);
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "domain sales.price", ATTRIBUTE_TYPE, "numeric(10,2)");
    assert_attribute(catalog, "column table sales.order_items.amount", ATTRIBUTE_GENERATED,
                     "((quantity)::numeric * (unit_price)::numeric)");
    assert_true(needs(catalog, "view sales.order_totals", "column table sales.customers.name"));
    assert_survives_snapshot(catalog);
    exec(one, "SET client_min_messages = error");
    exec(one, "DROP SCHEMA sales CASCADE");
}

static void test_a_server_that_is_too_old(void **state)
{
    (void)state;
    struct catalog *untouched = NULL;
    int version = one->server_version;
    one->server_version = 110022;
    assert_false(engine_postgres.catalog->read(one, &(struct catalog_options){.history = NULL}, work,
                                               &untouched, error));
    one->server_version = version;
    assert_null(untouched);
    assert_non_null(strstr(dun_error_message(error), "cannot be read"));
    assert_non_null(strstr(dun_error_hint(error), "PostgreSQL 12 and newer"));
    dun_error_clear(error);
    assert_answer(one, "SELECT 1", "1");
}

static void test_failure_leaves_nothing_open(void **state)
{
    (void)state;
    struct catalog *untouched = NULL;
    struct catalog_options options = {.history = NULL};
    exec(one, "CREATE ROLE dunlin_blind");
    exec(one, "REVOKE SELECT ON pg_catalog.pg_policy FROM PUBLIC");
    exec(one, "SET ROLE dunlin_blind");
    assert_false(engine_postgres.catalog->read(one, &options, work, &untouched, error));
    expect_error(DUN_FAILED, "42501", "pg_policy");
    assert_null(untouched);
    assert_false(one->in_transaction);
    exec(one, "BEGIN");
    assert_false(engine_postgres.catalog->read(one, &options, work, &untouched, error));
    dun_error_clear(error);
    assert_true(one->in_transaction);
    assert_answer(one, "SELECT 1", "1");
    exec(one, "ROLLBACK");
    exec(one, "RESET ROLE");
    exec(one, "GRANT SELECT ON pg_catalog.pg_policy TO PUBLIC");
    exec(one, "DROP ROLE dunlin_blind");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CATALOG_TEST(test_types),
        CATALOG_TEST(test_routines),
        CATALOG_TEST(test_tables),
        CATALOG_TEST(test_constraints_and_indexes),
        CATALOG_TEST(test_the_rest),
        CATALOG_TEST(test_made_again_is_equal),
        CATALOG_TEST(test_changes_are_seen),
        CATALOG_TEST(test_round_trips_do_not_grow),
        CATALOG_TEST(test_time),
        CATALOG_TEST(test_one_schema_reads_equal_under_another_name),
        CATALOG_TEST(test_leaves_the_session_alone),
        CATALOG_TEST(test_history_is_left_out),
        CATALOG_TEST(test_extensions),
        CATALOG_TEST(test_grants_and_owners),
        CATALOG_TEST(test_a_role_that_may_only_read),
        CATALOG_TEST(test_the_demo_project),
        CATALOG_TEST(test_a_server_that_is_too_old),
        CATALOG_TEST(test_failure_leaves_nothing_open),
    };
    return cmocka_run_group_tests(tests, make_database, drop_database);
}
