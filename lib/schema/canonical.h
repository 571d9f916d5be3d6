/*
 * A catalog as one canonical text, and the fingerprint of that: two databases whose schemas are the same have
 * the same, whatever is in their rows and whichever server they are on. What a plan was made for, and what a
 * cache is kept under.
 */
#ifndef SCHEMA_CANONICAL_H
#define SCHEMA_CANONICAL_H

#include "base/str.h"
#include "schema/catalog.h"

enum { FINGERPRINT_LENGTH = 64 };

/* A line for each object, attribute and need, sorted; line feeds and backslashes in values are escaped. Sorts
 * the catalog. */
void canonical_text(struct str *to, struct catalog *catalog);

/* The SHA-256 of that text, in hexadecimal. Sorts the catalog. */
void canonical_fingerprint(struct catalog *catalog, char ret_hex[FINGERPRINT_LENGTH + 1]);

#endif
