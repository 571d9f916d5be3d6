#include "sql/mysql_body.h"

#include <stdlib.h>

enum keyword {
    NONE, /* no word that matters here */
    AGGREGATE,
    ALTER,
    AS,
    ATOMIC,
    BEGIN,
    CASE,
    CHARACTER,
    CREATE,
    CURRENT,
    DECLARE,
    DEFINER,
    DO,
    EACH,
    ELSE,
    END,
    EVENT,
    EXISTS,
    FOLLOWS,
    FOR,
    FUNCTION,
    HANDLER,
    IF,
    IS,
    LOOP,
    NOT,
    OPERATOR,
    OR,
    PACKAGE,
    PROCEDURE,
    REPEAT,
    REPLACE,
    RETURN,
    RETURNS,
    ROW,
    SET,
    SQLSTATE,
    THEN,
    TRIGGER,
    UNTIL,
    VALUE,
    VERB,
    WHEN,
    WHILE,
    WORK,
};

struct keyword_name {
    const char *word;
    enum keyword keyword;
};

/* Sorted. VERB: begins a statement that opens no block; OPERATOR: an operand comes next. */
static const struct keyword_name keyword_names[] = {
    {"AGGREGATE", AGGREGATE},
    {"ALTER", ALTER},
    {"ANALYZE", VERB},
    {"AND", OPERATOR},
    {"AS", AS},
    {"ATOMIC", ATOMIC},
    {"BEGIN", BEGIN},
    {"BETWEEN", OPERATOR},
    {"BY", OPERATOR},
    {"CALL", VERB},
    {"CASE", CASE},
    {"CHAR", CHARACTER},
    {"CHARACTER", CHARACTER},
    {"COMMIT", VERB},
    {"CREATE", CREATE},
    {"CURRENT_ROLE", CURRENT},
    {"CURRENT_USER", CURRENT},
    {"DECLARE", DECLARE},
    {"DEFINER", DEFINER},
    {"DELETE", VERB},
    {"DIV", OPERATOR},
    {"DO", DO},
    {"DROP", VERB},
    {"EACH", EACH},
    {"ELSE", ELSE},
    {"END", END},
    {"EVENT", EVENT},
    {"EXECUTE", VERB},
    {"EXISTS", EXISTS},
    {"FOLLOWS", FOLLOWS},
    {"FOR", FOR},
    {"FUNCTION", FUNCTION},
    {"GET", VERB},
    {"GRANT", VERB},
    {"HANDLER", HANDLER},
    {"IF", IF},
    {"IN", OPERATOR},
    {"INSERT", VERB},
    {"IS", IS},
    {"LIKE", OPERATOR},
    {"LOOP", LOOP},
    {"MOD", OPERATOR},
    {"NOT", NOT},
    {"OR", OR},
    {"PACKAGE", PACKAGE},
    {"PRECEDES", FOLLOWS},
    {"PREPARE", VERB},
    {"PROCEDURE", PROCEDURE},
    {"REGEXP", OPERATOR},
    {"REPEAT", REPEAT},
    {"REPLACE", REPLACE},
    {"RESIGNAL", VERB},
    {"RETURN", RETURN},
    {"RETURNS", RETURNS},
    {"REVOKE", VERB},
    {"RLIKE", OPERATOR},
    {"ROLLBACK", VERB},
    {"ROW", ROW},
    {"SELECT", VERB},
    {"SET", SET},
    {"SHOW", VERB},
    {"SIGNAL", VERB},
    {"SQLSTATE", SQLSTATE},
    {"START", VERB},
    {"THEN", THEN},
    {"TRIGGER", TRIGGER},
    {"TRUNCATE", VERB},
    {"UNTIL", UNTIL},
    {"UPDATE", VERB},
    {"VALUE", VALUE},
    {"VALUES", VERB},
    {"WHEN", WHEN},
    {"WHILE", WHILE},
    {"WITH", VERB},
    {"WORK", WORK},
    {"XOR", OPERATOR},
};

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

static int compare_keyword(const void *key, const void *entry)
{
    const struct sql_token *token = key;
    const struct keyword_name *name = entry;
    size_t i = 0;
    for (; i < token->length && name->word[i] != '\0'; ++i)
        if (upper(token->text[i]) != name->word[i])
            return (unsigned char)upper(token->text[i]) < (unsigned char)name->word[i] ? -1 : 1;
    return i < token->length ? 1 : name->word[i] != '\0' ? -1 : 0;
}

static enum keyword keyword_of(const struct sql_token *token)
{
    if (token->kind != SQL_TOKEN_WORD)
        return NONE;
    const struct keyword_name *found =
        bsearch(token, keyword_names, sizeof keyword_names / sizeof *keyword_names, sizeof *keyword_names,
                compare_keyword);
    return found ? found->keyword : NONE;
}

static enum keyword previous_keyword(const struct mysql_body *body)
{
    return (enum keyword)body->previous_keyword;
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
static unsigned closed_by(enum keyword keyword)
{
    switch (keyword) {
    case IF:
        return 1U << MYSQL_BLOCK_IF;
    case CASE:
        return 1U << MYSQL_BLOCK_CASE;
    case LOOP:
        return 1U << MYSQL_BLOCK_LOOP | 1U << MYSQL_BLOCK_WHILE | 1U << MYSQL_BLOCK_FOR;
    case WHILE:
        return 1U << MYSQL_BLOCK_WHILE;
    case REPEAT:
        return 1U << MYSQL_BLOCK_REPEAT;
    case FOR:
        return 1U << MYSQL_BLOCK_FOR;
    default:
        return 1U << MYSQL_BLOCK_BEGIN | 1U << MYSQL_BLOCK_PACKAGE | 1U << MYSQL_BLOCK_CASE_EXPRESSION;
    }
}

/*
 * Blocks inside that were left open close too: the server will say what is wrong with the statement, and the
 * ones after it are split right. An END that closes nothing is left to the server as well.
 */
static void close_block(struct mysql_body *body, enum keyword keyword)
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

static bool opens_block(enum keyword keyword)
{
    return keyword == IF || keyword == CASE || keyword == LOOP || keyword == WHILE || keyword == REPEAT ||
           keyword == FOR;
}

/* Closes what an END before this token ends. True: the token belongs to the END. */
static bool resolve_end(struct mysql_body *body, enum keyword keyword)
{
    bool of_repeat = body->end == MYSQL_END_REPEAT;
    if (body->end == MYSQL_NO_END)
        return false;
    body->end = MYSQL_NO_END;
    bool belongs =
        of_repeat ? keyword == REPEAT : opens_block(keyword) && !top_is(body, MYSQL_BLOCK_CASE_EXPRESSION);
    if (belongs || !of_repeat)
        close_block(body, belongs ? keyword : NONE);
    return belongs;
}

static bool operand_expected(const struct mysql_body *body)
{
    if (body->previous.kind == SQL_TOKEN_OPERATOR)
        return *body->previous.text != ')';
    switch (previous_keyword(body)) {
    case OPERATOR:
    case OR:
    case NOT:
    case IS:
    case CASE:
    case WHEN:
    case THEN:
    case ELSE:
    case UNTIL:
    case VERB:
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
    case FOR:
    case NOT:
    case SQLSTATE:
    case VALUE:
        return false;
    default:
        return !sql_token_is_operator(&body->previous, ',');
    }
}

static void read_keyword(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                         enum keyword keyword, bool at_statement)
{
    switch (keyword) {
    case BEGIN:
        if (at_statement)
            read_begin(body, arena, token);
        break;
    case END:
        read_end(body, at_statement);
        break;
    case IF:
        if (at_statement)
            open_block(body, arena, MYSQL_BLOCK_IF, token->text);
        break;
    case CASE:
        if (!sql_token_is_operator(&body->previous, '.'))
            open_block(body, arena, at_statement ? MYSQL_BLOCK_CASE : MYSQL_BLOCK_CASE_EXPRESSION,
                       token->text);
        break;
    case LOOP:
        read_loop(body, arena, token, at_statement);
        break;
    case WHILE:
        if (at_statement)
            open_block(body, arena, MYSQL_BLOCK_WHILE, token->text);
        break;
    case REPEAT:
        if (at_statement)
            open_block(body, arena, MYSQL_BLOCK_REPEAT, token->text);
        body->at_statement = at_statement;
        break;
    case FOR:
        read_for(body, arena, token, at_statement);
        break;
    case THEN:
    case ELSE:
        body->at_statement = body->blocks.count > 0 && !top_is(body, MYSQL_BLOCK_CASE_EXPRESSION);
        break;
    case DO:
        body->at_statement =
            !at_statement && (top_is(body, MYSQL_BLOCK_WHILE) || top_is(body, MYSQL_BLOCK_FOR));
        break;
    case UNTIL:
        body->until = true;
        break;
    case DECLARE:
        read_declare(body, arena, token, at_statement);
        break;
    case HANDLER:
        if (body->handler == MYSQL_DECLARE)
            body->handler = MYSQL_HANDLER;
        break;
    case ATOMIC:
        body->at_statement = previous_keyword(body) == NOT && top_is(body, MYSQL_BLOCK_BEGIN);
        break;
    case AS:
    case IS:
        body->at_statement = top_is(body, MYSQL_BLOCK_PACKAGE);
        break;
    case FOLLOWS:
        body->follows = at_statement && body->blocks.count == 0;
        break;
    case PROCEDURE:
    case FUNCTION:
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

static void read_body(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                      enum keyword keyword)
{
    if (token->kind == SQL_TOKEN_SEMICOLON) {
        read_semicolon(body);
        return;
    }
    if (in_parentheses(body, token))
        return;
    bool at_statement = body->at_statement, label = body->label;
    body->at_statement = body->label = false;
    if (body->oracle_label || body->follows) {
        body->at_statement = body->follows || (sql_token_is_operator(token, '>') &&
                                               sql_token_is_operator(&body->previous, '>'));
        body->follows = false;
        body->oracle_label = body->oracle_label && !body->at_statement;
        return;
    }
    if (conditions_ended(body, token)) {
        body->handler = MYSQL_NO_HANDLER;
        at_statement = true;
    }
    if (token->kind == SQL_TOKEN_STRING && previous_keyword(body) == AS &&
        top_is(body, MYSQL_BLOCK_DECLARATIONS)) {
        pop_block(body); /* a body in another language, as a string */
        return;
    }
    body->oracle_label = at_statement && sql_token_is_operator(token, '<');
    body->at_statement = label && sql_token_is_operator(token, ':');
    body->label = at_statement && (token->kind == SQL_TOKEN_WORD || token->kind == SQL_TOKEN_QUOTED);
    if (keyword != NONE)
        read_keyword(body, arena, token, keyword, at_statement);
}

static void begin_body(struct mysql_body *body)
{
    body->phase = MYSQL_PHASE_BODY;
    body->at_statement = true;
}

static void read_start(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                       enum keyword keyword)
{
    if (keyword == CREATE || keyword == ALTER) {
        body->phase = MYSQL_PHASE_CREATE;
        body->altering = keyword == ALTER;
    } else if (keyword == BEGIN) {
        body->phase = MYSQL_PHASE_BEGUN;
        body->begun = token->text;
    } else if (opens_block(keyword) || keyword == DECLARE) {
        begin_body(body);
        read_body(body, arena, token, keyword);
    } else {
        bool label = token->kind == SQL_TOKEN_WORD || token->kind == SQL_TOKEN_QUOTED;
        body->phase = label ? MYSQL_PHASE_LABEL : MYSQL_PHASE_PLAIN;
    }
}

/* BEGIN or BEGIN WORK begins a transaction; whatever else follows BEGIN makes it a compound statement. */
static void read_begun(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                       enum keyword keyword)
{
    if (token->kind == SQL_TOKEN_SEMICOLON || keyword == WORK) {
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
                        enum keyword keyword)
{
    if (token->kind == SQL_TOKEN_SEMICOLON) {
        body->phase = MYSQL_PHASE_PLAIN;
        return;
    }
    if (token->kind != SQL_TOKEN_WORD || follows_name_operator(body)) /* DEFINER = name@host */
        return;
    switch (keyword) {
    case OR:
    case REPLACE:
    case DEFINER:
    case CURRENT:
    case AGGREGATE:
        return;
    case EVENT:
        body->phase = MYSQL_PHASE_EVENT;
        return;
    case PROCEDURE:
    case FUNCTION:
        body->phase = body->altering ? MYSQL_PHASE_PLAIN : MYSQL_PHASE_ROUTINE;
        return;
    case TRIGGER:
        body->phase = body->altering ? MYSQL_PHASE_PLAIN : MYSQL_PHASE_TRIGGER;
        return;
    case PACKAGE:
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
    case PROCEDURE:
    case FUNCTION:
    case EVENT:
    case EXISTS:
        return true;
    default:
        return sql_token_is_operator(&body->previous, '.');
    }
}

/* Does this word of a routine's header begin the body? */
static bool begins_body(const struct mysql_body *body, enum keyword keyword)
{
    enum keyword before = previous_keyword(body);
    switch (keyword) {
    case BEGIN:
    case VERB:
    case CREATE:
    case ALTER:
    case REPLACE:
    case DO:
        return true;
    case SET: /* CHARACTER SET, and the type SET */
        return before != CHARACTER && before != RETURNS && before != RETURN;
    case RETURN: /* in Oracle mode, RETURN stands for RETURNS */
        return body->returns;
    default:
        return opens_block(keyword);
    }
}

static void read_routine(struct mysql_body *body, struct arena *arena, const struct sql_token *token,
                         enum keyword keyword)
{
    if (token->kind == SQL_TOKEN_SEMICOLON) { /* in a package, a declaration */
        body->phase = body->blocks.count > 0 ? MYSQL_PHASE_BODY : MYSQL_PHASE_PLAIN;
        read_semicolon(body);
    } else if (in_parentheses(body, token) || at_name(body)) {
        return;
    } else if (keyword == RETURNS) {
        body->returns = true;
    } else if (keyword == AS || keyword == IS) {
        begin_body(body);
        open_block(body, arena, MYSQL_BLOCK_DECLARATIONS, token->text);
    } else if (sql_token_is_operator(token, ':')) {
        begin_body(body);
    } else if (begins_body(body, keyword)) {
        begin_body(body);
        /* A package's own block is below; the routine's BEGIN does not replace it. */
        if (keyword == BEGIN && top_is(body, MYSQL_BLOCK_PACKAGE))
            open_block(body, arena, MYSQL_BLOCK_DECLARATIONS, token->text);
        read_body(body, arena, token, keyword);
    }
}

static void read_header(struct mysql_body *body, const struct sql_token *token, enum keyword keyword)
{
    if (in_parentheses(body, token) || at_name(body))
        return;
    bool event = body->phase == MYSQL_PHASE_EVENT;
    if (event ? keyword == DO : keyword == ROW && previous_keyword(body) == EACH)
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
    if (body->phase == MYSQL_PHASE_PLAIN)
        return;
    enum keyword keyword = keyword_of(token);
    if (!resolve_end(body, keyword) && token->kind != SQL_TOKEN_END && token->kind != SQL_TOKEN_DELIMITER) {
        switch (body->phase) {
        case MYSQL_PHASE_START:
            read_start(body, arena, token, keyword);
            break;
        case MYSQL_PHASE_LABEL:
            body->phase = sql_token_is_operator(token, ':') ? MYSQL_PHASE_START : MYSQL_PHASE_PLAIN;
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
