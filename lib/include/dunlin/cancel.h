/*
 * A token that ends work from outside. Every function that waits takes one in its options; once it is
 * triggered every wait ends at once, the statement under way is cancelled on the server, transactions roll
 * back, locks are released, and the function fails with DUN_INTERRUPTED.
 */
#ifndef DUNLIN_CANCEL_H
#define DUNLIN_CANCEL_H

#include <dunlin/api.h>

DUN_BEGIN_DECLS

typedef struct dun_cancel dun_cancel;

/* NULL when the process has no file descriptors left. */
DUN_API dun_cancel *dun_cancel_new(void);

/* May be called from any thread, and from a signal handler. A triggered token stays triggered. */
DUN_API void dun_cancel_trigger(dun_cancel *cancel);
DUN_API bool dun_cancel_triggered(const dun_cancel *cancel);

/* Not while a call that was given the token is running. NULL is allowed. */
DUN_API void dun_cancel_free(dun_cancel *cancel);

DUN_END_DECLS

#endif
