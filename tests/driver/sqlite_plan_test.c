/* Plans run on SQLite: what a rebuild of a table must not do to rows. */

#include "driver/sqlite_schemas.h"

static struct temporary *temporary;
static dun_connection *shop; /* foreign keys are on; a file of its own for each test */

static int open_shop(void **state)
{
    temporary_setup(state);
    temporary = *state;
    shop = must_open(temporary, temporary_url(temporary, "shop.db?foreign_keys=on"));
    return 0;
}

static int close_shop(void **state)
{
    close_connection(shop);
    return temporary_teardown(state);
}

static struct catalog *catalog_of(const char *const *statements)
{
    dun_connection *connection = must_open(temporary, "sqlite::memory:");
    must_exec_all(connection, statements);
    struct catalog *catalog = read_schema(temporary->arena, connection);
    close_connection(connection);
    return catalog;
}

static struct diff *diff_to(const char *const *statements)
{
    struct catalog *now = read_schema(temporary->arena, shop);
    return diff_catalogs(temporary->arena, engine_sqlite.diff, now, catalog_of(statements));
}

/* NULL: there is none, and the error says why. */
static struct plan *plan_of(const struct diff *diff)
{
    const struct plan_options options = {.online = false};
    return plan_make(engine_sqlite.language, diff, &options, temporary->error);
}

static struct plan *plan_to(const char *const *statements)
{
    struct plan *plan = plan_of(diff_to(statements));
    if (!plan)
        fail_msg("%s", dun_error_message(temporary->error));
    return plan;
}

static bool try_plan(const struct plan *plan)
{
    return run_plan(shop, plan, temporary->error);
}

static void must_run(const struct plan *plan)
{
    if (!try_plan(plan))
        fail_msg("%s", dun_error_message(temporary->error));
}

static void assert_reached(const char *const *statements)
{
    assert_int_equal(diff_to(statements)->changes.count, 0);
}

static const char *ask(const char *sql)
{
    return value_of(temporary, shop, sql);
}

static void run(const char *const *statements)
{
    must_exec_all(shop, statements);
}

static const char *const before[] = {
    "CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)",
    "CREATE TABLE cascaded (id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent (id) ON DELETE CASCADE)",
    "CREATE TABLE emptied (id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent (id) ON DELETE SET NULL)",
    "CREATE TABLE refused (id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent (id) ON DELETE RESTRICT)",
    "CREATE TABLE log (n INTEGER)",
    "CREATE INDEX parent_name ON parent (name)",
    "CREATE TRIGGER parent_log AFTER DELETE ON parent BEGIN INSERT INTO log VALUES (old.id); END",
    "CREATE VIEW names AS SELECT name FROM parent",
    NULL};

static const char *const after[] = {
    "CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL CHECK (name <> ''))",
    "CREATE TABLE cascaded (id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent (id) ON DELETE CASCADE)",
    "CREATE TABLE emptied (id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent (id) ON DELETE SET NULL)",
    "CREATE TABLE refused (id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent (id) ON DELETE RESTRICT)",
    "CREATE TABLE log (n INTEGER)",
    "CREATE INDEX parent_name ON parent (name)",
    "CREATE TRIGGER parent_log AFTER DELETE ON parent BEGIN INSERT INTO log VALUES (old.id); END",
    "CREATE VIEW names AS SELECT name FROM parent",
    NULL};

static const char *const rows[] = {"INSERT INTO parent VALUES (1, 'a'), (2, 'b'), (100, 'gone')",
                                   "DELETE FROM parent WHERE id = 100",
                                   "DELETE FROM log",
                                   "INSERT INTO cascaded VALUES (1, 1), (2, 2)",
                                   "INSERT INTO emptied VALUES (1, 1)",
                                   "INSERT INTO refused VALUES (1, 2)",
                                   NULL};

static void assert_rows_are_kept(void)
{
    assert_string_equal(ask("SELECT count(*) FROM parent"), "2");
    assert_string_equal(ask("SELECT group_concat(p) FROM cascaded"), "1,2");
    assert_string_equal(ask("SELECT p FROM emptied"), "1");
    assert_string_equal(ask("SELECT p FROM refused"), "2");
    assert_string_equal(ask("SELECT count(*) FROM log"), "0");
    assert_string_equal(ask("SELECT count(*) FROM pragma_foreign_key_check"), "0");
}

static void test_rows_that_refer_stay(void **state)
{
    (void)state;
    run(before);
    run(rows);
    must_run(plan_to(after));
    assert_reached(after);
    assert_rows_are_kept();
    assert_string_equal(ask("PRAGMA foreign_keys"), "1");
    assert_string_equal(ask("PRAGMA legacy_alter_table"), "0");
    assert_string_equal(ask("SELECT count(*) FROM temp.sqlite_master"), "0");
    must_exec(shop, "INSERT INTO parent (name) VALUES ('next')");
    assert_string_equal(ask("SELECT max(id) FROM parent"), "101");
    must_exec(shop, "DELETE FROM parent WHERE id = 1");
    assert_string_equal(ask("SELECT group_concat(p) FROM cascaded"), "2");
    assert_string_equal(ask("SELECT count(*) FROM log"), "1");
    must_run(plan_to(before));
    assert_reached(before);
    assert_string_equal(ask("SELECT seq FROM sqlite_sequence WHERE name = 'parent'"), "101");
}

/* As apply runs it: under the lock, which is an open transaction. */
static void test_under_the_lock(void **state)
{
    (void)state;
    bool locked = false;
    run(before);
    run(rows);
    struct plan *plan = plan_to(after);
    assert_true(engine_sqlite.lock->try(shop, "dunlin_history", NULL, 0, NULL, &locked, temporary->error));
    assert_true(locked);
    must_run(plan);
    assert_true(engine_sqlite.lock->release(shop, "dunlin_history", temporary->error));
    assert_reached(after);
    assert_rows_are_kept();
}

static void test_the_mark_of_an_empty_table_is_kept(void **state)
{
    (void)state;
    run(before);
    must_exec(shop, "INSERT INTO parent VALUES (50, 'x')");
    must_exec(shop, "DELETE FROM parent");
    must_run(plan_to(after));
    must_exec(shop, "INSERT INTO parent (name) VALUES ('next')");
    assert_string_equal(ask("SELECT max(id) FROM parent"), "51");
}

static void test_a_failure_leaves_everything(void **state)
{
    (void)state;
    run(before);
    run(rows);
    must_exec(shop, "INSERT INTO parent VALUES (3, NULL)");
    struct plan *plan = plan_to(after);
    assert_false(try_plan(plan));
    assert_contains(dun_error_message(temporary->error), "NOT NULL constraint failed");
    assert_reached(before);
    assert_string_equal(ask("SELECT count(*) FROM parent"), "3");
    assert_string_equal(ask("SELECT group_concat(p) FROM cascaded"), "1,2");
}

/* The question asked before finds exactly the rows on which the statement fails. */
static void test_checks_count_rows(void **state)
{
    (void)state;
    run(before);
    run(rows);
    must_exec(shop, "INSERT INTO parent VALUES (3, NULL), (4, ''), (5, NULL)");
    struct plan *plan = plan_to(after);
    const char *found = "";
    for (size_t i = 0; i < plan->statements.count; ++i)
        VECTOR_EACH (struct plan_check, check, &plan->statements.items[i].checks)
            found = arena_printf(temporary->arena, "%s%s %s;", found, plan_hazard_word(check->hazard),
                                 ask(check->sql));
    assert_string_equal(found, "not-null 2;check 1;");
}

static const char *const orphans[] = {"CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)",
                                      "CREATE TABLE child (id INTEGER PRIMARY KEY, p TEXT)", NULL};
static const char *const no_orphans[] = {
    "CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)",
    "CREATE TABLE child (id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent (id))", NULL};

static void test_new_orphans_are_refused(void **state)
{
    (void)state;
    run(orphans);
    must_exec(shop, "INSERT INTO child VALUES (1, '7')");
    struct plan *plan = plan_to(no_orphans);
    assert_true(plan->hazards & PLAN_FOREIGN_KEY);
    assert_false(try_plan(plan));
    assert_contains(dun_error_message(temporary->error), "no row has come to refer to nothing");
    assert_reached(orphans);
    must_exec(shop, "UPDATE child SET p = NULL");
    must_exec(shop, "PRAGMA foreign_keys=DEFAULT");
    must_run(plan_to(no_orphans));
    assert_reached(no_orphans);
}

static void test_old_orphans_are_no_reason(void **state)
{
    (void)state;
    static const char *const rebuilt[] = {
        "CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT DEFAULT 'x')",
        "CREATE TABLE child (id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent (id) ON DELETE CASCADE)",
        NULL};
    run(no_orphans);
    must_exec(shop, "PRAGMA foreign_keys=OFF");
    must_exec(shop, "INSERT INTO child VALUES (1, 7)");
    must_exec(shop, "PRAGMA foreign_keys=ON");
    must_run(plan_to(rebuilt));
    assert_reached(rebuilt);
    assert_string_equal(ask("SELECT p FROM child"), "7");
}

static void test_rowids_are_kept(void **state)
{
    (void)state;
    static const char *const plain[] = {"CREATE TABLE t (a TEXT)", NULL};
    static const char *const checked[] = {"CREATE TABLE t (a TEXT CHECK (a <> ''))", NULL};
    run(plain);
    must_exec(shop, "INSERT INTO t (rowid, a) VALUES (7, 'x'), (900, 'y')");
    must_run(plan_to(checked));
    assert_string_equal(ask("SELECT group_concat(rowid) FROM t"), "7,900");
}

/* A table that nothing refers to needs no switch, and its plan is one transaction. */
static void test_nothing_apart_without_keys(void **state)
{
    (void)state;
    static const char *const plain[] = {"CREATE TABLE t (a TEXT)", NULL};
    static const char *const checked[] = {"CREATE TABLE t (a TEXT CHECK (a <> ''))", NULL};
    run(plain);
    struct plan *plan = plan_to(checked);
    for (size_t i = 0; i < plan->statements.count; ++i)
        assert_false(plan->statements.items[i].apart);
}

/* Dropping a table deletes its rows first, as far as SQLite is concerned. */
static void test_dropped_parent(void **state)
{
    (void)state;
    static const char *const child[] = {"CREATE TABLE child (id INTEGER PRIMARY KEY, p INTEGER REFERENCES "
                                        "parent (id) ON DELETE CASCADE)",
                                        NULL};
    must_exec(shop, "CREATE TABLE parent (id INTEGER PRIMARY KEY)");
    must_exec(shop, child[0]);
    must_exec(shop, "INSERT INTO parent VALUES (1)");
    must_exec(shop, "INSERT INTO child VALUES (1, 1)");
    must_run(plan_to(child));
    assert_reached(child);
    assert_string_equal(ask("SELECT count(*) FROM child"), "1");
}

static void test_an_old_sqlite_cannot_drop_columns(void **state)
{
    (void)state;
    static const char *const two[] = {"CREATE TABLE t (a TEXT, b TEXT)", NULL};
    static const char *const single[] = {"CREATE TABLE t (a TEXT)", NULL};
    struct catalog *from = catalog_new(temporary->arena, "sqlite", "SQLite 3.34.1");
    struct schema_object *table = catalog_add(from, SCHEMA_TABLE, NULL, NULL, "t");
    catalog_set(from, catalog_add(from, SCHEMA_COLUMN, NULL, table, "a"), ATTRIBUTE_TYPE, "TEXT");
    catalog_set(from, catalog_add(from, SCHEMA_COLUMN, NULL, table, "b"), ATTRIBUTE_TYPE, "TEXT");
    run(two);
    struct plan *plan =
        plan_of(diff_catalogs(temporary->arena, engine_sqlite.diff, from, catalog_of(single)));
    assert_non_null(plan);
    for (size_t i = 0; i < plan->statements.count; ++i)
        assert_null(strstr(plan->statements.items[i].sql, "DROP COLUMN"));
    must_run(plan);
    assert_reached(single);
}

static void test_a_definition_that_is_not_understood(void **state)
{
    (void)state;
    static const char *const other[] = {"CREATE TABLE t (a TEXT)", NULL};
    must_exec(shop, "CREATE TABLE t (a)");
    must_exec(shop, "PRAGMA writable_schema = ON");
    must_exec(shop, "UPDATE sqlite_master SET sql = 'CREATE TABLE t (a INT SHINY(1,2,3))'");
    assert_null(plan_of(diff_to(other)));
    assert_contains(dun_error_message(temporary->error), "cannot take apart");
    assert_contains(dun_error_hint(temporary->error), "migration by hand");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_shop, close_shop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_rows_that_refer_stay),
        TEST(test_under_the_lock),
        TEST(test_the_mark_of_an_empty_table_is_kept),
        TEST(test_a_failure_leaves_everything),
        TEST(test_checks_count_rows),
        TEST(test_new_orphans_are_refused),
        TEST(test_old_orphans_are_no_reason),
        TEST(test_rowids_are_kept),
        TEST(test_nothing_apart_without_keys),
        TEST(test_dropped_parent),
        TEST(test_an_old_sqlite_cannot_drop_columns),
        TEST(test_a_definition_that_is_not_understood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
