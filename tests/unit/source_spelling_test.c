/* How sources are spelled: what each text means, and what is refused. */
#include "unit/source_setup.h"

#include "source/spelling.h"

static void test_good(void **state)
{
    static const struct {
        const char *text;
        enum source_kind kind;
        const char *path, *version, *revision, *environment, *scheme;
    } cases[] = {
        {"empty", SOURCE_EMPTY, NULL, NULL, NULL, NULL, NULL},
        {"./empty", SOURCE_FOLDER, "./empty", NULL, NULL, NULL, NULL},
        {"empty/", SOURCE_FOLDER, "empty/", NULL, NULL, NULL, NULL},
        {"schema", SOURCE_FOLDER, "schema", NULL, NULL, NULL, NULL},
        {"/a:b/schema", SOURCE_FOLDER, "/a:b/schema", NULL, NULL, NULL, NULL},
        {"./a:b", SOURCE_FOLDER, "./a:b", NULL, NULL, NULL, NULL},
        {"a/b.sql", SOURCE_FILE, "a/b.sql", NULL, NULL, NULL, NULL},
        {"a/b.sql/", SOURCE_FOLDER, "a/b.sql/", NULL, NULL, NULL, NULL},
        {".sql", SOURCE_FOLDER, ".sql", NULL, NULL, NULL, NULL},
        {"now.json", SOURCE_SNAPSHOT, "now.json", NULL, NULL, NULL, NULL},
        {"migrations", SOURCE_MIGRATIONS, NULL, NULL, NULL, NULL, NULL},
        {"migrations/", SOURCE_FOLDER, "migrations/", NULL, NULL, NULL, NULL},
        {"migrations2", SOURCE_FOLDER, "migrations2", NULL, NULL, NULL, NULL},
        {"migrations@2017-09-23-123456", SOURCE_MIGRATIONS, NULL, "2017-09-23-123456", NULL, NULL, NULL},
        {"migrations:db/m", SOURCE_MIGRATIONS, "db/m", NULL, NULL, NULL, NULL},
        {"migrations:db/m@12", SOURCE_MIGRATIONS, "db/m", "12", NULL, NULL, NULL},
        {"migrations:a@b/", SOURCE_MIGRATIONS, "a@b/", NULL, NULL, NULL, NULL},
        {"migrations:a@b/c@3", SOURCE_MIGRATIONS, "a@b/c", "3", NULL, NULL, NULL},
        {"git:HEAD", SOURCE_GIT, NULL, NULL, "HEAD", NULL, NULL},
        {"git:HEAD~1:schema", SOURCE_GIT, "schema", NULL, "HEAD~1", NULL, NULL},
        {"git:v1:", SOURCE_GIT, "", NULL, "v1", NULL, NULL},
        {"git:HEAD^{/fix: a}:a:b", SOURCE_GIT, "a:b", NULL, "HEAD^{/fix: a}", NULL, NULL},
        {"git:main@{1}", SOURCE_GIT, NULL, NULL, "main@{1}", NULL, NULL},
        {"git:a}b:c", SOURCE_GIT, "c", NULL, "a}b", NULL, NULL},
        {"env:prod", SOURCE_ENVIRONMENT, NULL, NULL, NULL, "prod", NULL},
        {"sqlite:dev.db", SOURCE_URL, NULL, NULL, NULL, NULL, "sqlite"},
        {"sqlite::memory:", SOURCE_URL, NULL, NULL, NULL, NULL, "sqlite"},
        {"postgresql+asyncpg://u@h/d", SOURCE_URL, NULL, NULL, NULL, NULL, "postgresql"},
        {"MySQL://u@h/d.json", SOURCE_URL, NULL, NULL, NULL, NULL, "mysql"},
        {"other://u@h/d", SOURCE_URL, NULL, NULL, NULL, NULL, "other"},
    };
    struct setup *setup = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        struct source_spelling got;
        if (!source_parse(setup->arena, cases[i].text, &got, setup->error))
            fail_msg("%s: %s", cases[i].text, dun_error_message(setup->error));
        const char *pairs[][2] = {{cases[i].path, got.path},
                                  {cases[i].version, got.version},
                                  {cases[i].revision, got.revision},
                                  {cases[i].environment, got.environment},
                                  {cases[i].scheme, got.url ? got.url->scheme : NULL}};
        bool same = got.kind == cases[i].kind;
        for (size_t j = 0; j < sizeof pairs / sizeof *pairs; ++j)
            same = same && !pairs[j][0] == !pairs[j][1] &&
                   (!pairs[j][0] || strcmp(pairs[j][0], pairs[j][1]) == 0);
        if (!same)
            fail_msg("%s: kind %d, path %s, version %s, revision %s", cases[i].text, (int)got.kind, got.path,
                     got.version, got.revision);
    }
}

static void test_bad(void **state)
{
    static const struct {
        const char *text, *message, *hint;
    } cases[] = {
        {"", "empty text", "git:REVISION[:PATH]"},
        {"env:", "wants the name of an environment", "a live database"},
        {"git:", "wants a revision", "git:REVISION"},
        {"git::schema", "wants a revision", "git:REVISION"},
        {"migrations:", "wants a folder", "migrations[:FOLDER]"},
        {"migrations:@1", "wants a folder", "migrations[:FOLDER]"},
        {"migrations@", "no version", "migrations[:FOLDER][@VERSION]"},
        {"migrations:a@b", "no version", "a slash at its end"},
        {"gti:HEAD", "begins with \"gti:\"", "did you mean `git:`?"},
        {"postgersql:u:pw@h", "begins with \"postgersql:\"", "did you mean `postgresql:`?"},
        {"c:schema", "begins with \"c:\"", "./ before it"},
        {"postgresql://u:pw@h:x/d", "database URL", NULL},
    };
    struct setup *setup = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        struct source_spelling got = {.kind = SOURCE_GIT, .path = "kept"};
        assert_false(source_parse(setup->arena, cases[i].text, &got, setup->error));
        assert_string_equal(got.path, "kept");
        assert_null(strstr(dun_error_message(setup->error), "pw"));
        expect_error(setup->error, cases[i].message, cases[i].hint);
    }
    struct source_spelling got;
    assert_false(source_parse(setup->arena, "", &got, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {SOURCE_TEST(test_good), SOURCE_TEST(test_bad)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
