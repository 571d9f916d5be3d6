#include "base/arena.h"
#include "base/str.h"
#include "report/line_diff.h"
#include "unit/cmocka_main.h"

/* Each line with its mark before it. */
static void expect_diff(const char *first, const char *second, const char *expected)
{
    struct arena *arena = arena_new();
    struct str text = STR_INIT;
    size_t count;
    const struct line_diff_line *lines = line_diff(arena, first, second, &count);
    for (size_t i = 0; i < count; ++i)
        str_printf(&text, "%c%.*s\n", lines[i].mark, (int)lines[i].length, lines[i].text);
    assert_string_equal(str_text(&text), expected);
    str_free(&text);
    arena_free(arena);
}

static void lines_of_both(void **state)
{
    (void)state;
    expect_diff("a\nb\nc", "a\nx\nc", " a\n-b\n+x\n c\n");
    expect_diff("a\nb\n", "a\nb\n", "@...\n");
    expect_diff("a\r\nb\r\n", "a\nb\nc\n", " a\n b\n+c\n");
    expect_diff("a\nb", "b\nc", "-a\n b\n+c\n");
    expect_diff("a\n\nb", "a\nb\n", " a\n-\n b\n");
}

static void nothing(void **state)
{
    (void)state;
    expect_diff("", "a\nb", "+a\n+b\n");
    expect_diff("a\nb", "", "-a\n-b\n");
    expect_diff("", "", "");
}

static void far_lines_are_left_out(void **state)
{
    (void)state;
    expect_diff("1\n2\n3\n4\n5\n6\n7\n8\n9", "1\n2\n3\n4\n5\n6\n7\n8\nx", "@...\n 6\n 7\n 8\n-9\n+x\n");
    expect_diff("x\n2\n3\n4\n5\n6", "1\n2\n3\n4\n5\n6", "-x\n+1\n 2\n 3\n 4\n@...\n");
}

static void long_lines_are_broken_alike(void **state)
{
    (void)state;
    expect_diff("SELECT a, b FROM t WHERE a > 1", "SELECT a, c FROM t WHERE a > 1",
                " SELECT a,\n-b\n+c\n FROM t\n WHERE a > 1\n");
    expect_diff("select a from t where x", "select a\nfrom t\nwhere y",
                " select a\n from t\n-where x\n+where y\n");
    expect_diff("select `a`,`b` from `t`", "select `a`,`c` from `t`",
                " select `a`,\n-`b`\n+`c`\n from `t`\n");
    /* Not every FROM is a word. */
    expect_diff("fromage FROM t", "fromage FROM u", " fromage\n-FROM t\n+FROM u\n");
}

static void large_texts_take_no_square(void **state)
{
    (void)state;
    struct str first = STR_INIT, second = STR_INIT;
    for (int i = 0; i < 5000; ++i) {
        str_printf(&first, "a%d\n", i);
        str_printf(&second, "b%d\n", i);
    }
    struct arena *arena = arena_new();
    size_t count;
    line_diff(arena, str_text(&first), str_text(&second), &count);
    assert_int_equal(count, 10000);
    arena_free(arena);
    str_free(&first);
    str_free(&second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_both),
        cmocka_unit_test(nothing),
        cmocka_unit_test(far_lines_are_left_out),
        cmocka_unit_test(long_lines_are_broken_alike),
        cmocka_unit_test(large_texts_take_no_square),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
