/*
 * What the foreign keys of one schema refer to in others, which are not read: stand-ins for those tables, of
 * the columns that are referred to, so that the keys can be made in a scratch place.
 */
#ifndef COMPARE_OUTSIDE_H
#define COMPARE_OUTSIDE_H

#include "compare/compare.h"

/* Makes them in an empty place, for both sides; nothing to do where whole databases are compared. */
bool outside_make(const struct compare *compare, struct engine_place *place, dun_error *error);

#endif
