/* ${NAME}, ${NAME:-text} and $$ in the values of a config. */
#ifndef PROJECT_EXPAND_H
#define PROJECT_EXPAND_H

#include "base/arena.h"
#include "project/source.h"
#include "project/variables.h"

#include <dunlin/error.h>

#include <stdbool.h>

/* A value as it stands in the config. */
struct config_text {
    const char *text; /* NULL: not given */
    struct place place;
};

/*
 * The value with its variables replaced; those in the text of ${NAME:-text} too. Fails with DUN_BAD_INPUT at
 * the place of the value when a variable is not set (the message names it, and where it was looked for) or
 * when a "${" is not well formed. `ret_secret` (NULL: not wanted) tells whether anything came from a
 * variable, and so may not be shown.
 */
bool expand(const struct config_text *value, const struct source *source, const struct variables *variables,
            const char **ret_text, bool *ret_secret, dun_error *error);

/* Only whether each "${" is well formed, for values that may never be needed. */
bool expand_check(const struct config_text *value, const struct source *source, dun_error *error);

#endif
