/* What CHECK constraints, as far as they are understood, say of the columns of a table. Used by relations.c.
 */
#ifndef SEED_DEMO_RESTRICT_H
#define SEED_DEMO_RESTRICT_H

#include "seed/demo/limits.h"
#include "seed/demo/type.h"
#include "seed/table.h"

/* One column is so to another in every row. */
struct demo_relation {
    size_t column, other;
    enum demo_comparison comparison;
};

struct demo_restrictions {
    struct arena *arena;
    const struct seed_table *table;
    const struct demo_type *types;
    struct demo_limits *limits; /* one a column */
    VECTOR(struct demo_relation) relations;
    size_t value; /* the column that VALUE of a domain stands for */
};

/* Adds what the expression of a check says. False: not all of it was understood. */
bool demo_restrict(struct demo_restrictions *restrictions, const struct demo_check *check);

#endif
