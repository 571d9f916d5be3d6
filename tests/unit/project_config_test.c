/* What dunlin.yaml may say, and what is said of a wrong one: message, line, column, hint. */
#include "project_setup.h"

static void no_config_gives_the_defaults(void **state)
{
    struct setup *setup = *state;
    assert_true(load(setup, (dun_project_options)DUN_PROJECT_OPTIONS_INIT));
    const dun_project *project = setup->project;
    assert_string_equal(dun_project_folder(project), setup->folder);
    assert_null(dun_project_config(project));
    assert_string_equal(dun_project_schema(project), path_in(setup, "schema"));
    assert_string_equal(dun_project_migrations(project), path_in(setup, "migrations"));
    assert_string_equal(dun_project_seeds(project), path_in(setup, "seeds"));
    assert_null(dun_project_scratch(project));
    assert_string_equal(dun_project_history(project), "dunlin_history");
    assert_int_equal(dun_project_lock_timeout_ms(project), 10000);
    assert_null(dun_project_environment(project));
    assert_false(dun_project_protected(project));
    size_t count = 7;
    dun_project_environments(project, &count);
    assert_int_equal(count, 0);
    dun_project_warnings(project, &count);
    assert_int_equal(count, 0);
}

static void empty_configs_give_the_defaults(void **state)
{
    static const char *const texts[] = {
        "", "# nothing\n", "---\n", "~\n", "environments:\n  # dev:\n", "\xEF\xBB\xBF", "{}"};
    struct setup *setup = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
        assert_true(load_config(setup, texts[i]));
        assert_string_equal(dun_project_migrations(setup->project), path_in(setup, "migrations"));
        assert_string_equal(dun_project_config(setup->project), path_in(setup, "dunlin.yaml"));
    }
}

static void every_key_is_read(void **state)
{
    struct setup *setup = *state;
    assert_true(load_config(setup, "\xEF\xBB\xBFschema: db/schema\r\n"
                                   "migrations: /srv/migrations\r\n"
                                   "seeds: './seeds'\r\n"
                                   "scratch: postgresql://scratch@localhost/postgres\r\n"
                                   "history: audit.history\r\n"
                                   "lock_timeout: 2m\r\n"
                                   "default_environment: 2024\r\n"
                                   "environments:\r\n"
                                   "  dev: { url: \"sqlite:dev.db\" }\r\n"
                                   "  2024: { url: 'sqlite:/a.db', protected: true, concurrency: 7 }\r\n"));
    const dun_project *project = setup->project;
    assert_string_equal(dun_project_schema(project), path_in(setup, "db/schema"));
    assert_string_equal(dun_project_migrations(project), "/srv/migrations");
    assert_string_equal(dun_project_seeds(project), path_in(setup, "./seeds"));
    assert_string_equal(dun_project_scratch(project), "postgresql://scratch@localhost/postgres");
    assert_string_equal(dun_project_history(project), "audit.history");
    assert_int_equal(dun_project_lock_timeout_ms(project), 120000);
    assert_string_equal(dun_project_environment(project), "2024");
    assert_true(dun_project_protected(project));
    assert_int_equal(dun_project_concurrency(project), 7);
    size_t count;
    const char *const *names = dun_project_environments(project, &count);
    assert_int_equal(count, 2);
    assert_string_equal(names[0], "dev");
    assert_string_equal(names[1], "2024");
}

static void aliases_stand_for_values(void **state)
{
    struct setup *setup = *state;
    assert_true(load_config(setup,
                            "schema: &where db\nmigrations: *where\n"
                            "environments:\n  a: &same { url: 'sqlite:/a.db', protected: true }\n  b: *same\n"
                            "default_environment: b\n"));
    assert_string_equal(dun_project_migrations(setup->project), path_in(setup, "db"));
    assert_string_equal(dun_project_environment(setup->project), "b");
    assert_true(dun_project_protected(setup->project));
}

static void mistakes_have_a_place(void **state)
{
    static const struct {
        const char *config;
        unsigned line, column;
        const char *message;
    } cases[] = {
        {"schema: a\nmigration: b\n", 2, 1, "unknown key \"migration\" in the config"},
        {"a: 1\n", 1, 1, "unknown key \"a\""},
        {"environments:\n  dev: { url: 'sqlite:a', protect: true }\n", 2, 27,
         "unknown key \"protect\" in environment \"dev\""},
        {"environments: { dev: { discover: { url: 'sqlite:a', sql: b } } }\n", 1, 53,
         "unknown key \"sql\" in \"discover\""},
        {"environments:\n  dev: { <<: { url: 'sqlite:a' } }\n", 2, 10, "unknown key \"<<\""},
        {"- schema\n", 1, 1, "must be a map of keys and values, not a list"},
        {"schema\n", 1, 1, "must be a map of keys and values, not a text"},
        {"schema: [ a ]\n", 1, 9, "\"schema\" must be a text, not a list"},
        {"schema:\n  a: b\n", 2, 3, "\"schema\" must be a text, not a map"},
        {"schema: 5\n", 1, 9, "\"schema\" must be a text, not a number"},
        {"schema: true\n", 1, 9, "\"schema\" must be a text, not true or false"},
        {"schema:\nseeds: a\n", 1, 1, "\"schema\" must be a text, not nothing"},
        {"schema: ''\n", 1, 9, "\"schema\" is empty"},
        {"history: ${NOTHING:-}\n", 1, 10, "\"history\" is empty after its variables were replaced"},
        {"lock_timeout: 10 s\n", 1, 15, "\"lock_timeout\" must be a duration"},
        {"lock_timeout: -1\n", 1, 15, "\"lock_timeout\" must be a duration"},
        {"lock_timeout: 1.5s\n", 1, 15, "\"lock_timeout\" must be a duration"},
        {"lock_timeout: 25000h\n", 1, 15, "\"lock_timeout\" must be a duration"},
        {"lock_timeout: [ 1 ]\n", 1, 15, "\"lock_timeout\" must be a text, not a list"},
        {"environments: [ dev ]\n", 1, 15, "\"environments\" must be a map of names, not a list"},
        {"environments:\n  dev: sqlite:dev.db\n", 2, 8, "environment \"dev\" must be a map, not a text"},
        {"environments:\n  dev:\n", 2, 3, "environment \"dev\" must be a map, not nothing"},
        {"environments: { '': { url: 'sqlite:a' } }\n", 1, 17, "an environment needs a name"},
        {"environments:\n  dev: { protected: true }\n", 2, 3, "has none of url, urls and discover"},
        {"environments:\n  dev:\n    url: sqlite:a\n    urls: [ 'sqlite:b' ]\n", 4, 5,
         "environment \"dev\" has both \"url\" and \"urls\""},
        {"environments:\n  dev:\n    discover: { url: a, query: b }\n    url: sqlite:a\n", 4, 5,
         "environment \"dev\" has both \"discover\" and \"url\""},
        {"environments: { dev: { url: [ a ] } }\n", 1, 29, "\"url\" must be a text, not a list"},
        {"environments: { dev: { urls: 'sqlite:a' } }\n", 1, 30,
         "\"urls\" must be a list of texts, not a text"},
        {"environments: { dev: { urls: [] } }\n", 1, 30, "the list \"urls\" is empty"},
        {"environments: { dev: { urls: [ 'sqlite:a', { b: c } ] } }\n", 1, 44,
         "\"urls\" must be a text, not a map"},
        {"environments: { dev: { discover: 'sqlite:a' } }\n", 1, 34,
         "\"discover\" must be a map of url and query"},
        {"environments: { dev: { discover: { url: a } } }\n", 1, 34, "\"discover\" has no \"query\""},
        {"environments: { dev: { discover: { query: a } } }\n", 1, 34, "\"discover\" has no \"url\""},
        {"environments: { dev: { url: a, protected: yes } }\n", 1, 43,
         "\"protected\" must be true or false, not a text"},
        {"environments: { dev: { url: a, protected: 1 } }\n", 1, 43,
         "\"protected\" must be true or false, not a number"},
        {"environments: { dev: { url: a, concurrency: 0 } }\n", 1, 45, "whole number from 1 to 4096"},
        {"environments: { dev: { url: a, concurrency: 99999999999999999999999 } }\n", 1, 45,
         "whole number from 1 to"},
        {"environments: { dev: { url: a, concurrency: 1.5 } }\n", 1, 45, "whole number from 1 to 4096"},
        {"environments: { dev: { url: a, concurrency: many } }\n", 1, 45,
         "\"concurrency\" must be a number, not a text"},
        {"default_environment: prod\nenvironments: { dev: { url: 'sqlite:a' } }\n", 1, 22,
         "names no environment of this config"},
        {"scratch: nowhere\n", 1, 10, "URL"},
        {"schema: a\nseeds: b\nschema: c\n", 3, 1, "the key \"schema\" is given twice"},
        {"environments:\n  a: { url: 'sqlite:a' }\n  a: { url: 'sqlite:b' }\n", 3, 3,
         "the key \"a\" is given twice"},
        {"schema: a\n---\nschema: b\n", 2, 1, "a second document begins here"},
        {"schema: !!str a\n", 1, 9, "tags"},
        {"schema: *a\n", 1, 9, "there is no anchor \"&a\""},
        {"environments: &a { b: *a }\n", 1, 23, "there is no anchor \"&a\""},
        {"? [ a ]\n: b\n", 1, 3, "a key must be a text"},
        {"schema: \"a\\0b\"\n", 1, 9, "NUL"},
        {"schema: \"a\n", 1, 10, "no valid YAML: double-quoted scalar without closing quote"},
        {"schema: a\n\tseeds: b\n", 1, 9, "no valid YAML"},
        {"schema: caf\xE9\n", 1, 12, "0xE9 is not UTF-8"},
        {"h\xC3\xA9: 1\nschema: \xED\xA0\x80\n", 2, 9, "is not UTF-8"},
        {"schema: \"caf\xC3\xA9 \"b\n", 1, 16, "no valid YAML"},
    };
    struct setup *setup = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        assert_false(load_config(setup, cases[i].config));
        if (dun_error_line(setup->error) != cases[i].line ||
            dun_error_column(setup->error) != cases[i].column)
            print_message("case %zu: %s\n", i, cases[i].config);
        assert_failure(setup, DUN_BAD_INPUT, cases[i].line, cases[i].column, cases[i].message);
    }
}

static void mistakes_have_hints(void **state)
{
    static const struct {
        const char *config, *hint;
    } cases[] = {
        {"migration: b\n", "did you mean \"migrations\"?"},
        {"lock-timeout: 1s\n", "did you mean \"lock_timeout\"?"},
        {"evnironments: {}\n", "did you mean \"environments\"?"},
        {"database: b\n", "known are schema, migrations, seeds, scratch, history, lock_timeout"},
        {"environments:\n  dev: { urll: 'sqlite:a' }\n", "did you mean \"url\"?"},
        {"environments:\n  dev: { <<: { url: 'sqlite:a' } }\n", "an alias (*name)"},
        {"schema: 5\n", "put it in quotes"},
        {"schema: a\nschema: b\n", "the first one is in line 1"},
        {"lock_timeout: 10 s\n", "500ms, 10s, 2m, 1h"},
        {"environments: { dev: { url: a, protected: yes } }\n", "write true or false"},
        {"environments: { dev: { url: ${URL} } }\n", "needs quotes"},
        {"environments:\n  dev: sqlite:dev.db\n", "write dev: { url: \"...\" }"},
    };
    struct setup *setup = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        assert_false(load_config(setup, cases[i].config));
        assert_contains(dun_error_hint(setup->error), cases[i].hint);
    }
}

static void the_line_is_shown_without_passwords(void **state)
{
    static const struct {
        const char *config, *excerpt;
        unsigned offset;
    } cases[] = {
        {"schema: a\nseed: b\n", "seed: b", 0},
        {"schema: [\xC3\xA9]\n", "schema: [\xC3\xA9]", 8},
        {"environments: { a: { url: 'mysql://u:s3cr3t@h/x', b: c } }\n",
         "environments: { a: { url: 'mysql://u:***@h/x', b: c } }", 47},
        {"environments: { a: { x: 1, url: 'mysql://u:s3cr3t/@h@x:3/y' } }\n",
         "environments: { a: { x: 1, url: 'mysql://u:***@x:3/y' } }", 21},
        {"environments: { a: { host: h, password: s3cr3t, b: c } }\n",
         "environments: { a: { host: h, password:***", 21},
        {"environments: { a: { \"password\" : s3cr3t } }\n", "environments: { a: { \"password\" :***", 21},
        {"environments: { a: { url: 'mysql://h/x?a=b&PassWord=s3cr3t&c=d', b: c } }\n",
         "environments: { a: { url: 'mysql://h/x?a=b&PassWord=***", 52},
        {"environments: { a: { urls: [ 'mysql://a@h/x', 'mysql://b@h/y' ], b: c } }\n",
         "environments: { a: { urls: [ 'mysql://a@h/x', 'mysql://b@h/y...", 0},
    };
    struct setup *setup = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        assert_false(load_config(setup, cases[i].config));
        const char *excerpt = dun_error_excerpt(setup->error);
        assert_non_null(excerpt);
        assert_null(strstr(excerpt, "s3cr3t"));
        if (cases[i].offset || i == 0) {
            assert_string_equal(excerpt, cases[i].excerpt);
            assert_int_equal(dun_error_excerpt_offset(setup->error), cases[i].offset);
        }
    }
}

/* Each kind of YAML text; the doubled quote marks are where libfyaml 0.7.12 leaks. */
static void texts_are_read_in_every_style(void **state)
{
    struct setup *setup = *state;
    assert_true(load_config(setup, "schema: '/''a''b''c''d''e''f''g''h''i''j''k'\n"
                                   "migrations: \"/a\\u00e9\\\"b\\\n  c\"\n"
                                   "seeds: >-\n  /a\n  b\n"
                                   "history: |-\n  a\n   b\n"));
    assert_string_equal(dun_project_schema(setup->project), "/'a'b'c'd'e'f'g'h'i'j'k");
    assert_string_equal(dun_project_migrations(setup->project), "/a\xC3\xA9\"bc");
    assert_string_equal(dun_project_seeds(setup->project), "/a b");
    assert_string_equal(dun_project_history(setup->project), "a\n b");
}

static void long_lists_are_read_in_linear_time(void **state)
{
    enum { COUNT = 20000 };
    struct setup *setup = *state;
    size_t size = COUNT * 64 + 64, length = 0;
    char *text = malloc(size);
    length += (size_t)snprintf(text, size, "environments:\n");
    for (size_t i = 0; i < COUNT; ++i)
        length += (size_t)snprintf(text + length, size - length, "  e%zu: { url: 'sqlite:%zu.db' }\n", i, i);
    bool good = load_config(setup, text);
    free(text);
    assert_true(good);
    size_t count;
    dun_project_environments(setup->project, &count);
    assert_int_equal(count, COUNT);
}

static void the_config_may_be_named(void **state)
{
    struct setup *setup = *state;
    dun_project_options options = DUN_PROJECT_OPTIONS_INIT;
    char other[300];
    snprintf(other, sizeof other, "%s", path_in(setup, "other.yaml"));
    options.config = other;
    assert_false(load(setup, options));
    assert_failure(setup, DUN_BAD_INPUT, 0, 0, "the config cannot be read: No such file or directory");
    assert_string_equal(dun_error_file(setup->error), other);

    write_file(setup, "other.yaml", "migrations: there\n");
    options.folder = "/";
    setup->project = dun_project_load(&options, setup->error);
    assert_non_null(setup->project);
    assert_string_equal(dun_project_folder(setup->project), setup->folder);
    assert_string_equal(dun_project_migrations(setup->project), path_in(setup, "there"));

    assert_int_equal(unlink(other), 0);
    assert_int_equal(mkdir(other, 0700), 0);
    assert_false(load(setup, options));
    assert_failure(setup, DUN_BAD_INPUT, 0, 0, "Is a directory");
}

static void the_folder_must_be_one(void **state)
{
    struct setup *setup = *state;
    char missing[300];
    snprintf(missing, sizeof missing, "%s", path_in(setup, "missing"));
    const dun_project_options options = {.folder = missing};
    assert_null(dun_project_load(&options, setup->error));
    assert_failure(setup, DUN_BAD_INPUT, 0, 0, "cannot be used: No such file or directory");
}

static void the_current_folder_leaves_paths_short(void **state)
{
    struct setup *setup = *state;
    char before[4096];
    assert_non_null(getcwd(before, sizeof before));
    write_file(setup, "dunlin.yaml", "environments: { dev: { url: 'sqlite:dev.db' } }\n");
    assert_int_equal(chdir(setup->folder), 0);
    setup->project = dun_project_load(NULL, setup->error);
    assert_int_equal(chdir(before), 0);
    assert_non_null(setup->project);
    assert_string_equal(dun_project_folder(setup->project), ".");
    assert_string_equal(dun_project_config(setup->project), "dunlin.yaml");
    assert_string_equal(dun_project_migrations(setup->project), "migrations");
    size_t count;
    const char *const *targets = dun_project_targets(setup->project, &count, setup->error);
    assert_non_null(targets);
    assert_string_equal(targets[0], "sqlite:dev.db");
}

static void another_spelling_of_the_name_is_warned_about(void **state)
{
    struct setup *setup = *state;
    write_file(setup, "dunlin.yml", "schema: a\n");
    assert_true(load(setup, (dun_project_options)DUN_PROJECT_OPTIONS_INIT));
    size_t count;
    const dun_project_warning *warnings = dun_project_warnings(setup->project, &count);
    assert_int_equal(count, 1);
    assert_string_equal(warnings[0].file, path_in(setup, "dunlin.yml"));
    assert_contains(warnings[0].message, "named dunlin.yaml");
}

static void errors_may_be_of_no_interest(void **state)
{
    struct setup *setup = *state;
    write_file(setup, "dunlin.yaml", "nonsense: [\n");
    const dun_project_options options = {.folder = setup->folder};
    assert_null(dun_project_load(&options, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROJECT_TEST(no_config_gives_the_defaults),
        PROJECT_TEST(empty_configs_give_the_defaults),
        PROJECT_TEST(every_key_is_read),
        PROJECT_TEST(aliases_stand_for_values),
        PROJECT_TEST(mistakes_have_a_place),
        PROJECT_TEST(mistakes_have_hints),
        PROJECT_TEST(the_line_is_shown_without_passwords),
        PROJECT_TEST(texts_are_read_in_every_style),
        PROJECT_TEST(long_lists_are_read_in_linear_time),
        PROJECT_TEST(the_config_may_be_named),
        PROJECT_TEST(the_folder_must_be_one),
        PROJECT_TEST(the_current_folder_leaves_paths_short),
        PROJECT_TEST(another_spelling_of_the_name_is_warned_about),
        PROJECT_TEST(errors_may_be_of_no_interest),
    };
    return cmocka_run_group_tests_name("project_config", tests, NULL, NULL);
}
