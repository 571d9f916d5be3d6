/* Leaving objects out of a catalog by patterns of their names. */
#ifndef SOURCE_IGNORE_H
#define SOURCE_IGNORE_H

#include "schema/catalog.h"

#include <dunlin/schema.h>

#include <stdbool.h>

/* Is the object like one of the patterns? With `matched` (one a pattern; NULL: not wanted), all that it is
 * like are noted. */
bool source_is_ignored(const dun_ignore *patterns, size_t count, const struct schema_object *object,
                       bool *matched);

/* The catalog without what is ignored, and the parts of that; the catalog itself when there are no patterns.
 * In the arena. `matched` as above. */
struct catalog *source_without_ignored(struct arena *arena, struct catalog *catalog,
                                       const dun_ignore *patterns, size_t count, bool *matched);

#endif
