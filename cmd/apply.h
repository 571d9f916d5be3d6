/* dunlin apply. */
#ifndef CMD_APPLY_H
#define CMD_APPLY_H

#include "program.h"

/* Gives the exit code. */
int apply(struct program *program);

#endif
