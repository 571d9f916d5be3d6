/* A flock of work that needs no database: order, limits, endings, and what is told; under ThreadSanitizer,
 * too. */
#include "cmocka_main.h"
#include "task/task.h"

#include <dunlin/flock.h>

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 100 };

struct pen {
    atomic_int running, most;
    atomic_int done;
    int fails_at;                  /* index of the target that fails; -1: none */
    bool hangs;                    /* that one waits for ever instead */
    int begun, ended, told, given; /* heard by the observer, which is on one thread */
    dun_cancel *cancel;
    int cancel_after; /* so many ended targets; 0: never */
};

static const char *const *many_urls(void)
{
    static char texts[MANY][40];
    static const char *urls[MANY];
    for (int i = 0; i < MANY; ++i) {
        snprintf(texts[i], sizeof texts[i], "postgresql://u:s3cret@h/d%03d", i);
        urls[i] = texts[i];
    }
    return urls;
}

static bool work(void *user, dun_flock_target *target, dun_error *error)
{
    struct pen *pen = user;
    int running = atomic_fetch_add(&pen->running, 1) + 1, most = atomic_load(&pen->most);
    while (running > most && !atomic_compare_exchange_weak(&pen->most, &most, running))
        continue;
    bool good = (int)target->index != pen->fails_at;
    enum task_outcome outcome = task_sleep(good || !pen->hangs ? 2 : 60000);
    atomic_fetch_sub(&pen->running, 1);
    if (outcome != TASK_READY)
        return task_outcome_error(outcome, "sleeping", error);
    if (!good)
        return dun_error_set(error, DUN_LOCKED, "this one fails", NULL);
    dun_flock_tell(target, "slept");
    target->note = strdup("well");
    if (!dun_flock_give(target, target, error)) /* interrupted: nobody takes it any more */
        return false;
    atomic_fetch_add(&pen->done, 1);
    return true;
}

static void observe(void *user, const dun_flock_event *event)
{
    struct pen *pen = user;
    pen->begun += event->kind == DUN_FLOCK_EVENT_BEGUN;
    pen->ended += event->kind == DUN_FLOCK_EVENT_ENDED;
    pen->told += event->kind == DUN_FLOCK_EVENT_TOLD;
    pen->given += event->kind == DUN_FLOCK_EVENT_GIVEN && event->data == event->target;
    if (pen->cancel_after && pen->ended == pen->cancel_after)
        dun_cancel_trigger(pen->cancel);
}

static dun_flock_options options_for(struct pen *pen)
{
    dun_flock_options options = DUN_FLOCK_OPTIONS_INIT;
    options.observe = observe;
    options.user = pen;
    return options;
}

static size_t count(const dun_flock *flock, enum dun_flock_outcome outcome)
{
    size_t found = 0;
    for (size_t i = 0; i < dun_flock_count(flock); ++i)
        found += dun_flock_target_at(flock, i)->outcome == outcome;
    return found;
}

static dun_flock *run(struct pen *pen, const dun_flock_options *options)
{
    dun_flock *flock = dun_flock_run(options, MANY, many_urls(), work, pen, NULL);
    assert_non_null(flock);
    assert_int_equal(dun_flock_count(flock), MANY);
    assert_int_equal(pen->ended, MANY); /* whatever became of them */
    return flock;
}

static void test_all(void **state)
{
    (void)state;
    struct pen pen = {.fails_at = -1};
    dun_flock_options options = options_for(&pen);
    options.concurrency = 7;
    dun_flock *flock = run(&pen, &options);
    assert_int_equal(count(flock, DUN_FLOCK_DONE), MANY);
    assert_int_equal(dun_flock_code(flock), DUN_OK);
    assert_uint_in_range(atomic_load(&pen.most), 2, 7);
    assert_int_equal(pen.begun, MANY);
    assert_int_equal(pen.told, MANY);
    assert_int_equal(pen.given, MANY);
    dun_flock_free(flock);
}

static void test_one_fails(void **state)
{
    (void)state;
    struct pen pen = {.fails_at = 5};
    dun_flock_options options = options_for(&pen);
    dun_flock *flock = run(&pen, &options);
    assert_int_equal(count(flock, DUN_FLOCK_DONE), MANY - 1);
    assert_int_equal(count(flock, DUN_FLOCK_FAILED), 1);
    assert_int_equal(dun_flock_code(flock), DUN_LOCKED);
    assert_string_equal(dun_error_message(dun_flock_target_at(flock, 5)->error), "this one fails");
    dun_flock_free(flock);
}

static void test_fail_fast(void **state)
{
    (void)state;
    struct pen pen = {.fails_at = 5};
    dun_flock_options options = options_for(&pen);
    options.fail_fast = true;
    options.concurrency = 1;
    dun_flock *flock = run(&pen, &options);
    assert_int_equal(count(flock, DUN_FLOCK_DONE), 5);
    assert_int_equal(count(flock, DUN_FLOCK_SKIPPED), MANY - 6);
    assert_string_equal(dun_flock_target_at(flock, 99)->note, "not begun: another target failed");
    assert_int_equal(dun_flock_code(flock), DUN_LOCKED);
    dun_flock_free(flock);
}

static void test_canary(void **state)
{
    (void)state;
    struct pen pen = {.fails_at = 1};
    dun_flock_options options = options_for(&pen);
    options.canary = 3;
    dun_flock *flock = run(&pen, &options);
    assert_int_equal(count(flock, DUN_FLOCK_DONE), 2);
    assert_int_equal(count(flock, DUN_FLOCK_SKIPPED), MANY - 3);
    dun_flock_free(flock);
    struct pen well = {.fails_at = 50};
    options.user = &well;
    flock = run(&well, &options);
    assert_int_equal(count(flock, DUN_FLOCK_DONE), MANY - 1);
    dun_flock_free(flock);
}

static void test_time_out(void **state)
{
    (void)state;
    struct pen pen = {.fails_at = 3, .hangs = true};
    dun_flock_options options = options_for(&pen);
    options.timeout_ms = 200;
    int64_t begin = task_now();
    dun_flock *flock = run(&pen, &options);
    assert_uint_in_range(task_now() - begin, 0, 20000);
    assert_int_equal(count(flock, DUN_FLOCK_FAILED), 1);
    assert_int_equal(count(flock, DUN_FLOCK_DONE), MANY - 1);
    assert_non_null(strstr(dun_error_hint(dun_flock_target_at(flock, 3)->error), "0.2 s"));
    dun_flock_free(flock);
}

static void test_interrupted(void **state)
{
    (void)state;
    struct pen pen = {.fails_at = 0, .hangs = true, .cancel = dun_cancel_new(), .cancel_after = 10};
    dun_flock_options options = options_for(&pen);
    options.concurrency = 4;
    options.cancel = pen.cancel;
    dun_flock *flock = run(&pen, &options);
    assert_uint_in_range(count(flock, DUN_FLOCK_DONE), 10, 20);
    assert_uint_in_range(count(flock, DUN_FLOCK_INTERRUPTED), 1, 4);
    assert_int_equal(atomic_load(&pen.done), count(flock, DUN_FLOCK_DONE));
    assert_string_equal(dun_flock_target_at(flock, 99)->note, "not begun: interrupted");
    assert_int_equal(dun_flock_code(flock), DUN_INTERRUPTED);
    dun_flock_free(flock);
    dun_cancel_free(pen.cancel);
}

static void test_targets(void **state)
{
    (void)state;
    struct pen pen = {.fails_at = -1};
    dun_flock_options options = options_for(&pen);
    static const char *const twins[] = {"postgresql://u:a@h/d", "postgresql://u:b@h/d", "sqlite:x.db"};
    dun_flock *flock = dun_flock_run(&options, 3, twins, work, &pen, NULL);
    assert_int_equal(dun_flock_count(flock), 2);
    assert_string_equal(dun_flock_target_at(flock, 0)->name, "postgresql://u@h/d");
    dun_flock_free(flock);

    static const char *const wrong[] = {"sqlite:x.db", "no url, but s3cret"};
    dun_error *error = dun_error_new();
    pen.begun = 0;
    assert_null(dun_flock_run(&options, 2, wrong, work, &pen, error));
    assert_int_equal(dun_error_code(error), DUN_BAD_INPUT);
    assert_non_null(strstr(dun_error_message(error), "target 2 of 2"));
    assert_null(strstr(dun_error_message(error), "s3cret"));
    assert_int_equal(pen.begun, 0);
    assert_null(dun_flock_run(&options, 0, wrong, work, &pen, error));
    assert_int_equal(dun_error_code(error), DUN_USAGE);
    dun_error_free(error);
}

static void test_texts(void **state)
{
    (void)state;
    struct pen pen = {.fails_at = 1};
    dun_flock_options options = options_for(&pen);
    options.canary = 2;
    static const char *const urls[] = {"sqlite:a.db", "sqlite:bb.db", "sqlite:c.db"};
    dun_flock *flock = dun_flock_run(&options, 3, urls, work, &pen, NULL);
    char *summary = dun_flock_summary(flock, NULL), *json = dun_flock_json(flock);
    char *line = dun_flock_line(flock, dun_flock_target_at(flock, 2), NULL);
    assert_string_equal(
        summary,
        "outcome  targets\ndone           1\nfailed         1\nskipped        1\nall            3\n");
    assert_string_equal(line, "skipped      sqlite:c.db   not begun: a canary failed\n");
    assert_non_null(strstr(json, "\"skipped\": \"not begun: a canary failed\""));
    assert_non_null(strstr(json, "\"message\": \"this one fails\""));
    dun_text_free(summary);
    dun_text_free(json);
    dun_text_free(line);
    dun_flock_free(flock);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all),     cmocka_unit_test(test_one_fails), cmocka_unit_test(test_fail_fast),
        cmocka_unit_test(test_canary),  cmocka_unit_test(test_time_out),  cmocka_unit_test(test_interrupted),
        cmocka_unit_test(test_targets), cmocka_unit_test(test_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
