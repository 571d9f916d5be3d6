/* The lock of this engine: GET_LOCK. */
#ifndef ENGINE_MYSQL_LOCK_H
#define ENGINE_MYSQL_LOCK_H

#include "engine/engine.h"

extern const struct engine_lock mysql_lock;

#endif
