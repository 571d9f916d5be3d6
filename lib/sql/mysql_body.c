#include "sql/mysql_body.h"

#include "sql/mysql_keywords.h"

static enum mysql_keyword previous_keyword(const struct mysql_body *body)
{
    return (enum mysql_keyword)body->previous_keyword;
}

static bool top_is(const struct mysql_body *body, enum mysql_block block)
{
    return body->blocks.count > 0 && body->blocks.items[body->blocks.count - 1].block == block;
}

static void open_block(struct mysql_body *body, struct arena *arena, enum mysql_block block,
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

static bool opens_block(enum mysql_keyword keyword)
{
    return keyword == WORD_IF || keyword == WORD_CASE || keyword == WORD_LOOP || keyword == WORD_WHILE ||
           keyword == WORD_REPEAT || keyword == WORD_FOR;
}

/* Closes what an END before this token ends. True: the token belongs to the END. */
static bool resolve_end(struct mysql_body *body, enum mysql_keyword keyword)
{
    bool of_repeat = body->end == MYSQL_END_REPEAT;
    if (body->end == MYSQL_NO_END)
        return false;
    body->end = MYSQL_NO_END;
    bool belongs = of_repeat ? keyword == WORD_REPEAT
                             : opens_block(keyword) && !top_is(body, MYSQL_BLOCK_CASE_EXPRESSION);
    if (belongs || !of_repeat)
        close_block(body, belongs ? keyword : WORD_NONE);
    return belongs;
}

static bool operand_expected(const struct mysql_body *body)
{
    if (body->previous.kind == SQL_TOKEN_OPERATOR)
        return *body->previous.text != ')';
    switch (previous_keyword(body)) {
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
    bool of_repeat = body->until && top_is(body, MYSQL_BLOCK_REPEAT);
    bool of_case = top_is(body, MYSQL_BLOCK_CASE_EXPRESSION);
    if (at_statement || (of_case && !operand_expected(body)))
        body->end = MYSQL_END;
    else if (of_repeat && !operand_expected(body))
        body->end = MYSQL_END_REPEAT;
}

static void read_begin(struct mysql_body *body, struct arena *arena, const struct sql_token *token)
{
    if (top_is(body, MYSQL_BLOCK_DECLARATIONS) || top_is(body, MYSQL_BLOCK_PACKAGE))
        pop_block(body); /* the END will close both */
    open_block(body, arena, MYSQL_BLOCK_BEGIN, token->text);
    body->at_statement = true;
}

static void read_for(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                     bool at_statement)
{
    if (body->handler == MYSQL_HANDLER)
        body->handler = MYSQL_CONDITIONS;
    else if (at_statement)
        open_block(body, arena, MYSQL_BLOCK_FOR, token->text);
}

static void read_loop(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                      bool at_statement)
{
    if (at_statement)
        open_block(body, arena, MYSQL_BLOCK_LOOP, token->text);
    /* In Oracle mode it stands where others have DO. */
    body->at_statement = at_statement || top_is(body, MYSQL_BLOCK_WHILE) || top_is(body, MYSQL_BLOCK_FOR);
}

static void read_declare(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                         bool at_statement)
{
    if (!at_statement)
        return;
    body->handler = MYSQL_DECLARE;
    if (body->blocks.count == 0)
        open_block(body, arena, MYSQL_BLOCK_DECLARATIONS, token->text);
}

/* In DECLARE ... HANDLER FOR condition, ... statement: does this token begin the statement? */
static bool conditions_ended(const struct mysql_body *body, const struct sql_token *token)
{
    if (body->handler != MYSQL_CONDITIONS || token->kind != SQL_TOKEN_WORD)
        return false;
    switch (previous_keyword(body)) {
    case WORD_FOR:
    case WORD_NOT:
    case WORD_SQLSTATE:
    case WORD_VALUE:
        return false;
    default:
        return !sql_token_is_operator(&body->previous, ',');
    }
}

static void read_keyword(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                         enum mysql_keyword keyword, bool at_statement)
{
    switch (keyword) {
    case WORD_BEGIN:
        if (at_statement)
            read_begin(body, arena, token);
        break;
    case WORD_END:
        read_end(body, at_statement);
        break;
    case WORD_IF:
        if (at_statement)
            open_block(body, arena, MYSQL_BLOCK_IF, token->text);
        break;
    case WORD_CASE:
        if (!sql_token_is_operator(&body->previous, '.'))
            open_block(body, arena, at_statement ? MYSQL_BLOCK_CASE : MYSQL_BLOCK_CASE_EXPRESSION,
                       token->text);
        break;
    case WORD_LOOP:
        read_loop(body, arena, token, at_statement);
        break;
    case WORD_WHILE:
        if (at_statement)
            open_block(body, arena, MYSQL_BLOCK_WHILE, token->text);
        break;
    case WORD_REPEAT:
        if (at_statement)
            open_block(body, arena, MYSQL_BLOCK_REPEAT, token->text);
        body->at_statement = at_statement;
        break;
    case WORD_FOR:
        read_for(body, arena, token, at_statement);
        break;
    case WORD_THEN:
    case WORD_ELSE:
        body->at_statement = body->blocks.count > 0 && !top_is(body, MYSQL_BLOCK_CASE_EXPRESSION);
        break;
    case WORD_DO:
        body->at_statement =
            !at_statement && (top_is(body, MYSQL_BLOCK_WHILE) || top_is(body, MYSQL_BLOCK_FOR));
        break;
    case WORD_UNTIL:
        body->until = true;
        break;
    case WORD_DECLARE:
        read_declare(body, arena, token, at_statement);
        break;
    case WORD_HANDLER:
        if (body->handler == MYSQL_DECLARE)
            body->handler = MYSQL_HANDLER;
        break;
    case WORD_ATOMIC:
        body->at_statement = previous_keyword(body) == WORD_NOT && top_is(body, MYSQL_BLOCK_BEGIN);
        break;
    case WORD_AS:
    case WORD_IS:
        body->at_statement = top_is(body, MYSQL_BLOCK_PACKAGE);
        break;
    case WORD_FOLLOWS:
        body->follows = at_statement && body->blocks.count == 0;
        break;
    case WORD_PROCEDURE:
    case WORD_FUNCTION:
        if (top_is(body, MYSQL_BLOCK_PACKAGE)) {
            body->phase = MYSQL_PHASE_ROUTINE;
            body->returns = false;
        }
        break;
    default:
        break;
    }
}

static void read_semicolon(struct mysql_body *body)
{
    while (top_is(body,
                  MYSQL_BLOCK_CASE_EXPRESSION)) /* it was never closed, and no expression goes on from here */
        pop_block(body);
    body->parentheses = 0;
    body->at_statement = true;
    body->label = body->until = body->oracle_label = body->follows = false;
    body->handler = MYSQL_NO_HANDLER;
}

/* No block begins or ends inside parentheses. True: the token is in them, or is one. */
static bool in_parentheses(struct mysql_body *body, const struct sql_token *token)
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

static void read_body(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                      enum mysql_keyword keyword)
{
    if (token->kind == SQL_TOKEN_SEMICOLON) {
        read_semicolon(body);
        return;
    }
    if (in_parentheses(body, token))
        return;
    bool at_statement = body->at_statement, label = body->label;
    body->at_statement = body->label = false;
    if (in_name(body, token))
        return;
    if (conditions_ended(body, token)) {
        body->handler = MYSQL_NO_HANDLER;
        at_statement = true;
    }
    if (token->kind == SQL_TOKEN_STRING && previous_keyword(body) == WORD_AS &&
        top_is(body, MYSQL_BLOCK_DECLARATIONS)) {
        pop_block(body); /* a body in another language, as a string */
        return;
    }
    body->oracle_label = at_statement && sql_token_is_operator(token, '<');
    body->at_statement = label && sql_token_is_operator(token, ':');
    body->label = at_statement && (token->kind == SQL_TOKEN_WORD || token->kind == SQL_TOKEN_QUOTED);
    if (keyword != WORD_NONE)
        read_keyword(body, arena, token, keyword, at_statement);
}

static void begin_body(struct mysql_body *body)
{
    body->phase = MYSQL_PHASE_BODY;
    body->at_statement = true;
}

static void read_start(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                       enum mysql_keyword keyword)
{
    if (keyword == WORD_CREATE || keyword == WORD_ALTER) {
        body->phase = MYSQL_PHASE_CREATE;
        body->altering = keyword == WORD_ALTER;
    } else if (keyword == WORD_BEGIN) {
        body->phase = MYSQL_PHASE_BEGUN;
        body->begun = token->text;
    } else if (opens_block(keyword) || keyword == WORD_DECLARE) {
        begin_body(body);
        read_body(body, arena, token, keyword);
    } else {
        bool label = token->kind == SQL_TOKEN_WORD || token->kind == SQL_TOKEN_QUOTED;
        body->phase = label ? MYSQL_PHASE_LABEL : MYSQL_PHASE_PLAIN;
    }
}

/* BEGIN or BEGIN WORK begins a transaction; whatever else follows BEGIN makes it a compound statement. */
static void read_begun(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                       enum mysql_keyword keyword)
{
    if (token->kind == SQL_TOKEN_SEMICOLON || keyword == WORD_WORK) {
        body->phase = MYSQL_PHASE_PLAIN;
        return;
    }
    body->phase = MYSQL_PHASE_BODY;
    open_block(body, arena, MYSQL_BLOCK_BEGIN, body->begun);
    body->at_statement = true;
    read_body(body, arena, token, keyword);
}

static bool follows_name_operator(const struct mysql_body *body)
{
    return sql_token_is_operator(&body->previous, '=') || sql_token_is_operator(&body->previous, '@') ||
           sql_token_is_operator(&body->previous, '.');
}

static void read_create(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                        enum mysql_keyword keyword)
{
    if (token->kind == SQL_TOKEN_SEMICOLON) {
        body->phase = MYSQL_PHASE_PLAIN;
        return;
    }
    if (token->kind != SQL_TOKEN_WORD || follows_name_operator(body)) /* DEFINER = name@host */
        return;
    switch (keyword) {
    case WORD_OR:
    case WORD_REPLACE:
    case WORD_DEFINER:
    case WORD_CURRENT:
    case WORD_AGGREGATE:
        return;
    case WORD_EVENT:
        body->phase = MYSQL_PHASE_EVENT;
        return;
    case WORD_PROCEDURE:
    case WORD_FUNCTION:
        body->phase = body->altering ? MYSQL_PHASE_PLAIN : MYSQL_PHASE_ROUTINE;
        return;
    case WORD_TRIGGER:
        body->phase = body->altering ? MYSQL_PHASE_PLAIN : MYSQL_PHASE_TRIGGER;
        return;
    case WORD_PACKAGE:
        body->phase = MYSQL_PHASE_BODY;
        open_block(body, arena, MYSQL_BLOCK_PACKAGE, token->text);
        return;
    default:
        body->phase = MYSQL_PHASE_PLAIN;
    }
}

/* Is this token the name of what is created, or the IF of IF NOT EXISTS? */
static bool at_name(const struct mysql_body *body)
{
    switch (previous_keyword(body)) {
    case WORD_PROCEDURE:
    case WORD_FUNCTION:
    case WORD_EVENT:
    case WORD_EXISTS:
        return true;
    default:
        return sql_token_is_operator(&body->previous, '.');
    }
}

/* Does this word of a routine's header begin the body? */
static bool begins_body(const struct mysql_body *body, enum mysql_keyword keyword)
{
    enum mysql_keyword before = previous_keyword(body);
    switch (keyword) {
    case WORD_BEGIN:
    case WORD_VERB:
    case WORD_CREATE:
    case WORD_ALTER:
    case WORD_REPLACE:
    case WORD_DO:
        return true;
    case WORD_SET: /* CHARACTER SET, and the type SET */
        return before != WORD_CHARACTER && before != WORD_RETURNS && before != WORD_RETURN;
    case WORD_RETURN: /* in Oracle mode, RETURN stands for RETURNS */
        return body->returns;
    default:
        return opens_block(keyword);
    }
}

static void read_routine(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                         enum mysql_keyword keyword)
{
    if (token->kind == SQL_TOKEN_SEMICOLON) { /* in a package, a declaration */
        body->phase = body->blocks.count > 0 ? MYSQL_PHASE_BODY : MYSQL_PHASE_PLAIN;
        read_semicolon(body);
    } else if (in_parentheses(body, token) || at_name(body)) {
        return;
    } else if (keyword == WORD_RETURNS) {
        body->returns = true;
    } else if (keyword == WORD_AS || keyword == WORD_IS) {
        begin_body(body);
        open_block(body, arena, MYSQL_BLOCK_DECLARATIONS, token->text);
    } else if (sql_token_is_operator(token, ':')) {
        begin_body(body);
    } else if (begins_body(body, keyword)) {
        begin_body(body);
        /* A package's own block is below; the routine's BEGIN does not replace it. */
        if (keyword == WORD_BEGIN && top_is(body, MYSQL_BLOCK_PACKAGE))
            open_block(body, arena, MYSQL_BLOCK_DECLARATIONS, token->text);
        read_body(body, arena, token, keyword);
    }
}

static void read_header(struct mysql_body *body, const struct sql_token *token, enum mysql_keyword keyword)
{
    if (in_parentheses(body, token) || at_name(body))
        return;
    bool event = body->phase == MYSQL_PHASE_EVENT;
    if (event ? keyword == WORD_DO : keyword == WORD_ROW && previous_keyword(body) == WORD_EACH)
        begin_body(body);
}

void mysql_body_reset(struct mysql_body *body)
{
    struct mysql_body fresh = {.blocks = body->blocks};
    fresh.blocks.count = 0;
    *body = fresh;
}

void mysql_body_token(struct mysql_body *body, struct arena *arena, const struct sql_token *token)
{
    if (body->phase == MYSQL_PHASE_LABEL) { /* where most statements turn out to be plain */
        body->phase = sql_token_is_operator(token, ':') ? MYSQL_PHASE_START : MYSQL_PHASE_PLAIN;
        return;
    }
    if (body->phase == MYSQL_PHASE_PLAIN)
        return;
    enum mysql_keyword keyword = mysql_keyword_of(token);
    if (!resolve_end(body, keyword) && token->kind != SQL_TOKEN_END && token->kind != SQL_TOKEN_DELIMITER) {
        switch (body->phase) {
        case MYSQL_PHASE_START:
            read_start(body, arena, token, keyword);
            break;
        case MYSQL_PHASE_BEGUN:
            read_begun(body, arena, token, keyword);
            break;
        case MYSQL_PHASE_CREATE:
            read_create(body, arena, token, keyword);
            break;
        case MYSQL_PHASE_ROUTINE:
            read_routine(body, arena, token, keyword);
            break;
        case MYSQL_PHASE_TRIGGER:
        case MYSQL_PHASE_EVENT:
            read_header(body, token, keyword);
            break;
        case MYSQL_PHASE_BODY:
            read_body(body, arena, token, keyword);
            break;
        case MYSQL_PHASE_LABEL:
        case MYSQL_PHASE_PLAIN:
            break;
        }
    }
    body->previous = *token;
    body->previous_keyword = keyword;
}

bool mysql_body_is_open(const struct mysql_body *body)
{
    return body->blocks.count > 0;
}

struct mysql_open_block mysql_body_outermost(const struct mysql_body *body)
{
    return body->blocks.items[0];
}
