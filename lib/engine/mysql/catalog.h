/* Reading the catalog of a database of MySQL or MariaDB. */
#ifndef ENGINE_MYSQL_CATALOG_H
#define ENGINE_MYSQL_CATALOG_H

#include "engine/engine.h"

extern const struct engine_catalog mysql_catalog;

#endif
