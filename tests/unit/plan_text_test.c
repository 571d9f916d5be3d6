/* Plans as scripts, and the words of hazards. */
#include "unit/test_arena.h"

#include "base/str.h"
#include "plan/language.h"
#include "sql/splitter.h"

#include <string.h>

static struct plan_statement *add(struct plan *plan, const char *title, const char *sql)
{
    struct plan_statement *statement = vector_add(arena, &plan->statements);
    statement->title = title;
    statement->sql = sql;
    statement->rows = -1;
    return statement;
}

static void test_comments(void **state)
{
    (void)state;
    static const struct plan_language language = {.dialect = SQL_POSTGRESQL};
    static const struct schema_object table = {.kind = SCHEMA_TABLE, .name = "a"};
    struct plan plan = {.arena = arena};
    struct str text = STR_INIT;
    *vector_add(arena, &plan.notes) = "column x is dropped\nand column y added";
    struct plan_statement *statement = add(&plan, "drop table a", "DROP TABLE a");
    statement->table = &table;
    statement->rows = 1234567;
    statement->hazards = PLAN_DROP_TABLE | PLAN_NOT_TRANSACTIONAL;
    add(&plan, "table b: two steps", "ALTER TABLE b 1")->note = "It cannot be done online.";
    add(&plan, "table b: two steps", "ALTER TABLE b 2");
    statement = add(&plan, "create view v", "CREATE VIEW v AS SELECT 1");
    statement->table = &table;
    statement->rows = 1;
    statement->rows_are = PLAN_ROWS_COUNTED;
    statement->hazards = PLAN_REWRITE;
    plan_text(&text, &language, &plan, false);
    assert_string_equal(str_text(&text),
                        "-- column x is dropped and column y added\n"
                        "\n"
                        "-- drop table a\n"
                        "-- hazard drop-table: the table and its rows are gone (about 1,234,567 rows)\n"
                        "-- hazard not-transactional: stays done when a later statement fails\n"
                        "DROP TABLE a;\n"
                        "\n"
                        "-- table b: two steps\n"
                        "-- It cannot be done online.\n"
                        "ALTER TABLE b 1;\n"
                        "ALTER TABLE b 2;\n"
                        "\n"
                        "-- create view v\n"
                        "-- hazard rewrite: the table is rewritten (1 row)\n"
                        "CREATE VIEW v AS SELECT 1;\n");
    str_clear(&text);
    plan_text(&text, &language, &plan, true);
    assert_string_equal(str_text(&text),
                        "DROP TABLE a;\nALTER TABLE b 1;\nALTER TABLE b 2;\nCREATE VIEW v AS SELECT 1;\n");
    str_free(&text);
}

/* What the script is split into again is what was put in. */
static void expect_split(enum sql_dialect dialect, const char *const *statements)
{
    struct plan_language language = {.dialect = dialect};
    struct plan plan = {.arena = arena};
    struct str text = STR_INIT;
    struct sql_script *script = NULL;
    dun_error *error = dun_error_new();
    for (size_t i = 0; statements[i]; ++i)
        add(&plan, arena_printf(arena, "the %zuth's step; with -- marks", i), statements[i])->hazards =
            PLAN_REWRITE;
    plan_text(&text, &language, &plan, false);
    if (!sql_split(arena, dialect, "plan.sql", str_text(&text), text.length, &script, error))
        fail_msg("%s\n%s", dun_error_message(error), str_text(&text));
    assert_int_equal(script->count, plan.statements.count);
    for (size_t i = 0; i < script->count; ++i) {
        assert_int_equal(script->statements[i].length, strlen(statements[i]));
        assert_memory_equal(script->statements[i].text, statements[i], strlen(statements[i]));
    }
    dun_error_free(error);
    str_free(&text);
}

static void test_splits_again(void **state)
{
    (void)state;
    expect_split(
        SQL_POSTGRESQL,
        (const char *const[]){"CREATE TABLE a (x text DEFAULT ';')",
                              "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$BEGIN; RETURN 1; END$$",
                              "CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
                              "ALTER TABLE a ADD y text", NULL});
    expect_split(
        SQL_MYSQL,
        (const char *const[]){"CREATE TABLE `a` (x text COMMENT ';')",
                              "CREATE PROCEDURE `p`() BEGIN SELECT 1; IF 1 THEN SELECT 2; END IF; END",
                              "CREATE TRIGGER `t` BEFORE INSERT ON `a` FOR EACH ROW SET NEW.x = 'http://a;b'",
                              "CREATE TRIGGER `u` BEFORE UPDATE ON `a` FOR EACH ROW BEGIN SET NEW.x = 1; END",
                              "ALTER TABLE `a` ADD y text", NULL});
    expect_split(SQL_SQLITE,
                 (const char *const[]){
                     "CREATE TABLE a (x DEFAULT ';')",
                     "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT CASE WHEN 1 THEN 2 END; END",
                     "ALTER TABLE a ADD y text", NULL});
}

static void test_hazards(void **state)
{
    (void)state;
    unsigned hazards = 0;
    assert_true(plan_hazard_from_word("drop-column", &hazards));
    assert_int_equal(hazards, PLAN_DROP_COLUMN);
    assert_true(plan_hazard_from_word("all", &hazards));
    assert_true((hazards & PLAN_DROP_TABLE) && (hazards & PLAN_DROP_EXTENSION));
    assert_false(hazards & PLAN_REWRITE);
    assert_false(plan_hazard_from_word("drop-tables", &hazards));
    assert_int_equal(plan_hazards_losing_data(PLAN_NARROW_TYPE | PLAN_SCAN), PLAN_NARROW_TYPE);
    assert_string_equal(plan_hazard_word(PLAN_FOREIGN_KEY), "foreign-key");
    assert_int_equal(plan_hazard_class(PLAN_NOT_TRANSACTIONAL), PLAN_APART);
    for (unsigned i = 0; i < PLAN_HAZARD_COUNT; ++i) {
        enum plan_hazard hazard = (enum plan_hazard)(1U << i);
        assert_true(plan_hazard_from_word(plan_hazard_word(hazard), &hazards));
        assert_int_equal(hazards, hazard);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_comments, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_splits_again, setup_arena, teardown_arena),
        cmocka_unit_test(test_hazards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
