/*
 * A statement that SQLite keeps in its schema table, as tokens without blanks and comments, to be read from
 * left to right. For the readers of ddl.h.
 */
#ifndef ENGINE_SQLITE_TOKENS_H
#define ENGINE_SQLITE_TOKENS_H

#include "base/arena.h"
#include "base/str.h"
#include "sql/lexer.h"

#include <stdbool.h>
#include <stddef.h>

struct tokens {
    struct arena *arena;
    struct sql_token *items; /* the last one is SQL_TOKEN_END */
    size_t count, at;        /* without the end */
};

/* The tokens point into the text. False: a quote or comment in it does not end. */
bool tokens_read(struct arena *arena, const char *text, size_t length, struct tokens *ret_tokens);

/* The token `ahead` places further on; that of the end when there is none. */
const struct sql_token *tokens_peek(const struct tokens *tokens, size_t ahead);

/* Moves behind the words (in capitals, a blank between them) when they are next. */
bool tokens_take(struct tokens *tokens, const char *words);
bool tokens_take_operator(struct tokens *tokens, char operator);

/* Moves behind a name, which may also be written as a string; it comes without quotes. */
bool tokens_take_name(struct tokens *tokens, const char **ret_name);

/* Moves behind a name, leaving out a schema and a dot before it. */
bool tokens_take_qualified(struct tokens *tokens, const char **ret_name);

/* Moves behind "( ... )" and gives the places of the first token inside and of the closing parenthesis. */
bool tokens_take_group(struct tokens *tokens, size_t *ret_first, size_t *ret_end);

/* The text from the token at `first` to before that at `end`, without what surrounds it. */
const char *tokens_text(const struct tokens *tokens, size_t first, size_t end);

/*
 * The same, where an expression stands that only a column of `table` may be mentioned in: the name of the
 * table before a column is left out. That says nothing, and stands in the way when the table is created under
 * another name.
 */
const char *tokens_unqualified_text(const struct tokens *tokens, size_t first, size_t end, const char *table);
/* Appends the text from `from`, which is at or before the token at `first`, to the end of that before `end`.
 */
void tokens_append_unqualified(struct str *to, const char *from, const struct tokens *tokens, size_t first,
                               size_t end, const char *table);

/* Is it a name: a word, a quoted identifier, or a plain string, which SQLite takes for one where only names
 * may stand? */
bool token_is_name(const struct sql_token *token);

/* Without quotes. */
const char *token_name(struct arena *arena, const struct sql_token *token);

/* Letters of ASCII in capitals. */
const char *text_capitals(struct arena *arena, const char *text, size_t length);

/* Are two names one for SQLite, which does not tell small letters of ASCII from capitals? */
bool same_name(const char *one, const char *other);

#endif
