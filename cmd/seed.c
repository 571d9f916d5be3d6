#include "seed.h"

#include "flock.h"
#include "progress.h"
#include "seed_work.h"
#include "terminal.h"

#include <dunlin/report.h>

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void tell_loading(const struct seed_work *work, const dun_seed_event *event)
{
    char text[300];
    int64_t elapsed = program_clock_ms() - work->started_ms;
    uint64_t rate = elapsed > 0 ? event->rows * 1000 / (uint64_t)elapsed : 0;
    const char *slash = event->file ? strrchr(event->file, '/') : NULL;
    const char *name = slash ? slash + 1 : event->file ? event->file : "";
    snprintf(text, sizeof text, "%% %.150s  %" PRIu64 " rows, %" PRIu64 "/s", name, event->rows, rate);
    progress_update(event->size ? (size_t)(event->bytes * 100 / event->size) : 0, event->size ? 100 : 0,
                    text);
}

static void observe(void *user, const dun_seed_event *event)
{
    const struct seed_work *work = user;
    switch (event->kind) {
    case DUN_SEED_WAITING:
        progress_hide();
        program_say(work->program, event->text);
        return;
    case DUN_SEED_LOADING:
        tell_loading(work, event);
        return;
    case DUN_SEED_WARNING:
        return; /* the run has all warnings, and is told at its end */
    }
}

/* "a,b" as a list. */
static bool read_masks(struct seed_work *work)
{
    const char *given = work->program->options->mask;
    size_t count = 0;
    if (!given)
        return true;
    work->mask_text = strdup(given);
    char *state = NULL;
    for (char *name = work->mask_text ? strtok_r(work->mask_text, ",", &state) : NULL; name;
         name = strtok_r(NULL, ",", &state)) {
        if (count == MOST_MASKS)
            return dun_error_set(work->program->error, DUN_USAGE, "--mask names too many columns", NULL);
        work->masks[count++] = name;
    }
    work->capture.masks = work->masks;
    return true;
}

static void fill_options(struct seed_work *work)
{
    const struct options *given = work->program->options;
    dun_seed_options *options = &work->options;
    project_name_user(work->applied_by);
    for (size_t i = 0; i < given->operand_count; ++i)
        work->names[i] = given->operands[i];
    project_seed_options(work->project, options);
    options->history = dun_project_history(work->project);
    options->names = given->operand_count ? work->names : NULL;
    options->again = given->again;
    options->dry_run = given->dry_run;
    options->lock_timeout_ms =
        given->lock_timeout_ms >= 0 ? given->lock_timeout_ms : dun_project_lock_timeout_ms(work->project);
    options->wait_ms = given->wait_ms >= 0 ? given->wait_ms : 0;
    options->applied_by = work->applied_by;
    options->echo = given->echo ? stderr : NULL;
    options->cancel = work->program->cancel;
    options->observe = observe;
    options->user = work;
    work->capture.where = given->where;
    work->capture.follow = given->follow;
}

static bool fill_demo(struct seed_work *work)
{
    const struct options *given = work->program->options;
    dun_demo_options *demo = &work->demo;
    if (!given->demo)
        return true;
    if (!dun_project_demo(work->project, demo, work->program->error))
        return false;
    demo->counts = given->demo;
    demo->locale = given->locale ? given->locale : demo->locale;
    demo->folder = given->output;
    demo->stream = stdout;
    if (given->format == DUN_FORMAT_SQL || given->format == DUN_FORMAT_CSV)
        demo->output = given->format == DUN_FORMAT_SQL ? DUN_DEMO_SQL : DUN_DEMO_CSV;
    char *end = NULL;
    if (given->seed)
        demo->seed = strtoull(given->seed, &end, 10);
    return !given->seed || (isdigit((unsigned char)*given->seed) && !*end) ||
           dun_error_set(work->program->error, DUN_USAGE, "--seed wants a number", NULL);
}

static bool check_demo(const struct program *program)
{
    const struct options *given = program->options;
    bool to_files = given->format == DUN_FORMAT_SQL || given->format == DUN_FORMAT_CSV;
    if (!given->demo && (given->seed || given->locale || given->output || to_files))
        return dun_error_set(program->error, DUN_USAGE,
                             "--seed, --locale, --output and --format sql or csv go with --demo", NULL);
    if (given->demo && (given->capture || given->operand_count > 0))
        return dun_error_set(program->error, DUN_USAGE, "--demo takes neither files nor --capture",
                             "name tables with their numbers: dunlin seed --demo customers=1000");
    if (given->output && !to_files)
        return dun_error_set(program->error, DUN_USAGE, "--output wants --format sql or --format csv", NULL);
    return true;
}

static bool check_usage(const struct program *program)
{
    const struct options *given = program->options;
    if (!check_demo(program))
        return false;
    if (!given->capture && (given->mask || given->where || given->follow))
        return dun_error_set(program->error, DUN_USAGE, "--mask, --where and --follow go with --capture",
                             NULL);
    if (given->capture && given->operand_count == 0)
        return dun_error_set(program->error, DUN_USAGE, "--capture wants the names of tables",
                             "dunlin seed --capture customers orders");
    return true;
}

/* What writes files, or rows to standard output, has no place for those of several targets. */
static bool find_target(struct seed_work *work)
{
    const struct options *given = work->program->options;
    bool to_files = given->capture || given->format == DUN_FORMAT_SQL || given->format == DUN_FORMAT_CSV;
    work->many = dun_project_is_flock(work->project);
    if (work->many)
        return !to_files ||
               dun_error_set(
                   work->program->error, DUN_USAGE,
                   "--capture and --format sql or csv work on one target at a time",
                   "choose one: --url with the URL of that target, or -e with an environment that has one");
    work->options.url = project_target(work->program, work->project);
    return work->options.url && flock_check_unused(work->program);
}

static bool open_work(struct seed_work *work)
{
    if (!check_usage(work->program))
        return false;
    work->project = project_open(work->program);
    if (!work->project || !find_target(work) || !read_masks(work))
        return false;
    fill_options(work);
    if (!fill_demo(work))
        return false;
    bool writes =
        !work->options.dry_run && !work->program->options->capture && work->demo.output == DUN_DEMO_DATABASE;
    return !writes || project_confirm(work->program, work->project,
                                      work->demo.counts ? "Load demo data into" : "Load seeds into");
}

static void begin_progress(const struct seed_work *work)
{
    const struct options *given = work->program->options;
    if (!given->quiet && !given->echo && terminal_is_capable(STDERR_FILENO))
        progress_begin("seed");
}

static bool run(struct seed_work *work, dun_seed_run **ret_run)
{
    work->started_ms = program_clock_ms();
    begin_progress(work);
    bool good = work->demo.counts ? dun_seed_demo(&work->options, &work->demo, ret_run, work->program->error)
                : work->program->options->capture
                    ? dun_seed_capture_tables(&work->options, &work->capture, ret_run, work->program->error)
                    : dun_seed_load(&work->options, ret_run, work->program->error);
    progress_end();
    return good;
}

static int tell(struct program *program, const dun_seed_run *run)
{
    size_t count = 0;
    const dun_warning *warnings = dun_seed_run_warnings(run, &count);
    program_tell_warnings(program, warnings, count);
    int code = DUN_OK;
    int format = program->options->format;
    if ((format == DUN_FORMAT_SQL || format == DUN_FORMAT_CSV) && !dun_seed_run_is_dry(run))
        return code; /* the rows are the answer */
    if (!program->options->quiet || format != DUN_FORMAT_TEXT || dun_seed_run_is_dry(run)) {
        dun_report_options report = program_report_options(program, STDOUT_FILENO);
        char *text = dun_report_seed(run, &report);
        code = program_answer(program, text, code);
        dun_text_free(text);
    }
    program_tell_cost(program, dun_seed_run_statements(run), dun_seed_run_round_trips(run));
    return code;
}

int seed(struct program *program)
{
    struct seed_work work = {.program = program,
                             .options = DUN_SEED_OPTIONS_INIT,
                             .capture = DUN_SEED_CAPTURE_INIT,
                             .demo = DUN_DEMO_OPTIONS_INIT};
    dun_seed_run *ended = NULL;
    int code;
    if (!open_work(&work))
        code = program_fail(program);
    else if (work.many)
        code = seed_flock(&work);
    else
        code = run(&work, &ended) ? tell(program, ended) : program_fail(program);
    dun_seed_run_free(ended);
    dun_project_free(work.project);
    free(work.mask_text);
    return code;
}
