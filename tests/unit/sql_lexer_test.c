/* The tokens of each dialect. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "sql/lexer.h"

/* One letter a token: word, quoted, string, number, parameter, executable, comment, semicolon, delimiter,
 * operator. */
static char letter_of(const struct sql_token *token)
{
    static const char letters[] = {
        [SQL_TOKEN_BLANK] = '_',     [SQL_TOKEN_COMMENT] = 'c',   [SQL_TOKEN_EXECUTABLE] = 'x',
        [SQL_TOKEN_WORD] = 'w',      [SQL_TOKEN_QUOTED] = 'q',    [SQL_TOKEN_STRING] = 's',
        [SQL_TOKEN_NUMBER] = 'n',    [SQL_TOKEN_PARAMETER] = 'p', [SQL_TOKEN_SEMICOLON] = ';',
        [SQL_TOKEN_DELIMITER] = 'd', [SQL_TOKEN_OPERATOR] = 'o',
    };
    return letters[token->kind];
}

static void tokens(void **state)
{
    (void)state;
    static const struct {
        enum sql_dialect dialect;
        const char *text, *tokens, *ends; /* the tokens, with a bar behind each */
    } cases[] = {
        {SQL_POSTGRESQL, "a B_1$é \"c\"\"\"", "w_w_q", "a| |B_1$é| |\"c\"\"\"|"},
        {SQL_POSTGRESQL, "E'\\''e'x' U&'a'N'b'", "ss_ss", "E'\\''|e'x'| |U&'a'|N'b'|"},
        {SQL_POSTGRESQL, "'a'\n'b' 'c'", "s_s", "'a'\n'b'| |'c'|"},
        {SQL_POSTGRESQL, "$1$$a$$$b$ $b$", "pss", "$1|$$a$$|$b$ $b$|"},
        {SQL_POSTGRESQL, "1.5e-3+1..2 .5 1_000 0xFf", "nonon_n_n_n", "1.5e-3|+|1|.|.2| |.5| |1_000| |0xFf|"},
        {SQL_POSTGRESQL, "a?-@:=::", "wooooooo", "a|?|-|@|:|=|:|:|"},
        {SQL_POSTGRESQL, "--a\rb/*/**/*/#`", "c_wcoo", "--a|\r|b|/*/**/*/|#|`|"},
        {SQL_MYSQL, "`a```\"b\\\"\" 'c\\''", "qs_s", "`a```|\"b\\\"\"| |'c\\''|"},
        {SQL_MYSQL, "_utf8'a'_b\"c\" X'00'", "ss_s", "_utf8'a'|_b\"c\"| |X'00'|"},
        {SQL_MYSQL, "1a 1e5 1e 0x1 0b1 1.5 t.1", "w_n_n_n_n_n_won",
         "1a| |1e5| |1e| |0x1| |0b1| |1.5| |t|.|1|"},
        {SQL_MYSQL, "@a @@b.c @'d' @`e` ? :f", "p_pow_p_p_p_ow", "@a| |@@b|.|c| |@'d'| |@`e`| |?| |:|f|"},
        {SQL_MYSQL, "a--b -- c\n#d", "woow_c_c", "a|-|-|b| |-- c|\n|#d|"},
        {SQL_MYSQL, "/*!50003 a /*b*/ */ /*M!1c*/ /*d*/", "x_w_c_x_xwx_c",
         "/*!50003| |a| |/*b*/| |*/| |/*M!1|c|*/| |/*d*/|"},
        {SQL_MYSQL, "/*M!999999\\- a */\\N\\g", "cwow", "/*M!999999\\- a */|\\N|\\|g|"},
        {SQL_MYSQL, "*/ $a$", "oo_w", "*|/| |$a$|"},
        {SQL_SQLITE, "[a]`b`\"c\"'d'x'e'", "qqqss", "[a]|`b`|\"c\"|'d'|x'e'|"},
        {SQL_SQLITE, "?1 :a @b $c # .5 1e+5", "p_p_p_p_o_n_n", "?1| |:a| |@b| |$c| |#| |.5| |1e+5|"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        struct sql_lexer lexer;
        struct str letters = STR_INIT, ends = STR_INIT;
        sql_lexer_init(&lexer, cases[i].dialect, cases[i].text, strlen(cases[i].text));
        for (;;) {
            struct sql_token token = sql_lexer_next(&lexer);
            if (token.kind == SQL_TOKEN_END)
                break;
            assert_false(token.unclosed);
            str_append_char(&letters, letter_of(&token));
            str_append_n(&ends, token.text, token.length);
            str_append_char(&ends, '|');
        }
        assert_string_equal(str_text(&letters), cases[i].tokens);
        assert_string_equal(str_text(&ends), cases[i].ends);
        assert_int_equal(sql_lexer_next(&lexer).kind, SQL_TOKEN_END);
        str_free(&letters);
        str_free(&ends);
    }
}

static void unclosed(void **state)
{
    (void)state;
    static const struct {
        enum sql_dialect dialect;
        const char *text;
    } cases[] = {
        {SQL_POSTGRESQL, "'a;"},     {SQL_POSTGRESQL, "'a''"},  {SQL_POSTGRESQL, "E'a\\'"},
        {SQL_POSTGRESQL, "\"a"},     {SQL_POSTGRESQL, "$a$b$"}, {SQL_POSTGRESQL, "/*/**/"},
        {SQL_POSTGRESQL, "'a'\n'b"}, {SQL_MYSQL, "'a\\'"},      {SQL_MYSQL, "`a\\"},
        {SQL_MYSQL, "/*a*"},         {SQL_MYSQL, "@'a"},        {SQL_SQLITE, "[a"},
        {SQL_SQLITE, "/*"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        struct sql_lexer lexer;
        sql_lexer_init(&lexer, cases[i].dialect, cases[i].text, strlen(cases[i].text));
        struct sql_token token = sql_lexer_next(&lexer);
        assert_true(token.unclosed);
        assert_int_equal(token.length, strlen(cases[i].text));
    }
}

static void delimiter(void **state)
{
    (void)state;
    struct sql_lexer lexer;
    const char text[] = "a$$ '$$' $$;";
    static const enum sql_token_kind kinds[] = {SQL_TOKEN_WORD,      SQL_TOKEN_DELIMITER, SQL_TOKEN_STRING,
                                                SQL_TOKEN_DELIMITER, SQL_TOKEN_SEMICOLON, SQL_TOKEN_END};
    sql_lexer_init(&lexer, SQL_MYSQL, text, sizeof text - 1);
    lexer.delimiter = "$$";
    lexer.delimiter_length = 2;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i)
        assert_int_equal(sql_lexer_next_significant(&lexer).kind, kinds[i]);
}

static void keywords(void **state)
{
    (void)state;
    const struct sql_token word = {.kind = SQL_TOKEN_WORD, .text = "SeLect", .length = 6};
    const struct sql_token quoted = {.kind = SQL_TOKEN_QUOTED, .text = "SELECT", .length = 6};
    assert_true(sql_token_is(&word, "SELECT"));
    assert_false(sql_token_is(&word, "SELECTS"));
    assert_false(sql_token_is(&word, "SELEC"));
    assert_false(sql_token_is(&quoted, "SELECT"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens),
        cmocka_unit_test(unclosed),
        cmocka_unit_test(delimiter),
        cmocka_unit_test(keywords),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
