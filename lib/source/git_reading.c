/* Opening a repository at a revision, and what is said when that fails. */
#include "source/git_reading.h"

#include "base/error.h"
#include "base/nearest.h"
#include "source/path.h"

#include <stdlib.h>
#include <string.h>

const char *git_reading_reason(void)
{
    const git_error *last = git.git_error_last();
    return last && last->message ? last->message : "no reason given";
}

const char *git_reading_spelling(const struct git_reading *reading, const char *path)
{
    return arena_printf(reading->arena, "git:%s:%s", reading->asked->revision, path);
}

static bool fail_open(struct git_reading *reading, int code)
{
    const char *folder = reading->asked->folder, *reason = git_reading_reason();
    if (code == GIT_ENOTFOUND) {
        error_set(reading->error, DUN_BAD_INPUT, "%s is in no git repository", folder);
        error_hint(reading->error, "run this in a clone or a bare repository, or name one with -C");
    } else if (strstr(reason, "objectformat") ||
               strstr(reason, "object format")) { /* before 1.7, and since */
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

static bool open_repository(struct git_reading *reading)
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
static const char *folder_in_repository(const struct git_reading *reading)
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
static const char *absolute_in_repository(const struct git_reading *reading, const char *path)
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

static bool find_root(struct git_reading *reading)
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
static const char *nearest_reference(const struct git_reading *reading)
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

static void hint_at_revision(const struct git_reading *reading)
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

static bool fail_revision(const struct git_reading *reading, int code)
{
    const char *reason = arena_strdup(reading->arena, git_reading_reason());
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

git_object *git_reading_object(const struct git_reading *reading, git_object_t type)
{
    git_object *object = NULL, *peeled = NULL;
    int code = git.git_revparse_single(&object, reading->repository, reading->asked->revision);
    if (code == 0) {
        code = git.git_object_peel(&peeled, object, type);
        git.git_object_free(object);
    }
    if (code == 0)
        return peeled;
    fail_revision(reading, code);
    return NULL;
}

/* The objects of a partial clone are with the server that it was cloned from. */
bool git_reading_fail_object(const struct git_reading *reading, const char *path)
{
    error_set(reading->error, DUN_BAD_INPUT, "git cannot read this: %s", git_reading_reason());
    error_at(reading->error, git_reading_spelling(reading, path), 0, 0);
    error_hint(reading->error,
               "in a partial clone, `git archive %s >/dev/null` fetches it; otherwise `git fsck` says what "
               "is broken",
               reading->asked->revision);
    return false;
}

bool git_reading_open(struct git_reading *reading)
{
    return git_library_start(reading->error) && open_repository(reading) && find_root(reading);
}

void git_reading_close(struct git_reading *reading)
{
    if (reading->repository)
        git.git_repository_free(reading->repository);
    reading->repository = NULL;
}
