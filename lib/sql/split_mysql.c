/*
 * Where the mysql client ends statements: at a semicolon or what DELIMITER says, and at \g and \G. Beyond the
 * client, semicolons in the body of a procedure, function, trigger or event end nothing, so that DELIMITER is
 * not needed; and between two custom delimiters every statement counts by itself.
 */
#include "sql/classify_rules.h"
#include "sql/client_commands.h"
#include "sql/split_rules.h"

#include <string.h>

static void begin(struct splitting *splitting)
{
    mysql_body_reset(&splitting->mysql.body);
    splitting->mysql.kind = MYSQL_START;
}

static enum split_verdict fail(struct splitting *splitting, const char *at)
{
    split_fail_at(splitting, at);
    return SPLIT_FAILED;
}

static void note_if_doubtful(struct splitting *splitting, const struct sql_statement *statement)
{
    if (!sql_rule_for(SQL_MYSQL, statement->text, statement->length))
        splitting->mysql.doubtful = true;
}

/*
 * Ends the section between two custom delimiters. Does something in it look like no statement or an
 * unfinished body, then all of it is one statement after all, as it is for the client.
 */
static void end_section(struct splitting *splitting, const struct sql_token *token)
{
    struct split_mysql *state = &splitting->mysql;
    if (splitting->start) {
        mysql_body_token(&state->body, splitting->arena, token);
        state->doubtful = state->doubtful || mysql_body_is_open(&state->body);
        note_if_doubtful(splitting, split_finish(splitting));
    }
    if (state->doubtful && splitting->statements.count > state->section + 1) {
        struct sql_statement *first = &splitting->statements.items[state->section];
        const struct sql_statement *last = &splitting->statements.items[splitting->statements.count - 1];
        first->length = (size_t)(last->text + last->length - first->text);
        first->effect = SQL_ALONE;
        first->many_results = true;
        splitting->statements.count = state->section + 1;
    }
    state->section = splitting->statements.count;
    state->doubtful = false;
}

static bool ended(struct splitting *splitting, struct sql_statement *statement)
{
    if (splitting->lexer.delimiter)
        note_if_doubtful(splitting, statement);
    else
        splitting->mysql.section = splitting->statements.count;
    return true;
}

static enum split_verdict read_backslash(struct splitting *splitting, const struct sql_token *token)
{
    struct sql_lexer *lexer = &splitting->lexer;
    if (lexer->executable == 0 && lexer->cursor < lexer->end && (*lexer->cursor | 0x20) == 'g') {
        ++lexer->cursor;
        end_section(splitting, token);
        return SPLIT_SKIP;
    }
    client_command_error(splitting->error, SQL_MYSQL, token->text, (size_t)(lexer->end - token->text));
    return fail(splitting, token->text);
}

static const char *line_end(const char *cursor, const char *end)
{
    const char *line_break = memchr(cursor, '\n', (size_t)(end - cursor));
    return line_break ? line_break : end;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static const char *skip_blanks(const char *cursor, const char *end)
{
    while (cursor < end && is_blank(*cursor))
        ++cursor;
    return cursor;
}

/* The cursor is behind the word DELIMITER; what comes is read as the client's get_arg does: quoted, or up to
 * a blank. */
static enum split_verdict read_delimiter(struct splitting *splitting, const struct sql_token *token)
{
    enum { LONGEST = 15 }; /* the client has an array of 16 */
    struct sql_lexer *lexer = &splitting->lexer;
    const char *rest = token->text + strlen("DELIMITER"), *end = line_end(rest, lexer->end);
    const char *argument = skip_blanks(rest, end), *last = argument;
    if (argument < end && (*argument == '\'' || *argument == '"' || *argument == '`')) {
        last = memchr(argument + 1, *argument, (size_t)(end - argument - 1));
        ++argument;
    } else {
        while (last < end && !is_blank(*last))
            ++last;
    }
    if (!last || last == argument || argument == rest) {
        error_set(splitting->error, DUN_BAD_INPUT, "DELIMITER needs a delimiter behind it");
        error_hint(splitting->error, "Write for instance DELIMITER $$ on a line of its own.");
        return fail(splitting, token->text);
    }
    size_t length = (size_t)(last - argument);
    if (memchr(argument, '\\', length)) {
        error_set(splitting->error, DUN_BAD_INPUT, "A delimiter cannot contain a backslash");
        return fail(splitting, argument);
    }
    if (length > LONGEST) {
        error_set(splitting->error, DUN_BAD_INPUT, "A delimiter can have %d characters at most", LONGEST);
        return fail(splitting, argument);
    }
    end_section(splitting, token);
    bool semicolon = length == 1 && *argument == ';';
    lexer->delimiter = semicolon ? NULL : argument;
    lexer->delimiter_length = semicolon ? 0 : length;
    lexer->cursor = end;
    return SPLIT_SKIP;
}

static bool at_line_begin(const struct splitting *splitting, const char *at)
{
    const char *text = splitting->text;
    while (at > text && is_blank(at[-1]))
        --at;
    return at == text || at[-1] == '\n';
}

/*
 * DELIMITER also ends a statement whose terminator was forgotten. There the word may be a column's name, so
 * nothing but signs may be on the rest of the line.
 */
static bool is_forgotten_end(const struct splitting *splitting, const struct sql_token *token)
{
    if (!sql_token_is(token, "DELIMITER") || splitting->lexer.executable > 0 ||
        !at_line_begin(splitting, token->text))
        return false;
    const char *rest = token->text + token->length, *end = line_end(rest, splitting->lexer.end);
    const char *argument = skip_blanks(rest, end), *last = argument;
    while (last < end && strchr(";$/|!^&%~#@", *last))
        ++last;
    return argument > rest && last > argument && skip_blanks(last, end) == end;
}

/* The client takes USE name for a whole line; nobody else wants a semicolon behind it then. */
static bool is_after_use(const struct splitting *splitting, const struct sql_token *token)
{
    const char *name_end = splitting->previous.text + splitting->previous.length;
    return splitting->mysql.kind == MYSQL_USE_NAME && line_end(name_end, token->text) < token->text;
}

/* At the beginning of a statement the client takes -- for a comment even without a blank behind it. */
static enum split_verdict read_dashes(struct splitting *splitting, const struct sql_token *token)
{
    split_skip_line(splitting);
    struct sql_token comment = {.kind = SQL_TOKEN_COMMENT,
                                .text = token->text,
                                .length = (size_t)(splitting->lexer.cursor - token->text)};
    return split_read_comment(splitting, &comment) ? SPLIT_SKIP : SPLIT_FAILED;
}

static enum split_verdict read_start(struct splitting *splitting, const struct sql_token *token)
{
    bool dashes = sql_token_is_operator(token, '-') && splitting->lexer.cursor < splitting->lexer.end &&
                  *splitting->lexer.cursor == '-';
    if (dashes)
        return read_dashes(splitting, token);
    if (sql_token_is(token, "DELIMITER"))
        return read_delimiter(splitting, token);
    if (token->kind == SQL_TOKEN_WORD && client_command_is_mysql_word(token->text, token->length)) {
        client_command_error(splitting->error, SQL_MYSQL, token->text, token->length);
        return fail(splitting, token->text);
    }
    return SPLIT_CONTENT;
}

static void follow_use(struct split_mysql *state, const struct sql_token *token)
{
    if (state->kind == MYSQL_START)
        state->kind = sql_token_is(token, "USE") ? MYSQL_USE : MYSQL_OTHER;
    else
        state->kind = state->kind == MYSQL_USE ? MYSQL_USE_NAME : MYSQL_OTHER;
}

/* The words of a statement, whether or not they stand in an executable comment. */
static enum split_verdict read_word(struct splitting *splitting, const struct sql_token *token)
{
    struct split_mysql *state = &splitting->mysql;
    bool semicolon = token->kind == SQL_TOKEN_SEMICOLON && splitting->lexer.executable == 0;
    if (!splitting->start && semicolon)
        return SPLIT_ENDS;
    if (!splitting->start) {
        enum split_verdict verdict = read_start(splitting, token);
        if (verdict != SPLIT_CONTENT)
            return verdict;
    } else if (is_after_use(splitting, token)) {
        splitting->lexer.cursor = token->text;
        return SPLIT_ENDS;
    } else if (is_forgotten_end(splitting, token)) {
        splitting->lexer.cursor = token->text;
        end_section(splitting, token);
        return SPLIT_SKIP;
    }
    if (state->kind != MYSQL_OTHER)
        follow_use(state, token);
    mysql_body_token(&state->body, splitting->arena, token);
    return semicolon && !mysql_body_is_open(&state->body) ? SPLIT_ENDS : SPLIT_CONTENT;
}

/* Nothing that needs a closer look; most of a dump is. */
static bool is_plain_content(const struct splitting *splitting, const struct sql_token *token)
{
    return splitting->start && splitting->mysql.kind == MYSQL_OTHER &&
           splitting->mysql.body.phase == MYSQL_PHASE_PLAIN && token->kind != SQL_TOKEN_SEMICOLON &&
           token->length != strlen("DELIMITER");
}

static enum split_verdict read_token(struct splitting *splitting, const struct sql_token *token)
{
    switch (token->kind) {
    case SQL_TOKEN_EXECUTABLE:
        if (token->text[0] == '/' && splitting->lexer.executable == 1)
            splitting->mysql.executable = token->text;
        return SPLIT_CONTENT;
    case SQL_TOKEN_DELIMITER:
        end_section(splitting, token);
        return SPLIT_SKIP;
    case SQL_TOKEN_OPERATOR:
        if (*token->text == '\\')
            return read_backslash(splitting, token);
        break;
    default:
        break;
    }
    return is_plain_content(splitting, token) ? SPLIT_CONTENT : read_word(splitting, token);
}

static const char *end_of_block(enum mysql_block block)
{
    static const char *const ends[] = {
        [MYSQL_BLOCK_BEGIN] = "END",       [MYSQL_BLOCK_IF] = "END IF",
        [MYSQL_BLOCK_CASE] = "END CASE",   [MYSQL_BLOCK_LOOP] = "END LOOP",
        [MYSQL_BLOCK_WHILE] = "END WHILE", [MYSQL_BLOCK_REPEAT] = "END REPEAT",
        [MYSQL_BLOCK_FOR] = "END FOR",     [MYSQL_BLOCK_DECLARATIONS] = "BEGIN",
        [MYSQL_BLOCK_PACKAGE] = "END",     [MYSQL_BLOCK_CASE_EXPRESSION] = "END",
    };
    return ends[block];
}

static bool at_end(struct splitting *splitting)
{
    struct split_mysql *state = &splitting->mysql;
    struct sql_token end = {.kind = SQL_TOKEN_END, .text = splitting->lexer.end};
    if (splitting->lexer.executable > 0) {
        error_set(splitting->error, DUN_BAD_INPUT, "The comment that begins here is not closed");
        return split_fail_at(splitting, state->executable);
    }
    if (!splitting->start) {
        end_section(splitting, &end);
        return true;
    }
    mysql_body_token(&state->body, splitting->arena, &end);
    if (mysql_body_is_open(&state->body)) {
        struct mysql_open_block open = mysql_body_outermost(&state->body);
        error_set(splitting->error, DUN_BAD_INPUT, "What begins here has no %s", end_of_block(open.block));
        error_hint(splitting->error, "Semicolons up to the end of the file belong to it.");
        return split_fail_at(splitting, open.opening);
    }
    end_section(splitting, &end);
    return true;
}

const struct split_rules split_mysql_rules = {
    .token = read_token, .begin = begin, .ended = ended, .at_end = at_end};
