/*
 * A hash table from texts to what contains them, for catalog.c: an entry is a pointer and a hash, and the
 * text is compared where it stands anyhow. There is one for each object of a database, which makes it worth
 * having beside base/map.h.
 */
#ifndef SCHEMA_LOOKUP_H
#define SCHEMA_LOOKUP_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zeroes: empty. */
struct lookup {
    uint32_t *hashes; /* 0: free */
    void **items;
    size_t count, capacity; /* a power of two, at most three quarters full */
};

uint32_t lookup_hash(const char *text); /* never 0 */

/* NULL: not there. */
void *lookup_get(const struct lookup *lookup, uint32_t hash, const char *text,
                 bool (*is)(const void *item, const char *text));

/* There must be none of that text. */
void lookup_add(struct arena *arena, struct lookup *lookup, uint32_t hash, void *item);

#endif
