#include "seed/result.h"

#include "base/error.h"

#include <string.h>
#include <unistd.h>

static const char *const mode_names[] = {
    [DUN_SEED_INSERT] = "insert",     [DUN_SEED_UPSERT] = "upsert",   [DUN_SEED_SYNC] = "sync",
    [DUN_SEED_IF_EMPTY] = "if-empty", [DUN_SEED_REPLACE] = "replace",
};

const char *dun_seed_mode_name(enum dun_seed_mode mode)
{
    return mode_names[mode];
}

bool dun_seed_mode_from_name(const char *name, enum dun_seed_mode *ret_mode)
{
    for (size_t i = 0; i < sizeof mode_names / sizeof *mode_names; ++i)
        if (strcmp(mode_names[i], name) == 0) {
            *ret_mode = (enum dun_seed_mode)i;
            return true;
        }
    return false;
}

dun_seed_run *seed_run_new(void)
{
    struct arena *arena = arena_new();
    dun_seed_run *run = ARENA_NEW(arena, dun_seed_run);
    run->arena = arena;
    return run;
}

void dun_seed_run_free(dun_seed_run *run)
{
    if (run)
        arena_free(run->arena);
}

/* Events of the target, which are about waiting, as the caller of seeds hears them. */
static void forward(void *user, const dun_event *event)
{
    const dun_seed_options *options = user;
    if (!options->observe || event->kind != DUN_EVENT_WAITING)
        return;
    dun_seed_event ours = {.kind = DUN_SEED_WAITING, .text = event->text};
    options->observe(options->user, &ours);
}

bool seed_target_open(struct arena *arena, const dun_seed_options *options, const char *command,
                      enum db_absent absent, struct run_target **ret_target, dun_error *error)
{
    if (!options->url)
        return error_set(error, DUN_USAGE, "no URL was given");
    struct run_target_options target_options = {
        .url = options->url,
        .application = arena_printf(arena, "dunlin %s, %s, pid %ld", command,
                                    options->applied_by ? options->applied_by : "unknown", (long)getpid()),
        .wait_ms = options->wait_ms,
        .echo = options->echo,
        .absent = absent == DB_ABSENT_MADE && options->dry_run ? DB_ABSENT_EMPTY : absent,
        .observer = {forward, (void *)options},
    };
    return run_target_open(arena, &target_options, ret_target, error);
}

void seed_run_conclude(dun_seed_run *run, const struct run_target *target)
{
    run->target = target->name;
    run->round_trips = target->connection->round_trips;
    run->statements = target->connection->statements;
}

const dun_seed_file *dun_seed_run_files(const dun_seed_run *run, size_t *ret_count)
{
    *ret_count = run->files.count;
    return run->files.items;
}

const dun_warning *dun_seed_run_warnings(const dun_seed_run *run, size_t *ret_count)
{
    *ret_count = run->warnings.count;
    return run->warnings.items;
}

const char *dun_seed_run_target(const dun_seed_run *run)
{
    return run->target;
}

bool dun_seed_run_is_dry(const dun_seed_run *run)
{
    return run->dry_run;
}

bool dun_seed_run_is_demo(const dun_seed_run *run)
{
    return run->demo;
}

uint64_t dun_seed_run_round_trips(const dun_seed_run *run)
{
    return run->round_trips;
}

uint64_t dun_seed_run_statements(const dun_seed_run *run)
{
    return run->statements;
}
