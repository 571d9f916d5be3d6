/* What the tests of the PostgreSQL engine share: a database of their own on the server of
 * TEST_POSTGRESQL_URL, and short forms. */
#ifndef TESTS_POSTGRES_SUPPORT_H
#define TESTS_POSTGRES_SUPPORT_H

#define ENGINE engine_postgres
#include "driver/server_support.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>

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

/* The error is this one, and is cleared. */
static inline void expect_error(enum dun_code code, const char *sqlstate, const char *part)
{
    assert_int_equal(dun_error_code(error), code);
    assert_string_equal(dun_error_sqlstate(error), sqlstate);
    expect_in(dun_error_message(error), part);
    dun_error_clear(error);
}

static inline void expect_hint(const char *part)
{
    const char *hint = dun_error_hint(error);
    if (!hint || !strstr(hint, part))
        fail_msg("\"%s\" is not in the hint of \"%s\": %s", part, dun_error_message(error),
                 hint ? hint : "none");
}

/* What `later` runs to end the session of the process. */
static inline const char *termination_of(const char *process)
{
    return arena_printf(arena, "SELECT pg_terminate_backend(%s)", process);
}

/* Ends the session of that process from outside, and waits until it is gone. */
static inline void terminate(const char *process)
{
    exec(admin, termination_of(process));
    for (int i = 0; i < 500 && (kill(atoi(process), 0) == 0 || errno == EPERM); ++i)
        task_sleep(10);
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
    if (!open_admin("TEST_POSTGRESQL_URL"))
        return -1;
    exec(admin, arena_printf(arena, "DROP DATABASE IF EXISTS %s", url.database));
    exec(admin, arena_printf(arena, "CREATE DATABASE %s ENCODING 'UTF8' TEMPLATE template0", url.database));
    return 0;
}

static int drop_database(void **state)
{
    (void)state;
    exec(admin, arena_printf(arena, "DROP DATABASE %s%s", url.database,
                             admin->server_version >= 130000 ? " WITH (FORCE)" : ""));
    close_admin();
    return 0;
}

static int open_one(void **state)
{
    (void)state;
    dun_error_clear(error);
    one = open_url(&url);
    exec(one, "SET client_min_messages = warning");
    exec(one, "DROP SCHEMA public CASCADE");
    exec(one, "CREATE SCHEMA public");
    exec(one, "RESET client_min_messages");
    return 0;
}

#endif
