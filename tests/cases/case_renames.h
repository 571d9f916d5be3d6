/*
 * Renames are tried on a part of the schema; here they are tried on all of it, and both must tell the same.
 * For the runner.
 */
#ifndef CASES_CASE_RENAMES_H
#define CASES_CASE_RENAMES_H

#include "compare/compare.h"

/*
 * The differences between what compare->renamed says and what the server tells of the whole schema after the
 * renames; NULL without renames. In the arena of the compare.
 */
bool case_renames_tried_whole(struct compare *compare, struct diff **ret_diff, dun_error *error);

#endif
