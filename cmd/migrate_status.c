/* dunlin migrate status */
#include "migrate_work.h"

#include "progress.h"

#include <dunlin/report.h>

#include <unistd.h>

static int tell(struct program *program, const dun_status *status)
{
    size_t count = 0;
    const dun_warning *warnings = dun_status_warnings(status, &count);
    program_tell_warnings(program, warnings, count);
    int code = program->options->exit_code && !dun_status_in_order(status) ? DUN_DIFFERS : DUN_OK;
    if (program->options->quiet && program->options->format == DUN_FORMAT_TEXT)
        return code;
    dun_report_options report = program_report_options(program, STDOUT_FILENO);
    char *text = dun_report_status(status, &report);
    code = program_answer(program, text, code);
    dun_text_free(text);
    return code;
}

static int show(struct migrate_work *work)
{
    migrate_work_begin(work);
    dun_status *status = dun_migrate_status(&work->options, work->program->error);
    progress_end();
    int code = status ? tell(work->program, status) : program_fail(work->program);
    dun_status_free(status);
    return code;
}

int migrate_status(struct program *program)
{
    struct migrate_work work;
    int code;
    if (!migrate_work_open(&work, program, "status", true))
        code = program_fail(program);
    else
        code = work.is_flock ? migrate_flock(&work, DUN_FLOCK_STATUS) : show(&work);
    migrate_work_close(&work);
    return code;
}
