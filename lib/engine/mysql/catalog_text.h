/*
 * The texts in which the server tells what its objects are, token by token: what SHOW CREATE prints, for the
 * readers of the catalog. Executable comments are read as if they were none, since the server prints only
 * what it executes itself.
 */
#ifndef ENGINE_MYSQL_CATALOG_TEXT_H
#define ENGINE_MYSQL_CATALOG_TEXT_H

#include "base/arena.h"
#include "sql/lexer.h"

#include <stdbool.h>
#include <stddef.h>

struct catalog_text {
    struct sql_lexer lexer;
    struct sql_token token; /* the one that is next */
    const char *end;        /* behind the last one that was taken */
    struct arena *arena;    /* what the functions give is in it */
    const char *database;   /* the one that is read */
};

/* The first token is next. */
void catalog_text_open(struct catalog_text *text, struct arena *arena, const char *database, const char *sql,
                       size_t length);
void catalog_text_take(struct catalog_text *text);

/* Is the next token this keyword, in capitals? `accept` takes it then. */
bool catalog_text_at(const struct catalog_text *text, const char *keyword);
bool catalog_text_at_operator(const struct catalog_text *text, char operator);
bool catalog_text_at_end(const struct catalog_text *text);
bool catalog_text_accept(struct catalog_text *text, const char *keyword);
bool catalog_text_accept_operator(struct catalog_text *text, char operator);

/* The next token as a name, without its quotes, whichever they are. */
const char *catalog_text_take_name(struct catalog_text *text);

/* The next token as the value of a string; NULL, and nothing taken: it is none. */
const char *catalog_text_take_string(struct catalog_text *text);

/* The next token as it stands. */
const char *catalog_text_take_raw(struct catalog_text *text);

/* Takes one token, or all from an opening parenthesis to its closing one. */
void catalog_text_pass(struct catalog_text *text);

/* "(...)" is next: takes it and gives what is between, as catalog_text_since does. */
const char *catalog_text_take_parenthesized(struct catalog_text *text);

/* "(`a`,`b`)" is next: takes it, and gives the names and how many they are. */
const char **catalog_text_take_names(struct catalog_text *text, size_t *ret_count);

/*
 * What was taken since `start`, which is where a token began: without the name of the database before what is
 * in it, without comments, with one blank where blanks are, and with bytes that are not UTF-8 as a
 * hexadecimal literal.
 */
const char *catalog_text_since(const struct catalog_text *text, const char *start);

/* Is it a word behind which, but for parentheses, the server writes the name of a table, view or sequence? */
bool catalog_text_precedes_table(const struct sql_token *token);

#endif
