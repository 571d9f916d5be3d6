/* Versions of migrations: which texts are one, and how they order. */
#include "unit/cmocka_main.h"

#include "base/arena.h"
#include "source/version.h"

static void test_length(void **state)
{
    (void)state;
    assert_int_equal(version_length("20240131_x"), 8);
    assert_int_equal(version_length("2017-09-23-123456_x"), 17);
    assert_int_equal(version_length("1_x"), 1);
    assert_int_equal(version_length("V1__x"), 0);
    assert_int_equal(version_length("-1_x"), 0);
    assert_int_equal(version_length("1-_x"), 1);
    assert_int_equal(version_length("1--2_x"), 1);
    assert_int_equal(version_length(""), 0);
}

static void test_order(void **state)
{
    static const char *const sorted[] = {
        "0",
        "1",
        "2",
        "10",
        "0099",
        "100",
        "20140924",
        "20140924000000",
        "201409240001",
        "20140924000101",
        "2017-09-23-123456",
        "20180101",
        "2018-01-01-000001",
        "20240131100211",
        "99999999999999",
        "123456789012345",
    };
    (void)state;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof sorted / sizeof *sorted; ++i)
        for (size_t j = 0; j < sizeof sorted / sizeof *sorted; ++j) {
            int order = version_compare(version_key(arena, sorted[i]), version_key(arena, sorted[j]));
            if ((order < 0) != (i < j) || (order == 0) != (i == j))
                fail_msg("%s and %s: %d", sorted[i], sorted[j], order);
        }
    arena_free(arena);
}

static void test_same_version(void **state)
{
    static const char *const same[][2] = {{"2", "02"},
                                          {"2", "0-2"},
                                          {"20140924", "2014-09-24"},
                                          {"20170923123456", "2017-09-23-123456"},
                                          {"0", "000"}};
    (void)state;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof same / sizeof *same; ++i)
        assert_string_equal(version_key(arena, same[i][0]), version_key(arena, same[i][1]));
    arena_free(arena);
}

/* 19991332 is no date, so it is a number like any other. */
static void test_no_date(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(version_key(arena, "19991332"), "19991332");
    assert_string_equal(version_key(arena, "19991231"), "19991231000000.08");
    assert_string_equal(version_key(arena, "18991231"), "18991231");
    assert_string_equal(version_key(arena, "2024013125"), "2024013125");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_length),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_same_version),
        cmocka_unit_test(test_no_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
