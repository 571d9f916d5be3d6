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

int migrate_status(struct program *program)
{
    struct migrate_work work;
    dun_status *status = NULL;
    if (migrate_work_open(&work, program, "status")) {
        migrate_work_begin(&work);
        status = dun_migrate_status(&work.options, program->error);
        progress_end();
    }
    int code = status ? tell(program, status) : program_fail(program);
    dun_status_free(status);
    migrate_work_close(&work);
    return code;
}
