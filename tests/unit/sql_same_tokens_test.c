/* Texts of SQL that say the same. */
#include "unit/cmocka_main.h"

#include "sql/same_tokens.h"

static void expect_same(enum sql_dialect dialect, const char *left, const char *right)
{
    if (!sql_same_tokens(dialect, left, right) || !sql_same_tokens(dialect, right, left))
        fail_msg("\"%s\" and \"%s\" should be the same", left, right);
    assert_true(sql_hash_tokens(1, dialect, left) == sql_hash_tokens(1, dialect, right));
}

static void expect_other(enum sql_dialect dialect, const char *left, const char *right)
{
    if (sql_same_tokens(dialect, left, right) || sql_same_tokens(dialect, right, left))
        fail_msg("\"%s\" and \"%s\" should differ", left, right);
}

static void test_blanks_and_comments(void **state)
{
    (void)state;
    for (enum sql_dialect dialect = SQL_POSTGRESQL; dialect <= SQL_SQLITE; ++dialect) {
        expect_same(dialect, "", "  -- nothing\n");
        expect_same(dialect, "a+b", "  a /* and */ + -- more\n b ");
        expect_same(dialect, "SELECT a FROM t", "select A\nfrom T");
        expect_other(dialect, "ab", "a b");
        expect_other(dialect, "a", "a, b");
        expect_other(dialect, "'a'", "'A'");
        expect_other(dialect, "'a b'", "'a  b'");
        expect_other(dialect, "1.0", "1.00");
        expect_other(dialect, "a", "'a'");
        expect_other(dialect, "a", "");
    }
}

static void test_identifiers(void **state)
{
    (void)state;
    expect_same(SQL_POSTGRESQL, "Name", "\"name\"");
    expect_other(SQL_POSTGRESQL, "Name", "\"Name\"");
    expect_other(SQL_POSTGRESQL, "\"name\"", "\"Name\"");
    expect_same(SQL_POSTGRESQL, "\"a\"\"b\"", "\"a\"\"b\"");
    expect_other(SQL_POSTGRESQL, "\"a\"\"b\"", "\"a\"\"\"");
    expect_same(SQL_MYSQL, "Name", "`name`");
    expect_other(SQL_MYSQL, "`Name`", "`name`");
    expect_other(SQL_MYSQL, "name", "\"name\"");
    expect_same(SQL_SQLITE, "\"Name\"", "[name]");
    expect_same(SQL_SQLITE, "`na``me`", "\"na`me\"");
    expect_other(SQL_SQLITE, "[a b]", "a b");
}

static void test_unclosed(void **state)
{
    (void)state;
    expect_same(SQL_SQLITE, "\"a", "\"a");
    expect_same(SQL_SQLITE, "[", "[");
    expect_other(SQL_SQLITE, "\"", "[");
    expect_same(SQL_POSTGRESQL, "$$a", "$$a");
    expect_other(SQL_MYSQL, "/*!50000 a */", "a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blanks_and_comments),
        cmocka_unit_test(test_identifiers),
        cmocka_unit_test(test_unclosed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
