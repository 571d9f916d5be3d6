/*
 * What one schema names in others, so that it can be made in a scratch place: for the tables of foreign keys,
 * stand-ins of the columns that are referred to; where views, defaults and the like name something, that as
 * it is in the live database (elsewhere.h).
 */
#ifndef COMPARE_OUTSIDE_H
#define COMPARE_OUTSIDE_H

#include "compare/compare.h"

/* Makes them in an empty place, for both sides; nothing to do where whole databases are compared. */
bool outside_make(const struct compare *compare, struct engine_place *place, dun_error *error);

#endif
