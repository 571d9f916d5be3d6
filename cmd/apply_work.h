/* What the two forms of dunlin apply share. */
#ifndef CMD_APPLY_WORK_H
#define CMD_APPLY_WORK_H

#include "sources.h"

#include <dunlin/apply.h>

struct apply_work {
    struct program *program;
    struct sources sources;
    dun_apply_options options;
    bool asks;  /* there is somebody to ask */
    bool shown; /* the plan has been shown already */
};

/* Every target of the environment, from finding them to the answer. Gives the exit code. */
int apply_flock(struct apply_work *work);

#endif
