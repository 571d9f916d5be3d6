/* Where objects of a catalog are defined, told from the names in definitions; and which object an annotation
 * means. */
#include "unit/cmocka_main.h"

#include "source/locate.h"

#include <string.h>

static struct arena *arena;
static struct source_definitions *definitions;
static struct catalog *catalog;

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void begin(enum sql_dialect dialect)
{
    definitions = source_definitions_new(arena, dialect);
    catalog = catalog_new(arena, "any", "any");
}

static void add_file(const char *path, const char *text)
{
    dun_error *error = dun_error_new();
    if (!source_definitions_add(definitions, path, path, text, strlen(text), error))
        fail_msg("%s: %s", path, dun_error_message(error));
    dun_error_free(error);
}

static struct schema_object *add(enum schema_kind kind, const char *schema, struct schema_object *parent,
                                 const char *name)
{
    return catalog_add(catalog, kind, schema, parent, name);
}

static void expect(const struct schema_object *object, const char *file, unsigned line)
{
    if (!object->file)
        fail_msg("%s is nowhere", object->key);
    assert_string_equal(object->file, file);
    assert_int_equal(object->line, line);
}

static void postgres(void **state)
{
    (void)state;
    begin(SQL_POSTGRESQL);
    add_file("a.sql", "-- first\n"
                      "CREATE TYPE mood AS ENUM ('sad');\n"
                      "CREATE TABLE sales.\"Order\" (\n"
                      "    id bigint,\n"
                      "    price numeric(10, 2) CHECK (price > 0), \"Odd, one\" text,\n"
                      "    CONSTRAINT many CHECK (id IN (1,\n"
                      "        2)),\n"
                      "    PRIMARY KEY (id)\n"
                      ");\n");
    add_file("b.sql", "CREATE INDEX by_price ON sales.\"Order\" (price);\n"
                      "CREATE FUNCTION total(a integer, b text) RETURNS integer LANGUAGE sql AS 'SELECT 1';\n"
                      "CREATE TABLE other.a (id integer);\nCREATE TABLE a (id integer);\n");
    struct schema_object *mood = add(SCHEMA_ENUM, "public", NULL, "mood");
    struct schema_object *table = add(SCHEMA_TABLE, "sales", NULL, "Order");
    struct schema_object *id = add(SCHEMA_COLUMN, NULL, table, "id");
    struct schema_object *price = add(SCHEMA_COLUMN, NULL, table, "price");
    struct schema_object *odd = add(SCHEMA_COLUMN, NULL, table, "Odd, one");
    struct schema_object *many = add(SCHEMA_CHECK, NULL, table, "many");
    struct schema_object *key = add(SCHEMA_PRIMARY_KEY, NULL, table, "Order_pkey");
    struct schema_object *index = add(SCHEMA_INDEX, NULL, table, "by_price");
    struct schema_object *function = add(SCHEMA_FUNCTION, "public", NULL, "total(integer, text)");
    struct schema_object *one = add(SCHEMA_TABLE, "public", NULL, "a"),
                         *other = add(SCHEMA_TABLE, "other", NULL, "a");
    locate_objects(catalog, definitions);
    expect(mood, "a.sql", 2);
    expect(table, "a.sql", 3);
    expect(id, "a.sql", 4);
    expect(price, "a.sql", 5);
    expect(odd, "a.sql", 5);
    expect(many, "a.sql", 6);
    assert_null(key->file); /* nothing says its name */
    expect(index, "b.sql", 1);
    expect(function, "b.sql", 2);
    expect(other, "b.sql", 3);
    assert_null(one->file); /* which of the two is meant, only the server knows */
}

static void mysql(void **state)
{
    (void)state;
    begin(SQL_MYSQL);
    add_file("a.sql", "CREATE TABLE `t` (\n"
                      "    `key` int,\n"
                      "    n int,\n"
                      "    UNIQUE KEY `one` (n),\n"
                      "    KEY two (n)\n"
                      ");\n");
    struct schema_object *table = add(SCHEMA_TABLE, NULL, NULL, "t");
    struct schema_object *column = add(SCHEMA_COLUMN, NULL, table, "key");
    struct schema_object *one = add(SCHEMA_INDEX, NULL, table, "one"),
                         *two = add(SCHEMA_INDEX, NULL, table, "two");
    locate_objects(catalog, definitions);
    expect(table, "a.sql", 1);
    expect(column, "a.sql", 2);
    expect(one, "a.sql", 4);
    expect(two, "a.sql", 5);
}

/* As with lower_case_table_names = 1. */
static void kept_in_lower_case(void **state)
{
    (void)state;
    begin(SQL_MYSQL);
    add_file("a.sql", "CREATE TABLE Clients (Id int);\nCREATE TABLE `One` (Id int);\n"
                      "CREATE TABLE two (Id int);\n");
    struct schema_object *clients = add(SCHEMA_TABLE, NULL, NULL, "clients"),
                         *one = add(SCHEMA_TABLE, NULL, NULL, "One"),
                         *other = add(SCHEMA_TABLE, NULL, NULL, "ONE"),
                         *upper = add(SCHEMA_TABLE, NULL, NULL, "TWO"),
                         *mixed = add(SCHEMA_TABLE, NULL, NULL, "Two");
    locate_objects(catalog, definitions);
    expect(clients, "a.sql", 1);
    expect(one, "a.sql", 2);
    assert_null(other->file);
    assert_null(upper->file); /* either could be meant */
    assert_null(mixed->file);
}

static void annotated(void **state)
{
    (void)state;
    size_t count;
    begin(SQL_POSTGRESQL);
    add_file("a.sql", "-- dunlin: renamed from old\n"
                      "CREATE TABLE t (\n"
                      "    id bigint, -- dunlin: renamed from number\n"
                      "    -- dunlin: renamed from few\n"
                      "    CONSTRAINT many CHECK (id > 0),\n"
                      "    PRIMARY KEY (id) -- dunlin: renamed from key\n"
                      ");\n"
                      "CREATE TABLE lost (id bigint); -- dunlin: renamed from found\n"
                      "CREATE TABLE \"Kept\" (id bigint); -- dunlin: renamed from gone\n");
    struct schema_object *table = add(SCHEMA_TABLE, "public", NULL, "t");
    struct schema_object *id = add(SCHEMA_COLUMN, NULL, table, "id");
    struct schema_object *many = add(SCHEMA_CHECK, NULL, table, "many");
    struct schema_object *kept = add(SCHEMA_TABLE, "public", NULL, "kept");
    struct located_annotation *located = locate_annotations(arena, catalog, definitions, &count);
    assert_int_equal(count, 6);
    assert_ptr_equal(located[0].object, table);
    assert_ptr_equal(located[1].object, id);
    assert_string_equal(located[1].annotation->old_name.parts[0], "number");
    assert_ptr_equal(located[2].object, many);
    assert_null(located[3].object);
    assert_null(located[4].object);            /* the catalog has no such table */
    assert_ptr_equal(located[5].object, kept); /* as a server that keeps names in lower case has it */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(postgres, setup, teardown),
        cmocka_unit_test_setup_teardown(mysql, setup, teardown),
        cmocka_unit_test_setup_teardown(kept_in_lower_case, setup, teardown),
        cmocka_unit_test_setup_teardown(annotated, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
