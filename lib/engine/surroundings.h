/*
 * What may change how a server writes things, besides its version: its locale, the settings of the database
 * and of the role (engine_scratch.surroundings). What was read or proven on one database holds for another
 * with the same.
 */
#ifndef ENGINE_SURROUNDINGS_H
#define ENGINE_SURROUNDINGS_H

#include "db/driver.h"
#include "engine/engine.h"

/* The version, and what the query of the engine has answered; NULL: it has none. In the arena. */
const char *surroundings_text(struct arena *arena, const dun_connection *connection,
                              const dun_result *answer);

bool surroundings_ask(const struct dun_engine *engine, dun_connection *connection, struct arena *arena,
                      const char **ret_text, dun_error *error);

#endif
