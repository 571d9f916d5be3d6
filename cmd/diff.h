/* dunlin diff. */
#ifndef CMD_DIFF_H
#define CMD_DIFF_H

#include "program.h"

/* Gives the exit code. */
int diff(struct program *program);

#endif
