/* Definitions at a revision, in every kind of repository that people have. */
#include "unit/source_setup.h"

#include "source/folder.h"
#include "source/git.h"
#include "task/task.h"

#include <time.h>

/*
 * libgit2 1.5.1 loses PCRE2's match data for every setting of a repository of format 1 that is no extension
 * (git_regexp_search returns without freeing when nothing matched).
 */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libpcre2";
}

static struct source_definitions *read_at(struct setup *setup, const char *folder, const char *revision,
                                          const char *path)
{
    struct source_revision asked = {
        .folder = path_in(setup, folder), .revision = revision, .path = path, .schema = "schema"};
    struct source_definitions *definitions = NULL;
    if (!source_git_definitions(setup->arena, SQL_SQLITE, &asked, &definitions, setup->error))
        assert_null(definitions);
    return definitions;
}

/* What is read, as "PATH=TEXT", with blanks between. */
static void expect(struct setup *setup, const char *folder, const char *revision, const char *path,
                   const char *expected)
{
    struct source_definitions *definitions = read_at(setup, folder, revision, path);
    if (!definitions)
        fail_msg("%s %s: %s\n%s", folder, revision, dun_error_message(setup->error),
                 dun_error_hint(setup->error));
    struct str found = STR_INIT;
    VECTOR_EACH (struct source_definition_file, file, &definitions->files)
        str_printf(&found, "%s%s=%s", found.length ? " " : "", file->path, file->text);
    if (strcmp(str_text(&found), expected) != 0)
        fail_msg("%s %s: %s", folder, revision, str_text(&found));
    str_free(&found);
}

static void expect_no(struct setup *setup, const char *folder, const char *revision, const char *path,
                      const char *message, const char *hint)
{
    if (read_at(setup, folder, revision, path))
        fail_msg("%s %s was read", folder, revision);
    expect_error(setup->error, message, hint);
}

#define COMMIT "git add -A; git commit -qm "

/* r: two commits on main, a tag of each kind on the first, a branch with another text. */
static void make_repository(struct setup *setup)
{
    run(setup,
        "git init -q -b main r; cd r; mkdir -p schema/sub; printf one >schema/a.sql; printf sub "
        ">schema/sub/b.sql;"
        "printf no >schema/.h.sql; printf no >schema/x.txt;" COMMIT
        "first; git tag light; git tag -m t heavy;"
        "git branch other; printf two >schema/a.sql; mkdir db; printf db >db/c.sql;" COMMIT "'fix: second';"
        "printf three >schema/a.sql; printf work >schema/new.sql");
}

static void test_revisions(void **state)
{
    static const char *const first[] = {"light",           "heavy",        "other",  "HEAD~1",       "HEAD^",
                                        "refs/tags/heavy", "heavy^{tree}", "main~1", "HEAD^{/first}"};
    struct setup *setup = *state;
    make_repository(setup);
    expect(setup, "r", "HEAD", NULL, "a.sql=two sub/b.sql=sub");
    expect(setup, "r", "main", NULL, "a.sql=two sub/b.sql=sub");
    for (size_t i = 0; i < sizeof first / sizeof *first; ++i)
        expect(setup, "r", first[i], NULL, "a.sql=one sub/b.sql=sub");
    char id[41];
    run(setup, "git -C r rev-parse heavy^{commit} >id");
    FILE *file = fopen(path_in(setup, "id"), "r");
    assert_int_equal(fread(id, 1, 40, file), 40);
    fclose(file);
    id[40] = '\0';
    expect(setup, "r", id, NULL, "a.sql=one sub/b.sql=sub");
    id[8] = '\0';
    expect(setup, "r", id, NULL, "a.sql=one sub/b.sql=sub");
    run(setup, "cd r; git gc -q --prune=now; git pack-refs --all");
    expect(setup, "r", id, NULL, "a.sql=one sub/b.sql=sub");
    expect(setup, "r", "heavy", NULL, "a.sql=one sub/b.sql=sub");
}

static void test_paths(void **state)
{
    struct setup *setup = *state;
    make_repository(setup);
    run(setup, "cd r; mkdir -p svc/schema; printf svc >svc/schema/s.sql;" COMMIT "third");
    expect(setup, "r", "HEAD", "db", "c.sql=db");
    expect(setup, "r", "HEAD", "schema/sub/", "b.sql=sub");
    expect(setup, "r", "HEAD", "schema/./sub/../sub/b.sql", "b.sql=sub");
    expect(setup, "r", "light", "", "schema/a.sql=one schema/sub/b.sql=sub");
    expect(setup, "r/svc", "HEAD", NULL, "s.sql=svc");
    expect(setup, "r/svc", "HEAD", "db", "c.sql=db");
    expect(setup, "r/svc", "HEAD", "./schema", "s.sql=svc");
    expect(setup, "r/svc", "HEAD", "../db", "c.sql=db");
    expect(setup, "r", "HEAD", path_in(setup, "r/svc"), "schema/s.sql=svc");
    struct source_definitions *definitions = read_at(setup, "r", "HEAD~1", "schema");
    assert_string_equal(definitions->files.items[1].name, "git:HEAD~1:schema/sub/b.sql");
    definitions = read_at(setup, "r", "HEAD", "db/c.sql");
    assert_string_equal(definitions->files.items[0].name, "git:HEAD:db/c.sql");
}

static void test_bad_paths(void **state)
{
    struct setup *setup = *state;
    make_repository(setup);
    expect_no(setup, "r", "light", "schemas", "revision light has no schemas",
              "did you mean git:light:schema?");
    expect_no(setup, "r", "HEAD", "schema/sub/c.sql", "has no schema/sub/c.sql",
              "did you mean git:HEAD:schema/sub/b.sql?");
    expect_no(setup, "r", "light", "db/c.sql", "revision light has no db", "git:light: has schema");
    expect_no(setup, "r", "HEAD", "schema/a.sql/x", "schema/a.sql is no folder", "git:HEAD:PATH");
    expect_no(setup, "r", "HEAD", "schema/x.txt", "schema/x.txt is no folder and no *.sql file",
              "git:HEAD:PATH");
    expect_no(setup, "r", "HEAD", "../..", "outside of the git repository", "from the root");
    expect_no(setup, "r", "HEAD", "/etc", "/etc is outside of the git repository", "git:HEAD:PATH");
    run(setup, "cd r; git rm -qr --cached schema; git commit -qm gone");
    expect_no(setup, "r", "HEAD", NULL, "revision HEAD has no schema", "say where: git:HEAD:PATH");
}

static void test_bad_revisions(void **state)
{
    struct setup *setup = *state;
    make_repository(setup);
    expect_no(setup, "r", "mian", NULL, "has no revision mian: ", "did you mean git:main?");
    expect_no(setup, "r", "HEAD~9", NULL, "has no revision HEAD~9", "git log --oneline --all");
    expect_no(setup, "r", "HEAD^{", NULL, "has no revision HEAD^{", NULL);
    expect_no(setup, "r", "heavy:schema/a.sql", NULL, "has no revision", NULL);
    run(setup, "git clone -q r c; cd c; git checkout -q --detach; git branch -qD main");
    expect_no(setup, "c", "main", NULL, "has no revision main", "did you mean git:origin/main?");
    run(setup, "mkdir plain");
    expect_no(setup, "plain", "HEAD", NULL, "is in no git repository", "-C");
    expect_no(setup, "missing", "HEAD", NULL, "is in no git repository", NULL);
    struct source_revision asked = {path_in(setup, "r"), "nope", NULL, "schema"};
    struct source_definitions *definitions;
    assert_false(source_git_definitions(setup->arena, SQL_SQLITE, &asked, &definitions, NULL));
}

static void test_ambiguous_id(void **state)
{
    struct setup *setup = *state;
    make_repository(setup);
    run(setup, "cd r; i=0; while [ $i -lt 400 ]; do echo blob; echo 'data <<E'; echo $i; echo E; i=$((i + "
               "1)); done |"
               "git fast-import --quiet; git cat-file --batch-all-objects --batch-check='%(objectname)' "
               "--unordered |"
               "cut -c1-4 | sort | uniq -d | head -1 >../id");
    char id[8] = "";
    FILE *file = fopen(path_in(setup, "id"), "r");
    size_t length = fread(id, 1, 4, file);
    fclose(file);
    if (length < 4)
        skip();
    expect_no(setup, "r", id, NULL, "has no revision", "write more digits");
}

static void test_no_commit(void **state)
{
    struct setup *setup = *state;
    run(setup, "git init -q -b main r; mkdir r/schema; touch r/schema/a.sql");
    expect_no(setup, "r", "HEAD", NULL, "has no revision HEAD", "commit something first");
}

static void test_kinds_of_repository(void **state)
{
    struct setup *setup = *state;
    make_repository(setup);
    run(setup,
        "git clone -q --bare r bare.git; mkdir -p bare.git/deep; git -C r worktree add -q ../tree other;"
        "mkdir -p tree/deep");
    expect(setup, "bare.git", "main", NULL, "a.sql=two sub/b.sql=sub");
    expect(setup, "bare.git/deep", "main", "db", "c.sql=db");
    expect(setup, "tree", "HEAD", NULL, "a.sql=one sub/b.sql=sub");
    expect(setup, "tree", "main", "./schema", "a.sql=two sub/b.sql=sub");
    expect(setup, "tree/deep", "HEAD", "../schema", "a.sql=one sub/b.sql=sub");
    expect(setup, "r/.git", "HEAD", NULL, "a.sql=two sub/b.sql=sub");
    run(setup, "cd r; git config extensions.worktreeConfig true; git config core.repositoryformatversion 1");
    expect(setup, "r", "HEAD", NULL, "a.sql=two sub/b.sql=sub");
    expect(setup, "tree", "HEAD", NULL, "a.sql=one sub/b.sql=sub");
    if (geteuid() == 0) {
        run(setup, "chown -R 65534 r bare.git");
        expect(setup, "r", "HEAD", NULL, "a.sql=two sub/b.sql=sub");
        expect(setup, "bare.git", "main", NULL, "a.sql=two sub/b.sql=sub");
    }
}

static void test_shallow(void **state)
{
    struct setup *setup = *state;
    make_repository(setup);
    run(setup, "git clone -q --depth 1 file://$PWD/r shallow");
    expect(setup, "shallow", "HEAD", NULL, "a.sql=two sub/b.sql=sub");
    expect_no(setup, "shallow", "HEAD~1", NULL, "has no revision HEAD~1", "git fetch --unshallow");
}

static void test_sha256(void **state)
{
    struct setup *setup = *state;
    run(setup,
        "git init -q --object-format=sha256 r; cd r; mkdir schema; touch schema/a.sql;" COMMIT "first");
    expect_no(setup, "r", "HEAD", NULL, "SHA-256 object ids", "git worktree add");
}

static void test_links_and_submodules(void **state)
{
    struct setup *setup = *state;
    make_repository(setup);
    run(setup, "git init -q -b main s; cd s; mkdir schema; printf a >schema/a.sql; ln -s a.sql schema/l.sql;"
               "ln -s schema linked; git -c protocol.file.allow=always submodule --quiet add ../r "
               "schema/module;" COMMIT "first");
    expect(setup, "s", "HEAD", NULL, "a.sql=a");
    struct source_definitions *definitions = read_at(setup, "s", "HEAD", NULL);
    assert_int_equal(definitions->warnings.count, 2);
    assert_string_equal(definitions->warnings.items[0].file, "git:HEAD:schema/l.sql");
    assert_non_null(strstr(definitions->warnings.items[0].message, "symbolic link"));
    assert_string_equal(definitions->warnings.items[1].file, "git:HEAD:schema/module");
    assert_non_null(strstr(definitions->warnings.items[1].message, "submodule"));
    expect_no(setup, "s", "HEAD", "linked", "linked is a symbolic link", NULL);
    expect_no(setup, "s", "HEAD", "schema/module", "schema/module is a submodule", NULL);
    expect_no(setup, "s", "HEAD", "schema/module/schema", "schema/module is a submodule", NULL);
    expect(setup, "s/schema/module", "HEAD", NULL, "a.sql=two sub/b.sql=sub");
}

/* The checksum does not tell where definitions come from. */
static void test_same_as_on_disk(void **state)
{
    struct setup *setup = *state;
    run(setup, "git init -q -b main r; cd r; git config core.autocrlf false; mkdir schema;"
               "printf 'SELECT 1;\\r\\nSELECT 2;\\r\\n' >schema/a.sql; : >schema/b.sql;" COMMIT "first;"
               "printf 'SELECT 1;\\nSELECT 2;\\n' >schema/a.sql");
    struct source_definitions *disk = NULL, *revision = read_at(setup, "r", "HEAD", NULL);
    assert_non_null(revision);
    assert_non_null(strchr(revision->files.items[0].text, '\r'));
    assert_int_equal(revision->files.items[0].script->count, 2);
    assert_true(source_folder_definitions(setup->arena, SQL_SQLITE, path_in(setup, "r/schema"), &disk, NULL));
    assert_string_equal(disk->checksum, revision->checksum);
}

static void test_errors_in_texts(void **state)
{
    struct setup *setup = *state;
    run(setup,
        "git init -q -b main r; cd r; mkdir schema; printf 'SELECT 1;\\nSELECT \"' >schema/a.sql;" COMMIT
        "first");
    assert_null(read_at(setup, "r", "HEAD", NULL));
    assert_string_equal(dun_error_file(setup->error), "git:HEAD:schema/a.sql");
    assert_int_equal(dun_error_line(setup->error), 2);
    expect_error(setup->error, "not closed", NULL);
    run(setup, "cd r; rm .git/objects/$(git rev-parse HEAD:schema/a.sql | sed 's|^..|&/|')");
    assert_null(read_at(setup, "r", "HEAD", NULL));
    assert_string_equal(dun_error_file(setup->error), "git:HEAD:schema/a.sql");
    expect_error(setup->error, "git cannot read this", "git fsck");
}

struct side {
    struct source_revision asked;
    struct arena *arena;
    struct source_definitions *definitions;
};

static bool read_side(void *argument, dun_error *error)
{
    struct side *side = argument;
    return source_git_definitions(side->arena, SQL_SQLITE, &side->asked, &side->definitions, error);
}

/* The two sides of a comparison, several times over. */
static void test_at_once(void **state)
{
    enum { SIDES = 8 };
    struct setup *setup = *state;
    make_repository(setup);
    struct side sides[SIDES] = {0};
    struct task_group *group = task_group_new();
    for (size_t i = 0; i < SIDES; ++i) {
        sides[i].asked =
            (struct source_revision){path_in(setup, "r"), i % 2 ? "HEAD" : "light", NULL, "schema"};
        sides[i].arena = arena_new();
        assert_true(task_group_start(group, "side", read_side, &sides[i], setup->error));
    }
    if (!task_group_join(group, true, setup->error))
        fail_msg("%s", dun_error_message(setup->error));
    for (size_t i = 0; i < SIDES; ++i) {
        assert_string_equal(sides[i].definitions->files.items[0].text, i % 2 ? "two" : "one");
        arena_free(sides[i].arena);
    }
}

static void test_large_tree(void **state)
{
    struct setup *setup = *state;
    run(setup,
        "git init -q -b main r; cd r; mkdir -p schema other; i=0; while [ $i -lt 100 ]; do"
        " echo \"CREATE TABLE t$i (x int);\" >schema/t$i.sql; i=$((i + 1)); done; i=0;"
        "while [ $i -lt 3000 ]; do echo $i >other/$i.sql; i=$((i + 1)); done;" COMMIT "first; git gc -q;"
        "git rev-parse HEAD:other >../id");
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    struct source_definitions *definitions = read_at(setup, "r", "HEAD", NULL);
    clock_gettime(CLOCK_MONOTONIC, &to);
    assert_non_null(definitions);
    assert_int_equal(definitions->files.count, 100);
    print_message("100 files of a revision: %.1f ms\n",
                  (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6);
}

int main(void)
{
    char home[] = "/tmp/dunlin_home_XXXXXX";
    if (!mkdtemp(home))
        return 1;
    static const char *const names[][2] = {
        {"GIT_CONFIG_NOSYSTEM", "1"},
        {"GIT_AUTHOR_NAME", "Anna"},
        {"GIT_AUTHOR_EMAIL", "anna@example.org"},
        {"GIT_COMMITTER_NAME", "Anna"},
        {"GIT_COMMITTER_EMAIL", "anna@example.org"},
        {"GIT_CONFIG_GLOBAL", "/dev/null"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; ++i)
        setenv(names[i][0], names[i][1], 1);
    setenv("HOME", home, 1);
    const struct CMUnitTest tests[] = {
        SOURCE_TEST(test_at_once), /* first, so that libgit2 is opened by several at once */
        SOURCE_TEST(test_revisions),
        SOURCE_TEST(test_paths),
        SOURCE_TEST(test_bad_paths),
        SOURCE_TEST(test_bad_revisions),
        SOURCE_TEST(test_ambiguous_id),
        SOURCE_TEST(test_no_commit),
        SOURCE_TEST(test_kinds_of_repository),
        SOURCE_TEST(test_shallow),
        SOURCE_TEST(test_sha256),
        SOURCE_TEST(test_links_and_submodules),
        SOURCE_TEST(test_same_as_on_disk),
        SOURCE_TEST(test_errors_in_texts),
        SOURCE_TEST(test_large_tree),
    };
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(home);
    return failures;
}
