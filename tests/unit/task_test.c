/* Waiting, scopes, groups, limiters, and tokens; to be run under ThreadSanitizer, too. */
#include "unit/cmocka_main.h"

#include "base/error.h"
#include "task/task.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

/* How long something took at least; what it took at most is the machine's business, but not seconds. */
static void assert_took(int64_t since, int64_t at_least)
{
    int64_t took = task_now() - since;
    if (took < at_least || took > at_least + 5000)
        fail_msg("took %lld ms where %lld were meant", (long long)took, (long long)at_least);
}

static void test_wait_for_descriptor(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(task_wait(ends[1], POLLOUT), TASK_READY);
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_int_equal(task_wait(ends[0], POLLIN), TASK_READY);
    close(ends[1]);
    assert_int_equal(task_wait(ends[0], POLLIN), TASK_READY);
    char c;
    assert_int_equal(read(ends[0], &c, 1), 1);
    assert_int_equal(task_wait(ends[0], POLLIN), TASK_READY); /* the other end is gone: reading tells it */
    close(ends[0]);
}

static void test_deadlines(void **state)
{
    (void)state;
    struct task_scope outer, inner;
    int64_t start = task_now();
    assert_int_equal(task_remaining(), -1);
    task_scope_enter(&outer, NULL, 60000);
    task_scope_enter(&inner, NULL, 90000); /* longer than the outer one, which counts */
    assert_uint_in_range(task_remaining(), 1, 60000);
    assert_int_equal(task_check(), TASK_READY);
    task_scope_leave(&inner);
    task_scope_leave(&outer);

    task_scope_enter(&outer, NULL, 30);
    task_scope_enter(&inner, NULL, 60000);
    assert_int_equal(task_wait(-1, 0), TASK_DEADLINE);
    assert_took(start, 30);
    assert_int_equal(task_check(), TASK_DEADLINE);
    assert_int_equal(task_remaining(), 0);
    assert_int_equal(task_wait(-1, 0), TASK_DEADLINE); /* at once */
    task_scope_leave(&inner);
    task_scope_leave(&outer);
    assert_int_equal(task_check(), TASK_READY);

    task_scope_enter(&outer, NULL, 0);
    assert_int_equal(task_check(), TASK_DEADLINE);
    task_scope_leave(&outer);
    task_scope_enter(&outer, NULL, -1);
    assert_int_equal(task_remaining(), -1);
    task_scope_leave(&outer);
    task_scope_enter(&outer, NULL, INT64_MAX);
    assert_int_equal(task_check(), TASK_READY);
    task_scope_leave(&outer);
}

static void test_sleep(void **state)
{
    (void)state;
    struct task_scope scope;
    int64_t start = task_now();
    assert_int_equal(task_sleep(20), TASK_READY);
    assert_took(start, 20);
    assert_int_equal(task_sleep(0), TASK_READY);
    assert_int_equal(task_sleep(-5), TASK_READY); /* a time that has passed, not "for ever" */
    start = task_now();
    task_scope_enter(&scope, NULL, 20);
    assert_int_equal(task_sleep(60000), TASK_DEADLINE);
    assert_took(start, 20);
    task_scope_leave(&scope);
}

static void test_cancel(void **state)
{
    (void)state;
    struct task_scope outer, inner;
    dun_cancel *root = dun_cancel_new(), *other = dun_cancel_new();
    task_scope_enter(&outer, root, -1);
    task_scope_enter(&inner, other, 60000);
    assert_int_equal(task_check(), TASK_READY);
    assert_false(dun_cancel_triggered(root));
    dun_cancel_trigger(root);
    dun_cancel_trigger(root);
    assert_true(dun_cancel_triggered(root));
    assert_int_equal(task_check(), TASK_CANCELLED);
    assert_int_equal(task_sleep(60000), TASK_CANCELLED);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(task_wait(ends[1], POLLOUT), TASK_CANCELLED); /* although it is ready */
    close(ends[0]);
    close(ends[1]);
    task_scope_leave(&inner);
    task_scope_leave(&outer);
    assert_int_equal(task_check(), TASK_READY);
    dun_cancel_free(root);
    dun_cancel_free(other);
    dun_cancel_free(NULL);
}

static void test_shield(void **state)
{
    (void)state;
    struct task_scope outer, shield, inner;
    dun_cancel *root = dun_cancel_new(), *mine = dun_cancel_new();
    task_scope_enter(&outer, root, 0);
    dun_cancel_trigger(root);
    assert_int_equal(task_check(), TASK_CANCELLED);
    task_scope_shield(&shield, 60000);
    assert_int_equal(task_check(), TASK_READY);
    assert_int_equal(task_sleep(10), TASK_READY);
    assert_true(task_remaining() > 10000);
    task_scope_enter(&inner, mine, 10); /* what is inside the shield counts */
    assert_int_equal(task_sleep(60000), TASK_DEADLINE);
    dun_cancel_trigger(mine);
    assert_int_equal(task_check(), TASK_CANCELLED);
    task_scope_leave(&inner);
    task_scope_leave(&shield);
    assert_int_equal(task_check(), TASK_CANCELLED);
    task_scope_shield(&shield, 10);
    assert_int_equal(task_wait(-1, 0), TASK_DEADLINE);
    task_scope_leave(&shield);
    task_scope_leave(&outer);
    dun_cancel_free(root);
    dun_cancel_free(mine);
}

static bool trigger_later(void *argument, dun_error *error)
{
    (void)error;
    struct task_scope shield;
    task_scope_shield(&shield, -1);
    task_sleep(50);
    task_scope_leave(&shield);
    dun_cancel_trigger(argument);
    return true;
}

/* However deep the scopes are nested, the outermost token is heard: that is the one Ctrl-C triggers. */
static void test_many_scopes(void **state)
{
    (void)state;
    enum { DEPTH = 40 };
    struct task_scope root_scope, scopes[DEPTH];
    dun_cancel *root = dun_cancel_new(), *tokens[DEPTH];
    task_scope_enter(&root_scope, root, -1);
    for (int i = 0; i < DEPTH; ++i)
        task_scope_enter(&scopes[i], tokens[i] = dun_cancel_new(), -1);
    struct task_group *group = task_group_new();
    assert_true(task_group_start(group, "trigger", trigger_later, root, NULL));
    int64_t start = task_now();
    assert_int_equal(task_sleep(60000), TASK_CANCELLED);
    assert_took(start, 40);
    assert_int_equal(task_check(), TASK_CANCELLED);
    assert_true(task_group_join(group, false, NULL));
    for (int i = DEPTH - 1; i >= 0; --i) {
        task_scope_leave(&scopes[i]);
        dun_cancel_free(tokens[i]);
    }
    task_scope_leave(&root_scope);
    dun_cancel_free(root);
}

static dun_cancel *of_the_handler;

static void on_alarm(int number)
{
    (void)number;
    dun_cancel_trigger(of_the_handler);
}

/* As Ctrl-C does it: a signal arrives while the thread waits. */
static void test_signal_handler(void **state)
{
    (void)state;
    struct sigaction action = {.sa_handler = on_alarm}, before;
    struct itimerval soon = {.it_value = {.tv_usec = 30000}};
    struct task_scope scope;
    of_the_handler = dun_cancel_new();
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, &before);
    task_scope_enter(&scope, of_the_handler, 60000);
    int64_t start = task_now();
    setitimer(ITIMER_REAL, &soon, NULL);
    assert_int_equal(task_wait(-1, 0), TASK_CANCELLED);
    assert_took(start, 25);
    task_scope_leave(&scope);
    sigaction(SIGALRM, &before, NULL);
    dun_cancel_free(of_the_handler);
}

static void on_alarm_only(int number)
{
    (void)number;
}

/* A signal that has nothing to do with us does not end a wait. */
static void test_interrupted_poll(void **state)
{
    (void)state;
    struct sigaction action = {.sa_handler = on_alarm_only}, before;
    struct itimerval soon = {.it_value = {.tv_usec = 10000}};
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, &before);
    int64_t start = task_now();
    setitimer(ITIMER_REAL, &soon, NULL);
    assert_int_equal(task_sleep(60), TASK_READY);
    assert_took(start, 60);
    sigaction(SIGALRM, &before, NULL);
}

static void test_outcome_error(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    assert_false(task_outcome_error(TASK_CANCELLED, "the query", error));
    assert_int_equal(dun_error_code(error), DUN_INTERRUPTED);
    assert_string_equal(dun_error_message(error), "the query: interrupted");
    assert_false(task_outcome_error(TASK_DEADLINE, "the query", error));
    assert_int_equal(dun_error_code(error), DUN_FAILED);
    assert_string_equal(dun_error_message(error), "the query: timed out");
    dun_error_free(error);
}

struct job {
    int number;
    int64_t pause_ms;
    bool good;
    enum task_outcome outcome;
    bool ended;
};

static bool run_job(void *argument, dun_error *error)
{
    struct job *job = argument;
    job->outcome = task_sleep(job->pause_ms);
    job->ended = true;
    if (job->outcome != TASK_READY)
        return task_outcome_error(job->outcome, "the job", error);
    return job->good || error_set(error, DUN_FAILED, "job %d failed", job->number);
}

static bool run_jobs(struct job *jobs, int count, bool cancel_on_failure, dun_error *error)
{
    struct task_group *group = task_group_new();
    for (int i = 0; i < count; ++i) {
        jobs[i].number = i;
        assert_true(task_group_start(group, "job", run_job, &jobs[i], error));
    }
    bool good = task_group_join(group, cancel_on_failure, error);
    for (int i = 0; i < count; ++i)
        assert_true(jobs[i].ended);
    return good;
}

static void test_group(void **state)
{
    (void)state;
    struct job jobs[50] = {{0}};
    dun_error *error = dun_error_new();
    for (int i = 0; i < 50; ++i)
        jobs[i] = (struct job){.pause_ms = i % 5, .good = true};
    assert_true(run_jobs(jobs, 50, true, error));
    assert_int_equal(dun_error_code(error), DUN_OK);
    assert_true(run_jobs(jobs, 0, true, error)); /* nobody in it */
    dun_error_free(error);
}

/* The error is the cause, not one of its consequences, whichever task is joined first. */
static void test_first_failure_counts(void **state)
{
    (void)state;
    struct job jobs[3] = {
        {.pause_ms = 60000, .good = true}, {.pause_ms = 20}, {.pause_ms = 60000, .good = true}};
    dun_error *error = dun_error_new();
    int64_t start = task_now();
    assert_false(run_jobs(jobs, 3, true, error));
    assert_took(start, 20);
    assert_string_equal(dun_error_message(error), "job 1 failed");
    assert_int_equal(jobs[0].outcome, TASK_CANCELLED);
    assert_int_equal(jobs[2].outcome, TASK_CANCELLED);
    dun_error_free(error);
}

static void test_failures_do_not_cancel(void **state)
{
    (void)state;
    struct job jobs[3] = {{.pause_ms = 60}, {.pause_ms = 10}, {.pause_ms = 100, .good = true}};
    dun_error *error = dun_error_new();
    assert_false(run_jobs(jobs, 3, false, error));
    assert_string_equal(dun_error_message(error), "job 1 failed");
    assert_int_equal(jobs[2].outcome, TASK_READY);
    assert_false(run_jobs(jobs, 3, false, NULL));
    dun_error_free(error);
}

/* A task that failed before anybody joins cancels the others, too. */
static void test_failure_before_the_join(void **state)
{
    (void)state;
    struct job jobs[2] = {{.pause_ms = 0}, {.pause_ms = 60000, .good = true}};
    struct task_group *group = task_group_new();
    int64_t start = task_now();
    assert_true(task_group_start(group, "fails", run_job, &jobs[0], NULL));
    task_sleep(50);
    assert_true(task_group_start(group, "waits", run_job, &jobs[1], NULL));
    assert_false(task_group_join(group, true, NULL));
    assert_took(start, 50);
    assert_int_equal(jobs[1].outcome, TASK_CANCELLED);
}

static void test_group_cancel(void **state)
{
    (void)state;
    struct job jobs[2] = {{.pause_ms = 60000}, {.pause_ms = 60000}};
    dun_error *error = dun_error_new();
    struct task_group *group = task_group_new();
    for (int i = 0; i < 2; ++i)
        assert_true(task_group_start(group, "job", run_job, &jobs[i], NULL));
    task_group_cancel(group);
    assert_false(task_group_join(group, false, error));
    assert_int_equal(dun_error_code(error), DUN_INTERRUPTED);
    dun_error_free(error);
}

/* Tasks hear the token and the deadline of the scope that their group was made in. */
static void test_tasks_inherit_the_scope(void **state)
{
    (void)state;
    struct task_scope scope;
    struct job jobs[2] = {{.pause_ms = 60000}, {.pause_ms = 60000}};
    int64_t start = task_now();
    task_scope_enter(&scope, NULL, 30);
    assert_false(run_jobs(jobs, 2, false, NULL));
    task_scope_leave(&scope);
    assert_took(start, 30);
    assert_int_equal(jobs[0].outcome, TASK_DEADLINE);

    dun_cancel *cancel = dun_cancel_new();
    dun_cancel_trigger(cancel);
    task_scope_enter(&scope, cancel, -1);
    assert_false(run_jobs(jobs, 2, false, NULL));
    task_scope_leave(&scope);
    assert_int_equal(jobs[1].outcome, TASK_CANCELLED);
    dun_cancel_free(cancel);
}

static bool read_name(void *argument, dun_error *error)
{
    (void)error;
    FILE *file = fopen("/proc/thread-self/comm", "r");
    if (file && !fgets(argument, 64, file))
        *(char *)argument = '\0';
    if (file)
        fclose(file);
    return file != NULL;
}

static void test_names(void **state)
{
    (void)state;
#ifdef __linux__
    char name[64] = "";
    struct task_group *group = task_group_new();
    assert_true(task_group_start(group, "shop at shard2", read_name, name, NULL));
    assert_true(task_group_join(group, false, NULL));
    assert_string_equal(name, "shop at shard2\n");
#else
    (void)read_name;
#endif
}

struct crowd {
    struct task_limiter *limiter;
    struct task_mutex *mutex;
    int inside, most, passed;
};

static bool pass_limiter(void *argument, dun_error *error)
{
    struct crowd *crowd = argument;
    enum task_outcome outcome = task_limiter_acquire(crowd->limiter);
    if (outcome != TASK_READY)
        return task_outcome_error(outcome, "waiting", error);
    task_mutex_lock(crowd->mutex);
    crowd->inside++;
    if (crowd->inside > crowd->most)
        crowd->most = crowd->inside;
    task_mutex_unlock(crowd->mutex);
    task_sleep(5);
    task_mutex_lock(crowd->mutex);
    crowd->inside--;
    crowd->passed++;
    task_mutex_unlock(crowd->mutex);
    task_limiter_release(crowd->limiter);
    return true;
}

static void test_limiter(void **state)
{
    (void)state;
    struct crowd crowd = {.limiter = task_limiter_new(3, NULL), .mutex = task_mutex_new()};
    struct task_group *group = task_group_new();
    for (int i = 0; i < 30; ++i)
        assert_true(task_group_start(group, "visitor", pass_limiter, &crowd, NULL));
    assert_true(task_group_join(group, true, NULL));
    assert_int_equal(crowd.passed, 30);
    assert_uint_in_range(crowd.most, 2, 3);
    task_limiter_free(crowd.limiter);
    task_mutex_free(crowd.mutex);
}

/* Channel: what many send arrives, whole and no more than fits at a time. */

enum { SENDERS = 8, SENT = 500 };

static bool send_numbers(void *argument, dun_error *error)
{
    struct task_channel *channel = argument;
    for (uintptr_t i = 1; i <= SENT; ++i)
        if (task_channel_send(channel, (void *)i) != TASK_READY)
            return dun_error_set(error, DUN_FAILED, "not sent", NULL);
    return true;
}

static void test_channel(void **state)
{
    (void)state;
    struct task_channel *channel = task_channel_new(4, NULL);
    struct task_group *group = task_group_new();
    for (size_t i = 0; i < SENDERS; ++i)
        assert_true(task_group_start(group, "sender", send_numbers, channel, NULL));
    uintptr_t sum = 0;
    for (size_t i = 0; i < SENDERS * SENT; ++i) {
        void *item = NULL;
        assert_int_equal(task_channel_receive(channel, &item), TASK_READY);
        sum += (uintptr_t)item;
    }
    assert_true(task_group_join(group, true, NULL));
    assert_int_equal(sum, SENDERS * (SENT * (SENT + 1) / 2));
    task_channel_free(channel);
    task_channel_free(NULL);
}

static void test_channel_ends(void **state)
{
    (void)state;
    void *item = NULL;
    struct task_scope scope;
    struct task_channel *channel = task_channel_new(1, NULL);
    task_scope_enter(&scope, NULL, 20);
    assert_int_equal(task_channel_receive(channel, &item), TASK_DEADLINE);
    task_scope_leave(&scope);
    assert_int_equal(task_channel_send(channel, &item), TASK_READY);
    task_scope_enter(&scope, NULL, 20);
    assert_int_equal(task_channel_send(channel, &item), TASK_DEADLINE);
    task_scope_leave(&scope);
    assert_int_equal(task_channel_receive(channel, &item), TASK_READY);
    assert_ptr_equal(item, &item);
    task_channel_free(channel);
}

static void test_limiter_ends(void **state)
{
    (void)state;
    dun_error *error = dun_error_new();
    struct task_limiter *limiter = task_limiter_new(1, error);
    struct task_scope scope;
    assert_int_equal(task_limiter_acquire(limiter), TASK_READY);
    task_scope_enter(&scope, NULL, 20);
    assert_int_equal(task_limiter_acquire(limiter), TASK_DEADLINE);
    task_scope_leave(&scope);
    task_limiter_release(limiter);
    assert_int_equal(task_limiter_acquire(limiter), TASK_READY);
    task_limiter_free(limiter);

    limiter = task_limiter_new(4096, error); /* the most that is allowed does not block */
    assert_non_null(limiter);
    task_limiter_free(limiter);
    assert_null(task_limiter_new(0, error));
    assert_int_equal(dun_error_code(error), DUN_USAGE);
    assert_null(task_limiter_new(4097, error));
    task_limiter_free(NULL);
    task_mutex_free(NULL);
    dun_error_free(error);
}

/* A group of groups: cancelling the outer one ends the tasks of the inner ones. */
static bool run_inner_group(void *argument, dun_error *error)
{
    struct job *jobs = argument;
    struct task_group *group = task_group_new();
    for (int i = 0; i < 3; ++i)
        if (!task_group_start(group, "inner", run_job, &jobs[i], error))
            task_group_cancel(group);
    return task_group_join(group, true, error);
}

static void test_nested_groups(void **state)
{
    (void)state;
    struct job jobs[6];
    for (int i = 0; i < 6; ++i)
        jobs[i] = (struct job){.pause_ms = 60000, .good = true};
    struct task_group *group = task_group_new();
    assert_true(task_group_start(group, "outer", run_inner_group, jobs, NULL));
    assert_true(task_group_start(group, "outer", run_inner_group, jobs + 3, NULL));
    task_sleep(20);
    task_group_cancel(group);
    assert_false(task_group_join(group, false, NULL));
    for (int i = 0; i < 6; ++i)
        assert_int_equal(jobs[i].outcome, TASK_CANCELLED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wait_for_descriptor),
        cmocka_unit_test(test_deadlines),
        cmocka_unit_test(test_sleep),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_shield),
        cmocka_unit_test(test_many_scopes),
        cmocka_unit_test(test_signal_handler),
        cmocka_unit_test(test_interrupted_poll),
        cmocka_unit_test(test_outcome_error),
        cmocka_unit_test(test_group),
        cmocka_unit_test(test_first_failure_counts),
        cmocka_unit_test(test_failures_do_not_cancel),
        cmocka_unit_test(test_failure_before_the_join),
        cmocka_unit_test(test_group_cancel),
        cmocka_unit_test(test_tasks_inherit_the_scope),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_limiter),
        cmocka_unit_test(test_limiter_ends),
        cmocka_unit_test(test_channel),
        cmocka_unit_test(test_channel_ends),
        cmocka_unit_test(test_nested_groups),
    };
    return cmocka_run_group_tests_name("tasks", tests, NULL, NULL);
}
