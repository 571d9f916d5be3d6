/* Identifiers and literals, quoted; what the lexer makes of them is what went in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sql/lexer.h"
#include "sql/quote.h"

static void identifiers(void **state)
{
    (void)state;
    static const struct {
        enum sql_dialect dialect;
        const char *name, *quoted;
    } cases[] = {
        {SQL_POSTGRESQL, "a", "\"a\""},
        {SQL_POSTGRESQL, "a\"b`;\"", "\"a\"\"b`;\"\"\""},
        {SQL_SQLITE, "a\"b", "\"a\"\"b\""},
        {SQL_MYSQL, "a`b\"\\", "`a``b\"\\`"},
        {SQL_MYSQL, "", "``"},
        {SQL_POSTGRESQL, "жук", "\"жук\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        struct str to = STR_INIT;
        str_append(&to, "x");
        sql_quote_identifier(&to, cases[i].dialect, cases[i].name);
        assert_string_equal(str_text(&to) + 1, cases[i].quoted);
        str_free(&to);
    }
}

#define VALUE(literal) literal, sizeof(literal) - 1

static void literals(void **state)
{
    (void)state;
    static const struct {
        enum sql_dialect dialect;
        const char *before, *value;
        size_t length;
        const char *quoted;
    } cases[] = {
        {SQL_POSTGRESQL, "", VALUE("a'b;"), "'a''b;'"},
        {SQL_POSTGRESQL, "", VALUE("a'\\b"), "E'a''\\\\b'"},
        {SQL_POSTGRESQL, "select", VALUE("\\"), "select E'\\\\'"},
        {SQL_POSTGRESQL, "(", VALUE("\\"), "(E'\\\\'"},
        {SQL_POSTGRESQL, "", VALUE("a\0b"), "'a'"},
        {SQL_POSTGRESQL, "", VALUE(""), "''"},
        {SQL_MYSQL, "", VALUE("a'b\""), "'a''b\"'"},
        {SQL_MYSQL, "=", VALUE("\\'"), "=_utf8mb4 X'5C27'"},
        {SQL_MYSQL, "a", VALUE("\0\xFF"), "a _utf8mb4 X'00FF'"},
        {SQL_SQLITE, "", VALUE("a'\\\0b"), "'a''\\'"},
        {SQL_MYSQL, "", NULL, 0, "NULL"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        struct str to = STR_INIT;
        str_append(&to, cases[i].before);
        sql_quote_literal(&to, cases[i].dialect, cases[i].value, cases[i].length);
        assert_string_equal(str_text(&to), cases[i].quoted);
        str_free(&to);
    }
}

static void qualified(void **state)
{
    (void)state;
    static const struct {
        enum sql_dialect dialect;
        const char *name, *quoted; /* NULL: no name */
    } cases[] = {
        {SQL_POSTGRESQL, "a", "\"a\""},
        {SQL_POSTGRESQL, "Sales.Order Lines", "\"Sales\".\"Order Lines\""},
        {SQL_POSTGRESQL, "a.\"b.\"\"c\".d", "\"a\".\"b.\"\"c\".\"d\""},
        {SQL_MYSQL, "shop.`my``table`", "`shop`.`my``table`"},
        {SQL_SQLITE, "main.[a.b]", "\"main\".[a.b]"},
        {SQL_SQLITE, "`a`.\"b\"", "`a`.\"b\""},
        {SQL_POSTGRESQL, "", NULL},
        {SQL_POSTGRESQL, ".", NULL},
        {SQL_POSTGRESQL, "a.", NULL},
        {SQL_POSTGRESQL, ".a", NULL},
        {SQL_POSTGRESQL, "a..b", NULL},
        {SQL_POSTGRESQL, "a.b.c.d", NULL},
        {SQL_POSTGRESQL, "a. b", NULL},
        {SQL_POSTGRESQL, "a .b", NULL},
        {SQL_POSTGRESQL, "\"a", NULL},
        {SQL_POSTGRESQL, "\"\"", NULL},
        {SQL_POSTGRESQL, "\"a\"b", NULL},
        {SQL_POSTGRESQL, "a\"b", NULL},
        {SQL_POSTGRESQL, "`a`", NULL},
        {SQL_MYSQL, "\"a\"", NULL},
        {SQL_POSTGRESQL, "a\nb", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        struct str to = STR_INIT;
        str_append(&to, "x");
        bool good = sql_quote_qualified(&to, cases[i].dialect, cases[i].name);
        if (good != (cases[i].quoted != NULL))
            fail_msg("%s", cases[i].name);
        assert_string_equal(str_text(&to) + 1, good ? cases[i].quoted : "");
        str_free(&to);
    }
}

static void are_one_token(void **state)
{
    (void)state;
    static const enum sql_dialect dialects[] = {SQL_POSTGRESQL, SQL_MYSQL, SQL_SQLITE};
    static const char *const values[] = {"a",  "'",    "\"", "`", "\\",    "\\'", "'\\", "''", ";",  "--",
                                         "/*", "\n'x", "]",  "[", "\\\\'", "$$",  "\t",  "E'", "ж'", "*/"};
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; ++i)
        for (size_t j = 0; j < sizeof values / sizeof *values; ++j) {
            struct str to = STR_INIT;
            struct sql_lexer lexer;
            sql_quote_identifier(&to, dialects[i], values[j]);
            sql_lexer_init(&lexer, dialects[i], to.data, to.length);
            struct sql_token token = sql_lexer_next(&lexer);
            assert_int_equal(token.kind, SQL_TOKEN_QUOTED);
            assert_int_equal(token.length, to.length);
            assert_false(token.unclosed);
            str_clear(&to);
            sql_quote_literal(&to, dialects[i], values[j], strlen(values[j]));
            sql_lexer_init(&lexer, dialects[i], to.data, to.length);
            token = sql_lexer_next(&lexer);
            if (sql_token_is(&token, "_UTF8MB4"))
                token = sql_lexer_next_significant(&lexer);
            assert_int_equal(token.kind, SQL_TOKEN_STRING);
            assert_ptr_equal(lexer.cursor, lexer.end);
            assert_false(token.unclosed);
            str_free(&to);
        }
}

static void plain_literals(void **state)
{
    (void)state;
    struct str to = STR_INIT;
    sql_quote_plain_literal(&to, SQL_MYSQL, "it's a \\ b");
    assert_string_equal(str_text(&to), "'it''s a \\\\ b'");
    str_clear(&to);
    sql_quote_plain_literal(&to, SQL_SQLITE, "it's a \\ b");
    assert_string_equal(str_text(&to), "'it''s a \\ b'");
    str_free(&to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identifiers), cmocka_unit_test(literals),      cmocka_unit_test(plain_literals),
        cmocka_unit_test(qualified),   cmocka_unit_test(are_one_token),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
