/* The report of dunlin drift, and the summary of the step that GitHub shows beside it. */
#include "drift_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* For people who look at the run; that it cannot be written is worth a sentence. */
static void write_step_summary(const struct program *program, const dun_drift_finding *findings, size_t count)
{
    const char *file = getenv("GITHUB_STEP_SUMMARY");
    dun_report_options report = {.format = DUN_FORMAT_MARKDOWN};
    if (program->options->format != DUN_FORMAT_GITHUB || !file || !file[0])
        return;
    char *text = dun_report_drift(findings, count, &report);
    FILE *stream = fopen(file, "a");
    bool written = stream && fputs(text, stream) >= 0;
    if (!stream || fclose(stream) != 0 || !written)
        program_say(program, "the step summary could not be written ($GITHUB_STEP_SUMMARY)");
    dun_text_free(text);
}

int drift_answer(struct program *program, const dun_drift_finding *findings, size_t count, int code)
{
    const struct options *given = program->options;
    write_step_summary(program, findings, count);
    if (given->quiet && given->format == DUN_FORMAT_TEXT)
        return code;
    dun_report_options report = program_report_options(program, STDOUT_FILENO);
    char *text = dun_report_drift(findings, count, &report);
    code = program_answer(program, text, code);
    dun_text_free(text);
    return code;
}
