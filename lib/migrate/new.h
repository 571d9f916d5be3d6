/* Names of new migrations. For new.c and init.c. */
#ifndef MIGRATE_NEW_H
#define MIGRATE_NEW_H

#include "base/arena.h"

/* The time now, in UTC, as a version. */
const char *new_version(struct arena *arena);

#endif
