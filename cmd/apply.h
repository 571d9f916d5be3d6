/* dunlin apply. */
#ifndef CMD_APPLY_H
#define CMD_APPLY_H

#include "program.h"

/* Gives the exit code. */
int apply(struct program *program);

/* The same with another source than that of the command line. */
int apply_source(struct program *program, const char *source);

#endif
