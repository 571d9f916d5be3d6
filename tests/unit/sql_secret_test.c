/* Passwords in SQL that is shown. */
#include "unit/cmocka_main.h"

#include "base/str.h"
#include "sql/secret.h"

#include <string.h>

static void expect_shown(const char *text, const char *shown)
{
    struct str str = STR_INIT;
    str_append(&str, text);
    sql_hide_secrets(&str);
    assert_string_equal(str_text(&str), shown);
    str_free(&str);
}

static void test_passwords_are_hidden(void **state)
{
    (void)state;
    expect_shown("CREATE ROLE a PASSWORD 'abc' LOGIN", "CREATE ROLE a PASSWORD '***' LOGIN");
    expect_shown("alter role a encrypted password E'a\\'c'", "alter role a encrypted password E'****'");
    expect_shown("ALTER ROLE a PASSWORD $$ab$$;", "ALTER ROLE a PASSWORD $$**$$;");
    expect_shown("OPTIONS (user 'bob', password 'it''s');", "OPTIONS (user 'bob', password '*****');");
    expect_shown("CREATE USER a@b IDENTIFIED BY 'äbc'", "CREATE USER a@b IDENTIFIED BY '***'");
    expect_shown("CREATE USER a IDENTIFIED WITH p AS \"ab\"", "CREATE USER a IDENTIFIED WITH p AS \"**\"");
    expect_shown("a IDENTIFIED VIA p USING PASSWORD('ab'), b IDENTIFIED BY PASSWORD '*A'",
                 "a IDENTIFIED VIA p USING PASSWORD('**'), b IDENTIFIED BY PASSWORD '**'");
    expect_shown("SET PASSWORD = PASSWORD('ab')", "SET PASSWORD = PASSWORD('**')");
    expect_shown("SET PASSWORD FOR 'u'@'h' = 'ab'; SELECT 'x'",
                 "SET PASSWORD FOR 'u'@'h' = '**'; SELECT 'x'");
    expect_shown("CHANGE MASTER TO MASTER_PASSWORD='ab', MASTER_HOST='h'",
                 "CHANGE MASTER TO MASTER_PASSWORD='**', MASTER_HOST='h'");
    expect_shown("VALUES ('ALTER ROLE a PASSWORD ''ab'';', 7)",
                 "VALUES ('ALTER ROLE a PASSWORD ''*****', 7)");
    expect_shown("PASSWORD 'cut off", "PASSWORD '*******");
    expect_shown("CONNECTION 'host=h password=ab dbname=d'", "CONNECTION 'host=h password=** dbname=d'");
    expect_shown("dblink('password=abc')", "dblink('password=***')");
    expect_shown("CONNECTION 'postgresql://u:p:w@h/d?a=b'", "CONNECTION 'postgresql://u:***@h/d?a=b'");
}

static void test_everything_else_is_shown(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "password",
        "CREATE TABLE t (password varchar(50) NOT NULL DEFAULT 'x')",
        "INSERT INTO t (name, password) VALUES ('a', 'b')",
        "SELECT a AS 'b', c FROM t ORDER BY 'd'",
        "CREATE USER a IDENTIFIED BY ''",
        "COMMENT ON COLUMN t.a IS 'the password' -- 'of a user'",
        "ALTER ROLE a PASSWORD NULL; SELECT 'x'",
        "SET PASSWORD FOR a; SELECT a = 'x'",
        "SELECT 'https://example.org/a:b', 'x@y'",
        "UPDATE t SET password = other",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i)
        expect_shown(texts[i], texts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_passwords_are_hidden),
        cmocka_unit_test(test_everything_else_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
