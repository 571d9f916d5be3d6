/* The scratch places of this engine; see engine/engine.h. */
#ifndef ENGINE_MYSQL_SCRATCH_H
#define ENGINE_MYSQL_SCRATCH_H

#include "engine/engine.h"

extern const struct engine_scratch mysql_scratch;

/* scratch_sql.c: its contract is that of engine_scratch.reaches_outside. */
const char *mysql_engine_scratch_reaches_outside(const char *sql, size_t length);

#endif
