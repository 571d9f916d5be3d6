/* dunlin init. */
#ifndef CMD_INIT_H
#define CMD_INIT_H

#include "program.h"

/* Gives the exit code. */
int init(struct program *program);

#endif
