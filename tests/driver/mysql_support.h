/*
 * What the tests of the MySQL engine share: a database of their own on the server of TEST_MYSQL_URL, and
 * short forms. The user must be allowed to do everything.
 */
#ifndef TESTS_MYSQL_SUPPORT_H
#define TESTS_MYSQL_SUPPORT_H

#include "unit/cmocka_main.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "engine/engine.h"
#include "task/task.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena *arena;     /* for the whole program */
static struct db_url admin_url; /* as the variable says */
static struct db_url url;       /* the same with our own database */
static dun_connection *admin;   /* to admin_url */
static dun_connection *one;     /* to url; fresh for each test */
static dun_error *error;        /* clear at the start of each test */

#define DRIVER (engine_mysql.driver)

static inline struct db_url parse_url(const char *variable)
{
    struct db_url *parsed;
    const char *text = getenv(variable);
    if (text && db_url_parse(arena, text, &parsed, error))
        return *parsed;
    fprintf(stderr,
            "%s must be the URL of a MariaDB or MySQL server on which databases may be made, such as "
            "mysql://root@localhost/mysql?socket=/run/mysqld/mysqld.sock\n",
            variable);
    exit(1);
}

static inline bool try_open(const struct db_url *where, FILE *echo, int64_t timeout_ms, dun_connection **ret)
{
    struct db_open_options options = {
        .connect_timeout_ms = timeout_ms, .application = "dunlin test, me@here, pid 1", .echo = echo};
    return DRIVER->open(where, &options, ret, error);
}

static inline dun_connection *open_url(const struct db_url *where)
{
    dun_connection *connection = NULL;
    if (!try_open(where, NULL, 10000, &connection))
        fail_msg("%s", dun_error_message(error));
    return connection;
}

/* A copy of the URL with one option more. */
static inline struct db_url with_option(const struct db_url *from, const char *name, const char *value)
{
    struct db_url more = *from;
    more.options = arena_alloc(arena, (from->option_count + 1) * sizeof *more.options);
    if (from->option_count)
        memcpy(more.options, from->options, from->option_count * sizeof *more.options);
    more.options[more.option_count++] = (struct db_option){name, value};
    return more;
}

static inline void exec(dun_connection *connection, const char *sql)
{
    if (!db_exec(connection, sql, error))
        fail_msg("%s: %s", sql, dun_error_message(error));
}

/* The first value of a query, in the arena; "" for NULL and for no row. */
static inline const char *ask(dun_connection *connection, const char *sql)
{
    dun_result *result = NULL;
    if (!db_query(connection, sql, &result, error))
        fail_msg("%s: %s", sql, dun_error_message(error));
    const char *answer = arena_strdup(arena, result_text(result, 0, 0));
    dun_result_free(result);
    return answer;
}

#define assert_answer(connection, sql, expected) assert_string_equal(ask(connection, sql), expected)

static inline void expect_in(const char *text, const char *part)
{
    if (!text || !strstr(text, part))
        fail_msg("\"%s\" is not in: %s", part, text ? text : "nothing");
}

/* The error is this one; it is cleared. */
static inline void expect_error(enum dun_code code, int number, const char *part)
{
    expect_in(dun_error_message(error), part);
    assert_int_equal(dun_error_code(error), code);
    if (number >= 0)
        assert_int_equal(dun_error_number(error), number);
    dun_error_clear(error);
}

/* Something that happens in another task after a while. */
struct later {
    int64_t milliseconds;
    dun_cancel *cancel; /* is triggered */
    const char *sql;    /* is run on `admin` */
};

static inline bool do_later(void *argument, dun_error *failure)
{
    const struct later *later = argument;
    task_sleep(later->milliseconds);
    if (later->cancel)
        dun_cancel_trigger(later->cancel);
    return !later->sql || db_exec(admin, later->sql, failure);
}

static inline struct task_group *start_later(struct later *later)
{
    struct task_group *group = task_group_new();
    assert_true(task_group_start(group, "later", do_later, later, error));
    return group;
}

/* Runs a statement that is cancelled after so long; it must fail as interrupted, soon. */
static inline void run_cancelled(dun_connection *connection, const char *sql, int64_t after_ms)
{
    struct later later = {.milliseconds = after_ms, .cancel = dun_cancel_new()};
    struct task_group *group = start_later(&later);
    struct task_scope scope;
    task_scope_enter(&scope, later.cancel, -1);
    int64_t start = task_now();
    bool done = db_exec(connection, sql, error);
    int64_t took = task_now() - start;
    task_scope_leave(&scope);
    assert_true(task_group_join(group, false, NULL));
    dun_cancel_free(later.cancel);
    if (done)
        fail_msg("%s: was not cancelled", sql);
    if (took > after_ms + 3000)
        fail_msg("%s: took %lld ms to be cancelled", sql, (long long)took);
    expect_error(DUN_INTERRUPTED, -1, "interrupted");
}

/* The memory that the process has now, in MB; peaks would be those of other tests. */
static inline long resident_megabytes(void)
{
    long pages = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file && fscanf(file, "%ld %ld", &pages, &resident) != 2)
        resident = 0;
    if (file)
        fclose(file);
    return resident * (sysconf(_SC_PAGESIZE) / 1024) / 1024;
}

/* On MySQL, views that do what MariaDB has built in: numbers from 1 on. */
static inline void make_sequences(void)
{
    static const unsigned long lasts[] = {1000, 2000, 10000, 100000, 1000000, 50000000, 1000000000};
    exec(admin, "CREATE TABLE digits (d INT PRIMARY KEY)");
    exec(admin, "INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
    for (size_t i = 0; i < sizeof lasts / sizeof *lasts; ++i) {
        struct str view = STR_INIT;
        str_printf(&view, "CREATE VIEW seq_1_to_%lu AS SELECT 1", lasts[i]);
        unsigned long factor = 1;
        for (int digit = 0; factor < lasts[i]; ++digit, factor *= 10)
            str_printf(&view, " + %lu * d%d.d", factor, digit);
        str_append(&view, " AS seq FROM digits AS d0");
        factor = 10;
        for (int digit = 1; factor < lasts[i]; ++digit, factor *= 10)
            str_printf(&view, ", digits AS d%d", digit);
        exec(admin, str_text(&view));
        str_free(&view);
    }
}

static inline bool is_mariadb(void)
{
    return strstr(admin->server, "MariaDB");
}

/* What the server at hand has of two. */
static inline const char *either(const char *mariadb, const char *mysql)
{
    return is_mariadb() ? mariadb : mysql;
}

static inline void make_empty_database(void)
{
    exec(admin, arena_printf(arena, "DROP DATABASE IF EXISTS %s", url.database));
    exec(admin, arena_printf(arena, "CREATE DATABASE %s", url.database));
}

static int make_database(void **state)
{
    (void)state;
    arena = arena_new();
    error = dun_error_new();
    admin_url = parse_url("TEST_MYSQL_URL");
    if (!try_open(&admin_url, NULL, 10000, &admin)) {
        fprintf(stderr, "TEST_MYSQL_URL: %s\n", dun_error_message(error));
        return -1;
    }
    url = admin_url;
    url.database = arena_printf(arena, "dunlin_test_%ld", (long)getpid());
    make_empty_database();
    return 0;
}

static int drop_database(void **state)
{
    (void)state;
    exec(admin, arena_printf(arena, "DROP DATABASE %s", url.database));
    DRIVER->close(admin);
    dun_error_free(error);
    arena_free(arena);
    return 0;
}

static inline int open_one(void **state)
{
    (void)state;
    dun_error_clear(error);
    make_empty_database();
    exec(admin, arena_printf(arena, "USE %s", url.database));
    if (!is_mariadb())
        make_sequences();
    one = open_url(&url);
    return 0;
}

static int close_one(void **state)
{
    (void)state;
    if (one)
        DRIVER->close(one);
    one = NULL;
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_one, close_one)

#endif
