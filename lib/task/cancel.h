/* The inside of a dun_cancel, for this floor. */
#ifndef TASK_CANCEL_H
#define TASK_CANCEL_H

#include <dunlin/cancel.h>

/* Becomes readable when the token is triggered, and stays so. */
int cancel_descriptor(const dun_cancel *cancel);

/* Both ends of a new pipe, close-on-exec and non-blocking; false: none left. */
bool cancel_pipe(int ret_ends[2]);

#endif
