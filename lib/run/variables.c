#include "run/variables.h"

#include "base/error.h"
#include "base/map.h"
#include "sql/lexer.h"

struct variable {
    bool lost;
};

struct reading {
    struct arena *arena;
    enum sql_dialect dialect;
    struct map *variables; /* by name in small letters */
};

struct use {
    struct sql_token token;
    bool assigned;
};

struct uses {
    struct sql_lexer lexer;
    bool into; /* in the list behind INTO */
    bool call; /* may assign to every one of its arguments */
};

static struct variable *find(struct reading *reading, const struct sql_token *token)
{
    char *name = arena_strndup(reading->arena, token->text, token->length);
    for (char *c = name; *c; ++c)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c | 0x20);
    struct variable *variable = map_get(reading->variables, name);
    if (!variable) {
        variable = ARENA_NEW(reading->arena, struct variable);
        map_add(reading->variables, name, variable);
    }
    return variable;
}

static struct uses uses_of(struct reading *reading, const struct sql_statement *statement)
{
    struct uses uses = {.into = false};
    sql_lexer_init(&uses.lexer, reading->dialect, statement->text, statement->length);
    struct sql_lexer ahead = uses.lexer;
    struct sql_token first = sql_lexer_next_significant(&ahead);
    uses.call = sql_token_is(&first, "CALL");
    return uses;
}

static bool is_variable(const struct sql_token *token)
{
    return token->kind == SQL_TOKEN_PARAMETER && token->length > 1 && token->text[0] == '@' &&
           token->text[1] != '@';
}

/* @a = 1 is an assignment in a SET only, @a := 1 everywhere. */
static bool is_assigned(const struct sql_lexer *lexer, bool in_set)
{
    struct sql_lexer ahead = *lexer;
    struct sql_token token = sql_lexer_next_significant(&ahead);
    if (in_set && sql_token_is_operator(&token, '='))
        return true;
    if (!sql_token_is_operator(&token, ':'))
        return false;
    token = sql_lexer_next_significant(&ahead);
    return sql_token_is_operator(&token, '=');
}

static bool next_use(struct uses *uses, bool in_set, struct use *ret_use)
{
    for (;;) {
        struct sql_token token = sql_lexer_next_significant(&uses->lexer);
        if (token.kind == SQL_TOKEN_END)
            return false;
        if (is_variable(&token)) {
            *ret_use = (struct use){token, uses->into || uses->call || is_assigned(&uses->lexer, in_set)};
            return true;
        }
        uses->into = sql_token_is(&token, "INTO") || (uses->into && sql_token_is_operator(&token, ','));
    }
}

/* A SET that gives the same when it is run again: it has no function, no query, and no variable that is lost.
 */
static bool is_repeatable(struct reading *reading, const struct sql_statement *statement)
{
    struct uses uses = uses_of(reading, statement);
    struct use use;
    if (!statement->session)
        return false;
    while (next_use(&uses, true, &use))
        if (!use.assigned && find(reading, &use.token)->lost)
            return false;
    uses = uses_of(reading, statement);
    for (;;) {
        struct sql_token token = sql_lexer_next_significant(&uses.lexer);
        if (token.kind == SQL_TOKEN_END)
            return true;
        if (sql_token_is_operator(&token, '('))
            return false;
    }
}

static void lose(struct reading *reading, const struct sql_statement *statement)
{
    bool lost = !is_repeatable(reading, statement);
    struct uses uses = uses_of(reading, statement);
    struct use use;
    while (next_use(&uses, statement->session, &use))
        if (use.assigned)
            find(reading, &use.token)->lost = lost;
}

/* The first lost variable that the statement uses; what it assigns is not lost any more. */
static bool uses_lost(struct reading *reading, const struct sql_statement *statement,
                      struct sql_token *ret_token)
{
    struct uses uses = uses_of(reading, statement);
    struct use use;
    while (next_use(&uses, statement->session, &use)) {
        struct variable *variable = find(reading, &use.token);
        if (use.assigned)
            variable->lost = false;
        if (variable->lost) {
            *ret_token = use.token;
            return true;
        }
    }
    return false;
}

bool run_variables_check(struct arena *arena, enum sql_dialect dialect, const struct sql_script *script,
                         size_t start, const char *file, const char *text, size_t length, dun_error *error)
{
    struct reading reading = {arena, dialect, map_new(arena)};
    for (size_t i = 0; i < start && i < script->count; ++i)
        lose(&reading, &script->statements[i]);
    for (size_t i = start; i < script->count; ++i) {
        struct sql_token token;
        if (!uses_lost(&reading, &script->statements[i], &token))
            continue;
        error_set(error, DUN_FAILED,
                  "the value of %.*s was set by a statement that is done, and has gone with its "
                  "session",
                  (int)token.length, token.text);
        error_hint(error, "find it out, and write `SET %.*s = ...;` before this statement", (int)token.length,
                   token.text);
        error_statement(error, (unsigned)i + 1, (unsigned)script->count);
        sql_error_at(error, file, text, length, (size_t)(token.text - text));
        return false;
    }
    return true;
}
