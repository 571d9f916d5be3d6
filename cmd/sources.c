#include "sources.h"

#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *join(const char *folder, const char *below)
{
    size_t size = strlen(folder) + strlen(below) + 1;
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s%s", folder, below);
    return path;
}

/* As the XDG Base Directory Specification has it; a relative path there does not count. */
char *sources_cache(const struct program *program)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (program->options->no_cache)
        return NULL;
    if (cache && cache[0] == '/')
        return join(cache, "/dunlin");
    return home && home[0] == '/' ? join(home, "/.cache/dunlin") : NULL;
}

/*
 * The target lends its server to scratch places, where there is one; one of several of a flock will do.
 * Without one that was asked for, other sources may do.
 */
static bool find_target(struct sources *sources)
{
    size_t count = 0;
    bool chosen = sources->program->options->url || sources->program->options->environment;
    if (dun_project_is_looked_up(sources->project))
        return true;
    const char *const *urls =
        dun_project_targets(sources->project, &count, chosen ? sources->program->error : NULL);
    if (urls && count)
        sources->options.url = urls[0];
    return urls || !chosen;
}

bool sources_open(struct sources *sources, struct program *program)
{
    const struct options *given = program->options;
    *sources = (struct sources){.program = program, .options = DUN_SCHEMA_OPTIONS_INIT};
    sources->project = project_open(program);
    if (!sources->project || !find_target(sources))
        return false;
    project_name_user(sources->user);
    sources->cache = sources_cache(program);
    dun_schema_options *options = &sources->options;
    options->engine = given->engine;
    options->scratch = dun_project_scratch(sources->project);
    options->project = dun_project_folder(sources->project);
    options->schema = dun_project_schema(sources->project);
    options->migrations = dun_project_migrations(sources->project);
    options->cache = sources->cache;
    options->history = dun_project_history(sources->project);
    options->wait_ms = given->wait_ms >= 0 ? given->wait_ms : 0;
    options->online = given->online;
    options->applied_by = sources->user;
    options->echo = given->echo ? stderr : NULL;
    options->cancel = program->cancel;
    options->ignore = dun_project_ignore(sources->project, &options->ignore_count);
    const dun_compared compared = dun_project_compared(sources->project);
    options->owners = compared.owners;
    options->grants = compared.grants;
    options->definers = compared.definers;
    return true;
}

bool sources_borrow_server(struct sources *sources)
{
    const struct program *program = sources->program;
    dun_lookup_options lookup = DUN_LOOKUP_OPTIONS_INIT;
    size_t count = 0;
    if (sources->options.url || sources->options.engine || sources->options.scratch ||
        !dun_project_is_looked_up(sources->project))
        return true;
    lookup.wait_ms = sources->options.wait_ms;
    lookup.echo = sources->options.echo;
    lookup.cancel = program->cancel;
    const char *const *urls = dun_project_find_targets(sources->project, &lookup, &count, program->error);
    if (urls && count)
        sources->options.url = urls[0];
    return urls != NULL;
}

void sources_close(struct sources *sources)
{
    dun_project_free(sources->project);
    free(sources->cache);
}

void sources_begin(const struct program *program, const char *what)
{
    const struct options *given = program->options;
    if (!given->quiet && !given->echo && terminal_is_capable(STDERR_FILENO))
        progress_begin(what);
}

const char *sources_spelling(struct sources *sources, const char *text)
{
    static const char environment[] = "env:";
    size_t count = 0;
    if (strncmp(text, environment, strlen(environment)) != 0)
        return text;
    const char *name = text + strlen(environment);
    const char *const *urls =
        dun_project_environment_targets(sources->project, name, &count, sources->program->error);
    if (!urls || count == 1)
        return urls ? urls[0] : NULL;
    char message[400];
    snprintf(message, sizeof message, "the environment \"%.200s\" has %zu targets, and a source is one", name,
             count);
    dun_error_set(sources->program->error, DUN_USAGE, message, "write the URL of one of them");
    return NULL;
}
