/* Commands that work on all targets of an environment: their targets, their options, and what is told
 * meanwhile. */
#ifndef CMD_FLOCK_H
#define CMD_FLOCK_H

#include "project.h"

#include <dunlin/flock.h>

#include <stdbool.h>
#include <stddef.h>

struct flock_work {
    struct program *program;
    const char *const *urls; /* belong to the project */
    size_t count;
    dun_flock_options options; /* from the command line and the project */
    bool silent;               /* no lines on standard output: the answer is something else */
    void (*hear)(void *user, const dun_flock_event *event); /* hears of each event first; NULL: nobody */
    void *user;
    bool given_up; /* set while hearing: targets fail because nobody wants them any more, which is not told */
};

/* Looks the targets up, if need be. False and program->error when there are none. */
bool flock_open(struct flock_work *work, struct program *program, dun_project *project);

/* Is this a wrong command line for one target? Options of a flock do nothing there; false and program->error.
 */
bool flock_check_unused(struct program *program);

/* Progress on a terminal, from here to flock_finish. */
void flock_begin(struct flock_work *work, const char *verb);

/* Ends the progress, tells what all have to say that was not told yet (their failures were, as they
 * happened), and gives the exit code of a flock. NULL is the failure of program->error, which is told now. Of
 * targets that differ the code is 0 unless `differences_count`. */
int flock_end(struct flock_work *work, const dun_flock *flock, bool differences_count);

/*
 * Answers how it ended: the documents and the table, or with --format json the array of the targets'
 * documents; with `silent` only the documents. Frees the flock. Gives `code`, or why it could not be written.
 */
int flock_answer(struct flock_work *work, dun_flock *flock, int code);

/* flock_end, and the answer if there is a flock. */
int flock_finish(struct flock_work *work, dun_flock *flock, bool differences_count);

#endif
