/* `from` after the renames. For compare.c. */
#ifndef COMPARE_RENAMED_H
#define COMPARE_RENAMED_H

#include "compare/compare.h"

/*
 * Tries the renames in a scratch copy of what they touch, and sets compare->renamed: of what is there with
 * all its parts, what the server tells after the renames; of the rest, what `from` says.
 */
bool renamed_try(struct compare *compare, dun_error *error);

#endif
