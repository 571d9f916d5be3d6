/* What statements do to transaction and session, and what they create. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sql/classify.h"
#include "sql/classify_rules.h"

enum { SESSION = 1, MANY = 2 };

struct classify_case {
    const char *text;
    enum sql_effect effect;
    unsigned flags;
};

static void run(enum sql_dialect dialect, const struct classify_case *cases, size_t count)
{
    for (const struct classify_case *test = cases; test < cases + count; ++test) {
        struct sql_statement statement = {.text = test->text, .length = strlen(test->text)};
        sql_classify(dialect, &statement);
        unsigned flags = (statement.session ? SESSION : 0) | (statement.many_results ? MANY : 0);
        if (statement.effect != test->effect || flags != test->flags)
            fail_msg("expected %u %u, got %u %u: %s", test->effect, test->flags, statement.effect, flags,
                     test->text);
    }
}

#define RUN(dialect, cases) run((dialect), (cases), sizeof(cases) / sizeof *(cases))

static void postgres(void **state)
{
    (void)state;
    static const struct classify_case cases[] = {
        {"select 1", SQL_JOINS, 0},
        {"SELECT pg_catalog.set_config('search_path', '', false)", SQL_JOINS, SESSION},
        {"select 'set_config(' || set_config_x (1), \"set_config\"(2)", SQL_JOINS, 0},
        {"with a as (select 1) select set_config ( 'a', 'b', true)", SQL_JOINS, SESSION},
        {"values (set_config('a.b', 'c', false))", SQL_JOINS, SESSION},
        {"(select set_config('a.b', 'c', false))", SQL_JOINS, SESSION},
        {"begin", SQL_BEGINS, 0},
        {"Begin work isolation level serializable", SQL_BEGINS, 0},
        {"start transaction", SQL_BEGINS, 0},
        {"commit", SQL_COMMITS, 0},
        {"commit and no chain", SQL_COMMITS, 0},
        {"end transaction", SQL_COMMITS, 0},
        {"commit and chain", SQL_ROLLS_BACK, 0},
        {"end work and chain", SQL_ROLLS_BACK, 0},
        {"rollback", SQL_ROLLS_BACK, 0},
        {"rollback and chain", SQL_ROLLS_BACK, 0},
        {"abort", SQL_ROLLS_BACK, 0},
        {"prepare transaction 'x'", SQL_ROLLS_BACK, 0},
        {"commit prepared 'x'", SQL_ALONE, 0},
        {"rollback prepared 'x'", SQL_ALONE, 0},
        {"prepare p as select 1", SQL_JOINS, 0},
        {"savepoint a", SQL_SAVEPOINT, 0},
        {"release savepoint a", SQL_SAVEPOINT, 0},
        {"release a", SQL_SAVEPOINT, 0},
        {"rollback to a", SQL_SAVEPOINT, 0},
        {"rollback work to savepoint a", SQL_SAVEPOINT, 0},
        {"create index concurrently a on b (c)", SQL_ALONE, 0},
        {"CREATE UNIQUE /* x */ INDEX\nCONCURRENTLY IF NOT EXISTS a ON b (c)", SQL_ALONE, 0},
        {"create index a on b (concurrently)", SQL_JOINS, 0},
        {"create index \"concurrently\" on b (c)", SQL_JOINS, 0},
        {"drop index concurrently a", SQL_ALONE, 0},
        {"drop index a", SQL_JOINS, 0},
        {"reindex table a", SQL_JOINS, 0},
        {"reindex table concurrently a", SQL_ALONE, 0},
        {"reindex (verbose, concurrently) index a", SQL_ALONE, 0},
        {"reindex (verbose) database a", SQL_ALONE, 0},
        {"reindex schema a", SQL_ALONE, 0},
        {"reindex system a", SQL_ALONE, 0},
        {"vacuum", SQL_ALONE, 0},
        {"vacuum (full) a", SQL_ALONE, 0},
        {"analyze a", SQL_JOINS, 0},
        {"create database a", SQL_ALONE, 0},
        {"drop database a", SQL_ALONE, 0},
        {"create tablespace a location '/x'", SQL_ALONE, 0},
        {"drop tablespace a", SQL_ALONE, 0},
        {"create table a (b int) tablespace c", SQL_JOINS, 0},
        {"alter system set work_mem = 1", SQL_ALONE, 0},
        {"alter database a set tablespace b", SQL_ALONE, 0},
        {"alter database a set work_mem = 1", SQL_JOINS, 0},
        {"cluster", SQL_ALONE, 0},
        {"cluster verbose", SQL_ALONE, 0},
        {"cluster (verbose)", SQL_ALONE, 0},
        {"cluster verbose a using b", SQL_JOINS, 0},
        {"create subscription s connection 'x' publication p", SQL_ALONE, 0},
        {"create subscription s connection 'x' publication p with (enabled, connect = false)", SQL_JOINS, 0},
        {"create subscription s connection 'create_slot = false' publication p with (create_slot)", SQL_ALONE,
         0},
        {"create subscription s connection 'x' publication p with (slot_name = none, create_slot = 'off')",
         SQL_JOINS, 0},
        {"drop subscription s", SQL_ALONE, 0},
        {"alter subscription s refresh publication", SQL_ALONE, 0},
        {"alter subscription s set publication p", SQL_ALONE, 0},
        {"alter subscription s add publication p with (refresh = false)", SQL_JOINS, 0},
        {"alter subscription s disable", SQL_JOINS, 0},
        {"alter subscription s set (slot_name = none)", SQL_JOINS, 0},
        {"alter subscription s set (failover = true)", SQL_ALONE, 0},
        {"alter table a detach partition b concurrently", SQL_ALONE, 0},
        {"alter table a detach partition b", SQL_JOINS, 0},
        {"alter table a add detach int, add b text default 'concurrently'", SQL_JOINS, 0},
        {"refresh materialized view concurrently a", SQL_JOINS, 0},
        {"alter type a add value 'b'", SQL_JOINS, 0},
        {"call p()", SQL_JOINS, 0},
        {"do $$ begin commit; end $$", SQL_JOINS, 0},
        {"execute p(1)", SQL_JOINS, 0},
        {"copy a from stdin", SQL_JOINS, 0},
        {"set search_path = a", SQL_JOINS, SESSION},
        {"set session authorization a", SQL_JOINS, SESSION},
        {"set role a", SQL_JOINS, SESSION},
        {"set session characteristics as transaction read only", SQL_JOINS, SESSION},
        {"set local search_path = a", SQL_JOINS, 0},
        {"set transaction read only", SQL_JOINS, 0},
        {"set constraints all deferred", SQL_JOINS, 0},
        {"reset all", SQL_JOINS, SESSION},
        {"discard all", SQL_ALONE, SESSION},
        {"discard plans", SQL_JOINS, SESSION},
        {"\"vacuum\"", SQL_JOINS, 0},
        {"nonsense", SQL_JOINS, 0},
        {"", SQL_JOINS, 0},
    };
    RUN(SQL_POSTGRESQL, cases);
}

static void mysql(void **state)
{
    (void)state;
    static const struct classify_case cases[] = {
        {"select 1", SQL_JOINS, 0},
        {"(select 1) union (select 2)", SQL_JOINS, 0},
        {"((select 1))", SQL_JOINS, 0},
        {"insert into t values (1)", SQL_JOINS, 0},
        {"update t set a = 1", SQL_JOINS, 0},
        {"delete from t", SQL_JOINS, 0},
        {"replace into t values (1)", SQL_JOINS, 0},
        {"with a as (select 1) select * from a", SQL_JOINS, 0},
        {"values row(1)", SQL_JOINS, 0},
        {"table t", SQL_JOINS, 0},
        {"show tables", SQL_JOINS, 0},
        {"do sleep(1)", SQL_JOINS, 0},
        {"handler t open", SQL_JOINS, 0},
        {"load data infile 'x' into table t", SQL_JOINS, 0},
        {"explain select 1", SQL_JOINS, 0},
        {"use shop", SQL_JOINS, SESSION},
        {"/*!40101 SET NAMES utf8 */", SQL_JOINS, SESSION},
        {"/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER t BEFORE INSERT ON a FOR EACH ROW "
         "SET @a = 1 */",
         SQL_ALONE, 0},
        {"/*!40000 ALTER TABLE `t` DISABLE KEYS */", SQL_ALONE, 0},
        {"set @a = 1", SQL_JOINS, SESSION},
        {"set @old = @@autocommit", SQL_JOINS, SESSION},
        {"set names utf8mb4", SQL_JOINS, SESSION},
        {"set global a = 1", SQL_JOINS, 0},
        {"set global a = 1, session b = 2", SQL_JOINS, SESSION},
        {"set autocommit = 0", SQL_ROLLS_BACK, SESSION},
        {"set @@autocommit := 0", SQL_ROLLS_BACK, SESSION},
        {"SET @OLD_AUTOCOMMIT=@@AUTOCOMMIT, AUTOCOMMIT=0", SQL_BEGINS, 0},
        {"SET @OLD_AUTOCOMMIT=@@AUTOCOMMIT, @@AUTOCOMMIT=0", SQL_BEGINS, 0},
        {"SET @OLD_AUTOCOMMIT=@@AUTOCOMMIT, AUTOCOMMIT=0, @a = 1", SQL_ROLLS_BACK, SESSION},
        {"SET AUTOCOMMIT=@OLD_AUTOCOMMIT", SQL_BRACKET, 0},
        {"SET AUTOCOMMIT=@OTHER", SQL_ROLLS_BACK, SESSION},
        {"set @@session.autocommit = 1", SQL_ROLLS_BACK, SESSION},
        {"set session autocommit = 1", SQL_ROLLS_BACK, SESSION},
        {"set global autocommit = 1", SQL_JOINS, 0},
        {"set @a = 'autocommit = 1'", SQL_JOINS, SESSION},
        {"set transaction isolation level serializable", SQL_ALONE, SESSION},
        {"set session transaction isolation level serializable", SQL_JOINS, SESSION},
        {"set role none", SQL_JOINS, SESSION},
        {"set password = 'x'", SQL_ALONE, 0},
        {"set default role none", SQL_ALONE, 0},
        {"set statement max_statement_time = 1 for select 1", SQL_JOINS, 0},
        {"set statement max_statement_time = 1 for alter table a add b int", SQL_ALONE, 0},
        {"set statement a = 1 for set autocommit = 1", SQL_ROLLS_BACK, SESSION},
        {"begin", SQL_BEGINS, 0},
        {"begin work", SQL_BEGINS, 0},
        {"begin not atomic select 1; end", SQL_ALONE, MANY},
        {"start transaction with consistent snapshot", SQL_BEGINS, 0},
        {"start slave", SQL_ALONE, 0},
        {"commit", SQL_COMMITS, 0},
        {"commit work and no chain", SQL_COMMITS, 0},
        {"commit and chain", SQL_ROLLS_BACK, 0},
        {"commit release", SQL_ROLLS_BACK, 0},
        {"rollback", SQL_ROLLS_BACK, 0},
        {"rollback to a", SQL_SAVEPOINT, 0},
        {"rollback work to savepoint a", SQL_SAVEPOINT, 0},
        {"savepoint a", SQL_SAVEPOINT, 0},
        {"release savepoint a", SQL_SAVEPOINT, 0},
        {"lock tables a write", SQL_BRACKET, 0},
        {"unlock tables", SQL_BRACKET, 0},
        {"lock instance for backup", SQL_ALONE, 0},
        {"create table a (b int)", SQL_ALONE, 0},
        {"create temporary table a (b int)", SQL_JOINS, 0},
        {"create or replace temporary table a (b int)", SQL_JOINS, 0},
        {"create temporary sequence a", SQL_ALONE, 0},
        {"drop table a", SQL_ALONE, 0},
        {"drop temporary table a", SQL_JOINS, 0},
        {"drop prepare a", SQL_JOINS, 0},
        {"deallocate prepare a", SQL_JOINS, 0},
        {"prepare a from 'select 1'", SQL_JOINS, 0},
        {"execute a", SQL_ALONE, MANY},
        {"execute immediate 'select 1'", SQL_ALONE, MANY},
        {"call p()", SQL_ALONE, MANY},
        {"if a then select 1; end if", SQL_ALONE, MANY},
        {"l: loop leave l; end loop", SQL_ALONE, MANY},
        {"create procedure p() begin select 1; end", SQL_ALONE, 0},
        {"rename table a to b", SQL_ALONE, 0},
        {"truncate a", SQL_ALONE, 0},
        {"grant select on a to b", SQL_ALONE, 0},
        {"analyze table a", SQL_ALONE, 0},
        {"analyze local table a", SQL_ALONE, 0},
        {"analyze format = json select 1", SQL_JOINS, 0},
        {"check table a", SQL_ALONE, 0},
        {"flush tables", SQL_ALONE, 0},
        {"cache index a in b", SQL_ALONE, 0},
        {"load index into cache a", SQL_ALONE, 0},
        {"install soname 'x'", SQL_ALONE, 0},
        {"xa start 'x'", SQL_ROLLS_BACK, 0},
        {"xa begin 'x'", SQL_ROLLS_BACK, 0},
        {"xa commit 'x'", SQL_ALONE, 0},
        {"change master to master_host = 'x'", SQL_ALONE, 0},
        {"nonsense", SQL_ALONE, MANY},
        {"`select` 1", SQL_ALONE, MANY},
        {"", SQL_ALONE, MANY},
    };
    RUN(SQL_MYSQL, cases);
}

static void sqlite(void **state)
{
    (void)state;
    static const struct classify_case cases[] = {
        {"select 1", SQL_JOINS, 0},
        {"create table a (b)", SQL_JOINS, 0},
        {"begin immediate", SQL_BEGINS, 0},
        {"commit", SQL_COMMITS, 0},
        {"end transaction", SQL_COMMITS, 0},
        {"rollback", SQL_ROLLS_BACK, 0},
        {"rollback transaction to savepoint a", SQL_SAVEPOINT, 0},
        {"rollback to a", SQL_SAVEPOINT, 0},
        {"savepoint a", SQL_SAVEPOINT, 0},
        {"release a", SQL_SAVEPOINT, 0},
        {"vacuum into 'x'", SQL_ALONE, 0},
        {"attach 'x' as y", SQL_ALONE, SESSION},
        {"detach y", SQL_ALONE, SESSION},
        {"pragma foreign_keys = off", SQL_ALONE, SESSION},
        {"PRAGMA main.Journal_Mode(wal)", SQL_ALONE, SESSION},
        {"pragma journal_mode", SQL_JOINS, 0},
        {"pragma foreign_keys", SQL_JOINS, 0},
        {"pragma synchronous=off", SQL_ALONE, SESSION},
        {"pragma wal_checkpoint", SQL_ALONE, 0},
        {"pragma cache_size = -2000", SQL_JOINS, SESSION},
        {"pragma defer_foreign_keys = on", SQL_JOINS, SESSION},
        {"pragma user_version = 3", SQL_JOINS, 0},
        {"pragma table_info(a)", SQL_JOINS, 0},
        {"pragma main.integrity_check(10)", SQL_JOINS, 0},
        {"pragma", SQL_JOINS, 0},
        {"nonsense", SQL_JOINS, 0},
    };
    RUN(SQL_SQLITE, cases);
}

static size_t first_word_length(const char *pattern)
{
    return strcspn(pattern, " ");
}

static int compare_first_words(const char *a, const char *b)
{
    size_t left = first_word_length(a), right = first_word_length(b);
    int order = memcmp(a, b, left < right ? left : right);
    return order != 0 ? order : (left > right) - (left < right);
}

/* Rows are found by bisection. */
static void tables_are_sorted(void **state)
{
    (void)state;
    const struct sql_rules *const tables[] = {&sql_postgres_statements, &sql_mysql_statements,
                                              &sql_sqlite_statements};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; ++i)
        for (size_t j = 1; j < tables[i]->count; ++j)
            if (compare_first_words(tables[i]->rows[j - 1].pattern, tables[i]->rows[j].pattern) > 0)
                fail_msg("not sorted: %s", tables[i]->rows[j].pattern);
}

static void patterns(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *text, *rest; /* what is left to read, or NULL: no match */
    } cases[] = {
        {"A B", "a /* x */ B c", " c"},
        {"A B", "a c", NULL},
        {"A|B C", "b c", ""},
        {"A [B|C] D", "a c d", ""},
        {"A [B|C] D", "a d", ""},
        {"A [B] D", "a c d", NULL},
        {"A [()] B", "a (x (y) z) b", ""},
        {"A [()] B", "a b", ""},
        {"A [()] B", "a (b", NULL},
        {"A [*.] B", "a x.b", ""},
        {"A [*.] B", "a b", ""},
        {"A * B", "a + b", ""},
        {"A ... B", "a x y b c", " c"},
        {"A ... B", "a 'b' \"b\"", NULL},
        {"A ... B C ... D", "a b b c x d", ""},
        {"A $", "a -- x", " -- x"},
        {"A $", "a b", NULL},
        {"A ... B $", "a b x b", ""},
        {"A = (", "a=(b", "b"},
        {"A", "", NULL},
        {"A *", "a", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        struct sql_lexer lexer;
        sql_lexer_init(&lexer, SQL_POSTGRESQL, cases[i].text, strlen(cases[i].text));
        bool matched = sql_pattern_matches(cases[i].pattern, &lexer);
        if (matched != (cases[i].rest != NULL))
            fail_msg("%s: %s", cases[i].pattern, cases[i].text);
        if (!matched)
            assert_ptr_equal(lexer.cursor, cases[i].text);
        else if (strcmp(cases[i].rest, " -- x") != 0)
            assert_string_equal(lexer.cursor, cases[i].rest);
    }
}

struct created_case {
    enum sql_dialect dialect;
    const char *text, *kind, *name;
    bool temporary;
};

static void created(void **state)
{
    (void)state;
    static const struct created_case cases[] = {
        {SQL_POSTGRESQL, "create table a (b int)", "TABLE", "a", false},
        {SQL_POSTGRESQL, "CREATE UNLOGGED TABLE IF NOT EXISTS s . \"a.b\" (b int)", "TABLE", "s . \"a.b\"",
         false},
        {SQL_POSTGRESQL, "create global temporary table a (b int)", "TABLE", "a", true},
        {SQL_POSTGRESQL, "create temp view a as select 1", "VIEW", "a", true},
        {SQL_POSTGRESQL, "create or replace recursive view a (b) as select 1", "VIEW", "a", false},
        {SQL_POSTGRESQL, "create materialized view a.b.c as select 1", "MATERIALIZED VIEW", "a.b.c", false},
        {SQL_POSTGRESQL, "create unique index concurrently if not exists a on b (c)", "INDEX", "a", false},
        {SQL_POSTGRESQL, "create index on b (c)", "INDEX", NULL, false},
        {SQL_POSTGRESQL, "create or replace function s.f(a int) returns int return 1", "FUNCTION", "s.f",
         false},
        {SQL_POSTGRESQL, "create procedure p() begin atomic end", "PROCEDURE", "p", false},
        {SQL_POSTGRESQL, "create aggregate a (int) (sfunc = b)", "AGGREGATE", "a", false},
        {SQL_POSTGRESQL, "create constraint trigger t after insert on a", "TRIGGER", "t", false},
        {SQL_POSTGRESQL, "create event trigger t on ddl_command_start", "EVENT TRIGGER", "t", false},
        {SQL_POSTGRESQL, "create schema if not exists a", "SCHEMA", "a", false},
        {SQL_POSTGRESQL, "create schema authorization bob", "SCHEMA", NULL, false},
        {SQL_POSTGRESQL, "create operator s.@#- (leftarg = int)", "OPERATOR", "s.@#-", false},
        {SQL_POSTGRESQL, "create operator class c for type int", "OPERATOR CLASS", "c", false},
        {SQL_POSTGRESQL, "create cast (a as b) without function", "CAST", NULL, false},
        {SQL_POSTGRESQL, "create foreign table f (a int) server s", "FOREIGN TABLE", "f", false},
        {SQL_POSTGRESQL, "create text search dictionary d (template = x)", "TEXT SEARCH DICTIONARY", "d",
         false},
        {SQL_POSTGRESQL, "create type a as enum ('b')", "TYPE", "a", false},
        {SQL_POSTGRESQL, "create extension if not exists citext", "EXTENSION", "citext", false},
        {SQL_POSTGRESQL, "create table U&\"a\" ()", "TABLE", "U&\"a\"", false},
        {SQL_POSTGRESQL, "create or replace trusted procedural language l", "LANGUAGE", "l", false},
        {SQL_POSTGRESQL, "create event e on schedule", NULL, NULL, false},
        {SQL_POSTGRESQL, "create nonsense", NULL, NULL, false},
        {SQL_POSTGRESQL, "alter table a add b int", NULL, NULL, false},
        {SQL_POSTGRESQL, "create", NULL, NULL, false},
        {SQL_POSTGRESQL, "create table", "TABLE", NULL, false},
        {SQL_MYSQL, "create table `a`.`b` (c int)", "TABLE", "`a`.`b`", false},
        {SQL_MYSQL, "create or replace temporary table a like b", "TABLE", "a", true},
        {SQL_MYSQL, "create definer=`a`@`b` procedure if not exists s.p() select 1", "PROCEDURE", "s.p",
         false},
        {SQL_MYSQL, "create definer = current_user() sql security invoker view v as select 1", "VIEW", "v",
         false},
        {SQL_MYSQL,
         "/*!50001 CREATE ALGORITHM=UNDEFINED */ /*!50013 DEFINER=`r`@`%` SQL SECURITY DEFINER */ /*!50001 "
         "VIEW `v` "
         "AS select 1 */",
         "VIEW", "`v`", false},
        {SQL_MYSQL, "create definer = r@localhost trigger t before insert on a for each row set @a = 1",
         "TRIGGER", "t", false},
        {SQL_MYSQL, "create aggregate function f returns int soname 'x'", "FUNCTION", "f", false},
        {SQL_MYSQL, "create schema a", "DATABASE", "a", false},
        {SQL_MYSQL, "create user if not exists 'a'@'%' identified by 'x'", "USER", "'a'@'%'", false},
        {SQL_MYSQL, "create fulltext index a on b (c)", "INDEX", "a", false},
        {SQL_MYSQL, "create or replace package body p as end", "PACKAGE BODY", "p", false},
        {SQL_MYSQL, "create event e on schedule every 1 day do select 1", "EVENT", "e", false},
        {SQL_SQLITE, "create temp table [a b] (c)", "TABLE", "[a b]", true},
        {SQL_SQLITE, "create table 'a' (c)", "TABLE", "'a'", false},
        {SQL_SQLITE, "create virtual table if not exists main.a using fts5(b)", "VIRTUAL TABLE", "main.a",
         false},
        {SQL_SQLITE, "create temporary trigger t after insert on a begin select 1; end", "TRIGGER", "t",
         true},
        {SQL_SQLITE, "create unique index a on b (c)", "INDEX", "a", false},
        {SQL_SQLITE, "create schema a", NULL, NULL, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        struct sql_created found = sql_created_object(cases[i].dialect, cases[i].text, strlen(cases[i].text));
        const char *kind = found.kind ? found.kind : "none";
        bool same_name = cases[i].name ? found.name && found.name_length == strlen(cases[i].name) &&
                                             memcmp(found.name, cases[i].name, found.name_length) == 0
                                       : !found.name && found.name_length == 0;
        if (strcmp(kind, cases[i].kind ? cases[i].kind : "none") != 0 || !same_name ||
            found.temporary != cases[i].temporary)
            fail_msg("got %s %.*s: %s", kind, (int)found.name_length, found.name ? found.name : "",
                     cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(postgres),          cmocka_unit_test(mysql),    cmocka_unit_test(sqlite),
        cmocka_unit_test(tables_are_sorted), cmocka_unit_test(patterns), cmocka_unit_test(created),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
