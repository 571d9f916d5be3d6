#include "source/git_library.h"

#include "task/task.h"

struct libgit2 git;

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
    if (!library_open("libgit2.so." LIBGIT2_SOVERSION, "libgit2-" LIBGIT2_SOVERSION, names, (void **)&git,
                      error))
        return false;
    git.git_libgit2_init();
    git.git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    git.git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, sizeof extensions / sizeof *extensions);
    return true;
}

bool git_library_start(dun_error *error)
{
    static struct task_once once;
    return task_once(&once, open_library, NULL, error);
}
