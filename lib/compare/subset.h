/*
 * The part of `from` that a plan has to do with: what it touches, what needs that, and what all of these
 * need. Small where the change is small, however large the schema is. For proofs.
 */
#ifndef COMPARE_SUBSET_H
#define COMPARE_SUBSET_H

#include "compare/compare.h"

struct subset;

/* Of the catalog `compare->renamed`; in the arena. Linear in the number of objects and needs. */
struct subset *subset_of_diff(struct arena *arena, const struct compare *compare);

/* Is the object of that catalog in it? */
bool subset_has(const struct subset *subset, const struct schema_object *object);

/* A catalog of what is in it. */
struct catalog *subset_catalog(struct arena *arena, const struct subset *subset);

#endif
