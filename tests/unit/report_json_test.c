/* The JSON of all reports, to the byte: its shapes are a promise of <dunlin/report.h>. */
#include "base/error.h"
#include "unit/report_doubles.h"

#include <dunlin/report.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const dun_report_options json = {DUN_FORMAT_JSON, true, true, 0};

static void expect(char *text, const char *expected)
{
    assert_string_equal(text, expected);
    free(text);
}

static void whole_error(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    error_set(error, DUN_FAILED, "near \"x\"");
    error_at(error, "a.sql", 3, 8);
    error_excerpt(error, "SELECT x", 8, 7);
    error_server(error, "42000", 1064);
    error_statement(error, 2, 5);
    error_hint(error, "h");
    error_state(error, "s");
    expect(dun_report_error(error, &json), "{\n"
                                           "  \"error\": {\n"
                                           "    \"code\": 1,\n"
                                           "    \"message\": \"near \\\"x\\\"\",\n"
                                           "    \"hint\": \"h\",\n"
                                           "    \"state\": \"s\",\n"
                                           "    \"file\": \"a.sql\",\n"
                                           "    \"line\": 3,\n"
                                           "    \"column\": 8,\n"
                                           "    \"excerpt\": \"SELECT x\",\n"
                                           "    \"excerpt_offset\": 7,\n"
                                           "    \"statement\": 2,\n"
                                           "    \"statements\": 5,\n"
                                           "    \"sqlstate\": \"42000\",\n"
                                           "    \"number\": 1064\n"
                                           "  }\n"
                                           "}\n");
    dun_error_free(error);
}

static void bare_error(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    error_set(error, DUN_LOCKED, "locked");
    expect(dun_report_error(error, &json), "{\n"
                                           "  \"error\": {\n"
                                           "    \"code\": 75,\n"
                                           "    \"message\": \"locked\",\n"
                                           "    \"hint\": null,\n"
                                           "    \"state\": null,\n"
                                           "    \"file\": null,\n"
                                           "    \"line\": null,\n"
                                           "    \"column\": null,\n"
                                           "    \"excerpt\": null,\n"
                                           "    \"excerpt_offset\": null,\n"
                                           "    \"statement\": null,\n"
                                           "    \"statements\": null,\n"
                                           "    \"sqlstate\": null,\n"
                                           "    \"number\": null\n"
                                           "  }\n"
                                           "}\n");
    dun_error_free(error);
}

static void message_that_is_no_utf8(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"gr\xFC\xDF"
         "e",
         "gr\uFFFD\uFFFDe"},
        {"\xC3", "\uFFFD"},
        {"ä\xE2\x82", "ä\uFFFD\uFFFD"},
        {"\xC0\xAF\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"},
        {"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
        {"\xE0\x80\x80", "\uFFFD\uFFFD\uFFFD"},
        {"\xF0\x9F\x90\xA6\xFF", "\U0001F426\uFFFD"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        char expected[200];
        snprintf(expected, sizeof expected, "{\n  \"file\": null,\n  \"message\": \"%s\"\n}\n",
                 cases[i].expected);
        expect(dun_report_warning(&(dun_warning){NULL, cases[i].text}, &json), expected);
    }
}

static const dun_migration migration = {
    .version = "20240101",
    .name = "orders",
    .state = DUN_APPLIED,
    .changed = true,
    .up_file = "m/20240101_orders.up.sql",
    .down_file = "m/20240101_orders.down.sql",
    .checksum = "0123",
    .applied_at = "2024-01-31 10:02:11.123",
    .applied_by = "lynn@host",
    .commit_id = "fedc",
    .elapsed_ms = 12,
    .statements = 3,
    .done = 3,
};

#define MIGRATION                                            \
    "    {\n"                                                \
    "      \"version\": \"20240101\",\n"                     \
    "      \"name\": \"orders\",\n"                          \
    "      \"state\": \"applied\",\n"                        \
    "      \"baseline\": false,\n"                           \
    "      \"changed\": true,\n"                             \
    "      \"missing\": false,\n"                            \
    "      \"out_of_order\": false,\n"                       \
    "      \"file\": \"m/20240101_orders.up.sql\",\n"        \
    "      \"down_file\": \"m/20240101_orders.down.sql\",\n" \
    "      \"checksum\": \"0123\",\n"                        \
    "      \"applied_at\": \"2024-01-31 10:02:11.123\",\n"   \
    "      \"applied_by\": \"lynn@host\",\n"                 \
    "      \"commit\": \"fedc\",\n"                          \
    "      \"elapsed_ms\": 12,\n"                            \
    "      \"statements\": 3,\n"                             \
    "      \"done\": 3\n"                                    \
    "    }"

static void whole_status(void **state)
{
    (void)state;
    const dun_migration migrations[] = {
        migration,
        {.version = "2", .name = "b", .state = DUN_IN_DOUBT, .elapsed_ms = -1, .statements = 5, .done = 2},
    };
    const dun_warning warning = {"m/notes.txt", "not a migration"};
    dun_status status = {.migrations = migrations,
                         .count = 2,
                         .warnings = &warning,
                         .warning_count = 1,
                         .doubt = "ALTER TABLE c",
                         .doubt_file = "m/2_b.up.sql",
                         .doubt_line = 3,
                         .doubt_column = 1};
    expect(dun_report_status(&status, &json), "{\n"
                                              "  \"target\": \"sqlite:shop.db\",\n"
                                              "  \"applied\": 1,\n"
                                              "  \"pending\": 0,\n"
                                              "  \"migrations\": [\n" MIGRATION ",\n"
                                              "    {\n"
                                              "      \"version\": \"2\",\n"
                                              "      \"name\": \"b\",\n"
                                              "      \"state\": \"in doubt\",\n"
                                              "      \"baseline\": false,\n"
                                              "      \"changed\": false,\n"
                                              "      \"missing\": false,\n"
                                              "      \"out_of_order\": false,\n"
                                              "      \"file\": null,\n"
                                              "      \"down_file\": null,\n"
                                              "      \"checksum\": null,\n"
                                              "      \"applied_at\": null,\n"
                                              "      \"applied_by\": null,\n"
                                              "      \"commit\": null,\n"
                                              "      \"elapsed_ms\": null,\n"
                                              "      \"statements\": 5,\n"
                                              "      \"done\": 2\n"
                                              "    }\n"
                                              "  ],\n"
                                              "  \"warnings\": [\n"
                                              "    {\n"
                                              "      \"file\": \"m/notes.txt\",\n"
                                              "      \"message\": \"not a migration\"\n"
                                              "    }\n"
                                              "  ],\n"
                                              "  \"in_doubt\": {\n"
                                              "    \"statement\": \"ALTER TABLE c\",\n"
                                              "    \"file\": \"m/2_b.up.sql\",\n"
                                              "    \"line\": 3,\n"
                                              "    \"column\": 1\n"
                                              "  }\n"
                                              "}\n");
}

static void empty_status(void **state)
{
    (void)state;
    expect(dun_report_status(&(dun_status){0}, &json), "{\n"
                                                       "  \"target\": \"sqlite:shop.db\",\n"
                                                       "  \"applied\": 0,\n"
                                                       "  \"pending\": 0,\n"
                                                       "  \"migrations\": [],\n"
                                                       "  \"warnings\": [],\n"
                                                       "  \"in_doubt\": null\n"
                                                       "}\n");
}

static void whole_run(void **state)
{
    (void)state;
    dun_run run = {.direction = DUN_UP, .migrations = &migration, .count = 1, .planned = 2, .remaining = 1};
    expect(dun_report_run(&run, NULL, &json), "{\n"
                                              "  \"target\": \"sqlite:shop.db\",\n"
                                              "  \"direction\": \"up\",\n"
                                              "  \"planned\": 2,\n"
                                              "  \"remaining\": 1,\n"
                                              "  \"migrations\": [\n" MIGRATION "\n"
                                              "  ],\n"
                                              "  \"warnings\": [],\n"
                                              "  \"sql\": null,\n"
                                              "  \"error\": null\n"
                                              "}\n");
}

static void dry_run(void **state)
{
    (void)state;
    dun_run run = {.direction = DUN_DOWN, .planned = 1, .remaining = 2, .sql = "DROP TABLE a;\n"};
    expect(dun_report_run(&run, NULL, &json), "{\n"
                                              "  \"target\": \"sqlite:shop.db\",\n"
                                              "  \"direction\": \"down\",\n"
                                              "  \"planned\": 1,\n"
                                              "  \"remaining\": 2,\n"
                                              "  \"migrations\": [],\n"
                                              "  \"warnings\": [],\n"
                                              "  \"sql\": \"DROP TABLE a;\\n\",\n"
                                              "  \"error\": null\n"
                                              "}\n");
}

static void failed_run(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    error_set(error, DUN_INTERRUPTED, "interrupted");
    char *text = dun_report_run(&(dun_run){.direction = DUN_BASELINE}, error, &json);
    assert_non_null(strstr(text, "\"direction\": \"baseline\""));
    assert_non_null(strstr(text, "  \"error\": {\n    \"code\": 130,\n    \"message\": \"interrupted\",\n"));
    free(text);
    dun_error_free(error);
}

static void new_files(void **state)
{
    (void)state;
    expect(dun_report_new("m/1_a.up.sql", "m/1_a.down.sql", &json),
           "{\n  \"file\": \"m/1_a.up.sql\",\n  \"down_file\": \"m/1_a.down.sql\"\n}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_error),
        cmocka_unit_test(bare_error),
        cmocka_unit_test(message_that_is_no_utf8),
        cmocka_unit_test(whole_status),
        cmocka_unit_test(empty_status),
        cmocka_unit_test(whole_run),
        cmocka_unit_test(dry_run),
        cmocka_unit_test(failed_run),
        cmocka_unit_test(new_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
