/* The renames that annotations in definitions ask for. For compare.c. */
#ifndef COMPARE_RENAMES_H
#define COMPARE_RENAMES_H

#include "compare/compare.h"

/*
 * Fills compare->renames. An object that is in `from` under its old name only is renamed; one that is there
 * under the new name is done already, unless that is somebody else's old name who is still to leave it: of
 * "b from a, c from b" both are renamed where there is no c. Names that go round are told apart by what has
 * them (compare/rounds.h). Annotations in the definitions of `from` are read backwards: that is the way back.
 * Fails with DUN_BAD_INPUT at an annotation that means no object, an old name that `from` does not have, or
 * a round of which nothing tells whether it was made.
 */
bool renames_find(struct compare *compare, dun_error *error);

/*
 * Has the renames drop, first of all, the views that use what is renamed, and those that use these: SQLite
 * renames no column while that would leave a view without one that it reads. The rest of the plan creates
 * them again. False: there are none.
 */
bool renames_drop_views(struct compare *compare);

/* The statements of the renames; an empty plan when there are none. In the arena of the compare. */
struct plan *renames_plan(struct compare *compare, const struct plan_options *options, dun_error *error);

#endif
