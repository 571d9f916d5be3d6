/* `ignore`: each entry is a pattern of names, and before it, if it is for one kind of objects, that kind. */
#include "base/error.h"
#include "base/nearest.h"
#include "project/project.h"
#include "schema/kind.h"

#include <string.h>

static bool unknown_kind(const struct dun_project *project, const struct config_text *value, const char *word,
                         dun_error *error)
{
    const char *words[SCHEMA_KIND_COUNT + 1] = {NULL};
    for (size_t kind = 0; kind < SCHEMA_KIND_COUNT; ++kind)
        words[kind] = schema_kind_word((enum schema_kind)kind);
    const char *meant = nearest_word(word, words);
    error_set(error, DUN_BAD_INPUT, "\"ignore\": \"%s\" is no kind of objects", word);
    if (meant)
        error_hint(error, "did you mean \"%s\"?", meant);
    else
        error_hint(error, "write a pattern of names alone, or a kind before it: \"table tmp_*\", \"check constraint *\"");
    source_error_at(error, &project->config->source, value->place);
    return false;
}

/* The pattern is the last word: names with blanks in them are matched by a "?". */
static bool read_entry(struct dun_project *project, const struct config_text *value, dun_ignore *ret_ignore,
                       dun_error *error)
{
    const char *text;
    enum schema_kind kind;
    if (!expand(value, &project->config->source, project->variables, &text, NULL, error))
        return false;
    const char *blank = strrchr(text, ' ');
    *ret_ignore = (dun_ignore){.pattern = blank ? blank + 1 : text,
                               .file = project->config_file,
                               .line = value->place.line};
    if (!blank)
        return true;
    const char *word = arena_strndup(project->arena, text, (size_t)(blank - text));
    if (!schema_kind_from_word(word, &kind))
        return unknown_kind(project, value, word, error);
    ret_ignore->kind = schema_kind_word(kind);
    return true;
}

bool ignore_settle(struct dun_project *project, dun_error *error)
{
    size_t count = project->config->ignore.count;
    dun_ignore *ignore = arena_alloc(project->arena, (count + 1) * sizeof *ignore);
    for (size_t i = 0; i < count; ++i)
        if (!read_entry(project, &project->config->ignore.items[i], &ignore[i], error))
            return false;
    project->ignore = ignore;
    project->ignore_count = count;
    return true;
}
