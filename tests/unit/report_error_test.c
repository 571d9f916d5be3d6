/* An error as text: every part, and what may not reach a terminal. */
#include "base/error.h"

#include <dunlin/report.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void expect(const dun_error *error, const dun_report_options *options, const char *expected)
{
    char *text = dun_report_error(error, options);
    assert_string_equal(text, expected);
    free(text);
}

static void whole(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    error_set(error, DUN_FAILED, "column \"custmer_id\" does not exist");
    error_at(error, "migrations/20240101_orders.up.sql", 3, 8);
    error_excerpt(error, "SELECT custmer_id FROM orders;", 30, 7);
    error_server(error, "42703", 0);
    error_statement(error, 2, 5);
    error_hint(error, "Perhaps you meant to reference the column \"orders.customer_id\".");
    error_state(error, "nothing of this migration was applied; 3 migrations before it were.");
    expect(error, NULL,
           "error: migrations/20240101_orders.up.sql:3:8: column \"custmer_id\" does not exist\n"
           "   3 | SELECT custmer_id FROM orders;\n"
           "     |        ^\n"
           "  SQLSTATE 42703, statement 2 of 5\n"
           "  hint: Perhaps you meant to reference the column \"orders.customer_id\".\n"
           "  state: nothing of this migration was applied; 3 migrations before it were.\n");
    dun_error_free(error);
}

static void message_alone(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    error_set(error, DUN_NO_CONNECTION, "connection refused");
    expect(error, NULL, "error: connection refused\n");
    dun_error_free(error);
}

static void nothing_failed(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    expect(error, NULL, "");
    dun_error_free(error);
}

static void server_number(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    error_set(error, DUN_FAILED, "syntax");
    error_at(error, "a.sql", 12345, 0);
    error_excerpt(error, "CREATE TABEL", 12, 7);
    error_server(error, "42000", 1064);
    expect(error, NULL,
           "error: a.sql:12345: syntax\n"
           "12345 | CREATE TABEL\n"
           "      |        ^\n"
           "  SQLSTATE 42000, error 1064\n");
    error_server(error, NULL, 19);
    error_statement(error, 7, 0);
    error_at(error, "a.sql", 0, 0);
    expect(error, NULL,
           "error: a.sql: syntax\n"
           "     | CREATE TABEL\n"
           "     |        ^\n"
           "  error 19, statement 7\n");
    dun_error_free(error);
}

static void several_lines(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    error_set(error, DUN_FAILED, "first\r\nsecond\n");
    error_hint(error, "do this");
    error_hint(error, "or that");
    expect(error, NULL, "error: first\n  second\n  hint: do this\n        or that\n");
    dun_error_free(error);
}

static void characters_not_bytes(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    error_set(error, DUN_FAILED, "no");
    error_at(error, "a.sql", 1, 9);
    error_excerpt(error, "SELECT 'äöü' x", strlen("SELECT 'äöü' x"), 13);
    expect(error, NULL,
           "error: a.sql:1:9: no\n"
           "   1 | SELECT 'äöü' x\n"
           "     |              ^\n");
    dun_error_free(error);
}

static void no_control_characters(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    error_set(error, DUN_FAILED,
              "a\033[2Jb\xC2\x9B"
              "c\tä\x7F");
    error_at(error, "x\ny.sql", 0, 0);
    expect(error, NULL, "error: x?y.sql: a?[2Jb?c ä?\n");
    dun_error_free(error);
}

static void colours(void **state)
{
    (void)state;
    dun_report_options options = DUN_REPORT_OPTIONS_INIT;
    options.color = true;
    dun_error *error = dun_error_new();
    error_set(error, DUN_FAILED, "no");
    error_at(error, "a.sql", 1, 2);
    error_excerpt(error, "ab", 2, 1);
    error_hint(error, "do");
    expect(error, &options,
           "\033[31merror:\033[0m \033[1ma.sql:1:2:\033[0m no\n"
           "   1 | ab\n"
           "     |  \033[32m^\033[0m\n"
           "  \033[1mhint:\033[0m do\n");
    dun_error_free(error);
}

static void warnings(void **state)
{
    (void)state;
    char *text = dun_report_warning(&(dun_warning){"migrations/notes.txt", "not a migration"}, NULL);
    assert_string_equal(text, "warning: migrations/notes.txt: not a migration\n");
    free(text);
    text = dun_report_warning(&(dun_warning){NULL, "something"}, NULL);
    assert_string_equal(text, "warning: something\n");
    free(text);
}

static void new_files(void **state)
{
    (void)state;
    char *text = dun_report_new("migrations/1_a.up.sql", "migrations/1_a.down.sql", NULL);
    assert_string_equal(text, "migrations/1_a.up.sql\nmigrations/1_a.down.sql\n");
    free(text);
}

static void set_by_an_application(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    error_set(error, DUN_FAILED, "before");
    error_state(error, "gone");
    assert_false(dun_error_set(error, DUN_USAGE, "100% wrong", "Do it right."));
    assert_int_equal(dun_error_code(error), DUN_USAGE);
    expect(error, NULL, "error: 100% wrong\n  hint: Do it right.\n");
    dun_error_free(error);
    assert_false(dun_error_set(NULL, DUN_USAGE, "nobody cares", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole),
        cmocka_unit_test(message_alone),
        cmocka_unit_test(nothing_failed),
        cmocka_unit_test(server_number),
        cmocka_unit_test(several_lines),
        cmocka_unit_test(characters_not_bytes),
        cmocka_unit_test(no_control_characters),
        cmocka_unit_test(colours),
        cmocka_unit_test(warnings),
        cmocka_unit_test(new_files),
        cmocka_unit_test(set_by_an_application),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
