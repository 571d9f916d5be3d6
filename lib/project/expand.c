/* Variables in the values of a config. */
#include "project/expand.h"

#include "base/error.h"
#include "base/str.h"

#include <string.h>

enum { DEEPEST = 16 }; /* ${A:-${B:-...}} */

struct expander {
    const struct variables *variables; /* NULL: only the form is checked */
    struct str result;
    bool secret;
    dun_error *error;
};

static bool malformed(struct expander *expander, const char *what)
{
    error_set(expander->error, DUN_BAD_INPUT, "%s", what);
    error_hint(expander->error, "write ${NAME}, ${NAME:-text}, or $$ for a dollar sign");
    return false;
}

/* The closing brace of the "${" whose inside begins at `text`, or NULL. */
static const char *find_brace(const char *text, const char *end)
{
    unsigned depth = 1;
    for (const char *c = text; c < end; ++c) {
        if (*c == '$' && c + 1 < end && (c[1] == '$' || c[1] == '{'))
            depth += *++c == '{';
        else if (*c == '}' && --depth == 0)
            return c;
    }
    return NULL;
}

static bool not_set(struct expander *expander, const char *name)
{
    error_set(expander->error, DUN_BAD_INPUT, "the variable %s is not set", name);
    if (expander->variables->dotenv)
        error_hint(expander->error,
                   "it was looked for in the process environment and in %s; ${%s:-text} gives it a default",
                   expander->variables->dotenv, name);
    else
        error_hint(expander->error,
                   "it was looked for in the process environment; ${%s:-text} gives it a default", name);
    return false;
}

static bool expand_range(struct expander *expander, const char *text, const char *end, unsigned depth);

/* What stands between "${" and "}". */
static bool expand_variable(struct expander *expander, const char *text, const char *end, unsigned depth)
{
    size_t length = variables_name_length(text);
    const char *after = text + length;
    bool has_default = after + 1 < end && after[0] == ':' && after[1] == '-';
    if (length == 0 || (after != end && !has_default))
        return malformed(expander,
                         length ? "something follows the name in \"${...}\"" : "no name follows \"${\"");
    if (!expander->variables)
        return !has_default || expand_range(expander, after + 2, end, depth + 1);

    struct str name = STR_INIT;
    str_append_n(&name, text, length);
    const char *value = variables_get(expander->variables, str_text(&name));
    bool good = true;
    if (value && (*value || !has_default)) {
        str_append(&expander->result, value);
        expander->secret = true;
    } else if (has_default) {
        good = expand_range(expander, after + 2, end, depth + 1);
    } else {
        good = not_set(expander, str_text(&name));
    }
    str_free(&name);
    return good;
}

static bool expand_range(struct expander *expander, const char *text, const char *end, unsigned depth)
{
    if (depth > DEEPEST)
        return malformed(expander, "\"${...}\" stands too deep inside others");
    while (text < end) {
        const char *dollar = memchr(text, '$', (size_t)(end - text));
        str_append_n(&expander->result, text, (size_t)((dollar ? dollar : end) - text));
        if (!dollar)
            return true;
        if (dollar + 1 < end && dollar[1] == '{') {
            const char *brace = find_brace(dollar + 2, end);
            if (!brace)
                return malformed(expander, "\"${\" has no \"}\"");
            if (!expand_variable(expander, dollar + 2, brace, depth))
                return false;
            text = brace + 1;
        } else {
            str_append_char(&expander->result, '$');
            text = dollar + (dollar + 1 < end && dollar[1] == '$' ? 2 : 1);
        }
    }
    return true;
}

bool expand(const struct config_text *value, const struct source *source, const struct variables *variables,
            const char **ret_text, bool *ret_secret, dun_error *error)
{
    struct expander expander = {.variables = variables, .error = error};
    bool good = expand_range(&expander, value->text, value->text + strlen(value->text), 0);
    if (good) {
        *ret_text = arena_strndup(variables->arena, str_text(&expander.result), expander.result.length);
        if (ret_secret)
            *ret_secret = expander.secret;
    } else {
        source_error_at(error, source, value->place);
    }
    str_free(&expander.result);
    return good;
}

bool expand_check(const struct config_text *value, const struct source *source, dun_error *error)
{
    struct expander expander = {.error = error};
    bool good = expand_range(&expander, value->text, value->text + strlen(value->text), 0);
    if (!good)
        source_error_at(error, source, value->place);
    str_free(&expander.result);
    return good;
}
