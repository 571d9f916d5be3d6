#include "source/git.h"

#include "base/error.h"
#include "base/nearest.h"
#include "base/str.h"
#include "base/vector.h"
#include "source/git_reading.h"
#include "source/path.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Loading libgit2 costs 7 ms of CPU, so it is not done for a folder that is in no work tree. */
static bool in_work_tree(const char *folder)
{
    char *real = realpath(folder, NULL);
    if (!real)
        return false;
    struct str path = STR_INIT;
    bool found = false;
    for (size_t length = strlen(real);; --length) {
        if (real[length] && real[length] != '/' && length)
            continue;
        str_clear(&path);
        str_append_n(&path, real, length);
        str_append(&path, "/.git");
        struct stat status;
        found = stat(str_text(&path), &status) == 0;
        if (found || length == 0)
            break;
    }
    str_free(&path);
    free(real);
    return found;
}

const char *source_git_head(struct arena *arena, const char *folder)
{
    if (!in_work_tree(folder) || !git_library_start(NULL))
        return NULL;
    const char *commit = NULL;
    git_repository *repository = NULL;
    if (git.git_repository_open_ext(&repository, folder, 0, NULL) == 0) {
        git_oid id;
        char text[GIT_OID_HEXSZ + 1];
        if (git.git_reference_name_to_id(&id, repository, "HEAD") == 0)
            commit = arena_strdup(arena, git.git_oid_tostr(text, sizeof text, &id));
        git.git_repository_free(repository);
    }
    return commit;
}

static bool add_blob(const struct git_reading *reading, const git_oid *id, const char *path,
                     const char *full_path)
{
    git_blob *blob = NULL;
    if (git.git_blob_lookup(&blob, reading->repository, id) != 0)
        return git_reading_fail_object(reading, full_path);
    size_t length = (size_t)git.git_blob_rawsize(blob);
    const char *text = length ? arena_strndup(reading->arena, git.git_blob_rawcontent(blob), length) : "";
    git.git_blob_free(blob);
    return source_definitions_add(reading->definitions, path, git_reading_spelling(reading, full_path), text,
                                  length, reading->error);
}

struct folder {
    git_oid id;
    const char *path; /* below the root that is read; "" is the root */
};

struct walk {
    const struct git_reading *reading;
    VECTOR(struct folder) folders; /* still to be read */
};

static const char *join(const struct git_reading *reading, const char *folder, const char *name)
{
    return arena_printf(reading->arena, "%s%s%s", folder, *folder && *name ? "/" : "", name);
}

static bool add_entry(struct walk *walk, const char *folder, const git_tree_entry *entry)
{
    const struct git_reading *reading = walk->reading;
    const char *name = git.git_tree_entry_name(entry);
    if (*name == '.')
        return true;
    const char *path = join(reading, folder, name), *full_path = join(reading, reading->root, path);
    if (git.git_tree_entry_type(entry) == GIT_OBJECT_TREE)
        *vector_add(reading->arena, &walk->folders) = (struct folder){*git.git_tree_entry_id(entry), path};
    else if (git.git_tree_entry_type(entry) == GIT_OBJECT_COMMIT)
        source_definitions_warn(reading->definitions, git_reading_spelling(reading, full_path),
                                "a submodule, whose files are in another repository, so not read");
    else if (git.git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK)
        source_definitions_warn(reading->definitions, git_reading_spelling(reading, full_path),
                                "a symbolic link, which is not followed at a revision, so not read");
    else if (source_is_definition(name))
        return add_blob(reading, git.git_tree_entry_id(entry), path, full_path);
    return true;
}

static bool add_folder(struct walk *walk, struct folder folder)
{
    git_tree *tree = NULL;
    if (git.git_tree_lookup(&tree, walk->reading->repository, &folder.id) != 0)
        return git_reading_fail_object(walk->reading, join(walk->reading, walk->reading->root, folder.path));
    bool ok = true;
    size_t count = git.git_tree_entrycount(tree);
    for (size_t i = 0; ok && i < count; ++i)
        ok = add_entry(walk, folder.path, git.git_tree_entry_byindex(tree, i));
    git.git_tree_free(tree);
    return ok;
}

bool git_reading_add_tree(const struct git_reading *reading, const git_oid *root)
{
    struct walk walk = {.reading = reading};
    *vector_add(reading->arena, &walk.folders) = (struct folder){*root, ""};
    while (walk.folders.count)
        if (!add_folder(&walk, walk.folders.items[--walk.folders.count]))
            return false;
    return true;
}

/* What is in a folder, for somebody who named something else. */
static void hint_at_entries(const struct git_reading *reading, const git_tree *tree, const char *folder,
                            const char *missing)
{
    enum { SHOWN = 10 };
    size_t count = git.git_tree_entrycount(tree);
    const char **names = arena_alloc(reading->arena, (count + 1) * sizeof *names);
    struct str list = STR_INIT;
    for (size_t i = 0; i < count; ++i) {
        names[i] = arena_strdup(reading->arena, git.git_tree_entry_name(git.git_tree_entry_byindex(tree, i)));
        if (i < SHOWN)
            str_printf(&list, "%s%s", i ? ", " : "", names[i]);
    }
    if (count > SHOWN)
        str_append(&list, ", ...");
    const char *nearest = nearest_word(missing, names);
    if (nearest)
        error_hint(reading->error, "did you mean %s?",
                   git_reading_spelling(reading, join(reading, folder, nearest)));
    else
        error_hint(reading->error, "what is there: %s has %s", git_reading_spelling(reading, folder),
                   count ? str_text(&list) : "nothing");
    str_free(&list);
}

static bool fail_path(const struct git_reading *reading, const git_tree *tree, const char *folder,
                      const char *missing)
{
    error_set(reading->error, DUN_BAD_INPUT, "revision %s has no %s", reading->asked->revision,
              join(reading, folder, missing));
    hint_at_entries(reading, tree, folder, missing);
    if (!reading->asked->path)
        error_hint(reading->error, "if the definitions were elsewhere then, say where: git:%s:PATH",
                   reading->asked->revision);
    return false;
}

static bool fail_kind(const struct git_reading *reading, const git_tree_entry *entry, const char *path)
{
    const char *kind = "no folder and no *.sql file";
    if (git.git_tree_entry_type(entry) == GIT_OBJECT_COMMIT)
        kind = "a submodule, whose files are in another repository";
    else if (git.git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK)
        kind = "a symbolic link";
    error_set(reading->error, DUN_BAD_INPUT, "at revision %s, %s is %s", reading->asked->revision, path,
              kind);
    error_hint(reading->error, "name a folder or a *.sql file: git:%s:PATH", reading->asked->revision);
    return false;
}

static bool add_named(const struct git_reading *reading, const git_tree_entry *entry, const char *name)
{
    const git_oid *id = git.git_tree_entry_id(entry);
    if (git.git_tree_entry_type(entry) == GIT_OBJECT_TREE)
        return git_reading_add_tree(reading, id);
    if (git.git_tree_entry_type(entry) == GIT_OBJECT_BLOB &&
        git.git_tree_entry_filemode(entry) != GIT_FILEMODE_LINK && source_is_definition(name))
        return add_blob(reading, id, arena_strdup(reading->arena, name), reading->root);
    return fail_kind(reading, entry, reading->root);
}

/* The folder of this name as a tree to be freed; NULL after a failure. */
static git_tree *open_folder(const struct git_reading *reading, const git_tree_entry *entry, const char *path)
{
    git_tree *tree = NULL;
    if (git.git_tree_entry_type(entry) != GIT_OBJECT_TREE)
        fail_kind(reading, entry, path);
    else if (git.git_tree_lookup(&tree, reading->repository, git.git_tree_entry_id(entry)) != 0)
        git_reading_fail_object(reading, path);
    return tree;
}

/* Goes down to the root that is read, folder by folder, so that a message can say how far it went. Frees the
 * tree. */
static bool add_root(const struct git_reading *reading, git_tree *tree)
{
    bool ok = false;
    const char *part = reading->root;
    while (tree) {
        size_t length = strcspn(part, "/");
        const char *name = arena_strndup(reading->arena, part, length);
        const char *folder = source_path_join(
            reading->arena, "", arena_strndup(reading->arena, reading->root, (size_t)(part - reading->root)));
        const git_tree_entry *entry = git.git_tree_entry_byname(tree, name);
        if (!entry || !part[length]) {
            ok = entry ? add_named(reading, entry, name) : fail_path(reading, tree, folder, name);
            break;
        }
        git_tree *next = open_folder(reading, entry, join(reading, folder, name));
        git.git_tree_free(tree);
        tree = next;
        part += length + 1;
    }
    git.git_tree_free(tree);
    return ok;
}

static bool read_revision(struct git_reading *reading)
{
    git_tree *tree = (git_tree *)git_reading_object(reading, GIT_OBJECT_TREE);
    if (!tree)
        return false;
    if (*reading->root)
        return add_root(reading, tree);
    bool ok = git_reading_add_tree(reading, git.git_tree_id(tree));
    git.git_tree_free(tree);
    return ok;
}

bool source_git_definitions(struct arena *arena, enum sql_dialect dialect,
                            const struct source_revision *revision,
                            struct source_definitions **ret_definitions, dun_error *error)
{
    struct git_reading reading = {
        .arena = arena,
        .asked = revision,
        .definitions = source_definitions_new(arena, dialect),
        .error = error,
    };
    bool ok = git_reading_open(&reading) && read_revision(&reading);
    git_reading_close(&reading);
    if (!ok)
        return false;
    source_definitions_finish(reading.definitions);
    *ret_definitions = reading.definitions;
    return true;
}
