/*
 * A catalog as bytes, for a cache: small, quickly written and read, and of no use to anybody else (snapshots
 * are JSON). Read by the dunlin that wrote it only: the lists of kinds and attributes are part of it.
 */
#ifndef SCHEMA_STORE_H
#define SCHEMA_STORE_H

#include "base/str.h"
#include "schema/catalog.h"

#include <stdbool.h>
#include <stddef.h>

void store_write(struct str *to, const struct catalog *catalog);

/* NULL: the bytes are not what store_write of this dunlin has written, to the last one. In the arena. */
struct catalog *store_read(struct arena *arena, const char *bytes, size_t length);

/* Sets the first line and the sum of bytes that have been changed, or were written by a dunlin of before. For
 * tests that want to be read further than those. */
void store_seal(char *bytes, size_t length);

#endif
