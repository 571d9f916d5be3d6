/* What the tests of the MySQL engine share: a database of their own on the server of TEST_MYSQL_URL, and
 * short forms. */
#ifndef TESTS_MYSQL_SUPPORT_H
#define TESTS_MYSQL_SUPPORT_H

#define ENGINE engine_mysql
#include "driver/server_support.h"

/* The error is this one; it is cleared. */
static inline void expect_error(enum dun_code code, int number, const char *part)
{
    expect_in(dun_error_message(error), part);
    assert_int_equal(dun_error_code(error), code);
    if (number >= 0)
        assert_int_equal(dun_error_number(error), number);
    dun_error_clear(error);
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
    if (!open_admin("TEST_MYSQL_URL"))
        return -1;
    make_empty_database();
    return 0;
}

static int drop_database(void **state)
{
    (void)state;
    exec(admin, arena_printf(arena, "DROP DATABASE %s", url.database));
    close_admin();
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

#endif
