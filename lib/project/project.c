/* Loading a project, and what it says of itself. environments.c finds its targets. */
#include "project/project.h"

#include "base/error.h"
#include "project/dotenv.h"
#include "project/duration.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char config_name[] = "dunlin.yaml";

enum { DEFAULT_LOCK_TIMEOUT_MS = 10000 };

static const char *folder_of(struct arena *arena, const char *file)
{
    const char *slash = strrchr(file, '/');
    if (!slash)
        return ".";
    return slash == file ? "/" : arena_strndup(arena, file, (size_t)(slash - file));
}

/* No config is fine, but somebody who wrote dunlin.yml should not wonder why nothing of it counts. */
static void warn_of_other_name(struct dun_project *project)
{
    const char *other = target_join(project->arena, project->folder, "dunlin.yml");
    if (access(other, F_OK) == 0)
        variables_warn(project->variables, other, 0,
                       "this file is not read; the config is named dunlin.yaml");
}

static bool read_failed(const char *file, int failure, dun_error *error)
{
    error_set(error, DUN_BAD_INPUT, "the config cannot be read: %s", strerror(failure));
    error_at(error, file, 0, 0);
    if (failure == ENOENT)
        error_hint(error,
                   "check the path, or leave it out: dunlin.yaml of the project's folder is read by itself");
    return false;
}

static bool check_folder(const char *folder, dun_error *error)
{
    struct stat status;
    int failure = stat(folder, &status) != 0 ? errno : S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
    if (failure == 0)
        return true;
    error_set(error, DUN_BAD_INPUT, "the project's folder \"%s\" cannot be used: %s", folder,
              strerror(failure));
    return false;
}

/* A config that was meant to be there: without it, others of its settings would count. */
static bool is_broken_link(const char *file)
{
    struct stat status;
    return lstat(file, &status) == 0;
}

/* Finds and reads the config. libfyaml is not touched when there is none. */
static bool read_config(struct dun_project *project, const dun_project_options *options, dun_error *error)
{
    struct arena *arena = project->arena;
    const char *given = options->folder && *options->folder ? options->folder : ".";
    project->folder = options->config ? folder_of(arena, options->config) : arena_strdup(arena, given);
    const char *file = options->config ? arena_strdup(arena, options->config)
                                       : target_join(arena, project->folder, config_name);
    struct source source;
    int failure = source_read(arena, file, &source);
    if (failure == ENOENT && is_broken_link(file)) {
        error_set(error, DUN_BAD_INPUT,
                  "the config cannot be read: it is a link to a file that is not there");
        error_at(error, file, 0, 0);
        return false;
    }
    if (failure == ENOENT && !options->config) {
        project->config = ARENA_NEW(arena, struct config);
        warn_of_other_name(project);
        return check_folder(project->folder, error);
    }
    if (failure != 0)
        return read_failed(file, failure, error);
    project->config_file = file;
    struct config *config;
    if (!config_read(arena, &source, &config, error))
        return false;
    project->config = config;
    return true;
}

/* A value of the whole project with its variables replaced, or the default. */
static bool settle_text(struct dun_project *project, const char *key, const struct config_text *value,
                        const char *otherwise, const char **ret_text, dun_error *error)
{
    const char *text = otherwise;
    if (value->text && !expand(value, &project->config->source, project->variables, &text, NULL, error))
        return false;
    if (*text == '\0') {
        error_set(error, DUN_BAD_INPUT, "\"%s\" is empty after its variables were replaced", key);
        source_error_at(error, &project->config->source, value->place);
        return false;
    }
    *ret_text = text;
    return true;
}

static bool settle_folder(struct dun_project *project, const char *key, const struct config_text *value,
                          const char **ret_path, dun_error *error)
{
    const char *path;
    if (!settle_text(project, key, value, key, &path, error))
        return false;
    *ret_path = target_join(project->arena, project->folder, path);
    return true;
}

static bool settle_lock_timeout(struct dun_project *project, dun_error *error)
{
    const struct config_text *value = &project->config->lock_timeout;
    const char *text;
    project->lock_timeout_ms = DEFAULT_LOCK_TIMEOUT_MS;
    if (!value->text)
        return true;
    if (!settle_text(project, "lock_timeout", value, NULL, &text, error))
        return false;
    if (duration_read(text, &project->lock_timeout_ms))
        return true;
    error_set(error, DUN_BAD_INPUT, "\"lock_timeout\" must be a duration");
    error_hint(error, "%s", duration_forms);
    source_error_at(error, &project->config->source, value->place);
    return false;
}

static bool settle_scratch(struct dun_project *project, dun_error *error)
{
    const struct config_text *value = &project->config->scratch;
    const char *text;
    if (!settle_text(project, "scratch", value, "auto", &text, error))
        return false;
    return strcmp(text, "auto") == 0 || target_of_config(project, value, &project->scratch, error);
}

static bool settle_default_environment(struct dun_project *project, dun_error *error)
{
    const struct config_text *value = &project->config->default_environment;
    const char *name;
    if (!value->text)
        return true;
    if (!settle_text(project, "default_environment", value, NULL, &name, error))
        return false;
    project->default_environment = config_find_environment(project->config, name);
    if (project->default_environment)
        return true;
    error_set(error, DUN_BAD_INPUT, "\"default_environment\" names no environment of this config");
    source_error_at(error, &project->config->source, value->place);
    return false;
}

static void gather_names(struct dun_project *project)
{
    size_t count = project->config->environments.count;
    project->environment_names =
        arena_alloc(project->arena, (count + 1) * sizeof *project->environment_names);
    for (size_t i = 0; i < count; ++i)
        project->environment_names[i] = project->config->environments.items[i].name;
}

static bool settle(struct dun_project *project, dun_error *error)
{
    const struct config *config = project->config;
    return settle_folder(project, "schema", &config->schema, &project->schema, error) &&
           settle_folder(project, "migrations", &config->migrations, &project->migrations, error) &&
           settle_folder(project, "seeds", &config->seeds, &project->seeds, error) &&
           settle_text(project, "history", &config->history, "dunlin_history", &project->history, error) &&
           settle_scratch(project, error) && settle_lock_timeout(project, error) &&
           settle_default_environment(project, error) && ignore_settle(project, error) &&
           compared_settle(project, error);
}

dun_project *dun_project_load(const dun_project_options *options, dun_error *error)
{
    static const dun_project_options defaults = DUN_PROJECT_OPTIONS_INIT;
    if (!options)
        options = &defaults;
    struct arena *arena = arena_new();
    struct dun_project *project = ARENA_NEW(arena, struct dun_project);
    project->arena = arena;
    project->variables = variables_new(arena, options->variables);
    bool good = read_config(project, options, error);
    if (good) {
        dotenv_read(project->variables, target_join(arena, project->folder, ".env"));
        gather_names(project);
        good = settle(project, error) && environments_choose(project, options, error);
    }
    if (!good) {
        arena_free(arena);
        return NULL;
    }
    return project;
}

void dun_project_free(dun_project *project)
{
    if (project)
        arena_free(project->arena);
}

const char *dun_project_folder(const dun_project *project)
{
    return project->folder;
}

const char *dun_project_config(const dun_project *project)
{
    return project->config_file;
}

const char *dun_project_schema(const dun_project *project)
{
    return project->schema;
}

const char *dun_project_migrations(const dun_project *project)
{
    return project->migrations;
}

const char *dun_project_seeds(const dun_project *project)
{
    return project->seeds;
}

bool dun_project_demo(const dun_project *project, dun_demo_options *options, dun_error *error)
{
    const struct config *config = project->config;
    char *end = NULL;
    options->settings = config->demo_settings.items;
    options->setting_count = config->demo_settings.count;
    if (config->demo_locale.text)
        options->locale = config->demo_locale.text;
    if (!config->demo_seed.text)
        return true;
    unsigned long long seed = strtoull(config->demo_seed.text, &end, 10);
    if (*end || *config->demo_seed.text == '-') {
        error_set(error, DUN_BAD_INPUT, "seed of demo must be a number, not \"%s\"", config->demo_seed.text);
        error_at(error, config->source.file, config->demo_seed.place.line, config->demo_seed.place.column);
        return false;
    }
    options->seed = seed;
    return true;
}

const dun_seed_setting *dun_project_seed_settings(const dun_project *project, size_t *ret_count)
{
    *ret_count = project->config->seed_settings.count;
    return project->config->seed_settings.items;
}

const char *dun_project_scratch(const dun_project *project)
{
    return project->scratch;
}

const char *dun_project_history(const dun_project *project)
{
    return project->history;
}

int64_t dun_project_lock_timeout_ms(const dun_project *project)
{
    return project->lock_timeout_ms;
}

const char *dun_project_environment(const dun_project *project)
{
    return project->environment ? project->environment->name : NULL;
}

bool dun_project_protected(const dun_project *project)
{
    return project->is_protected;
}

unsigned dun_project_concurrency(const dun_project *project)
{
    return project->environment ? project->environment->concurrency : 0;
}

const dun_ignore *dun_project_ignore(const dun_project *project, size_t *ret_count)
{
    *ret_count = project->ignore_count;
    return project->ignore;
}

dun_compared dun_project_compared(const dun_project *project)
{
    return project->compared;
}

const char *const *dun_project_environments(const dun_project *project, size_t *ret_count)
{
    *ret_count = project->config->environments.count;
    return project->environment_names;
}

const char *dun_project_variable(const dun_project *project, const char *name)
{
    return variables_get(project->variables, name);
}

const dun_project_warning *dun_project_warnings(const dun_project *project, size_t *ret_count)
{
    *ret_count = project->variables->warnings.count;
    return project->variables->warnings.items;
}
