/* What the migrate commands share: find the target, ask where it is protected, run, answer. */
#ifndef CMD_MIGRATE_WORK_H
#define CMD_MIGRATE_WORK_H

#include "project.h"

#include <dunlin/flock.h>
#include <dunlin/migrate.h>

#include <stdbool.h>

struct migrate_work {
    struct program *program;
    dun_project *project;
    dun_migrate_options options;
    char user[PROJECT_USER_SIZE];
    char *waiting_for; /* what was told last about waiting; NULL: nothing */
    const char *verb;  /* "up", shown by the progress bar */
    bool is_flock;     /* there are several targets: migrate_flock is for them, and the options have no URL */
};

/*
 * Fills `options` from the command line and the project. With `many`, the environment may have several
 * targets. False and program->error on failure. Either way, migrate_work_close follows.
 */
bool migrate_work_open(struct migrate_work *work, struct program *program, const char *verb, bool many);
void migrate_work_close(struct migrate_work *work);

/* See project_confirm; a dry run needs no yes. */
bool migrate_work_confirm(struct migrate_work *work, const char *deed);

/* Progress on a terminal while the library works. Ends before anything else is written. */
void migrate_work_begin(struct migrate_work *work);

/* Tells warnings, answer, error and cost of a run; frees it. `run` may be NULL on failure. Gives the exit
 * code. */
int migrate_work_finish(struct migrate_work *work, dun_run *run, bool succeeded);

/* The same verb on every target of the environment, from finding them to the answer. Gives the exit code. */
int migrate_flock(struct migrate_work *work, enum dun_flock_verb verb);

/* The commands. Each gives the exit code. */
int migrate_new(struct program *program);
int migrate_up(struct program *program);
int migrate_down(struct program *program);
int migrate_status(struct program *program);
int migrate_baseline(struct program *program);
int migrate_resume(struct program *program);
int migrate_verify(struct program *program);

#endif
