/* dunlin inspect. */
#ifndef CMD_INSPECT_H
#define CMD_INSPECT_H

#include "program.h"

/* Gives the exit code. */
int inspect(struct program *program);

#endif
