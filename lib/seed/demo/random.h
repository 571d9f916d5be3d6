/*
 * Numbers that look random and follow from other numbers: no state, so that a value of a row is the same
 * whatever was made before it. Used by everything that makes demo data.
 */
#ifndef SEED_DEMO_RANDOM_H
#define SEED_DEMO_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

/* All 64 bits of the result depend on all of the number, and no two numbers give the same. */
uint64_t demo_mix(uint64_t number);

/* A hash of the text that goes on from another one. */
uint64_t demo_hash(uint64_t from, const char *text);

/* The draw of a row in the series that `base` names. */
uint64_t demo_draw(uint64_t base, uint64_t row);

/* Is the row one of those that have the share of all? */
bool demo_comes_up(uint64_t base, uint64_t row, double share);

/* A draw as a number below `size`, which is not 0. */
uint64_t demo_scale(uint64_t draw, uint64_t size);

/* The same, but few numbers come up very often and most seldom, as customers do in orders (Zipf's law). Small
 * ones come up most. */
uint64_t demo_scale_skewed(uint64_t draw, uint64_t size);

/* A permutation of the numbers below `size`: each comes out for exactly one. `number` must be below `size`.
 */
uint64_t demo_permute(uint64_t base, uint64_t number, uint64_t size);

#endif
