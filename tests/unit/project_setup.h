/* For the tests of projects: folders with files that are gone after the test, and loading them. */
#ifndef PROJECT_SETUP_H
#define PROJECT_SETUP_H

#include <dunlin/project.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct setup {
    char folder[64];
    dun_error *error;
    dun_project *project;
};

/* cmocka's setup and teardown of a test; *state is the struct setup. */
static inline int make_folder(void **state)
{
    struct setup *setup = calloc(1, sizeof *setup);
    snprintf(setup->folder, sizeof setup->folder, "/tmp/dunlin_project_XXXXXX");
    setup->error = dun_error_new();
    *state = setup;
    return setup->error && mkdtemp(setup->folder) ? 0 : -1;
}

static inline const char *path_in(const struct setup *setup, const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", setup->folder, name);
    return path;
}

static inline int remove_folder(void **state)
{
    static const char *const names[] = {"dunlin.yaml", "dunlin.yml", ".env", "other.yaml"};
    struct setup *setup = *state;
    for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
        unlink(path_in(setup, names[i]));
        rmdir(path_in(setup, names[i]));
    }
    rmdir(setup->folder);
    dun_project_free(setup->project);
    dun_error_free(setup->error);
    free(setup);
    return 0;
}

static inline void write_file(const struct setup *setup, const char *name, const char *text)
{
    FILE *file = fopen(path_in(setup, name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    fclose(file);
}

/* Loads with the folder of the test, after what was loaded before is freed. */
static inline bool load(struct setup *setup, dun_project_options options)
{
    options.folder = setup->folder;
    dun_project_free(setup->project);
    dun_error_clear(setup->error);
    setup->project = dun_project_load(&options, setup->error);
    return setup->project != NULL;
}

static inline bool load_config(struct setup *setup, const char *config)
{
    write_file(setup, "dunlin.yaml", config);
    return load(setup, (dun_project_options)DUN_PROJECT_OPTIONS_INIT);
}

static inline void assert_contains(const char *text, const char *part)
{
    if (!text || !strstr(text, part))
        fail_msg("\"%s\" does not contain \"%s\"", text ? text : "(null)", part);
}

/* A failure with this code, at this place of the config (0: none), with this in its message. */
static inline void assert_failure(const struct setup *setup, enum dun_code code, unsigned line,
                                  unsigned column, const char *message)
{
    assert_int_equal(dun_error_code(setup->error), code);
    assert_contains(dun_error_message(setup->error), message);
    assert_int_equal(dun_error_line(setup->error), line);
    assert_int_equal(dun_error_column(setup->error), column);
    if (line > 0)
        assert_contains(dun_error_file(setup->error), "/dunlin.yaml");
}

#define PROJECT_TEST(function) cmocka_unit_test_setup_teardown(function, make_folder, remove_folder)

#endif
