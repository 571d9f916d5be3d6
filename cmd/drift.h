/* dunlin drift */
#ifndef CMD_DRIFT_H
#define CMD_DRIFT_H

#include "program.h"

/* Gives the exit code. */
int drift(struct program *program);

#endif
