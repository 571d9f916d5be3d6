/* Waiting for a server that is not there yet, with a scripted driver: how often it is tried, and when no
 * more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "engine/open.h"
#include "task/task.h"

static struct {
    int refusals, attempts;
    bool for_good; /* a wrong password */
    bool full;
} script;

static dun_connection opened;

static bool scripted_open(const struct db_url *url, const struct db_open_options *options,
                          dun_connection **ret_connection, dun_error *error)
{
    (void)url;
    (void)options;
    if (script.attempts++ < script.refusals)
        return error_set(error, DUN_NO_CONNECTION, "refused, attempt %d", script.attempts);
    *ret_connection = &opened;
    return true;
}

static bool scripted_may_come_up(const dun_error *error)
{
    (void)error;
    return !script.for_good;
}

static bool scripted_is_full(const dun_error *error)
{
    (void)error;
    return script.full;
}

static bool try_open(int refusals, bool for_good, bool knows, int64_t wait_ms, dun_error *error)
{
    const struct db_driver driver = {.open = scripted_open,
                                     .may_come_up = knows ? scripted_may_come_up : NULL,
                                     .is_full = knows ? scripted_is_full : NULL};
    const struct dun_engine engine = {.driver = &driver};
    dun_connection *connection = NULL;
    script.refusals = refusals;
    script.attempts = 0;
    script.for_good = for_good;
    bool good = engine_open(&engine, NULL, NULL, wait_ms, &connection, error);
    assert_ptr_equal(connection, good ? &opened : NULL);
    return good;
}

static void test_waits(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    int64_t before = task_now();
    assert_true(try_open(2, false, true, 10000, error));
    assert_int_equal(script.attempts, 3);
    assert_true(task_now() - before >= 295); /* 100 and 200 ms */
    assert_int_equal(dun_error_code(error), DUN_OK);
    dun_error_free(error);
}

static void test_waits_forever(void **state)
{
    (void)state;
    assert_true(try_open(1, false, true, INT64_MAX, NULL));
    assert_int_equal(script.attempts, 2);
}

static void test_gives_up(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    assert_false(try_open(1000, false, true, 150, error));
    assert_int_equal(script.attempts, 3); /* at 0, 100 and 150 ms */
    assert_string_equal(dun_error_message(error), "refused, attempt 3");
    assert_false(try_open(1000, false, true, 0, error));
    assert_int_equal(script.attempts, 1);
    assert_false(try_open(1000, false, true, 0, NULL));
    dun_error_free(error);
}

static void test_does_not_wait_in_vain(void **state)
{
    (void)state;
    assert_false(try_open(1000, true, true, 10000, NULL));
    assert_int_equal(script.attempts, 1);
    assert_false(try_open(1000, false, false, 10000, NULL));
    assert_int_equal(script.attempts, 1);
}

/* Others will go: that is waited for without being asked. */
static void test_waits_for_a_full_server(void **state)
{
    (void)state;
    script.full = true;
    assert_true(try_open(2, true, true, 0, NULL));
    assert_int_equal(script.attempts, 3);
    assert_false(try_open(1000, true, false, 0, NULL));
    assert_int_equal(script.attempts, 1);
    script.full = false;
}

static void test_scope_ends_it(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    dun_cancel *cancel = dun_cancel_new();
    struct task_scope scope;
    dun_cancel_trigger(cancel);
    task_scope_enter(&scope, cancel, -1);
    assert_false(try_open(1000, false, true, 10000, error));
    task_scope_leave(&scope);
    assert_int_equal(dun_error_code(error), DUN_INTERRUPTED);

    task_scope_enter(&scope, NULL, 20);
    assert_false(try_open(1000, false, true, 10000, error));
    task_scope_leave(&scope);
    assert_int_equal(dun_error_code(error), DUN_NO_CONNECTION);
    dun_cancel_free(cancel);
    dun_error_free(error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_waits),         cmocka_unit_test(test_waits_forever),
        cmocka_unit_test(test_gives_up),      cmocka_unit_test(test_does_not_wait_in_vain),
        cmocka_unit_test(test_scope_ends_it), cmocka_unit_test(test_waits_for_a_full_server),
    };
    return cmocka_run_group_tests_name("waiting for a server", tests, NULL, NULL);
}
