/*
 * Splits SQL into tokens, per dialect, without copying and without looking further than it must. Comments and
 * blanks are tokens too, so that a caller may keep or drop them. Used by the splitter, by statement
 * classification, and wherever texts are compared by tokens.
 */
#ifndef SQL_LEXER_H
#define SQL_LEXER_H

#include "sql/dialect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sql_token_kind {
    SQL_TOKEN_END,
    SQL_TOKEN_BLANK,      /* a run of white space */
    SQL_TOKEN_COMMENT,    /* line or block comment, its delimiters included */
    SQL_TOKEN_EXECUTABLE, /* MySQL: the opening of an executable comment with its version number, or its
                             closing */
    SQL_TOKEN_WORD,       /* an unquoted identifier or keyword */
    SQL_TOKEN_QUOTED,     /* a quoted identifier, with its quotes */
    SQL_TOKEN_STRING,     /* a string literal of any spelling, with prefix and quotes; dollar quotes too */
    SQL_TOKEN_NUMBER,     /* without a sign */
    SQL_TOKEN_PARAMETER,  /* $1, ?, ?1, :name, @name (a variable in MySQL) */
    SQL_TOKEN_SEMICOLON,
    SQL_TOKEN_DELIMITER, /* what the lexer's `delimiter` says */
    SQL_TOKEN_OPERATOR,  /* one character of punctuation or operator */
};

struct sql_token {
    enum sql_token_kind kind;
    const char *text;
    size_t length;
    bool unclosed; /* a quote, a dollar quote or a comment that the text ends in */
};

struct sql_lexer {
    enum sql_dialect dialect;
    const char *cursor, *end;
    size_t executable;     /* MySQL: how many executable comments are open */
    const char *delimiter; /* MySQL: ends statements beside the semicolon, as DELIMITER has it; or NULL */
    size_t delimiter_length;
};

void sql_lexer_init(struct sql_lexer *lexer, enum sql_dialect dialect, const char *text, size_t length);

/* The next token; SQL_TOKEN_END for ever at the end. */
struct sql_token sql_lexer_next(struct sql_lexer *lexer);

/* Passes a blank, if there is one; faster than taking it as a token. */
void sql_lexer_skip_blank(struct sql_lexer *lexer);

/* The next token that is neither blank nor comment. */
struct sql_token sql_lexer_next_significant(struct sql_lexer *lexer);

/* Is the token this keyword, given in capitals? A quoted identifier never is. */
bool sql_token_is(const struct sql_token *token, const char *keyword);

/* Is the token this one character of punctuation or operator? */
bool sql_token_is_operator(const struct sql_token *token, char operator);

#endif
