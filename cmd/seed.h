/* dunlin seed */
#ifndef CMD_SEED_H
#define CMD_SEED_H

#include "program.h"

/* Gives the exit code. */
int seed(struct program *program);

#endif
