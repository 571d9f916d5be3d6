/* The way of every migrate command, from the command line to the answer. */
#include "migrate_work.h"

#include "progress.h"
#include "terminal.h"

#include <dunlin/report.h>

#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static void tell_warning(const struct program *program, const dun_warning *warning)
{
    if (program->options->quiet)
        return;
    dun_report_options report = program_report_options(program, STDERR_FILENO);
    char *text = dun_report_warning(warning, &report);
    fputs(text, stderr);
    dun_text_free(text);
}

void migrate_tell_warnings(const struct program *program, const dun_warning *warnings, size_t count)
{
    for (size_t i = 0; i < count; ++i)
        tell_warning(program, &warnings[i]);
}

static void tell_project_warnings(const struct program *program, const dun_project *project)
{
    size_t count = 0;
    const dun_project_warning *warnings = dun_project_warnings(project, &count);
    for (size_t i = 0; i < count; ++i) {
        char place[512];
        int length = snprintf(place, sizeof place, "%s", warnings[i].file);
        if (warnings[i].line && length >= 0 && (size_t)length < sizeof place)
            snprintf(place + length, sizeof place - (size_t)length, ":%u", warnings[i].line);
        tell_warning(program, &(dun_warning){place, warnings[i].message});
    }
}

dun_project *migrate_open_project(struct program *program)
{
    dun_project_options options = DUN_PROJECT_OPTIONS_INIT;
    options.config = program->options->config;
    options.environment = program->options->environment;
    options.url = program->options->url;
    options.variables = environ;
    dun_project *project = dun_project_load(&options, program->error);
    if (project)
        tell_project_warnings(program, project);
    return project;
}

/* From the environment first: the user database may be far away. */
static void name_user(char name[static MOST_APPLIED_BY])
{
    char host[256] = "";
    const char *user = getenv("LOGNAME");
    if (!user || !user[0])
        user = getenv("USER");
    if (!user || !user[0]) {
        const struct passwd *entry = getpwuid(geteuid());
        user = entry ? entry->pw_name : "unknown";
    }
    if (gethostname(host, sizeof host - 1) != 0)
        host[0] = '\0';
    snprintf(name, MOST_APPLIED_BY, "%.60s%s%s", user, host[0] ? "@" : "", host);
}

static const char *single_target(struct program *program, dun_project *project)
{
    size_t count = 0;
    const char *const *urls = dun_project_targets(project, &count, program->error);
    if (!urls)
        return NULL;
    if (count == 1)
        return urls[0];
    char message[400];
    const char *environment = dun_project_environment(project);
    snprintf(message, sizeof message,
             "the environment \"%.200s\" has %zu targets, and this command works on one at a time",
             environment ? environment : "", count);
    dun_error_set(program->error, DUN_USAGE, message,
                  "choose one: --url with the URL of that target, or -e with an environment that has one");
    return NULL;
}

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
    case DUN_EVENT_WARNING:
        return; /* the run has all warnings, and is told at its end */
    }
}

bool migrate_work_open(struct migrate_work *work, struct program *program, const char *verb)
{
    const struct options *given = program->options;
    *work = (struct migrate_work){.program = program, .verb = verb, .options = DUN_MIGRATE_OPTIONS_INIT};
    work->project = migrate_open_project(program);
    if (!work->project)
        return false;
    dun_migrate_options *options = &work->options;
    options->url = single_target(program, work->project);
    if (!options->url)
        return false;
    name_user(work->applied_by);
    options->folder = dun_project_migrations(work->project);
    options->history = dun_project_history(work->project);
    options->lock_timeout_ms =
        given->lock_timeout_ms >= 0 ? given->lock_timeout_ms : dun_project_lock_timeout_ms(work->project);
    options->wait_ms = given->wait_ms >= 0 ? given->wait_ms : 0;
    options->allow = given->allow;
    options->dry_run = given->dry_run;
    options->count = given->count;
    options->to = given->to;
    options->all = given->all;
    options->applied_by = work->applied_by;
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
    struct program *program = work->program;
    if (!dun_project_protected(work->project) || program->options->yes || program->options->dry_run)
        return true;
    const char *environment = dun_project_environment(work->project);
    char text[400];
    if (!terminal_can_ask()) {
        snprintf(text, sizeof text,
                 "the environment \"%.200s\" is protected, and there is no terminal to ask on", environment);
        return dun_error_set(program->error, DUN_USAGE, text, "give --yes if it is meant");
    }
    snprintf(text, sizeof text, "%s the protected environment \"%.200s\"?", deed, environment);
    if (terminal_ask(text, program->cancel))
        return true;
    if (dun_cancel_triggered(program->cancel))
        return dun_error_set(program->error, DUN_INTERRUPTED, "interrupted; nothing was done", NULL);
    return dun_error_set(program->error, DUN_FAILED, "not confirmed; nothing was done", NULL);
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

static void tell_cost(const struct program *program, const dun_run *run)
{
    if (program->options->verbose && !program->options->quiet)
        fprintf(stderr, "%" PRIu64 " statements, %" PRIu64 " round trips, %" PRId64 " ms\n",
                dun_run_statements(run), dun_run_round_trips(run), program_clock_ms() - program->started_ms);
}

int migrate_work_finish(struct migrate_work *work, dun_run *run, bool succeeded)
{
    struct program *program = work->program;
    progress_end();
    if (!run)
        return program_fail(program);
    size_t count = 0;
    const dun_warning *warnings = dun_run_warnings(run, &count);
    migrate_tell_warnings(program, warnings, count);
    int code = answer(work, run, succeeded, succeeded ? DUN_OK : (int)dun_error_code(program->error));
    if (succeeded)
        tell_dry_run_of_nothing(program, run);
    else
        code = program_tell_error(program);
    tell_cost(program, run);
    dun_run_free(run);
    return code;
}
