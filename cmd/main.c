/* The command-line program. */
#include "apply.h"
#include "diff.h"
#include "drift.h"
#include "help.h"
#include "init.h"
#include "inspect.h"
#include "log.h"
#include "migrate_work.h"
#include "program.h"
#include "query.h"
#include "secrets.h"
#include "seed.h"
#include "signals.h"

#include <dunlin/cancel.h>
#include <dunlin/error.h>
#include <dunlin/version.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

static int (*const commands[COMMAND_COUNT])(struct program *program) = {
    [COMMAND_MIGRATE_NEW] = migrate_new,
    [COMMAND_MIGRATE_UP] = migrate_up,
    [COMMAND_MIGRATE_DOWN] = migrate_down,
    [COMMAND_MIGRATE_STATUS] = migrate_status,
    [COMMAND_MIGRATE_BASELINE] = migrate_baseline,
    [COMMAND_MIGRATE_RESUME] = migrate_resume,
    [COMMAND_SEED] = seed,
    [COMMAND_MIGRATE_VERIFY] = migrate_verify,
    [COMMAND_QUERY] = query,
    [COMMAND_LOG] = show_log,
    [COMMAND_DRIFT] = drift,
    [COMMAND_APPLY] = apply,
    [COMMAND_INIT] = init,
    [COMMAND_DIFF] = diff,
    [COMMAND_INSPECT] = inspect,
};

/* A database opened as descriptor 1 or 2 would get our texts. Opened the wrong way round: writing still
 * fails. */
static void occupy_standard_descriptors(void)
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor)
        if (fcntl(descriptor, F_GETFD) < 0) {
            int opened = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
            (void)opened;
        }
}

/* A run grows its heap once and gives it back at the end: without this glibc returns and takes it anew, page
 * by page. */
static void keep_heap(void)
{
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 64 * 1024 * 1024);
    mallopt(M_TOP_PAD, 1024 * 1024);
#endif
}

static int show_help(struct program *program)
{
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    if (!memory)
        return DUN_FAILED;
    help_write(memory, program->options->command);
    int code = fclose(memory) == 0 ? program_answer(program, text, DUN_OK) : DUN_FAILED;
    free(text);
    return code;
}

static int show_version(struct program *program)
{
    char text[64];
    snprintf(text, sizeof text, "dunlin %s\n", dun_version());
    return program_answer(program, text, DUN_OK);
}

static bool enter_directory(struct program *program)
{
    const char *directory = program->options->directory;
    if (!directory || chdir(directory) == 0)
        return true;
    char message[500];
    snprintf(message, sizeof message, "-C %.300s: %s", directory, strerror(errno));
    return dun_error_set(program->error, DUN_USAGE, message, NULL);
}

static int run_command(struct program *program)
{
    if (!enter_directory(program))
        return program_fail(program);
    program->cancel = dun_cancel_new(); /* never freed: a signal may come until the very end */
    if (!program->cancel) {
        dun_error_set(program->error, DUN_FAILED, "no file descriptors are left", NULL);
        return program_fail(program);
    }
    signals_trigger(program->cancel);
    return commands[program->options->command - command_table](program);
}

int main(int count, char **arguments)
{
    char **copies = secrets_hide(count, arguments);
    if (!copies || count < 1)
        return DUN_FAILED;
    keep_heap();
    occupy_standard_descriptors();
    signals_ignore_closed_pipes();
    struct options options;
    struct program program = {&options, dun_error_new(), NULL, program_clock_ms()};
    int code;
    if (!options_parse(&options, count - 1, copies + 1, arguments + 1, program.error))
        code = program_fail(&program);
    else if (options.version)
        code = show_version(&program);
    else if (options.help)
        code = show_help(&program);
    else
        code = run_command(&program);
    dun_error_free(program.error);
    secrets_free(copies);
    return code;
}
