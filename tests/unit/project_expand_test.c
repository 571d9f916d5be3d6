/* ${NAME} in values, and durations. */
#include "project_setup.h"

#include "base/str.h"
#include "project/expand.h"

static const char *const process[] = {"A=alpha", "EMPTY=", "_x1=under", "BRACE=${A}", NULL};

static const struct source no_source = {.file = "f", .text = "", .length = 0};

static void check(const char *text, const char *expected, bool from_variable)
{
    struct arena *arena = arena_new();
    const struct variables *variables = variables_new(arena, (char *const *)process);
    const struct config_text value = {text, {1, 1}};
    const char *result = NULL;
    bool secret = !from_variable;
    dun_error *error = dun_error_new();
    if (!expand(&value, &no_source, variables, &result, &secret, error))
        fail_msg("%s: %s", text, dun_error_message(error));
    if (strcmp(result, expected) != 0 || secret != from_variable)
        fail_msg("%s became \"%s\"", text, result);
    assert_true(expand_check(&value, &no_source, error));
    dun_error_free(error);
    arena_free(arena);
}

static void variables_are_replaced(void **state)
{
    (void)state;
    check("", "", false);
    check("plain", "plain", false);
    check("${A}", "alpha", true);
    check("x${A}y${_x1}z", "xalphayunderz", true);
    check("${EMPTY}", "", true);
    check("${BRACE}", "${A}", true);
    check("${A:-b}", "alpha", true);
    check("${NONE:-b}", "b", false);
    check("${EMPTY:-b}", "b", false);
    check("${NONE:-}", "", false);
    check("${NONE:-${A}}", "alpha", true);
    check("${NONE:-x${NO:-y}z}!", "xyz!", false);
    check("${NONE:-a$$}b}", "a$b}", false);
    check("${NONE:-:-}", ":-", false);
    check("$$", "$", false);
    check("$${A}", "${A}", false);
    check("$$$${A}$$$", "$${A}$$", false);
    check("p$ss $1 $", "p$ss $1 $", false);
    check("{A}", "{A}", false);
}

static void check_malformed(const char *text, const char *message)
{
    struct arena *arena = arena_new();
    const struct variables *variables = variables_new(arena, (char *const *)process);
    const struct config_text value = {text, {3, 7}};
    const char *result = "untouched";
    dun_error *error = dun_error_new();
    assert_false(expand(&value, &no_source, variables, &result, NULL, error));
    assert_string_equal(result, "untouched");
    assert_contains(dun_error_message(error), message);
    dun_error_clear(error);
    assert_false(expand_check(&value, &no_source, error));
    assert_int_equal(dun_error_code(error), DUN_BAD_INPUT);
    assert_contains(dun_error_message(error), message);
    assert_contains(dun_error_hint(error), "${NAME:-text}");
    assert_string_equal(dun_error_file(error), "f");
    assert_int_equal(dun_error_line(error), 3);
    assert_int_equal(dun_error_column(error), 7);
    dun_error_free(error);
    arena_free(arena);
}

static void malformed_variables_are_errors(void **state)
{
    (void)state;
    check_malformed("${A", "has no \"}\"");
    check_malformed("x${", "has no \"}\"");
    check_malformed("${}", "no name follows");
    check_malformed("${1A}", "no name follows");
    check_malformed("${ A}", "no name follows");
    check_malformed("${NONE-b}", "something follows the name");
    check_malformed("${NONE:b}", "something follows the name");
    check_malformed("${NONE:", "has no \"}\"");
    check_malformed("${NONE:}", "something follows the name");
    check_malformed("${NONE:-${A}", "has no \"}\"");
    check_malformed("${NONE:-${}}", "no name follows");
    struct str deep = STR_INIT;
    for (int i = 0; i < 40; ++i)
        str_append(&deep, "${N:-");
    for (int i = 0; i < 40; ++i)
        str_append_char(&deep, '}');
    check_malformed(str_text(&deep), "too deep");
    str_free(&deep);
}

static void unset_variables_are_errors(void **state)
{
    struct setup *setup = *state;
    const char *const variables[] = {"SET=s3cr3t", NULL};
    dun_project_options options = DUN_PROJECT_OPTIONS_INIT;
    options.variables = (char *const *)variables;
    write_file(setup, "dunlin.yaml", "schema: a\nhistory:   '${SET}_${NOT_SET}'\n");
    assert_false(load(setup, options));
    assert_failure(setup, DUN_BAD_INPUT, 2, 12, "the variable NOT_SET is not set");
    assert_contains(dun_error_hint(setup->error), "process environment");
    assert_contains(dun_error_hint(setup->error), path_in(setup, ".env"));
    assert_contains(dun_error_hint(setup->error), "${NOT_SET:-text}");
    assert_null(strstr(dun_error_message(setup->error), "s3cr3t"));
    assert_null(strstr(dun_error_hint(setup->error), "s3cr3t"));
    assert_string_equal(dun_error_excerpt(setup->error), "history:   '${SET}_${NOT_SET}'");
    assert_int_equal(dun_error_excerpt_offset(setup->error), 11);
}

static void every_text_of_the_project_takes_variables(void **state)
{
    struct setup *setup = *state;
    write_file(setup, ".env", "DIR=/d\nTIME=5\nENV=b\n");
    assert_true(load_config(
        setup, "schema: ${DIR}/s\nmigrations: ${DIR}/m\nseeds: ${DIR}/e\nscratch: ${SCRATCH:-auto}\n"
               "history: h${TIME}\nlock_timeout: ${TIME}00ms\ndefault_environment: ${ENV}\n"
               "environments:\n  a: { url: 'sqlite:a' }\n  b: { url: 'sqlite:b' }\n"));
    assert_string_equal(dun_project_schema(setup->project), "/d/s");
    assert_string_equal(dun_project_migrations(setup->project), "/d/m");
    assert_string_equal(dun_project_seeds(setup->project), "/d/e");
    assert_null(dun_project_scratch(setup->project));
    assert_string_equal(dun_project_history(setup->project), "h5");
    assert_int_equal(dun_project_lock_timeout_ms(setup->project), 500);
    assert_string_equal(dun_project_environment(setup->project), "b");
}

static void values_from_variables_are_not_shown(void **state)
{
    static const char *const configs[] = {
        "lock_timeout: ${SECRET}\n",          "scratch: ${SECRET}\n",
        "scratch: mysql://u@h:${SECRET}/d\n", "default_environment: ${SECRET}\n",
        "history: ${SECRET}${NONE}\n",
    };
    struct setup *setup = *state;
    write_file(setup, ".env", "SECRET=s3cr3t\n");
    for (size_t i = 0; i < sizeof configs / sizeof *configs; ++i) {
        assert_false(load_config(setup, configs[i]));
        assert_int_equal(dun_error_code(setup->error), DUN_BAD_INPUT);
        assert_int_equal(dun_error_line(setup->error), 1);
        assert_null(strstr(dun_error_message(setup->error), "s3cr3t"));
        assert_null(strstr(dun_error_excerpt(setup->error), "s3cr3t"));
        const char *hint = dun_error_hint(setup->error);
        assert_true(!hint || !strstr(hint, "s3cr3t"));
    }
}

static void durations_are_read(void **state)
{
    static const struct {
        const char *text;
        int64_t ms;
    } good[] = {{"0", 0},
                {"10", 10000},
                {"10s", 10000},
                {"500ms", 500},
                {"2m", 120000},
                {"1h", 3600000},
                {"0ms", 0},
                {"2147483647ms", 2147483647},
                {"2147483s", 2147483000},
                {"007s", 7000}};
    static const char *const bad[] = {
        "",    "s",     "ms", "-1s",  "+1",   "1.5s",         "10 s",     " 1",   "1 ",
        "10S", "10min", "1d", "1h2m", "0x10", "2147483648ms", "2147484s", "600h", "99999999999999999999s"};
    (void)state;
    dun_error *error = dun_error_new();
    for (size_t i = 0; i < sizeof good / sizeof *good; ++i) {
        int64_t ms = -1;
        assert_true(dun_duration_parse(good[i].text, &ms, error));
        assert_int_equal(ms, good[i].ms);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
        int64_t ms = -7;
        if (dun_duration_parse(bad[i], &ms, error))
            fail_msg("\"%s\" was read as %lld ms", bad[i], (long long)ms);
        assert_int_equal(ms, -7);
        assert_int_equal(dun_error_code(error), DUN_USAGE);
        assert_contains(dun_error_message(error), bad[i]);
        assert_contains(dun_error_hint(error), "500ms");
    }
    dun_error_free(error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(variables_are_replaced),
        cmocka_unit_test(malformed_variables_are_errors),
        PROJECT_TEST(unset_variables_are_errors),
        PROJECT_TEST(every_text_of_the_project_takes_variables),
        PROJECT_TEST(values_from_variables_are_not_shown),
        cmocka_unit_test(durations_are_read),
    };
    return cmocka_run_group_tests_name("project_expand", tests, NULL, NULL);
}
