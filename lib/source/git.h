/* What git knows: the only file that speaks to libgit2, which is opened when first needed. */
#ifndef SOURCE_GIT_H
#define SOURCE_GIT_H

#include "base/arena.h"

/*
 * The id of the commit that is checked out where `folder` is, in hexadecimal; NULL when the folder is in no
 * repository, the repository has no commit yet, or libgit2 is not installed: for the record only, so no
 * error.
 */
const char *source_git_head(struct arena *arena, const char *folder);

#endif
