/* What the splitter does alike for all engines: encoding, places, comments, directives, errors. */
#include "unit/sql_split_cases.h"

#include <stdlib.h>
#include <time.h>

static const enum sql_dialect dialects[] = {SQL_POSTGRESQL, SQL_MYSQL, SQL_SQLITE};
enum { DIALECTS = sizeof dialects / sizeof *dialects };

static void pieces(void **state)
{
    (void)state;
    static const struct split_case cases[] = {
        {"", {NULL}},
        {"  \n\t\r\n ", {NULL}},
        {";;\n ; ;", {NULL}},
        {"-- nothing\n/* nothing */", {NULL}},
        {"\xEF\xBB\xBF", {NULL}},
        {"\xEF\xBB\xBFselect 1", {"select 1"}},
        {"select 1;\n\xEF\xBB\xBFselect 2;\xEF\xBB\xBF", {"select 1", "select 2"}},
        {"select 1", {"select 1"}},
        {"select 1;", {"select 1"}},
        {";select 1;;select 2;\n;", {"select 1", "select 2"}},
        {"select 1;\r\nselect\r\n2\r\n;\r\n", {"select 1", "select\r\n2"}},
        {"-- a\nselect 1 /* b */ + 2 -- c\n/* d */;-- e\n/* f */", {"select 1 /* b */ + 2"}},
        {"select 1 -- no semicolon", {"select 1"}},
        {"select 'жук;', \"ж;\"; select 2", {"select 'жук;', \"ж;\"", "select 2"}},
        {"select жук; select 2", {"select жук", "select 2"}},
    };
    for (size_t i = 0; i < DIALECTS; ++i)
        RUN_CASES(dialects[i], cases);
}

static void places(void **state)
{
    (void)state;
    const char text[] = "\xEF\xBB\xBF select 1; select 2;\n\n  -- x\n\t'жж';ы;\r\n/* \n */ z; q";
    static const struct {
        unsigned line, column;
    } expected[] = {{1, 2}, {1, 12}, {4, 2}, {4, 7}, {6, 5}, {6, 8}};
    for (size_t i = 0; i < DIALECTS; ++i) {
        struct arena *arena = arena_new();
        const struct sql_script *script = split(arena, dialects[i], text);
        assert_int_equal(script->count, 6);
        for (size_t j = 0; j < script->count; ++j) {
            assert_int_equal(script->statements[j].line, expected[j].line);
            assert_int_equal(script->statements[j].column, expected[j].column);
        }
        arena_free(arena);
    }
}

static void directives(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool no_transaction;
    } cases[] = {
        {"-- dunlin: no-transaction\nselect 1", true},
        {"--dunlin:no-transaction  \r\n", true},
        {"\xEF\xBB\xBF/* x */ -- a\n;\n--\tDunlin: No-Transaction\nselect 1", true},
        {"-- dunlin: renamed from a.b\nselect 1", false},
        {"-- dunlin: Renamed  From a\nselect 1", false},
        {"-- dunlin is a bird\nselect 1", false},
        {"/* dunlin: no-transaction */ select 1", false},
        {"select 1; -- dunlin: no-transaction", false},
        {"select 1 -- dunlin: nonsense\n", false},
        {"select '\n-- dunlin: no-transaction\n'", false},
        {"--", false},
    };
    for (size_t i = 0; i < DIALECTS; ++i)
        for (size_t j = 0; j < sizeof cases / sizeof *cases; ++j) {
            struct arena *arena = arena_new();
            if (split(arena, dialects[i], cases[j].text)->no_transaction != cases[j].no_transaction)
                fail_msg("in: %s", cases[j].text);
            arena_free(arena);
        }
    struct arena *arena = arena_new();
    assert_true(split(arena, SQL_MYSQL, "# dunlin: no-transaction\nselect 1")->no_transaction);
    arena_free(arena);
    static const struct split_error_case errors[] = {
        {"-- a\n-- dunlin: no-transacton\nselect 1", 2, 12, "\"no-transacton\" is no directive"},
        {"--dunlin:\n", 1, 10, "`dunlin: no-transaction` is known at"},
        {"-- dunlin: renamed from ", 1, 12, "no directive"},
        {"-- dunlin: no-transaction please", 1, 12, "no directive"},
    };
    for (size_t i = 0; i < DIALECTS; ++i)
        RUN_ERROR_CASES(dialects[i], errors);
}

static void encoding(void **state)
{
    (void)state;
#define TEXT(literal) literal, sizeof(literal) - 1
    static const struct {
        const char *text;
        size_t length;
        unsigned line, column;
        const char *message;
    } cases[] = {
        {TEXT("select 1;\nselect 'жж\xE9';"), 2, 11, "0xE9"},
        {TEXT("select 'abcdefgh\xC3(';"), 1, 17, "0xC3"},
        {TEXT("-- \xC0\xAF"), 1, 4, "0xC0"},
        {TEXT("-- \xED\xA0\x80"), 1, 4, "0xED"},
        {TEXT("-- \xF4\x90\x80\x80"), 1, 4, "0xF4"},
        {TEXT("-- \xE0\x9F\x80"), 1, 4, "0xE0"},
        {TEXT("-- \xF0\x8F\x80\x80"), 1, 4, "0xF0"},
        {TEXT("-- \xE2\x82"), 1, 4, "0xE2"},
        {TEXT("-- \x80"), 1, 4, "0x80"},
        {TEXT("-- \xFF\xFE"), 1, 4, "0xFF"},
        {TEXT("select '\0';"), 1, 9, "NUL"},
        {TEXT("select 12345678\0 90;"), 1, 16, "NUL"},
        {TEXT("\0"), 1, 1, "NUL"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        struct arena *arena = arena_new();
        dun_error *error = dun_error_new();
        struct sql_script *script = NULL;
        assert_false(sql_split(arena, SQL_MYSQL, NULL, cases[i].text, cases[i].length, &script, error));
        assert_int_equal(dun_error_code(error), DUN_BAD_INPUT);
        assert_non_null(strstr(dun_error_message(error), cases[i].message));
        assert_int_equal(dun_error_line(error), cases[i].line);
        assert_int_equal(dun_error_column(error), cases[i].column);
        assert_null(dun_error_file(error));
        dun_error_free(error);
        arena_free(arena);
    }
    struct arena *arena = arena_new();
    split(arena, SQL_POSTGRESQL,
          "select '\xC2\x80 \xDF\xBF \xE0\xA0\x80 \xED\x9F\xBF \xEF\xBF\xBF \xF0\x90\x80\x80 "
          "\xF4\x8F\xBF\xBF'");
    arena_free(arena);
}

/* The text need not end in NUL, and nothing behind it is read: the sanitizers see it if it is. */
static void exact_length(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "select 1",
        "select 'a",
        "select \"a",
        "-",
        "--",
        "/",
        "/*",
        "/*!",
        "/*M!1",
        "$",
        "$a",
        "$a$",
        "select E",
        "U&",
        "e'",
        "@",
        "@@",
        "\\",
        "\\restrict",
        ".",
        ".re",
        "DELIMITER",
        "1e",
        "1e+",
        "0x",
        "?",
        ":",
        "#",
        "[",
        "begin",
        "create",
        "delimiter ",
        "use",
        "use x",
        "E'\\",
        "'a'\n'",
        "'a'\n--",
        "copy a from stdin;",
        "copy a from stdin;\n\\",
        "copy a from stdin;\n\\.",
        "\xEF\xBB",
        "-- dunlin:",
        "x'",
        "_a'",
        "1.",
        "1..",
    };
    for (size_t i = 0; i < DIALECTS; ++i)
        for (size_t j = 0; j < sizeof texts / sizeof *texts; ++j) {
            size_t length = strlen(texts[j]);
            char *copy = malloc(length);
            assert_non_null(copy);
            memcpy(copy, texts[j], length);
            struct arena *arena = arena_new();
            dun_error *error = dun_error_new();
            struct sql_script *script = NULL;
            sql_split(arena, dialects[i], "f", copy, length, &script, error);
            sql_split(arena, dialects[i], "f", copy, length, &script, NULL);
            dun_error_free(error);
            arena_free(arena);
            free(copy);
        }
}

/* Pieces that hold everything that could be taken for an end, glued in every order, come apart again. */
static void glued(void **state)
{
    (void)state;
    static const char *const snippets[DIALECTS][6] = {
        {"select 'a;' -- ;\n + 1", "do $$;$$", "create rule r as on insert to t do (a; b)",
         "create function f() returns int begin atomic select 1; select case when a then 1 end; end",
         "/* ; */ select E'\\';'", "select \";\""},
        {"select 'a;\\';' # ;\n + 1", "/*!50003 select 1; */", "create procedure p() begin select 1; end",
         "select `;`", "create trigger t before insert on a for each row if new.a then set @a = 1; end if",
         "select @`;` -- ;\n + 2"},
        {"select 'a;' -- ;\n + 1", "select [;]",
         "create trigger t after insert on a begin select case 1 when 1 then 2 end; end", "select `;`",
         "/* ; */ select 1", "select \";\""},
    };
    static const char *const separators[] = {
        ";", " ; ", ";\n", ";;", ";\r\n-- x;\r\n", " /* ; */ ;\n/* ; */"};
    for (size_t i = 0; i < DIALECTS; ++i)
        for (size_t seed = 0; seed < 216; ++seed) {
            struct arena *arena = arena_new();
            size_t order[] = {seed % 6, seed / 6 % 6, seed / 36};
            const char *separator = separators[(seed * 7 + 3) % 6];
            const char *text =
                arena_printf(arena, "%s%s%s%s%s%s", snippets[i][order[0]], separator, snippets[i][order[1]],
                             separator, snippets[i][order[2]], seed % 2 ? separator : "");
            const struct sql_script *script = split(arena, dialects[i], text);
            assert_int_equal(script->count, 3);
            for (size_t j = 0; j < 3; ++j) {
                const char *piece = snippets[i][order[j]];
                bool comment = strncmp(piece, "/* ", 3) == 0;
                expect_text(text, &script->statements[j], comment ? strstr(piece, "*/ ") + 3 : piece);
                expect_idempotent(arena, dialects[i], &script->statements[j]);
            }
            arena_free(arena);
        }
}

static void excerpts(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    dun_error *error = dun_error_new();
    struct sql_script *script;
    const char text[] = "select 1;\r\n  select 'жук' + \"abc;\r\nselect 2;";
    assert_false(sql_split(arena, SQL_POSTGRESQL, "a.sql", text, sizeof text - 1, &script, error));
    assert_string_equal(dun_error_excerpt(error), "  select 'жук' + \"abc;");
    assert_int_equal(dun_error_excerpt_offset(error), 17);

    /* Only the part of a long line around the place is shown; what is not UTF-8 becomes readable. */
    char *line = arena_alloc(arena, 100001);
    memset(line, 'x', 100000);
    memcpy(line + 50000, "\xFF'", 2);
    sql_error_at(error, "b.sql", line, 100000, 50001);
    assert_int_equal(dun_error_line(error), 1);
    assert_int_equal(dun_error_column(error), 50002);
    const char *excerpt = dun_error_excerpt(error);
    assert_true(strlen(excerpt) < 200);
    assert_int_equal(excerpt[dun_error_excerpt_offset(error)], '\'');
    assert_int_equal(excerpt[dun_error_excerpt_offset(error) - 1], '?');

    sql_error_at(error, "c.sql", "\xEF\xBB\xBFжя", 7, 5);
    assert_int_equal(dun_error_column(error), 2);
    assert_string_equal(dun_error_excerpt(error), "жя");
    sql_error_at(error, "c.sql", "ab\n", 3, 3);
    assert_int_equal(dun_error_line(error), 2);
    assert_int_equal(dun_error_column(error), 1);
    assert_string_equal(dun_error_excerpt(error), "");
    sql_error_at(error, "c.sql", "", 0, 0);
    assert_int_equal(dun_error_line(error), 1);
    sql_error_at(NULL, "c.sql", "", 0, 0);
    dun_error_free(error);
    arena_free(arena);
}

/* Texts that a careless scanner would take quadratic time for: minutes, where these take hundredths of a
 * second. */
static void long_texts(void **state)
{
    (void)state;
    static const struct {
        const char *head, *repeated, *tail;
    } texts[] = {
        {"select 1", "", ""},
        {"select '", "a\\'", ""},
        {"select E'a", "\\'", "'"},
        {"", "--\r", ""},
        {"select '", "''", "'"},
        {"/*", "/*", ""},
        {"/*", "*", ""},
        {"$a$", "$a", "$a$"},
        {"select ", "$a", ""},
        {"", "(", ""},
        {"", "[", ""},
        {"", "/*!", ""},
        {"begin if a then ", "if ", ""},
        {"begin x; ", "if a then end loop; ", ""},
        {"", "'a'\n", ""},
        {"", "select 1; ", ""},
        {"create procedure p() begin ", "case ", ""},
        {"", "@'", ""},
        {"create subscription ", "with ( connect = ", ""},
        {"select ", "set_config ", ""},
        {"", "\"", ""},
        {"copy t from stdin;\n", "\\", ""},
        {"", "-", ""},
        {"", "E'\\''", ""},
        {"alter subscription s ", "set publication refresh = ", ""},
        {"DELIMITER $$\n", "$", ""},
        {"", "a$", ""},
        {"create definer = ", "(", ""},
        {"reindex ", "(", ""},
        {"pragma ", ".", ""},
        {"", "1e", ""},
    };
    for (size_t i = 0; i < DIALECTS; ++i)
        for (size_t j = 0; j < sizeof texts / sizeof *texts; ++j) {
            struct arena *arena = arena_new();
            enum { LENGTH = 1 << 18 };
            char *text = arena_alloc(arena, LENGTH + 100);
            size_t length = strlen(texts[j].head);
            memcpy(text, texts[j].head, length);
            size_t step = strlen(texts[j].repeated);
            for (; step > 0 && length < LENGTH; length += step)
                memcpy(text + length, texts[j].repeated, step);
            memcpy(text + length, texts[j].tail, strlen(texts[j].tail));
            length += strlen(texts[j].tail);
            struct sql_script *script;
            clock_t before = clock();
            sql_split(arena, dialects[i], "f", text, length, &script, NULL);
            if (clock() - before > 2 * CLOCKS_PER_SEC)
                fail_msg("slow: %s%s...", texts[j].head, texts[j].repeated);
            arena_free(arena);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces),   cmocka_unit_test(places),       cmocka_unit_test(directives),
        cmocka_unit_test(encoding), cmocka_unit_test(exact_length), cmocka_unit_test(glued),
        cmocka_unit_test(excerpts), cmocka_unit_test(long_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
