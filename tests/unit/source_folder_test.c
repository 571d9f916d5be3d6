/* Definitions on disk: which files are read, under which names, and what cannot be read. */
#include "unit/source_setup.h"

#include "source/folder.h"

static struct source_definitions *read_path(struct setup *setup, const char *name)
{
    struct source_definitions *definitions = NULL;
    if (!source_folder_definitions(setup->arena, SQL_SQLITE, path_in(setup, name), &definitions,
                                   setup->error))
        assert_null(definitions);
    return definitions;
}

/* The paths, in order, with blanks between. */
static void expect_paths(struct setup *setup, const char *name, const char *expected)
{
    struct source_definitions *definitions = read_path(setup, name);
    if (!definitions)
        fail_msg("%s", dun_error_message(setup->error));
    struct str paths = STR_INIT;
    VECTOR_EACH (struct source_definition_file, file, &definitions->files)
        str_printf(&paths, "%s%s", paths.length ? " " : "", file->path);
    if (strcmp(str_text(&paths), expected) != 0)
        fail_msg("%s", str_text(&paths));
    str_free(&paths);
}

static void test_tree(void **state)
{
    struct setup *setup = *state;
    run(setup, "mkdir -p s/a/b s/.hidden s/x.sql s/empty; touch s/a.sql s/a/b/c.sql s/a-b.sql s/.h.sql "
               "s/.hidden/h.sql "
               "s/x.sql/y.sql s/readme.md s/z.SQL s/sql");
    expect_paths(setup, "s", "a-b.sql a.sql a/b/c.sql x.sql/y.sql");
    expect_paths(setup, "s/", "a-b.sql a.sql a/b/c.sql x.sql/y.sql");
    expect_paths(setup, "s/empty", "");
    expect_paths(setup, "s/a/b/c.sql", "c.sql");
}

static void test_names_and_texts(void **state)
{
    struct setup *setup = *state;
    run(setup, "mkdir -p s/a; printf '\\357\\273\\277CREATE TABLE t (x int);\\r\\nSELECT 2;' >s/a/b.sql; : "
               ">s/c.sql");
    struct source_definitions *definitions = read_path(setup, "s/");
    assert_non_null(definitions);
    const struct source_definition_file *file = definitions->files.items;
    assert_string_equal(file->name, path_in(setup, "s/a/b.sql"));
    assert_int_equal(file->script->count, 2);
    assert_int_equal(file->script->statements[1].line, 2);
    assert_int_equal(file->script->statements[1].column, 1);
    assert_int_equal(file->length, 34);
    assert_int_equal(file[1].script->count, 0);
}

static void test_links(void **state)
{
    struct setup *setup = *state;
    run(setup,
        "mkdir -p s/z out/deep; touch s/z/a.sql out/o.sql out/deep/d.sql; cd s; ln -s z a; ln -s ../out l; "
        "ln -s ../out k; ln -s . loop; ln -s z/a.sql again.sql; ln -s ../s out-again; ln -s ../s "
        "../out/back; "
        "ln -s nowhere dangling; ln -s circle circle");
    expect_paths(setup, "s", "k/deep/d.sql k/o.sql z/a.sql");
    struct source_definitions *definitions = read_path(setup, "s");
    assert_int_equal(definitions->warnings.count, 2);
    assert_string_equal(definitions->warnings.items[0].file, path_in(setup, "s/circle"));
    assert_string_equal(definitions->warnings.items[1].file, path_in(setup, "s/dangling"));
    run(setup, "ln -s s t");
    expect_paths(setup, "t", "k/deep/d.sql k/o.sql z/a.sql");
    run(setup, "ln -s nowhere s/b.sql");
    assert_null(read_path(setup, "s"));
    assert_string_equal(dun_error_file(setup->error), path_in(setup, "s/b.sql"));
    expect_error(setup->error, "cannot follow the symbolic link", NULL);
}

static void test_errors(void **state)
{
    struct setup *setup = *state;
    assert_null(read_path(setup, "missing"));
    assert_string_equal(dun_error_file(setup->error), path_in(setup, "missing"));
    expect_error(setup->error, "cannot read the definitions: No such file", "git:REVISION[:PATH]");

    run(setup, "mkdir -p s/a; mkfifo s/a/p.sql");
    assert_null(read_path(setup, "s"));
    assert_string_equal(dun_error_file(setup->error), path_in(setup, "s/a/p.sql"));
    expect_error(setup->error, "neither a file nor a folder", NULL);

    run(setup, "rm s/a/p.sql; printf 'SELECT 1;\\nSELECT \"x' >s/a/b.sql");
    assert_null(read_path(setup, "s"));
    assert_string_equal(dun_error_file(setup->error), path_in(setup, "s/a/b.sql"));
    assert_int_equal(dun_error_line(setup->error), 2);
    assert_int_equal(dun_error_column(setup->error), 8);
    expect_error(setup->error, "not closed", NULL);
}

/* As another user than root, who may read everything. */
static void test_permissions(void **state)
{
    struct setup *setup = *state;
    run(setup, "mkdir -p s/a; touch s/b.sql; chmod 0 s/b.sql; chmod 755 . s");
    bool root = geteuid() == 0;
    if (root && seteuid(65534) != 0)
        skip();
    bool read_file = read_path(setup, "s") != NULL;
    const char *file = arena_strdup(setup->arena, dun_error_file(setup->error));
    if (root && seteuid(0) != 0)
        fail();
    assert_false(read_file);
    assert_string_equal(file, path_in(setup, "s/b.sql"));
    expect_error(setup->error, "Permission denied", "begins with a dot");
    run(setup, "chmod 644 s/b.sql; chmod 0 s/a");
    if (root && seteuid(65534) != 0)
        skip();
    bool read_folder = read_path(setup, "s") != NULL;
    if (root && seteuid(0) != 0)
        fail();
    run(setup, "chmod 755 s/a");
    assert_false(read_folder);
    assert_string_equal(dun_error_file(setup->error), path_in(setup, "s/a"));
    expect_error(setup->error, "cannot read the folder of definitions: Permission denied", "chmod");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SOURCE_TEST(test_tree),   SOURCE_TEST(test_names_and_texts), SOURCE_TEST(test_links),
        SOURCE_TEST(test_errors), SOURCE_TEST(test_permissions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
