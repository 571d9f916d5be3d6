/*
 * The rows of a table by the values of some of its columns: what a foreign key may choose from when another
 * one has settled part of it, as that of the tenant. Built once when the plan is settled; 4 bytes a row, and
 * some 24 for each combination of values.
 */
#ifndef SEED_DEMO_INDEX_H
#define SEED_DEMO_INDEX_H

#include "seed/demo/plan.h"

/* Numbers of rows of a pool (those of the database first), rising. They live as long as the plan. */
struct demo_rows_of {
    const uint32_t *rows;
    size_t count;
};

/* Of `rows`, or of all where that is NULL; rows with a NULL in the columns are in no group. */
struct demo_index *demo_index_make(struct arena *arena, const struct demo_table *table, size_t count,
                                   const size_t *columns, const struct demo_rows_of *rows);

/* Those with the values that the key stands for; none: a count of 0. */
struct demo_rows_of demo_index_find(const struct demo_index *index, uint64_t key);

/* What stands for the values of the columns in a row of the pool. False: one of them is NULL. */
bool demo_index_key(const struct demo_table *table, size_t count, const size_t *columns, uint64_t row,
                    uint64_t *ret_key);

#endif
