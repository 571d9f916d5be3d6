/* The frame of commands on several targets. */
#include "flock.h"

#include "progress.h"
#include "terminal.h"

#include <dunlin/report.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_json(const struct program *program)
{
    return program->options->format == DUN_FORMAT_JSON;
}

static void tell_line(const struct flock_work *work, const dun_flock_event *event)
{
    if (work->silent || is_json(work->program) || work->program->options->quiet)
        return;
    dun_report_options report = program_report_options(work->program, STDOUT_FILENO);
    char *text = dun_flock_line(event->flock, event->target, &report);
    fputs(text, stdout);
    fflush(stdout);
    dun_text_free(text);
}

static void tell_failure(const struct flock_work *work, const dun_flock_target *target)
{
    dun_report_options report = program_report_options(work->program, STDERR_FILENO);
    char *text = dun_report_error(target->error, &report);
    fprintf(stderr, "%s:\n%s", target->name, text);
    dun_text_free(text);
}

static void tell_text(const struct flock_work *work, const dun_flock_event *event)
{
    size_t size = strlen(event->target->name) + strlen(event->text) + 3;
    char *text = malloc(size);
    if (!text)
        return;
    snprintf(text, size, "%s: %s", event->target->name, event->text);
    program_say(work->program, text);
    free(text);
}

static void observe(void *user, const dun_flock_event *event)
{
    const struct flock_work *work = user;
    if (work->hear)
        work->hear(work->user, event);
    if (event->kind == DUN_FLOCK_EVENT_ENDED) {
        progress_hide();
        tell_line(work, event);
        if (event->target->error && !event->target->failed_as && !work->given_up)
            tell_failure(work, event->target);
    }
    if (event->kind == DUN_FLOCK_EVENT_TOLD) {
        progress_hide();
        tell_text(work, event);
    }
    progress_update(event->ended, event->total, event->target->name);
}

static bool find_targets(struct flock_work *work, dun_project *project)
{
    struct program *program = work->program;
    dun_lookup_options lookup = DUN_LOOKUP_OPTIONS_INIT;
    lookup.wait_ms = program->options->wait_ms > 0 ? program->options->wait_ms : 0;
    lookup.echo = program->options->echo ? stderr : NULL;
    lookup.cancel = program->cancel;
    work->urls = dun_project_find_targets(project, &lookup, &work->count, program->error);
    return work->urls != NULL;
}

bool flock_open(struct flock_work *work, struct program *program, dun_project *project)
{
    const struct options *given = program->options;
    *work = (struct flock_work){.program = program, .options = DUN_FLOCK_OPTIONS_INIT};
    work->options.concurrency = given->concurrency ? given->concurrency : dun_project_concurrency(project);
    work->options.canary = given->canary;
    work->options.fail_fast = given->fail_fast;
    work->options.timeout_ms = given->timeout_ms;
    work->options.documents = is_json(program);
    work->options.verbose = given->verbose;
    work->options.cancel = program->cancel;
    work->options.observe = observe;
    work->options.user = work;
    return find_targets(work, project);
}

bool flock_check_unused(struct program *program)
{
    static const enum option_id of_a_flock[] = {OPTION_CONCURRENCY, OPTION_CANARY, OPTION_FAIL_FAST,
                                                OPTION_TIMEOUT};
    for (size_t i = 0; i < sizeof of_a_flock / sizeof *of_a_flock; ++i) {
        if (!(program->options->given & OPTION_BIT(of_a_flock[i])))
            continue;
        char message[100];
        snprintf(message, sizeof message, "--%s is for an environment with several targets, and there is one",
                 option_table[of_a_flock[i]].name);
        return dun_error_set(program->error, DUN_USAGE, message,
                             "an environment has several with urls, discover, databases or schemas");
    }
    return true;
}

void flock_begin(struct flock_work *work, const char *verb)
{
    const struct options *given = work->program->options;
    if (!given->quiet && !given->echo && terminal_is_capable(STDERR_FILENO))
        progress_begin(verb);
}

static int answer_json(struct flock_work *work, const dun_flock *flock, int code)
{
    char *text = dun_flock_json(flock);
    code = program_answer(work->program, text, code);
    dun_text_free(text);
    return code;
}

static int answer_summary(struct flock_work *work, const dun_flock *flock, int code)
{
    dun_report_options report = program_report_options(work->program, STDOUT_FILENO);
    char *documents = dun_flock_documents(flock), *text = dun_flock_summary(flock, &report);
    printf("%s%s\n", *documents ? "\n" : "", documents);
    dun_text_free(documents);
    code = program_answer(work->program, text, code);
    dun_text_free(text);
    return code;
}

static int answer_documents(struct flock_work *work, const dun_flock *flock, int code)
{
    char *text = dun_flock_documents(flock);
    code = program_answer(work->program, text, code);
    dun_text_free(text);
    return code;
}

static void talk(char *text)
{
    fputs(text, stderr);
    dun_text_free(text);
}

static void tell_cost(const struct flock_work *work, const dun_flock *flock)
{
    uint64_t statements = 0, round_trips = 0;
    for (size_t i = 0; i < dun_flock_count(flock); ++i) {
        statements += dun_flock_target_at(flock, i)->statements;
        round_trips += dun_flock_target_at(flock, i)->round_trips;
    }
    if (statements)
        program_tell_cost(work->program, statements, round_trips);
}

/* What is left to say when all have ended. */
static void tell_rest(const struct flock_work *work, const dun_flock *flock)
{
    const struct options *given = work->program->options;
    dun_report_options report = program_report_options(work->program, STDERR_FILENO);
    bool skipped_unseen =
        work->silent && (given->format == DUN_FORMAT_TEXT || given->format == DUN_FORMAT_CSV);
    if (!work->given_up)
        talk(dun_flock_same_failures(flock));
    if (skipped_unseen && !given->quiet)
        talk(dun_flock_skipped(flock));
    if (!given->quiet)
        talk(dun_flock_warnings(flock, &report));
    tell_cost(work, flock);
}

int flock_end(struct flock_work *work, const dun_flock *flock, bool differences_count)
{
    progress_end();
    if (!flock)
        return program_fail(work->program);
    tell_rest(work, flock);
    enum dun_code code = dun_flock_code(flock);
    return code == DUN_DIFFERS && !differences_count ? DUN_OK : (int)code;
}

int flock_answer(struct flock_work *work, dun_flock *flock, int code)
{
    if (is_json(work->program))
        code = answer_json(work, flock, code);
    else if (work->silent)
        code = answer_documents(work, flock, code);
    else if (!work->program->options->quiet)
        code = answer_summary(work, flock, code);
    dun_flock_free(flock);
    return code;
}

int flock_finish(struct flock_work *work, dun_flock *flock, bool differences_count)
{
    int code = flock_end(work, flock, differences_count);
    return flock ? flock_answer(work, flock, code) : code;
}
