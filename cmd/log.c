#include "log.h"

#include "sources.h"

#include <dunlin/log.h>
#include <dunlin/report.h>

#include <stdio.h>
#include <unistd.h>

/* Commits are written as they are read, so that a reader who has seen enough can go. */
struct writing {
    struct program *program;
    dun_report_options report;
    size_t written;
};

static bool write_entry(struct writing *writing, const dun_log_entry *entry)
{
    bool json = writing->report.format == DUN_FORMAT_JSON;
    const char *between = writing->written == 0 ? (json ? "[\n" : "") : json ? ",\n" : "\n";
    char *text = dun_report_log_entry(entry, &writing->report);
    bool good = fputs(between, stdout) >= 0 && fputs(text, stdout) >= 0 && fflush(stdout) == 0;
    dun_text_free(text);
    writing->written++;
    return good;
}

static const char *rest(const struct writing *writing)
{
    if (writing->report.format == DUN_FORMAT_JSON)
        return writing->written ? "\n]\n" : "[]\n";
    return "";
}

static void tell_cut(const struct program *program, const dun_log *log)
{
    if (dun_log_is_cut(log))
        program_say(
            program,
            "this clone is shallow, so the log ends with the commits that it has: git fetch --unshallow");
}

/* In JSON, what was written so far cannot be taken back: the array is closed, and the error is on standard
 * error. */
static int fail(struct writing *writing)
{
    if (!writing->written)
        return program_fail(writing->program);
    int code = program_tell_error(writing->program);
    return program_answer(writing->program, rest(writing), code);
}

/* Most likely it is misspelled; in a shallow clone it may be older than what is there. */
static void tell_unknown(const struct program *program, const char *nearest)
{
    char text[500];
    snprintf(text, sizeof text, "no commit did anything to %.200s%s%.200s%s", program->options->operands[0],
             nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
    program_say(program, text);
}

/* Definitions that no commit has are somewhere else: in another folder, in a submodule, in nobody's
 * repository. */
static void tell_nothing(const struct sources *sources)
{
    char text[500];
    const char *folder = sources->options.schema ? sources->options.schema : "schema";
    snprintf(text, sizeof text,
             "no commit did anything to definitions in %.300s; a submodule has a log of its own: dunlin -C "
             "FOLDER log",
             folder);
    program_say(sources->program, text);
}

static int write_log(struct sources *sources, dun_log *log)
{
    struct program *program = sources->program;
    struct writing writing = {.program = program, .report = program_report_options(program, STDOUT_FILENO)};
    const dun_log_entry *entry = NULL;
    size_t most = program->options->limit;
    while (!most || writing.written < most) {
        if (!dun_log_next(log, &entry, program->error))
            return fail(&writing);
        if (!entry)
            break;
        if (!write_entry(&writing, entry))
            return DUN_FAILED;
    }
    const char *nearest;
    if (!entry)
        tell_cut(program, log);
    if (!entry && !dun_log_has_met_object(log, &nearest))
        tell_unknown(program, nearest);
    else if (!entry && !writing.written && !dun_log_is_cut(log))
        tell_nothing(sources);
    return program_answer(program, rest(&writing), DUN_OK);
}

int show_log(struct program *program)
{
    struct sources sources;
    const struct options *given = program->options;
    dun_log *log = NULL;
    if (sources_open(&sources, program))
        log = dun_log_open(&sources.options, given->revision,
                           given->operand_count ? given->operands[0] : NULL, program->error);
    int code = log ? write_log(&sources, log) : program_fail(program);
    dun_log_close(log);
    sources_close(&sources);
    return code;
}
