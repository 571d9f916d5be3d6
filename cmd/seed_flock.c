/* dunlin seed in an environment with several targets: files and made up rows alike. */
#include "flock.h"
#include "seed_work.h"

#include <dunlin/report.h>

#include <stdlib.h>
#include <string.h>

struct seeding {
    const struct seed_work *work;
    bool documents;
    dun_seed_run **ended; /* one a target: left by its task, and freed when its end is heard of */
    char **told;          /* warnings; the files are the same for all targets, so each is told once */
    size_t told_count;
};

/* Who holds the lock is told again and again; once is enough. */
struct listener {
    dun_flock_target *target;
    bool told;
};

static void listen(void *user, const dun_seed_event *event)
{
    struct listener *listener = user;
    if (event->kind != DUN_SEED_WAITING || listener->told)
        return;
    listener->told = true;
    dun_flock_tell(listener->target, event->text);
}

static bool load_into(void *user, dun_flock_target *target, dun_error *error)
{
    const struct seeding *seeding = user;
    struct listener listener = {.target = target};
    dun_seed_options options = seeding->work->options;
    dun_seed_run *run = NULL;
    options.url = target->url;
    options.cancel = NULL;
    options.observe = listen;
    options.user = &listener;
    bool good = seeding->work->demo.counts ? dun_seed_demo(&options, &seeding->work->demo, &run, error)
                                           : dun_seed_load(&options, &run, error);
    if (!good)
        return false;
    target->note = dun_report_seed_summary(run);
    if (seeding->documents) {
        dun_report_options report = {.format = DUN_FORMAT_JSON};
        target->document = dun_report_seed(run, &report);
    }
    seeding->ended[target->index] = run;
    return true;
}

static bool is_told(const struct seeding *seeding, const char *message)
{
    for (size_t i = 0; i < seeding->told_count; ++i)
        if (strcmp(seeding->told[i], message) == 0)
            return true;
    return false;
}

static void tell_once(struct seeding *seeding, const dun_warning *warning)
{
    if (is_told(seeding, warning->message))
        return;
    char **told = realloc(seeding->told, (seeding->told_count + 1) * sizeof *told);
    char *message = strdup(warning->message);
    if (told)
        seeding->told = told;
    if (told && message)
        told[seeding->told_count++] = message;
    else
        free(message);
    program_tell_warnings(seeding->work->program, warning, 1);
}

static void hear(void *user, const dun_flock_event *event)
{
    struct seeding *seeding = user;
    size_t count = 0;
    if (event->kind != DUN_FLOCK_EVENT_ENDED)
        return;
    dun_seed_run **run = &seeding->ended[event->target->index];
    const dun_warning *warnings = *run ? dun_seed_run_warnings(*run, &count) : NULL;
    for (size_t i = 0; i < count; ++i)
        tell_once(seeding, &warnings[i]);
    dun_seed_run_free(*run);
    *run = NULL;
}

static int run(struct flock_work *flock_work, struct seeding *seeding)
{
    flock_work->hear = hear;
    flock_work->user = seeding;
    flock_begin(flock_work, "seed");
    dun_flock *flock = dun_flock_run(&flock_work->options, flock_work->count, flock_work->urls, load_into,
                                     seeding, flock_work->program->error);
    return flock_finish(flock_work, flock, false);
}

int seed_flock(struct seed_work *work)
{
    struct flock_work flock_work;
    struct seeding seeding = {.work = work, .documents = work->program->options->format == DUN_FORMAT_JSON};
    if (!flock_open(&flock_work, work->program, work->project))
        return program_fail(work->program);
    seeding.ended = calloc(flock_work.count + 1, sizeof *seeding.ended);
    int code = seeding.ended ? run(&flock_work, &seeding) : DUN_FAILED;
    for (size_t i = 0; i < seeding.told_count; ++i)
        free(seeding.told[i]);
    free(seeding.told);
    free(seeding.ended);
    return code;
}
