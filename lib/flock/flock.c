/*
 * Running a flock: as many workers as may work at a time take one target after the other, and send what
 * happens through a channel to the thread that runs the flock, which is the one that calls the observer.
 */
#include "flock/flock.h"

#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "db/url.h"
#include "engine/engine.h"
#include "report/report.h"
#include "report/text.h"
#include "task/task.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { DEFAULT_CONCURRENCY = 16, MOST_CONCURRENCY = 4096, CHANNEL_CAPACITY = 64 };

struct flock_run {
    dun_flock *flock;
    const dun_flock_options *options;
    dun_flock_work work;
    void *user;
    struct task_channel *channel;
    atomic_size_t next;  /* the target that is begun next */
    size_t end;          /* and those that are not yet to be */
    atomic_bool stopped; /* by a failure */
    size_t ended;
};

/* What a worker sends; the end of a worker has no target. */
struct message {
    enum dun_flock_event_kind kind;
    struct flock_target *target;
    char *text;
    void *data;
};

static const dun_flock_options default_options = DUN_FLOCK_OPTIONS_INIT;

/* Workers are waited for to the end, so their messages are received whatever was cancelled. */
static void send(struct flock_run *run, struct message message)
{
    struct message *sent = memory_alloc(sizeof *sent);
    struct task_scope shield;
    *sent = message;
    task_scope_shield(&shield, -1);
    task_channel_send(run->channel, sent);
    task_scope_leave(&shield);
}

void dun_flock_tell(dun_flock_target *target, const char *text)
{
    struct flock_target *told = (struct flock_target *)target;
    send(told->run, (struct message){DUN_FLOCK_EVENT_TOLD, told, memory_strdup(text), NULL});
}

bool dun_flock_give(dun_flock_target *target, void *data, dun_error *error)
{
    struct flock_target *giver = (struct flock_target *)target;
    struct message *sent = memory_alloc(sizeof *sent);
    *sent = (struct message){DUN_FLOCK_EVENT_GIVEN, giver, NULL, data};
    enum task_outcome outcome = task_channel_send(giver->run->channel, sent);
    if (outcome == TASK_READY)
        return true;
    free(sent);
    return task_outcome_error(outcome, "handing on the rows", error);
}

void dun_flock_warn(dun_flock_target *target, const dun_warning *warnings, size_t count)
{
    struct flock_target *warned = (struct flock_target *)target;
    if (count && !warned->arena)
        warned->arena = arena_new();
    for (size_t i = 0; i < count; ++i)
        *vector_add(warned->arena, &warned->warnings) = (dun_warning){
            arena_strdup(warned->arena, warnings[i].file), arena_strdup(warned->arena, warnings[i].message)};
}

static void conclude(struct flock_target *target, bool succeeded, dun_error *error)
{
    dun_flock_target *said = &target->said;
    if (succeeded) {
        said->outcome = said->differs ? DUN_FLOCK_DIFFERS : DUN_FLOCK_DONE;
        dun_error_free(error);
        return;
    }
    said->outcome = dun_error_code(error) == DUN_INTERRUPTED ? DUN_FLOCK_INTERRUPTED : DUN_FLOCK_FAILED;
    said->error = target->error = error;
}

static void work_on(struct flock_run *run, struct flock_target *target)
{
    struct task_scope scope;
    int64_t begin = task_now(), timeout = run->options->timeout_ms;
    target->run = run;
    target->said.outcome = DUN_FLOCK_RUNNING;
    send(run, (struct message){DUN_FLOCK_EVENT_BEGUN, target, NULL, NULL});
    dun_error *error = dun_error_new();
    task_scope_enter(&scope, NULL, timeout > 0 ? timeout : -1);
    bool succeeded = run->work(run->user, &target->said, error);
    if (!succeeded && task_check() == TASK_DEADLINE)
        error_hint(error, "the target was given up after %.1f s (--timeout)", (double)timeout / 1000);
    task_scope_leave(&scope);
    target->said.elapsed_ms = task_now() - begin;
    conclude(target, succeeded, error);
    if (!succeeded && run->options->fail_fast)
        atomic_store(&run->stopped, true);
    send(run, (struct message){DUN_FLOCK_EVENT_ENDED, target, NULL, NULL});
}

static bool worker(void *argument, dun_error *error)
{
    struct flock_run *run = argument;
    (void)error;
    while (!atomic_load(&run->stopped) && task_check() == TASK_READY) {
        size_t index = atomic_fetch_add(&run->next, 1);
        if (index >= run->end)
            break;
        work_on(run, &run->flock->targets[index]);
    }
    send(run, (struct message){DUN_FLOCK_EVENT_ENDED, NULL, NULL, NULL});
    return true;
}

/* Has another failed in the same way? */
static void note_failure(dun_flock *flock, struct flock_target *target)
{
    char *text = error_text(target->error, &(dun_report_options)DUN_REPORT_OPTIONS_INIT);
    size_t number = alike_group(flock->failures, text, target->names)->number;
    if (number < flock->failed.count)
        target->said.failed_as = flock->failed.items[number];
    else
        *vector_add(flock->arena, &flock->failed) = &target->said;
    free(text);
}

static void hand_on(struct flock_run *run, const struct message *message)
{
    if (message->kind == DUN_FLOCK_EVENT_ENDED)
        run->ended++;
    if (message->kind == DUN_FLOCK_EVENT_ENDED && message->target->error)
        note_failure(run->flock, message->target);
    dun_flock_event event = {
        .kind = message->kind,
        .flock = run->flock,
        .target = &message->target->said,
        .text = message->text,
        .data = message->data,
        .ended = run->ended,
        .total = run->flock->count,
    };
    if (run->options->observe)
        run->options->observe(run->options->user, &event);
}

static void receive_until_end(struct flock_run *run, size_t workers)
{
    struct task_scope shield;
    task_scope_shield(&shield, -1);
    while (workers > 0) {
        void *item;
        if (task_channel_receive(run->channel, &item) != TASK_READY)
            continue;
        struct message *message = item;
        if (message->target)
            hand_on(run, message);
        else
            --workers;
        free(message->text);
        free(message);
    }
    task_scope_leave(&shield);
}

/* Targets up to `end`. False: not a single worker could be started. */
static bool run_until(struct flock_run *run, size_t end, dun_error *error)
{
    unsigned most = run->options->concurrency ? run->options->concurrency : DEFAULT_CONCURRENCY;
    struct task_group *group = task_group_new();
    size_t first = atomic_load(&run->next), workers = 0;
    bool started = true;
    run->end = end;
    while (started && workers < most && workers < end - first) {
        started = task_group_start(group, "flock", worker, run, workers ? NULL : error);
        workers += started;
    }
    receive_until_end(run, workers);
    task_group_join(group, false, NULL);
    atomic_store(&run->next, end);
    return workers > 0;
}

static bool is_failure(const struct flock_target *target)
{
    return target->said.outcome == DUN_FLOCK_FAILED || target->said.outcome == DUN_FLOCK_INTERRUPTED;
}

static bool any_failed(const dun_flock *flock)
{
    for (size_t i = 0; i < flock->count; ++i)
        if (is_failure(&flock->targets[i]))
            return true;
    return false;
}

static void say_skipped(struct flock_run *run, const char *reason)
{
    for (size_t i = 0; i < run->flock->count; ++i) {
        struct flock_target *target = &run->flock->targets[i];
        if (target->said.outcome != DUN_FLOCK_SKIPPED)
            continue;
        target->said.note = memory_strdup(reason);
        hand_on(run, &(struct message){DUN_FLOCK_EVENT_ENDED, target, NULL, NULL});
    }
}

/* Why no other target is begun; NULL: the others are. */
static const char *reason_to_stop(const struct flock_run *run)
{
    if (task_check() != TASK_READY)
        return "not begun: interrupted";
    if (atomic_load(&run->stopped))
        return "not begun: another target failed";
    return any_failed(run->flock) ? "not begun: a canary failed" : NULL;
}

static bool run_all(struct flock_run *run, dun_error *error)
{
    dun_flock *flock = run->flock;
    size_t canary = run->options->canary < flock->count ? run->options->canary : flock->count;
    if (canary > 0 && !run_until(run, canary, error))
        return false;
    const char *reason = canary > 0 ? reason_to_stop(run) : NULL;
    if (!reason && canary < flock->count && !run_until(run, flock->count, error)) {
        if (canary == 0)
            return false;
        flock->skipped = DUN_FAILED;
        reason = "not begun: no thread could be started";
    }
    if (task_check() != TASK_READY)
        flock->skipped = DUN_INTERRUPTED;
    if (!reason)
        reason = reason_to_stop(run);
    say_skipped(run, reason);
    return true;
}

/* What may stand in texts about it where those about another target have something else. */
static void note_names(struct arena *arena, struct flock_target *target, const struct db_url *url)
{
    const struct dun_engine *engine = engine_for_scheme(url->scheme);
    const char *schema = engine && engine->tenants->schema_of ? engine->tenants->schema_of(arena, url) : NULL;
    size_t count = 0;
    target->names[count++] = target->said.name;
    if (url->database)
        target->names[count++] = url->database;
    if (schema)
        target->names[count++] = schema;
}

/* Names all targets, and leaves out those that are there already. */
static bool name_targets(dun_flock *flock, size_t count, const char *const *urls, dun_error *error)
{
    struct map *known = map_new(flock->arena);
    flock->targets = arena_alloc(flock->arena, (count ? count : 1) * sizeof *flock->targets);
    for (size_t i = 0; i < count; ++i) {
        struct db_url *url;
        if (!db_url_parse(flock->arena, urls[i], &url, error)) {
            error_context(error, "target %zu of %zu", i + 1, count);
            return false;
        }
        dun_flock_target *said = &flock->targets[flock->count].said;
        said->name = db_url_redacted(flock->arena, url);
        if (!map_add(known, said->name, said))
            continue;
        note_names(flock->arena, &flock->targets[flock->count], url);
        said->index = flock->count++;
        said->url = arena_strdup(flock->arena, urls[i]);
        size_t width = report_width(said->name);
        flock->name_width = width > flock->name_width ? width : flock->name_width;
    }
    return true;
}

static bool begin(struct flock_run *run, size_t count, const char *const *urls, dun_error *error)
{
    if (run->options->concurrency > MOST_CONCURRENCY)
        return error_set(error, DUN_USAGE, "at most %d targets can be worked on at a time", MOST_CONCURRENCY);
    if (!name_targets(run->flock, count, urls, error))
        return false;
    if (run->flock->count == 0)
        return error_set(error, DUN_USAGE, "there are no targets");
    run->channel = task_channel_new(CHANNEL_CAPACITY, error);
    return run->channel && run_all(run, error);
}

dun_flock *dun_flock_run(const dun_flock_options *options, size_t count, const char *const *urls,
                         dun_flock_work work, void *user, dun_error *error)
{
    struct arena *arena = arena_new();
    dun_flock *flock = ARENA_NEW(arena, dun_flock);
    struct flock_run run = {
        .flock = flock, .options = options ? options : &default_options, .work = work, .user = user};
    struct task_scope scope;
    flock->arena = arena;
    flock->failures = alike_new(arena);
    flock->differs = arena_strdup(arena, run.options->differs ? run.options->differs : "differs");
    task_scope_enter(&scope, run.options->cancel, -1);
    bool good = begin(&run, count, urls, error);
    task_scope_leave(&scope);
    task_channel_free(run.channel);
    if (good)
        return flock;
    dun_flock_free(flock);
    return NULL;
}

void dun_flock_free(dun_flock *flock)
{
    if (!flock)
        return;
    for (size_t i = 0; i < flock->count; ++i) {
        dun_error_free(flock->targets[i].error);
        free(flock->targets[i].said.note);
        free(flock->targets[i].said.document);
        arena_free(flock->targets[i].arena);
    }
    arena_free(flock->arena);
}

size_t dun_flock_count(const dun_flock *flock)
{
    return flock->count;
}

const dun_flock_target *dun_flock_target_at(const dun_flock *flock, size_t index)
{
    return &flock->targets[index].said;
}

static enum dun_code code_of(const dun_flock *flock, const dun_flock_target *target)
{
    if (target->error)
        return dun_error_code(target->error);
    if (target->outcome == DUN_FLOCK_DIFFERS)
        return DUN_DIFFERS;
    return target->outcome == DUN_FLOCK_SKIPPED ? flock->skipped : DUN_OK;
}

static size_t badness(enum dun_code code)
{
    static const enum dun_code from_good_to_bad[] = {DUN_OK,     DUN_DIFFERS,   DUN_LOCKED, DUN_NO_CONNECTION,
                                                     DUN_FAILED, DUN_BAD_INPUT, DUN_USAGE,  DUN_INTERRUPTED};
    size_t i = 0;
    while (from_good_to_bad[i] != code)
        ++i;
    return i;
}

enum dun_code dun_flock_code(const dun_flock *flock)
{
    enum dun_code worst = DUN_OK;
    for (size_t i = 0; i < flock->count; ++i) {
        enum dun_code code = code_of(flock, &flock->targets[i].said);
        if (badness(code) > badness(worst))
            worst = code;
    }
    return worst;
}
