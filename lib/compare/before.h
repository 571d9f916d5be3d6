/* What objects of compare->renamed were in compare->from before the renames. For subset.c, prove.c and
 * renamed.c.
 */
#ifndef COMPARE_BEFORE_H
#define COMPARE_BEFORE_H

#include "compare/compare.h"

/* Reads off the names of a catalog that was read after the renames what each object was before. */
void before_note(struct compare *compare, const struct catalog *after);

/* The name that the schema has before the renames. NULL is allowed. */
const char *before_schema(const struct compare *compare, const char *schema);

/*
 * The object of compare->from; NULL: the server gave it another name that no annotation speaks of, or it came
 * with the renames. NULL is allowed.
 */
struct schema_object *before_renames(const struct compare *compare, const struct schema_object *object);

#endif
