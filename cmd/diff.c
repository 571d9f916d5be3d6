#include "diff.h"

#include "sources.h"

#include <dunlin/report.h>

#include <stdio.h>
#include <unistd.h>

static int tell(struct program *program, const dun_schema_diff *difference)
{
    size_t count = 0;
    const dun_warning *warnings = dun_schema_diff_warnings(difference, &count);
    program_tell_warnings(program, warnings, count);
    int code = program->options->exit_code && !dun_schema_diff_is_equal(difference) ? DUN_DIFFERS : DUN_OK;
    dun_report_options report = program_report_options(program, STDOUT_FILENO);
    report.format = (enum dun_format)program->options->format;
    char *text = dun_report_plan(dun_schema_diff_plan(difference), &report);
    code = program_answer(program, text, code);
    dun_text_free(text);
    program_tell_cost(program, dun_schema_diff_statements(difference),
                      dun_schema_diff_round_trips(difference));
    return code;
}

int diff(struct program *program)
{
    struct sources sources;
    dun_schema_diff *difference = NULL;
    bool ok = sources_open(&sources, program);
    const char *from = ok ? sources_spelling(&sources, program->options->operands[0]) : NULL;
    const char *to = from ? sources_spelling(&sources, program->options->operands[1]) : NULL;
    if (to) {
        sources_begin(program, "diff");
        difference = dun_schema_compare(&sources.options, from, to, program->error);
        progress_end();
    }
    int code = difference ? tell(program, difference) : program_fail(program);
    dun_schema_diff_free(difference);
    sources_close(&sources);
    return code;
}
