/* Checksums of migrations are the ids that git gives the files. */
#include "unit/cmocka_main.h"

#include "migrate/checksum.h"

#include <string.h>

static void expect(const char *text, const char *id)
{
    char hex[CHECKSUM_LENGTH + 1];
    checksum_blob(text, strlen(text), hex);
    assert_string_equal(hex, id);
}

/* The ids are those of `git hash-object`. */
static void test_git_ids(void **state)
{
    (void)state;
    expect("", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    expect("hello\n", "ce013625030ba8dba906f756967f9e9ca394464a");
    expect("a\nb\n", "422c2b7ab3b3c668038da977e4e93a5fc623169c");
}

static void test_line_ends(void **state)
{
    (void)state;
    expect("a\r\nb\r\n", "422c2b7ab3b3c668038da977e4e93a5fc623169c");
    expect("a\nb\r\n", "422c2b7ab3b3c668038da977e4e93a5fc623169c");
    char alone[CHECKSUM_LENGTH + 1], pair[CHECKSUM_LENGTH + 1];
    checksum_blob("a\rb\r", 4, alone);
    checksum_blob("a\nb\n", 4, pair);
    assert_string_not_equal(alone, pair);
}

static void test_statements(void **state)
{
    (void)state;
    struct sql_statement statements[] = {{.text = "SELECT 1", .length = 8},
                                         {.text = "SELECT 2", .length = 8}};
    struct sql_script script = {.statements = statements, .count = 2};
    char one[CHECKSUM_LENGTH + 1], two[CHECKSUM_LENGTH + 1], again[CHECKSUM_LENGTH + 1];
    checksum_statements(&script, 1, one);
    checksum_statements(&script, 2, two);
    assert_string_not_equal(one, two);
    statements[1].text = "SELECT 3";
    checksum_statements(&script, 1, again);
    assert_string_equal(one, again);
    checksum_statements(&script, 2, again);
    assert_string_not_equal(two, again);
}

/* What is asked step by step is what is asked at once. */
static void test_progress(void **state)
{
    (void)state;
    struct sql_statement statements[] = {
        {.text = "SELECT 1", .length = 8},
        {.text = "COPY a", .length = 6, .copy_data = "1\n", .copy_length = 2},
        {.text = "SELECT 2", .length = 8}};
    struct sql_script script = {.statements = statements, .count = 3};
    struct checksum_progress progress;
    checksum_progress_start(&progress);
    for (size_t count = 0; count <= 3; ++count) {
        char step[CHECKSUM_LENGTH + 1], whole[CHECKSUM_LENGTH + 1];
        checksum_progress_to(&progress, &script, count, step);
        checksum_statements(&script, count, whole);
        assert_string_equal(step, whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_git_ids),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_statements),
        cmocka_unit_test(test_progress),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
