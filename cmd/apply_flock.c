/* dunlin apply in an environment with several targets: each has a plan of its own, which is asked about for
 * all at once. */
#include "apply_work.h"
#include "flock.h"
#include "terminal.h"

#include <dunlin/report.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct applying {
    const dun_apply_options *options;
    bool documents; /* JSON; otherwise, of a dry run, the plan */
};

static char *note_of(const dun_apply *result)
{
    size_t planned = 0;
    char text[80];
    dun_plan_statements(dun_apply_plan(result), &planned);
    if (planned == 0)
        snprintf(text, sizeof text, "nothing to do");
    else if (dun_apply_applied(result))
        snprintf(text, sizeof text, "%zu statement%s done", planned, planned == 1 ? "" : "s");
    else
        snprintf(text, sizeof text, "%zu of %zu statements done", dun_apply_done(result), planned);
    return strdup(text);
}

static char *document_of(const struct applying *applying, const dun_apply *result, const dun_error *failure)
{
    dun_report_options report = DUN_REPORT_OPTIONS_INIT;
    if (!applying->documents)
        return applying->options->dry_run ? dun_report_plan(dun_apply_plan(result), &report) : NULL;
    report.format = DUN_FORMAT_JSON;
    return dun_report_apply(result, failure, &report);
}

static bool apply_to(void *user, dun_flock_target *target, dun_error *error)
{
    const struct applying *applying = user;
    dun_apply_options options = *applying->options;
    dun_apply *result = NULL;
    size_t planned = 0;
    options.schema.url = target->url;
    options.schema.cancel = NULL;
    options.confirm = NULL;
    options.observe = NULL;
    bool succeeded = dun_apply_schema(&options, &result, error);
    if (result) {
        dun_plan_statements(dun_apply_plan(result), &planned);
        target->note = note_of(result);
        target->document = document_of(applying, result, succeeded ? NULL : error);
        target->differs = options.dry_run && planned > 0;
    }
    dun_apply_free(result);
    return succeeded;
}

static bool confirm_all(const struct apply_work *work, size_t count)
{
    struct program *program = work->program;
    char question[200];
    if (program->options->dry_run || program->options->yes)
        return true;
    if (!terminal_can_ask())
        return dun_error_set(program->error, DUN_USAGE,
                             "there is no terminal to ask on, and there are several targets",
                             "give --yes, or look at the plans with --dry-run");
    snprintf(question, sizeof question,
             "Apply to all %zu targets, each with a plan of its own (--dry-run shows them)?", count);
    if (terminal_ask(question, program->cancel))
        return true;
    return dun_error_set(program->error, DUN_FAILED, "not confirmed; nothing was done", NULL);
}

/* What the definitions mean is then known, and no two targets find it out at the same time. */
static bool fill_cache(const struct apply_work *work, const char *url)
{
    dun_schema_options options = work->options.schema;
    const char *source = work->options.source ? work->options.source : options.schema;
    if (!options.cache)
        return true;
    options.url = url;
    options.for_target = true;
    dun_schema *schema = dun_schema_read(&options, source, work->program->error);
    dun_schema_free(schema);
    return schema != NULL;
}

int apply_flock(struct apply_work *work)
{
    struct program *program = work->program;
    struct flock_work flock_work;
    if (!flock_open(&flock_work, program, work->sources.project) ||
        !project_confirm(program, work->sources.project, "Apply to") ||
        !confirm_all(work, flock_work.count) || !fill_cache(work, flock_work.urls[0]))
        return program_fail(program);
    work->options.dry_run = program->options->dry_run;
    struct applying applying = {.options = &work->options,
                                .documents = program->options->format == DUN_FORMAT_JSON};
    work->options.proofs = dun_proofs_new();
    flock_work.options.differs = "planned";
    flock_work.silent = work->options.dry_run;
    flock_begin(&flock_work, "apply");
    dun_flock *flock = dun_flock_run(&flock_work.options, flock_work.count, flock_work.urls, apply_to,
                                     &applying, program->error);
    dun_proofs_free(work->options.proofs);
    return flock_finish(&flock_work, flock, false);
}
