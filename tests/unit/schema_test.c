/* The catalog model: objects and attributes, its canonical text, and the way to JSON and back. */
#include "unit/test_arena.h"

#include "schema/canonical.h"
#include "schema/snapshot.h"

#include <stdlib.h>
#include <string.h>

/* A small schema; `reversed` adds the same in another order. */
static struct catalog *shop(bool reversed)
{
    static const char *const columns[] = {"id"};
    struct catalog *catalog = catalog_new(arena, "postgresql", "PostgreSQL 15.20");
    struct schema_object *orders = NULL;
    if (reversed)
        orders = catalog_add(catalog, SCHEMA_TABLE, "sales", NULL, "orders");
    struct schema_object *customers = catalog_add(catalog, SCHEMA_TABLE, "sales", NULL, "customers");
    if (!reversed)
        orders = catalog_add(catalog, SCHEMA_TABLE, "sales", NULL, "orders");
    struct schema_object *name = catalog_add(catalog, SCHEMA_COLUMN, NULL, customers, "name");
    struct schema_object *id = catalog_add(catalog, SCHEMA_COLUMN, NULL, customers, "id");
    id->position = 1;
    name->position = 2;
    if (reversed)
        catalog_set(catalog, name, ATTRIBUTE_COMMENT, "what\nthey \\ are called");
    catalog_set(catalog, name, ATTRIBUTE_TYPE, "character varying(50)");
    catalog_set_flag(catalog, name, ATTRIBUTE_NOT_NULL, true);
    catalog_set(catalog, name, ATTRIBUTE_COMMENT, "what\nthey \\ are called");
    struct schema_object *key = catalog_add(catalog, SCHEMA_PRIMARY_KEY, NULL, customers, "customers_pkey");
    catalog_set_list(catalog, key, ATTRIBUTE_COLUMNS, 1, columns);
    key->made_up_name = true;
    struct schema_object *foreign = catalog_add(catalog, SCHEMA_FOREIGN_KEY, NULL, orders, "orders_customer");
    catalog_need(catalog, foreign, key);
    catalog_need(catalog, foreign, customers);
    catalog_need(catalog, foreign, key);
    catalog_need(catalog, foreign, orders);
    customers->rows = reversed ? 7 : 9;
    catalog_add_unmodelled(catalog, "operator", "===");
    return catalog;
}

/* Enough to make all tables grow, with names that have to be escaped. */
static void test_many_objects(void **state)
{
    (void)state;
    enum { MANY = 2000 };
    struct catalog *catalog = catalog_new(arena, "postgresql", "PostgreSQL 15.20");
    struct schema_object *table = catalog_add(catalog, SCHEMA_TABLE, "a.b", NULL, "c\\");
    for (int i = 0; i < MANY; ++i) {
        struct schema_object *column =
            catalog_add(catalog, SCHEMA_COLUMN, NULL, table, arena_printf(arena, "%d.x", i));
        catalog_set(catalog, column, ATTRIBUTE_TYPE, i % 2 ? "integer" : "text");
        catalog_set(catalog, column, ATTRIBUTE_DEFAULT, arena_printf(arena, "%0100d", i));
    }
    assert_null(catalog_add(catalog, SCHEMA_COLUMN, NULL, table, "7.x"));
    assert_null(catalog_find(catalog, SCHEMA_COLUMN, NULL, table, "7"));
    assert_null(catalog_find(catalog, SCHEMA_TABLE, "a", NULL, "b.c\\"));
    assert_int_equal(table->part_count, MANY);
    for (int i = 0; i < MANY; ++i) {
        const char *name = arena_printf(arena, "%d.x", i);
        struct schema_object *column = catalog_find(catalog, SCHEMA_COLUMN, NULL, table, name);
        assert_ptr_equal(column, catalog_find_key(catalog, column->key));
        assert_string_equal(column->name, name);
        assert_string_equal(catalog_text(column, ATTRIBUTE_TYPE), i % 2 ? "integer" : "text");
        assert_string_equal(catalog_text(column, ATTRIBUTE_DEFAULT), arena_printf(arena, "%0100d", i));
    }
}

static void test_objects(void **state)
{
    (void)state;
    struct catalog *catalog = shop(false);
    struct schema_object *customers = catalog_find(catalog, SCHEMA_TABLE, "sales", NULL, "customers");
    assert_non_null(customers);
    assert_null(catalog_find(catalog, SCHEMA_VIEW, "sales", NULL, "customers"));
    assert_null(catalog_find(catalog, SCHEMA_TABLE, NULL, NULL, "customers"));
    assert_null(catalog_add(catalog, SCHEMA_TABLE, "sales", NULL, "customers"));
    assert_int_equal(customers->part_count, 3);
    struct schema_object *name = catalog_find(catalog, SCHEMA_COLUMN, NULL, customers, "name");
    assert_string_equal(catalog_full_name(catalog, name), "sales.customers.name");
    assert_string_equal(catalog_text(name, ATTRIBUTE_NOT_NULL), "yes");
    catalog_set_flag(catalog, name, ATTRIBUTE_NOT_NULL, false);
    assert_null(catalog_value(name, ATTRIBUTE_NOT_NULL));
    assert_string_equal(catalog_text(name, ATTRIBUTE_TYPE), "character varying(50)");
    struct schema_object *orders = catalog_find(catalog, SCHEMA_TABLE, "sales", NULL, "orders");
    struct schema_object *foreign =
        catalog_find(catalog, SCHEMA_FOREIGN_KEY, NULL, orders, "orders_customer");
    assert_int_equal(foreign->need_count, 2);
}

/* Whatever the names are, two objects never share a key. */
static void test_keys(void **state)
{
    (void)state;
    struct catalog *catalog = catalog_new(arena, "sqlite", "SQLite");
    assert_non_null(catalog_add(catalog, SCHEMA_TABLE, "a", NULL, "b.c"));
    assert_non_null(catalog_add(catalog, SCHEMA_TABLE, "a.b", NULL, "c"));
    assert_non_null(catalog_add(catalog, SCHEMA_TABLE, NULL, NULL, "a.b.c"));
    assert_non_null(catalog_add(catalog, SCHEMA_TABLE, "a\\", NULL, "b"));
    assert_non_null(catalog_add(catalog, SCHEMA_TABLE, NULL, NULL, "a\\.b"));
    assert_non_null(catalog_add(catalog, SCHEMA_TABLE, "a", NULL, "b"));
}

static void test_order_does_not_matter(void **state)
{
    (void)state;
    char one[FINGERPRINT_LENGTH + 1], other[FINGERPRINT_LENGTH + 1];
    struct catalog *catalog = shop(true);
    canonical_fingerprint(shop(false), one);
    canonical_fingerprint(catalog, other);
    assert_string_equal(one, other);
    catalog_set(catalog, catalog_find(catalog, SCHEMA_TABLE, "sales", NULL, "orders"), ATTRIBUTE_COMMENT, "");
    canonical_fingerprint(catalog, other);
    assert_string_not_equal(one, other);
}

static void test_snapshot(void **state)
{
    (void)state;
    struct catalog *catalog = shop(false), *again = NULL;
    catalog_sort(catalog);
    char *text = snapshot_write(catalog);
    dun_error *error = dun_error_new();
    if (!snapshot_read(arena, "x.json", text, strlen(text), &again, error))
        fail_msg("%s", dun_error_message(error));
    char *second = snapshot_write(again);
    assert_string_equal(text, second);
    char one[FINGERPRINT_LENGTH + 1], other[FINGERPRINT_LENGTH + 1];
    canonical_fingerprint(catalog, one);
    canonical_fingerprint(again, other);
    assert_string_equal(one, other);
    free(text);
    free(second);
    dun_error_free(error);
}

static void expect_refused(const char *text, const char *message)
{
    struct catalog *catalog = NULL;
    dun_error *error = dun_error_new();
    assert_false(snapshot_read(arena, "x.json", text, strlen(text), &catalog, error));
    assert_null(catalog);
    assert_int_equal(dun_error_code(error), DUN_BAD_INPUT);
    if (!strstr(dun_error_message(error), message))
        fail_msg("%s", dun_error_message(error));
    assert_string_equal(dun_error_file(error), "x.json");
    dun_error_free(error);
}

#define HEAD "{\"dunlin\": \"snapshot\", \"format\": 1, \"objects\": "

static void test_bad_snapshots(void **state)
{
    (void)state;
    expect_refused("{", "is not JSON");
    expect_refused("[]", "does not say that it is a snapshot");
    expect_refused("{\"dunlin\": \"snapshot\", \"format\": 2}", "newer dunlin");
    expect_refused(HEAD "[{\"kind\": \"tabel\", \"name\": \"a\"}]}", "a kind that this dunlin does not know");
    expect_refused(HEAD "[{\"kind\": \"table\", \"name\": \"a\", \"attributes\": {\"x\": \"y\"}}]}",
                   "an attribute that this dunlin does not know");
    expect_refused(HEAD "[{\"kind\": \"table\", \"name\": \"a\"}, {\"kind\": \"table\", \"name\": \"a\"}]}",
                   "it is there twice");
    expect_refused(
        HEAD "[{\"kind\": \"table\", \"name\": \"a\", \"key\": \"table a\", \"needs\": [\"table b\"]}]}",
        "it needs something that is not there");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_objects, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_many_objects, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_keys, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_order_does_not_matter, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_snapshot, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_bad_snapshots, setup_arena, teardown_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
