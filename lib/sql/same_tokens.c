#include "sql/same_tokens.h"

#include "sql/lexer.h"

#include <string.h>

/* An identifier, read character by character as the catalog has it: quotes taken off, doubled ones once. */
struct identifier {
    const char *cursor, *end;
    char quote; /* that is doubled inside; NUL: none */
};

static bool is_identifier(const struct sql_token *token)
{
    return token->kind == SQL_TOKEN_WORD || token->kind == SQL_TOKEN_QUOTED;
}

static struct identifier identifier_of(const struct sql_token *token)
{
    const char *end = token->text + token->length;
    const char *open = token->kind == SQL_TOKEN_QUOTED ? strpbrk(token->text, "\"`[") : NULL;
    if (!open || token->unclosed) /* PostgreSQL's U&"" has its quote behind the prefix */
        return (struct identifier){token->text, end, '\0'};
    return (struct identifier){open + 1, end - 1, *open == '[' ? '\0' : *open};
}

/* The next character; -1 at the end. */
static int next_character(struct identifier *identifier)
{
    if (identifier->cursor >= identifier->end)
        return -1;
    char c = *identifier->cursor++;
    if (identifier->quote != '\0' && c == identifier->quote && identifier->cursor < identifier->end)
        ++identifier->cursor;
    return (unsigned char)c;
}

static int lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* How an identifier's characters compare: a quoted one keeps its case where the engine does. */
static bool keeps_case(enum sql_dialect dialect, const struct sql_token *token, const struct sql_token *other)
{
    if (token->kind != SQL_TOKEN_QUOTED || dialect == SQL_SQLITE)
        return false;
    return dialect == SQL_POSTGRESQL || other->kind == SQL_TOKEN_QUOTED;
}

static bool same_identifiers(enum sql_dialect dialect, const struct sql_token *left,
                             const struct sql_token *right)
{
    struct identifier one = identifier_of(left), other = identifier_of(right);
    bool keep_one = keeps_case(dialect, left, right), keep_other = keeps_case(dialect, right, left);
    for (;;) {
        int a = next_character(&one), b = next_character(&other);
        if ((keep_one ? a : lower(a)) != (keep_other ? b : lower(b)))
            return false;
        if (a < 0)
            return true;
    }
}

static bool same_token(enum sql_dialect dialect, const struct sql_token *left, const struct sql_token *right)
{
    if (is_identifier(left) && is_identifier(right))
        return same_identifiers(dialect, left, right);
    return left->kind == right->kind && left->length == right->length &&
           memcmp(left->text, right->text, left->length) == 0;
}

bool sql_same_tokens(enum sql_dialect dialect, const char *left, const char *right)
{
    struct sql_lexer one, other;
    sql_lexer_init(&one, dialect, left, strlen(left));
    sql_lexer_init(&other, dialect, right, strlen(right));
    for (;;) {
        struct sql_token a = sql_lexer_next_significant(&one), b = sql_lexer_next_significant(&other);
        if (!same_token(dialect, &a, &b))
            return false;
        if (a.kind == SQL_TOKEN_END)
            return true;
    }
}

/* FNV-1a, 64 bits. */
static uint64_t hash_byte(uint64_t hash, int byte)
{
    return (hash ^ (uint64_t)(unsigned char)byte) * 0x100000001B3u;
}

uint64_t sql_hash_tokens(uint64_t seed, enum sql_dialect dialect, const char *text)
{
    struct sql_lexer lexer;
    uint64_t hash = seed;
    sql_lexer_init(&lexer, dialect, text, strlen(text));
    for (;;) {
        struct sql_token token = sql_lexer_next_significant(&lexer);
        if (token.kind == SQL_TOKEN_END)
            return hash_byte(hash, 0);
        struct identifier rest = {token.text, token.text + token.length, '\0'};
        bool fold = is_identifier(&token); /* whichever it equals, their lower case is the same */
        if (fold)
            rest = identifier_of(&token);
        for (int c = next_character(&rest); c >= 0; c = next_character(&rest))
            hash = hash_byte(hash, fold ? lower(c) : c);
        hash = hash_byte(hash, 1);
    }
}
