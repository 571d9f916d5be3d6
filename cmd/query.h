/* dunlin query */
#ifndef CMD_QUERY_H
#define CMD_QUERY_H

#include "program.h"

/* Gives the exit code. */
int query(struct program *program);

#endif
