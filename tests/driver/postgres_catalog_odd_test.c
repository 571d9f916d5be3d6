/* Reading the catalog of PostgreSQL where something is in the way: operators of the user's, names elsewhere,
 * keys of odd kinds. */
#include "driver/postgres_catalog_support.h"

/*
 * An operator for each pair of types, in a schema that is in the search_path while it is read: where the
 * server has none for just these types, a query that left the choice to the search_path would call it.
 */
static const char hostile_operators[] =
    "DO $do$ DECLARE l text; r text; o text; "
    "types text[] := "
    "'{oid,int2,int4,int8,\"\\\"char\\\"\",name,text,bool,regclass,regproc,text[],oid[],int2[],name[],"
    "int2vector,oidvector}'; "
    "operators text[] := '{=,<>,<,>,>=,||,!~,&&,-}'; "
    "BEGIN FOREACH l IN ARRAY types LOOP FOREACH r IN ARRAY types LOOP "
    "EXECUTE format('CREATE FUNCTION shop.hostile(%s, %s) RETURNS text LANGUAGE plpgsql AS "
    "$f$BEGIN RAISE EXCEPTION $$hostile$$; END$f$', l, r); "
    "FOREACH o IN ARRAY operators LOOP EXECUTE format("
    "'CREATE OPERATOR shop.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = shop.hostile)', o, l, r); "
    "END LOOP; END LOOP; END LOOP; END $do$";

static void test_operators_of_the_user_are_not_called(void **state)
{
    (void)state;
    const char *schemas[] = {"shop", NULL};
    struct catalog_options options = {.schemas = schemas, .owners = true, .grants = true};
    make_everything();
    size_t before, after, hostile = 0;
    catalog_objects(read_with(one, options), &before);
    exec(one, hostile_operators);
    exec(one, "SET search_path = shop");
    assert_false(db_exec(one, "SELECT 1::oid = 1::int4", error)); /* or this would test nothing */
    dun_error_clear(error);
    struct schema_object *const *objects = catalog_objects(read_with(one, options), &after);
    for (size_t i = 0; i < after; ++i)
        hostile += strncmp(objects[i]->name, "hostile(", 8) == 0;
    assert_int_equal(hostile, 16 * 16);
    assert_int_equal(after - hostile, before);
    exec(one, "RESET search_path");
    drop_everything();
}

static void test_columns_of_other_schemas_are_named(void **state)
{
    (void)state;
    static const char *const statements[] = {"CREATE SCHEMA there",
                                             "CREATE SCHEMA here",
                                             "CREATE TABLE there.target (gone integer, \"odd.\"\" name\" "
                                             "integer, b integer, UNIQUE (b, \"odd.\"\" name\"))",
                                             "ALTER TABLE there.target DROP COLUMN gone",
                                             "CREATE TABLE here.t (x integer, y integer, FOREIGN KEY (y, x) "
                                             "REFERENCES there.target (b, \"odd.\"\" name\"))",
                                             NULL};
    const char *schemas[] = {"here", NULL};
    run(statements);
    struct catalog *catalog = read_with(one, (struct catalog_options){.schemas = schemas});
    const char *key = "foreign key table here.t.t_y_x_fkey";
    assert_attribute(catalog, key, ATTRIBUTE_COLUMNS, "[y | x]");
    assert_attribute(catalog, key, ATTRIBUTE_REFERENCED_COLUMNS, "[b | odd.\" name]");
    assert_attribute(catalog, key, ATTRIBUTE_REFERENCES, "there.target");
    assert_true(object_of(catalog, key)->made_up_name);
    exec(one, "SET client_min_messages = error");
    exec(one, "DROP SCHEMA here, there CASCADE");
}

/* The history is left out, but not the names of its columns, to which something may refer. */
static void test_columns_of_the_history_are_named(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE dunlin_history (id bigint PRIMARY KEY)");
    exec(one, "CREATE TABLE runs (run bigint REFERENCES dunlin_history)");
    struct catalog *catalog = read_all();
    assert_null(catalog_find_key(catalog, "table public.dunlin_history"));
    assert_attribute(catalog, "foreign key table public.runs.runs_run_fkey", ATTRIBUTE_REFERENCED_COLUMNS,
                     "[id]");
    exec(one, "DROP TABLE runs, dunlin_history");
}

static void test_columns_have_the_positions_that_are_seen(void **state)
{
    (void)state;
    exec(one, "CREATE TABLE moved (a integer, b integer, c integer, d integer)");
    exec(one, "ALTER TABLE moved DROP COLUMN b");
    exec(one, "ALTER TABLE moved ALTER COLUMN a SET NOT NULL"); /* its row in the catalog is now behind the
                                                                   others */
    exec(one, "ALTER TABLE moved ADD COLUMN e integer");
    struct catalog *catalog = read_all();
    assert_int_equal(object_of(catalog, "column table public.moved.a")->position, 1);
    assert_int_equal(object_of(catalog, "column table public.moved.c")->position, 2);
    assert_int_equal(object_of(catalog, "column table public.moved.d")->position, 3);
    assert_int_equal(object_of(catalog, "column table public.moved.e")->position, 4);
    exec(one, "DROP TABLE moved");
}

/* As minor versions of late 2026 do for every column. */
static void number_columns(int number)
{
    exec(one, arena_printf(work,
                           "UPDATE pg_attribute SET attoptions = '{pg_attver=%d}' WHERE attrelid = "
                           "'numbered'::regclass AND attnum > 0 AND attname <> 'b'",
                           number));
    exec(one,
         arena_printf(work,
                      "UPDATE pg_attribute SET attoptions = '{pg_attver=%d,n_distinct=5}' WHERE attrelid = "
                      "'numbered'::regclass AND attname = 'b'",
                      number));
}

static void test_numbers_of_columns_are_not_options(void **state)
{
    (void)state;
    struct catalog_raw first, second;
    exec(one, "CREATE TABLE numbered (a integer PRIMARY KEY, b integer)");
    exec(one, "CREATE INDEX ON numbered ((a + b))");
    exec(one, "ALTER TABLE numbered ALTER COLUMN b SET (n_distinct = 5)");
    const char *before = fingerprint();
    number_columns(29687192);
    assert_string_equal(fingerprint(), before);
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "column table public.numbered.a", ATTRIBUTE_OPTIONS, "-");
    assert_attribute(catalog, "column table public.numbered.b", ATTRIBUTE_OPTIONS, "[n_distinct=5]");
    assert_true(engine_postgres.catalog->read_raw(one, work, &first, error));
    number_columns(5);
    assert_true(engine_postgres.catalog->read_raw(one, work, &second, error));
    assert_true(catalog_raw_is_same(&first, &second));
    exec(one, "DROP TABLE numbered");
}

static void test_what_is_special_about_keys(void **state)
{
    (void)state;
    static const char *const statements[] = {
        "CREATE TABLE k (t text, c text COLLATE \"C\", v varchar(9), bits varbit, a integer[], i integer)",
        "CREATE INDEX plain ON k (t, v, a, i)",
        "CREATE INDEX kept ON k (c)",
        "CREATE INDEX other ON k (c COLLATE \"default\", t COLLATE \"POSIX\")",
        "CREATE INDEX patterns ON k (v varchar_pattern_ops, i)",
        "CREATE INDEX own ON k (bits bit_ops)",
        "CREATE INDEX expressions ON k (i, (lower(t) || 'x') DESC, abs(i)) INCLUDE (v)",
        "CREATE INDEX targets ON k ((i + 1), (i + 2))",
        "ALTER INDEX targets ALTER COLUMN 2 SET STATISTICS 7",
        NULL};
    run(statements);
    struct catalog *catalog = read_all();
    assert_attribute(catalog, "index table public.k.plain", ATTRIBUTE_OPERATOR_CLASSES, "-");
    assert_attribute(catalog, "index table public.k.plain", ATTRIBUTE_COLUMNS, "[t | v | a | i]");
    assert_attribute(catalog, "index table public.k.kept", ATTRIBUTE_COLLATIONS, "-");
    assert_attribute(catalog, "index table public.k.other", ATTRIBUTE_COLLATIONS,
                     "[\"default\" | \"POSIX\"]");
    assert_attribute(catalog, "index table public.k.patterns", ATTRIBUTE_OPERATOR_CLASSES,
                     "[varchar_pattern_ops | ]");
    assert_attribute(catalog, "index table public.k.own", ATTRIBUTE_OPERATOR_CLASSES, "[bit_ops]");
    const char *expressions = "index table public.k.expressions";
    assert_attribute(catalog, expressions, ATTRIBUTE_COLUMNS, "[i | ((lower(t) || 'x'::text)) | (abs(i))]");
    assert_attribute(catalog, expressions, ATTRIBUTE_ORDERS, "[ | DESC | ]");
    assert_attribute(catalog, expressions, ATTRIBUTE_INCLUDED, "[v]");
    assert_attribute(catalog, "index table public.k.targets", ATTRIBUTE_STATISTICS_TARGET, "2: 7");
    exec(one, "DROP TABLE k");
}

static void test_composite_types_need_what_they_are_made_of(void **state)
{
    (void)state;
    exec(one, "CREATE TYPE inner_one AS ENUM ('a')");
    exec(one, "CREATE TYPE outer_one AS (x inner_one[])");
    bool multiranges = one->server_version >= 140000;
    exec(one, multiranges ? "CREATE TYPE span AS RANGE (subtype = float8, multirange_type_name = spans)"
                          : "CREATE TYPE span AS RANGE (subtype = float8)");
    exec(one, multiranges ? "CREATE TABLE uses (o outer_one[], s spans)"
                          : "CREATE TABLE uses (o outer_one[], s span)");
    struct catalog *catalog = read_all();
    assert_true(needs(catalog, "composite type public.outer_one", "enum public.inner_one"));
    assert_true(needs(catalog, "column table public.uses.o", "composite type public.outer_one"));
    assert_true(needs(catalog, "column table public.uses.s", "range type public.span"));
    exec(one, "DROP TABLE uses");
    exec(one, "DROP TYPE span");
    exec(one, "DROP TYPE outer_one");
    exec(one, "DROP TYPE inner_one");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CATALOG_TEST(test_operators_of_the_user_are_not_called),
        CATALOG_TEST(test_columns_of_other_schemas_are_named),
        CATALOG_TEST(test_columns_of_the_history_are_named),
        CATALOG_TEST(test_columns_have_the_positions_that_are_seen),
        CATALOG_TEST(test_numbers_of_columns_are_not_options),
        CATALOG_TEST(test_what_is_special_about_keys),
        CATALOG_TEST(test_composite_types_need_what_they_are_made_of),
    };
    return cmocka_run_group_tests(tests, make_database, drop_database);
}
