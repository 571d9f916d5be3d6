/* Opening a connection to a server that may not be there yet. Used by pools, and by whatever acts on a
 * target. */
#ifndef ENGINE_OPEN_H
#define ENGINE_OPEN_H

#include "engine/engine.h"

/*
 * Opens a connection. While the server is not there yet (see may_come_up in db/driver.h), tries again after
 * 100 ms, later after up to a second, for `wait_ms`; 0: one attempt. One that has no connection free
 * (is_full) is tried for ten seconds at least: others, often of the same flock, end soon. The scope ends the
 * waiting, too.
 */
bool engine_open(const struct dun_engine *engine, const struct db_url *url,
                 const struct db_open_options *options, int64_t wait_ms, dun_connection **ret_connection,
                 dun_error *error);

#endif
