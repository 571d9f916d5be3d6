/* Definitions as text: their statements, what annotations mean, and the checksum. */
#include "unit/source_setup.h"

#include "source/definitions.h"

static struct source_definitions *read_one(struct setup *setup, enum sql_dialect dialect, const char *text)
{
    struct source_definitions *definitions = source_definitions_new(setup->arena, dialect);
    if (!source_definitions_add(definitions, "a.sql", "schema/a.sql", text, strlen(text), setup->error))
        return NULL;
    source_definitions_finish(definitions);
    return definitions;
}

struct annotated {
    const char *text;
    const char *old_name; /* parts with | between */
    size_t statement;
    unsigned line, column, annotated_line;
    const char *annotated;
};

static void check(struct setup *setup, enum sql_dialect dialect, const struct annotated *expected)
{
    struct source_definitions *definitions = read_one(setup, dialect, expected->text);
    if (!definitions)
        fail_msg("%s: %s", expected->text, dun_error_message(setup->error));
    const struct source_definition_file *file = &definitions->files.items[0];
    assert_int_equal(file->annotation_count, 1);
    const struct source_annotation *got = file->annotations;
    struct str name = STR_INIT;
    for (size_t i = 0; i < got->old_name.count; ++i)
        str_printf(&name, "%s%s", i ? "|" : "", got->old_name.parts[i]);
    if (strcmp(str_text(&name), expected->old_name) != 0)
        fail_msg("%s: %s", expected->text, str_text(&name));
    str_free(&name);
    const char *annotated =
        arena_strndup(setup->arena, file->text + got->annotated_offset, got->annotated_length);
    if (strcmp(annotated, expected->annotated) != 0)
        fail_msg("%s: annotates \"%s\"", expected->text, annotated);
    assert_int_equal(got->statement, expected->statement);
    assert_int_equal(got->line, expected->line);
    assert_int_equal(got->column, expected->column);
    assert_int_equal(got->annotated_line, expected->annotated_line);
    assert_memory_equal(file->text + got->offset, "renamed", 7);
}

static void test_places(void **state)
{
    static const struct annotated cases[] = {
        {"-- dunlin: renamed from a\nCREATE TABLE b (\n x int);", "a", 0, 1, 12, 2, "CREATE TABLE b ("},
        {"CREATE TABLE b ( -- dunlin: renamed from a\n x int);", "a", 0, 1, 29, 1, "CREATE TABLE b ("},
        {"CREATE TABLE b (x int); -- dunlin: renamed from s.a", "s|a", 0, 1, 36, 1, "CREATE TABLE b (x int)"},
        {"CREATE TABLE b (\n  -- dunlin: renamed from y\n  x int,\n  z int);", "y", 0, 2, 14, 3, "x int,"},
        {"CREATE TABLE b (\n  x int, -- dunlin: renamed from y\n  z int);", "y", 0, 2, 21, 2, "  x int,"},
        {"CREATE TABLE b (\n  x int -- dunlin: renamed from y\n);", "y", 0, 2, 20, 2, "  x int"},
        {"SELECT 1;\n\n-- dunlin: renamed from a\n-- Users.\n/* of the\n shop */\nCREATE TABLE b (x int);",
         "a", 1, 3, 12, 7, "CREATE TABLE b (x int)"},
        {"SELECT 1;\r\n--\tdunlin:renamed  FROM a\t\r\nSELECT 2;\r\n", "a", 1, 2, 11, 3, "SELECT 2"},
        {"\xEF\xBB\xBF-- dunlin: renamed from a\nSELECT 1", "a", 0, 1, 12, 2, "SELECT 1"},
        {"SELECT '\xC3\xA4' -- dunlin: renamed from \"A b\".\"c\"\"d\".e", "A b|c\"d|e", 0, 1, 23, 1,
         "SELECT '\xC3\xA4'"},
        {"SELECT '\n', x -- dunlin: renamed from a\n, y;", "a", 0, 2, 17, 2, "', x"},
    };
    struct setup *setup = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        check(setup, SQL_POSTGRESQL, &cases[i]);
        if (!strchr(cases[i].text, '"'))
            check(setup, SQL_MYSQL, &cases[i]);
        check(setup, SQL_SQLITE, &cases[i]);
    }
}

static void test_dialects(void **state)
{
    struct setup *setup = *state;
    check(setup, SQL_POSTGRESQL,
          &(struct annotated){"-- dunlin: renamed from Old.\"Name\"\nSELECT 1", "old|Name", 0, 1, 12, 2,
                              "SELECT 1"});
    check(setup, SQL_SQLITE,
          &(struct annotated){"-- dunlin: renamed from [a b].Old\nSELECT 1", "a b|Old", 0, 1, 12, 2,
                              "SELECT 1"});
    check(setup, SQL_MYSQL,
          &(struct annotated){"# dunlin: renamed from `a``b`\nSELECT 1", "a`b", 0, 1, 11, 2, "SELECT 1"});
    check(setup, SQL_MYSQL,
          &(struct annotated){"SELECT 1 # dunlin: renamed from Old\n", "Old", 0, 1, 20, 1, "SELECT 1"});
    check(setup, SQL_MYSQL,
          &(struct annotated){"DELIMITER //\nSELECT 1 -- dunlin: renamed from a\n//\nSELECT 2//", "a", 0, 2,
                              21, 2, "SELECT 1"});
}

/* What only looks like an annotation is none. */
static void test_none(void **state)
{
    static const char *const texts[] = {
        "SELECT '\n-- dunlin: renamed from a\n';", "SELECT $$\n-- dunlin: renamed from a\n$$;",
        "/* dunlin: renamed from a */ SELECT 1;",  "COPY t FROM stdin;\n-- dunlin: renamed from a\n\\.\n",
        "-- dunlin is a bird\nSELECT 1;",          "",
    };
    struct setup *setup = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
        struct source_definitions *definitions = read_one(setup, SQL_POSTGRESQL, texts[i]);
        assert_non_null(definitions);
        assert_int_equal(definitions->files.items[0].annotation_count, 0);
    }
}

static void test_errors(void **state)
{
    static const struct {
        const char *text;
        unsigned line, column;
        const char *message, *hint;
    } cases[] = {
        {"-- dunlin: renamd from x\nSELECT 1;", 1, 12, "\"renamd from x\" is no directive",
         "renamed from OLD_NAME"},
        {"SELECT 1; -- dunlin: renamd from x", 1, 22, "\"renamd from x\" is no directive",
         "renamed from OLD_NAME"},
        {"SELECT 1,\n-- dunlin: renamed from\n2", 2, 12, "no directive", "renamed from OLD_NAME"},
        {"-- dunlin: no-transaction\nSELECT 1;", 1, 12, "is for migrations", "Take it out"},
        {"-- dunlin: renamed from x", 1, 12, "stands at no statement", "just before the table"},
        {"-- dunlin: renamed from x\n\nSELECT 1;", 1, 12, "stands at no statement", NULL},
        {"-- dunlin: renamed from x\n-- a\n \nSELECT 1;", 1, 12, "stands at no statement", NULL},
        {"SELECT 1;\n-- dunlin: renamed from x\n", 2, 12, "stands at no statement", NULL},
        {"SELECT 1\n; -- dunlin: renamed from x\n", 2, 14, "stands at no statement", NULL},
        {"SELECT 1\n-- dunlin: renamed from x\n;", 2, 12, "stands at no statement", NULL},
        {"SELECT 1; SELECT 2; -- dunlin: renamed from x", 1, 32, "several statements", "line of its own"},
        {"-- dunlin: renamed from x\nSELECT 1; SELECT 2;", 1, 12, "several statements", NULL},
        {"-- dunlin: renamed from x\n-- dunlin: renamed from y\nSELECT 1;", 2, 12,
         "line 3 has two annotations", NULL},
        {"-- dunlin: renamed from x\nSELECT 1; -- dunlin: renamed from y", 2, 22, "line 2 has two", NULL},
        {"-- dunlin: renamed from a b\nSELECT 1;", 1, 12, "\"a b\" is not a name", "quoted as in SQL"},
        {"-- dunlin: renamed from a.b.c.d\nSELECT 1;", 1, 12, "is not a name", NULL},
        {"-- dunlin: renamed from a.\nSELECT 1;", 1, 12, "is not a name", NULL},
        {"-- dunlin: renamed from 'a'\nSELECT 1;", 1, 12, "is not a name", NULL},
        {"-- dunlin: renamed from \"\"\nSELECT 1;", 1, 12, "is not a name", NULL},
        {"-- dunlin: renamed from \"a\nSELECT 1;", 1, 12, "is not a name", NULL},
        {"SELECT 1; SELECT 'x", 1, 18, "not closed", NULL},
    };
    struct setup *setup = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        if (read_one(setup, SQL_SQLITE, cases[i].text))
            fail_msg("taken: %s", cases[i].text);
        assert_string_equal(dun_error_file(setup->error), "schema/a.sql");
        if (dun_error_line(setup->error) != cases[i].line ||
            dun_error_column(setup->error) != cases[i].column)
            fail_msg("%s: at %u:%u", cases[i].text, dun_error_line(setup->error),
                     dun_error_column(setup->error));
        expect_error(setup->error, cases[i].message, cases[i].hint);
    }
}

/* Twenty thousand columns, each annotated: nothing is read over and over. */
static void test_many(void **state)
{
    enum { COLUMNS = 20000 };
    struct setup *setup = *state;
    struct str text = STR_INIT;
    str_append(&text, "CREATE TABLE t (\n");
    for (unsigned i = 0; i < COLUMNS; ++i)
        str_printf(&text, "-- dunlin: renamed from o%u\n-- old\nc%u int,\n", i, i);
    str_append(&text, "z int);\n");
    struct source_definitions *definitions = read_one(setup, SQL_POSTGRESQL, str_text(&text));
    assert_non_null(definitions);
    const struct source_definition_file *file = definitions->files.items;
    assert_int_equal(file->annotation_count, COLUMNS);
    assert_int_equal(file->annotations[COLUMNS - 1].annotated_line, 1 + 3 * COLUMNS);
    str_free(&text);
}

static const char *sum(struct setup *setup, const char *const (*files)[2], size_t count)
{
    struct source_definitions *definitions = source_definitions_new(setup->arena, SQL_SQLITE);
    for (size_t i = 0; i < count; ++i)
        assert_true(source_definitions_add(definitions, files[i][0], "shown", files[i][1],
                                           strlen(files[i][1]), setup->error));
    source_definitions_finish(definitions);
    return definitions->checksum;
}

#define SUM(...)                                      \
    sum(setup, (const char *const[][2]){__VA_ARGS__}, \
        sizeof((const char *const[][2]){__VA_ARGS__}) / sizeof(const char *const[2]))

static void test_checksum(void **state)
{
    struct setup *setup = *state;
    const char *one = SUM({"a", "SELECT 1;\n"}, {"b", "SELECT 2;\n"});
    assert_int_equal(strlen(one), CHECKSUM_LENGTH);
    assert_string_equal(one, SUM({"b", "SELECT 2;\n"}, {"a", "SELECT 1;\n"}));
    assert_string_equal(one, SUM({"a", "SELECT 1;\r\n"}, {"b", "\xEF\xBB\xBFSELECT 2;\n"}));
    const char *others[] = {
        SUM({"a", "SELECT 1;\n"}),
        SUM({"a", "SELECT 2;\n"}, {"b", "SELECT 1;\n"}),
        SUM({"a", "SELECT 1;\n"}, {"c", "SELECT 2;\n"}),
        SUM({"a", "SELECT 1;\n"}, {"b", "SELECT 2; \n"}),
        SUM({"a", "SELECT 1;\n"}, {"b", "SELECT 2;\n"}, {"c", ""}),
        SUM({"a", ""}, {"b", "SELECT 1;\nSELECT 2;\n"}),
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; ++i)
        assert_string_not_equal(one, others[i]);
}

static void test_order(void **state)
{
    static const char *const paths[] = {"b.sql", "a/b.sql", "a-b.sql", "B.sql", "\xC3\xA4.sql", "a.sql"};
    static const char *const sorted[] = {"B.sql", "a-b.sql", "a.sql", "a/b.sql", "b.sql", "\xC3\xA4.sql"};
    enum { COUNT = sizeof paths / sizeof *paths };
    struct setup *setup = *state;
    struct source_definitions *definitions = source_definitions_new(setup->arena, SQL_SQLITE);
    for (size_t i = 0; i < COUNT; ++i)
        assert_true(source_definitions_add(definitions, paths[i], paths[i], "SELECT 1", 8, setup->error));
    source_definitions_finish(definitions);
    for (size_t i = 0; i < COUNT; ++i)
        assert_string_equal(definitions->files.items[i].path, sorted[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SOURCE_TEST(test_places),   SOURCE_TEST(test_dialects), SOURCE_TEST(test_none),
        SOURCE_TEST(test_errors),   SOURCE_TEST(test_many),     SOURCE_TEST(test_order),
        SOURCE_TEST(test_checksum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
