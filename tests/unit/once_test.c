/* task_once: however many tasks come, the function succeeds once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "task/task.h"

static int calls;

static bool third_time_lucky(void *argument, dun_error *error)
{
    (void)argument;
    return ++calls >= 3 || error_set(error, DUN_FAILED, "not yet");
}

static struct task_once once;

static bool call_until_done(void *argument, dun_error *error)
{
    (void)argument;
    while (!task_once(&once, third_time_lucky, NULL, error))
        continue;
    return true;
}

static void succeeds_once(void **state)
{
    (void)state;
    struct task_once failing = {0};
    dun_error *error = dun_error_new();
    calls = 0;
    assert_false(task_once(&failing, third_time_lucky, NULL, error));
    assert_string_equal(dun_error_message(error), "not yet");
    assert_false(task_once(&failing, third_time_lucky, NULL, NULL));
    assert_true(task_once(&failing, third_time_lucky, NULL, NULL));
    assert_true(task_once(&failing, third_time_lucky, NULL, NULL));
    assert_int_equal(calls, 3);
    dun_error_free(error);
}

static void tasks_share_it(void **state)
{
    enum { TASKS = 20 };
    (void)state;
    calls = 0;
    struct task_group *group = task_group_new();
    for (int i = 0; i < TASKS; ++i)
        assert_true(task_group_start(group, "once", call_until_done, NULL, NULL));
    assert_true(task_group_join(group, false, NULL));
    assert_int_equal(calls, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(succeeds_once),
        cmocka_unit_test(tasks_share_it),
    };
    return cmocka_run_group_tests_name("once", tests, NULL, NULL);
}
