/* How a script is divided into what commits together. Statements are made by hand: the splitter has tests of
 * its own. */
#include "unit/cmocka_main.h"

#include "base/arena.h"
#include "base/str.h"
#include "run/units.h"

#include <dunlin/error.h>

#include <string.h>

enum { MOST = 16 };

/*
 * A script in letters: j joins, s a setting that joins, a alone, p a setting that is alone, B begin, C
 * commit, R rollback, v savepoint, L bracket. Units come back as e.g. "(js)a": atomic ones in parentheses,
 * "a?" is repeatable.
 */
static struct sql_statement make(char letter, const char *place)
{
    struct sql_statement statement = {.text = place, .length = 1, .line = 1, .column = 1};
    static const struct {
        char letter;
        enum sql_effect effect;
        bool session;
    } kinds[] = {{'j', SQL_JOINS, false},      {'s', SQL_JOINS, true},      {'a', SQL_ALONE, false},
                 {'p', SQL_ALONE, true},       {'B', SQL_BEGINS, false},    {'C', SQL_COMMITS, false},
                 {'R', SQL_ROLLS_BACK, false}, {'v', SQL_SAVEPOINT, false}, {'L', SQL_BRACKET, false}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i)
        if (kinds[i].letter == letter) {
            statement.effect = kinds[i].effect;
            statement.session = kinds[i].session;
        }
    return statement;
}

static bool divide_from(const char *letters, size_t start, bool ddl_in_transactions, bool no_transaction,
                        struct str *ret_text, dun_error *error)
{
    struct arena *arena = arena_new();
    struct sql_statement statements[MOST];
    size_t count = strlen(letters);
    for (size_t i = 0; i < count; ++i)
        statements[i] = make(letters[i], letters + i);
    struct sql_script script = {.statements = statements, .count = count, .no_transaction = no_transaction};
    struct run_units *units;
    bool ok = run_divide(arena, ddl_in_transactions, &script, start, "x.sql", letters, count, &units, error);
    assert_true(!ok || units->session == (strpbrk(letters, "sp") != NULL));
    for (size_t i = 0; ok && i < units->count; ++i) {
        const struct run_unit *unit = &units->units[i];
        str_append(ret_text, unit->atomic ? "(" : "");
        str_append_n(ret_text, letters + unit->first, unit->end - unit->first);
        str_append(ret_text, unit->atomic ? ")" : unit->repeatable ? "?" : "");
        str_append(ret_text, i + 1 < units->count ? " " : "");
    }
    arena_free(arena);
    return ok;
}

static bool divide(const char *letters, bool ddl_in_transactions, bool no_transaction, struct str *ret_text,
                   dun_error *error)
{
    return divide_from(letters, 0, ddl_in_transactions, no_transaction, ret_text, error);
}

static void expect(const char *letters, bool ddl_in_transactions, bool no_transaction, const char *units)
{
    struct str text = STR_INIT;
    assert_true(divide(letters, ddl_in_transactions, no_transaction, &text, NULL));
    assert_string_equal(str_text(&text), units);
    str_free(&text);
}

static void test_transactional(void **state)
{
    (void)state;
    expect("", true, false, "");
    expect("j", true, false, "(j)");
    expect("jsjv", true, false, "(jsjv)");
    expect("BjjC", true, false, "(BjjC)");
    expect("jajj", true, false, "(j) a (jj)");
    expect("aa", true, false, "a a");
    expect("sa", true, false, "(s) a");
    expect("pBjjCp", true, false, "p? (BjjC) p?");
    expect("BjCBjC", true, false, "(BjC) (BjC)");
    expect("jBjCj", true, false, "(j) (BjC) (j)");
}

static void test_no_transaction(void **state)
{
    (void)state;
    expect("jj", true, true, "j j");
    expect("sj", true, true, "sj");
    expect("jBjjCj", true, true, "j (BjjC) j");
    expect("s", true, true, "s?");
}

static void test_ddl_commits(void **state)
{
    (void)state;
    expect("jj", false, false, "(j) (j)");
    expect("aa", false, false, "a a");
    expect("sja", false, false, "(sj) a");
    expect("ssa", false, false, "ssa");
    expect("jss", false, false, "(j) (ss)");
    expect("BjjC", false, false, "(BjjC)");
    expect("BjajC", false, false, "(Bj) a (jC)");
    expect("BaC", false, false, "BaC");
    expect("LajLa", false, false, "La (jL) a");
}

static void expect_rest(const char *letters, size_t start, const char *units)
{
    struct str text = STR_INIT;
    assert_true(divide_from(letters, start, false, false, &text, NULL));
    assert_string_equal(str_text(&text), units);
    str_free(&text);
}

static void test_continued(void **state)
{
    (void)state;
    expect_rest("jajj", 2, "(j) (j)");
    expect_rest("BjajjC", 3, "(jjC)");
    expect_rest("BjaC", 3, "(C)");
    expect_rest("BaCj", 3, "(j)");
    expect_rest("saa", 2, "a");
    expect_rest("sa", 2, "");
}

static void expect_refused(const char *letters, bool ddl_in_transactions, unsigned statement)
{
    struct str text = STR_INIT;
    dun_error *error = dun_error_new();
    assert_false(divide(letters, ddl_in_transactions, false, &text, error));
    assert_int_equal(dun_error_code(error), DUN_BAD_INPUT);
    assert_int_equal(dun_error_statement(error), statement);
    assert_string_equal(dun_error_file(error), "x.sql");
    assert_int_equal(dun_error_column(error), statement);
    dun_error_free(error);
    str_free(&text);
}

static void test_refused(void **state)
{
    (void)state;
    expect_refused("jC", true, 2);
    expect_refused("jR", false, 2);
    expect_refused("jBj", true, 2);
    expect_refused("BBC", true, 2);
    expect_refused("BaC", true, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_transactional), cmocka_unit_test(test_no_transaction),
        cmocka_unit_test(test_ddl_commits),   cmocka_unit_test(test_continued),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
