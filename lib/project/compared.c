/* `compare`: what is compared only on request, for many a database has others to say who may do what. */
#include "base/error.h"
#include "base/nearest.h"
#include "project/project.h"

#include <string.h>

static bool read_entry(struct dun_project *project, const struct config_text *value, dun_error *error)
{
    static const char *const words[] = {"owners", "grants", "definers", NULL};
    dun_compared *compared = &project->compared;
    bool *const asked[] = {&compared->owners, &compared->grants, &compared->definers};
    const char *text;
    if (!expand(value, &project->config->source, project->variables, &text, NULL, error))
        return false;
    for (size_t i = 0; words[i]; ++i)
        if (strcmp(text, words[i]) == 0)
            return *asked[i] = true;
    error_set(error, DUN_BAD_INPUT, "\"compare\": \"%s\" is nothing that is compared on request", text);
    const char *meant = nearest_word(text, words);
    if (meant)
        error_hint(error, "did you mean \"%s\"?", meant);
    else
        error_hint(error, "there are owners, grants and definers");
    source_error_at(error, &project->config->source, value->place);
    return false;
}

bool compared_settle(struct dun_project *project, dun_error *error)
{
    VECTOR_EACH (const struct config_text, entry, &project->config->compare)
        if (!read_entry(project, entry, error))
            return false;
    return true;
}
