/* dunlin migrate new */
#include "migrate_work.h"

#include <dunlin/report.h>

#include <unistd.h>

static int tell(struct program *program, const char *up_file, const char *down_file)
{
    if (program->options->quiet && program->options->format == DUN_FORMAT_TEXT)
        return DUN_OK;
    dun_report_options report = program_report_options(program, STDOUT_FILENO);
    char *text = dun_report_new(up_file, down_file, &report);
    int code = program_answer(program, text, DUN_OK);
    dun_text_free(text);
    return code;
}

int migrate_new(struct program *program)
{
    dun_project *project = project_open(program);
    char *up_file = NULL, *down_file = NULL;
    int code;
    if (project && dun_migrate_new(dun_project_migrations(project), program->options->operands[0], &up_file,
                                   &down_file, program->error))
        code = tell(program, up_file, down_file);
    else
        code = program_fail(program);
    dun_text_free(up_file);
    dun_text_free(down_file);
    dun_project_free(project);
    return code;
}
