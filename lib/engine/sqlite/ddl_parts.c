#include "engine/sqlite/ddl_parts.h"

#include "base/str.h"
#include "sql/quote.h"
#include "sql/words.h"

#include <string.h>

const char *ddl_collation(struct arena *arena, const char *name)
{
    static const char *const own[] = {"BINARY", "NOCASE", "RTRIM", NULL};
    for (size_t i = 0; own[i]; ++i)
        if (word_equals(name, strlen(name), own[i]))
            return own[i];
    return arena_strdup(arena, name);
}

void ddl_keep_name(struct arena *arena, ddl_texts *options, const char *name, const char *rest)
{
    if (!name)
        return;
    struct str text = STR_INIT;
    str_append(&text, "CONSTRAINT ");
    sql_quote_identifier(&text, SQL_SQLITE, name);
    if (*rest)
        str_printf(&text, " %s", rest);
    *vector_add(arena, options) = arena_strdup(arena, str_text(&text));
    str_free(&text);
}

bool ddl_take_names(struct tokens *tokens, ddl_texts *names)
{
    if (!tokens_take_operator(tokens, '('))
        return false;
    do {
        const char *name;
        if (!tokens_take_name(tokens, &name))
            return false;
        *vector_add(tokens->arena, names) = name;
    } while (tokens_take_operator(tokens, ','));
    return tokens_take_operator(tokens, ')');
}

bool ddl_take_conflict(struct tokens *tokens, const char **ret_conflict)
{
    static const struct {
        const char *words, *value;
    } ways[] = {{"ABORT", NULL},
                {"ROLLBACK", "rollback"},
                {"FAIL", "fail"},
                {"IGNORE", "ignore"},
                {"REPLACE", "replace"}};
    *ret_conflict = NULL;
    if (!tokens_take(tokens, "ON CONFLICT"))
        return true;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; ++i)
        if (tokens_take(tokens, ways[i].words)) {
            *ret_conflict = ways[i].value;
            return true;
        }
    return false;
}

bool ddl_take_deferrable(struct tokens *tokens, const char **ret_deferrable)
{
    bool not = tokens_take(tokens, "NOT DEFERRABLE");
    if (!not &&!tokens_take(tokens, "DEFERRABLE"))
        return false;
    bool deferred = tokens_take(tokens, "INITIALLY DEFERRED");
    if (!deferred)
        tokens_take(tokens, "INITIALLY IMMEDIATE");
    *ret_deferrable = not ? NULL : deferred ? "initially deferred" : "deferrable";
    return true;
}

/* What happens to the rows that refer to a row which goes. */
static bool take_action(struct tokens *tokens, const char **ret_action)
{
    static const struct {
        const char *words, *value;
    } actions[] = {{"NO ACTION", NULL},
                   {"SET NULL", "set null"},
                   {"SET DEFAULT", "set default"},
                   {"CASCADE", "cascade"},
                   {"RESTRICT", "restrict"}};
    for (size_t i = 0; i < sizeof actions / sizeof *actions; ++i)
        if (tokens_take(tokens, actions[i].words)) {
            *ret_action = actions[i].value;
            return true;
        }
    return false;
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* SIMPLE is what SQLite does whatever the clause says. */
static bool take_match(struct tokens *tokens, const char **ret_match)
{
    const char *name;
    if (!tokens_take_name(tokens, &name))
        return false;
    char *match = arena_strdup(tokens->arena, name);
    for (char *c = match; *c; ++c)
        *c = small(*c);
    *ret_match = strcmp(match, "simple") == 0 ? NULL : match;
    return true;
}

static bool take_reference_argument(struct tokens *tokens, struct ddl_constraint *constraint,
                                    bool *ret_broken)
{
    const char *ignored = NULL;
    size_t first = tokens->at;
    if (tokens_take(tokens, "ON DELETE")) {
        *ret_broken = !take_action(tokens, &constraint->on_delete);
    } else if (tokens_take(tokens, "ON UPDATE")) {
        *ret_broken = !take_action(tokens, &constraint->on_update);
    } else if (tokens_take(tokens, "ON INSERT")) { /* means nothing, but is taken */
        *ret_broken = !take_action(tokens, &ignored);
        *vector_add(tokens->arena, &constraint->options) = tokens_text(tokens, first, tokens->at);
    } else if (tokens_take(tokens, "MATCH")) {
        *ret_broken = !take_match(tokens, &constraint->match);
    } else {
        return false;
    }
    return true;
}

bool ddl_take_references(struct tokens *tokens, struct ddl_constraint *constraint)
{
    bool broken = false;
    if (!tokens_take(tokens, "REFERENCES") || !tokens_take_name(tokens, &constraint->references))
        return false;
    if (sql_token_is_operator(tokens_peek(tokens, 0), '(') &&
        !ddl_take_names(tokens, &constraint->referenced))
        return false;
    while (!broken && take_reference_argument(tokens, constraint, &broken))
        continue;
    return !broken;
}
