#include "drift.h"

#include "apply.h"
#include "drift_work.h"
#include "flock.h"
#include "progress.h"
#include "terminal.h"

#include <dunlin/db.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int tell(struct program *program, const dun_drift *found, const dun_drift_commit *commit)
{
    size_t count;
    const dun_warning *warnings = dun_drift_warnings(found, &count);
    program_tell_warnings(program, warnings, count);
    const dun_drift_finding finding = {.target = dun_drift_target(found), .drift = found, .commit = commit};
    int code = drift_answer(program, &finding, 1, dun_drift_is_equal(found) ? DUN_OK : DUN_DIFFERS);
    program_tell_cost(program, dun_drift_statements(found), dun_drift_round_trips(found));
    return code;
}

static void begin_progress(const struct program *program)
{
    const struct options *given = program->options;
    if (!given->quiet && !given->echo && terminal_is_capable(STDERR_FILENO))
        progress_begin("drift");
}

/* A report that a CI system collects tells of a database that could not be looked at, too, rather than being
 * empty. */
static int tell_failure(struct drift_work *work)
{
    struct program *program = work->program;
    int format = program->options->format;
    if (format == DUN_FORMAT_TEXT || format == DUN_FORMAT_JSON)
        return program_fail(program);
    char *target = dun_url_shown(work->options.schema.url);
    const dun_drift_finding finding = {.target = target ? target : "the database", .error = program->error};
    int code = drift_answer(program, &finding, 1, program_tell_error(program));
    dun_text_free(target);
    return code;
}

static int look(struct drift_work *work)
{
    struct program *program = work->program;
    begin_progress(program);
    dun_drift *found = dun_drift_find(&work->options, program->error);
    progress_end();
    int code = found ? tell(program, found, NULL) : tell_failure(work);
    dun_drift_free(found);
    return code;
}

static int find(struct drift_work *work)
{
    struct program *program = work->program;
    dun_drift_commit commit;
    dun_drift *found;
    begin_progress(program);
    bool ok = dun_drift_find_commit(&work->options, program->options->limit, &commit, &found, program->error);
    progress_end();
    if (!ok)
        return program_fail(program);
    int code = tell(program, found, &commit);
    dun_drift_free(found);
    dun_drift_commit_free(&commit);
    return code;
}

static void tell_next_step(const struct program *program, const char *up_file)
{
    const char *slash = strrchr(up_file, '/');
    const char *name = slash ? slash + 1 : up_file;
    char text[200];
    snprintf(text, sizeof text,
             "look at it, and then record it in this database: dunlin migrate baseline %.*s",
             (int)strspn(name, "0123456789"), name);
    program_say(program, text);
}

static int adopt(struct drift_work *work)
{
    struct program *program = work->program;
    char *up = NULL, *down = NULL;
    dun_drift *found = dun_drift_find(&work->options, program->error);
    bool ok =
        found && dun_drift_write_adoption(found, &work->options, "adopt_drift", &up, &down, program->error);
    int code = DUN_OK;
    if (!ok) {
        code = program_fail(program);
    } else {
        dun_report_options report = program_report_options(program, STDOUT_FILENO);
        char *text = dun_report_new(up, down, &report);
        tell_next_step(program, up);
        code = program_answer(program, text, DUN_OK);
        dun_text_free(text);
    }
    dun_text_free(up);
    dun_text_free(down);
    dun_drift_free(found);
    return code;
}

static int refuse_fix(struct program *program)
{
    dun_error_set(
        program->error, DUN_USAGE,
        "pending migrations are older than applied ones, so that no source says what the database should be",
        "apply them first, or run the SQL that drift shows by hand");
    return program_fail(program);
}

static int fix(struct drift_work *work)
{
    struct program *program = work->program;
    dun_drift *found = dun_drift_find(&work->options, program->error);
    int code;
    if (!found)
        code = program_fail(program);
    else if (dun_drift_is_equal(found))
        code = tell(program, found, NULL);
    else if (!dun_drift_fix_source(found))
        code = refuse_fix(program);
    else
        code = apply_source(program, dun_drift_fix_source(found));
    dun_drift_free(found);
    return code;
}

static bool open_work(struct drift_work *work)
{
    struct program *program = work->program;
    const struct options *given = program->options;
    if (!sources_open(&work->sources, program))
        return false;
    work->options.schema = work->sources.options;
    work->options.lock_timeout_ms = given->lock_timeout_ms >= 0
                                        ? given->lock_timeout_ms
                                        : dun_project_lock_timeout_ms(work->sources.project);
    project_seed_options(work->sources.project, &work->data);
    if (given->data)
        work->options.data = &work->data;
    if (given->operand_count)
        work->options.source = sources_spelling(&work->sources, given->operands[0]);
    return !given->operand_count || work->options.source;
}

static int run_one(struct drift_work *work)
{
    struct program *program = work->program;
    const struct options *given = program->options;
    if (given->find && given->operand_count) {
        dun_error_set(program->error, DUN_USAGE,
                      "--find takes no SOURCE: it goes through the commits of schema/", NULL);
        return program_fail(program);
    }
    work->options.schema.url = project_target(program, work->sources.project);
    if (!work->options.schema.url || !flock_check_unused(program))
        return program_fail(program);
    return given->find ? find(work) : given->adopt ? adopt(work) : given->fix ? fix(work) : look(work);
}

static int refuse_several(struct program *program)
{
    dun_error_set(program->error, DUN_USAGE, "--find, --fix and --adopt work on one target at a time",
                  "choose one: --url with the URL of that target, or -e with an environment that has one");
    return program_fail(program);
}

int drift(struct program *program)
{
    struct drift_work work = {
        .program = program, .options = DUN_DRIFT_OPTIONS_INIT, .data = DUN_SEED_OPTIONS_INIT};
    const struct options *given = program->options;
    int code;
    if (!open_work(&work))
        code = program_fail(program);
    else if (!dun_project_is_flock(work.sources.project))
        code = run_one(&work);
    else
        code = given->find || given->fix || given->adopt ? refuse_several(program) : drift_flock(&work);
    sources_close(&work.sources);
    return code;
}
