/* Paths as texts: what a path on disk is called in a repository. For git.c. */
#ifndef SOURCE_PATH_H
#define SOURCE_PATH_H

#include "base/arena.h"

/*
 * BASE/PATH without empty parts, ".", ".." and slashes at its edges; "" is the root. NULL: it leads out of
 * the root. Both are relative to the root, even when they begin with a slash. Links are not followed.
 */
const char *source_path_join(struct arena *arena, const char *base, const char *path);

/* What follows `folder` in `path`, without slashes at its beginning; NULL: it is not below and not the
 * folder. */
const char *source_path_below(const char *folder, const char *path);

#endif
