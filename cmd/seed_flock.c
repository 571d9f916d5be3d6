/* dunlin seed in an environment with several targets: files and made up rows alike. */
#include "flock.h"
#include "seed_work.h"

#include <dunlin/report.h>

struct seeding {
    const struct seed_work *work;
    bool documents;
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

static void warn_of(dun_flock_target *target, const dun_seed_run *run)
{
    size_t count = 0;
    const dun_warning *warnings = dun_seed_run_warnings(run, &count);
    dun_flock_warn(target, warnings, count);
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
    target->statements = dun_seed_run_statements(run);
    target->round_trips = dun_seed_run_round_trips(run);
    if (seeding->documents) {
        dun_report_options report = {.format = DUN_FORMAT_JSON};
        target->document = dun_report_seed(run, &report);
    }
    warn_of(target, run);
    dun_seed_run_free(run);
    return true;
}

int seed_flock(struct seed_work *work)
{
    struct flock_work flock_work;
    struct seeding seeding = {.work = work, .documents = work->program->options->format == DUN_FORMAT_JSON};
    if (!flock_open(&flock_work, work->program, work->project))
        return program_fail(work->program);
    flock_begin(&flock_work, "seed");
    dun_flock *flock = dun_flock_run(&flock_work.options, flock_work.count, flock_work.urls, load_into,
                                     &seeding, work->program->error);
    return flock_finish(&flock_work, flock, false);
}
