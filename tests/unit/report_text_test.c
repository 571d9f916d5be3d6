/* Status and runs as text. */
#include "base/error.h"
#include "unit/report_doubles.h"

#include <dunlin/report.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char at[] = "2024-01-31 10:02:11.123";

static void expect_status(const dun_status *status, const dun_report_options *options, const char *expected)
{
    char *text = dun_report_status(status, options);
    assert_string_equal(text, expected);
    free(text);
}

static void expect_run(const dun_run *run, const dun_error *failure, const dun_report_options *options,
                       const char *expected)
{
    char *text = dun_report_run(run, failure, options);
    assert_string_equal(text, expected);
    free(text);
}

static void status_of_nothing(void **state)
{
    (void)state;
    expect_status(&(dun_status){0}, NULL, "There are no migrations, and none is applied.\n");
}

static void status_pending_only(void **state)
{
    (void)state;
    const dun_migration migrations[] = {
        {.version = "1", .name = "a", .state = DUN_PENDING, .checksum = "0123456789abcdef", .elapsed_ms = -1},
        {.version = "10", .name = "", .state = DUN_PENDING, .elapsed_ms = -1},
    };
    expect_status(&(dun_status){.migrations = migrations, .count = 2}, NULL,
                  "state    version  name\n"
                  "pending  1        a\n"
                  "pending  10\n"
                  "\n"
                  "0 applied, 2 pending\n");
}

static void status_of_all_states(void **state)
{
    (void)state;
    const dun_migration migrations[] = {
        {.version = "1",
         .name = "a",
         .state = DUN_APPLIED,
         .baseline = true,
         .applied_at = at,
         .applied_by = "lynn@host"},
        {.version = "20240101",
         .name = "käse",
         .state = DUN_APPLIED,
         .applied_at = at,
         .applied_by = "jo@h",
         .changed = true,
         .checksum = "0123456789abcdef0123456789abcdef01234567",
         .commit_id = "fedcba9876543210"},
        {.version = "20240102",
         .name = "gone",
         .state = DUN_APPLIED,
         .missing = true,
         .applied_at = at,
         .applied_by = "jo@h"},
        {.version = "20240103", .name = "late", .state = DUN_PENDING, .out_of_order = true},
        {.version = "20240104",
         .name = "c",
         .state = DUN_BROKEN,
         .done = 2,
         .statements = 5,
         .applied_at = at,
         .applied_by = "jo@h",
         .changed = true},
        {.version = "20240105",
         .name = "d",
         .state = DUN_RUNNING,
         .done = 1,
         .statements = 9,
         .applied_at = at},
    };
    dun_status status = {.migrations = migrations, .count = 6};
    expect_status(
        &status, NULL,
        "state    version   name  at (UTC)             by         notes\n"
        "applied  1         a     2024-01-31 10:02:11  lynn@host  baseline\n"
        "applied  20240101  käse  2024-01-31 10:02:11  jo@h       file changed\n"
        "applied  20240102  gone  2024-01-31 10:02:11  jo@h       file missing\n"
        "pending  20240103  late                                  out of order\n"
        "failed   20240104  c     2024-01-31 10:02:11  jo@h       2 of 5 statements done, file changed\n"
        "running  20240105  d     2024-01-31 10:02:11             1 of 9 statements done\n"
        "\n"
        "3 applied, 1 pending, 1 failed, 1 running, 2 changed, 1 missing, 1 out of order\n");
    status.count = 2;
    dun_report_options verbose = {DUN_FORMAT_TEXT, false, true, 0};
    expect_status(
        &status, &verbose,
        "target: sqlite:shop.db\n"
        "\n"
        "state    version   name  at (UTC)             by         checksum    commit      notes\n"
        "applied  1         a     2024-01-31 10:02:11  lynn@host                          baseline\n"
        "applied  20240101  käse  2024-01-31 10:02:11  jo@h       0123456789  fedcba9876  file changed\n"
        "\n"
        "2 applied, 0 pending, 1 changed\n");
}

static void status_in_doubt(void **state)
{
    (void)state;
    const dun_migration migration = {.version = "2",
                                     .name = "c",
                                     .state = DUN_IN_DOUBT,
                                     .done = 2,
                                     .statements = 5,
                                     .applied_at = at,
                                     .applied_by = "jo@h"};
    dun_status status = {.migrations = &migration,
                         .count = 1,
                         .doubt = "ALTER TABLE c\n  ADD x int",
                         .doubt_file = "migrations/2_c.up.sql",
                         .doubt_line = 3,
                         .doubt_column = 1};
    expect_status(
        &status, NULL,
        "state     version  name  at (UTC)             by    notes\n"
        "in doubt  2        c     2024-01-31 10:02:11  jo@h  interrupted in statement 3 of 5\n"
        "\n"
        "0 applied, 0 pending, 1 in doubt\n"
        "\n"
        "in doubt: migrations/2_c.up.sql:3:1\n"
        "    ALTER TABLE c\n"
        "      ADD x int\n"
        "\n"
        "This statement was interrupted, and nobody knows whether it has taken effect. Look, and then say\n"
        "  dunlin migrate resume --done     when it has\n"
        "  dunlin migrate resume --again    when it has not\n");
}

static void status_in_colour(void **state)
{
    (void)state;
    const dun_migration migration = {
        .version = "2", .name = "c\033", .state = DUN_PENDING, .out_of_order = true};
    dun_report_options colour = {DUN_FORMAT_TEXT, true, false, 0};
    expect_status(&(dun_status){.migrations = &migration, .count = 1}, &colour,
                  "\033[2mstate\033[0m    \033[2mversion\033[0m  \033[2mname\033[0m  \033[2mnotes\033[0m\n"
                  "\033[33mpending\033[0m  2        c?    \033[31mout of order\033[0m\n"
                  "\n"
                  "0 applied, 1 pending, 1 out of order\n");
}

/* The widest column gives way, by characters and not by bytes; then the end of the line is cut. */
static void status_in_columns(void **state)
{
    (void)state;
    const dun_migration migrations[] = {
        {.version = "1", .name = "größe_käse_äöü", .state = DUN_PENDING, .out_of_order = true},
        {.version = "2", .name = "größe_käse", .state = DUN_PENDING},
    };
    const dun_status status = {.migrations = migrations, .count = 2};
    dun_report_options options = {DUN_FORMAT_TEXT, false, false, 46};
    expect_status(&status, &options,
                  "state    version  name            notes\n"
                  "pending  1        größe_käse_äöü  out of order\n"
                  "pending  2        größe_käse\n"
                  "\n"
                  "0 applied, 2 pending, 1 out of order\n");
    options.columns = 42;
    expect_status(&status, &options,
                  "state    version  name         notes\n"
                  "pending  1        größe_kä...  out of o...\n"
                  "pending  2        größe_käse\n"
                  "\n"
                  "0 applied, 2 pending, 1 out of order\n");
    options.columns = 30;
    expect_status(&status, &options,
                  "state    version  name      ..\n"
                  "pending  1        größe...  ..\n"
                  "pending  2        größe...\n"
                  "\n"
                  "0 applied, 2 pending, 1 out of order\n");
}

static const dun_migration done[] = {
    {.version = "9", .name = "orders", .state = DUN_APPLIED, .elapsed_ms = 12, .statements = 1, .done = 1},
    {.version = "20240101",
     .name = "it",
     .state = DUN_APPLIED,
     .elapsed_ms = 12345,
     .statements = 30,
     .done = 30},
};

static void run_up(void **state)
{
    (void)state;
    dun_run run = {.direction = DUN_UP, .migrations = done, .count = 2, .planned = 2};
    expect_run(&run, NULL, NULL,
               "applied 9        orders   12 ms\n"
               "applied 20240101 it      12.3 s\n"
               "2 applied, 0 pending\n");
    run.remaining = 3;
    dun_report_options verbose = {DUN_FORMAT_TEXT, false, true, 0};
    expect_run(&run, NULL, &verbose,
               "applied 9        orders   12 ms  1 statement\n"
               "applied 20240101 it      12.3 s  30 statements\n"
               "2 applied, 3 pending\n");
}

static void run_other_directions(void **state)
{
    (void)state;
    expect_run(
        &(dun_run){.direction = DUN_DOWN, .migrations = done, .count = 1, .planned = 1, .remaining = 4}, NULL,
        NULL, "reverted 9 orders  12 ms\n1 reverted, 4 still applied\n");
    const dun_migration recorded = {.version = "9", .name = "orders", .elapsed_ms = 3, .statements = 2};
    expect_run(&(dun_run){.direction = DUN_BASELINE, .migrations = &recorded, .count = 1, .planned = 1}, NULL,
               NULL, "recorded 9 orders\n1 recorded, 0 pending\n");
}

static void run_failed(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    error_set(error, DUN_FAILED, "no");
    dun_run run = {.direction = DUN_UP, .migrations = done, .count = 1, .planned = 5, .remaining = 4};
    expect_run(&run, error, NULL, "applied 9 orders  12 ms\n1 of 5 applied, 4 pending\n");
    expect_run(&(dun_run){.direction = DUN_UP}, error, NULL, "");
    dun_error_free(error);
}

static void run_nothing_to_do(void **state)
{
    (void)state;
    expect_run(&(dun_run){.direction = DUN_UP}, NULL, NULL, "nothing to do: no migration is pending\n");
    expect_run(&(dun_run){.direction = DUN_UP, .remaining = 2}, NULL, NULL, "nothing to do: 2 pending\n");
    expect_run(&(dun_run){.direction = DUN_DOWN}, NULL, NULL, "nothing to do: no migration is applied\n");
    expect_run(&(dun_run){.direction = DUN_DOWN, .remaining = 2}, NULL, NULL,
               "nothing to do: 2 still applied\n");
}

/* Even what looks like an escape sequence: it is the SQL that would be sent. */
static void dry_run_is_its_sql(void **state)
{
    (void)state;
    static const char sql[] = "BEGIN;\nSELECT '\033[1m';\nCOMMIT;\n";
    dun_report_options all = {DUN_FORMAT_TEXT, true, true, 0};
    expect_run(&(dun_run){.direction = DUN_UP, .planned = 2, .remaining = 2, .sql = sql}, NULL, &all, sql);
    expect_run(&(dun_run){.direction = DUN_UP, .sql = ""}, NULL, &all, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(status_of_nothing),
        cmocka_unit_test(status_pending_only),
        cmocka_unit_test(status_of_all_states),
        cmocka_unit_test(status_in_doubt),
        cmocka_unit_test(status_in_columns),
        cmocka_unit_test(status_in_colour),
        cmocka_unit_test(run_up),
        cmocka_unit_test(run_other_directions),
        cmocka_unit_test(run_failed),
        cmocka_unit_test(run_nothing_to_do),
        cmocka_unit_test(dry_run_is_its_sql),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
