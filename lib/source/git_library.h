/* libgit2, opened when first needed: its functions as pointers. For the files git*.c of this floor. */
#ifndef SOURCE_GIT_LIBRARY_H
#define SOURCE_GIT_LIBRARY_H

#include "base/library.h"

#include <dunlin/error.h>

#include <git2.h>

#include <stdbool.h>

#define LIBGIT2_FUNCTIONS(X)      \
    X(git_libgit2_init)           \
    X(git_libgit2_opts)           \
    X(git_error_last)             \
    X(git_repository_open_ext)    \
    X(git_repository_free)        \
    X(git_repository_path)        \
    X(git_repository_workdir)     \
    X(git_repository_is_shallow)  \
    X(git_repository_head_unborn) \
    X(git_reference_name_to_id)   \
    X(git_reference_list)         \
    X(git_strarray_dispose)       \
    X(git_oid_tostr)              \
    X(git_revparse_single)        \
    X(git_object_peel)            \
    X(git_object_free)            \
    X(git_tree_lookup)            \
    X(git_tree_free)              \
    X(git_tree_id)                \
    X(git_tree_entrycount)        \
    X(git_tree_entry_byindex)     \
    X(git_tree_entry_byname)      \
    X(git_tree_entry_name)        \
    X(git_tree_entry_id)          \
    X(git_tree_entry_type)        \
    X(git_tree_entry_filemode)    \
    X(git_blob_lookup)            \
    X(git_blob_free)              \
    X(git_blob_rawcontent)        \
    X(git_blob_rawsize)           \
    X(git_revwalk_new)            \
    X(git_revwalk_sorting)        \
    X(git_revwalk_push)           \
    X(git_revwalk_next)           \
    X(git_revwalk_free)           \
    X(git_oid_equal)              \
    X(git_oid_fromstr)            \
    X(git_commit_lookup)          \
    X(git_commit_free)            \
    X(git_commit_tree)            \
    X(git_commit_parentcount)     \
    X(git_commit_raw_header)      \
    X(git_commit_parent_id)       \
    X(git_commit_author)          \
    X(git_commit_summary)         \
    X(git_commit_id)

struct libgit2 {
    LIBGIT2_FUNCTIONS(LIBRARY_POINTER)
};

/* To be used after git_library_start has succeeded. */
extern struct libgit2 git;

bool git_library_start(dun_error *error);

#endif
