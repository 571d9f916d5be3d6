/* A plan as callers of the library are told it (<dunlin/plan.h>). Made by whatever gives one away; in an
 * arena of the caller's. */
#ifndef COMPARE_TOLD_H
#define COMPARE_TOLD_H

#include "compare/prove.h"

#include <dunlin/plan.h>

/* Everything is copied, so the compare may be closed. `proof` may be NULL: nobody has tried. */
dun_plan *told_plan(struct arena *arena, const struct compare *compare, const struct plan *plan,
                    const struct proof *proof);

/* The words of a set of hazards, ended by NULL. In the arena. */
const char *const *told_hazards(struct arena *arena, unsigned hazards);

#endif
