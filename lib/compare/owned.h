/* Sequences that belong to a column, as that of a serial one. For renames.c and subset.c. */
#ifndef COMPARE_OWNED_H
#define COMPARE_OWNED_H

#include "compare/compare.h"

/* The column that owns the sequence, in the same schema; NULL: none does. */
struct schema_object *owned_by(struct arena *arena, enum sql_dialect dialect, const struct catalog *catalog,
                               const struct schema_object *sequence);

/*
 * Adds to compare->renames the sequences of columns that get another name, be it by their table's: each
 * column keeps its sequence, and so where that stands. Only where a column has one on either side and nobody
 * says otherwise.
 */
void owned_add_renames(struct compare *compare);

#endif
