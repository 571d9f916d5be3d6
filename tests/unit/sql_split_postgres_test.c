/* Where statements end on PostgreSQL. */
#include "unit/sql_split_cases.h"

static void quotes(void **state)
{
    (void)state;
    static const struct split_case cases[] = {
        {"select 1; select 2;", {"select 1", "select 2"}},
        {"select 'a;b', 'it''s;'; select 2", {"select 'a;b', 'it''s;'", "select 2"}},
        {"select 'a\\'; select 'b'", {"select 'a\\'", "select 'b'"}},
        {"select E'a\\';b'; select 2", {"select E'a\\';b'", "select 2"}},
        {"select e'a'';b'; select 2", {"select e'a'';b'", "select 2"}},
        {"select typE'a\\'; select 2", {"select typE'a\\'", "select 2"}},
        {"select E'a'\n  '\\';b'; select 2", {"select E'a'\n  '\\';b'", "select 2"}},
        {"select E'a' -- c\n--\n'\\';b'; select 2", {"select E'a' -- c\n--\n'\\';b'", "select 2"}},
        {"select E'a' '\\'; select 2", {"select E'a' '\\'", "select 2"}},
        {"select 'a'\n'b\\'; select 2", {"select 'a'\n'b\\'", "select 2"}},
        {"select U&'a;\\0041' UESCAPE '!'; select U&\"a;b\"",
         {"select U&'a;\\0041' UESCAPE '!'", "select U&\"a;b\""}},
        {"select u &';'; select 2", {"select u &';'", "select 2"}},
        {"select B'1;', x';1', N'\\'; select 2", {"select B'1;', x';1', N'\\'", "select 2"}},
        {"select \"a;\"\"b\\\"; select 2", {"select \"a;\"\"b\\\"", "select 2"}},
        {"select $$a;b$$; select 2", {"select $$a;b$$", "select 2"}},
        {"select $x$a;$$;$X$;$x$; select 2", {"select $x$a;$$;$X$;$x$", "select 2"}},
        {"select $q$ $qq$ ; $q$; select 2", {"select $q$ $qq$ ; $q$", "select 2"}},
        {"select a$x$; select b$x$", {"select a$x$", "select b$x$"}},
        {"select $1, $2; select $1x", {"select $1, $2", "select $1x"}},
        {"select $1$$;$$; select 2", {"select $1$$;$$", "select 2"}},
        {"select $é_1$;$é_1$; select 2", {"select $é_1$;$é_1$", "select 2"}},
        {"select 1$$;$$; select 2", {"select 1$$;$$", "select 2"}},
        {"do $$ begin perform ';'; end $$; do language plpgsql $b$;$b$",
         {"do $$ begin perform ';'; end $$", "do language plpgsql $b$;$b$"}},
        {"select ''; select ''''; select ''''''", {"select ''", "select ''''", "select ''''''"}},
    };
    RUN_CASES(SQL_POSTGRESQL, cases);
}

static void comments_and_operators(void **state)
{
    (void)state;
    static const struct split_case cases[] = {
        {"/* a /* ; */ ; */ select 1; select 2", {"select 1", "select 2"}},
        {"select /*/* ; */;*/ 1; select 2", {"select /*/* ; */;*/ 1", "select 2"}},
        {"select 1 /**/; select 2 /***/ + 3;", {"select 1", "select 2 /***/ + 3"}},
        {"select 1 -- ;\n; -- select 2;", {"select 1"}},
        {"select 1 --;\r, 2; select 3", {"select 1 --;\r, 2", "select 3"}},
        {"select 1--x;\n+1; select 2", {"select 1--x;\n+1", "select 2"}},
        {"select a @--;\n b; select 2", {"select a @--;\n b", "select 2"}},
        {"select a ?| b, a @- 1, a ->> 'x;', a #>> '{;}'; select 2",
         {"select a ?| b, a @- 1, a ->> 'x;', a #>> '{;}'", "select 2"}},
        {"select a[1:2], b::text, f(x := 1); select 2", {"select a[1:2], b::text, f(x := 1)", "select 2"}},
        {"select */*;*/ from t; select 2", {"select */*;*/ from t", "select 2"}},
        {"select 1 # 2; select `;` 3", {"select 1 # 2", "select `", "` 3"}},
        {"select 1.5e-3, 1..2, 0x1F, 1_000; select .5", {"select 1.5e-3, 1..2, 0x1F, 1_000", "select .5"}},
    };
    RUN_CASES(SQL_POSTGRESQL, cases);
}

static void bodies(void **state)
{
    (void)state;
#define BODY(text) "create or replace function f(a int) returns int language sql begin atomic " text
    static const struct split_case cases[] = {
        {BODY("select 1; select 2; end; select 3"), {BODY("select 1; select 2; end"), "select 3"}},
        {BODY("select case when a then case b when 1 then 2 end else 3 end; end; select 3"),
         {BODY("select case when a then case b when 1 then 2 end else 3 end; end"), "select 3"}},
        {BODY("select (case when a then 1 end); select 1 as end; select t.case, 2 as case; END; select 3"),
         {BODY("select (case when a then 1 end); select 1 as end; select t.case, 2 as case; END"),
          "select 3"}},
        {"CREATE PROCEDURE p() BEGIN /* x */ ATOMIC INSERT INTO t VALUES (1); END; select 3",
         {"CREATE PROCEDURE p() BEGIN /* x */ ATOMIC INSERT INTO t VALUES (1); END", "select 3"}},
        {BODY("select 1 end; select 2 case; select case end when 1 then 2 end end; end; select 3"),
         {BODY("select 1 end; select 2 case; select case end when 1 then 2 end end; end"), "select 3"}},
        {BODY("select case when a then 1; end; select 3"),
         {BODY("select case when a then 1; end"), "select 3"}},
        {BODY("end; begin; select 1; end"), {BODY("end"), "begin", "select 1", "end"}},
        {"create function begin() returns int return 1; select 2",
         {"create function begin() returns int return 1", "select 2"}},
        {"create function begin() returns int begin atomic select 1; end; select 2",
         {"create function begin() returns int begin atomic select 1; end", "select 2"}},
        {"create function f() returns int as $$ begin; $$ language sql; select 2",
         {"create function f() returns int as $$ begin; $$ language sql", "select 2"}},
        {"begin; select 1; end; begin atomic; end", {"begin", "select 1", "end", "begin atomic", "end"}},
        {"create rule r as on insert to t do also (select 1; select (2); ); select 3",
         {"create rule r as on insert to t do also (select 1; select (2); )", "select 3"}},
        {"create table t (a int)); select 2", {"create table t (a int))", "select 2"}},
    };
    RUN_CASES(SQL_POSTGRESQL, cases);
}

static void copy(void **state)
{
    (void)state;
    static const struct {
        const char *text, *data;
    } with_data[] = {
        {"copy t from stdin;\n1\t;\n'\n\\.\nselect 1", "1\t;\n'\n"},
        {"COPY public.t (a, \"from\") FROM STDIN WITH (FORMAT csv, DELIMITER ';') ; -- x\n\\.\nselect 1", ""},
        {"copy t from stdin with csv;\r\n1\r\n\\.\r\nselect 1", "1\r\n"},
        {"copy binary t from stdout;\n\\\\.\n\\.x\n \\.\n\\.\nselect 1", "\\\\.\n\\.x\n \\.\n"},
        {"copy t from stdin where a > (1);\n1\n\\.\nselect 1", "1\n"},
        {"copy \"t;\" from stdin;\n-- no comment\n\\.\nselect 1", "-- no comment\n"},
        {"copy t from /* x */ stdin;\n\n\\.\nselect 1", "\n"},
    };
    for (size_t i = 0; i < sizeof with_data / sizeof *with_data; ++i) {
        struct arena *arena = arena_new();
        const struct sql_script *script = split(arena, SQL_POSTGRESQL, with_data[i].text);
        assert_int_equal(script->count, 2);
        assert_non_null(script->statements[0].copy_data);
        assert_int_equal(script->statements[0].copy_length, strlen(with_data[i].data));
        assert_memory_equal(script->statements[0].copy_data, with_data[i].data, strlen(with_data[i].data));
        expect_text(with_data[i].text, &script->statements[1], "select 1");
        assert_null(script->statements[1].copy_data);
        expect_idempotent(arena, SQL_POSTGRESQL, &script->statements[0]);
        arena_free(arena);
    }
    static const struct split_case cases[] = {
        {"copy t from 'stdin'; select 1", {"copy t from 'stdin'", "select 1"}},
        {"copy t from program 'x'; select 1", {"copy t from program 'x'", "select 1"}},
        {"copy t to stdout; select 1", {"copy t to stdout", "select 1"}},
        {"copy (select a from stdin) to stdout; select 1",
         {"copy (select a from stdin) to stdout", "select 1"}},
        {"copy stdin from 'x'; select 1", {"copy stdin from 'x'", "select 1"}},
        {"copy t from \"stdin\"; select 1", {"copy t from \"stdin\"", "select 1"}},
        {"select copy from stdin; select 1", {"select copy from stdin", "select 1"}},
        {"copy a from stdin;\n\\.\n\ncopy b from stdin;\n1\n\\.", {"copy a from stdin", "copy b from stdin"}},
    };
    RUN_CASES(SQL_POSTGRESQL, cases);
}

static void restrict_lines(void **state)
{
    (void)state;
    static const struct split_case cases[] = {
        {"--\n-- PostgreSQL database dump\n--\n\n\\restrict Abc'1\n\nselect 1;\n\n\\unrestrict Abc'1\n\n",
         {"select 1"}},
        {"\\restrict", {NULL}},
    };
    RUN_CASES(SQL_POSTGRESQL, cases);
}

static void errors(void **state)
{
    (void)state;
    static const struct split_error_case cases[] = {
        {"select 1;\n  \\connect shop\n", 2, 3, "\\connect is a command of psql"},
        {"\\i other.sql\n", 1, 1, "Put the statements of that file here"},
        {"\\set x 1", 1, 1, "\\set is a command of psql"},
        {"select 1 \\gexec", 1, 10, "\\gexec is a command of psql"},
        {"select 1\\; select 2;", 1, 9, "\\; is a command"},
        {"select 1 \\restrict x", 1, 10, "\\restrict is a command"},
        {"\\restricted x", 1, 1, "\\restricted is a command"},
        {"\\.\n", 1, 1, "no such statement is before it"},
        {"\\copy t from 'x'", 1, 1, "Write COPY"},
        {"select 1;\nselect 'é' || 'abc;\nselect 2;\n", 2, 15, "string that begins here"},
        {"select E'abc\\';", 1, 8, "string that begins here"},
        {"select E'abc'\n 'x\\';", 1, 8, "string that begins here"},
        {"select \"abc;", 1, 8, "quoted identifier that begins here"},
        {"do $x$ begin; $X$ $$ $x", 1, 4, "dollar quote that begins here"},
        {"/* a /* b */ select 1;", 1, 1, "Comments nest"},
        {"select 1; /* a\n", 1, 11, "comment that begins here"},
        {"create table t (\n a int,\n b varchar(10);\nselect 1;", 1, 16, "parenthesis"},
        {"create function f() returns int\nbegin atomic select case when a then 1 end;\nselect 1;", 2, 1,
         "has no END"},
        {"select 1;\n copy t from stdin;\n1\n2\n", 2, 2, "have no end"},
        {"copy t from stdin", 1, 1, "have no end"},
        {"copy t from stdin; select 1;\n\\.\n", 1, 20, "begin on the next line"},
    };
    RUN_ERROR_CASES(SQL_POSTGRESQL, cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes), cmocka_unit_test(comments_and_operators), cmocka_unit_test(bodies),
        cmocka_unit_test(copy),   cmocka_unit_test(restrict_lines),         cmocka_unit_test(errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
