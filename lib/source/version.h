/*
 * Versions of migrations: how they are written in file names, and how they order. The rule is in
 * <dunlin/migrate.h>.
 */
#ifndef SOURCE_VERSION_H
#define SOURCE_VERSION_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* How many bytes at the start of `text` are a version (digits, with single dashes between them); 0: none. */
size_t version_length(const char *text);

/*
 * What orders versions (by version_compare) and makes them equal: two versions are the same when their keys
 * are equal texts. "" for a version of zeros only. In the arena.
 */
const char *version_key(struct arena *arena, const char *version);

/* Order of two keys: < 0, 0, > 0. */
int version_compare(const char *key, const char *other);

#endif
