#include "source/git_history.h"

#include "base/error.h"
#include "base/map.h"
#include "source/git_reading.h"
#include "source/git_trees.h"

#include <string.h>

struct git_history {
    struct arena *arena;
    struct source_revision where;
    struct git_reading reading;
    git_revwalk *walk;
    struct git_folders former;
    struct map *states; /* trees of definitions that git_history_next_state has given, by id */
    git_oid frontier;   /* of a shallow clone: the commit that comes next, and has no parents */
    bool ended;         /* the frontier was given */
    bool cut;           /* the clone is shallow, and what comes before the last commit is not in it */
};

static bool start(struct git_history *history)
{
    git_object *commit = git_reading_object(&history->reading, GIT_OBJECT_COMMIT);
    if (!commit)
        return false;
    /* Sorting reads all commits first, and fails where a shallow clone ends; unsorted, they come by their
     * times, too. */
    bool shallow = git.git_repository_is_shallow(history->reading.repository);
    unsigned sorting = shallow ? GIT_SORT_NONE : GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME;
    bool ok = git.git_revwalk_new(&history->walk, history->reading.repository) == 0 &&
              git.git_revwalk_sorting(history->walk, sorting) == 0 &&
              git.git_revwalk_push(history->walk, git.git_commit_id((git_commit *)commit)) == 0;
    history->frontier = *git.git_commit_id((git_commit *)commit);
    git.git_object_free(commit);
    return ok || git_reading_fail_object(&history->reading, "");
}

bool git_history_open(struct arena *arena, const struct source_revision *where,
                      struct git_history **ret_history, dun_error *error)
{
    struct git_history *history = ARENA_NEW(arena, struct git_history);
    history->arena = arena;
    history->where = *where;
    history->reading = (struct git_reading){.arena = arena, .asked = &history->where, .error = error};
    history->former.arena = arena;
    history->states = map_new(arena);
    history->reading.former = &history->former;
    if (!git_reading_open(&history->reading) || !start(history)) {
        git_history_close(history);
        return false;
    }
    *ret_history = history;
    return true;
}

void git_history_close(struct git_history *history)
{
    if (!history)
        return;
    if (history->walk)
        git.git_revwalk_free(history->walk);
    git_reading_close(&history->reading);
}

bool git_history_is_cut(const struct git_history *history)
{
    return history->cut;
}

/* Messages of this call go to this error, and what is said there lives in this arena. */
static struct git_reading reading_for(const struct git_history *history, struct arena *arena,
                                      dun_error *error)
{
    struct git_reading reading = history->reading;
    reading.arena = arena;
    reading.error = error;
    return reading;
}

/* Commits */

/* What a commit made of the definitions of one parent; the first commit has none. */
static bool changes_to(const struct git_reading *reading, const git_commit *commit, unsigned parent,
                       struct git_commit_changes *changes)
{
    git_tree *before = NULL, *after = NULL;
    const char *folder;
    const git_oid *id = git.git_commit_parent_id(commit, parent);
    bool ok = git_trees_of_commit(reading, git.git_commit_id(commit), NULL, &after, &folder) &&
              (!id || git_trees_of_commit(reading, id, after, &before, &folder)) &&
              git_trees_compare(reading, before, after, changes);
    git.git_tree_free(before);
    git.git_tree_free(after);
    return ok;
}

/* Of a merge, a file that one of the parents has just so was changed by the commits of that side. */
static bool keep_what_all_lack(const struct git_reading *reading, const git_commit *commit,
                               struct git_commit_changes *changes)
{
    for (unsigned parent = 1; parent < git.git_commit_parentcount(commit) && changes->files.count > 0;
         ++parent) {
        struct git_commit_changes others = {0};
        size_t kept = 0;
        if (!changes_to(reading, commit, parent, &others))
            return false;
        for (size_t i = 0; i < changes->files.count; ++i)
            if (git_trees_find_file(&others, changes->files.items[i].path))
                changes->files.items[kept++] = changes->files.items[i];
        changes->files.count = kept;
    }
    return true;
}

static void describe(struct arena *arena, git_commit *commit, struct git_commit_changes *changes)
{
    const git_signature *author = git.git_commit_author(commit);
    const char *subject = git.git_commit_summary(commit);
    changes->id = git_trees_hex(arena, git.git_commit_id(commit));
    changes->subject = arena_strdup(arena, subject ? subject : "");
    changes->author = arena_strdup(arena, author && author->name ? author->name : "");
    changes->email = arena_strdup(arena, author && author->email ? author->email : "");
    changes->time = author ? author->when.time : 0;
}

/* `*ret_changes` is NULL when the commit left the definitions alone. */
static bool read_commit(const struct git_reading *reading, const git_oid *id,
                        struct git_commit_changes **ret_changes)
{
    git_commit *commit = NULL;
    struct git_commit_changes *changes = ARENA_NEW(reading->arena, struct git_commit_changes);
    if (git.git_commit_lookup(&commit, reading->repository, id) != 0)
        return git_reading_fail_object(reading, reading->root);
    bool ok = changes_to(reading, commit, 0, changes) && keep_what_all_lack(reading, commit, changes);
    if (ok && changes->files.count > 0)
        describe(reading->arena, commit, changes);
    git.git_commit_free(commit);
    *ret_changes = changes->files.count > 0 ? changes : NULL;
    return ok;
}

/* In a shallow clone, the last commits name parents that are not there. From 1.7 on libgit2 keeps these to
 * itself. */
static bool is_cut_off(const struct git_reading *reading, const git_oid *id)
{
    git_commit *commit = NULL;
    if (!git.git_repository_is_shallow(reading->repository) ||
        git.git_commit_lookup(&commit, reading->repository, id) != 0)
        return false;
    unsigned parents = git.git_commit_parentcount(commit);
    bool missing = parents == 0 && strstr(git.git_commit_raw_header(commit), "\nparent ");
    for (unsigned parent = 0; !missing && parent < parents; ++parent) {
        git_commit *found = NULL;
        missing =
            git.git_commit_lookup(&found, reading->repository, git.git_commit_parent_id(commit, parent)) != 0;
        git.git_commit_free(found);
    }
    git.git_commit_free(commit);
    return missing;
}

bool git_history_next(struct git_history *history, struct arena *arena,
                      struct git_commit_changes **ret_commit, dun_error *error)
{
    struct git_reading reading = reading_for(history, arena, error);
    struct git_commit_changes *found = NULL;
    git_oid id;
    int code = 0;
    while (!history->cut && !found && (code = git.git_revwalk_next(&id, history->walk)) == 0) {
        history->cut = is_cut_off(&reading, &id);
        if (!history->cut && !read_commit(&reading, &id, &found))
            return false;
    }
    if (code == GIT_ENOTFOUND && git.git_repository_is_shallow(reading.repository))
        history->cut = true;
    else if (code != 0 && code != GIT_ITEROVER)
        return git_reading_fail_object(&reading, reading.root);
    *ret_commit = found;
    return true;
}

/* States */

/* Renames are looked for where the newer side of one is known: in the parents of what was found. */
static bool follow_parents(const struct git_reading *reading, const git_commit *commit, const git_tree *after)
{
    bool ok = true;
    for (unsigned i = 0; ok && i < git.git_commit_parentcount(commit); ++i) {
        git_tree *before = NULL;
        const char *folder;
        ok = git_trees_of_commit(reading, git.git_commit_parent_id(commit, i), after, &before, &folder);
        git.git_tree_free(before);
    }
    return ok;
}

static bool read_state(struct git_history *history, const struct git_reading *reading, const git_oid *id,
                       struct git_commit_changes **ret_state)
{
    git_commit *commit = NULL;
    git_tree *tree = NULL;
    const char *folder;
    if (!git_trees_of_commit(reading, id, NULL, &tree, &folder))
        return false;
    const char *state = tree ? git_trees_hex(reading->arena, git.git_tree_id(tree)) : NULL;
    bool is_new = state && !map_get(history->states, state);
    bool ok = !tree || git.git_commit_lookup(&commit, reading->repository, id) == 0 ||
              git_reading_fail_object(reading, reading->root);
    ok = ok && (!tree || history->cut || follow_parents(reading, commit, tree));
    if (ok && is_new) {
        *ret_state = ARENA_NEW(reading->arena, struct git_commit_changes);
        (*ret_state)->folder = folder;
        describe(reading->arena, commit, *ret_state);
        map_add(history->states, arena_strdup(history->arena, state), history);
    }
    git.git_commit_free(commit);
    git.git_tree_free(tree);
    return ok;
}

static void note_frontier(struct git_history *history, const git_oid *id)
{
    git_commit *commit = NULL;
    if (git.git_commit_lookup(&commit, history->reading.repository, id) == 0 &&
        git.git_commit_parentcount(commit) > 0)
        history->frontier = *git.git_commit_parent_id(commit, 0);
    git.git_commit_free(commit);
}

/* The walk itself fails before a commit whose parents are not there, or with newer libraries ends behind it.
 */
static bool next_id(struct git_history *history, git_oid *ret_id, int *ret_code)
{
    *ret_code = history->ended ? GIT_ITEROVER : git.git_revwalk_next(ret_id, history->walk);
    if (*ret_code == 0) {
        history->cut = history->ended = is_cut_off(&history->reading, ret_id);
        note_frontier(history, ret_id);
    } else if (*ret_code == GIT_ENOTFOUND && git.git_repository_is_shallow(history->reading.repository)) {
        history->cut = history->ended = true;
        *ret_id = history->frontier;
        *ret_code = 0;
    }
    return *ret_code == 0;
}

bool git_history_next_state(struct git_history *history, struct arena *arena,
                            struct git_commit_changes **ret_commit, dun_error *error)
{
    struct git_reading reading = reading_for(history, arena, error);
    struct git_commit_changes *found = NULL;
    git_oid id;
    int code = 0;
    while (!found && next_id(history, &id, &code))
        if (!read_state(history, &reading, &id, &found))
            return false;
    if (code != 0 && code != GIT_ITEROVER)
        return git_reading_fail_object(&reading, reading.root);
    *ret_commit = found;
    return true;
}

bool git_history_text(struct git_history *history, struct arena *arena, const char *blob,
                      const char **ret_text, size_t *ret_length, dun_error *error)
{
    struct git_reading reading = reading_for(history, arena, error);
    git_oid id;
    git_blob *found = NULL;
    if (git.git_oid_fromstr(&id, blob) != 0 || git.git_blob_lookup(&found, reading.repository, &id) != 0)
        return git_reading_fail_object(&reading, blob);
    *ret_length = (size_t)git.git_blob_rawsize(found);
    *ret_text = *ret_length ? arena_strndup(arena, git.git_blob_rawcontent(found), *ret_length) : "";
    git.git_blob_free(found);
    return true;
}

/* The commit, or its first parent; false and no error: there is none. */
static bool resolve(const struct git_reading *reading, const char *commit, bool parent, git_oid *ret_id,
                    bool *ret_found)
{
    git_commit *child = NULL;
    *ret_found = true;
    if (git.git_oid_fromstr(ret_id, commit) != 0)
        return git_reading_fail_object(reading, commit);
    if (!parent)
        return true;
    if (git.git_commit_lookup(&child, reading->repository, ret_id) != 0)
        return git_reading_fail_object(reading, commit);
    const git_oid *id = git.git_commit_parent_id(child, 0);
    *ret_found = id != NULL;
    if (id)
        *ret_id = *id;
    git.git_commit_free(child);
    return true;
}

bool git_history_definitions(struct git_history *history, struct arena *arena, enum sql_dialect dialect,
                             const char *commit, bool parent, struct source_definitions **ret_definitions,
                             dun_error *error)
{
    struct git_reading reading = reading_for(history, arena, error);
    struct source_revision at = history->where;
    git_oid id;
    bool found;
    git_tree *tree = NULL;
    const char *folder;
    if (!resolve(&reading, commit, parent, &id, &found))
        return false;
    at.revision = found ? git_trees_hex(arena, &id) : "empty";
    reading.asked = &at;
    reading.definitions = source_definitions_new(arena, dialect);
    if (found && !git_trees_of_commit(&reading, &id, NULL, &tree, &folder))
        return false;
    bool ok = !tree || git_reading_add_tree(&reading, git.git_tree_id(tree));
    git.git_tree_free(tree);
    source_definitions_finish(reading.definitions);
    *ret_definitions = reading.definitions;
    return ok;
}
