/* What a column may be: filled in from CHECK constraints (restrict.h), read by what makes its values. */
#ifndef SEED_DEMO_LIMITS_H
#define SEED_DEMO_LIMITS_H

#include "base/vector.h"
#include "seed/demo/check.h"

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

/* Nothing below that number, or above it; `above` and `below`: nor the number itself. What is narrower
 * already stays. */
void demo_limits_raise(struct demo_limits *limits, long double low, bool above);
void demo_limits_lower(struct demo_limits *limits, long double high, bool below);

/* The value is so to the number. False: that cannot be said as a bound. */
bool demo_limits_compare(struct demo_limits *limits, enum demo_comparison comparison, long double number);

/* Only these texts, which are not copied, and of them only what was allowed before. */
void demo_limits_narrow(struct arena *arena, struct demo_limits *limits, size_t count,
                        const char *const *texts);

/* May the text be a value of the column, as far as texts are concerned? */
bool demo_limits_admit(const struct demo_limits *limits, const char *text, size_t length);

/* Of UTF-8; the length is in bytes. */
size_t demo_characters(const char *text, size_t length);

#endif
