/*
 * The folder of the definitions as a tree of a commit, whatever it was called then, and which files differ
 * between two of them. For git_history.c.
 */
#ifndef SOURCE_GIT_TREES_H
#define SOURCE_GIT_TREES_H

#include "source/git_history.h"
#include "source/git_reading.h"

/*
 * The tree of the definitions in a commit, to be freed with git_tree_free, and the folder's name there, from
 * the root of the repository; NULL: it has none. `after`, which may be NULL, is what the folder is one commit
 * later: a name that it has lost since is added to reading->former.
 */
bool git_trees_of_commit(const struct git_reading *reading, const git_oid *id, const git_tree *after,
                         git_tree **ret_tree, const char **ret_folder);

/* Adds the files that differ to the changes, by path. Either may be NULL. Only folders that differ are
 * opened. */
bool git_trees_compare(const struct git_reading *reading, const git_tree *before, const git_tree *after,
                       struct git_commit_changes *changes);

/* The file of that path; NULL: it did not change. */
const struct git_changed_file *git_trees_find_file(const struct git_commit_changes *changes,
                                                   const char *path);

/* An id in hexadecimal, in the arena; NULL for NULL. */
const char *git_trees_hex(struct arena *arena, const git_oid *id);

#endif
