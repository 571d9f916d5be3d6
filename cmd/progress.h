/*
 * What a long run is doing, on one line of the terminal that is redrawn and in the end removed:
 *
 *     up  [############........] 120/200 20240101_orders
 *
 * It shows itself after half a second and changes at most ten times a second. There is one at a time.
 */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include <stddef.h>

/* Begins: "up", or whatever is done, without a total yet. */
void progress_begin(const char *what);

/* `text` is what was done last, or NULL; a total of 0 is unknown. Does nothing unless progress was begun. */
void progress_update(size_t done, size_t total, const char *text);

/* Removes the line for a while, so that something else can be written; the next redrawing brings it back. */
void progress_hide(void);

/* Removes the line for good. */
void progress_end(void);

#endif
