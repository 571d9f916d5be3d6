#include "source/git_trees.h"

#include <stdlib.h>
#include <string.h>

/* `*ret_tree` is NULL when there is no such folder. */
static bool find_folder(const struct git_reading *reading, const git_tree *root, const char *folder,
                        git_tree **ret_tree)
{
    git_tree *tree = NULL;
    bool ok = git.git_tree_lookup(&tree, reading->repository, git.git_tree_id(root)) == 0;
    for (const char *part = folder; ok && tree && *part;) {
        size_t length = strcspn(part, "/");
        const git_tree_entry *entry =
            git.git_tree_entry_byname(tree, arena_strndup(reading->arena, part, length));
        git_tree *next = NULL;
        bool is_tree = entry && git.git_tree_entry_type(entry) == GIT_OBJECT_TREE;
        ok = !is_tree || git.git_tree_lookup(&next, reading->repository, git.git_tree_entry_id(entry)) == 0;
        git.git_tree_free(tree);
        tree = next;
        part += length + (part[length] == '/');
    }
    *ret_tree = ok ? tree : NULL;
    return ok || git_reading_fail_object(reading, folder);
}

/* The tree of the definitions in that of a commit, by the name that the folder had then; NULL: it has none.
 */
static bool find_definitions(const struct git_reading *reading, const git_tree *root, git_tree **ret_tree,
                             const char **ret_folder)
{
    *ret_folder = reading->root;
    if (!find_folder(reading, root, reading->root, ret_tree))
        return false;
    for (size_t i = 0; !*ret_tree && i < reading->former->names.count; ++i) {
        *ret_folder = reading->former->names.items[i];
        if (!find_folder(reading, root, *ret_folder, ret_tree))
            return false;
    }
    return true;
}

/* The path of a folder that is that very tree; NULL: there is none. */
static const char *path_of_tree(const struct git_reading *reading, const git_oid *folder,
                                const git_oid *wanted, const char *path, int depth)
{
    git_tree *tree = NULL;
    const char *found = NULL;
    if (git.git_tree_lookup(&tree, reading->repository, folder) != 0)
        return NULL;
    for (size_t i = 0; !found && i < git.git_tree_entrycount(tree); ++i) {
        const git_tree_entry *entry = git.git_tree_entry_byindex(tree, i);
        if (git.git_tree_entry_type(entry) != GIT_OBJECT_TREE)
            continue;
        const char *below =
            arena_printf(reading->arena, "%s%s%s", path, *path ? "/" : "", git.git_tree_entry_name(entry));
        if (git.git_oid_equal(git.git_tree_entry_id(entry), wanted))
            found = below;
        else if (depth > 1)
            found = path_of_tree(reading, git.git_tree_entry_id(entry), wanted, below, depth - 1);
    }
    git.git_tree_free(tree);
    return found;
}

/* Was the folder renamed? In the root there is none of its names, and `after` is what it is one commit later.
 */
static bool follow_rename(const struct git_reading *reading, const git_tree *root, const git_tree *after)
{
    enum { DEEPEST = 5 };
    const char *path = path_of_tree(reading, git.git_tree_id(root), git.git_tree_id(after), "", DEEPEST);
    if (path)
        *vector_add(reading->former->arena, &reading->former->names) =
            arena_strdup(reading->former->arena, path);
    return path != NULL;
}

bool git_trees_of_commit(const struct git_reading *reading, const git_oid *id, const git_tree *after,
                         git_tree **ret_tree, const char **ret_folder)
{
    git_commit *commit = NULL;
    git_tree *root = NULL;
    bool ok = (git.git_commit_lookup(&commit, reading->repository, id) == 0 &&
               git.git_commit_tree(&root, commit) == 0) ||
              git_reading_fail_object(reading, reading->root);
    ok = ok && find_definitions(reading, root, ret_tree, ret_folder);
    if (ok && !*ret_tree && after && follow_rename(reading, root, after))
        ok = find_definitions(reading, root, ret_tree, ret_folder);
    git.git_tree_free(root);
    git.git_commit_free(commit);
    return ok;
}

/* Two folders of one name, of which one may not be there. */
struct pair {
    git_oid before, after;
    bool has_before, has_after;
    const char *path; /* "" is that of the definitions */
};

typedef VECTOR(struct pair) pairs;

struct comparing {
    const struct git_reading *reading;
    struct git_commit_changes *commit;
    pairs folders; /* still to be looked at */
};

const char *git_trees_hex(struct arena *arena, const git_oid *id)
{
    char text[GIT_OID_HEXSZ + 1];
    return id ? arena_strdup(arena, git.git_oid_tostr(text, sizeof text, id)) : NULL;
}

static bool is_definition(const git_tree_entry *entry)
{
    return entry && git.git_tree_entry_type(entry) == GIT_OBJECT_BLOB &&
           git.git_tree_entry_filemode(entry) != GIT_FILEMODE_LINK &&
           source_is_definition(git.git_tree_entry_name(entry));
}

static bool is_folder(const git_tree_entry *entry)
{
    return entry && git.git_tree_entry_type(entry) == GIT_OBJECT_TREE;
}

/* An entry of one name on both sides, of which one may be NULL. */
static void compare_entry(struct comparing *comparing, const char *folder, const git_tree_entry *before,
                          const git_tree_entry *after)
{
    struct arena *arena = comparing->reading->arena;
    const git_oid *old = before ? git.git_tree_entry_id(before) : NULL;
    const git_oid *new = after ? git.git_tree_entry_id(after) : NULL;
    const char *name = git.git_tree_entry_name(after ? after : before);
    if ((old && new &&git.git_oid_equal(old, new)) || *name == '.')
        return;
    const char *path = arena_printf(arena, "%s%s%s", folder, *folder ? "/" : "", name);
    if (is_folder(before) || is_folder(after)) {
        struct pair *pair = vector_add(arena, &comparing->folders);
        *pair = (struct pair){.has_before = is_folder(before), .has_after = is_folder(after), .path = path};
        if (pair->has_before)
            pair->before = *old;
        if (pair->has_after)
            pair->after = *new;
    }
    if (is_definition(before) || is_definition(after))
        *vector_add(arena, &comparing->commit->files) =
            (struct git_changed_file){path, is_definition(before) ? git_trees_hex(arena, old) : NULL,
                                      is_definition(after) ? git_trees_hex(arena, new) : NULL};
}

static void compare_trees(struct comparing *comparing, const char *folder, const git_tree *before,
                          const git_tree *after)
{
    for (size_t i = 0; after && i < git.git_tree_entrycount(after); ++i) {
        const git_tree_entry *entry = git.git_tree_entry_byindex(after, i);
        const char *name = git.git_tree_entry_name(entry);
        compare_entry(comparing, folder, before ? git.git_tree_entry_byname(before, name) : NULL, entry);
    }
    for (size_t i = 0; before && i < git.git_tree_entrycount(before); ++i) {
        const git_tree_entry *entry = git.git_tree_entry_byindex(before, i);
        if (!after || !git.git_tree_entry_byname(after, git.git_tree_entry_name(entry)))
            compare_entry(comparing, folder, entry, NULL);
    }
}

static bool compare_folders(struct comparing *comparing, const struct pair *pair)
{
    const struct git_reading *reading = comparing->reading;
    git_tree *before = NULL, *after = NULL;
    bool ok = (!pair->has_before || git.git_tree_lookup(&before, reading->repository, &pair->before) == 0) &&
              (!pair->has_after || git.git_tree_lookup(&after, reading->repository, &pair->after) == 0);
    if (ok)
        compare_trees(comparing, pair->path, before, after);
    git.git_tree_free(before);
    git.git_tree_free(after);
    return ok || git_reading_fail_object(reading, pair->path);
}

static int by_path(const void *left, const void *right)
{
    return strcmp(((const struct git_changed_file *)left)->path,
                  ((const struct git_changed_file *)right)->path);
}

bool git_trees_compare(const struct git_reading *reading, const git_tree *before, const git_tree *after,
                       struct git_commit_changes *changes)
{
    struct comparing comparing = {.reading = reading, .commit = changes};
    bool same = before && after && git.git_oid_equal(git.git_tree_id(before), git.git_tree_id(after));
    if (!same)
        compare_trees(&comparing, "", before, after);
    while (comparing.folders.count > 0) {
        struct pair pair = comparing.folders.items[--comparing.folders.count];
        if (!compare_folders(&comparing, &pair))
            return false;
    }
    if (changes->files.count > 0)
        qsort(changes->files.items, changes->files.count, sizeof *changes->files.items, by_path);
    return true;
}

const struct git_changed_file *git_trees_find_file(const struct git_commit_changes *changes, const char *path)
{
    const struct git_changed_file key = {.path = path};
    if (changes->files.count == 0)
        return NULL;
    return bsearch(&key, changes->files.items, changes->files.count, sizeof key, by_path);
}
