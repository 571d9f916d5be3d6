/* What callers of the library are told of a comparison: its plan (<dunlin/plan.h>) and its warnings. Made by
 * whatever gives them away; in an arena of the caller's. */
#ifndef COMPARE_TOLD_H
#define COMPARE_TOLD_H

#include "compare/prove.h"

#include <dunlin/plan.h>

/* Everything is copied, so the compare may be closed. `proof` may be NULL: nobody has tried. */
dun_plan *told_plan(struct arena *arena, const struct compare *compare, const struct plan *plan,
                    const struct proof *proof);

typedef VECTOR(dun_warning) told_warning_list;

/* Adds what both sources warn of, and that servers of two versions may write one thing in two ways. Copied.
 */
void told_warnings(struct arena *arena, told_warning_list *warnings, const struct compare *compare);

/* Adds a warning of each pattern that is like nothing, with its place in the configuration. */
void told_unused_ignores(struct arena *arena, told_warning_list *warnings, const dun_ignore *patterns,
                         size_t count, const bool *matched);

/* The words of a set of hazards, ended by NULL. In the arena. */
const char *const *told_hazards(struct arena *arena, unsigned hazards);

#endif
