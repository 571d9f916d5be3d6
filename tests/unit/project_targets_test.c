/* Which targets are chosen, and what their URLs become. */
#include "project_setup.h"

static const char several[] =
    "environments:\n"
    "  dev: { url: 'sqlite:dev.db' }\n"
    "  prod: { url: '${PROD_URL}', protected: true }\n"
    "  shards:\n"
    "    urls: [ 'mysql://app@shard1/shop', 'mysql://app@shard2:3307/shop' ]\n"
    "    concurrency: 2\n"
    "  tenants:\n"
    "    discover: { url: 'sqlite:${NAME:-t}.db', query: 'SELECT url FROM ${TABLE}' }\n"
    "    concurrency: 32\n"
    "  broken: { url: 'mysql://app:s3cr3t@host:99999/shop' }\n";

static bool load_with(struct setup *setup, const char *environment, const char *url,
                      const char *const *variables)
{
    dun_project_options options = DUN_PROJECT_OPTIONS_INIT;
    options.environment = environment;
    options.url = url;
    options.variables = (char *const *)variables;
    return load(setup, options);
}

/* The project has exactly these targets; NULL ends them. */
static void assert_targets(struct setup *setup, const char *first, const char *second)
{
    size_t count = 77;
    const char *const *targets = dun_project_targets(setup->project, &count, setup->error);
    if (!targets)
        fail_msg("%s", dun_error_message(setup->error));
    assert_int_equal(count, second ? 2 : 1);
    assert_string_equal(targets[0], first);
    if (second)
        assert_string_equal(targets[1], second);
}

static void assert_no_targets(struct setup *setup)
{
    size_t count = 77;
    assert_null(dun_project_targets(setup->project, &count, setup->error));
    assert_int_equal(count, 77);
}

static void assert_environment(const struct setup *setup, const char *name, bool is_protected)
{
    if (name)
        assert_string_equal(dun_project_environment(setup->project), name);
    else
        assert_null(dun_project_environment(setup->project));
    assert_int_equal(dun_project_protected(setup->project), is_protected);
}

static void the_order_is_url_environment_variable_default(void **state)
{
    struct setup *setup = *state;
    const char *const variables[] = {"DATABASE_URL=sqlite:/variable.db", NULL};
    write_file(setup, "dunlin.yaml",
               "default_environment: b\nenvironments:\n  a: { url: 'sqlite:/a.db' }\n"
               "  b: { url: 'sqlite:/b.db' }\n");
    assert_true(load_with(setup, "a", "sqlite:/given.db", variables));
    assert_targets(setup, "sqlite:/given.db", NULL);
    assert_environment(setup, "a", false);
    assert_true(load_with(setup, "a", NULL, variables));
    assert_targets(setup, "sqlite:/a.db", NULL);
    assert_true(load_with(setup, NULL, "sqlite:/given.db", variables));
    assert_targets(setup, "sqlite:/given.db", NULL);
    assert_environment(setup, NULL, false);
    assert_true(load_with(setup, NULL, NULL, variables));
    assert_targets(setup, "sqlite:/variable.db", NULL);
    assert_environment(setup, NULL, false);
    assert_true(load_with(setup, NULL, NULL, NULL));
    assert_targets(setup, "sqlite:/b.db", NULL);
    assert_environment(setup, "b", false);
}

static void the_only_environment_is_the_default(void **state)
{
    struct setup *setup = *state;
    const char *const empty[] = {"DATABASE_URL=", NULL};
    write_file(setup, "dunlin.yaml", "environments: { a: { url: 'sqlite:/a.db', protected: true } }\n");
    assert_true(load_with(setup, NULL, NULL, NULL));
    assert_targets(setup, "sqlite:/a.db", NULL);
    assert_environment(setup, "a", true);
    assert_true(load_with(setup, NULL, NULL, empty));
    assert_targets(setup, "sqlite:/a.db", NULL);
}

static void no_target_is_an_error_only_when_asked_for(void **state)
{
    struct setup *setup = *state;
    const char *url = "untouched", *query = "untouched";
    assert_true(load_with(setup, NULL, NULL, NULL));
    assert_no_targets(setup);
    assert_failure(setup, DUN_USAGE, 0, 0, "no database was chosen");
    assert_contains(dun_error_hint(setup->error), "--url URL");
    assert_contains(dun_error_hint(setup->error), "-e NAME");
    assert_contains(dun_error_hint(setup->error), "DATABASE_URL");
    assert_false(dun_project_discover(setup->project, &url, &query, setup->error));
    assert_string_equal(url, "untouched");
    assert_int_equal(dun_error_code(setup->error), DUN_USAGE);

    assert_true(load_config(setup, several));
    assert_environment(setup, NULL, false);
    assert_no_targets(setup);
    assert_contains(dun_error_hint(setup->error), "dev, prod, shards, tenants, broken");
}

static void the_variable_may_stand_in_dotenv(void **state)
{
    struct setup *setup = *state;
    char expected[300];
    write_file(setup, ".env", "DATABASE_URL=sqlite:data/app.db?mode=ro\n");
    assert_true(load_with(setup, NULL, NULL, NULL));
    snprintf(expected, sizeof expected, "sqlite:%s?mode=ro", path_in(setup, "data/app.db"));
    assert_targets(setup, expected, NULL);
}

static void a_bad_url_of_the_variable_is_told_without_it(void **state)
{
    struct setup *setup = *state;
    const char *const variables[] = {"DATABASE_URL=mysql://app:s3cr3t@host:s3cr3t/shop", NULL};
    assert_true(load_with(setup, NULL, NULL, variables));
    assert_no_targets(setup);
    assert_failure(setup, DUN_BAD_INPUT, 0, 0, "the variable DATABASE_URL: ");
    assert_contains(dun_error_message(setup->error), "port");
    assert_null(strstr(dun_error_message(setup->error), "s3cr3t"));
    assert_null(strstr(dun_error_hint(setup->error), "s3cr3t"));
}

static void a_bad_url_of_the_options_is_told(void **state)
{
    struct setup *setup = *state;
    assert_true(load_with(setup, NULL, "postgres//host", NULL));
    assert_no_targets(setup);
    assert_failure(setup, DUN_BAD_INPUT, 0, 0, "scheme");
}

static void unknown_environments_are_refused(void **state)
{
    struct setup *setup = *state;
    assert_false(load_with(setup, "prod", NULL, NULL));
    assert_failure(setup, DUN_USAGE, 0, 0, "there is no environment \"prod\"");
    assert_contains(dun_error_hint(setup->error), "dunlin.yaml is missing");

    write_file(setup, "dunlin.yaml", several);
    assert_false(load_with(setup, "prdo", "sqlite:/a.db", NULL));
    assert_failure(setup, DUN_USAGE, 0, 0, "there is no environment \"prdo\"");
    assert_contains(dun_error_hint(setup->error), "did you mean \"prod\"?");
    assert_false(load_with(setup, "elsewhere", NULL, NULL));
    assert_contains(dun_error_hint(setup->error), "the environments are dev, prod, shards, tenants, broken");

    write_file(setup, "dunlin.yaml", "schema: a\n");
    assert_false(load_with(setup, "prod", NULL, NULL));
    assert_contains(dun_error_hint(setup->error), "has no environments");
}

static void a_flock_has_several_targets(void **state)
{
    struct setup *setup = *state;
    write_file(setup, "dunlin.yaml", several);
    assert_true(load_with(setup, "shards", NULL, NULL));
    assert_targets(setup, "mysql://app@shard1/shop", "mysql://app@shard2:3307/shop");
    assert_int_equal(dun_project_concurrency(setup->project), 2);
    const char *url = "x", *query = "x";
    assert_true(dun_project_discover(setup->project, &url, &query, setup->error));
    assert_null(url);
    assert_null(query);
}

static void a_flock_may_be_looked_up(void **state)
{
    struct setup *setup = *state;
    const char *const variables[] = {"TABLE=tenants", NULL};
    const char *url = NULL, *query = NULL;
    char expected[300];
    write_file(setup, "dunlin.yaml", several);
    assert_true(load_with(setup, "tenants", NULL, variables));
    assert_true(dun_project_discover(setup->project, &url, &query, setup->error));
    snprintf(expected, sizeof expected, "sqlite:%s", path_in(setup, "t.db"));
    assert_string_equal(url, expected);
    assert_string_equal(query, "SELECT url FROM tenants");
    assert_int_equal(dun_project_concurrency(setup->project), 32);
    assert_no_targets(setup);
    assert_failure(setup, DUN_USAGE, 0, 0, "the targets of environment \"tenants\" are looked up");

    assert_true(load_with(setup, "tenants", NULL, NULL));
    assert_false(dun_project_discover(setup->project, &url, &query, setup->error));
    assert_failure(setup, DUN_BAD_INPUT, 8, 53, "the variable TABLE is not set");

    assert_true(load_with(setup, "tenants", "sqlite:/one.db", NULL));
    assert_targets(setup, "sqlite:/one.db", NULL);
    assert_true(dun_project_discover(setup->project, &url, &query, setup->error));
    assert_null(url);
}

static void only_the_chosen_environment_is_looked_at(void **state)
{
    struct setup *setup = *state;
    char expected[300];
    write_file(setup, "dunlin.yaml", several);
    assert_true(load_with(setup, "dev", NULL, NULL));
    snprintf(expected, sizeof expected, "sqlite:%s", path_in(setup, "dev.db"));
    assert_targets(setup, expected, NULL);

    assert_true(load_with(setup, "prod", NULL, NULL));
    assert_environment(setup, "prod", true);
    assert_no_targets(setup);
    assert_failure(setup, DUN_BAD_INPUT, 3, 16, "the variable PROD_URL is not set");

    assert_true(load_with(setup, "broken", NULL, NULL));
    assert_no_targets(setup);
    assert_failure(setup, DUN_BAD_INPUT, 10, 18, "port");
    assert_string_equal(dun_error_excerpt(setup->error),
                        "  broken: { url: 'mysql://app:***@host:99999/shop' }");
}

static void any_environment_may_be_asked_for(void **state)
{
    struct setup *setup = *state;
    const char *const variables[] = {"PROD_URL=postgres://h/d", NULL};
    size_t count = 77;
    write_file(setup, "dunlin.yaml", several);
    assert_true(load_with(setup, "dev", NULL, variables));
    const char *const *targets =
        dun_project_environment_targets(setup->project, "prod", &count, setup->error);
    assert_non_null(targets);
    assert_int_equal(count, 1);
    assert_string_equal(targets[0], "postgres://h/d");
    assert_null(dun_project_environment_targets(setup->project, "nowhere", &count, setup->error));
    assert_int_equal(dun_error_code(setup->error), DUN_USAGE);
}

static void a_protected_database_stays_protected(void **state)
{
    struct setup *setup = *state;
    const char *const same[] = {"DATABASE_URL=postgres://u:s3cr3t@h/d", "PROD_URL=postgres://u:s3cr3t@h/d",
                                NULL};
    write_file(setup, "dunlin.yaml", several);
    assert_true(load_with(setup, NULL, NULL, same));
    assert_environment(setup, "prod", true);
    assert_targets(setup, "postgres://u:s3cr3t@h/d", NULL);
    assert_true(load_with(setup, NULL, "postgres://u:s3cr3t@h/d", same));
    assert_environment(setup, "prod", true);
    assert_true(load_with(setup, "dev", "postgres://u:s3cr3t@h/d", same));
    assert_environment(setup, "dev", true);
    assert_true(load_with(setup, NULL, "postgres://u@h/other", same));
    assert_environment(setup, NULL, false);

    write_file(setup, "dunlin.yaml",
               "environments:\n  open: { url: '${PROD_URL}' }\n"
               "  shut: { urls: [ 'sqlite:/a', '${PROD_URL}' ], protected: true }\n");
    assert_true(load_with(setup, NULL, NULL, same));
    assert_environment(setup, "shut", true);
    assert_true(load_with(setup, "open", NULL, same));
    assert_environment(setup, "open", false);
}

static void paths_of_sqlite_start_at_the_config(void **state)
{
    static const struct {
        const char *url, *expected; /* what stands behind the folder; NULL: all is as it was */
    } cases[] = {
        {"sqlite:dev.db", "/dev.db"},
        {"sqlite:a/b.db?mode=ro&x=y", "/a/b.db?mode=ro&x=y"},
        {"sqlite:///dev.db", "/dev.db"},
        {"sqlite+aiosqlite:///dev.db", "/dev.db"},
        {"sqlite:a%20b%3F%25.db", "/a%20b%3F%25.db"},
        {"sqlite:caf\xC3\xA9.db", "/caf%C3%A9.db"},
        {"sqlite:../up.db", "/../up.db"},
        {"sqlite:/abs.db", NULL},
        {"sqlite:////abs.db", NULL},
        {"sqlite::memory:", NULL},
        {"sqlite://", NULL},
        {"sqlite:file:dev.db", NULL},
        {"postgresql:///shop", NULL},
    };
    struct setup *setup = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        char config[256], expected[256];
        snprintf(config, sizeof config, "environments: { a: { url: '%s' } }\n", cases[i].url);
        assert_true(load_config(setup, config));
        if (cases[i].expected)
            snprintf(expected, sizeof expected, "sqlite:%s%s", setup->folder, cases[i].expected);
        else
            snprintf(expected, sizeof expected, "%s", cases[i].url);
        assert_targets(setup, expected, NULL);
    }
}

static void a_path_of_the_options_starts_at_the_current_folder(void **state)
{
    struct setup *setup = *state;
    assert_true(load_with(setup, NULL, "sqlite:dev.db", NULL));
    assert_targets(setup, "sqlite:dev.db", NULL);
}

static void the_root_folder_makes_no_host(void **state)
{
    struct setup *setup = *state;
    const char *const variables[] = {"DATABASE_URL=sqlite:dev.db", NULL};
    const dun_project_options options = {.folder = "///", .variables = (char *const *)variables};
    setup->project = dun_project_load(&options, setup->error);
    assert_non_null(setup->project);
    assert_targets(setup, "sqlite:/dev.db", NULL);
    assert_string_equal(dun_project_schema(setup->project), "/schema");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROJECT_TEST(the_order_is_url_environment_variable_default),
        PROJECT_TEST(the_only_environment_is_the_default),
        PROJECT_TEST(no_target_is_an_error_only_when_asked_for),
        PROJECT_TEST(the_variable_may_stand_in_dotenv),
        PROJECT_TEST(a_bad_url_of_the_variable_is_told_without_it),
        PROJECT_TEST(a_bad_url_of_the_options_is_told),
        PROJECT_TEST(unknown_environments_are_refused),
        PROJECT_TEST(a_flock_has_several_targets),
        PROJECT_TEST(a_flock_may_be_looked_up),
        PROJECT_TEST(only_the_chosen_environment_is_looked_at),
        PROJECT_TEST(any_environment_may_be_asked_for),
        PROJECT_TEST(a_protected_database_stays_protected),
        PROJECT_TEST(paths_of_sqlite_start_at_the_config),
        PROJECT_TEST(a_path_of_the_options_starts_at_the_current_folder),
        PROJECT_TEST(the_root_folder_makes_no_host),
    };
    return cmocka_run_group_tests_name("project_targets", tests, NULL, NULL);
}
