/* Catalogs as bytes and back, and copies of them: whole, in part, with other names. */
#include "unit/cmocka_main.h"

#include "schema/canonical.h"
#include "schema/copy.h"
#include "schema/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena *arena;

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

static struct catalog *shop(void)
{
    static const char *const columns[] = {"id", "name"};
    struct catalog *catalog = catalog_new(arena, "postgresql", "PostgreSQL 15.20");
    struct schema_object *public = catalog_add(catalog, SCHEMA_SCHEMA, NULL, NULL, "public");
    struct schema_object *table = catalog_add(catalog, SCHEMA_TABLE, "public", NULL, "customers");
    struct schema_object *id = catalog_add(catalog, SCHEMA_COLUMN, NULL, table, "id");
    struct schema_object *name = catalog_add(catalog, SCHEMA_COLUMN, NULL, table, "name");
    struct schema_object *key = catalog_add(catalog, SCHEMA_PRIMARY_KEY, NULL, table, "customers_pkey");
    struct schema_object *view = catalog_add(catalog, SCHEMA_VIEW, "public", NULL, "names");
    id->position = 1;
    name->position = 300;
    table->rows = 1234567;
    table->text = "CREATE TABLE customers (id bigint PRIMARY KEY /* a number */, name text)";
    key->made_up_name = true;
    catalog_set(catalog, id, ATTRIBUTE_TYPE, "bigint");
    catalog_set(catalog, name, ATTRIBUTE_TYPE, "text");
    catalog_set(catalog, name, ATTRIBUTE_COMMENT, "");
    catalog_set_list(catalog, key, ATTRIBUTE_COLUMNS, 2, columns);
    catalog_set_list(catalog, view, ATTRIBUTE_OPTIONS, 0, NULL);
    catalog_set(catalog, view, ATTRIBUTE_DEFINITION, "SELECT name FROM public.customers");
    catalog_need(catalog, table, public);
    catalog_need(catalog, key, id);
    catalog_need(catalog, view, name);
    catalog_need(catalog, view, table);
    catalog_add_unmodelled(catalog, "operator", "===");
    catalog_sort(catalog);
    return catalog;
}

static void assert_same(struct catalog *one, struct catalog *other)
{
    struct str a = STR_INIT, b = STR_INIT;
    canonical_text(&a, one);
    canonical_text(&b, other);
    assert_string_equal(str_text(&a), str_text(&b));
    str_free(&a);
    str_free(&b);
}

static void written_and_read(void **state)
{
    (void)state;
    struct catalog *catalog = shop();
    struct str bytes = STR_INIT;
    size_t count;
    store_write(&bytes, catalog);
    struct catalog *again = store_read(arena, bytes.data, bytes.length);
    assert_non_null(again);
    assert_same(catalog, again);
    assert_string_equal(catalog_engine(again), "postgresql");
    assert_string_equal(catalog_server(again), "PostgreSQL 15.20");
    const struct schema_object *table = catalog_find_key(again, "table public.customers");
    assert_int_equal(table->rows, 1234567);
    assert_string_equal(table->text, catalog_find_key(catalog, "table public.customers")->text);
    assert_null(table->parts[0]->text);
    assert_int_equal(table->parts[1]->position, 300);
    assert_true(catalog_find(again, SCHEMA_PRIMARY_KEY, NULL, table, "customers_pkey")->made_up_name);
    const struct schema_value *options =
        catalog_value(catalog_find_key(again, "view public.names"), ATTRIBUTE_OPTIONS);
    assert_true(options->list);
    assert_int_equal(options->count, 0);
    const struct schema_unmodelled *unmodelled = catalog_unmodelled(again, &count);
    assert_int_equal(count, 1);
    assert_string_equal(unmodelled[0].name, "===");

    struct catalog *nothing = catalog_new(arena, NULL, NULL);
    str_clear(&bytes);
    store_write(&bytes, nothing);
    again = store_read(arena, bytes.data, bytes.length);
    assert_non_null(again);
    assert_null(catalog_engine(again));
    str_free(&bytes);
}

/* Whatever byte is another one, or missing: it is no catalog. */
static void damaged(void **state)
{
    (void)state;
    struct str bytes = STR_INIT;
    store_write(&bytes, shop());
    for (size_t i = 0; i < bytes.length; ++i) {
        assert_null(store_read(arena, bytes.data, i));
        bytes.data[i] ^= 0x20;
        assert_null(store_read(arena, bytes.data, bytes.length));
        bytes.data[i] ^= 0x20;
    }
    assert_non_null(store_read(arena, bytes.data, bytes.length));
    str_free(&bytes);
}

/* With a sum that fits, each byte in turn: it is refused, or read as another catalog that can be written. */
static void wrong_inside(void **state)
{
    (void)state;
    struct str bytes = STR_INIT;
    store_write(&bytes, shop());
    for (size_t i = 0; i < bytes.length; ++i)
        for (int value = 0; value < 256; value += 5) {
            char kept = bytes.data[i];
            bytes.data[i] = (char)value;
            store_seal(bytes.data, bytes.length);
            struct catalog *other = store_read(arena, bytes.data, bytes.length);
            if (other) {
                struct str again = STR_INIT;
                store_write(&again, other);
                assert_non_null(store_read(arena, again.data, again.length));
                str_free(&again);
            }
            bytes.data[i] = kept;
        }
    for (size_t length = 0; length < bytes.length; ++length) {
        char *cut = malloc(length + 1);
        memcpy(cut, bytes.data, length);
        store_seal(cut, length);
        assert_null(store_read(arena, cut, length));
        free(cut);
    }
    str_free(&bytes);
}

/* The fuzzer begins with these: where they no longer reach the end, it tries next to nothing. After a change
 * of the format, write them anew: they are what dunlin keeps in its cache for definitions with some of
 * everything. */
static void kept_for_the_fuzzer(void **state)
{
    static const char *const names[] = {"shop_mysql", "shop_postgresql", "shop_sqlite"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
        static char bytes[65536];
        FILE *file = fopen(arena_printf(arena, "fuzz/corpus/store/%s", names[i]), "rb");
        assert_non_null(file);
        size_t length = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        store_seal(bytes, length);
        assert_non_null(store_read(arena, bytes, length));
    }
}

static void copied_whole(void **state)
{
    (void)state;
    struct catalog *catalog = shop();
    struct catalog *copy = catalog_copy(arena, catalog, &(struct catalog_copying){0});
    size_t count;
    assert_same(catalog, copy);
    catalog_unmodelled(copy, &count);
    assert_int_equal(count, 1);
    assert_non_null(catalog_find_key(copy, "table public.customers")->text);
}

static bool keeps_no_key(const struct schema_object *object, const void *user)
{
    (void)user;
    return object->kind != SCHEMA_PRIMARY_KEY && object->kind != SCHEMA_SCHEMA;
}

static void copied_in_part(void **state)
{
    (void)state;
    size_t count;
    struct catalog *copy = catalog_copy(arena, shop(), &(struct catalog_copying){.keeps = keeps_no_key});
    catalog_objects(copy, &count);
    assert_int_equal(count, 4);
    assert_int_equal(catalog_find_key(copy, "table public.customers")->need_count, 0);
    assert_int_equal(catalog_find_key(copy, "table public.customers")->part_count, 2);
    assert_null(catalog_find_key(copy, "table public.customers")->text); /* it tells of the key */
    assert_int_equal(catalog_find_key(copy, "view public.names")->need_count, 2);
}

static void copied_with_other_text(void **state)
{
    (void)state;
    const struct catalog_copying copying = {.text = "public", .replacement = "shop"};
    struct catalog *copy = catalog_copy(arena, shop(), &copying);
    assert_null(catalog_find_key(copy, "table public.customers"));
    assert_non_null(catalog_find_key(copy, "schema shop"));
    assert_string_equal(catalog_text(catalog_find_key(copy, "view shop.names"), ATTRIBUTE_DEFINITION),
                        "SELECT name FROM shop.customers");
}

static bool renames_name(const struct schema_object *object, struct catalog_name *name, const void *user)
{
    bool renamed = object->kind == SCHEMA_COLUMN && strcmp(object->name, "name") == 0;
    if (renamed)
        name->name = user;
    return renamed;
}

static void copied_with_renames(void **state)
{
    (void)state;
    const struct catalog_copying copying = {.renames = renames_name, .user = "title"};
    struct catalog *copy = catalog_copy(arena, shop(), &copying);
    const struct schema_object *column = catalog_find_key(copy, "column table public.customers.title");
    assert_non_null(column);
    assert_string_equal(column->renamed_from, "name");
    assert_ptr_equal(catalog_find_key(copy, "view public.names")->needs[1], column);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(written_and_read, setup, teardown),
        cmocka_unit_test_setup_teardown(damaged, setup, teardown),
        cmocka_unit_test_setup_teardown(wrong_inside, setup, teardown),
        cmocka_unit_test_setup_teardown(kept_for_the_fuzzer, setup, teardown),
        cmocka_unit_test_setup_teardown(copied_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(copied_in_part, setup, teardown),
        cmocka_unit_test_setup_teardown(copied_with_other_text, setup, teardown),
        cmocka_unit_test_setup_teardown(copied_with_renames, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
