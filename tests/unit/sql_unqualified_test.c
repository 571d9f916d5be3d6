/* Names without their schema; all else stays as it is. */
#include "unit/test_arena.h"

#include "sql/unqualified.h"

#include <string.h>

static void names(void **state)
{
    (void)state;
    static const struct {
        const char *schema, *sql, *expected;
    } cases[] = {
        {"public", "CREATE TABLE \"public\".\"a\" (\"m\" public.mood)", "CREATE TABLE \"a\" (\"m\" mood)"},
        {"public", "SELECT PUBLIC . a, x.public.b, \"Public\".c, notpublic.d FROM public",
         "SELECT PUBLIC . a, x.public.b, \"Public\".c, notpublic.d FROM public"},
        {"public", "SELECT OPERATOR(public.=), public.t.c", "SELECT OPERATOR(=), t.c"},
        {"t 2", "ALTER TABLE \"t 2\".\"a\" ADD b \"t 2\".m", "ALTER TABLE \"a\" ADD b m"},
        {"a\"b", "DROP TABLE \"a\"\"b\".c", "DROP TABLE c"},
        {"public", "DEFAULT nextval('public.n'::regclass)", "DEFAULT nextval('n'::regclass)"},
        {"public", "DEFAULT '\"public\".\"N\"'::regclass", "DEFAULT '\"N\"'::regclass"},
        {"public", "DEFAULT 'public.n'::text, 'public.n', 'in public.n'::regclass",
         "DEFAULT 'public.n'::text, 'public.n', 'in public.n'::regclass"},
        {"public", "AS $$ SELECT public.f() $$ -- public.g\n", "AS $$ SELECT public.f() $$ -- public.g\n"},
        {"public", "", ""},
        {"public", "public", "public"},
        {"public", "'unclosed public.x", "'unclosed public.x"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i)
        assert_string_equal(sql_unqualified(arena, SQL_POSTGRESQL, cases[i].sql, cases[i].schema),
                            cases[i].expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names, setup_arena, teardown_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
