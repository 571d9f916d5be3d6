/* What differs between two catalogs. */
#include "unit/catalog_text.h"
#include "unit/test_arena.h"

#include "base/str.h"
#include "diff/diff.h"
#include "diff/sentence.h"

#include <stdio.h>

static const struct diff_rules exact = {.dialect = SQL_POSTGRESQL};
static const struct diff_rules by_tokens = {.dialect = SQL_SQLITE, .tokens = true};

static void append_change(struct str *to, const struct diff_change *change)
{
    static const char signs[] = {
        [DIFF_CREATE] = '+', [DIFF_DROP] = '-', [DIFF_ALTER] = '~', [DIFF_RENAME] = '>'};
    str_printf(to, "%c%s", signs[change->action], (change->from ? change->from : change->to)->key);
    if (change->action == DIFF_RENAME)
        str_printf(to, " > %s", change->to->name);
    for (size_t i = 0; i < change->attribute_count; ++i)
        str_printf(to, "%s%s", i ? "," : ": ", schema_attribute_word(change->attributes[i]));
    str_append_char(to, '\n');
}

static struct diff *diff_of(const struct diff_rules *rules, const char *from, const char *to)
{
    return diff_catalogs(arena, rules, catalog_from(arena, from), catalog_from(arena, to));
}

static struct diff *expect(const struct diff_rules *rules, const char *from, const char *to,
                           const char *expected)
{
    struct str text = STR_INIT;
    struct diff *diff = diff_of(rules, from, to);
    VECTOR_EACH (struct diff_change, change, &diff->changes)
        append_change(&text, change);
    assert_string_equal(str_text(&text), expected);
    str_free(&text);
    return diff;
}

static void test_equal(void **state)
{
    (void)state;
    expect(&exact, "", "", "");
    expect(&exact, "table b\n column x type=int\ntable a\n", "table a\ntable b\n column x type=int\n", "");
}

static void test_create_drop_alter(void **state)
{
    (void)state;
    expect(&exact, "table a\n column x type=int\n column y type=int\ntable gone\n column z type=int\n",
           "table a\n column x type=bigint not_null=yes\n column n type=int\nview v definition=q\ntable b\n "
           "column z type=int\n",
           "~column table a.x: type,not null\n"
           "+column table a.n\n"
           "-column table a.y\n"
           "+table b\n"
           "-table gone\n"
           "+view v\n");
}

static void test_change_before_parts(void **state)
{
    (void)state;
    expect(&exact, "view v definition=q\n column c comment=x\n trigger t timing=before\n",
           "view v definition=r\n column c comment=y\n trigger t timing=after\n",
           "~view v: definition\n~column view v.c: comment\n~trigger view v.t: timing\n");
}

static void test_made_up_names(void **state)
{
    (void)state;
    /* Both made up: the check that is gone is the first, whatever the names say. */
    expect(&exact,
           "table a\n check_constraint c expression=x made_up\n check_constraint c1 expression=y made_up\n",
           "table a\n check_constraint c expression=y made_up\n", "-check constraint table a.c\n");
    /* One side wrote a name. */
    expect(&exact, "table a\n check_constraint c expression=x made_up\n",
           "table a\n check_constraint positive expression=x\n", ">check constraint table a.c > positive\n");
    expect(&exact, "table a\n check_constraint c expression=x made_up\n",
           "table a\n check_constraint c expression=x\n", "");
    /* Other content under the same name. */
    expect(&exact, "table a\n foreign_key f columns=x references=b on_delete=cascade made_up\n",
           "table a\n foreign_key f columns=x references=b made_up\n", "~foreign key table a.f: on delete\n");
    /* Two written names are two objects. */
    expect(&exact, "table a\n check_constraint c expression=x\n",
           "table a\n check_constraint d expression=x\n",
           "-check constraint table a.c\n+check constraint table a.d\n");
    /* Copies of one check. */
    expect(&exact,
           "table a\n check_constraint c expression=x made_up\n check_constraint d expression=x made_up\n",
           "table a\n check_constraint d expression=x made_up\n", "-check constraint table a.c\n");
}

static void test_tokens(void **state)
{
    (void)state;
    const char *from = "view v definition=SELECT_a,_\"b\"_FROM_t_/*x*/\n",
               *to = "view v definition=select_A,B__from_[t]\n";
    expect(&by_tokens, from, to, "");
    expect(&exact, from, to, "~view v: definition\n");
    expect(&by_tokens, "view v definition=select_'a'\n", "view v definition=select_'A'\n",
           "~view v: definition\n");
    /* What is no SQL counts to the letter. */
    expect(&by_tokens, "view v comment=A\n", "view v comment=a\n", "~view v: comment\n");
}

static void test_names_of_any_case(void **state)
{
    (void)state;
    const struct diff_rules rules = {.dialect = SQL_SQLITE, .any_case = true};
    const char *from =
        "table Users\n column Id type=int\n column name type=int\n check_constraint Sane expression=x\n"
        "view V definition=q\n";
    const char *to =
        "table users\n column ID type=int\n column Name type=text\n check_constraint sane expression=x\n"
        "table v\n";
    expect(&rules, from, to, "~column table Users.name: type\n+table v\n-view V\n");
    expect(&exact, "table A\n", "table a\n", "-table A\n+table a\n");
    /* What has the very name comes first, and letters beyond ASCII have their case. */
    expect(&rules, "table t\n column a type=int\n column A type=text\n", "table t\n column A type=text\n",
           "-column table t.a\n");
    expect(&rules, "table \303\204\n", "table \303\244\n", "-table \303\204\n+table \303\244\n");
}

static bool comments_do_not_count(const struct schema_object *from, const struct schema_object *to,
                                  enum schema_attribute attribute)
{
    (void)from;
    (void)to;
    return attribute != ATTRIBUTE_COMMENT;
}

static void test_what_counts(void **state)
{
    (void)state;
    const struct diff_rules rules = {.dialect = SQL_MYSQL, .counts = comments_do_not_count};
    expect(&rules, "table a comment=x\n", "table a comment=y engine=z\n", "~table a: engine\n");
    expect(&rules, "table a comment=x\n", "table a\n", "");
}

static void test_renames(void **state)
{
    (void)state;
    expect(&exact, "table a\n column x type=int\n column y type=int\n",
           "table b was=a\n column x type=int\n column z was=y type=text\n",
           ">table a > b\n>column table a.y > z\n~column table a.y: type\n");
    /* Done already; and the old name is that of another by now. */
    expect(&exact, "table b\n column x type=int\n", "table b was=a\n column x type=int\n", "");
    expect(&exact, "table a\n column x type=int\n",
           "table b was=a\n column x type=int\ntable a\n column n type=int\n", "+table a\n>table a > b\n");
}

static void test_find_and_counterpart(void **state)
{
    (void)state;
    struct diff *diff = diff_of(&exact, "table a\n column x type=int\ntable gone\n column p type=int\n",
                                "table b was=a\n column x type=text\n");
    struct schema_object *from = catalog_find_key(diff->from, "column table a.x");
    struct schema_object *to = catalog_find_key(diff->to, "column table b.x");
    assert_ptr_equal(diff_counterpart(diff, from), to);
    assert_ptr_equal(diff_counterpart(diff, to), from);
    assert_non_null(diff_find(diff, from));
    assert_ptr_equal(diff_find(diff, from), diff_find(diff, to));
    assert_true(diff_has(diff_find(diff, to), ATTRIBUTE_TYPE));
    assert_false(diff_has(diff_find(diff, to), ATTRIBUTE_COMMENT));
    struct schema_object *gone = catalog_find_key(diff->from, "table gone");
    assert_int_equal(diff_find(diff, gone)->action, DIFF_DROP);
    assert_null(diff_counterpart(diff, gone));
    assert_null(diff_find(diff, gone->parts[0]));
}

static void test_reordered(void **state)
{
    (void)state;
    struct diff *diff = expect(
        &exact, "table a\n column x type=int\n column y type=int\ntable b\n column x type=int\n",
        "table a\n column y type=int\n column x type=int\ntable b\n column n type=int\n column x type=int\n",
        "+column table b.n\n");
    assert_int_equal(diff->reordered.count, 1);
    assert_string_equal(diff->reordered.items[0]->key, "table a");
}

static void expect_guesses(const char *from, const char *to, const char *expected)
{
    struct str text = STR_INIT;
    struct diff *diff = diff_of(&exact, from, to);
    VECTOR_EACH (struct diff_rename_guess, guess, &diff->rename_guesses)
        str_printf(&text, "%s > %s\n", guess->from->name, guess->to->name);
    assert_string_equal(str_text(&text), expected);
    str_free(&text);
}

static void test_rename_guesses(void **state)
{
    (void)state;
    expect_guesses("table a\n column x type=int\n column y type=text\n",
                   "table a\n column x type=int\n column z type=text\n", "y > z\n");
    expect_guesses("table a\n column y type=text\n", "table a\n column z type=int\n", "");
    /* Two candidates in one place each, and some that are ambiguous. */
    expect_guesses("table a\n column p type=int\n column q type=int\n",
                   "table a\n column r type=int\n column s type=int\n", "p > r\nq > s\n");
    expect_guesses(
        "table a\n column k type=text\n column p type=int\n column q type=int\n",
        "table a\n column k type=text\n column k2 type=text\n column k3 type=text\n column r type=int\n", "");
    expect_guesses("table a\n column x type=int\n", "table b\n column x type=int\n", "a > b\n");
    expect_guesses("table a\n column x type=int\ntable c\n column x type=int\n",
                   "table b\n column x type=int\n", "");
    expect_guesses("table a\n column x type=int\n", "table b\n column y type=int\n", "");
}

static const char *servers_warning(unsigned numbers, const char *from, const char *to)
{
    struct diff_rules rules = {.dialect = SQL_POSTGRESQL, .version_numbers = numbers};
    struct catalog *left = catalog_new(arena, "engine", from), *right = catalog_new(arena, "engine", to);
    catalog_add(right, SCHEMA_TABLE, NULL, NULL, "t");
    return diff_servers_warning(arena, diff_catalogs(arena, &rules, left, right));
}

static void test_servers_of_two_versions(void **state)
{
    (void)state;
    assert_null(servers_warning(1, "PostgreSQL 15.2", "PostgreSQL 15.18"));
    assert_null(servers_warning(1, "PostgreSQL", "PostgreSQL 15.18"));
    assert_null(servers_warning(1, NULL, "PostgreSQL 15.18"));
    assert_string_equal(servers_warning(1, "PostgreSQL 12.1", "PostgreSQL 15.18"),
                        "PostgreSQL 12.1 and PostgreSQL 15.18 may write one definition in two ways: some of "
                        "what differs may mean the same");
    assert_non_null(servers_warning(1, "PostgreSQL 1.18", "PostgreSQL 18.1"));
    assert_non_null(servers_warning(2, "MariaDB 10.6.1", "MariaDB 10.11.1"));
    assert_non_null(servers_warning(2, "MariaDB 10.6.1", "MySQL 10.6.1"));
    assert_null(servers_warning(2, "MariaDB 10.6.1", "MariaDB 10.6.2"));
    assert_null(servers_warning(0, "SQLite 3.40.1", "SQLite 4.1.0"));
    struct diff_rules rules = {.dialect = SQL_POSTGRESQL, .version_numbers = 1};
    struct catalog *left = catalog_new(arena, "engine", "A 1"), *right = catalog_new(arena, "engine", "A 2");
    assert_null(diff_servers_warning(arena, diff_catalogs(arena, &rules, left, right)));
}

static void test_sentences(void **state)
{
    (void)state;
    struct str text = STR_INIT;
    struct diff *diff = diff_of(&exact,
                                "table a\n column p type=int\n column q type=int\n column r type=int\nview v "
                                "definition=1\ntable gone\n"
                                " column c type=int\n",
                                "table a\n column n type=int\n column q type=bigint not_null=yes\n grant g\n "
                                "column s was=r type=int\n"
                                "view v definition=a_text_that_is_too_long_to_be_shown_in_a_sentence\n");
    VECTOR_EACH (struct diff_change, change, &diff->changes) {
        diff_sentence(&text, diff, change);
        str_append_char(&text, '\n');
    }
    assert_string_equal(str_text(&text),
                        "table a: column n added\n"
                        "table a: column p dropped\n"
                        "table a: column q changed: type int -> bigint, not null none -> yes\n"
                        "table a: column r renamed to s\n"
                        "table a: grant g added\n"
                        "table gone dropped\n"
                        "view v changed: definition\n");
    str_clear(&text);
    diff_reordered_sentence(&text, diff, catalog_find_key(diff->to, "table a"));
    assert_string_equal(str_text(&text), "table a: columns stand in another order");
    str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_equal, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_create_drop_alter, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_change_before_parts, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_made_up_names, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_tokens, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_names_of_any_case, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_what_counts, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_renames, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_find_and_counterpart, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_reordered, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_rename_guesses, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_sentences, setup_arena, teardown_arena),
        cmocka_unit_test_setup_teardown(test_servers_of_two_versions, setup_arena, teardown_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
