/* --help, made from the tables. Each text fits a terminal of 24 lines and 80 columns. */
#ifndef CMD_HELP_H
#define CMD_HELP_H

#include "command_table.h"

#include <stdio.h>

/* Of the command; of dunlin as a whole for NULL. */
void help_write(FILE *out, const struct command_row *command);

/* "dunlin migrate up [N | --to VERSION]"; also for the manual pages. */
void help_write_synopsis(FILE *out, const struct command_row *command);

#endif
