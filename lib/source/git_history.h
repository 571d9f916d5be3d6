/*
 * The commits of a repository that changed the definitions, newest first, and which files each of them
 * changed. Only trees that differ are opened, and blobs when they are asked for. Used by the log, and by
 * whatever looks for a revision.
 */
#ifndef SOURCE_GIT_HISTORY_H
#define SOURCE_GIT_HISTORY_H

#include "base/vector.h"
#include "source/git.h"

/* A definition that a commit changed. Ids of blobs in hexadecimal; NULL: it is not there on that side. */
struct git_changed_file {
    const char *path; /* below the folder of the definitions */
    const char *before, *after;
};

struct git_commit_changes {
    const char *id;
    const char *subject, *author, *email;
    const char
        *folder;  /* of git_history_next_state: where the definitions were, from the root of the repository */
    int64_t time; /* seconds since 1970, UTC */
    VECTOR(struct git_changed_file) files; /* by path */
};

struct git_history;

/*
 * `start` is where it begins, as `git rev-parse` takes it (HEAD). Of `where`, the path is that of a folder.
 * Fails as source_git_definitions does; a repository without commits has no revision HEAD. A shallow clone
 * ends before its last commit, of which nobody knows what it changed: git_history_is_cut says so then.
 */
bool git_history_open(struct arena *arena, const struct source_revision *where,
                      struct git_history **ret_history, dun_error *error);
void git_history_close(struct git_history *history); /* NULL is allowed */
bool git_history_is_cut(const struct git_history *history);

/*
 * The next commit that changed definitions; NULL and no error at the end. A merge changes what none of its
 * parents has. That the folder was renamed, with all that is in it, is no change, and it is followed. The
 * commit is in the arena.
 */
bool git_history_next(struct git_history *history, struct arena *arena,
                      struct git_commit_changes **ret_commit, dun_error *error);

/*
 * The same for another question, and not to be mixed with it: the next commit whose definitions, all of them,
 * are not those of a commit that was given before. Its files are not told. Here a merge counts, and the last
 * commit of a shallow clone.
 */
bool git_history_next_state(struct git_history *history, struct arena *arena,
                            struct git_commit_changes **ret_commit, dun_error *error);

/* The text of a blob, in the arena. */
bool git_history_text(struct git_history *history, struct arena *arena, const char *blob,
                      const char **ret_text, size_t *ret_length, dun_error *error);

/* All definitions as they were at a commit; `parent`: before it. A commit without them has none, which is no
 * failure. */
bool git_history_definitions(struct git_history *history, struct arena *arena, enum sql_dialect dialect,
                             const char *commit, bool parent, struct source_definitions **ret_definitions,
                             dun_error *error);

#endif
