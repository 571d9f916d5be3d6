/* dunlin migrate new */
#include "migrate_work.h"
#include "sources.h"

#include <dunlin/authoring.h>
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

static int write_empty(struct program *program)
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

static int tell_written(struct program *program, const dun_written *written)
{
    size_t count = 0;
    const dun_warning *warnings = dun_written_warnings(written, &count);
    program_tell_warnings(program, warnings, count);
    if (!dun_written_up_file(written))
        program_say(program, "nothing to do: the migrations produce what the definitions say");
    int code = tell(program, dun_written_up_file(written), dun_written_down_file(written));
    program_tell_cost(program, dun_written_statements(written), dun_written_round_trips(written));
    return code;
}

static int write_difference(struct program *program)
{
    struct sources sources;
    dun_written *written = NULL;
    if (sources_open(&sources, program) && sources_borrow_server(&sources))
        written = dun_migrate_write(&sources.options, program->options->operands[0], program->error);
    int code = written ? tell_written(program, written) : program_fail(program);
    dun_written_free(written);
    sources_close(&sources);
    return code;
}

int migrate_new(struct program *program)
{
    return program->options->empty ? write_empty(program) : write_difference(program);
}
