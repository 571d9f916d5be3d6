/* dunlin migrate verify */
#include "migrate_work.h"
#include "progress.h"
#include "sources.h"
#include "terminal.h"

#include <dunlin/authoring.h>
#include <dunlin/report.h>

#include <unistd.h>

static void observe(void *user, const dun_event *event)
{
    (void)user;
    progress_update(event->number, event->total, event->text);
}

static int tell(struct program *program, const dun_verify *verify)
{
    size_t count = 0;
    const dun_warning *warnings = dun_verify_warnings(verify, &count);
    int code = dun_verify_is_good(verify) ? DUN_OK : DUN_DIFFERS;
    program_tell_warnings(program, warnings, count);
    if (program->options->quiet && program->options->format == DUN_FORMAT_TEXT)
        return code;
    dun_report_options report = program_report_options(program, STDOUT_FILENO);
    char *text = dun_report_verify(verify, &report);
    code = program_answer(program, text, code);
    dun_text_free(text);
    program_tell_cost(program, dun_verify_statements(verify), dun_verify_round_trips(verify));
    return code;
}

int migrate_verify(struct program *program)
{
    struct sources sources;
    dun_verify *verify = NULL;
    const struct options *given = program->options;
    if (sources_open(&sources, program) && sources_borrow_server(&sources)) {
        if (!given->quiet && !given->echo && terminal_is_capable(STDERR_FILENO))
            progress_begin("verify");
        verify = dun_migrate_verify(&sources.options, observe, NULL, program->error);
        progress_end();
    }
    int code = verify ? tell(program, verify) : program_fail(program);
    dun_verify_free(verify);
    sources_close(&sources);
    return code;
}
