/*
 * Runs scripts on a target, together with the journal that records their progress. A job is one script (a
 * migration, one way); many jobs go in one batch, so that they cost as few round trips as the engine allows.
 */
#ifndef RUN_JOBS_H
#define RUN_JOBS_H

#include "base/str.h"
#include "run/target.h"
#include "run/units.h"

#include <stdbool.h>
#include <stddef.h>

struct run_job {
    const char *file; /* what the script was split from, for messages */
    const char *text;
    size_t length;
    const struct sql_script *script;
    const struct run_units *units;
    const char *prologue; /* journal: makes the place where it is written; committed first; NULL: nothing */
    const char *before;   /* journal: committed before the first unit; NULL: nothing */
    bool before_joins;    /* `before` is the start of the first unit's transaction instead */
    const char *const *records; /* journal: one for each unit, committed with it (atomic) or right after it */
    const char *alone;          /* journal of a script without units: committed by itself; otherwise NULL */
    size_t start;      /* statements before this one were run earlier: their settings are set again first */
    const char *title; /* a comment in the text of a dry run */
};

struct run_failure {
    size_t job;
    bool prologue;      /* what makes the place of the journal has failed: nothing was run */
    bool has_statement; /* `statement` says how far the job came; otherwise it failed before its first unit */
    size_t statement;   /* the units that end before or at it are done and recorded; the count of the script:
                           all   of the job is */
    bool undone;        /* the unit that it is in is known to have had no effect; otherwise it is in doubt */
    bool partly;        /* it runs other statements (CALL), and what these did before it failed may stay */
};

/* A job is durable. `elapsed_ms`: since the one before it, or the start. */
typedef void (*run_job_done)(void *user, size_t job, int64_t elapsed_ms);

/*
 * Runs the jobs in order and stops at the first failure; what is open then is rolled back. `done` is called
 * for each job when it is durable. On failure the jobs before it may be durable without `done` having been
 * called: the journal knows. The error has file, line, column, excerpt and "statement k of n".
 */
bool run_jobs(struct run_target *target, const struct run_job *jobs, size_t count, run_job_done done,
              void *user, struct run_failure *ret_failure, dun_error *error);

/* Writes what run_jobs would send, as a script that the plain client of the engine reads. */
void run_jobs_text(struct str *to, const struct run_target *target, const struct run_job *jobs, size_t count);

#endif
