/* .env: what each line means, what is warned about, and who wins. */
#include "project_setup.h"

#include "project/dotenv.h"

static void check(const char *text, const char *name, const char *expected)
{
    struct arena *arena = arena_new();
    struct variables *variables = variables_new(arena, NULL);
    const struct source source = source_of(".env", text, strlen(text));
    dotenv_add(variables, &source);
    const char *value = variables_get(variables, name);
    bool same = expected && value ? strcmp(value, expected) == 0 : expected == value;
    if (!same)
        fail_msg("%s: %s is \"%s\", not \"%s\"", text, name, value ? value : "(null)",
                 expected ? expected : "(null)");
    arena_free(arena);
}

static void lines_are_assignments(void **state)
{
    (void)state;
    check("A=b", "A", "b");
    check("A=b\n", "A", "b");
    check("\xEF\xBB\xBF"
          "A=b\n",
          "A", "b");
    check("A=b\r\nC=d\r\n", "A", "b");
    check("A=b\r\nC=d\r\n", "C", "d");
    check("  A = b c \t\n", "A", "b c");
    check("export A=b\n", "A", "b");
    check("export\tA=b\n", "A", "b");
    check("export=b\n", "export", "b");
    check("exported=b\n", "exported", "b");
    check("A=\n", "A", "");
    check("A=\nB=c\n", "B", "c");
    check("A=", "A", "");
    check("_a1=b\n", "_a1", "b");
    check("spring.x-y=b\nA=c\n", "A", "c");
    check("A=b\nA=c\n", "A", "c");
    check("A=b=c\n", "A", "b=c");
    check("\n\n  \nA=b", "A", "b");
}

static void comments_are_left_out(void **state)
{
    (void)state;
    check("# A=b\n", "A", NULL);
    check("  # A=b\nA=c\n", "A", "c");
    check("A=b # c\n", "A", "b");
    check("A=b\t# c\n", "A", "b");
    check("A=b#c\n", "A", "b#c");
    check("A=#c\n", "A", "");
    check("A='b' # c\n", "A", "b");
    check("A=\"b # c\" # d\n", "A", "b # c");
}

static void quotes_keep_what_is_inside(void **state)
{
    (void)state;
    check("A='b c '\n", "A", "b c ");
    check("A='b\\n$c\"'\n", "A", "b\\n$c\"");
    check("A=\"b\\n\\\"\\\\\\$c'\"\n", "A", "b\n\"\\$c'");
    check("A=\"\\t\\x\"\n", "A", "\\t\\x");
    check("A=\"\"\n", "A", "");
    check("A=''", "A", "");
    check("A=\"b\nc\"\nD=e\n", "A", "b\nc");
    check("A=\"b\nc\"\nD=e\n", "D", "e");
    check("A='b\r\nc'\r\nD=e\r\n", "A", "b\nc");
    check("A=b'c\"d\n", "A", "b'c\"d");
    check("A=\"b\\\n", "A", NULL);
    check("A=\"b\\", "A", NULL);
    check("A='b\nB=c\n", "A", NULL);
    check("A='b\nB=c\n", "B", "c");
    check("A=\"b\nB=\"c\"\n", "B", "c");
    check("A=$B ${C}\n", "A", "$B ${C}");
}

struct expected_warning {
    unsigned line;
    const char *message;
};

static void check_warnings(const char *text, size_t length, size_t count,
                           const struct expected_warning *expected)
{
    struct arena *arena = arena_new();
    struct variables *variables = variables_new(arena, NULL);
    const struct source source = source_of("x/.env", text, length);
    dotenv_add(variables, &source);
    if (variables->warnings.count != count)
        fail_msg("%s: %zu warnings, not %zu", text, variables->warnings.count, count);
    for (size_t i = 0; i < count; ++i) {
        const dun_project_warning *warning = &variables->warnings.items[i];
        assert_string_equal(warning->file, "x/.env");
        assert_int_equal(warning->line, expected[i].line);
        assert_contains(warning->message, expected[i].message);
        assert_null(strstr(warning->message, "s3cr3t"));
    }
    arena_free(arena);
}

#define WARNINGS(text, ...)                                                                                  \
    check_warnings(text, sizeof text - 1,                                                                    \
                   sizeof((const struct expected_warning[]){__VA_ARGS__}) / sizeof(struct expected_warning), \
                   (const struct expected_warning[]){__VA_ARGS__})

static void what_is_no_assignment_is_warned_about(void **state)
{
    (void)state;
    WARNINGS("A=b\ns3cr3t\n\nB=c\n1=s3cr3t\n=d\nexport E\n", {2, "no assignment"}, {5, "no assignment"},
             {6, "no assignment"}, {7, "no assignment"});
    WARNINGS("A='s3cr3t\nB=c\n", {1, "quotes"});
    WARNINGS("A='x\ny'\nB='s3cr3t' d\n", {3, "quotes"});
    WARNINGS("A='b'#c\n", {1, "quotes"});
    WARNINGS("A=1\nB=${A}s3cr3t\nC=\"${A}\"\nD='${A}'\nE=\"\\${A}\"\n", {2, "not replaced"},
             {3, "not replaced"});
    WARNINGS("A=b\nB=\0s3cr3t\n", {0, "not UTF-8"});
    WARNINGS("\xFF\xFE"
             "A\0=\0b\0",
             {0, "not UTF-8"});
    check_warnings("A=b\n# c\n\n", 9, 0, NULL);
}

static void many_open_quotes_take_linear_time(void **state)
{
    (void)state;
    enum { COUNT = 100000 };
    static const char line[] = "A=\"b\\\"\nC='d\n";
    struct arena *arena = arena_new();
    char *text = arena_alloc(arena, COUNT * (sizeof line - 1) + 1);
    for (size_t i = 0; i < COUNT; ++i)
        memcpy(text + i * (sizeof line - 1), line, sizeof line - 1);
    struct variables *variables = variables_new(arena, NULL);
    const struct source source = source_of(".env", text, COUNT * (sizeof line - 1));
    dotenv_add(variables, &source);
    assert_true(variables->warnings.count >= COUNT);
    arena_free(arena);
}

static void the_process_wins(void **state)
{
    struct setup *setup = *state;
    const char *const variables[] = {"A=process", "B", "=C", "D=", "A=later", NULL};
    dun_project_options options = DUN_PROJECT_OPTIONS_INIT;
    options.variables = (char *const *)variables;
    write_file(setup, ".env", "A=file\nD=file\nE=file\nnonsense\n");
    assert_true(load(setup, options));
    assert_string_equal(dun_project_variable(setup->project, "A"), "process");
    assert_string_equal(dun_project_variable(setup->project, "D"), "");
    assert_string_equal(dun_project_variable(setup->project, "E"), "file");
    assert_null(dun_project_variable(setup->project, "B"));
    size_t count;
    const dun_project_warning *warnings = dun_project_warnings(setup->project, &count);
    assert_int_equal(count, 1);
    assert_string_equal(warnings[0].file, path_in(setup, ".env"));
    assert_int_equal(warnings[0].line, 4);
}

static void a_folder_named_dotenv_is_no_matter(void **state)
{
    struct setup *setup = *state;
    assert_int_equal(mkdir(path_in(setup, ".env"), 0700), 0);
    assert_true(load(setup, (dun_project_options)DUN_PROJECT_OPTIONS_INIT));
    size_t count;
    dun_project_warnings(setup->project, &count);
    assert_int_equal(count, 0);
}

static void an_unreadable_file_is_warned_about(void **state)
{
    struct setup *setup = *state;
    assert_int_equal(symlink(".env", path_in(setup, ".env")), 0); /* root may read everything but this */
    assert_true(load(setup, (dun_project_options)DUN_PROJECT_OPTIONS_INIT));
    size_t count;
    const dun_project_warning *warnings = dun_project_warnings(setup->project, &count);
    assert_int_equal(count, 1);
    assert_contains(warnings[0].message, "cannot be read");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_assignments),
        cmocka_unit_test(comments_are_left_out),
        cmocka_unit_test(quotes_keep_what_is_inside),
        cmocka_unit_test(what_is_no_assignment_is_warned_about),
        cmocka_unit_test(many_open_quotes_take_linear_time),
        PROJECT_TEST(the_process_wins),
        PROJECT_TEST(a_folder_named_dotenv_is_no_matter),
        PROJECT_TEST(an_unreadable_file_is_warned_about),
    };
    return cmocka_run_group_tests_name("project_dotenv", tests, NULL, NULL);
}
