/* How the history table is written on this engine. */
#ifndef ENGINE_MYSQL_HISTORY_H
#define ENGINE_MYSQL_HISTORY_H

#include "engine/engine.h"

extern const struct engine_history mysql_history;

#endif
