/* dunlin drift in an environment with several targets. */
#include "drift_work.h"
#include "flock.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct looking {
    const dun_drift_options *options;
    bool documents;
    dun_drift **found; /* one a target; each is written by the task of its target */
};

static void warn_of(dun_flock_target *target, const dun_drift *found)
{
    size_t count;
    const dun_warning *warnings = dun_drift_warnings(found, &count);
    dun_flock_warn(target, warnings, count);
}

static bool look_at(void *user, dun_flock_target *target, dun_error *error)
{
    const struct looking *looking = user;
    dun_drift_options options = *looking->options;
    options.schema.url = target->url;
    options.schema.cancel = NULL;
    dun_drift *found = dun_drift_find(&options, error);
    if (!found)
        return false;
    const dun_drift_finding finding = {.target = target->name, .drift = found};
    target->differs = !dun_drift_is_equal(found);
    target->note = dun_report_drift_summary(found);
    target->statements = dun_drift_statements(found);
    target->round_trips = dun_drift_round_trips(found);
    warn_of(target, found);
    if (looking->documents) {
        dun_report_options report = {.format = DUN_FORMAT_JSON};
        target->document = dun_report_drift(&finding, 1, &report);
    }
    looking->found[target->index] = found;
    return true;
}

static dun_drift_finding finding_of(const dun_flock_target *target, const dun_drift *found)
{
    return (dun_drift_finding){
        .target = target->name,
        .drift = found,
        .error = target->error,
        .skipped = target->outcome == DUN_FLOCK_SKIPPED ? target->note : NULL,
    };
}

/* Of all, or only of those that drifted. */
static dun_drift_finding *findings_of(const dun_flock *flock, const struct looking *looking,
                                      bool only_drifted, size_t *ret_count)
{
    size_t count = dun_flock_count(flock);
    dun_drift_finding *findings = calloc(count + 1, sizeof *findings);
    *ret_count = 0;
    for (size_t i = 0; findings && i < count; ++i) {
        const dun_flock_target *target = dun_flock_target_at(flock, i);
        if (!only_drifted || target->differs)
            findings[(*ret_count)++] = finding_of(target, looking->found[i]);
    }
    return findings;
}

/* In text, what differs stands between the lines of the targets and the table. */
static void write_details(struct program *program, const dun_flock *flock, const struct looking *looking)
{
    size_t count;
    if (program->options->quiet)
        return;
    dun_report_options report = program_report_options(program, STDOUT_FILENO);
    dun_drift_finding *findings = findings_of(flock, looking, true, &count);
    char *text = dun_report_drift(findings, count, &report);
    if (count)
        printf("\n%s", text);
    dun_text_free(text);
    free(findings);
}

static int finish(struct drift_work *work, struct flock_work *flock_work, dun_flock *flock,
                  const struct looking *looking)
{
    struct program *program = work->program;
    int format = program->options->format;
    int code = flock_end(flock_work, flock, true);
    if (flock && format == DUN_FORMAT_TEXT)
        write_details(program, flock, looking);
    if (flock && (format == DUN_FORMAT_TEXT || format == DUN_FORMAT_JSON))
        return flock_answer(flock_work, flock, code);
    if (!flock)
        return code;
    size_t count;
    dun_drift_finding *findings = findings_of(flock, looking, false, &count);
    code = findings ? drift_answer(program, findings, count, code) : DUN_FAILED;
    free(findings);
    dun_flock_free(flock);
    return code;
}

static int run(struct drift_work *work, struct flock_work *flock_work)
{
    struct program *program = work->program;
    int format = program->options->format;
    struct looking looking = {.options = &work->options,
                              .documents = format == DUN_FORMAT_JSON,
                              .found = calloc(flock_work->count + 1, sizeof *looking.found)};
    if (!looking.found)
        return DUN_FAILED;
    work->options.shared = dun_shared_catalogs_new();
    flock_work->options.differs = "drifted";
    flock_work->silent = format != DUN_FORMAT_TEXT;
    flock_begin(flock_work, "drift");
    dun_flock *flock = dun_flock_run(&flock_work->options, flock_work->count, flock_work->urls, look_at,
                                     &looking, program->error);
    int code = finish(work, flock_work, flock, &looking);
    for (size_t i = 0; i < flock_work->count; ++i)
        dun_drift_free(looking.found[i]);
    free(looking.found);
    dun_shared_catalogs_free(work->options.shared);
    return code;
}

int drift_flock(struct drift_work *work)
{
    struct flock_work flock_work;
    if (!flock_open(&flock_work, work->program, work->sources.project))
        return program_fail(work->program);
    return run(work, &flock_work);
}
