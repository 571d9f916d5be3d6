#include "source/git.h"

#include "base/error.h"
#include "base/library.h"
#include "base/nearest.h"
#include "base/str.h"
#include "base/vector.h"
#include "source/path.h"
#include "task/task.h"

#include <git2.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
    X(git_blob_rawsize)

struct libgit2 {
    LIBGIT2_FUNCTIONS(LIBRARY_POINTER)
};

static struct libgit2 git;

/*
 * The options are the whole process's and may be set by one thread only, so libgit2 is set up once and stays
 * as long as the process does. Nothing of a repository is run and nothing is written, so whose folder it is
 * does not matter; an extension that concerns only the configuration of work trees does not either.
 */
static bool open_library(void *argument, dun_error *error)
{
    static const char *const names[] = {LIBGIT2_FUNCTIONS(LIBRARY_NAME) NULL};
    static const char *extensions[] = {"worktreeconfig"};
    (void)argument;
    if (!library_open("libgit2.so." LIBGIT2_SOVERSION, "libgit2-" LIBGIT2_SOVERSION, names, (void **)&git, error))
        return false;
    git.git_libgit2_init();
    git.git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    git.git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, sizeof extensions / sizeof *extensions);
    return true;
}

static bool start_library(dun_error *error)
{
    static struct task_once once;
    return task_once(&once, open_library, NULL, error);
}

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
    if (!in_work_tree(folder) || !start_library(NULL))
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

struct reading {
    struct arena *arena;
    const struct source_revision *asked;
    git_repository *repository;
    const char *root; /* what is read, in the revision */
    struct source_definitions *definitions;
    dun_error *error;
};

static const char *what_git_says(void)
{
    const git_error *last = git.git_error_last();
    return last && last->message ? last->message : "no reason given";
}

/* How a place in the revision is spelled. */
static const char *spelling_of(const struct reading *reading, const char *path)
{
    return arena_printf(reading->arena, "git:%s:%s", reading->asked->revision, path);
}

static bool fail_open(struct reading *reading, int code)
{
    const char *folder = reading->asked->folder, *reason = what_git_says();
    if (code == GIT_ENOTFOUND) {
        error_set(reading->error, DUN_BAD_INPUT, "%s is in no git repository", folder);
        error_hint(reading->error, "run this in a clone or a bare repository, or name one with -C");
    } else if (strstr(reason, "objectformat")) {
        error_set(reading->error, DUN_BAD_INPUT,
                  "the git repository of %s has SHA-256 object ids, which libgit2 %s cannot read", folder,
                  LIBGIT2_VERSION);
        error_hint(reading->error,
                   "check the revision out (`git worktree add FOLDER %s`) and name its folder",
                   reading->asked->revision);
    } else {
        error_set(reading->error, DUN_BAD_INPUT, "cannot open the git repository of %s: %s", folder, reason);
        error_hint(reading->error, "`git -C %s status` says more", folder);
    }
    return false;
}

static bool open_repository(struct reading *reading)
{
    int code = git.git_repository_open_ext(&reading->repository, reading->asked->folder, 0, NULL);
    return code == 0 || fail_open(reading, code);
}

/* The real path in the arena; NULL: it is not there. */
static const char *real_path(struct arena *arena, const char *path)
{
    char *real = path ? realpath(path, NULL) : NULL;
    const char *copy = arena_strdup(arena, real);
    free(real);
    return copy;
}

/* What the asked folder is called in the repository: "" is the root, and so it is in a bare one. */
static const char *folder_in_repository(const struct reading *reading)
{
    const char *tree = real_path(reading->arena, git.git_repository_workdir(reading->repository));
    const char *store = real_path(reading->arena, git.git_repository_path(reading->repository));
    const char *folder = real_path(reading->arena, reading->asked->folder);
    if (!tree || !folder || (store && source_path_below(store, folder)))
        return "";
    const char *below = source_path_below(tree, folder);
    return below ? below : "";
}

/* An absolute path on disk as a path from the root; NULL: it is in another place. */
static const char *absolute_in_repository(const struct reading *reading, const char *path)
{
    const char *named = git.git_repository_workdir(reading->repository);
    const char *tree = real_path(reading->arena, named);
    if (!tree)
        return NULL;
    const char *real = real_path(reading->arena, path);
    const char *below = source_path_below(named, path);
    if (!below)
        below = source_path_below(tree, real ? real : path);
    return below ? source_path_join(reading->arena, "", below) : NULL;
}

static bool find_root(struct reading *reading)
{
    const char *path = reading->asked->path ? reading->asked->path : reading->asked->schema;
    bool from_folder = !reading->asked->path || strncmp(path, "./", 2) == 0 || strncmp(path, "../", 3) == 0;
    reading->root = *path == '/' ? absolute_in_repository(reading, path)
                                 : source_path_join(reading->arena,
                                                    from_folder ? folder_in_repository(reading) : "", path);
    if (reading->root)
        return true;
    error_set(reading->error, DUN_BAD_INPUT, "%s is outside of the git repository of %s", path,
              reading->asked->folder);
    error_hint(reading->error, "write git:%s:PATH, with a path from the root of the repository",
               reading->asked->revision);
    return false;
}

/* A reference as people write it: without "refs/heads/" and the like. */
static const char *short_reference(const char *name)
{
    static const char *const prefixes[] = {"refs/heads/", "refs/tags/", "refs/remotes/"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; ++i)
        if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
            return name + strlen(prefixes[i]);
    return name;
}

/* A clone often has `origin/main`, but no branch `main` of its own. */
static const char *nearest_reference(const struct reading *reading)
{
    git_strarray list;
    if (git.git_reference_list(&list, reading->repository) != 0)
        return NULL;
    const char **names = arena_alloc(reading->arena, (list.count + 1) * sizeof *names);
    const char *remote = NULL;
    for (size_t i = 0; i < list.count; ++i) {
        names[i] = arena_strdup(reading->arena, short_reference(list.strings[i]));
        const char *slash = strchr(names[i], '/');
        if (slash && strcmp(slash + 1, reading->asked->revision) == 0)
            remote = names[i];
    }
    git.git_strarray_dispose(&list);
    return remote ? remote : nearest_word(reading->asked->revision, names);
}

static void hint_at_revision(const struct reading *reading)
{
    if (git.git_repository_head_unborn(reading->repository) == 1)
        error_hint(reading->error,
                   "the branch that is checked out has no commit yet: commit something first");
    if (git.git_repository_is_shallow(reading->repository))
        error_hint(reading->error, "this clone is shallow, so it has only the last commits. Fetch more "
                                   "history: git fetch --unshallow");
    const char *nearest = nearest_reference(reading);
    if (nearest)
        error_hint(reading->error, "did you mean git:%s?", nearest);
    else
        error_hint(reading->error, "`git log --oneline --all` lists the revisions that are there");
}

static bool fail_revision(const struct reading *reading, int code)
{
    const char *reason = arena_strdup(reading->arena, what_git_says());
    error_set(reading->error, DUN_BAD_INPUT, "the git repository of %s has no revision %s: %s",
              reading->asked->folder, reading->asked->revision, reason);
    if (code == GIT_EAMBIGUOUS)
        error_hint(reading->error,
                   "write more digits of the id: `git rev-parse --disambiguate=%s` lists what it may mean",
                   reading->asked->revision);
    else
        hint_at_revision(reading);
    return false;
}

/* The tree of the asked revision, to be freed; NULL after a failure. */
static git_tree *find_tree(const struct reading *reading)
{
    git_object *object = NULL, *tree = NULL;
    int code = git.git_revparse_single(&object, reading->repository, reading->asked->revision);
    if (code == 0) {
        code = git.git_object_peel(&tree, object, GIT_OBJECT_TREE);
        git.git_object_free(object);
    }
    if (code == 0)
        return (git_tree *)tree;
    fail_revision(reading, code);
    return NULL;
}

/* The objects of a partial clone are with the server that it was cloned from. */
static bool fail_object(const struct reading *reading, const char *path)
{
    error_set(reading->error, DUN_BAD_INPUT, "git cannot read this: %s", what_git_says());
    error_at(reading->error, spelling_of(reading, path), 0, 0);
    error_hint(reading->error,
               "in a partial clone, `git archive %s >/dev/null` fetches it; otherwise `git fsck` says what "
               "is broken",
               reading->asked->revision);
    return false;
}

static bool add_blob(const struct reading *reading, const git_oid *id, const char *path,
                     const char *full_path)
{
    git_blob *blob = NULL;
    if (git.git_blob_lookup(&blob, reading->repository, id) != 0)
        return fail_object(reading, full_path);
    size_t length = (size_t)git.git_blob_rawsize(blob);
    const char *text = length ? arena_strndup(reading->arena, git.git_blob_rawcontent(blob), length) : "";
    git.git_blob_free(blob);
    return source_definitions_add(reading->definitions, path, spelling_of(reading, full_path), text, length,
                                  reading->error);
}

struct folder {
    git_oid id;
    const char *path; /* below the root that is read; "" is the root */
};

struct walk {
    const struct reading *reading;
    VECTOR(struct folder) folders; /* still to be read */
};

static const char *join(const struct reading *reading, const char *folder, const char *name)
{
    return arena_printf(reading->arena, "%s%s%s", folder, *folder && *name ? "/" : "", name);
}

static bool add_entry(struct walk *walk, const char *folder, const git_tree_entry *entry)
{
    const struct reading *reading = walk->reading;
    const char *name = git.git_tree_entry_name(entry);
    if (*name == '.')
        return true;
    const char *path = join(reading, folder, name), *full_path = join(reading, reading->root, path);
    if (git.git_tree_entry_type(entry) == GIT_OBJECT_TREE)
        *vector_add(reading->arena, &walk->folders) = (struct folder){*git.git_tree_entry_id(entry), path};
    else if (git.git_tree_entry_type(entry) == GIT_OBJECT_COMMIT)
        source_definitions_warn(reading->definitions, spelling_of(reading, full_path),
                                "a submodule, whose files are in another repository, so not read");
    else if (git.git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK)
        source_definitions_warn(reading->definitions, spelling_of(reading, full_path),
                                "a symbolic link, which is not followed at a revision, so not read");
    else if (source_is_definition(name))
        return add_blob(reading, git.git_tree_entry_id(entry), path, full_path);
    return true;
}

static bool add_folder(struct walk *walk, struct folder folder)
{
    git_tree *tree = NULL;
    if (git.git_tree_lookup(&tree, walk->reading->repository, &folder.id) != 0)
        return fail_object(walk->reading, join(walk->reading, walk->reading->root, folder.path));
    bool ok = true;
    size_t count = git.git_tree_entrycount(tree);
    for (size_t i = 0; ok && i < count; ++i)
        ok = add_entry(walk, folder.path, git.git_tree_entry_byindex(tree, i));
    git.git_tree_free(tree);
    return ok;
}

static bool add_folders(const struct reading *reading, const git_oid *root)
{
    struct walk walk = {.reading = reading};
    *vector_add(reading->arena, &walk.folders) = (struct folder){*root, ""};
    while (walk.folders.count)
        if (!add_folder(&walk, walk.folders.items[--walk.folders.count]))
            return false;
    return true;
}

/* What is in a folder, for somebody who named something else. */
static void hint_at_entries(const struct reading *reading, const git_tree *tree, const char *folder,
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
        error_hint(reading->error, "did you mean %s?", spelling_of(reading, join(reading, folder, nearest)));
    else
        error_hint(reading->error, "what is there: %s has %s", spelling_of(reading, folder),
                   count ? str_text(&list) : "nothing");
    str_free(&list);
}

static bool fail_path(const struct reading *reading, const git_tree *tree, const char *folder,
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

static bool fail_kind(const struct reading *reading, const git_tree_entry *entry, const char *path)
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

static bool add_named(const struct reading *reading, const git_tree_entry *entry, const char *name)
{
    const git_oid *id = git.git_tree_entry_id(entry);
    if (git.git_tree_entry_type(entry) == GIT_OBJECT_TREE)
        return add_folders(reading, id);
    if (git.git_tree_entry_type(entry) == GIT_OBJECT_BLOB &&
        git.git_tree_entry_filemode(entry) != GIT_FILEMODE_LINK && source_is_definition(name))
        return add_blob(reading, id, arena_strdup(reading->arena, name), reading->root);
    return fail_kind(reading, entry, reading->root);
}

/* The folder of this name as a tree to be freed; NULL after a failure. */
static git_tree *open_folder(const struct reading *reading, const git_tree_entry *entry, const char *path)
{
    git_tree *tree = NULL;
    if (git.git_tree_entry_type(entry) != GIT_OBJECT_TREE)
        fail_kind(reading, entry, path);
    else if (git.git_tree_lookup(&tree, reading->repository, git.git_tree_entry_id(entry)) != 0)
        fail_object(reading, path);
    return tree;
}

/* Goes down to the root that is read, folder by folder, so that a message can say how far it went. Frees the
 * tree. */
static bool add_root(const struct reading *reading, git_tree *tree)
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

static bool read_revision(struct reading *reading)
{
    if (!find_root(reading))
        return false;
    git_tree *tree = find_tree(reading);
    if (!tree)
        return false;
    if (*reading->root)
        return add_root(reading, tree);
    bool ok = add_folders(reading, git.git_tree_id(tree));
    git.git_tree_free(tree);
    return ok;
}

bool source_git_definitions(struct arena *arena, enum sql_dialect dialect,
                            const struct source_revision *revision,
                            struct source_definitions **ret_definitions, dun_error *error)
{
    struct reading reading = {
        .arena = arena,
        .asked = revision,
        .definitions = source_definitions_new(arena, dialect),
        .error = error,
    };
    if (!start_library(error) || !open_repository(&reading))
        return false;
    bool ok = read_revision(&reading);
    git.git_repository_free(reading.repository);
    if (!ok)
        return false;
    source_definitions_finish(reading.definitions);
    *ret_definitions = reading.definitions;
    return true;
}
