/* Reading .env. */
#ifndef PROJECT_DOTENV_H
#define PROJECT_DOTENV_H

#include "project/source.h"
#include "project/variables.h"

/*
 * Adds what a .env file says, for the names that the process does not have; of two lines the later counts. A
 * line is
 *
 *     NAME=value   export NAME=value   NAME='as it stands'   NAME="with \n, \", \\ and \$"   # comment
 *
 * Quoted values may go over several lines. A value without quotes ends before " #" and loses the blanks
 * around it. Variables are not replaced in values. What is no such line becomes a warning, which never shows
 * the line.
 */
void dotenv_add(struct variables *variables, const struct source *source);

/* Reads a file if it is there. One that cannot be read is a warning: it may belong to another program. */
void dotenv_read(struct variables *variables, const char *file);

#endif
