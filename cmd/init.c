#include "init.h"

#include "sources.h"

#include <dunlin/init.h>
#include <dunlin/report.h>

#include <stdio.h>
#include <unistd.h>

static void tell_next(const struct program *program, const dun_init *started)
{
    char text[200];
    const char *version = dun_init_baseline(started);
    if (!version)
        return;
    snprintf(text, sizeof text,
             "dunlin migrate baseline %s records the migration in a database that has this schema already",
             version);
    program_say(program, text);
}

static void tell_left_out(const struct program *program, const dun_init *started)
{
    for (const char *const *name = dun_init_left_out(started); *name; ++name) {
        char text[500];
        snprintf(text, sizeof text, "left out, for dunlin does not compare it: %.400s", *name);
        program_say(program, text);
    }
}

static int tell(struct program *program, const dun_init *started)
{
    int code = DUN_OK;
    if (!program->options->quiet || program->options->format == DUN_FORMAT_JSON) {
        dun_report_options report = program_report_options(program, STDOUT_FILENO);
        char *text = dun_report_init(started, &report);
        code = program_answer(program, text, code);
        dun_text_free(text);
    }
    tell_left_out(program, started);
    tell_next(program, started);
    return code;
}

int init(struct program *program)
{
    struct sources sources;
    dun_init_options options = DUN_INIT_OPTIONS_INIT;
    dun_init *started = NULL;
    const char *from = program->options->from;
    bool ok = sources_open(&sources, program);
    options.schema = &sources.options;
    options.from = ok && from ? sources_spelling(&sources, from) : NULL;
    if (ok && (options.from || !from))
        started = dun_init_project(&options, program->error);
    int code = started ? tell(program, started) : program_fail(program);
    dun_init_free(started);
    sources_close(&sources);
    return code;
}
