/* A catalog of one schema taken for that of another: schemas of a database that are alike but for their
 * names. Used by alike.c. */
#ifndef DRIFT_RENAMING_H
#define DRIFT_RENAMING_H

#include "engine/engine.h"

/*
 * Does nothing in the catalog say the name of its schema, but where objects stand? Then it is that of a
 * schema of another name, too. Words that people or the server have written about it are not told apart, so
 * that a name that is a common word is found more often than it is meant.
 */
bool renaming_is_exact(const struct catalog *catalog, const char *schema);

/* A copy in the arena for which that holds, with its objects in the schema `called`. */
struct catalog *renaming_copy(struct arena *arena, const struct dun_engine *engine,
                              const struct catalog *catalog, const char *schema, const char *called);

#endif
