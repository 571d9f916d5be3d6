/* Catalogs kept in files from run to run, by a key that holds all that may change them. For meaning.c. */
#ifndef SOURCE_CACHE_H
#define SOURCE_CACHE_H

#include "schema/catalog.h"

#include <stdbool.h>

/* False: it is not there, or not as it was written, which is nobody's error. `folder` may be NULL. The
 * catalog is in the arena. */
bool cache_get(const char *folder, const char *key, struct arena *arena, struct catalog **ret_catalog);

/*
 * Keeps it, for this user only; the folder is made when it is not there, and what was used longest ago goes
 * when there is too much. False: it could not be kept, which costs time, and nothing else.
 */
bool cache_put(const char *folder, const char *key, const struct catalog *catalog);

#endif
