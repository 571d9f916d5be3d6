/* Errors: that nothing is lost or mixed up, and where excerpts are cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

static void test_fill(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    assert_int_equal(dun_error_code(error), DUN_OK);
    assert_string_equal(dun_error_message(error), "");
    assert_null(dun_error_hint(error));
    assert_null(dun_error_state(error));
    assert_int_equal(error_get_position(error), -1);

    assert_false(error_set(error, DUN_FAILED, "no table %s", "a"));
    error_hint(error, "make %s", "it");
    error_hint(error, "or not");
    error_state(error, "half");
    error_state(error, "nothing was changed");
    error_at(error, "a.sql", 3, 7);
    error_statement(error, 2, 5);
    error_server(error, "42P01", 7);
    error_position(error, 12);
    error_context(error, "running %d", 1);
    error_code(error, DUN_LOCKED);
    assert_int_equal(dun_error_code(error), DUN_LOCKED);
    assert_string_equal(dun_error_message(error), "running 1: no table a");
    assert_string_equal(dun_error_hint(error), "make it\nor not");
    assert_string_equal(dun_error_state(error), "nothing was changed");
    assert_string_equal(dun_error_file(error), "a.sql");
    assert_int_equal(dun_error_line(error), 3);
    assert_int_equal(dun_error_column(error), 7);
    assert_int_equal(dun_error_statement(error), 2);
    assert_int_equal(dun_error_statement_count(error), 5);
    assert_string_equal(dun_error_sqlstate(error), "42P01");
    assert_int_equal(dun_error_number(error), 7);
    assert_int_equal(error_get_position(error), 12);

    /* Its own texts may be given as arguments; what was known before is forgotten. */
    error_set(error, DUN_FAILED, "%s, again", dun_error_message(error));
    assert_string_equal(dun_error_message(error), "running 1: no table a, again");
    assert_null(dun_error_hint(error));
    assert_null(dun_error_file(error));
    assert_string_equal(dun_error_sqlstate(error), "");
    assert_int_equal(error_get_position(error), -1);

    error_server(error, "much too long", 0);
    assert_string_equal(dun_error_sqlstate(error), "much ");
    error_at(error, dun_error_file(error), 1, 1);
    error_at(error, "x", 1, 1);
    error_at(error, dun_error_file(error), 2, 2);
    assert_string_equal(dun_error_file(error), "x");
    dun_error_free(error);
}

static void test_move(void **state)
{
    (void)state;
    dun_error *a = dun_error_new(), *b = dun_error_new();
    error_set(a, DUN_FAILED, "first");
    error_position(a, 3);
    error_set(b, DUN_LOCKED, "second");
    error_move(b, a);
    assert_string_equal(dun_error_message(b), "first");
    assert_int_equal(error_get_position(b), 3);
    assert_int_equal(dun_error_code(a), DUN_OK);
    assert_int_equal(error_get_position(a), -1);
    error_move(b, b);
    assert_string_equal(dun_error_message(b), "first");
    error_move(NULL, b);
    assert_int_equal(dun_error_code(b), DUN_OK);
    error_move(b, NULL);
    dun_error_free(a);
    dun_error_free(b);
}

static void test_nobody_cares(void **state)
{
    (void)state;
    assert_false(error_set(NULL, DUN_FAILED, "x"));
    error_context(NULL, "x");
    error_hint(NULL, "x");
    error_state(NULL, "x");
    error_at(NULL, "x", 1, 1);
    error_excerpt(NULL, "x", 1, 0);
    error_statement(NULL, 1, 1);
    error_server(NULL, "x", 1);
    error_code(NULL, DUN_FAILED);
    error_position(NULL, 1);
    assert_int_equal(error_get_position(NULL), -1);
    error_move(NULL, NULL);
    dun_error_clear(NULL);
    dun_error_free(NULL);
}

/* The excerpt of `line` for the place after `offset` characters. */
static void assert_excerpt(const char *line, unsigned offset, const char *expected, unsigned expected_offset)
{
    dun_error *error = dun_error_new();
    error_set(error, DUN_FAILED, "x");
    error_excerpt(error, line, strlen(line), offset);
    assert_string_equal(dun_error_excerpt(error), expected);
    assert_int_equal(dun_error_excerpt_offset(error), expected_offset);
    dun_error_free(error);
}

static char *repeated(const char *part, int times)
{
    char *text = calloc(strlen(part), (size_t)times + 1);
    for (int i = 0; i < times; ++i)
        strcat(text, part);
    return text;
}

static void test_excerpt(void **state)
{
    (void)state;
    assert_excerpt("SELECT x", 7, "SELECT x", 7);
    assert_excerpt("SELECT x", 0, "SELECT x", 0);
    assert_excerpt("", 0, "", 0);
    assert_excerpt("a\tb\x01"
                   "c",
                   2, "a b c", 2);
    assert_excerpt("caf\xc3\xa9 x", 5, "caf\xc3\xa9 x", 5); /* characters, not bytes */
    assert_excerpt("abc", 3, "abc", 3);                     /* the end of the line is a place */
    assert_excerpt("abc", 1000, "abc", 3);                  /* what lies behind it is not */
}

static void test_excerpt_is_cut(void **state)
{
    (void)state;
    char expected[1000];
    /* Two bytes a character: 60 of them are kept on each side, none is torn. */
    char *line = repeated("\xc3\xa9", 300), *sixty = repeated("\xc3\xa9", 60);
    snprintf(expected, sizeof expected, "...%s%s...", sixty, sixty);
    assert_excerpt(line, 150, expected, 63);
    snprintf(expected, sizeof expected, "%s...", sixty);
    assert_excerpt(line, 0, expected, 0);
    snprintf(expected, sizeof expected, "%s%s...", sixty, sixty);
    assert_excerpt(line, 60, expected, 60);
    snprintf(expected, sizeof expected, "...%s", sixty);
    assert_excerpt(line, 300, expected, 63);
    assert_excerpt(line, 4000000000U, expected, 63);
    free(line);
    free(sixty);

    /* Bytes that are no UTF-8 do not lead out of the line. */
    line = repeated("\x80", 500);
    assert_excerpt(line, 3, line, 1);
    free(line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fill),           cmocka_unit_test(test_move),
        cmocka_unit_test(test_nobody_cares),   cmocka_unit_test(test_excerpt),
        cmocka_unit_test(test_excerpt_is_cut),
    };
    return cmocka_run_group_tests_name("errors", tests, NULL, NULL);
}
