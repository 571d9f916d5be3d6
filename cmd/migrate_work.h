/* What the migrate commands share: find the target, ask where it is protected, run, answer. */
#ifndef CMD_MIGRATE_WORK_H
#define CMD_MIGRATE_WORK_H

#include "program.h"

#include <dunlin/migrate.h>
#include <dunlin/project.h>

#include <stdbool.h>

enum { MOST_APPLIED_BY = 320 };

struct migrate_work {
    struct program *program;
    dun_project *project;
    dun_migrate_options options;
    char applied_by[MOST_APPLIED_BY];
    char *waiting_for; /* what was told last about waiting; NULL: nothing */
    const char *verb;  /* "up", shown by the progress bar */
};

/* The project alone, for commands that touch no database; its warnings are told. NULL and program->error on
 * failure. */
dun_project *migrate_open_project(struct program *program);

/*
 * Fills `options` from the command line and the project. False and program->error on failure. Either way,
 * migrate_work_close follows.
 */
bool migrate_work_open(struct migrate_work *work, struct program *program, const char *verb);
void migrate_work_close(struct migrate_work *work);

/*
 * Where the environment is protected, wants --yes, or a yes on the terminal to "DEED the protected
 * environment?". False and program->error when there is none.
 */
bool migrate_work_confirm(struct migrate_work *work, const char *deed);

/* Progress on a terminal while the library works. Ends before anything else is written. */
void migrate_work_begin(struct migrate_work *work);

/* Tells warnings, answer, error and cost of a run; frees it. `run` may be NULL on failure. Gives the exit
 * code. */
int migrate_work_finish(struct migrate_work *work, dun_run *run, bool succeeded);

/* For the warnings of a status or a run. */
void migrate_tell_warnings(const struct program *program, const dun_warning *warnings, size_t count);

/* The commands. Each gives the exit code. */
int migrate_new(struct program *program);
int migrate_up(struct program *program);
int migrate_down(struct program *program);
int migrate_status(struct program *program);
int migrate_baseline(struct program *program);
int migrate_resume(struct program *program);

#endif
