/*
 * What the tests of the engines with a server share: connections to a database of their own, and short forms.
 * Included by mysql_support.h and postgres_support.h, which define ENGINE before, and make the database.
 */
#ifndef TESTS_SERVER_SUPPORT_H
#define TESTS_SERVER_SUPPORT_H

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

#define DRIVER (ENGINE.driver)

/* The user that the variable names must be allowed to do everything. */
static inline struct db_url parse_url(const char *variable)
{
    struct db_url *parsed;
    const char *text = getenv(variable);
    if (text && db_url_parse(arena, text, &parsed, error))
        return *parsed;
    fprintf(stderr, "%s must be the URL of a server on which databases may be made\n", variable);
    exit(1);
}

static inline bool try_open(const struct db_url *where, FILE *echo, int64_t timeout_ms, dun_connection **ret)
{
    struct db_open_options options = {
        .connect_timeout_ms = timeout_ms, .application = "dunlin test, me@here, pid 1", .echo = echo};
    return DRIVER->open(where, &options, ret, error);
}

static inline dun_connection *open_echoing(const struct db_url *where, FILE *echo)
{
    dun_connection *connection = NULL;
    if (!try_open(where, echo, 10000, &connection))
        fail_msg("%s", dun_error_message(error));
    return connection;
}

static inline dun_connection *open_url(const struct db_url *where)
{
    return open_echoing(where, NULL);
}

/* The variable's server; our own database is named, but not made. */
static inline bool open_admin(const char *variable)
{
    arena = arena_new();
    error = dun_error_new();
    admin_url = parse_url(variable);
    if (!try_open(&admin_url, NULL, 10000, &admin)) {
        fprintf(stderr, "%s: %s\n", variable, dun_error_message(error));
        return false;
    }
    url = admin_url;
    url.database = arena_printf(arena, "dunlin_test_%ld", (long)getpid());
    return true;
}

static inline void close_admin(void)
{
    DRIVER->close(admin);
    dun_error_free(error);
    arena_free(arena);
}

static int close_one(void **state)
{
    (void)state;
    if (one)
        DRIVER->close(one);
    one = NULL;
    return 0;
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

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_one, close_one)

#endif
