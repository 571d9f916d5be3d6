/*
 * What the texts of one schema name in other schemas of the live database: the relations of a view, a
 * function in a default, the type of a column. It is read as it is there, with all that it needs, so that a
 * plan can be tried with it. Used by outside.c.
 */
#ifndef COMPARE_ELSEWHERE_H
#define COMPARE_ELSEWHERE_H

#include "compare/compare.h"

/*
 * In the arena of the compare. NULL: nothing of the kind is named, or there is no database to look at. That a
 * foreign key refers to something is no reason to look: its columns say what that has to be.
 */
bool elsewhere_read(const struct compare *compare, struct catalog **ret_catalog, dun_error *error);

#endif
