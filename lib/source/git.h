/*
 * What git knows: read with libgit2, which is opened when first needed. Nothing is checked
 * out, written or run, so it does not matter whose the repository is.
 */
#ifndef SOURCE_GIT_H
#define SOURCE_GIT_H

#include "base/arena.h"
#include "source/definitions.h"

/*
 * The id of the commit that is checked out where `folder` is, in hexadecimal; NULL when the folder is in no
 * repository, the repository has no commit yet, or libgit2 is not installed: for the record only, so no
 * error.
 */
const char *source_git_head(struct arena *arena, const char *folder);

struct source_revision {
    const char
        *folder; /* on disk: a repository, bare or not, or a folder in one. The folder of the project */
    const char *revision; /* as `git rev-parse` takes it: a branch, a tag, HEAD~2, the beginning of an id */
    const char *path;   /* of a folder or a *.sql file, from the root of the repository, or from `folder` when
                           it begins   with "./" or "../"; NULL: `schema` */
    const char *schema; /* the folder of definitions of the project, relative to `folder`; in a bare
                           repository to its root */
};

/*
 * The definitions as they were at a revision, as source_folder_definitions reads them from disk; but symbolic
 * links and submodules are not followed, with a warning. Fails with DUN_BAD_INPUT when there is no
 * repository, revision or path of that name, or git cannot read it; with DUN_FAILED when libgit2 is not
 * there; and as source_definitions_add does.
 */
bool source_git_definitions(struct arena *arena, enum sql_dialect dialect,
                            const struct source_revision *revision,
                            struct source_definitions **ret_definitions, dun_error *error);

#endif
