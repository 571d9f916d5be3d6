/*
 * The part of `from` that a plan has to do with: what it touches, what needs that, and what all of these
 * need. Small where the change is small, however large the schema is. For proofs, and for trying renames.
 *
 * A rename touches, besides, whatever mentions the name in a text, for no server tells what a routine uses.
 * The server may write the new name into anything that needs what is renamed, so a table of which that is
 * said of a part is there with all its parts.
 */
#ifndef COMPARE_SUBSET_H
#define COMPARE_SUBSET_H

#include "compare/compare.h"

struct subset;

/* Of the catalog of compare->from; in the arena. Linear in the number of objects and needs, and in the texts.
 */
struct subset *subset_of_renames(struct arena *arena, const struct compare *compare);

/* The same for compare->renames and then compare->diff, which is between compare->renamed and `to`. */
struct subset *subset_of_plan(struct arena *arena, const struct compare *compare);

/* Is the object of that catalog in it? */
bool subset_has(const struct subset *subset, const struct schema_object *object);

/* And all of its parts? */
bool subset_is_complete(const struct subset *subset, const struct schema_object *object);

/* A catalog of what is in it. */
struct catalog *subset_catalog(struct arena *arena, const struct subset *subset);

#endif
