#include "seed/condition.h"

#include "base/error.h"
#include "sql/lexer.h"

#include <string.h>

enum reach { REACH_WITHIN, REACH_OPEN, REACH_OUT };

/* Does all that is opened end within the text, and nothing else? */
static enum reach reach_of(enum sql_dialect dialect, const char *text)
{
    struct sql_lexer lexer;
    size_t depth = 0;
    sql_lexer_init(&lexer, dialect, text, strlen(text));
    for (;;) {
        struct sql_token token = sql_lexer_next(&lexer);
        if (token.kind == SQL_TOKEN_END)
            return depth ? REACH_OPEN : REACH_WITHIN;
        if (token.unclosed)
            return REACH_OPEN;
        if (token.kind == SQL_TOKEN_SEMICOLON)
            return REACH_OUT;
        depth += sql_token_is_operator(&token, '(');
        if (sql_token_is_operator(&token, ')') && depth-- == 0)
            return REACH_OUT;
    }
}

const char *seed_condition(struct arena *arena, enum sql_dialect dialect, const char *text, dun_error *error)
{
    switch (reach_of(dialect, text)) {
    case REACH_WITHIN:
        return arena_printf(arena, "%s\n", text); /* it may end in a comment */
    case REACH_OPEN:
        error_set(error, DUN_USAGE, "a quote, a parenthesis or a comment of the condition is not closed");
        break;
    case REACH_OUT:
        error_set(error, DUN_USAGE, "the condition is more than one expression");
        break;
    }
    error_hint(error, "it is what would stand behind WHERE, without a semicolon");
    return NULL;
}
