/* Answers and errors. */
#include "program.h"

#include "terminal.h"

#include <dunlin/report.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int64_t program_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

dun_report_options program_report_options(const struct program *program, int descriptor)
{
    dun_report_options report = DUN_REPORT_OPTIONS_INIT;
    if (descriptor == STDOUT_FILENO)
        report.format = (enum dun_format)program->options->format;
    report.color = terminal_color(descriptor, program->options->color);
    report.verbose = program->options->verbose;
    report.columns = terminal_columns(descriptor);
    return report;
}

/* Closing tells what a full disk behind a network has kept to itself so far. */
static bool write_answer(const char *text)
{
    size_t length = strlen(text);
    bool written = fwrite(text, 1, length, stdout) == length && fflush(stdout) == 0;
    if (!written)
        return false;
    return close(STDOUT_FILENO) == 0 || errno == EINTR;
}

int program_answer(struct program *program, const char *text, int code)
{
    if (write_answer(text))
        return code;
    int reason = errno;
    if (program->cancel && dun_cancel_triggered(program->cancel))
        return DUN_INTERRUPTED;
    if (reason != EPIPE) {
        char message[200];
        snprintf(message, sizeof message, "the answer could not be written to standard output: %s",
                 strerror(reason));
        dun_error_clear(program->error);
        dun_error_set(program->error, DUN_FAILED, message,
                      code == DUN_OK ? "what was to be done is done all the same" : NULL);
        program_tell_error(program);
    }
    return code == DUN_OK ? DUN_FAILED : code;
}

void program_say(const struct program *program, const char *text)
{
    if (program->options->quiet)
        return;
    for (const unsigned char *c = (const unsigned char *)text; *c; ++c)
        fputc(*c < ' ' || *c == 0x7F ? '?' : *c, stderr);
    fputc('\n', stderr);
}

void program_tell_cost(const struct program *program, uint64_t statements, uint64_t round_trips)
{
    if (program->options->verbose && !program->options->quiet)
        fprintf(stderr, "%" PRIu64 " statements, %" PRIu64 " round trips, %" PRId64 " ms\n", statements,
                round_trips, program_clock_ms() - program->started_ms);
}

int program_tell_error(const struct program *program)
{
    dun_report_options report = program_report_options(program, STDERR_FILENO);
    char *text = dun_report_error(program->error, &report);
    fputs(text, stderr);
    dun_text_free(text);
    enum dun_code code = dun_error_code(program->error);
    return code == DUN_OK ? DUN_FAILED : (int)code;
}

int program_fail(struct program *program)
{
    int code = program_tell_error(program);
    if (program->options->format != DUN_FORMAT_JSON)
        return code;
    dun_report_options report = program_report_options(program, STDOUT_FILENO);
    char *text = dun_report_error(program->error, &report);
    code = program_answer(program, text, code);
    dun_text_free(text);
    return code;
}

static void tell_warning(const struct program *program, const dun_warning *warning)
{
    if (program->options->quiet)
        return;
    dun_report_options report = program_report_options(program, STDERR_FILENO);
    char *text = dun_report_warning(warning, &report);
    fputs(text, stderr);
    dun_text_free(text);
}

void program_tell_warnings(const struct program *program, const dun_warning *warnings, size_t count)
{
    for (size_t i = 0; i < count; ++i)
        tell_warning(program, &warnings[i]);
}
