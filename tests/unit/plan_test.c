/* The steps of plans and their order. */
#include "unit/plan_toy.h"
#include "unit/test_arena.h"

static struct plan *expect(const char *from, const char *to, const char *expected)
{
    struct str text = STR_INIT;
    struct plan *plan = toy_plan(arena, from, to);
    VECTOR_EACH (struct plan_statement, statement, &plan->statements)
        str_printf(&text, "%s\n", statement->sql);
    assert_string_equal(str_text(&text), expected);
    str_free(&text);
    return plan;
}

static void test_nothing(void **state)
{
    (void)state;
    expect("", "", "");
    expect("table a\n column x type=int\n", "table a\n column x type=int\n", "");
}

static void test_create_all(void **state)
{
    (void)state;
    expect("",
           "view v definition=q needs=b.x\ntable b\n column x type=int default=f() needs=f\n index b_x "
           "columns=x needs=b.x\n"
           "table a\n column x type=e needs=e\n foreign_key fk references=b needs=b,b.x\nfunction f\nenum "
           "e\n grant g\n",
           "create e\n"
           "create f\n"
           "create b (x)\n"
           "create a (x, fk)\n"
           "create v\n"
           "create b.b_x\n"
           "create e.g\n");
}

static void test_drop_all(void **state)
{
    (void)state;
    expect("view v definition=q needs=b.x\ntable b\n column x type=int default=f() needs=f\n index b_x "
           "columns=x needs=b.x\n"
           "table a\n column x type=e needs=e\n foreign_key fk references=b needs=b,b.x\nfunction f\nenum "
           "e\n grant g\n",
           "",
           "drop v\n"
           "drop a\n"
           "drop b\n"
           "drop f\n"
           "drop e\n");
}

static void test_alter_joins(void **state)
{
    (void)state;
    expect("table a comment=x\n column p type=int\n column q type=int\n index i columns=q needs=a.q\n",
           "table a comment=y\n column p type=text\n column r type=int\n index j columns=r needs=a.r\n",
           "drop a.i\n"
           "alter a ~a ~p -q +r\n"
           "create a.j\n");
}

static void test_views_over_altered_column(void **state)
{
    (void)state;
    expect("table a\n column p type=int\n column q type=int\n"
           "view v definition=1 needs=a.p\n grant g\n"
           "view w definition=2 needs=v\n"
           "view x definition=3 needs=w,a.q\n"
           "view y definition=4 needs=a.q\n",
           "table a\n column p type=text\n column q type=int\n"
           "view v definition=1 needs=a.p\n grant g\n"
           "view w definition=2 needs=v\n"
           "view x definition=3 needs=w,a.q\n"
           "view y definition=4 needs=a.q\n",
           "drop x again\n"
           "drop w again\n"
           "drop v again\n"
           "alter a ~p\n"
           "create v again\n"
           "create w again\n"
           "create x again\n"
           "create v.g again\n");
}

static void test_changes_of_what_is_in_the_way(void **state)
{
    (void)state;
    /* The view changes by itself and loses a grant: it is created again as it shall be. */
    expect("table a\n column p type=int\nview v definition=1 needs=a.p\n grant g\n",
           "table a\n column p type=text\nview v definition=2 needs=a.p\n grant h\n",
           "drop v again\n"
           "alter a ~p\n"
           "create v again\n"
           "create v.h\n");
    /* It is not there any more: it goes before. */
    expect("table a\n column p type=int\nview v definition=1 needs=a.p\n", "table a\n column p type=text\n",
           "drop v\nalter a ~p\n");
}

static void test_view_that_no_longer_needs_the_column(void **state)
{
    (void)state;
    expect("table a\n column p type=int\n column q type=int\nview v definition=1 needs=a.p,a.q\n",
           "table a\n column q type=int\nview v definition=2 needs=a.q\n", "alter v ~v\nalter a -p\n");
    /* And needs a new one of the same ALTER: a cycle of changes in place. */
    expect("table a\n column p type=int\n column q type=int\nview v definition=1 needs=a.p,a.q\n",
           "table a\n column q type=int\n column r type=int\nview v definition=2 needs=a.q,a.r\n",
           "drop v again\n"
           "alter a -p +r\n"
           "create v again\n");
    /* What has nothing to do with the cycle stays. */
    expect("table a\n column p type=int\n unique_constraint u comment=1 needs=a.p\n column q type=int\nview "
           "v definition=1 needs=a.q\n",
           "table a\n column p type=int\n unique_constraint u comment=2 needs=a.p\n column r type=int\nview "
           "v definition=2 needs=a.r\n",
           "drop v again\n"
           "alter a -q +r ~u\n"
           "create v again\n");
}

static void test_replaced_function(void **state)
{
    (void)state;
    expect(
        "function f definition=1\ntable a\n column p default=f() needs=f\n column g generated=f() needs=f\n"
        " index i columns=g needs=a.g\nview v definition=x needs=f\n",
        "function f definition=2\ntable a\n column p default=f() needs=f\n column g generated=f() needs=f\n"
        " index i columns=g needs=a.g\nview v definition=x needs=f\n",
        "drop a.i again\n"
        "drop v again\n"
        "detach a.p\n"
        "drop a.g again\n"
        "drop f again\n"
        "create f again\n"
        "attach a.p\n"
        "create a.g again\n"
        "create v again\n"
        "create a.i again\n");
    /* The default changes to another function: nothing is in the way. */
    expect("function f\ntable a\n column p default=f() needs=f\n",
           "function g\ntable a\n column p default=g() needs=g\n", "create g\nalter a ~p\ndrop f\n");
}

static void test_cycle_of_foreign_keys(void **state)
{
    (void)state;
    const char *cycle = "table a\n column x type=int\n foreign_key ab references=b needs=b,b.x\n"
                        "table b\n column x type=int\n foreign_key ba references=a needs=a,a.x\n"
                        "table c\n column x type=int\n foreign_key ca references=a needs=a,a.x\n";
    expect("", cycle, "create a (x)\ncreate b (x)\ncreate c (x, ca)\ncreate a.ab\ncreate b.ba\n");
    expect(cycle, "", "drop a.ab\ndrop b.ba\ndrop b\ndrop c\ndrop a\n");
    expect("table a\n column x type=int\ntable b\n column x type=int\n",
           "table a\n column x type=int\n column y type=int\n foreign_key ab references=b needs=b,b.y\n"
           "table b\n column x type=int\n column y type=int\n foreign_key ba references=a needs=a,a.y\n",
           "alter a +y\nalter b +y\nalter a +ab\nalter b +ba\n");
    expect("", "table a\n column x type=int\n foreign_key aa references=a needs=a.x\n", "create a (x, aa)\n");
}

static void test_cycle_of_checks(void **state)
{
    (void)state;
    expect("",
           "table a\n column x type=int\n check_constraint c expression=f(x) needs=f\nfunction f needs=a\n",
           "create a (x)\ncreate f\ncreate a.c\n");
}

static void test_cycle_that_cannot_be_broken(void **state)
{
    (void)state;
    expect("", "view a definition=x needs=b\nview b definition=x needs=a\n", "create a\ncreate b\n");
}

static void test_names_change_hands(void **state)
{
    (void)state;
    expect("table a\n column x type=int\n", "view a definition=x needs=b\ntable b\n column x type=int\n",
           "create b (x)\ndrop a\ncreate a\n");
    expect("table a\n column x type=int\ntable b\n column y type=int\n",
           "table b was=a\n column x type=int\ntable c was=b\n column y type=int\n",
           "rename c from b\nrename b from a\n");
    /* The index moves to another table. */
    expect("table a\n column x type=int\n index i columns=x needs=a.x\ntable b\n column x type=int\n",
           "table a\n column x type=int\ntable b\n column x type=int\n index i columns=x needs=b.x\n",
           "drop a.i\ncreate b.i\n");
}

static void test_renames(void **state)
{
    (void)state;
    expect("table a\n column x type=int\n index i columns=x needs=a.x\n column gone type=int\n",
           "table b was=a\n column y was=x type=text\n index j columns=y needs=b.y\ntable a\n column n "
           "type=int\n",
           "drop a.i\n"
           "rename b from a\n"
           "create a (n)\n"
           "alter b >y ~y -gone\n"
           "create b.j\n");
}

static void test_rebuild(void **state)
{
    (void)state;
    struct plan *plan = expect(
        "table a options=1 rows=1200\n column x type=int storage=p\n column y type=int\n index i columns=x "
        "needs=a.x\n"
        " index k columns=y needs=a.y\nview v definition=1 needs=a\n",
        "table a options=2\n column x type=int storage=q\n column z type=int\n index j columns=z needs=a.z\n"
        " index i columns=x needs=a.x\nview v definition=1 needs=a\n",
        "keys off\n"
        "drop v again\n"
        "drop a.k\n"
        "rebuild a ~a ~x -y +z\n"
        "create v again\n"
        "create a.j\n"
        "keys on\n");
    assert_true(plan->statements.items[0].session);
    assert_int_equal(plan->hazards, PLAN_REWRITE);
    assert_int_equal(plan->statements.items[3].rows, 1200);
    assert_string_equal(plan->statements.items[3].table->name, "a");
}

static void expect_titles(const char *from, const char *to, const char *expected)
{
    struct str text = STR_INIT;
    struct plan *plan = toy_plan(arena, from, to);
    VECTOR_EACH (struct plan_statement, statement, &plan->statements)
        str_printf(&text, "%s\n", statement->title);
    assert_string_equal(str_text(&text), expected);
    str_free(&text);
}

static void test_titles(void **state)
{
    (void)state;
    expect_titles("table a\n column p type=int\nview v definition=1 needs=a.p\nfunction f definition=1\n",
                  "table a\n column p type=text\n index i columns=p needs=a.p\nview v definition=1 "
                  "needs=a.p\nfunction f definition=2\n",
                  "drop view v (stands in the way)\n"
                  "drop function f (to be replaced)\n"
                  "create function f (replaced)\n"
                  "table a: change type of column p\n"
                  "create view v (again)\n"
                  "table a: add index i\n");
    expect_titles("table a comment=x\n column p type=int\n column q type=int\n column r type=int\n",
                  "table b was=a comment=y\n column s was=r type=int\n column t type=int\n column u "
                  "type=bool\n column v type=bool\n",
                  "rename table a to b\n"
                  "table b: change comment, drop column p, rename column r to s and 4 changes more\n");
}

static void test_notes(void **state)
{
    (void)state;
    struct plan *plan = toy_plan(arena, "table a\n column p type=int\ntable c\n column x type=text\n",
                                 "table a\n column q type=int\ntable d\n column x type=text\n");
    assert_int_equal(plan->notes.count, 2);
    assert_string_equal(plan->notes.items[0],
                        "table c is dropped and table d added: if it was renamed, write "
                        "`-- dunlin: renamed from c` before d");
    assert_string_equal(plan->notes.items[1],
                        "column p of table a is dropped and column q added: if it was renamed, "
                        "write `-- dunlin: renamed from p` before q");
    assert_int_equal(plan->hazards, PLAN_DROP_TABLE);
}

static void test_failure(void **state)
{
    (void)state;
    static const struct plan_options options = {.online = false};
    dun_error *error = dun_error_new();
    struct diff *diff =
        diff_catalogs(arena, &toy_rules, catalog_from(arena, ""), catalog_from(arena, "event e\n"));
    assert_null(plan_make(&toy, diff, &options, error));
    assert_int_equal(dun_error_code(error), DUN_FAILED);
    assert_string_equal(dun_error_message(error), "create event e: events cannot be changed");
    dun_error_free(error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nothing, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_create_all, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_drop_all, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_alter_joins, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_views_over_altered_column, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_changes_of_what_is_in_the_way, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_view_that_no_longer_needs_the_column, setup_arena,
                                        teardown_arena),
        cmocka_unit_test_setup_teardown(test_replaced_function, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_cycle_of_foreign_keys, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_cycle_of_checks, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_cycle_that_cannot_be_broken, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_names_change_hands, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_renames, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_rebuild, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_titles, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_notes, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_failure, setup_arena, teardown_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
