/* The inside of a dun_project, for this floor. */
#ifndef PROJECT_PROJECT_H
#define PROJECT_PROJECT_H

#include "base/arena.h"
#include "project/config.h"
#include "project/variables.h"

#include <dunlin/project.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where the target comes from. */
enum target_origin { TARGET_NONE, TARGET_OF_OPTIONS, TARGET_OF_VARIABLE, TARGET_OF_ENVIRONMENT };

struct dun_project {
    struct arena *arena;
    struct variables *variables;
    const struct config *config; /* without values when there is no file */
    const char *config_file;     /* NULL: there is none */
    const char *folder;
    const char *schema, *migrations, *seeds, *scratch, *history;
    int64_t lock_timeout_ms;
    const dun_ignore *ignore;
    size_t ignore_count;
    dun_compared compared;
    const char **environment_names;                       /* ended by NULL */
    const struct config_environment *default_environment; /* NULL: none named */

    enum target_origin origin;
    const char *url;                              /* as given, of TARGET_OF_OPTIONS and TARGET_OF_VARIABLE */
    const struct config_environment *environment; /* that applies; NULL: none */
    bool is_protected;
};

/* environments.c: finds the target and the environment that applies. DUN_USAGE when there is no environment
 * of that name. */
bool environments_choose(struct dun_project *project, const dun_project_options *options, dun_error *error);

/* ignore.c: reads `ignore`. DUN_BAD_INPUT at the place of a kind that there is not. */
bool ignore_settle(struct dun_project *project, dun_error *error);

/* compared.c: reads `compare`. DUN_BAD_INPUT at the place of what cannot be asked for. */
bool compared_settle(struct dun_project *project, dun_error *error);

/* target.c */

/* A path from a folder; as it stands when it is absolute or the folder is the current one. */
const char *target_join(struct arena *arena, const char *folder, const char *path);

/*
 * A URL of the config: variables replaced, checked, and a relative sqlite path put into the project's folder.
 * Fails with DUN_BAD_INPUT at the place of the value. Messages about URLs quote nothing of them (db/url.h).
 */
bool target_of_config(struct dun_project *project, const struct config_text *value, const char **ret_url,
                      dun_error *error);

/* The same for what a query gave. */
bool target_of_text(struct dun_project *project, const char *text, const char **ret_url, dun_error *error);

/* The same for the value of a variable. */
bool target_of_variable(struct dun_project *project, const char *name, const char *text, const char **ret_url,
                        dun_error *error);

#endif
