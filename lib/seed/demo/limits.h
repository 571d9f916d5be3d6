/* What CHECK constraints allow a column to be, as far as they were understood. */
#ifndef SEED_DEMO_LIMITS_H
#define SEED_DEMO_LIMITS_H

#include "base/vector.h"
#include "seed/demo/check.h"
#include "seed/demo/type.h"

struct demo_limits {
    bool not_null, must_be_null;
    bool has_low, has_high, above_low, below_high; /* above: the bound itself is left out */
    long double low, high;                         /* numbers; of dates and moments the seconds */
    size_t least, most;                            /* characters; most 0: any number */
    bool upper, lower, json;
    bool narrowed; /* only `allowed` may be */
    VECTOR(const char *) allowed;
    VECTOR(const char *) excluded;
    VECTOR(struct demo_pattern) patterns;
};

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

/* Adds what the expression says. False: not all of it was understood. */
bool demo_restrict(struct demo_restrictions *restrictions, const struct demo_check *check);

/* May the text be a value of the column, as far as texts are concerned? */
bool demo_limits_admit(const struct demo_limits *limits, const char *text, size_t length);

size_t demo_characters(const char *text, size_t length);

#endif
