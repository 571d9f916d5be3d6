/*
 * What the tests of the PostgreSQL engine share: a database of their own on the server of TEST_POSTGRESQL_URL
 * (postgresql://USER[:PASSWORD]@[HOST[:PORT]]/DATABASE[?OPTION=VALUE&...], without percent signs), and short
 * forms.
 */
#ifndef TESTS_POSTGRES_SUPPORT_H
#define TESTS_POSTGRES_SUPPORT_H

#include "unit/cmocka_main.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "engine/engine.h"
#include "task/task.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MEMORY_IS_MEASURABLE 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define MEMORY_IS_MEASURABLE 0
#endif
#endif
#ifndef MEMORY_IS_MEASURABLE
#define MEMORY_IS_MEASURABLE 1
#endif

static struct arena *arena;     /* for the whole program */
static struct db_url admin_url; /* as the variable says */
static struct db_url url;       /* the same with our own database */
static dun_connection *admin;   /* to admin_url */
static dun_connection *one;     /* to url; fresh for each test */
static dun_error *error;        /* clear at the start of each test */

#define DRIVER (engine_postgres.driver)

/* Cuts the text at the first `separator` and gives what stands behind it; NULL: there is none. */
static inline char *cut(char *text, char separator)
{
    char *found = text ? strchr(text, separator) : NULL;
    if (!found)
        return NULL;
    *found = 0;
    return found + 1;
}

static inline void parse_options(struct db_url *parsed, char *text)
{
    parsed->options = arena_alloc(arena, 20 * sizeof *parsed->options);
    for (char *next; text && parsed->option_count < 20; text = next) {
        next = cut(text, '&');
        char *value = cut(text, '=');
        parsed->options[parsed->option_count++] = (struct db_option){text, value};
    }
}

static inline void parse_test_url(void)
{
    const char *text = getenv("TEST_POSTGRESQL_URL");
    if (!text || !strstr(text, "://")) {
        fprintf(stderr,
                "TEST_POSTGRESQL_URL must be the URL of a PostgreSQL server on which databases may be made, "
                "such as postgresql://postgres@127.0.0.1:5432/postgres\n");
        exit(1);
    }
    char *rest = arena_strdup(arena, strstr(text, "://") + 3);
    admin_url.scheme = "postgresql";
    parse_options(&admin_url, cut(rest, '?'));
    char *database = cut(rest, '/'), *host = cut(rest, '@');
    admin_url.database = database;
    if (host) {
        admin_url.password = cut(rest, ':');
        admin_url.user = rest;
    } else {
        host = rest;
    }
    admin_url.hosts = ARENA_NEW(arena, struct db_host);
    admin_url.host_count = 1;
    admin_url.hosts->port = cut(host, ':');
    admin_url.hosts->name = *host ? host : NULL;
}

static inline bool try_open(const struct db_url *where, FILE *echo, int64_t timeout_ms, dun_connection **ret)
{
    struct db_open_options options = {
        .connect_timeout_ms = timeout_ms, .application = "dunlin test, me@here, pid 1", .echo = echo};
    return DRIVER->open(where, &options, ret, error);
}

static inline dun_connection *open_echoing(FILE *echo)
{
    dun_connection *connection = NULL;
    if (!try_open(&url, echo, 10000, &connection))
        fail_msg("%s", dun_error_message(error));
    return connection;
}

static inline dun_connection *open_another(void)
{
    return open_echoing(NULL);
}

/* A copy of the URL with one option more. */
static inline struct db_url with_option(const char *name, const char *value)
{
    struct db_url more = url;
    more.options = arena_alloc(arena, (url.option_count + 1) * sizeof *more.options);
    memcpy(more.options, url.options, url.option_count * sizeof *more.options);
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

/* The error is this one, and is cleared. */
static inline void expect_error(enum dun_code code, const char *sqlstate, const char *part)
{
    assert_int_equal(dun_error_code(error), code);
    assert_string_equal(dun_error_sqlstate(error), sqlstate);
    if (!strstr(dun_error_message(error), part))
        fail_msg("\"%s\" is not in: %s", part, dun_error_message(error));
    dun_error_clear(error);
}

static inline void expect_hint(const char *part)
{
    const char *hint = dun_error_hint(error);
    if (!hint || !strstr(hint, part))
        fail_msg("\"%s\" is not in the hint of \"%s\": %s", part, dun_error_message(error),
                 hint ? hint : "none");
}

/* Ends the session of that process from outside, and waits until it is gone. */
static inline void terminate(const char *process)
{
    exec(admin, arena_printf(arena, "SELECT pg_terminate_backend(%s)", process));
    for (int i = 0; i < 500 && (kill(atoi(process), 0) == 0 || errno == EPERM); ++i)
        task_sleep(10);
}

/* Something that happens in another task after a while. */
struct later {
    int64_t milliseconds;
    dun_cancel *cancel;  /* is triggered */
    const char *process; /* is terminated, over `admin` */
};

static inline bool do_later(void *argument, dun_error *failure)
{
    const struct later *later = argument;
    (void)failure;
    task_sleep(later->milliseconds);
    if (later->cancel)
        dun_cancel_trigger(later->cancel);
    if (later->process)
        terminate(later->process);
    return true;
}

static inline struct task_group *start_later(struct later *later)
{
    struct task_group *group = task_group_new();
    assert_true(task_group_start(group, "later", do_later, later, error));
    return group;
}

/* The most memory that the process has had so far, in MB. */
static inline long peak_memory(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

static int make_database(void **state)
{
    (void)state;
    arena = arena_new();
    error = dun_error_new();
    parse_test_url();
    if (!try_open(&admin_url, NULL, 10000, &admin)) {
        fprintf(stderr, "TEST_POSTGRESQL_URL: %s\n", dun_error_message(error));
        return -1;
    }
    const char *name = arena_printf(arena, "dunlin_test_%ld", (long)getpid());
    exec(admin, arena_printf(arena, "DROP DATABASE IF EXISTS %s", name));
    exec(admin, arena_printf(arena, "CREATE DATABASE %s ENCODING 'UTF8' TEMPLATE template0", name));
    url = admin_url;
    url.database = name;
    return 0;
}

static int drop_database(void **state)
{
    (void)state;
    exec(admin, arena_printf(arena, "DROP DATABASE %s%s", url.database,
                             admin->server_version >= 130000 ? " WITH (FORCE)" : ""));
    DRIVER->close(admin);
    dun_error_free(error);
    arena_free(arena);
    return 0;
}

static int open_one(void **state)
{
    (void)state;
    dun_error_clear(error);
    one = open_another();
    exec(one, "SET client_min_messages = warning");
    exec(one, "DROP SCHEMA public CASCADE");
    exec(one, "CREATE SCHEMA public");
    exec(one, "RESET client_min_messages");
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
