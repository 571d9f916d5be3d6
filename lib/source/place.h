/* Scratch places as sources and proofs use them: opened where the settings say, and read. */
#ifndef SOURCE_PLACE_H
#define SOURCE_PLACE_H

#include "source/catalog.h"

/*
 * Opens a scratch place. `objects` is about how many it is to hold. DUN_USAGE when no server is known and the
 * engine needs one; DUN_FAILED with what to do when the server does not let us.
 */
bool source_place_open(const struct source_settings *settings, size_t objects,
                       struct engine_place **ret_place, dun_error *error);

/* Closes it, also after a cancellation; what cannot be dropped is left to the next sweep. NULL is allowed. */
void source_place_close(const struct source_settings *settings, struct engine_place *place);

/* The catalog of what is in the place, by the names that it would have in a database of its own. */
bool source_place_read(const struct source_settings *settings, struct engine_place *place,
                       struct arena *arena, struct catalog **ret_catalog, dun_error *error);

/* Is the place a schema in a transaction, because the role may make no database? Then only that schema is
 * read. */
bool source_place_is_schema(const struct engine_place *place);

#endif
