#include "sql/name.h"

#include "sql/lexer.h"

#include <ctype.h>
#include <string.h>

bool sql_is_of_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static const char *fold_word(struct arena *arena, enum sql_dialect dialect, const struct sql_token *token)
{
    char *word = arena_strndup(arena, token->text, token->length);
    if (dialect == SQL_POSTGRESQL)
        for (char *c = word; *c; ++c)
            if (*c >= 'A' && *c <= 'Z')
                *c = (char)(*c - 'A' + 'a');
    return word;
}

/* NULL for the empty name, which no engine takes, and for PostgreSQL's U&"...". */
static const char *remove_quotes(struct arena *arena, const struct sql_token *token)
{
    if (token->unclosed || token->length < 3 || !strchr("\"`[", *token->text))
        return NULL;
    char closing = *token->text == '[' ? ']' : *token->text;
    char *name = arena_strndup(arena, token->text + 1, token->length - 2);
    char *to = name;
    for (const char *from = name; *from; ++from) {
        *to++ = *from;
        if (*from == closing)
            ++from; /* written twice */
    }
    *to = '\0';
    return name;
}

static const char *read_part(struct arena *arena, enum sql_dialect dialect, const struct sql_token *token)
{
    if (token->kind == SQL_TOKEN_WORD)
        return fold_word(arena, dialect, token);
    return token->kind == SQL_TOKEN_QUOTED ? remove_quotes(arena, token) : NULL;
}

bool sql_name_read(struct arena *arena, enum sql_dialect dialect, const char *text, size_t length,
                   struct sql_name *ret_name)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, dialect, text, length);
    struct sql_name name = {.count = 0};
    while (name.count < SQL_NAME_PARTS) {
        struct sql_token token = sql_lexer_next(&lexer);
        const char *part = read_part(arena, dialect, &token);
        if (!part)
            return false;
        name.parts[name.count++] = part;
        token = sql_lexer_next(&lexer);
        if (token.kind == SQL_TOKEN_END) {
            *ret_name = name;
            return true;
        }
        if (!sql_token_is_operator(&token, '.'))
            return false;
    }
    return false;
}
