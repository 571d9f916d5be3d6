/* Where statements end on SQLite. */
#include "unit/sql_split_cases.h"

static void quotes_and_comments(void **state)
{
    (void)state;
    static const struct split_case cases[] = {
        {"select 'a;''b\\'; select 2", {"select 'a;''b\\'", "select 2"}},
        {"select \"a;\"\"b\", [a;b], `a;``b`; select 2", {"select \"a;\"\"b\", [a;b], `a;``b`", "select 2"}},
        {"select [a]]; select 2", {"select [a]]", "select 2"}},
        {"select x';', X'00'; select ?1, :a, @b, $c", {"select x';', X'00'", "select ?1, :a, @b, $c"}},
        {"select 1 /* ; /* */; select 2 -- ;", {"select 1", "select 2"}},
        {"select $$; select $$;", {"select $$", "select $$"}},
        {"select 1\r\n;\r\n--x;\r\nselect 2", {"select 1", "select 2"}},
        {"# the shell's comment;\nselect 1;\n# more\n", {"select 1"}},
        {"select .5, 1e+5, 0xFF; select 2", {"select .5, 1e+5, 0xFF", "select 2"}},
        {"select a->'$.x;' from t; select 2", {"select a->'$.x;' from t", "select 2"}},
    };
    RUN_CASES(SQL_SQLITE, cases);
}

static void triggers(void **state)
{
    (void)state;
#define TRIGGER "create trigger t after insert on a "
    static const struct split_case cases[] = {
        {TRIGGER "begin select 1; select 2; end; select 3",
         {TRIGGER "begin select 1; select 2; end", "select 3"}},
        {TRIGGER "begin select case when 1 then 2 end; end; select 3",
         {TRIGGER "begin select case when 1 then 2 end; end", "select 3"}},
        {TRIGGER
         "begin update a set b = case c when 1 then 2 else case d when 1 then 3 end end; END ;\nselect 3",
         {TRIGGER "begin update a set b = case c when 1 then 2 else case d when 1 then 3 end end; END",
          "select 3"}},
        {"CREATE TEMP TRIGGER IF NOT EXISTS main.[t;] BEFORE UPDATE OF x, begin ON begin WHEN new.begin > 0 "
         "BEGIN "
         "SELECT 1; END; select 3",
         {"CREATE TEMP TRIGGER IF NOT EXISTS main.[t;] BEFORE UPDATE OF x, begin ON begin WHEN new.begin > 0 "
          "BEGIN "
          "SELECT 1; END",
          "select 3"}},
        {"explain query plan create temporary trigger t after insert on a begin select 1; end; select 3",
         {"explain query plan create temporary trigger t after insert on a begin select 1; end", "select 3"}},
        {"EXPLAIN CREATE TRIGGER begin INSERT ON b BEGIN SELECT ';'; /* end; */ END; select 3",
         {"EXPLAIN CREATE TRIGGER begin INSERT ON b BEGIN SELECT ';'; /* end; */ END", "select 3"}},
        {"begin; select 1; end; select 2", {"begin", "select 1", "end", "select 2"}},
        {"create table trigger_log (begin, \"end\"); select 2",
         {"create table trigger_log (begin, \"end\")", "select 2"}},
        {TRIGGER "begin end; select 2", {TRIGGER "begin end", "select 2"}},
        {"create trigger nonsense; select 2", {"create trigger nonsense", "select 2"}},
        {TRIGGER "begin insert into a values (';', \"end\"); delete from a where end = 1; end",
         {TRIGGER "begin insert into a values (';', \"end\"); delete from a where end = 1; end"}},
    };
    RUN_CASES(SQL_SQLITE, cases);
}

static void errors(void **state)
{
    (void)state;
    static const struct split_error_case cases[] = {
        {"select 1;\n.read other.sql\n", 2, 1, ".read is a command of the sqlite3 shell"},
        {".mode csv\n", 1, 1, "Output goes nowhere"},
        {".unheardof\n", 1, 1, ".unheardof is a command"},
        {"select 1;\n select 'abc;", 2, 9, "string that begins here"},
        {"select [abc;", 1, 8, "quoted identifier that begins here"},
        {"select `abc;", 1, 8, "quoted identifier that begins here"},
        {"select 1; /* abc", 1, 11, "comment that begins here"},
        {"create trigger t after insert on a\nbegin\n  select case 1 when 1 then 2 end;\n", 2, 1,
         "has no END"},
    };
    RUN_ERROR_CASES(SQL_SQLITE, cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_and_comments),
        cmocka_unit_test(triggers),
        cmocka_unit_test(errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
