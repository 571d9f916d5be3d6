/* dun_flock_migrate: up, down or status of every target, from files that are read once. */
#include "base/str.h"
#include "flock/flock.h"
#include "report/report.h"

struct migrating {
    enum dun_flock_verb verb;
    dun_migrate_options options; /* for all of them */
    bool documents;
};

/* May be told again and again while the lock is waited for; once is enough. */
struct listener {
    dun_flock_target *target;
    bool told;
};

static void observe(void *user, const dun_event *event)
{
    struct listener *listener = user;
    if (event->kind != DUN_EVENT_WAITING || listener->told)
        return;
    listener->told = true;
    dun_flock_tell(listener->target, event->text);
}

static char *document_of(const struct migrating *migrating, const dun_run *run, const dun_error *failure)
{
    dun_report_options options = DUN_REPORT_OPTIONS_INIT;
    if (!migrating->documents && !dun_run_sql(run))
        return NULL;
    options.format = migrating->documents ? DUN_FORMAT_JSON : DUN_FORMAT_TEXT;
    return dun_report_run(run, failure, &options);
}

static bool run_target(const struct migrating *migrating, const dun_migrate_options *options,
                       dun_flock_target *target, dun_error *error)
{
    dun_run *run = NULL;
    bool succeeded = migrating->verb == DUN_FLOCK_DOWN ? dun_migrate_down(options, &run, error)
                                                       : dun_migrate_up(options, &run, error);
    if (run) {
        struct str note = STR_INIT;
        run_summary(&note, run);
        target->note = str_take(&note);
        target->document = document_of(migrating, run, succeeded ? NULL : error);
    }
    dun_run_free(run);
    return succeeded;
}

static bool ask_target(const struct migrating *migrating, const dun_migrate_options *options,
                       dun_flock_target *target, dun_error *error)
{
    dun_status *status = dun_migrate_status(options, error);
    if (!status)
        return false;
    struct str note = STR_INIT;
    status_summary(&note, status);
    target->note = str_take(&note);
    target->differs = !dun_status_in_order(status);
    target->document = migrating->documents ? json_of_status(status) : NULL;
    dun_status_free(status);
    return true;
}

static bool migrate(void *user, dun_flock_target *target, dun_error *error)
{
    const struct migrating *migrating = user;
    struct listener listener = {.target = target};
    dun_migrate_options options = migrating->options;
    options.url = target->url;
    options.observe = observe;
    options.user = &listener;
    return migrating->verb == DUN_FLOCK_STATUS ? ask_target(migrating, &options, target, error)
                                               : run_target(migrating, &options, target, error);
}

dun_flock *dun_flock_migrate(enum dun_flock_verb verb, const dun_migrate_options *migrate_options,
                             const dun_flock_options *options, size_t count, const char *const *urls,
                             dun_error *error)
{
    struct migrating migrating = {
        .verb = verb, .options = *migrate_options, .documents = options && options->documents};
    dun_migrations *own = NULL;
    migrating.options.cancel = NULL;
    if (!migrating.options.migrations)
        migrating.options.migrations = own = dun_migrations_read(migrate_options->folder, error);
    dun_flock *flock = NULL;
    if (migrating.options.migrations)
        flock = dun_flock_run(options, count, urls, migrate, &migrating, error);
    dun_migrations_free(own);
    return flock;
}
