/* Which environment applies, and what its targets are. */
#include "project/project.h"

#include "base/error.h"
#include "base/nearest.h"
#include "base/str.h"
#include "db/url.h"

#include <string.h>

enum { MOST_NAMES_SHOWN = 20 };

static void hint_names(const struct dun_project *project, const char *name, dun_error *error)
{
    size_t count = project->config->environments.count;
    const char *meant = name ? nearest_word(name, project->environment_names) : NULL;
    if (meant) {
        error_hint(error, "did you mean \"%s\"?", meant);
        return;
    }
    struct str names = STR_INIT;
    for (size_t i = 0; i < count && i < MOST_NAMES_SHOWN; ++i)
        str_printf(&names, "%s%s", i ? ", " : "", project->environment_names[i]);
    if (count > 0)
        error_hint(error, "the environments are %s%s", str_text(&names),
                   count > MOST_NAMES_SHOWN ? ", ..." : "");
    else if (!project->config_file)
        error_hint(error, "there is no config: %s is missing",
                   target_join(project->arena, project->folder, "dunlin.yaml"));
    else
        error_hint(error, "%s has no environments", project->config_file);
    str_free(&names);
}

/* DUN_USAGE when there is none of that name. */
static const struct config_environment *find(const struct dun_project *project, const char *name,
                                             dun_error *error)
{
    const struct config_environment *environment = config_find_environment(project->config, name);
    if (!environment) {
        error_set(error, DUN_USAGE, "there is no environment \"%s\"", name);
        hint_names(project, name, error);
    }
    return environment;
}

static bool has_url(struct dun_project *project, const struct config_environment *environment,
                    const char *url)
{
    const char *candidate;
    VECTOR_EACH (const struct config_text, value, &environment->urls)
        if (target_of_config(project, value, &candidate, NULL) && strcmp(candidate, url) == 0)
            return true;
    return false;
}

/* The environment that has this very URL; of several a protected one. NULL: none has. */
static const struct config_environment *find_by_url(struct dun_project *project, const char *url)
{
    const struct config_environment *found = NULL;
    VECTOR_EACH (const struct config_environment, environment, &project->config->environments)
        if ((!found || environment->is_protected) && has_url(project, environment, url)) {
            found = environment;
            if (found->is_protected)
                break;
        }
    return found;
}

static const struct config_environment *only_environment(const struct config *config)
{
    return config->environments.count == 1 ? config->environments.items : NULL;
}

bool environments_choose(struct dun_project *project, const dun_project_options *options, dun_error *error)
{
    const char *variable = variables_get(project->variables, "DATABASE_URL");
    const struct config_environment *same = NULL;
    const char *url;
    if (options->environment) {
        project->environment = find(project, options->environment, error);
        if (!project->environment)
            return false;
        project->origin = TARGET_OF_ENVIRONMENT;
    }
    if (options->url) {
        project->origin = TARGET_OF_OPTIONS;
        project->url = arena_strdup(project->arena, options->url);
        same = find_by_url(project, project->url);
    } else if (!options->environment && variable && *variable) {
        project->origin = TARGET_OF_VARIABLE;
        project->url = variable;
        if (target_of_variable(project, "DATABASE_URL", variable, &url, NULL))
            same = find_by_url(project, url);
    } else if (!options->environment) {
        project->environment =
            project->default_environment ? project->default_environment : only_environment(project->config);
        project->origin = project->environment ? TARGET_OF_ENVIRONMENT : TARGET_NONE;
    }
    if (!project->environment)
        project->environment = same;
    project->is_protected =
        (project->environment && project->environment->is_protected) || (same && same->is_protected);
    return true;
}

static bool no_target(const struct dun_project *project, dun_error *error)
{
    error_set(error, DUN_USAGE, "no database was chosen");
    error_hint(error,
               "give --url URL, choose an environment of dunlin.yaml with -e NAME, or set DATABASE_URL");
    if (project->config->environments.count > 0)
        hint_names(project, NULL, error);
    return false;
}

static bool is_looked_up(const struct config_environment *environment)
{
    return environment->urls.count == 0 || environment->databases.text || environment->schemas.text;
}

static const char *const *targets_of(struct dun_project *project,
                                     const struct config_environment *environment, size_t *ret_count,
                                     dun_error *error)
{
    if (is_looked_up(environment)) {
        error_set(error, DUN_USAGE,
                  "the targets of environment \"%s\" are looked up in a database, which this command does not do",
                  environment->name);
        error_hint(error, "give one of them with --url");
        return NULL;
    }
    const char **urls = arena_alloc(project->arena, environment->urls.count * sizeof *urls);
    for (size_t i = 0; i < environment->urls.count; ++i)
        if (!target_of_config(project, &environment->urls.items[i], &urls[i], error))
            return NULL;
    *ret_count = environment->urls.count;
    return urls;
}

const char *const *dun_project_environment_targets(dun_project *project, const char *name, size_t *ret_count,
                                                   dun_error *error)
{
    const struct config_environment *environment = find(project, name, error);
    return environment ? targets_of(project, environment, ret_count, error) : NULL;
}

/* The one URL that came from elsewhere than an environment. */
static bool only_target(struct dun_project *project, const char **ret_url, dun_error *error)
{
    struct db_url *url;
    if (project->origin == TARGET_OF_VARIABLE)
        return target_of_variable(project, "DATABASE_URL", project->url, ret_url, error);
    if (!db_url_parse(project->arena, project->url, &url, error))
        return false;
    *ret_url = project->url;
    return true;
}

const char *const *dun_project_targets(dun_project *project, size_t *ret_count, dun_error *error)
{
    if (project->origin == TARGET_NONE) {
        no_target(project, error);
        return NULL;
    }
    if (project->origin == TARGET_OF_ENVIRONMENT)
        return targets_of(project, project->environment, ret_count, error);
    const char **urls = arena_alloc(project->arena, sizeof *urls);
    if (!only_target(project, urls, error))
        return NULL;
    *ret_count = 1;
    return urls;
}

bool dun_project_is_looked_up(const dun_project *project)
{
    return project->origin == TARGET_OF_ENVIRONMENT && is_looked_up(project->environment);
}

bool dun_project_is_flock(const dun_project *project)
{
    return project->origin == TARGET_OF_ENVIRONMENT &&
           (is_looked_up(project->environment) || strcmp(project->environment->targets_key, "url") != 0);
}

bool dun_project_discover(dun_project *project, const char **ret_url, const char **ret_query,
                          dun_error *error)
{
    const struct config_environment *environment = project->environment;
    const char *url = NULL, *query = NULL;
    if (project->origin == TARGET_NONE)
        return no_target(project, error);
    if (project->origin == TARGET_OF_ENVIRONMENT && environment->discover_url.text &&
        (!target_of_config(project, &environment->discover_url, &url, error) ||
         !expand(&environment->discover_query, &project->config->source, project->variables, &query, NULL,
                 error)))
        return false;
    *ret_url = url;
    *ret_query = query;
    return true;
}
