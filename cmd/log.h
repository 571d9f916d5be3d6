/* dunlin log */
#ifndef CMD_LOG_H
#define CMD_LOG_H

#include "program.h"

/* Gives the exit code. */
int show_log(struct program *program);

#endif
