#include "sql/mysql_blocks.h"

enum mysql_keyword mysql_blocks_previous(const struct mysql_body *body)
{
    return (enum mysql_keyword)body->previous_keyword;
}

bool mysql_blocks_top_is(const struct mysql_body *body, enum mysql_block block)
{
    return body->blocks.count > 0 && body->blocks.items[body->blocks.count - 1].block == block;
}

void mysql_blocks_open(struct mysql_body *body, struct arena *arena, enum mysql_block block,
                       const char *opening)
{
    *vector_add(arena, &body->blocks) = (struct mysql_open_block){.block = block, .opening = opening};
    ++body->open[block];
}

static enum mysql_block pop_block(struct mysql_body *body)
{
    enum mysql_block block = body->blocks.items[--body->blocks.count].block;
    --body->open[block];
    return block;
}

/* END or END IF, END LOOP, ...: which blocks it may close. Oracle mode ends WHILE and FOR with END LOOP. */
static unsigned closed_by(enum mysql_keyword keyword)
{
    switch (keyword) {
    case WORD_IF:
        return 1U << MYSQL_BLOCK_IF;
    case WORD_CASE:
        return 1U << MYSQL_BLOCK_CASE;
    case WORD_LOOP:
        return 1U << MYSQL_BLOCK_LOOP | 1U << MYSQL_BLOCK_WHILE | 1U << MYSQL_BLOCK_FOR;
    case WORD_WHILE:
        return 1U << MYSQL_BLOCK_WHILE;
    case WORD_REPEAT:
        return 1U << MYSQL_BLOCK_REPEAT;
    case WORD_FOR:
        return 1U << MYSQL_BLOCK_FOR;
    default:
        return 1U << MYSQL_BLOCK_BEGIN | 1U << MYSQL_BLOCK_PACKAGE | 1U << MYSQL_BLOCK_CASE_EXPRESSION;
    }
}

/*
 * Blocks inside that were left open close too: the server will say what is wrong with the statement, and the
 * ones after it are split right. An END that closes nothing is left to the server as well.
 */
static void close_block(struct mysql_body *body, enum mysql_keyword keyword)
{
    unsigned closed = closed_by(keyword);
    bool found = false;
    for (unsigned block = 0; block < MYSQL_BLOCKS; ++block)
        found = found || ((closed & 1U << block) && body->open[block] > 0);
    while (found && !(closed & 1U << pop_block(body)))
        continue;
    if (body->blocks.count == 0)
        body->phase = MYSQL_PHASE_PLAIN;
}

bool mysql_blocks_opened_by(enum mysql_keyword keyword)
{
    return keyword == WORD_IF || keyword == WORD_CASE || keyword == WORD_LOOP || keyword == WORD_WHILE ||
           keyword == WORD_REPEAT || keyword == WORD_FOR;
}

bool mysql_blocks_end(struct mysql_body *body, enum mysql_keyword keyword)
{
    bool of_repeat = body->end == MYSQL_END_REPEAT;
    if (body->end == MYSQL_NO_END)
        return false;
    body->end = MYSQL_NO_END;
    bool belongs = of_repeat ? keyword == WORD_REPEAT
                             : mysql_blocks_opened_by(keyword) &&
                                   !mysql_blocks_top_is(body, MYSQL_BLOCK_CASE_EXPRESSION);
    if (belongs || !of_repeat)
        close_block(body, belongs ? keyword : WORD_NONE);
    return belongs;
}

static bool operand_expected(const struct mysql_body *body)
{
    if (body->previous.kind == SQL_TOKEN_OPERATOR)
        return *body->previous.text != ')';
    switch (mysql_blocks_previous(body)) {
    case WORD_OPERATOR:
    case WORD_OR:
    case WORD_NOT:
    case WORD_IS:
    case WORD_CASE:
    case WORD_WHEN:
    case WORD_THEN:
    case WORD_ELSE:
    case WORD_UNTIL:
    case WORD_VERB:
        return true;
    default:
        return false;
    }
}

static void read_end(struct mysql_body *body, bool at_statement)
{
    bool of_repeat = body->until && mysql_blocks_top_is(body, MYSQL_BLOCK_REPEAT);
    bool of_case = mysql_blocks_top_is(body, MYSQL_BLOCK_CASE_EXPRESSION);
    if (at_statement || (of_case && !operand_expected(body)))
        body->end = MYSQL_END;
    else if (of_repeat && !operand_expected(body))
        body->end = MYSQL_END_REPEAT;
}

static void read_begin(struct mysql_body *body, struct arena *arena, const struct sql_token *token)
{
    if (mysql_blocks_top_is(body, MYSQL_BLOCK_DECLARATIONS) || mysql_blocks_top_is(body, MYSQL_BLOCK_PACKAGE))
        pop_block(body); /* the END will close both */
    mysql_blocks_open(body, arena, MYSQL_BLOCK_BEGIN, token->text);
    body->at_statement = true;
}

static void read_for(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                     bool at_statement)
{
    if (body->handler == MYSQL_HANDLER)
        body->handler = MYSQL_CONDITIONS;
    else if (at_statement)
        mysql_blocks_open(body, arena, MYSQL_BLOCK_FOR, token->text);
}

static void read_loop(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                      bool at_statement)
{
    if (at_statement)
        mysql_blocks_open(body, arena, MYSQL_BLOCK_LOOP, token->text);
    /* In Oracle mode it stands where others have DO. */
    body->at_statement = at_statement || mysql_blocks_top_is(body, MYSQL_BLOCK_WHILE) ||
                         mysql_blocks_top_is(body, MYSQL_BLOCK_FOR);
}

static void read_declare(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                         bool at_statement)
{
    if (!at_statement)
        return;
    body->handler = MYSQL_DECLARE;
    if (body->blocks.count == 0)
        mysql_blocks_open(body, arena, MYSQL_BLOCK_DECLARATIONS, token->text);
}

/* In DECLARE ... HANDLER FOR condition, ... statement: does this token begin the statement? */
static bool conditions_ended(const struct mysql_body *body, const struct sql_token *token)
{
    if (body->handler != MYSQL_CONDITIONS || token->kind != SQL_TOKEN_WORD)
        return false;
    switch (mysql_blocks_previous(body)) {
    case WORD_FOR:
    case WORD_NOT:
    case WORD_SQLSTATE:
    case WORD_VALUE:
        return false;
    default:
        return !sql_token_is_operator(&body->previous, ',');
    }
}

/* The word begins a block, if anything. */
static void read_opening(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                         enum mysql_keyword keyword, bool at_statement)
{
    switch (keyword) {
    case WORD_BEGIN:
        if (at_statement)
            read_begin(body, arena, token);
        break;
    case WORD_IF:
        if (at_statement)
            mysql_blocks_open(body, arena, MYSQL_BLOCK_IF, token->text);
        break;
    case WORD_CASE:
        if (!sql_token_is_operator(&body->previous, '.'))
            mysql_blocks_open(body, arena, at_statement ? MYSQL_BLOCK_CASE : MYSQL_BLOCK_CASE_EXPRESSION,
                              token->text);
        break;
    case WORD_LOOP:
        read_loop(body, arena, token, at_statement);
        break;
    case WORD_WHILE:
        if (at_statement)
            mysql_blocks_open(body, arena, MYSQL_BLOCK_WHILE, token->text);
        break;
    case WORD_REPEAT:
        if (at_statement)
            mysql_blocks_open(body, arena, MYSQL_BLOCK_REPEAT, token->text);
        body->at_statement = at_statement;
        break;
    case WORD_FOR:
        read_for(body, arena, token, at_statement);
        break;
    case WORD_DECLARE:
        read_declare(body, arena, token, at_statement);
        break;
    default:
        break;
    }
}

/* Does a statement of the body begin behind the word? */
static bool statement_follows(const struct mysql_body *body, enum mysql_keyword keyword, bool at_statement)
{
    switch (keyword) {
    case WORD_THEN:
    case WORD_ELSE:
        return body->blocks.count > 0 && !mysql_blocks_top_is(body, MYSQL_BLOCK_CASE_EXPRESSION);
    case WORD_DO:
        return !at_statement &&
               (mysql_blocks_top_is(body, MYSQL_BLOCK_WHILE) || mysql_blocks_top_is(body, MYSQL_BLOCK_FOR));
    case WORD_ATOMIC:
        return mysql_blocks_previous(body) == WORD_NOT && mysql_blocks_top_is(body, MYSQL_BLOCK_BEGIN);
    case WORD_AS:
    case WORD_IS:
        return mysql_blocks_top_is(body, MYSQL_BLOCK_PACKAGE);
    default:
        return body->at_statement;
    }
}

static void read_routine_of_package(struct mysql_body *body)
{
    if (!mysql_blocks_top_is(body, MYSQL_BLOCK_PACKAGE))
        return;
    body->phase = MYSQL_PHASE_ROUTINE;
    body->returns = false;
}

static void read_keyword(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                         enum mysql_keyword keyword, bool at_statement)
{
    body->at_statement = statement_follows(body, keyword, at_statement);
    switch (keyword) {
    case WORD_END:
        read_end(body, at_statement);
        break;
    case WORD_UNTIL:
        body->until = true;
        break;
    case WORD_HANDLER:
        if (body->handler == MYSQL_DECLARE)
            body->handler = MYSQL_HANDLER;
        break;
    case WORD_FOLLOWS:
        body->follows = at_statement && body->blocks.count == 0;
        break;
    case WORD_PROCEDURE:
    case WORD_FUNCTION:
        read_routine_of_package(body);
        break;
    default:
        read_opening(body, arena, token, keyword, at_statement);
    }
}

void mysql_blocks_semicolon(struct mysql_body *body)
{
    while (mysql_blocks_top_is(
        body, MYSQL_BLOCK_CASE_EXPRESSION)) /* it was never closed, and no expression goes on from here */
        pop_block(body);
    body->parentheses = 0;
    body->at_statement = true;
    body->label = body->until = body->oracle_label = body->follows = false;
    body->handler = MYSQL_NO_HANDLER;
}

bool mysql_blocks_in_parentheses(struct mysql_body *body, const struct sql_token *token)
{
    if (sql_token_is_operator(token, '(')) {
        ++body->parentheses;
        body->at_statement = body->label = false;
        return true;
    }
    if (sql_token_is_operator(token, ')') && body->parentheses > 0) {
        --body->parentheses;
        return true;
    }
    return body->parentheses > 0;
}

/* No word counts in Oracle mode's <<label>>, nor where FOLLOWS names a trigger; a statement begins behind
 * them. */
static bool in_name(struct mysql_body *body, const struct sql_token *token)
{
    if (!body->oracle_label && !body->follows)
        return false;
    bool label_ends = sql_token_is_operator(token, '>') && sql_token_is_operator(&body->previous, '>');
    body->at_statement = body->follows || label_ends;
    body->follows = false;
    body->oracle_label = !body->at_statement;
    return true;
}

void mysql_blocks_token(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                        enum mysql_keyword keyword)
{
    if (token->kind == SQL_TOKEN_SEMICOLON) {
        mysql_blocks_semicolon(body);
        return;
    }
    if (mysql_blocks_in_parentheses(body, token))
        return;
    bool at_statement = body->at_statement, label = body->label;
    body->at_statement = body->label = false;
    if (in_name(body, token))
        return;
    if (conditions_ended(body, token)) {
        body->handler = MYSQL_NO_HANDLER;
        at_statement = true;
    }
    if (token->kind == SQL_TOKEN_STRING && mysql_blocks_previous(body) == WORD_AS &&
        mysql_blocks_top_is(body, MYSQL_BLOCK_DECLARATIONS)) {
        pop_block(body); /* a body in another language, as a string */
        return;
    }
    body->oracle_label = at_statement && sql_token_is_operator(token, '<');
    body->at_statement = label && sql_token_is_operator(token, ':');
    body->label = at_statement && (token->kind == SQL_TOKEN_WORD || token->kind == SQL_TOKEN_QUOTED);
    if (keyword != WORD_NONE)
        read_keyword(body, arena, token, keyword, at_statement);
}
