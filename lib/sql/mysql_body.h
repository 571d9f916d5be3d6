/*
 * Follows the compound statements of MySQL and MariaDB token by token, so that the semicolons in the body of
 * a procedure, function, trigger, event or package end no statement although nobody wrote DELIMITER. Knows
 * MariaDB's BEGIN NOT ATOMIC and sql_mode=ORACLE, too. For split_mysql.c.
 */
#ifndef SQL_MYSQL_BODY_H
#define SQL_MYSQL_BODY_H

#include "base/arena.h"
#include "base/vector.h"
#include "sql/lexer.h"

enum mysql_block {
    MYSQL_BLOCK_BEGIN,
    MYSQL_BLOCK_IF,
    MYSQL_BLOCK_CASE,
    MYSQL_BLOCK_CASE_EXPRESSION,
    MYSQL_BLOCK_LOOP,
    MYSQL_BLOCK_WHILE,
    MYSQL_BLOCK_REPEAT,
    MYSQL_BLOCK_FOR,
    MYSQL_BLOCK_DECLARATIONS, /* Oracle mode: what stands before BEGIN */
    MYSQL_BLOCK_PACKAGE,
    MYSQL_BLOCKS,
};

enum mysql_phase {
    MYSQL_PHASE_START,
    MYSQL_PHASE_LABEL,   /* after a first word that may be a label */
    MYSQL_PHASE_BEGUN,   /* after a BEGIN that may begin a transaction */
    MYSQL_PHASE_CREATE,  /* after CREATE or ALTER, what comes is not known yet */
    MYSQL_PHASE_ROUTINE, /* between PROCEDURE or FUNCTION and the body */
    MYSQL_PHASE_TRIGGER,
    MYSQL_PHASE_EVENT,
    MYSQL_PHASE_BODY,
    MYSQL_PHASE_PLAIN, /* no compound statement, or behind its end */
};

struct mysql_open_block {
    enum mysql_block block;
    const char *opening;
};

struct mysql_body {
    enum mysql_phase phase;
    VECTOR(struct mysql_open_block) blocks;
    size_t open[MYSQL_BLOCKS]; /* how many of each are among them */
    size_t parentheses;
    struct sql_token previous;
    unsigned previous_keyword; /* enum mysql_keyword */
    const char *begun;         /* the BEGIN of MYSQL_PHASE_BEGUN */
    bool at_statement;         /* the next token begins a statement of the body */
    bool label;                /* the previous token may be a label */
    bool returns;              /* the routine's header has had RETURNS */
    bool altering;
    bool until;        /* in the condition of REPEAT ... UNTIL */
    bool oracle_label; /* in <<label>> */
    bool follows;      /* after FOLLOWS or PRECEDES: the name of a trigger comes */
    enum { MYSQL_NO_HANDLER, MYSQL_DECLARE, MYSQL_HANDLER, MYSQL_CONDITIONS } handler;
    enum { MYSQL_NO_END, MYSQL_END, MYSQL_END_REPEAT } end; /* an END whose next token says what it closes */
};

/* For a new statement; keeps the memory of the stack. */
void mysql_body_reset(struct mysql_body *body);

/* A token that is neither blank nor comment nor part of an executable comment's frame. */
void mysql_body_token(struct mysql_body *body, struct arena *arena, const struct sql_token *token);

/* Does a semicolon here belong to the body? Asked after the semicolon was given to mysql_body_token. */
bool mysql_body_is_open(const struct mysql_body *body);

/* The outermost open block; there is one. */
struct mysql_open_block mysql_body_outermost(const struct mysql_body *body);

#endif
