/*
 * The inside of a compound statement of MySQL and MariaDB: which blocks are open, and where the statements in
 * them begin. For mysql_body.c, which finds where it begins.
 */
#ifndef SQL_MYSQL_BLOCKS_H
#define SQL_MYSQL_BLOCKS_H

#include "sql/mysql_body.h"
#include "sql/mysql_keywords.h"

/* A token of the body. */
void mysql_blocks_token(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                        enum mysql_keyword keyword);

/* Closes what an END before this token ends. True: the token belongs to the END. */
bool mysql_blocks_end(struct mysql_body *body, enum mysql_keyword keyword);

/* A semicolon ends a statement of the body. */
void mysql_blocks_semicolon(struct mysql_body *body);

/* No block begins or ends inside parentheses. True: the token is in them, or is one. */
bool mysql_blocks_in_parentheses(struct mysql_body *body, const struct sql_token *token);

/* `opening`: where it begins in the text. */
void mysql_blocks_open(struct mysql_body *body, struct arena *arena, enum mysql_block block,
                       const char *opening);

/* Is the innermost open block of that kind? */
bool mysql_blocks_top_is(const struct mysql_body *body, enum mysql_block block);

/* Is it IF, CASE, or a loop? */
bool mysql_blocks_opened_by(enum mysql_keyword keyword);

enum mysql_keyword mysql_blocks_previous(const struct mysql_body *body);

#endif
