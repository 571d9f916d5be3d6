/* URLs of targets: checked, and with paths that can be opened from the current folder. */
#include "project/project.h"

#include "base/error.h"
#include "base/str.h"
#include "db/url.h"

#include <string.h>

const char *target_join(struct arena *arena, const char *folder, const char *path)
{
    if (path[0] == '/' || strcmp(folder, ".") == 0)
        return path;
    size_t length = strlen(folder);
    while (length > 0 && folder[length - 1] == '/')
        --length;
    return arena_printf(arena, "%.*s/%s", (int)length, folder, path);
}

/* Percent-encodes all that a URL could take for something else than a part of the path. */
static void append_path(struct str *url, const char *path)
{
    for (; *path; ++path) {
        if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/", *path))
            str_append_char(url, *path);
        else
            str_printf(url, "%%%02X", (unsigned)(unsigned char)*path);
    }
}

/*
 * The URL with a relative path put into the project's folder; `text` itself where nothing is to be done. Only
 * URLs of files have no hosts. ":memory:" and the "file:" of SQLite's own URIs are no paths.
 */
static const char *in_folder(const struct dun_project *project, const char *text, const struct db_url *url)
{
    if (url->host_count > 0 || strchr("/:", url->database[0]) || strncmp(url->database, "file:", 5) == 0 ||
        strcmp(project->folder, ".") == 0)
        return text;
    const char *path = target_join(project->arena, project->folder, url->database);
    while (path[0] == '/' && path[1] == '/')
        ++path; /* two slashes would begin a host */
    const char *query = strchr(text, '?');
    struct str result = STR_INIT;
    str_printf(&result, "%s:", url->scheme);
    append_path(&result, path);
    str_append(&result, query ? query : "");
    const char *copy = arena_strndup(project->arena, result.data, result.length);
    str_free(&result);
    return copy;
}

bool target_of_config(struct dun_project *project, const struct config_text *value, const char **ret_url,
                      dun_error *error)
{
    const struct source *source = &project->config->source;
    const char *text;
    bool from_variable;
    struct db_url *url;
    if (!expand(value, source, project->variables, &text, &from_variable, error))
        return false;
    if (!db_url_parse(project->arena, text, &url, error)) {
        if (from_variable)
            error_hint(error, "this is about the value with its variables replaced");
        source_error_at(error, source, value->place);
        return false;
    }
    *ret_url = in_folder(project, text, url);
    return true;
}

bool target_of_text(struct dun_project *project, const char *text, const char **ret_url, dun_error *error)
{
    struct db_url *url;
    if (!db_url_parse(project->arena, text, &url, error))
        return false;
    *ret_url = in_folder(project, text, url);
    return true;
}

bool target_of_variable(struct dun_project *project, const char *name, const char *text, const char **ret_url,
                        dun_error *error)
{
    if (target_of_text(project, text, ret_url, error))
        return true;
    error_context(error, "the variable %s", name);
    return false;
}
