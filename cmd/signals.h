/* Ctrl-C and its relatives. */
#ifndef CMD_SIGNALS_H
#define CMD_SIGNALS_H

#include <dunlin/cancel.h>

/* A pipe whose reader has gone is an error of the write, and no signal. */
void signals_ignore_closed_pipes(void);

/*
 * From now on SIGINT, SIGTERM and SIGHUP trigger `cancel`, and the program ends by itself, after it has
 * cleaned up; the second one says so, the third one ends it at once.
 */
void signals_trigger(dun_cancel *cancel);

#endif
