/*
 * The words that tell where compound statements of MySQL begin and end. For mysql_body.c.
 */
#ifndef SQL_MYSQL_KEYWORDS_H
#define SQL_MYSQL_KEYWORDS_H

#include "sql/lexer.h"

enum mysql_keyword {
    WORD_NONE,     /* no word that matters here */
    WORD_VERB,     /* begins a statement, and opens no block */
    WORD_OPERATOR, /* an operand comes next */
    WORD_AGGREGATE,
    WORD_ALTER,
    WORD_AS,
    WORD_ATOMIC,
    WORD_BEGIN,
    WORD_CASE,
    WORD_CHARACTER,
    WORD_CREATE,
    WORD_CURRENT,
    WORD_DECLARE,
    WORD_DEFINER,
    WORD_DO,
    WORD_EACH,
    WORD_ELSE,
    WORD_END,
    WORD_EVENT,
    WORD_EXISTS,
    WORD_FOLLOWS,
    WORD_FOR,
    WORD_FUNCTION,
    WORD_HANDLER,
    WORD_IF,
    WORD_IS,
    WORD_LOOP,
    WORD_NOT,
    WORD_OR,
    WORD_PACKAGE,
    WORD_PROCEDURE,
    WORD_REPEAT,
    WORD_REPLACE,
    WORD_RETURN,
    WORD_RETURNS,
    WORD_ROW,
    WORD_SET,
    WORD_SQLSTATE,
    WORD_THEN,
    WORD_TRIGGER,
    WORD_UNTIL,
    WORD_VALUE,
    WORD_WHEN,
    WORD_WHILE,
    WORD_WORK,
};

enum mysql_keyword mysql_keyword_of(const struct sql_token *token);

#endif
