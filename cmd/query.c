#include "query.h"

#include "flock.h"
#include "progress.h"

#include <dunlin/db.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct answer {
    struct flock_work *work;
    dun_flock_rows *rows;
    int failure; /* why nothing more can be written; 0: it can */
};

/* When nobody reads any more, nothing more is to be asked. */
static void write_text(struct answer *answer, const char *text)
{
    if (!*text || answer->failure)
        return;
    progress_hide();
    if (fputs(text, stdout) >= 0 && fflush(stdout) == 0)
        return;
    answer->failure = errno ? errno : EIO;
    answer->work->given_up = true;
    dun_cancel_trigger(answer->work->program->cancel);
}

static void hear(void *user, const dun_flock_event *event)
{
    struct answer *answer = user;
    char *text = dun_flock_rows_text(answer->rows, event);
    write_text(answer, text);
    dun_text_free(text);
    if (event->kind == DUN_FLOCK_EVENT_GIVEN)
        dun_result_free(event->data);
}

static dun_flock *ask(struct flock_work *work)
{
    const struct options *given = work->program->options;
    dun_flock_query query = DUN_FLOCK_QUERY_INIT;
    query.sql = given->operands[0];
    query.write = given->write;
    query.same_columns = given->format != DUN_FORMAT_JSON;
    query.wait_ms = given->wait_ms > 0 ? given->wait_ms : 0;
    query.echo = given->echo ? stderr : NULL;
    flock_begin(work, "query");
    return dun_flock_query_all(&query, &work->options, work->count, work->urls, work->program->error);
}

/* A reader who has gone knows why. */
static int end_unwritten(struct answer *answer)
{
    char message[200];
    progress_end();
    if (answer->failure == EPIPE)
        return DUN_FAILED;
    snprintf(message, sizeof message, "the rows could not be written to standard output: %s",
             strerror(answer->failure));
    dun_error_set(answer->work->program->error, DUN_FAILED, message, NULL);
    return program_tell_error(answer->work->program);
}

static int end(struct flock_work *work, const dun_flock *flock, struct answer *answer)
{
    if (answer->failure)
        return end_unwritten(answer);
    int code = flock_end(work, flock, false);
    if (!flock)
        return code;
    char *rest = dun_flock_rows_end(answer->rows);
    code = program_answer(work->program, rest, code);
    dun_text_free(rest);
    return code;
}

static int run(struct flock_work *work, bool many)
{
    struct program *program = work->program;
    dun_report_options report = program_report_options(program, STDOUT_FILENO);
    struct answer answer = {work, dun_flock_rows_new(&report, many), 0};
    work->silent = true;
    work->hear = hear;
    work->user = &answer;
    dun_flock *flock = ask(work);
    int code = end(work, flock, &answer);
    dun_flock_free(flock);
    dun_flock_rows_free(answer.rows);
    return code;
}

int query(struct program *program)
{
    struct flock_work work;
    dun_project *project = project_open(program);
    bool ready = project && flock_open(&work, program, project) &&
                 (!program->options->write ||
                  project_confirm(program, project, "Run a statement that may change data on"));
    int code = ready ? run(&work, dun_project_is_flock(project)) : program_fail(program);
    dun_project_free(project);
    return code;
}
