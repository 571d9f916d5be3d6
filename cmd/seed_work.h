/* What the two forms of dunlin seed share. */
#ifndef CMD_SEED_WORK_H
#define CMD_SEED_WORK_H

#include "project.h"

#include <dunlin/demo.h>

#include <stdbool.h>
#include <stdint.h>

enum { MOST_MASKS = 100 };

struct seed_work {
    struct program *program;
    dun_project *project;
    bool many; /* targets: the URL of the options is not set */
    dun_seed_options options;
    dun_seed_capture capture;
    dun_demo_options demo; /* with counts, rows are made up */
    char applied_by[PROJECT_USER_SIZE];
    const char *names[MOST_OPERANDS + 1];
    char *mask_text; /* the option, cut at its commas */
    const char *masks[MOST_MASKS + 1];
    int64_t started_ms;
};

/* Every target of the environment, from finding them to the answer. Gives the exit code. */
int seed_flock(struct seed_work *work);

#endif
