/* SQL as PostgreSQL writes it, made such that it is written again when it was read. */
#include "unit/test_arena.h"

#include "engine/postgres/catalog_text.h"

static void expect(const char *text, const char *stable)
{
    assert_string_equal(catalog_stable_text(arena, text), stable);
    assert_string_equal(catalog_stable_text(arena, stable), stable);
}

static void test_casts_of_lists(void **state)
{
    (void)state;
    expect("(a = ANY ((ARRAY['x'::character varying, 'y,]'::character varying])::text[]))",
           "(a = ANY (ARRAY[('x'::character varying)::text, ('y,]'::character varying)::text]))");
    expect("(ARRAY[ARRAY['x'::varchar, b], c])::numeric(5,2)[]",
           "ARRAY[ARRAY[('x'::varchar)::numeric(5,2), (b)::numeric(5,2)], (c)::numeric(5,2)]");
    expect("(ARRAY[f((ARRAY[1])::text[], 2)])::\"my[] type\"[] || 1",
           "ARRAY[(f(ARRAY[(1)::text], 2))::\"my[] type\"] || 1");
}

static void test_casts_without_parentheses(void **state)
{
    (void)state;
    expect("a::text = ANY (ARRAY['x'::character varying, a || 'y']::text[])",
           "a::text = ANY (ARRAY['x'::character varying::text, (a || 'y')::text])");
}

static void test_what_stays(void **state)
{
    (void)state;
    static const char *const texts[] = {"'(ARRAY[1])::text[]'",
                                        "(ARRAY[1])::text",
                                        "ARRAY[]::text[]",
                                        "(ARRAY[1])",
                                        "\"ARRAY\"[1]::text[]",
                                        "(ARRAY[1",
                                        "(ARRAY[1])::text[1]",
                                        "(ARRAY['x])::text[]",
                                        "-- (ARRAY[1])::text[]",
                                        "ARRAY[1] || b::text[]",
                                        ""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i)
        expect(texts[i], texts[i]);
    assert_null(catalog_stable_text(arena, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_casts_of_lists, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_casts_without_parentheses, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_what_stays, setup_arena, teardown_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
