/* The terminal, if there is one: colours and questions. Progress is in progress.h. */
#ifndef CMD_TERMINAL_H
#define CMD_TERMINAL_H

#include "options.h"

#include <dunlin/cancel.h>

#include <stdbool.h>

/* Whether what is written to the descriptor may have colours, by --color, NO_COLOR, TERM and what the
 * descriptor is. */
bool terminal_color(int descriptor, int color_choice);

/* A terminal that can move its cursor: not TERM=dumb. */
bool terminal_is_capable(int descriptor);

/* The columns of the terminal at the descriptor, as they are now; 0: it is none, or does not say. */
unsigned terminal_columns(int descriptor);

/* Whether there is somebody to ask. */
bool terminal_can_ask(void);

/* Asks on standard error and reads a line of standard input: true for "y" or "yes". Cancelling ends the wait:
 * false. */
bool terminal_ask(const char *question, const dun_cancel *cancel);

#endif
