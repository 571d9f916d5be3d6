/* Where statements end on MySQL and MariaDB. */
#include "unit/sql_split_cases.h"

static void quotes_and_comments(void **state)
{
    (void)state;
    static const struct split_case cases[] = {
        {"select 'a\\';b', \"c\\\";d\", 'e'';', \"f\"\";\"; select 2",
         {"select 'a\\';b', \"c\\\";d\", 'e'';', \"f\"\";\"", "select 2"}},
        {"select '\\\\'; select 2", {"select '\\\\'", "select 2"}},
        {"select `a;``b\\`; select 2", {"select `a;``b\\`", "select 2"}},
        {"select _utf8mb4'a\\';', _latin1 'b;', N'\\';', X'00', b'1', n';'; select 2",
         {"select _utf8mb4'a\\';', _latin1 'b;', N'\\';', X'00', b'1', n';'", "select 2"}},
        {"select @`a;`, @'b;', @\"c;\", @@global.x, @d := 1; select 2",
         {"select @`a;`, @'b;', @\"c;\", @@global.x, @d := 1", "select 2"}},
        {"select 1 # ;\n, 2; select 3", {"select 1 # ;\n, 2", "select 3"}},
        {"select 1 -- ;\n, 2; select 3 --\n;select 4 --", {"select 1 -- ;\n, 2", "select 3", "select 4"}},
        {"select 1--2; select 3 --\t;\n", {"select 1--2", "select 3"}},
        {"select 1 --\x7F;\n; select 3", {"select 1", "select 3"}},
        {"select 5--'a;'; select 3", {"select 5--'a;'", "select 3"}},
        {"--no blank needed here;\nselect 1;--nor here\n", {"select 1"}},
        {"select 1 /* ; */ + /*+ hint; */ 2; select 3", {"select 1 /* ; */ + /*+ hint; */ 2", "select 3"}},
        {"select $$; select a$b;", {"select $$", "select a$b"}},
        {"select t.1st, 1e5, 0x1F from 1t; select \\N", {"select t.1st, 1e5, 0x1F from 1t", "select \\N"}},
        {"select '😀;', 'ж\\';'; select 2", {"select '😀;', 'ж\\';'", "select 2"}},
    };
    RUN_CASES(SQL_MYSQL, cases);
}

static void executable_comments(void **state)
{
    (void)state;
    static const struct split_case cases[] = {
        {"/*!40101 SET NAMES utf8 */;\n/*!40000 ALTER TABLE `t` DISABLE KEYS */;\nselect 1",
         {"/*!40101 SET NAMES utf8 */", "/*!40000 ALTER TABLE `t` DISABLE KEYS */", "select 1"}},
        {"select 1 /*! , 2; */ ; select 3", {"select 1 /*! , 2; */", "select 3"}},
        {"/*M!100100 select ';'; */; /*M! select 2 */", {"/*M!100100 select ';'; */", "/*M! select 2 */"}},
        {"/*!50003 select '*/;' /* inner */ */; select 3",
         {"/*!50003 select '*/;' /* inner */ */", "select 3"}},
        {"/*!50001 CREATE ALGORITHM=UNDEFINED */\n/*!50013 DEFINER=`r`@`%` SQL SECURITY DEFINER */\n"
         "/*!50001 VIEW `v` AS select 1 AS `a` */;\nselect 2",
         {"/*!50001 CREATE ALGORITHM=UNDEFINED */\n/*!50013 DEFINER=`r`@`%` SQL SECURITY DEFINER */\n"
          "/*!50001 VIEW `v` AS select 1 AS `a` */",
          "select 2"}},
        {"/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump\nselect 1", {"select 1"}},
        {"/*!999999\\- enable the sandbox mode */;\nselect 1", {"select 1"}},
        {"/*!50003 CREATE*/ /*!50017 DEFINER=`r`@`%`*/ /*!50003 TRIGGER t BEFORE INSERT ON a FOR EACH ROW "
         "BEGIN "
         "SET @a = 1; END */; select 2",
         {"/*!50003 CREATE*/ /*!50017 DEFINER=`r`@`%`*/ /*!50003 TRIGGER t BEFORE INSERT ON a FOR EACH ROW "
          "BEGIN "
          "SET @a = 1; END */",
          "select 2"}},
        {"/*!50003 select\ndelimiter ;\n */; select 3", {"/*!50003 select\ndelimiter ;\n */", "select 3"}},
        {"select 1 */ 2; select 3", {"select 1 */ 2", "select 3"}},
    };
    RUN_CASES(SQL_MYSQL, cases);
}

static void delimiters(void **state)
{
    (void)state;
    static const struct split_case cases[] = {
        {"DELIMITER $$\nselect 1$$\nDELIMITER ;\nselect 2;", {"select 1", "select 2"}},
        {"delimiter //\ncreate procedure p() begin select 1; end//\nselect 2 // delimiter ;\nselect 3;",
         {"create procedure p() begin select 1; end", "select 2", "select 3"}},
        {"  Delimiter ;;\r\nselect 1 ;;\r\nselect ';;' ;;\r\ndelimiter ;\r\nselect 3;",
         {"select 1", "select ';;'", "select 3"}},
        {"DELIMITER go\nselect 1 go select 2\ngo\nDELIMITER ;", {"select 1", "select 2"}},
        {"DELIMITER '//'\nselect 1//", {"select 1"}},
        {"DELIMITER $$\nselect 'a$$b', `c$$d`, @'e$$' /* $$ */ -- $$\n# $$\n$$ select 2$$",
         {"select 'a$$b', `c$$d`, @'e$$'", "select 2"}},
        {"DELIMITER $$\ncreate procedure p() begin end$$\nselect a$$select @b$$select 1$$",
         {"create procedure p() begin end", "select a", "select @b", "select 1"}},
        {"DELIMITER #\nselect 1#\nselect 2#\nDELIMITER ;\nselect 3 # x",
         {"select 1", "select 2", "select 3"}},
        {"DELIMITER |\nselect 1|\nDELIMITER //\nselect 2//\n", {"select 1", "select 2"}},
        /* Several statements before one delimiter count one by one. */
        {"DELIMITER $$\ndrop procedure if exists p;\ncreate procedure p() begin select 1; end$$\nDELIMITER ;",
         {"drop procedure if exists p", "create procedure p() begin select 1; end"}},
        {"DELIMITER $$\ncreate procedure p() begin select 1; end;\n$$\nselect 2;$$",
         {"create procedure p() begin select 1; end", "select 2"}},
        {"DELIMITER $$\nselect 1; begin not atomic select 2; end; if a then select 3; end if$$",
         {"select 1", "begin not atomic select 2; end", "if a then select 3; end if"}},
        /* The terminator was forgotten. */
        {"DELIMITER $$\nselect 1\nDELIMITER ;\nselect 2;", {"select 1", "select 2"}},
        {"create table t (\n  delimiter varchar(10)\n); select 2",
         {"create table t (\n  delimiter varchar(10)\n)", "select 2"}},
        {"select delimiter from t; select 2", {"select delimiter from t", "select 2"}},
        {"/*!50003 select 1 */ ;;\nDELIMITER ;;\n/*!50003 CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW "
         "SET @a = 1;; */;;\n"
         "DELIMITER ;\nselect 2",
         {"/*!50003 select 1 */", "/*!50003 CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET @a = 1;; */",
          "select 2"}},
        {"select 1\\G\nselect 2\\gselect 3", {"select 1", "select 2", "select 3"}},
        {"use shop\nselect 1;\nUSE `shop` -- x\nselect 2; use a; use b",
         {"use shop", "select 1", "USE `shop`", "select 2", "use a", "use b"}},
    };
    RUN_CASES(SQL_MYSQL, cases);
}

static void unknown_between_delimiters(void **state)
{
    (void)state;
    static const struct {
        const char *text, *first;
        size_t count;
    } cases[] = {
        {"DELIMITER $$\nselect 1; frobnicate 2; select 3$$\nselect 4$$", "select 1; frobnicate 2; select 3",
         2},
        {"DELIMITER $$\nnonsense; select 1;\nDELIMITER ;\nselect 4;\nDELIMITER $$\nselect 5; select 6$$",
         "nonsense; select 1", 4},
        {"DELIMITER $$\nselect 1; create procedure p() begin select 2; $$\nselect 4$$",
         "select 1; create procedure p() begin select 2;", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        struct arena *arena = arena_new();
        const struct sql_script *script = split(arena, SQL_MYSQL, cases[i].text);
        assert_int_equal(script->count, cases[i].count);
        expect_text(cases[i].text, &script->statements[0], cases[i].first);
        assert_int_equal(script->statements[0].effect, SQL_ALONE);
        assert_true(script->statements[0].many_results);
        expect_text(cases[i].text, &script->statements[1], "select 4");
        arena_free(arena);
    }
}

/* Each is one statement, and the one behind it is another. */
static void bodies(void **state)
{
    (void)state;
    static const char *const statements[] = {
        "create procedure p() begin end",
        "create procedure p() begin select 1; end",
        "CREATE OR REPLACE DEFINER=`root`@`localhost` PROCEDURE IF NOT EXISTS `a;b`.p(IN a INT, OUT b "
        "SET('x;'))\n"
        "COMMENT 'begin' SQL SECURITY INVOKER MODIFIES SQL DATA\nBEGIN SELECT 1; END",
        "create definer = begin@localhost procedure p() begin select 1; end",
        "create definer = current_user() function f() returns int begin return 1; end",
        "create definer = 'event'@'trigger' function f() returns int begin return 1; end",
        "create aggregate function f(a int) returns int begin loop fetch group next row; end loop; return 1; "
        "end",
        "create function f() returns char(10) character set utf8 deterministic begin return 'x'; end",
        "create function f() returns set('a;', 'b') begin return 'a'; end",
        "create function f(a int) returns int return case when a then if(a, 1, 2) else 3 end",
        "create function f(a int) returns int return a is null",
        "create function repeat() returns int begin return 1; end",
        "create function f returns string soname 'x.so'",
        "create procedure p() select 1 as x",
        "create procedure p() select if(1, 2, 3), case 1 when 1 then 2 end for update",
        "create procedure p() outer_label: begin inner_label: begin select 1; end inner_label; end "
        "outer_label",
        "create procedure p() `l;`: begin leave `l;`; end `l;`",
        "create procedure p() begin l: loop leave l; end loop l; end",
        "create procedure p() begin while a < 3 do set a = a + 1; end while; end",
        "create procedure p() begin l: while (a) do begin select 1; end; end while l; end",
        "create procedure p() begin repeat set a = 1; until a end repeat; end",
        "create procedure p() begin repeat set a = 1; until end > 3 end repeat; select repeat('x;', 3); end",
        "create procedure p() begin repeat set a = 1; until case when a then b else end end end repeat; end",
        "create procedure p() begin for i in 1..10 do select i; end for; for r in (select 1) do select 2; "
        "end for; end",
        "create procedure p() begin if a then select 1; elseif b then select 2; else select 3; end if; end",
        "create procedure p() begin if (a) then if b then select 1; end if; else if c then select 2; end if; "
        "end if; end",
        "create procedure p() if a then select 1; end if",
        "create procedure p() case a when 1 then select 1; end case",
        "create procedure p() l: loop leave l; end loop l",
        "create procedure p() begin case a when 1 then select 1; when 2 then begin end; else select 3; end "
        "case; end",
        "create procedure p() begin case when a then case b when 1 then select 1; end case; end case; select "
        "2; end",
        "create procedure p() begin case case a when 1 then 2 end when 2 then select 1; end case; end",
        "create procedure p() begin select case a when 1 then if(b, 1, 2) else if(c, 3, 4) end; end",
        "create procedure p() begin select case a when 1 then case b when 2 then end else end end end, end; "
        "end",
        "create procedure p() begin set a = case when b then 1 end; if case when a then 1 end then select 1; "
        "end if; end",
        "create procedure p() begin drop table if exists a; create table if not exists b (c int); select "
        "if(1, 2, 3); end",
        "create procedure p() begin declare end, begin int; set end = 1; select end, begin, t.end, t.begin, "
        "`end` from t; end",
        "create procedure p() begin declare exit handler for sqlexception, not found, sqlwarning begin "
        "rollback; end; end",
        "create procedure p() begin declare continue handler for sqlstate value '23000', 1062 begin end; "
        "select 1; end",
        "create procedure p() begin declare undo handler for c begin end; declare exit handler for 1062 if a "
        "then select 1; "
        "end if; end",
        "create procedure p() begin declare continue handler for not found set a = if(b, 1, 2); select 1; "
        "end",
        "create procedure p() begin declare c cursor for select a from t for update; open c; end",
        "create procedure p() begin xa begin 'x'; xa end 'x'; end",
        "create procedure p() begin not atomic select 1; end",
        "create trigger t before insert on a for each row set new.b = if(new.c, 1, 2)",
        "create trigger begin before insert on begin for each row begin set new.begin = 1, new.end = 2; end",
        "create trigger t after update on a for each row follows begin begin select 1; end",
        "create trigger t after update on a for each row precedes u if new.a then set @b = 1; end if",
        "create or replace trigger if not exists t after delete on a for each row case old.a when 1 then set "
        "@a = 1; end case",
        "create event e on schedule every 1 day starts '2020-01-01' on completion preserve enable comment "
        "'do;' do begin "
        "select 1; end",
        "create event if not exists e on schedule at now() + interval 1 day do call p()",
        "create event e on schedule every 1 day do if a then select 1; end if",
        "alter definer = a@b event e on schedule every 1 day do begin select 1; end",
        "alter event e rename to f",
        "alter procedure p comment 'begin'",
        "begin not atomic select 1; if a then select 2; end if; end",
        "if a then select 1; select 2; end if",
        "for i in 1..2 do select i; end for",
        "l: begin not atomic select 1; end l",
        "while a do select 1; end while",
        "repeat select 1; until 1 end repeat",
        "case a when 1 then select 1; end case",
        "loop select 1; end loop",
        "create table begin (end int)",
        "create procedure p() language javascript as 'let a; if (a) {}'",
        /* sql_mode=ORACLE */
        "begin select 1; exception when others then if a then select 2; end if; end",
        "declare x int := 5; begin select x; end",
        "create procedure p as x int; y int := 1; begin select x; begin select y; end; end",
        "create or replace procedure p(a int) is begin <<l>> for i in 1..2 loop select i; end loop l; end",
        "create procedure p as begin while a loop <<x>> loop exit x; end loop x; end loop; end",
        "create function f(a int) return varchar(10) deterministic is cursor c is select 1; begin return 1; "
        "end f",
        "create or replace package p as x int := 5; procedure a(b int); function c return int; end",
        "create package body p as v int; procedure a(b int) as begin select 1; end; function c return int as "
        "d int; begin "
        "return 1; end; end",
        "create package body p as procedure a as begin select 1; end; begin set @x = 1; end",
        "create package p procedure a(); function b() returns int; end",
        "create package body p procedure a() begin select 1; end; function b() returns int return 1; end",
        "create trigger t before insert on a for each row declare x int; begin select x; end",
    };
    for (size_t i = 0; i < sizeof statements / sizeof *statements; ++i) {
        struct arena *arena = arena_new();
        const char *text = arena_printf(arena, "%s;\nselect 'behind'; begin; commit;", statements[i]);
        const struct sql_script *script = split(arena, SQL_MYSQL, text);
        expect_text(text, &script->statements[0], statements[i]);
        assert_int_equal(script->count, 4);
        expect_text(text, &script->statements[1], "select 'behind'");
        expect_idempotent(arena, SQL_MYSQL, &script->statements[0]);
        arena_free(arena);
    }
}

/* A mistake in a body is left to the server, and the statements behind it are split right. */
static void mistakes(void **state)
{
    (void)state;
    static const struct split_case cases[] = {
        {"create procedure p() begin if a then select 1; end; select 2",
         {"create procedure p() begin if a then select 1; end", "select 2"}},
        {"create procedure p() begin end if; end; select 2",
         {"create procedure p() begin end if; end", "select 2"}},
        {"create procedure p() begin select case when a then 1; end; select 2",
         {"create procedure p() begin select case when a then 1; end", "select 2"}},
        {"create procedure p() begin select (1; end; select 2",
         {"create procedure p() begin select (1; end", "select 2"}},
        {"end; end if; select 2", {"end", "end if", "select 2"}},
    };
    RUN_CASES(SQL_MYSQL, cases);
}

static void errors(void **state)
{
    (void)state;
    static const struct split_error_case cases[] = {
        {"select 1;\nsource other.sql\n", 2, 1, "source is a command of the mysql client"},
        {"\\. other.sql\n", 1, 1, "\\. is a command of the mysql client"},
        {"select 1 \\c", 1, 10, "\\c is a command of the mysql client"},
        {"SYSTEM ls;", 1, 1, "SYSTEM is a command"},
        {"\\! ls", 1, 1, "No programs"},
        {"tee x\n", 1, 1, "tee is a command"},
        {"DELIMITER\nselect 1;", 1, 1, "DELIMITER needs a delimiter"},
        {"DELIMITER;\nselect 1;", 1, 1, "DELIMITER needs a delimiter"},
        {"DELIMITER 1234567890123456\nselect 1;", 1, 11, "15 characters"},
        {"DELIMITER a\\b\nselect 1;", 1, 11, "backslash"},
        {"select 1;\n select 'abc\\';\n", 2, 9, "string that begins here"},
        {"select \"abc;", 1, 8, "string that begins here"},
        {"select `abc;", 1, 8, "quoted identifier that begins here"},
        {"select @`abc;", 1, 8, "quoted variable that begins here"},
        {"select 1;\n/* abc", 2, 1, "comment that begins here"},
        {"select 1;\n /*!50003 select 1;\n", 2, 2, "comment that begins here"},
        {"create procedure p()\n begin\n  if a then select 1; end if;\n", 2, 2, "has no END"},
        {"create procedure p() if a then select 1;\n", 1, 22, "has no END IF"},
        {"begin\ninsert into t values (1);\n", 1, 1, "has no END"},
        {"create procedure p() begin select 1; end; create package p as", 1, 50, "has no END"},
    };
    RUN_ERROR_CASES(SQL_MYSQL, cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_and_comments),
        cmocka_unit_test(executable_comments),
        cmocka_unit_test(delimiters),
        cmocka_unit_test(unknown_between_delimiters),
        cmocka_unit_test(bodies),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
