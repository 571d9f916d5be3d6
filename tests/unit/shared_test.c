/* task_shared: one task makes the value, the others wait and take it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "task/task.h"

#include <stdatomic.h>

enum { TASKS = 20, LONG_MS = 60000 };

/* What the tasks of a test share, and what each of them is to do when it is its turn. */
struct kitchen {
    struct task_shared *dish;
    int failing, keeping;     /* so many fail at first, so many then make one for themselves only */
    int64_t first_ms;         /* how long the first takes */
    atomic_bool is_cooking;   /* somebody has begun */
    atomic_int inside, calls; /* how many are at it now, and were in all */
    atomic_bool is_crowded;   /* there were two at a time */
    int value;
};

static void kitchen_open(struct kitchen *kitchen)
{
    *kitchen = (struct kitchen){.dish = task_shared_new()};
}

static void kitchen_close(struct kitchen *kitchen)
{
    assert_false(kitchen->is_crowded);
    task_shared_free(kitchen->dish);
}

static bool cook(void *argument, void **ret_value, dun_error *error)
{
    struct kitchen *kitchen = argument;
    if (atomic_fetch_add(&kitchen->inside, 1) != 0)
        kitchen->is_crowded = true;
    int call = atomic_fetch_add(&kitchen->calls, 1);
    kitchen->is_cooking = true;
    enum task_outcome outcome = task_sleep(call == 0 ? kitchen->first_ms : 0);
    atomic_fetch_sub(&kitchen->inside, 1);
    if (outcome != TASK_READY)
        return task_outcome_error(outcome, "cooking", error);
    if (call < kitchen->failing)
        return error_set(error, DUN_FAILED, "burnt");
    if (call < kitchen->failing + kitchen->keeping)
        return true;
    kitchen->value = 42; /* what was made is seen by all that get it */
    *ret_value = &kitchen->value;
    return true;
}

struct guest {
    struct kitchen *kitchen;
    int64_t patience_ms;
    const dun_cancel *cancel;
    bool good;
    const int *value;
};

static bool get(struct guest *guest, dun_error *error)
{
    void *value = NULL;
    guest->good = task_shared_get(guest->kitchen->dish, "waiting", cook, guest->kitchen, &value, error);
    guest->value = value;
    return guest->good;
}

static bool come(void *argument, dun_error *error)
{
    struct guest *guest = argument;
    struct task_scope scope;
    task_scope_enter(&scope, guest->cancel, guest->patience_ms);
    bool good = get(guest, error);
    task_scope_leave(&scope);
    return good;
}

static void invite(struct task_group *group, struct kitchen *kitchen, struct guest *guest)
{
    guest->kitchen = kitchen;
    if (guest->patience_ms == 0)
        guest->patience_ms = -1;
    assert_true(task_group_start(group, "guest", come, guest, NULL));
}

static void invite_all(struct kitchen *kitchen, struct guest *guests)
{
    struct task_group *group = task_group_new();
    for (int i = 0; i < TASKS; ++i)
        invite(group, kitchen, &guests[i]);
    task_group_join(group, false, NULL);
}

static int count_served(const struct guest *guests, const int *value)
{
    int count = 0;
    for (int i = 0; i < TASKS; ++i)
        count += guests[i].good && guests[i].value == value && (!value || *value == 42);
    return count;
}

static void one_makes_it_for_all(void **state)
{
    (void)state;
    struct kitchen kitchen;
    struct guest guests[TASKS] = {{0}};
    kitchen_open(&kitchen);
    kitchen.first_ms = 20;
    assert_null(task_shared_value(kitchen.dish));
    invite_all(&kitchen, guests);
    assert_int_equal(count_served(guests, &kitchen.value), TASKS);
    assert_int_equal(kitchen.calls, 1);
    assert_ptr_equal(task_shared_value(kitchen.dish), &kitchen.value);
    kitchen_close(&kitchen);
    task_shared_free(NULL);
}

static void a_failure_is_of_its_maker_only(void **state)
{
    (void)state;
    struct kitchen kitchen;
    struct guest guests[TASKS] = {{0}};
    kitchen_open(&kitchen);
    kitchen.failing = 3;
    kitchen.first_ms = 20;
    invite_all(&kitchen, guests);
    assert_int_equal(count_served(guests, &kitchen.value), TASKS - 3);
    assert_int_equal(kitchen.calls, 4);
    kitchen_close(&kitchen);
}

/* The maker has turned out not to need one, or has what nobody else can use. */
static void without_a_value_the_next_makes_it(void **state)
{
    (void)state;
    struct kitchen kitchen;
    struct guest guests[TASKS] = {{0}};
    kitchen_open(&kitchen);
    kitchen.keeping = 2;
    kitchen.first_ms = 20;
    invite_all(&kitchen, guests);
    assert_int_equal(count_served(guests, NULL), 2);
    assert_int_equal(count_served(guests, &kitchen.value), TASKS - 2);
    assert_int_equal(kitchen.calls, 3);
    kitchen_close(&kitchen);
}

static void nothing_is_returned_by_a_failure(void **state)
{
    (void)state;
    struct kitchen kitchen;
    int before;
    void *value = &before;
    dun_error *error = dun_error_new();
    kitchen_open(&kitchen);
    kitchen.failing = 1;
    assert_false(task_shared_get(kitchen.dish, "waiting", cook, &kitchen, &value, error));
    assert_string_equal(dun_error_message(error), "burnt");
    assert_ptr_equal(value, &before);
    assert_null(task_shared_value(kitchen.dish));
    assert_true(task_shared_get(kitchen.dish, "waiting", cook, &kitchen, &value, error));
    assert_ptr_equal(value, &kitchen.value);
    dun_error_free(error);
    kitchen_close(&kitchen);
}

static void until_somebody_cooks(struct kitchen *kitchen)
{
    while (!kitchen->is_cooking)
        task_sleep(1);
}

/* Who waits does not wait for longer than its own deadline, and hears its own token; the maker goes on. */
static void a_wait_ends_as_every_wait(void **state)
{
    (void)state;
    struct kitchen kitchen;
    dun_cancel *cancel = dun_cancel_new();
    struct guest maker = {0}, hasty = {.kitchen = &kitchen, .patience_ms = 20},
                 cancelled = {.kitchen = &kitchen, .patience_ms = LONG_MS, .cancel = cancel};
    dun_error *error = dun_error_new();
    kitchen_open(&kitchen);
    kitchen.first_ms = 200;
    struct task_group *group = task_group_new();
    invite(group, &kitchen, &maker);
    until_somebody_cooks(&kitchen);
    assert_false(come(&hasty, error));
    assert_string_equal(dun_error_message(error), "waiting: timed out");
    dun_cancel_trigger(cancel);
    dun_error *interrupted = dun_error_new();
    assert_false(come(&cancelled, interrupted));
    assert_string_equal(dun_error_message(interrupted), "waiting: interrupted");
    assert_int_equal(dun_error_code(interrupted), DUN_INTERRUPTED);
    assert_true(task_group_join(group, false, NULL));
    assert_ptr_equal(maker.value, &kitchen.value);
    assert_int_equal(kitchen.calls, 1);
    dun_error_free(interrupted);
    dun_error_free(error);
    dun_cancel_free(cancel);
    kitchen_close(&kitchen);
}

/* The others do not wait for one that was cancelled while it made it. */
static void the_next_takes_over_from_a_cancelled_maker(void **state)
{
    (void)state;
    struct kitchen kitchen;
    dun_cancel *cancel = dun_cancel_new();
    struct guest first = {.cancel = cancel}, others[TASKS] = {{0}};
    kitchen_open(&kitchen);
    kitchen.first_ms = LONG_MS;
    struct task_group *group = task_group_new();
    invite(group, &kitchen, &first);
    until_somebody_cooks(&kitchen);
    for (int i = 0; i < TASKS; ++i)
        invite(group, &kitchen, &others[i]);
    task_sleep(20);
    dun_cancel_trigger(cancel);
    assert_false(task_group_join(group, false, NULL));
    assert_false(first.good);
    assert_int_equal(count_served(others, &kitchen.value), TASKS);
    assert_int_equal(kitchen.calls, 2);
    kitchen_close(&kitchen);
    dun_cancel_free(cancel);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_makes_it_for_all),
        cmocka_unit_test(a_failure_is_of_its_maker_only),
        cmocka_unit_test(without_a_value_the_next_makes_it),
        cmocka_unit_test(nothing_is_returned_by_a_failure),
        cmocka_unit_test(a_wait_ends_as_every_wait),
        cmocka_unit_test(the_next_takes_over_from_a_cancelled_maker),
    };
    return cmocka_run_group_tests_name("shared", tests, NULL, NULL);
}
