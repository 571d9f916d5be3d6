/* Listing databases, as a row of the table of engines. */
#ifndef ENGINE_MYSQL_TENANTS_H
#define ENGINE_MYSQL_TENANTS_H

#include "engine/engine.h"

extern const struct engine_tenants mysql_tenants;

#endif
