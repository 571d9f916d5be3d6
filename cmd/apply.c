/* dunlin apply: shows the plan, asks, and tells what has become of it. */
#include "apply.h"

#include "apply_work.h"
#include "flock.h"
#include "progress.h"
#include "terminal.h"

#include <dunlin/apply.h>
#include <dunlin/report.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* On standard output in text; where that is kept for JSON, on standard error for those who are asked. */
static void show_plan(struct apply_work *work, const dun_plan *plan)
{
    struct program *program = work->program;
    bool json = program->options->format == DUN_FORMAT_JSON;
    dun_report_options report = program_report_options(program, json ? STDERR_FILENO : STDOUT_FILENO);
    if (json && !work->asks)
        return;
    report.format = DUN_FORMAT_TEXT;
    progress_hide();
    char *text = dun_report_plan(plan, &report);
    fputs(text, json ? stderr : stdout);
    fflush(stdout);
    dun_text_free(text);
    work->shown = true;
}

static bool confirm(void *user, const dun_plan *plan, bool again)
{
    struct apply_work *work = user;
    char question[500];
    const char *environment = dun_project_environment(work->sources.project);
    if (work->asks || !work->program->options->quiet)
        show_plan(work, plan);
    if (!work->asks)
        return true;
    snprintf(question, sizeof question, "%sRun it%s%.200s%s?", again ? "This is the plan now. " : "",
             dun_project_protected(work->sources.project) ? " on the protected environment \"" : "",
             dun_project_protected(work->sources.project) ? environment : "",
             dun_project_protected(work->sources.project) ? "\"" : "");
    progress_hide();
    return terminal_ask(question, work->program->cancel);
}

static void observe(void *user, const dun_event *event)
{
    struct apply_work *work = user;
    switch (event->kind) {
    case DUN_EVENT_STATEMENT:
        progress_update(event->number, event->total, event->text);
        return;
    case DUN_EVENT_WAITING:
    case DUN_EVENT_WARNING:
        progress_hide();
        program_say(work->program, event->text);
        return;
    case DUN_EVENT_PLANNED:
    case DUN_EVENT_DONE:
        return; /* of migrations */
    }
}

static bool open_work(struct apply_work *work, const char *source)
{
    struct program *program = work->program;
    const struct options *given = program->options;
    dun_apply_options *options = &work->options;
    if (!sources_open(&work->sources, program))
        return false;
    options->schema = work->sources.options;
    bool many = dun_project_is_flock(work->sources.project);
    if (!many && !(options->schema.url = project_target(program, work->sources.project)))
        return false;
    if (source && !(options->source = sources_spelling(&work->sources, source)))
        return false;
    work->asks = !given->yes && !given->dry_run && terminal_can_ask();
    options->allow = given->allow_losses;
    options->lock_timeout_ms = given->lock_timeout_ms >= 0
                                   ? given->lock_timeout_ms
                                   : dun_project_lock_timeout_ms(work->sources.project);
    options->dry_run = given->dry_run || (!given->yes && !work->asks);
    options->confirm = confirm;
    options->observe = observe;
    options->user = work;
    return true;
}

static size_t statements_of(const dun_apply *result)
{
    size_t count = 0;
    dun_plan_statements(dun_apply_plan(result), &count);
    return count;
}

/* There is a plan, and nobody was asked or said yes. */
static int tell_not_run(struct apply_work *work, const dun_apply *result)
{
    struct program *program = work->program;
    if (program->options->dry_run || statements_of(result) == 0 || dun_apply_applied(result))
        return DUN_OK;
    if (dun_cancel_triggered(program->cancel)) {
        dun_error_set(program->error, DUN_INTERRUPTED, "interrupted; nothing was done", NULL);
        return program_tell_error(program);
    }
    if (dun_apply_declined(result)) {
        dun_error_set(program->error, DUN_FAILED, "not confirmed; nothing was done", NULL);
        return program_tell_error(program);
    }
    program_say(program, "nothing was run: there is no terminal to ask on; --yes runs the plan");
    return DUN_DIFFERS;
}

static int answer(struct apply_work *work, const dun_apply *result, bool succeeded, int code)
{
    struct program *program = work->program;
    const struct options *given = program->options;
    bool json = given->format == DUN_FORMAT_JSON;
    if (!json && !work->shown && (statements_of(result) || given->verbose) &&
        (!given->quiet || work->options.dry_run))
        show_plan(work, dun_apply_plan(result));
    if (given->quiet && !json)
        return code;
    dun_report_options report = program_report_options(program, STDOUT_FILENO);
    char *text = dun_report_apply(result, succeeded ? NULL : program->error, &report);
    code = program_answer(program, text, code);
    dun_text_free(text);
    return code;
}

static int finish(struct apply_work *work, dun_apply *result, bool succeeded)
{
    struct program *program = work->program;
    progress_end();
    if (!result)
        return program_fail(program);
    size_t count = 0;
    const dun_warning *warnings = dun_apply_warnings(result, &count);
    program_tell_warnings(program, warnings, count);
    int code = answer(work, result, succeeded, succeeded ? DUN_OK : (int)dun_error_code(program->error));
    if (!succeeded)
        code = program_tell_error(program);
    else if (code == DUN_OK)
        code = tell_not_run(work, result);
    program_tell_cost(program, dun_apply_statements(result), dun_apply_round_trips(result));
    dun_apply_free(result);
    return code;
}

int apply_source(struct program *program, const char *source)
{
    struct apply_work work = {.program = program, .options = DUN_APPLY_OPTIONS_INIT};
    int code;
    if (!open_work(&work, source)) {
        code = program_fail(program);
    } else if (dun_project_is_flock(work.sources.project)) {
        code = apply_flock(&work);
    } else if (!flock_check_unused(program)) {
        code = program_fail(program);
    } else {
        dun_apply *result = NULL;
        const struct options *given = program->options;
        if (!given->quiet && !given->echo && terminal_is_capable(STDERR_FILENO))
            progress_begin("apply");
        bool succeeded = dun_apply_schema(&work.options, &result, program->error);
        code = finish(&work, result, succeeded);
    }
    sources_close(&work.sources);
    return code;
}

int apply(struct program *program)
{
    const struct options *given = program->options;
    return apply_source(program, given->operand_count ? given->operands[0] : NULL);
}
