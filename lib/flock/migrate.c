/* dun_flock_migrate: up, down or status of every target, from files that are read once. */
#include "base/memory.h"
#include "base/str.h"
#include "flock/flock.h"
#include "report/report.h"

struct migrating {
    enum dun_flock_verb verb;
    dun_migrate_options options; /* for all of them */
    bool documents, verbose;
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
    if (!migrating->documents && !dun_run_planned(run))
        return memory_strdup("-- nothing to do\n");
    options.format = migrating->documents ? DUN_FORMAT_JSON : DUN_FORMAT_TEXT;
    return dun_report_run(run, failure, &options);
}

/* What a run says in the line of its target; NULL: it failed before it knew what is to be done. */
static char *note_of(const dun_run *run, bool succeeded)
{
    size_t count;
    struct str note = STR_INIT;
    dun_run_migrations(run, &count);
    if (!count && !dun_run_planned(run) && !succeeded)
        return NULL;
    run_summary(&note, run);
    return str_take(&note);
}

static void leave(const struct migrating *migrating, dun_flock_target *target, const dun_run *run,
                  const dun_error *failure)
{
    size_t count;
    const dun_warning *warnings = dun_run_warnings(run, &count);
    target->note = note_of(run, !failure);
    target->document = document_of(migrating, run, failure);
    target->statements = dun_run_statements(run);
    target->round_trips = dun_run_round_trips(run);
    dun_flock_warn(target, warnings, count);
}

static bool run_target(const struct migrating *migrating, const dun_migrate_options *options,
                       dun_flock_target *target, dun_error *error)
{
    dun_run *run = NULL;
    bool succeeded = migrating->verb == DUN_FLOCK_DOWN ? dun_migrate_down(options, &run, error)
                                                       : dun_migrate_up(options, &run, error);
    if (run)
        leave(migrating, target, run, succeeded ? NULL : error);
    dun_run_free(run);
    return succeeded;
}

static bool ask_target(const struct migrating *migrating, const dun_migrate_options *options,
                       dun_flock_target *target, dun_error *error)
{
    dun_status *status = dun_migrate_status(options, error);
    if (!status)
        return false;
    size_t count;
    const dun_warning *warnings = dun_status_warnings(status, &count);
    struct str note = STR_INIT;
    dun_flock_warn(target, warnings, count);
    status_summary(&note, status);
    target->note = str_take(&note);
    target->differs = !dun_status_in_order(status);
    target->document = migrating->documents ? json_of_status(status)
                       : migrating->verbose ? status_table(status)
                                            : NULL;
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
    struct migrating migrating = {.verb = verb,
                                  .options = *migrate_options,
                                  .documents = options && options->documents,
                                  .verbose = options && options->verbose};
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
