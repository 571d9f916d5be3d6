/*
 * Where the sqlite3 shell ends statements: at a semicolon, and in CREATE TRIGGER at the one behind the END
 * that itself stands behind a semicolon (sqlite3_complete).
 */
#include "sql/client_commands.h"
#include "sql/split_rules.h"

static void begin(struct splitting *splitting)
{
    splitting->sqlite = (struct split_sqlite){0};
}

/* BEGIN may be a name, too: of the trigger, its table, a column. */
static bool is_name(const struct sql_token *previous)
{
    static const char *const before_names[] = {"TRIGGER", "EXISTS", "ON", "OF"};
    for (size_t i = 0; i < sizeof before_names / sizeof *before_names; ++i)
        if (sql_token_is(previous, before_names[i]))
            return true;
    return sql_token_is_operator(previous, '.') || sql_token_is_operator(previous, ',');
}

static void read_word(struct splitting *splitting, const struct sql_token *token)
{
    struct split_sqlite *state = &splitting->sqlite;
    const struct sql_token *previous = &splitting->previous;
    switch (state->kind) {
    case SQLITE_START:
    case SQLITE_EXPLAIN:
        if (sql_token_is(token, "CREATE"))
            state->kind = SQLITE_CREATE;
        else if (state->kind == SQLITE_START && sql_token_is(token, "EXPLAIN"))
            state->kind = SQLITE_EXPLAIN;
        else if (state->kind == SQLITE_START ||
                 !(sql_token_is(token, "QUERY") || sql_token_is(token, "PLAN")))
            state->kind = SQLITE_OTHER;
        break;
    case SQLITE_CREATE:
        if (sql_token_is(token, "TRIGGER"))
            state->kind = SQLITE_TRIGGER;
        else if (!sql_token_is(token, "TEMP") && !sql_token_is(token, "TEMPORARY"))
            state->kind = SQLITE_OTHER;
        break;
    case SQLITE_TRIGGER:
        if (sql_token_is(token, "BEGIN") && !is_name(previous)) {
            state->kind = SQLITE_BODY;
            state->body = token->text;
        }
        break;
    case SQLITE_BODY:
        if (sql_token_is(token, "END") &&
            (previous->kind == SQL_TOKEN_SEMICOLON || previous->text == state->body))
            state->kind = SQLITE_OTHER;
        break;
    case SQLITE_OTHER:
        break;
    }
}

static enum split_verdict read_start(struct splitting *splitting, const struct sql_token *token)
{
    if (sql_token_is_operator(token, '#')) { /* the shell's comment */
        split_skip_line(splitting);
        return SPLIT_SKIP;
    }
    if (!sql_token_is_operator(token, '.'))
        return SPLIT_CONTENT;
    client_command_error(splitting->error, SQL_SQLITE, token->text,
                         (size_t)(splitting->lexer.end - token->text));
    split_fail_at(splitting, token->text);
    return SPLIT_FAILED;
}

static enum split_verdict read_token(struct splitting *splitting, const struct sql_token *token)
{
    struct split_sqlite *state = &splitting->sqlite;
    if (token->kind == SQL_TOKEN_SEMICOLON)
        return splitting->start && state->kind == SQLITE_BODY ? SPLIT_CONTENT : SPLIT_ENDS;
    if (token->kind == SQL_TOKEN_WORD)
        read_word(splitting, token);
    return splitting->start ? SPLIT_CONTENT : read_start(splitting, token);
}

static bool at_end(struct splitting *splitting)
{
    if (!splitting->start || splitting->sqlite.kind != SQLITE_BODY)
        return true;
    error_set(splitting->error, DUN_BAD_INPUT, "The BEGIN of this trigger has no END");
    error_hint(splitting->error, "A trigger ends with END behind the semicolon of its last statement.");
    return split_fail_at(splitting, splitting->sqlite.body);
}

const struct split_rules split_sqlite_rules = {.token = read_token, .begin = begin, .at_end = at_end};
