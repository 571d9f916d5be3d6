/* From the start of a statement to its body, if it has one: what is created, and where its header ends. */
#include "sql/mysql_body.h"

#include "sql/mysql_blocks.h"

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
    } else if (mysql_blocks_opened_by(keyword) || keyword == WORD_DECLARE) {
        begin_body(body);
        mysql_blocks_token(body, arena, token, keyword);
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
    mysql_blocks_open(body, arena, MYSQL_BLOCK_BEGIN, body->begun);
    body->at_statement = true;
    mysql_blocks_token(body, arena, token, keyword);
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
        mysql_blocks_open(body, arena, MYSQL_BLOCK_PACKAGE, token->text);
        return;
    default:
        body->phase = MYSQL_PHASE_PLAIN;
    }
}

/* Is this token the name of what is created, or the IF of IF NOT EXISTS? */
static bool at_name(const struct mysql_body *body)
{
    switch (mysql_blocks_previous(body)) {
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
    enum mysql_keyword before = mysql_blocks_previous(body);
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
        return mysql_blocks_opened_by(keyword);
    }
}

static void read_routine(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                         enum mysql_keyword keyword)
{
    if (token->kind == SQL_TOKEN_SEMICOLON) { /* in a package, a declaration */
        body->phase = body->blocks.count > 0 ? MYSQL_PHASE_BODY : MYSQL_PHASE_PLAIN;
        mysql_blocks_semicolon(body);
    } else if (mysql_blocks_in_parentheses(body, token) || at_name(body)) {
        return;
    } else if (keyword == WORD_RETURNS) {
        body->returns = true;
    } else if (keyword == WORD_AS || keyword == WORD_IS) {
        begin_body(body);
        mysql_blocks_open(body, arena, MYSQL_BLOCK_DECLARATIONS, token->text);
    } else if (sql_token_is_operator(token, ':')) {
        begin_body(body);
    } else if (begins_body(body, keyword)) {
        begin_body(body);
        /* A package's own block is below; the routine's BEGIN does not replace it. */
        if (keyword == WORD_BEGIN && mysql_blocks_top_is(body, MYSQL_BLOCK_PACKAGE))
            mysql_blocks_open(body, arena, MYSQL_BLOCK_DECLARATIONS, token->text);
        mysql_blocks_token(body, arena, token, keyword);
    }
}

static void read_header(struct mysql_body *body, const struct sql_token *token, enum mysql_keyword keyword)
{
    if (mysql_blocks_in_parentheses(body, token) || at_name(body))
        return;
    bool event = body->phase == MYSQL_PHASE_EVENT;
    if (event ? keyword == WORD_DO : keyword == WORD_ROW && mysql_blocks_previous(body) == WORD_EACH)
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
    if (!mysql_blocks_end(body, keyword) && token->kind != SQL_TOKEN_END &&
        token->kind != SQL_TOKEN_DELIMITER) {
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
            mysql_blocks_token(body, arena, token, keyword);
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
