/* A unique key while it is being settled. For keys.c and keys_together.c. */
#ifndef SEED_DEMO_KEYS_H
#define SEED_DEMO_KEYS_H

#include "seed/demo/plan.h"

/* A choice of the row that columns of a key follow from. */
struct demo_key_part {
    struct demo_choice *choice;
    struct demo_column *column; /* NULL: of a reference */
    struct demo_reference *reference;
    uint64_t size;
    bool whole; /* no two rows of what it refers to have the same values in the key */
};

struct demo_settling {
    struct demo_plan *plan;
    struct demo_table *table;
    struct demo_key_part parts[DEMO_KEY_MOST];
    size_t count;
};

/* At most 2^62. */
uint64_t demo_keys_multiply(uint64_t a, uint64_t b);

/* The table gets no more rows than that; the reason is told. */
void demo_keys_lessen(struct demo_settling *settling, uint64_t most, const char *reason);

/* No part of the key is NULL. */
void demo_keys_forbid_null(struct demo_settling *settling);

/* Neither its default nor another column of the row says what it is. */
void demo_keys_take_for_itself(struct demo_column *column);

/* Cuts the number of a row into digits, one for each part. False: the parts are not free to be chosen so. */
bool demo_keys_settle_together(struct demo_settling *settling);

#endif
