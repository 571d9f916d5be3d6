/* What the forms of dunlin drift share. */
#ifndef CMD_DRIFT_WORK_H
#define CMD_DRIFT_WORK_H

#include "sources.h"

#include <dunlin/drift.h>
#include <dunlin/report.h>

struct drift_work {
    struct program *program;
    struct sources sources;
    dun_drift_options options;
    dun_seed_options data; /* what options.data points to, if it does */
};

/* drift_answer.c: writes the report of what was found, in the format that is asked for, and gives `code`. */
int drift_answer(struct program *program, const dun_drift_finding *findings, size_t count, int code);

/* drift_flock.c: every target of the environment, from finding them to the answer. Gives the exit code. */
int drift_flock(struct drift_work *work);

#endif
