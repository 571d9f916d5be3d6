#include "source/git.h"

#include "base/library.h"
#include "base/str.h"

#include <git2.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LIBGIT2_FUNCTIONS(X)    \
    X(git_libgit2_init)         \
    X(git_libgit2_shutdown)     \
    X(git_libgit2_opts)         \
    X(git_repository_open_ext)  \
    X(git_repository_free)      \
    X(git_reference_name_to_id) \
    X(git_oid_tostr)

struct libgit2 {
    LIBGIT2_FUNCTIONS(LIBRARY_POINTER)
};

static bool open_library(struct libgit2 *ret_libgit2)
{
    static const char *const names[] = {LIBGIT2_FUNCTIONS(LIBRARY_NAME) NULL};
    return library_open("libgit2.so." LIBGIT2_SOVERSION, "libgit2-" LIBGIT2_SOVERSION, names,
                        (void **)ret_libgit2, NULL);
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
    struct libgit2 git;
    if (!in_work_tree(folder) || !open_library(&git))
        return NULL;
    const char *commit = NULL;
    git_repository *repository = NULL;
    int validated = 1;
    git.git_libgit2_init();
    /*
     * Nothing of the repository is run and nothing is written, so whose folder it is does not matter. The
     * application may use the same libgit2, for which it does.
     */
    git.git_libgit2_opts(GIT_OPT_GET_OWNER_VALIDATION, &validated);
    git.git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    if (git.git_repository_open_ext(&repository, folder, 0, NULL) == 0) {
        git_oid id;
        char text[GIT_OID_HEXSZ + 1];
        if (git.git_reference_name_to_id(&id, repository, "HEAD") == 0)
            commit = arena_strdup(arena, git.git_oid_tostr(text, sizeof text, &id));
        git.git_repository_free(repository);
    }
    git.git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, validated);
    git.git_libgit2_shutdown();
    return commit;
}
