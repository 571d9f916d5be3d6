/* What is asked of raw catalogs (engine_catalog.read_raw), whichever engine they are of. */
#include "engine/engine.h"

#include <string.h>

bool catalog_raw_is_same(const struct catalog_raw *a, const struct catalog_raw *b)
{
    return a->bytes && b->bytes && a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}
