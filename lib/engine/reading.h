/* One statement that only reads, whatever its text says. For the queries of a flock and of `discover`. */
#ifndef ENGINE_READING_H
#define ENGINE_READING_H

#include "engine/engine.h"

/* The one statement of the text, as the engine's client would find it. NULL: DUN_USAGE for none or
 * several, DUN_BAD_INPUT for what is not closed. */
const char *reading_statement(struct arena *arena, const struct dun_engine *engine, const char *text,
                              dun_error *error);

/* From here on the session refuses to write, as far as the engine can. */
bool reading_begin(dun_connection *connection, const struct dun_engine *engine, dun_error *error);

#endif
