/* The way of every migrate command, from the command line to the answer. */
#include "migrate_work.h"

#include "flock.h"
#include "progress.h"
#include "terminal.h"

#include <dunlin/report.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* May be told again and again; a reader wants to know once. */
static void tell_waiting(struct migrate_work *work, const char *text)
{
    if (work->waiting_for && strcmp(work->waiting_for, text) == 0)
        return;
    free(work->waiting_for);
    work->waiting_for = strdup(text);
    progress_hide();
    program_say(work->program, text);
    progress_update(0, 0, "waiting");
}

static void tell_done(const dun_event *event)
{
    const dun_migration *migration = event->migration;
    char text[256];
    snprintf(text, sizeof text, "%s_%s", migration->version, migration->name ? migration->name : "");
    progress_update(event->number, event->total, text);
}

static void observe(void *user, const dun_event *event)
{
    struct migrate_work *work = user;
    switch (event->kind) {
    case DUN_EVENT_WAITING:
        tell_waiting(work, event->text);
        return;
    case DUN_EVENT_PLANNED:
        progress_update(0, event->total, NULL);
        return;
    case DUN_EVENT_DONE:
        tell_done(event);
        return;
    case DUN_EVENT_STATEMENT:
    case DUN_EVENT_WARNING:
        return; /* the run has all warnings, and is told at its end */
    }
}

static bool find_target(struct migrate_work *work, bool many)
{
    work->is_flock = many && dun_project_is_flock(work->project);
    if (work->is_flock)
        return true;
    work->options.url = project_target(work->program, work->project);
    return work->options.url && flock_check_unused(work->program);
}

bool migrate_work_open(struct migrate_work *work, struct program *program, const char *verb, bool many)
{
    const struct options *given = program->options;
    *work = (struct migrate_work){.program = program, .verb = verb, .options = DUN_MIGRATE_OPTIONS_INIT};
    work->project = project_open(program);
    if (!work->project || !find_target(work, many))
        return false;
    dun_migrate_options *options = &work->options;
    project_name_user(work->user);
    options->folder = dun_project_migrations(work->project);
    options->history = dun_project_history(work->project);
    options->scratch = dun_project_scratch(work->project);
    options->lock_timeout_ms =
        given->lock_timeout_ms >= 0 ? given->lock_timeout_ms : dun_project_lock_timeout_ms(work->project);
    options->wait_ms = given->wait_ms >= 0 ? given->wait_ms : 0;
    options->allow = given->allow;
    options->dry_run = given->dry_run;
    options->count = given->count;
    options->to = given->to;
    options->all = given->all;
    options->applied_by = work->user;
    options->echo = given->echo ? stderr : NULL;
    options->cancel = program->cancel;
    options->observe = observe;
    options->user = work;
    return true;
}

void migrate_work_close(struct migrate_work *work)
{
    dun_project_free(work->project);
    free(work->waiting_for);
}

bool migrate_work_confirm(struct migrate_work *work, const char *deed)
{
    const struct options *given = work->program->options;
    return given->dry_run || project_confirm(work->program, work->project, deed);
}

void migrate_work_begin(struct migrate_work *work)
{
    const struct options *given = work->program->options;
    if (!given->quiet && !given->echo && terminal_is_capable(STDERR_FILENO))
        progress_begin(work->verb);
}

static int answer(struct migrate_work *work, const dun_run *run, bool succeeded, int code)
{
    struct program *program = work->program;
    const struct options *given = program->options;
    bool dry_run = dun_run_sql(run) != NULL;
    if (given->quiet && given->format == DUN_FORMAT_TEXT && !dry_run)
        return code;
    dun_report_options report = program_report_options(program, STDOUT_FILENO);
    char *text = dun_report_run(run, succeeded ? NULL : program->error, &report);
    code = program_answer(program, text, code);
    dun_text_free(text);
    return code;
}

static void tell_dry_run_of_nothing(const struct program *program, const dun_run *run)
{
    if (dun_run_sql(run) && !dun_run_planned(run))
        program_say(program, "nothing to do");
}

int migrate_work_finish(struct migrate_work *work, dun_run *run, bool succeeded)
{
    struct program *program = work->program;
    progress_end();
    if (!run)
        return program_fail(program);
    size_t count = 0;
    const dun_warning *warnings = dun_run_warnings(run, &count);
    program_tell_warnings(program, warnings, count);
    int code = answer(work, run, succeeded, succeeded ? DUN_OK : (int)dun_error_code(program->error));
    if (succeeded)
        tell_dry_run_of_nothing(program, run);
    else
        code = program_tell_error(program);
    program_tell_cost(program, dun_run_statements(run), dun_run_round_trips(run));
    dun_run_free(run);
    return code;
}
