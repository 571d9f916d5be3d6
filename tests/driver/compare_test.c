/*
 * Two sources side by side on every engine: read by two tasks at once, compared, planned, and the plan proven
 * or not. On TEST_POSTGRESQL_URL and TEST_MYSQL_URL, and on SQLite.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "compare/prove.h"
#include "compare/subset.h"
#include "source/file.h"
#include "task/task.h"

#include <dunlin/schema.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct target {
    const struct dun_engine *engine;
    const char *variable; /* NULL: none is needed */
} targets[] = {
    {&engine_sqlite, NULL}, {&engine_postgres, "TEST_POSTGRESQL_URL"}, {&engine_mysql, "TEST_MYSQL_URL"}};

enum { TARGETS = sizeof targets / sizeof *targets };

static struct arena *arena;
static dun_error *error;
static struct source_settings settings;
static const char *folder;

static void fail_with_error(const char *what)
{
    fail_msg("%s on %s: %s (%s) at %s:%u", what, settings.engine->name, dun_error_message(error),
             dun_error_hint(error) ? dun_error_hint(error) : "no hint",
             dun_error_file(error) ? dun_error_file(error) : "?", dun_error_line(error));
}

static int setup(void **state)
{
    (void)state;
    char template[] = "/tmp/dunlin-compare.XXXXXX";
    arena = arena_new();
    error = dun_error_new();
    folder = arena_strdup(arena, mkdtemp(template));
    return folder ? 0 : 1;
}

static int teardown(void **state)
{
    (void)state;
    if (system(arena_printf(arena, "rm -r %s", folder)) != 0)
        return 1;
    dun_error_free(error);
    arena_free(arena);
    return 0;
}

/* False: there is no such server here. */
static bool use(const struct target *target)
{
    struct db_url *url = NULL;
    const char *text = target->variable ? getenv(target->variable) : NULL;
    if (target->variable && !text)
        return false;
    if (text && !db_url_parse(arena, text, &url, error))
        fail_with_error("URL");
    settings = (struct source_settings){
        .engine = target->engine,
        .near = url,
        .open = {.connect_timeout_ms = 10000, .application = "dunlin test, me@here, pid 1"}};
    return true;
}

static struct source_request definitions(const char *name, const char *text)
{
    static int number;
    const char *path = arena_printf(arena, "%s/%d_%s.sql", folder, ++number, name);
    if (!source_write_file(path, text, error))
        fail_with_error(path);
    return (struct source_request){.spelling = {.kind = SOURCE_FILE, .path = path}};
}

static struct compare *compare_texts(const char *from, const char *to)
{
    struct compare *compare = NULL;
    struct source_request from_request = definitions("from", from), to_request = definitions("to", to);
    if (!compare_open(&settings, &from_request, &to_request, &compare, error))
        fail_with_error("compare");
    return compare;
}

static struct plan *plan_of(struct compare *compare)
{
    struct plan *plan = compare_plan(compare, &(struct plan_options){0}, error);
    if (!plan)
        fail_with_error("plan");
    return plan;
}

static struct proof proof_of(struct compare *compare, const struct plan *plan)
{
    struct proof proof = {0};
    if (!compare_prove(compare, plan, &proof, error))
        fail_with_error("prove");
    return proof;
}

static const char shop[] = "CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);\n"
                           "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER,\n"
                           "    CONSTRAINT customer FOREIGN KEY (customer_id) REFERENCES customers (id));\n"
                           "CREATE VIEW names AS SELECT name FROM customers;\n"
                           "CREATE TABLE apart (id INTEGER PRIMARY KEY, n INTEGER);\n";
static const char more[] =
    "CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL, job VARCHAR(9));\n"
    "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER,\n"
    "    CONSTRAINT customer FOREIGN KEY (customer_id) REFERENCES customers (id));\n"
    "CREATE VIEW names AS SELECT name, job FROM customers;\n"
    "CREATE TABLE apart (id INTEGER PRIMARY KEY, n INTEGER);\n";

static void equal(void **state)
{
    (void)state;
    for (size_t i = 0; i < TARGETS; ++i) {
        if (!use(&targets[i]))
            continue;
        struct compare *compare = compare_texts(shop, shop);
        assert_true(compare_is_equal(compare));
        struct plan *plan = plan_of(compare);
        assert_int_equal(plan->statements.count, 0);
        assert_true(proof_of(compare, plan).proven);
        compare_close(compare);
    }
}

static void proven(void **state)
{
    (void)state;
    for (size_t i = 0; i < TARGETS; ++i) {
        if (!use(&targets[i]))
            continue;
        struct compare *compare = compare_texts(shop, more);
        assert_false(compare_is_equal(compare));
        struct plan *plan = plan_of(compare);
        struct proof proof = proof_of(compare, plan);
        if (!proof.proven)
            fail_msg("%s: %s", targets[i].engine->name, proof.reason);
        const struct schema_object *apart = catalog_find(
            compare->renamed, SCHEMA_TABLE, targets[i].engine->catalog->first_schema, NULL, "apart");
        assert_non_null(apart);
        assert_false(subset_has(subset_of_plan(arena, compare), apart));
        compare_close(compare);
    }
}

/* A plan that leaves something out, and one that the server refuses. */
static void not_proven(void **state)
{
    (void)state;
    for (size_t i = 0; i < TARGETS; ++i) {
        if (!use(&targets[i]))
            continue;
        struct compare *compare = compare_texts(shop, more);
        struct plan *plan = plan_of(compare);
        struct plan short_plan = *plan, wrong_plan = *plan;
        short_plan.statements.count--;
        struct proof proof = proof_of(compare, &short_plan);
        assert_false(proof.proven);
        assert_non_null(proof.left);
        assert_non_null(strstr(proof.reason, "still differs"));
        assert_int_equal(proof.statement, short_plan.statements.count);

        wrong_plan.statements.items[0].sql = "CREATE TABEL nonsense (id INTEGER)";
        wrong_plan.statements.items[0].title = "make nonsense";
        proof = proof_of(compare, &wrong_plan);
        assert_false(proof.proven);
        assert_null(proof.left);
        assert_int_equal(proof.statement, 0);
        assert_non_null(strstr(proof.reason, "statement 1 fails: make nonsense: "));
        compare_close(compare);
    }
}

static void renamed(void **state)
{
    (void)state;
    for (size_t i = 0; i < TARGETS; ++i) {
        if (!use(&targets[i]))
            continue;
        struct compare *compare = compare_texts(
            shop, "-- dunlin: renamed from customers\n"
                  "CREATE TABLE clients (id INTEGER PRIMARY KEY,\n"
                  "    title VARCHAR(50) NOT NULL -- dunlin: renamed from name\n"
                  ");\n"
                  "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER,\n"
                  "    CONSTRAINT customer FOREIGN KEY (customer_id) REFERENCES clients (id));\n"
                  "CREATE TABLE apart (id INTEGER PRIMARY KEY, n INTEGER);\n"
                  "CREATE VIEW names AS SELECT title FROM clients;\n");
        assert_int_equal(compare->renames.count, 2);
        assert_non_null(catalog_find(compare->renamed, SCHEMA_TABLE, targets[i].engine->catalog->first_schema,
                                     NULL, "clients"));
        /* What else has changed: the column of the view has another name, and a key the name that the server
         * would give it. */
        for (size_t k = 0; k < compare->diff->changes.count; ++k) {
            const struct diff_change *change = &compare->diff->changes.items[k];
            const struct schema_object *object = change->to ? change->to : change->from;
            assert_true(object->kind == SCHEMA_VIEW || object->kind == SCHEMA_PRIMARY_KEY ||
                        (object->parent && object->parent->kind == SCHEMA_VIEW));
        }
        struct plan *plan = plan_of(compare);
        struct proof proof = proof_of(compare, plan);
        if (!proof.proven)
            fail_msg("%s: %s", targets[i].engine->name, proof.reason);
        assert_int_equal(plan->hazards & (PLAN_DROP_COLUMN | PLAN_DROP_TABLE), 0);

        struct compare *back = NULL;
        if (!compare_catalogs(&settings, compare->to, compare->from, &back, error))
            fail_with_error("back");
        assert_int_equal(back->renames.count, 2);
        plan = plan_of(back);
        proof = proof_of(back, plan);
        if (!proof.proven)
            fail_msg("%s, back: %s", targets[i].engine->name, proof.reason);
        assert_int_equal(plan->hazards & (PLAN_DROP_COLUMN | PLAN_DROP_TABLE), 0);
        compare_close(back);
        compare_close(compare);
    }
}

/* What is wrong on one side ends the other side, too, and is what is told. */
static void one_side_wrong(void **state)
{
    (void)state;
    for (size_t i = 0; i < TARGETS; ++i)
        for (int wrong = 0; use(&targets[i]) && wrong < 2; ++wrong) {
            struct compare *compare = NULL;
            struct source_request good = definitions("good", shop),
                                  bad = definitions("bad", "CREATE TABEL a (id INTEGER);");
            assert_false(
                compare_open(&settings, wrong ? &bad : &good, wrong ? &good : &bad, &compare, error));
            assert_int_equal(dun_error_code(error), DUN_BAD_INPUT);
            assert_non_null(strstr(dun_error_file(error), "bad.sql"));
        }
}

static void cancelled(void **state)
{
    (void)state;
    for (size_t i = 0; i < TARGETS; ++i) {
        struct compare *compare = NULL;
        struct task_scope scope;
        if (!use(&targets[i]) || targets[i].engine->scratch->in_memory)
            continue;
        dun_cancel *cancel = dun_cancel_new();
        struct source_request from = definitions("from", shop), to = definitions("to", more);
        dun_cancel_trigger(cancel);
        task_scope_enter(&scope, cancel, -1);
        assert_false(compare_open(&settings, &from, &to, &compare, error));
        task_scope_leave(&scope);
        assert_int_equal(dun_error_code(error), DUN_INTERRUPTED);
        dun_cancel_free(cancel);
    }
}

/* A place that is kept is there afterwards, with what the definitions made. */
static void place_kept(void **state)
{
    (void)state;
    for (size_t i = 0; i < TARGETS; ++i) {
        struct source_catalog *source = NULL;
        dun_result *result = NULL;
        if (!use(&targets[i]))
            continue;
        struct source_request request = definitions("kept", shop);
        request.keep_place = true;
        if (!source_catalog_open(&settings, &request, &source, error))
            fail_with_error("open");
        assert_non_null(source->place);
        if (!db_query(source->place->connection, "SELECT count(*) FROM orders", &result, error))
            fail_with_error("query");
        dun_result_free(result);
        const struct schema_object *orders = catalog_find(
            source->catalog, SCHEMA_TABLE, settings.engine->catalog->first_schema, NULL, "orders");
        assert_non_null(orders);
        assert_int_equal(orders->line, 2);
        source_catalog_close(source);
    }
}

/* The same through <dunlin/schema.h>. */
static void public_calls(void **state)
{
    (void)state;
    size_t count;
    struct source_request from = definitions("from", shop), to = definitions("to", more);
    dun_schema_options options = DUN_SCHEMA_OPTIONS_INIT;
    options.engine = "sqlite";
    dun_schema *schema = dun_schema_read(&options, from.spelling.path, error);
    assert_non_null(schema);
    assert_string_equal(dun_schema_engine(schema), "sqlite");
    assert_string_equal(dun_schema_source(schema), from.spelling.path);
    assert_true(dun_schema_objects(schema) > 8);
    assert_null(dun_schema_not_compared(schema)[0]);
    dun_schema_warnings(schema, &count);
    assert_int_equal(count, 0);
    dun_schema_free(schema);

    dun_schema_diff *diff = dun_schema_compare(&options, from.spelling.path, to.spelling.path, error);
    assert_non_null(diff);
    assert_false(dun_schema_diff_is_equal(diff));
    assert_null(dun_plan_unproven(dun_schema_diff_plan(diff)));
    dun_plan_statements(dun_schema_diff_plan(diff), &count);
    assert_true(count > 1);
    assert_true(dun_schema_diff_statements(diff) > 0);
    dun_schema_diff_free(diff);

    assert_null(dun_schema_read(NULL, from.spelling.path, error));
    assert_int_equal(dun_error_code(error), DUN_USAGE);
    assert_null(dun_schema_read(&options, "env:prod", error));
    assert_int_equal(dun_error_code(error), DUN_USAGE);
    assert_null(dun_schema_compare(&options, from.spelling.path, "/nowhere/at/all", error));
    assert_int_equal(dun_error_code(error), DUN_BAD_INPUT);
    options.engine = "oracle";
    assert_null(dun_schema_read(&options, from.spelling.path, error));
    assert_int_equal(dun_error_code(error), DUN_USAGE);
    dun_schema_free(NULL);
    dun_schema_diff_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(equal, setup, teardown),
        cmocka_unit_test_setup_teardown(proven, setup, teardown),
        cmocka_unit_test_setup_teardown(not_proven, setup, teardown),
        cmocka_unit_test_setup_teardown(renamed, setup, teardown),
        cmocka_unit_test_setup_teardown(one_side_wrong, setup, teardown),
        cmocka_unit_test_setup_teardown(cancelled, setup, teardown),
        cmocka_unit_test_setup_teardown(place_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(public_calls, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
