#include "report/alike.h"
#include "unit/cmocka_main.h"

static const struct alike_group *group(struct alike *alike, const char *text, const char *target,
                                       const char *database)
{
    const char *const names[] = {target, database, NULL};
    return alike_group(alike, text, names);
}

static void names_are_no_difference(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct alike *alike = alike_new(arena);
    assert_int_equal(group(alike, "no table shop_1.items", "u/shop_1", "shop_1")->number, 0);
    assert_false(group(alike, "no table shop_1.items", "u/shop_1", "shop_1")->names_differ);
    const struct alike_group *second = group(alike, "no table \"shop_2\".items", "u/shop_2", "shop_2");
    assert_int_equal(second->number, 0);
    assert_true(second->names_differ);
    assert_false(second->rows_differ);

    /* Only whole names, and only those of the same database. */
    assert_int_equal(group(alike, "no table shop_33.items", "u/shop_3", "shop_3")->number, 1);
    assert_int_equal(group(alike, "no table shop_1.items", "u/shop_4", "shop_4")->number, 0);
    assert_int_equal(group(alike, "no table shop_9.items", "u/shop_5", "shop_5")->number, 2);
    arena_free(arena);
}

/* A database may be called like something that all have. */
static void texts_that_are_the_same_are_alike(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct alike *alike = alike_new(arena);
    assert_int_equal(group(alike, "create table items", "u/shop", "shop")->number, 0);
    const struct alike_group *second = group(alike, "create table items", "u/items", "items");
    assert_int_equal(second->number, 0);
    assert_false(second->names_differ);
    assert_false(second->rows_differ);
    arena_free(arena);
}

/* The name of the target stands beside the text anyway. */
static void the_first_name_is_not_told(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct alike *alike = alike_new(arena);
    group(alike, "nothing differs from sqlite:a.db", "sqlite:a.db", "a.db");
    const struct alike_group *second =
        group(alike, "nothing differs from sqlite:b.db", "sqlite:b.db", "b.db");
    assert_int_equal(second->number, 0);
    assert_false(second->names_differ);
    arena_free(arena);
}

static void numbers_of_rows_are_no_difference(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct alike *alike = alike_new(arena);
    assert_int_equal(group(alike, "gone (about 1,200 rows), 3", "a", "")->number, 0);
    assert_false(group(alike, "gone (about 1,200 rows), 3", "b", "")->rows_differ);
    const struct alike_group *second = group(alike, "gone (1 row), 3", "c", "");
    assert_int_equal(second->number, 0);
    assert_true(second->rows_differ);
    assert_false(second->names_differ);
    assert_int_equal(group(alike, "gone (1 row), 4", "d", "")->number, 1);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_no_difference),
        cmocka_unit_test(texts_that_are_the_same_are_alike),
        cmocka_unit_test(the_first_name_is_not_told),
        cmocka_unit_test(numbers_of_rows_are_no_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
