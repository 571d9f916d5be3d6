/*
 * Runs the scripts of migrations in a scratch place, in order, as `migrate up` would, but without a history.
 * Used for the source `migrations`, and by whatever tries migrations.
 */
#ifndef SOURCE_REPLAY_H
#define SOURCE_REPLAY_H

#include "engine/engine.h"
#include "source/load.h"

/*
 * Runs all statements of all files in their order, pipelined; each file is one transaction where the engine
 * allows that, and begins with the session's own settings. Fails with DUN_BAD_INPUT, file, line, column,
 * excerpt and number of the statement for the first that fails and for what reaches outside the place. The
 * way out is what calls for the same place tell each other: it begins empty, and names files of the caller's.
 */
bool source_replay(const struct dun_engine *engine, dun_connection *connection, const struct load_file *files,
                   size_t count, struct load_way_out *way_out, dun_error *error);

#endif
