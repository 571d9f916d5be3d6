#include "engine/sqlite/tokens.h"

#include "base/vector.h"
#include "sql/words.h"

#include <string.h>

bool tokens_read(struct arena *arena, const char *text, size_t length, struct tokens *ret_tokens)
{
    VECTOR(struct sql_token) items = {0};
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, SQL_SQLITE, text, length);
    struct sql_token token;
    do {
        token = sql_lexer_next_significant(&lexer);
        if (token.unclosed)
            return false;
        *vector_add(arena, &items) = token;
    } while (token.kind != SQL_TOKEN_END);
    *ret_tokens = (struct tokens){.arena = arena, .items = items.items, .count = items.count - 1};
    return true;
}

const struct sql_token *tokens_peek(const struct tokens *tokens, size_t ahead)
{
    size_t place = tokens->at + ahead;
    return &tokens->items[place < tokens->count ? place : tokens->count];
}

bool tokens_take(struct tokens *tokens, const char *words)
{
    size_t taken = 0;
    while (*words != '\0') {
        const struct sql_token *token = tokens_peek(tokens, taken++);
        size_t length = strcspn(words, " ");
        if (token->kind != SQL_TOKEN_WORD || token->length != length ||
            word_compare(token->text, token->length, words) != 0)
            return false;
        words += length + (words[length] == ' ');
    }
    tokens->at += taken;
    return true;
}

bool tokens_take_operator(struct tokens *tokens, char operator)
{
    bool is = sql_token_is_operator(tokens_peek(tokens, 0), operator);
    tokens->at += is;
    return is;
}

bool token_is_name(const struct sql_token *token)
{
    return token->kind == SQL_TOKEN_WORD || token->kind == SQL_TOKEN_QUOTED ||
           (token->kind == SQL_TOKEN_STRING && *token->text == '\'');
}

const char *token_name(struct arena *arena, const struct sql_token *token)
{
    if (token->kind == SQL_TOKEN_WORD)
        return arena_strndup(arena, token->text, token->length);
    char closing = *token->text == '[' ? ']' : *token->text;
    char *name = arena_strndup(arena, token->text + 1, token->length - 2), *to = name;
    for (const char *from = name; *from; ++from) {
        *to++ = *from;
        if (*from == closing && from[1] == closing)
            ++from; /* written twice */
    }
    *to = '\0';
    return name;
}

bool tokens_take_name(struct tokens *tokens, const char **ret_name)
{
    const struct sql_token *token = tokens_peek(tokens, 0);
    if (!token_is_name(token))
        return false;
    *ret_name = token_name(tokens->arena, token);
    ++tokens->at;
    return true;
}

bool tokens_take_qualified(struct tokens *tokens, const char **ret_name)
{
    if (token_is_name(tokens_peek(tokens, 0)) && sql_token_is_operator(tokens_peek(tokens, 1), '.'))
        tokens->at += 2;
    return tokens_take_name(tokens, ret_name);
}

bool tokens_take_group(struct tokens *tokens, size_t *ret_first, size_t *ret_end)
{
    if (!sql_token_is_operator(tokens_peek(tokens, 0), '('))
        return false;
    size_t depth = 0;
    for (size_t place = tokens->at; place < tokens->count; ++place) {
        depth += sql_token_is_operator(&tokens->items[place], '(');
        depth -= sql_token_is_operator(&tokens->items[place], ')');
        if (depth == 0) {
            *ret_first = tokens->at + 1;
            *ret_end = place;
            tokens->at = place + 1;
            return true;
        }
    }
    return false;
}

const char *tokens_text(const struct tokens *tokens, size_t first, size_t end)
{
    if (first >= end)
        return "";
    const char *start = tokens->items[first].text;
    const struct sql_token *last = &tokens->items[end - 1];
    return arena_strndup(tokens->arena, start, (size_t)(last->text + last->length - start));
}

/* "t." before a name, and not behind the name of a schema. */
static bool is_qualifier(const struct tokens *tokens, size_t first, size_t end, size_t at, const char *table)
{
    const struct sql_token *token = &tokens->items[at];
    return at + 2 < end && token_is_name(token) && sql_token_is_operator(token + 1, '.') &&
           token_is_name(token + 2) && !(at > first && sql_token_is_operator(token - 1, '.')) &&
           same_name(token_name(tokens->arena, token), table);
}

/* Would what is before the token and what comes instead of it be one token? */
static bool wants_blank(const struct tokens *tokens, size_t first, size_t at)
{
    const struct sql_token *before = &tokens->items[at] - 1;
    return at > first && before->kind != SQL_TOKEN_OPERATOR &&
           before->text + before->length == tokens->items[at].text;
}

void tokens_append_unqualified(struct str *to, const char *from, const struct tokens *tokens, size_t first,
                               size_t end, const char *table)
{
    for (size_t at = first; at < end; ++at) {
        if (!is_qualifier(tokens, first, end, at, table))
            continue;
        str_append_n(to, from, (size_t)(tokens->items[at].text - from));
        str_append(to, wants_blank(tokens, first, at) ? " " : "");
        from = tokens->items[at + 2].text;
        at += 2;
    }
    if (first < end)
        str_append_n(to, from, (size_t)(tokens->items[end - 1].text + tokens->items[end - 1].length - from));
}

const char *tokens_unqualified_text(const struct tokens *tokens, size_t first, size_t end, const char *table)
{
    struct str text = STR_INIT;
    tokens_append_unqualified(&text, tokens->items[first].text, tokens, first, end, table);
    const char *result = arena_strndup(tokens->arena, str_text(&text), text.length);
    str_free(&text);
    return result;
}

const char *text_capitals(struct arena *arena, const char *text, size_t length)
{
    char *capitals = arena_strndup(arena, text, length);
    for (char *c = capitals; *c; ++c)
        *c = word_capital(*c);
    return capitals;
}

bool same_name(const char *one, const char *other)
{
    while (*one && word_capital(*one) == word_capital(*other)) {
        ++one;
        ++other;
    }
    return word_capital(*one) == word_capital(*other);
}
