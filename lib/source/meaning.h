/* What definitions and migrations mean: from the cache, or by running them in a scratch place. For catalog.c.
 */
#ifndef SOURCE_MEANING_H
#define SOURCE_MEANING_H

#include "source/catalog.h"
#include "source/load.h"

/* Sets the catalog of the source, `cached`, and with `keep_place` the place. */
bool meaning_of_definitions(struct source_catalog *source, const struct source_definitions *definitions,
                            bool keep_place, dun_error *error);
bool meaning_of_migrations(struct source_catalog *source, const struct load_file *files, size_t count,
                           bool keep_place, dun_error *error);

#endif
