/* A repository that is read at a revision: what the readers of trees and of history have in common. */
#ifndef SOURCE_GIT_READING_H
#define SOURCE_GIT_READING_H

#include "base/vector.h"
#include "source/git.h"
#include "source/git_library.h"

/* Folders, from the root of the repository; in the arena of whoever has it. */
struct git_folders {
    struct arena *arena;
    VECTOR(const char *) names;
};

struct git_reading {
    struct arena *arena;
    const struct source_revision *asked;
    git_repository *repository;
    const char *root;           /* what is read, from the root of the repository; "" is that */
    struct git_folders *former; /* what the root was called before it was renamed; NULL: nobody asks */
    struct source_definitions *definitions;
    dun_error *error;
};

/* Opens the repository and finds out what the asked path is called in it. Close in any case. */
bool git_reading_open(struct git_reading *reading);
void git_reading_close(struct git_reading *reading);

/* The asked revision, peeled to a commit or a tree; to be freed with git_object_free. NULL after a failure.
 */
git_object *git_reading_object(const struct git_reading *reading, git_object_t type);

/* How a place in the revision is spelled: "git:HEAD~1:schema/a.sql". */
const char *git_reading_spelling(const struct git_reading *reading, const char *path);

/* What libgit2 said last. */
const char *git_reading_reason(void);

/* The error of an object that cannot be read; gives false. */
bool git_reading_fail_object(const struct git_reading *reading, const char *path);

/*
 * Adds all definitions of a tree, with its folders. They are told by their path below it.
 */
bool git_reading_add_tree(const struct git_reading *reading, const git_oid *tree);

#endif
