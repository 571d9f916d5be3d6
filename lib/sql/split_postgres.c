/*
 * Where psql ends statements: at a semicolon outside parentheses and outside the BEGIN ATOMIC ... END of a
 * function. COPY ... FROM stdin takes the lines that follow.
 */
#include "sql/client_commands.h"
#include "sql/scan.h"
#include "sql/split_rules.h"

#include <string.h>

static void begin(struct splitting *splitting)
{
    splitting->postgres = (struct split_postgres){0};
}

/* pg_dump writes \restrict TOKEN and \unrestrict TOKEN for psql's sake; they say nothing to anybody else. */
static bool is_restriction(const char *command, size_t length)
{
    static const char *const names[] = {"\\restrict", "\\unrestrict"};
    for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
        size_t name = strlen(names[i]);
        if (length >= name && memcmp(command, names[i], name) == 0 &&
            (length == name || command[name] <= ' '))
            return true;
    }
    return false;
}

static enum split_verdict read_backslash(struct splitting *splitting, const struct sql_token *token)
{
    size_t rest = (size_t)(splitting->lexer.end - token->text);
    if (!splitting->start && is_restriction(token->text, rest)) {
        split_skip_line(splitting);
        return SPLIT_SKIP;
    }
    client_command_error(splitting->error, SQL_POSTGRESQL, token->text, rest);
    split_fail_at(splitting, token->text);
    return SPLIT_FAILED;
}

static void read_operator(struct split_postgres *state, const struct sql_token *token)
{
    if (*token->text == '(' && state->parentheses++ == 0)
        state->parenthesis = token->text;
    else if (*token->text == ')' && state->parentheses > 0)
        --state->parentheses;
}

/*
 * The body ends with an END where a statement could begin; elsewhere END closes CASE, or is a column's name,
 * as it may be without AS even.
 */
static void read_routine_word(struct split_postgres *state, const struct sql_token *previous,
                              const struct sql_token *token)
{
    if (state->parentheses > 0)
        return;
    if (!state->body) {
        if (sql_token_is(token, "ATOMIC") && sql_token_is(previous, "BEGIN")) {
            state->body = previous->text;
            state->in_body = true;
        }
        return;
    }
    bool begins_statement = previous->kind == SQL_TOKEN_SEMICOLON || sql_token_is(previous, "ATOMIC");
    if (sql_token_is(token, "END") && begins_statement)
        state->in_body = false;
}

static void read_word(struct splitting *splitting, const struct sql_token *token)
{
    struct split_postgres *state = &splitting->postgres;
    switch (state->kind) {
    case POSTGRES_START:
        state->kind = sql_token_is(token, "CREATE") ? POSTGRES_CREATE
                      : sql_token_is(token, "COPY") ? POSTGRES_COPY
                                                    : POSTGRES_OTHER;
        break;
    case POSTGRES_CREATE:
        if (sql_token_is(token, "FUNCTION") || sql_token_is(token, "PROCEDURE"))
            state->kind = POSTGRES_ROUTINE;
        else if (!sql_token_is(token, "OR") && !sql_token_is(token, "REPLACE"))
            state->kind = POSTGRES_OTHER;
        break;
    case POSTGRES_ROUTINE:
        read_routine_word(state, &splitting->previous, token);
        break;
    case POSTGRES_COPY: /* the grammar takes STDOUT for STDIN */
        if (state->parentheses == 0 && sql_token_is(&splitting->previous, "FROM"))
            state->copies = sql_token_is(token, "STDIN") || sql_token_is(token, "STDOUT");
        break;
    case POSTGRES_OTHER:
        break;
    }
}

static enum split_verdict read_token(struct splitting *splitting, const struct sql_token *token)
{
    struct split_postgres *state = &splitting->postgres;
    switch (token->kind) {
    case SQL_TOKEN_SEMICOLON:
        return splitting->start && (state->parentheses > 0 || state->in_body) ? SPLIT_CONTENT : SPLIT_ENDS;
    case SQL_TOKEN_OPERATOR:
        if (*token->text == '\\')
            return read_backslash(splitting, token);
        read_operator(state, token);
        break;
    case SQL_TOKEN_WORD:
        read_word(splitting, token);
        break;
    default:
        break;
    }
    return SPLIT_CONTENT;
}

/* Where the line after the one that ends COPY begins; NULL with the error set when the line goes on. */
static const char *copy_begin(struct splitting *splitting)
{
    const char *cursor = splitting->lexer.cursor, *end = splitting->lexer.end;
    while (cursor < end && (*cursor == ' ' || *cursor == '\t' || *cursor == '\r'))
        ++cursor;
    if (end - cursor >= 2 && cursor[0] == '-' && cursor[1] == '-')
        cursor = scan_line(cursor, end, false);
    if (cursor < end && *cursor != '\n') {
        error_set(splitting->error, DUN_BAD_INPUT,
                  "The data of COPY begin on the next line; nothing can stand here");
        error_hint(splitting->error, "Put the next statement after the line with \\. that ends the data.");
        split_fail_at(splitting, cursor);
        return NULL;
    }
    return cursor < end ? cursor + 1 : cursor;
}

/* Does a line \. begin here? Then where it ends, otherwise NULL. */
static const char *copy_end(const char *line, const char *end)
{
    if (end - line < 2 || line[0] != '\\' || line[1] != '.')
        return NULL;
    line += 2;
    if (line < end && *line == '\r')
        ++line;
    return line == end || *line == '\n' ? line : NULL;
}

static bool read_copy_data(struct splitting *splitting, struct sql_statement *statement)
{
    const char *data = copy_begin(splitting), *end = splitting->lexer.end;
    if (!data)
        return false;
    for (const char *line = data; line < end;) {
        const char *after = copy_end(line, end);
        if (after) {
            statement->copy_data = data;
            statement->copy_length = (size_t)(line - data);
            splitting->lexer.cursor = after;
            return true;
        }
        const char *line_break = memchr(line, '\n', (size_t)(end - line));
        line = line_break ? line_break + 1 : end;
    }
    error_set(splitting->error, DUN_BAD_INPUT, "The data of this COPY have no end");
    error_hint(splitting->error, "A line with nothing but \\. ends them.");
    return split_fail_at(splitting, statement->text);
}

static bool ended(struct splitting *splitting, struct sql_statement *statement)
{
    return !splitting->postgres.copies || read_copy_data(splitting, statement);
}

static bool at_end(struct splitting *splitting)
{
    const struct split_postgres *state = &splitting->postgres;
    if (!splitting->start || (state->parentheses == 0 && !state->in_body))
        return true;
    if (state->parentheses > 0) {
        error_set(splitting->error, DUN_BAD_INPUT, "The parenthesis that opens here is not closed");
        return split_fail_at(splitting, state->parenthesis);
    }
    error_set(splitting->error, DUN_BAD_INPUT, "This BEGIN ATOMIC has no END");
    return split_fail_at(splitting, state->body);
}

const struct split_rules split_postgres_rules = {
    .token = read_token, .begin = begin, .ended = ended, .at_end = at_end};
