#include "project.h"

#include "terminal.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern char **environ;

static void tell_project_warnings(const struct program *program, const dun_project *project)
{
    size_t count = 0;
    const dun_project_warning *warnings = dun_project_warnings(project, &count);
    for (size_t i = 0; i < count; ++i) {
        char place[512];
        int length = snprintf(place, sizeof place, "%s", warnings[i].file);
        if (warnings[i].line && length >= 0 && (size_t)length < sizeof place)
            snprintf(place + length, sizeof place - (size_t)length, ":%u", warnings[i].line);
        program_tell_warnings(program, &(dun_warning){place, warnings[i].message}, 1);
    }
}

dun_project *project_open(struct program *program)
{
    dun_project_options options = DUN_PROJECT_OPTIONS_INIT;
    options.config = program->options->config;
    options.environment = program->options->environment;
    options.url = program->options->url;
    options.variables = environ;
    dun_project *project = dun_project_load(&options, program->error);
    if (project)
        tell_project_warnings(program, project);
    return project;
}

const char *project_target(struct program *program, dun_project *project)
{
    size_t count = 0;
    const char *const *urls = dun_project_targets(project, &count, program->error);
    if (!urls)
        return NULL;
    if (count == 1)
        return urls[0];
    char message[400];
    const char *environment = dun_project_environment(project);
    snprintf(message, sizeof message,
             "the environment \"%.200s\" has %zu targets, and this command works on one at a time",
             environment ? environment : "", count);
    dun_error_set(program->error, DUN_USAGE, message,
                  "choose one: --url with the URL of that target, or -e with an environment that has one");
    return NULL;
}

/* From the environment first: the user database may be far away. */
void project_name_user(char name[static PROJECT_USER_SIZE])
{
    char host[256] = "";
    const char *user = getenv("LOGNAME");
    if (!user || !user[0])
        user = getenv("USER");
    if (!user || !user[0]) {
        const struct passwd *entry = getpwuid(geteuid());
        user = entry ? entry->pw_name : "unknown";
    }
    if (gethostname(host, sizeof host - 1) != 0)
        host[0] = '\0';
    snprintf(name, PROJECT_USER_SIZE, "%.60s%s%s", user, host[0] ? "@" : "", host);
}

bool project_confirm(struct program *program, const dun_project *project, const char *deed)
{
    if (!dun_project_protected(project) || program->options->yes)
        return true;
    const char *environment = dun_project_environment(project);
    char text[400];
    if (!terminal_can_ask()) {
        snprintf(text, sizeof text,
                 "the environment \"%.200s\" is protected, and there is no terminal to ask on", environment);
        return dun_error_set(program->error, DUN_USAGE, text, "give --yes if it is meant");
    }
    snprintf(text, sizeof text, "%s the protected environment \"%.200s\"?", deed, environment);
    if (terminal_ask(text, program->cancel))
        return true;
    if (dun_cancel_triggered(program->cancel))
        return dun_error_set(program->error, DUN_INTERRUPTED, "interrupted; nothing was done", NULL);
    return dun_error_set(program->error, DUN_FAILED, "not confirmed; nothing was done", NULL);
}

void project_seed_options(const dun_project *project, dun_seed_options *ret_options)
{
    ret_options->folder = dun_project_seeds(project);
    ret_options->environment = dun_project_environment(project);
    ret_options->settings = dun_project_seed_settings(project, &ret_options->setting_count);
}
