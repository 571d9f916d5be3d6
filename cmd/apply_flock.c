/* dunlin apply in an environment with several targets: each has a plan of its own, which is asked about for
 * all at once. */
#include "apply_work.h"
#include "flock.h"
#include "terminal.h"

#include <dunlin/report.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct applying {
    const dun_apply_options *options;
    dun_report_options report; /* of the documents */
    bool all;                  /* there is a document also of those that have nothing to do */
    bool asks;                 /* plans are shown first, and only what was shown may be run */
    char **shown;              /* the SQL of each target that was; NULL: none */
};

/* Of one target, while it is worked on. */
struct listener {
    dun_flock_target *target;
    const char *shown; /* NULL: whatever the plan is, it may be run */
    bool told;
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

/* A plan that is not run, or not to its end, is told from one that is. */
static char *with_failure(char *plan, const dun_apply *result, size_t planned, const dun_error *failure)
{
    const char *message = dun_error_message(failure);
    size_t told = strcspn(message, "\n"), done = dun_apply_done(result),
           size = strlen(plan) + told + sizeof "-- : " + 80;
    char *text = malloc(size), said[80] = "not done";
    if (told > 0 && message[told - 1] == ':')
        --told;
    if (done)
        snprintf(said, sizeof said, "%zu of %zu statements done", done, planned);
    if (text)
        snprintf(text, size, "%s-- %s: %.*s\n", plan, said, (int)told, message);
    dun_text_free(plan);
    return text;
}

static char *plan_of(const struct applying *applying, const dun_apply *result, const dun_error *failure)
{
    size_t planned = 0;
    const dun_plan *plan = dun_apply_plan(result);
    dun_plan_statements(plan, &planned);
    if (!planned && !applying->report.verbose)
        return applying->all ? strdup("-- nothing to do\n") : NULL;
    if (applying->asks && !applying->options->dry_run)
        return NULL; /* shown already */
    char *text = dun_report_plan(plan, &applying->report);
    return planned && failure ? with_failure(text, result, planned, failure) : text;
}

static void leave(const struct applying *applying, dun_flock_target *target, const dun_apply *result,
                  const dun_error *failure)
{
    size_t planned = 0, count = 0;
    const dun_warning *warnings = dun_apply_warnings(result, &count);
    dun_plan_statements(dun_apply_plan(result), &planned);
    target->note = note_of(result);
    target->document = applying->report.format == DUN_FORMAT_JSON
                           ? dun_report_apply(result, failure, &applying->report)
                           : plan_of(applying, result, failure);
    target->differs = !failure && applying->options->dry_run && planned > 0;
    target->statements = dun_apply_statements(result);
    target->round_trips = dun_apply_round_trips(result);
    dun_flock_warn(target, warnings, count);
}

/* Who holds the lock may be told again and again; once is enough. */
static void listen(void *user, const dun_event *event)
{
    struct listener *listener = user;
    if (event->kind != DUN_EVENT_WARNING && (event->kind != DUN_EVENT_WAITING || listener->told))
        return;
    listener->told = listener->told || event->kind == DUN_EVENT_WAITING;
    dun_flock_tell(listener->target, event->text);
}

/* What is run, without numbers of rows and other comments. */
static char *sql_of(const dun_plan *plan)
{
    size_t count = 0, length = 1;
    const dun_plan_statement *statements = dun_plan_statements(plan, &count);
    for (size_t i = 0; i < count; ++i)
        length += strlen(statements[i].sql) + 1;
    char *text = malloc(length), *end = text;
    for (size_t i = 0; text && i < count; ++i)
        end += sprintf(end, "%s\n", statements[i].sql);
    if (text)
        *end = '\0';
    return text;
}

static bool is_what_was_shown(void *user, const dun_plan *plan, bool again)
{
    const struct listener *listener = user;
    (void)again;
    char *sql = sql_of(plan);
    bool same = !listener->shown || (sql && strcmp(sql, listener->shown) == 0);
    free(sql);
    return same;
}

static bool refuse_changed(dun_error *error)
{
    return dun_error_set(error, DUN_FAILED,
                         "the database has changed since its plan was shown; nothing was run",
                         "run it again to see what the plan is now");
}

static bool apply_to(void *user, dun_flock_target *target, dun_error *error)
{
    const struct applying *applying = user;
    dun_apply_options options = *applying->options;
    struct listener listener = {.target = target};
    dun_apply *result = NULL;
    if (applying->asks && !options.dry_run)
        listener.shown = applying->shown[target->index] ? applying->shown[target->index] : "";
    options.schema.url = target->url;
    options.schema.cancel = NULL;
    options.confirm = is_what_was_shown;
    options.observe = listen;
    options.user = &listener;
    bool succeeded = dun_apply_schema(&options, &result, error);
    if (succeeded && dun_apply_declined(result))
        succeeded = refuse_changed(error);
    if (result)
        leave(applying, target, result, succeeded ? NULL : error);
    if (succeeded && options.dry_run && applying->asks)
        applying->shown[target->index] = sql_of(dun_apply_plan(result));
    dun_apply_free(result);
    return succeeded;
}

/*
 * What the definitions mean is then known, and no two targets find it out at the same time. A mistake in them
 * is told once; that the first target cannot be reached is no reason not to go on with the others.
 */
static bool fill_cache(const struct apply_work *work, const char *url)
{
    dun_schema_options options = work->options.schema;
    const char *source = work->options.source ? work->options.source : options.schema;
    dun_error *error = work->program->error;
    if (!options.cache)
        return true;
    options.url = url;
    options.for_target = true;
    dun_schema *schema = dun_schema_read(&options, source, error);
    dun_schema_free(schema);
    enum dun_code code = schema ? DUN_OK : dun_error_code(error);
    if (code == DUN_BAD_INPUT || code == DUN_USAGE || code == DUN_INTERRUPTED)
        return false;
    dun_error_clear(error);
    return true;
}

static dun_flock *run(struct apply_work *work, struct flock_work *flock_work, struct applying *applying,
                      bool dry_run)
{
    bool json = work->program->options->format == DUN_FORMAT_JSON, only_shown = dry_run && work->asks;
    work->options.dry_run = dry_run;
    applying->report =
        program_report_options(work->program, json && only_shown ? STDERR_FILENO : STDOUT_FILENO);
    applying->all = dry_run;
    flock_work->options.differs = "planned";
    flock_work->options.documents = json && !only_shown;
    flock_work->silent = dry_run;
    flock_begin(flock_work, dry_run ? "plan" : "apply");
    return dun_flock_run(&flock_work->options, flock_work->count, flock_work->urls, apply_to, applying,
                         work->program->error);
}

static size_t count_planned(const dun_flock *flock)
{
    size_t count = 0;
    for (size_t i = 0; i < dun_flock_count(flock); ++i)
        count += dun_flock_target_at(flock, i)->differs;
    return count;
}

/* Some were not looked at, so that nobody knows what they would get. */
static bool is_whole(const dun_flock *flock)
{
    for (size_t i = 0; i < dun_flock_count(flock); ++i)
        if (dun_flock_target_at(flock, i)->outcome == DUN_FLOCK_SKIPPED)
            return false;
    return true;
}

/* With the plans of all before it; 0: it may be done, otherwise the exit code. */
static int ask(struct apply_work *work, const dun_flock *flock)
{
    struct program *program = work->program;
    const dun_project *project = work->sources.project;
    bool protected = dun_project_protected(project);
    char question[500];
    char *plans = dun_flock_documents(flock);
    fputs(plans, program->options->format == DUN_FORMAT_JSON ? stderr : stdout);
    fflush(stdout);
    dun_text_free(plans);
    snprintf(question, sizeof question, "Run this on %zu of %zu targets%s%.200s%s?", count_planned(flock),
             dun_flock_count(flock), protected ? " of the protected environment \"" : "",
             protected ? dun_project_environment(project) : "", protected ? "\"" : "");
    if (terminal_ask(question, program->cancel))
        return DUN_OK;
    if (dun_cancel_triggered(program->cancel))
        dun_error_set(program->error, DUN_INTERRUPTED, "interrupted; nothing was done", NULL);
    else
        dun_error_set(program->error, DUN_FAILED, "not confirmed; nothing was done", NULL);
    return program_tell_error(program);
}

/* Only the plans; without --dry-run, because there is nobody to ask. */
static int show(struct apply_work *work, struct flock_work *flock_work, struct applying *applying)
{
    const struct program *program = work->program;
    dun_flock *flock = run(work, flock_work, applying, true);
    size_t planned = flock ? count_planned(flock) : 0;
    int code = flock_finish(flock_work, flock, !program->options->dry_run);
    if (planned && !program->options->dry_run)
        program_say(program, "nothing was run: there is no terminal to ask on; --yes runs the plans");
    return code;
}

/* There is nothing to ask about. What was to be shown to people is no JSON. */
static int answer_unasked(struct apply_work *work, struct flock_work *flock_work, struct applying *applying,
                          dun_flock *flock, int code)
{
    if (work->program->options->format != DUN_FORMAT_JSON)
        return flock_answer(flock_work, flock, code);
    dun_flock_free(flock);
    work->asks = applying->asks = false;
    return flock_finish(flock_work, run(work, flock_work, applying, true), false);
}

static int show_and_ask(struct apply_work *work, struct flock_work *flock_work, struct applying *applying)
{
    dun_flock *flock = run(work, flock_work, applying, true);
    int code = flock_end(flock_work, flock, false);
    if (!flock)
        return code;
    if (count_planned(flock) == 0 || !is_whole(flock))
        return answer_unasked(work, flock_work, applying, flock, code);
    code = ask(work, flock);
    dun_flock_free(flock);
    return code == DUN_OK ? flock_finish(flock_work, run(work, flock_work, applying, false), false) : code;
}

static int apply_all(struct apply_work *work, struct flock_work *flock_work)
{
    struct applying applying = {.options = &work->options, .asks = work->asks};
    applying.shown = calloc(flock_work->count + 1, sizeof *applying.shown);
    if (!applying.shown)
        return DUN_FAILED;
    work->options.proofs = dun_proofs_new();
    int code = work->asks ? show_and_ask(work, flock_work, &applying)
               : work->options.dry_run
                   ? show(work, flock_work, &applying)
                   : flock_finish(flock_work, run(work, flock_work, &applying, false), false);
    dun_proofs_free(work->options.proofs);
    for (size_t i = 0; i < flock_work->count; ++i)
        free(applying.shown[i]);
    free(applying.shown);
    return code;
}

int apply_flock(struct apply_work *work)
{
    struct flock_work flock_work;
    if (!flock_open(&flock_work, work->program, work->sources.project) ||
        !fill_cache(work, flock_work.urls[0]))
        return program_fail(work->program);
    return apply_all(work, &flock_work);
}
