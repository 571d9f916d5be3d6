/* The name that somebody probably meant. */
#ifndef PROJECT_SUGGEST_H
#define PROJECT_SUGGEST_H

#include <stddef.h>

/* The nearest of the known names, if at most a third of its letters (and one at least) are wrong; otherwise
 * NULL. */
const char *suggest(const char *name, const char *const *known, size_t count);

#endif
