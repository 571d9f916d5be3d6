#include "inspect.h"

#include "sources.h"

#include <dunlin/report.h>

#include <stdio.h>
#include <unistd.h>

/* What is not in the answer: on standard error, so that the answer can be piped. JSON has it. */
static void tell_not_compared(const struct program *program, const dun_schema *schema)
{
    const char *const *names = dun_schema_not_compared(schema);
    size_t count = 0;
    while (names[count])
        ++count;
    if (!count || program->options->quiet)
        return;
    fprintf(stderr, "%zu object%s not shown, for dunlin does not compare %s:\n", count, count == 1 ? "" : "s",
            count == 1 ? "it" : "them");
    for (size_t i = 0; i < count; ++i) {
        char line[400];
        snprintf(line, sizeof line, "  %.390s", names[i]);
        program_say(program, line);
    }
}

static int tell(struct program *program, const dun_schema *schema)
{
    size_t count = 0;
    const dun_warning *warnings = dun_schema_warnings(schema, &count);
    program_tell_warnings(program, warnings, count);
    dun_report_options report = program_report_options(program, STDOUT_FILENO);
    report.format = (enum dun_format)program->options->format;
    char *text = NULL;
    if (!dun_report_schema(schema, &report, &text, program->error))
        return program_fail(program);
    tell_not_compared(program, schema);
    int code = program_answer(program, text, DUN_OK);
    dun_text_free(text);
    program_tell_cost(program, dun_schema_statements(schema), dun_schema_round_trips(schema));
    return code;
}

/* The source that was named, or the target. */
static const char *source_of(struct sources *sources)
{
    const struct options *given = sources->program->options;
    return given->operand_count ? sources_spelling(sources, given->operands[0])
                                : project_target(sources->program, sources->project);
}

int inspect(struct program *program)
{
    struct sources sources;
    dun_schema *schema = NULL;
    const char *source = sources_open(&sources, program) ? source_of(&sources) : NULL;
    if (source) {
        sources_begin(program, "inspect");
        schema = dun_schema_read(&sources.options, source, program->error);
        progress_end();
    }
    int code = schema ? tell(program, schema) : program_fail(program);
    dun_schema_free(schema);
    sources_close(&sources);
    return code;
}
