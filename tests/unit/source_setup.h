/* For the tests of sources: a temporary folder of their own, with files and git repositories made by the git
 * program. */
#ifndef SOURCE_SETUP_H
#define SOURCE_SETUP_H

#include "unit/cmocka_main.h"

#include "base/arena.h"
#include "base/str.h"

#include <dunlin/error.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct setup {
    char folder[64];
    struct arena *arena;
    dun_error *error;
};

/* Runs a script of the shell in the folder; it must succeed. */
static inline void run(const struct setup *setup, const char *script)
{
    struct str command = STR_INIT;
    str_printf(&command, "cd %s && { set -e; %s\n} >log 2>&1", setup->folder, script);
    if (system(str_text(&command)) != 0)
        fail_msg("failed: %s", script);
    str_free(&command);
}

static inline const char *path_in(const struct setup *setup, const char *name)
{
    return arena_printf(setup->arena, "%s/%s", setup->folder, name);
}

/* cmocka's setup and teardown of a test; *state is the struct setup. */
static inline int make_setup(void **state)
{
    struct setup *setup = calloc(1, sizeof *setup);
    snprintf(setup->folder, sizeof setup->folder, "/tmp/dunlin_source_XXXXXX");
    setup->arena = arena_new();
    setup->error = dun_error_new();
    *state = setup;
    return mkdtemp(setup->folder) ? 0 : -1;
}

static inline int remove_setup(void **state)
{
    struct setup *setup = *state;
    struct str command = STR_INIT;
    str_printf(&command, "rm -rf %s", setup->folder);
    int status = system(str_text(&command));
    str_free(&command);
    arena_free(setup->arena);
    dun_error_free(setup->error);
    free(setup);
    return status;
}

/* The error is bad input with these texts in message and hint (NULL: any). Clears it. */
static inline void expect_error(dun_error *error, const char *message, const char *hint)
{
    const char *said = dun_error_message(error), *hinted = dun_error_hint(error);
    if (dun_error_code(error) != DUN_BAD_INPUT || !strstr(said, message))
        fail_msg("code %d, not \"%s\" but: %s", dun_error_code(error), message, said);
    if (hint && (!hinted || !strstr(hinted, hint)))
        fail_msg("no hint \"%s\" but: %s", hint, hinted ? hinted : "none");
    dun_error_clear(error);
}

#define SOURCE_TEST(function) cmocka_unit_test_setup_teardown(function, make_setup, remove_setup)

#endif
