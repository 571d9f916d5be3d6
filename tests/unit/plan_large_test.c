/* Large schemas: time grows with the number of objects, and memory stays small. */
#include "unit/plan_toy.h"

#include <time.h>

enum { SMALL = 640, LARGE = 16 * SMALL, COLUMNS = 10 };

/* Tables of ten columns with an index and a foreign key to the table before; the last one's to the first, so
 * all are one cycle. Without a type there are none. */
static char *tables(unsigned count, const char *type, bool cycle)
{
    struct str text = STR_INIT;
    for (unsigned i = 0; type && i < count; ++i) {
        str_printf(&text, "table t%u rows=10\n column c0 type=%s\n", i, type);
        for (unsigned j = 1; j < COLUMNS; ++j)
            str_printf(&text, " column c%u type=int\n", j);
        str_printf(&text, " index t%u_c1 columns=c1 needs=t%u.c1\n", i, i);
        if (cycle || i > 0) {
            unsigned other = i > 0 ? i - 1 : count - 1;
            str_printf(&text, " foreign_key t%u_fk references=t%u needs=t%u,t%u.c0 made_up\n", i, other,
                       other, other);
        }
        str_printf(&text, "view v%u definition=q needs=t%u.c0%s", i, i, i > 0 ? "" : "\n");
        if (i > 0)
            str_printf(&text, ",v%u\n", i - 1);
    }
    return str_take(&text);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Processor time for the difference and the plan. */
static double measure(char *from, char *to, size_t expected_statements)
{
    static const struct plan_options options = {.online = false};
    struct arena *arena = arena_new();
    struct catalog *one = catalog_from(arena, from), *other = catalog_from(arena, to);
    size_t objects, size = arena_size(arena);
    catalog_objects(one, &objects);
    double start = seconds();
    struct diff *diff = diff_catalogs(arena, &toy_rules, one, other);
    struct plan *plan = plan_make(&toy, diff, &options, NULL);
    double taken = seconds() - start;
    assert_non_null(plan);
    assert_int_equal(plan->statements.count, expected_statements);
    if (expected_statements == 0) /* what does not change takes a few pointers an object */
        assert_true(arena_size(arena) - size < objects * 100 + 1024 * 1024);
    arena_free(arena);
    free(from);
    free(to);
    return taken;
}

/* Sixteen times the objects: sixteen times the time, and some more for the caches and for who else is at work
 * on the machine. What grows with the square takes 256 times as much. */
static void expect_linear(const char *from_type, const char *to_type, bool cycle, size_t statements)
{
    enum { TRIES = 3, MOST = 100 };
    double small = 0, large = 0;
    for (int i = 0; i < TRIES; ++i) {
        small = measure(tables(SMALL, from_type, cycle), tables(SMALL, to_type, cycle), statements * SMALL);
        large = measure(tables(LARGE, from_type, cycle), tables(LARGE, to_type, cycle), statements * LARGE);
        if (large <= MOST * small)
            return;
    }
    fail_msg("%.4f s for %d tables, %.3f s for %d", small, SMALL, large, LARGE);
}

static void test_nothing_changes(void **state)
{
    (void)state;
    expect_linear("int", "int", true, 0);
}

/* All tables, all indexes, all views; the first that are in a cycle have their foreign keys apart. */
static void test_create_all(void **state)
{
    (void)state;
    expect_linear(NULL, "int", true, 4);
}

static void test_drop_all(void **state)
{
    (void)state;
    expect_linear("int", NULL, true, 3);
}

/* A chain of views over all tables is dropped and created again. */
static void test_change_all(void **state)
{
    (void)state;
    expect_linear("int", "text", false, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_changes),
        cmocka_unit_test(test_create_all),
        cmocka_unit_test(test_drop_all),
        cmocka_unit_test(test_change_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
