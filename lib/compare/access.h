/*
 * Owners and grants of what a plan drops and creates again. Where they are not compared, they are read from
 * the source that the plan begins with, and the plan gives them back; what default privileges would grant on
 * the way, it revokes. For compare.c.
 */
#ifndef COMPARE_ACCESS_H
#define COMPARE_ACCESS_H

#include "compare/compare.h"

/* Would what is created again have others, and can they be read? */
bool access_would_go(const struct compare *compare);

/* The plan of the differences, with them. In the arena of the compare. */
struct plan *access_plan(struct compare *compare, const struct plan_options *options, dun_error *error);

#endif
