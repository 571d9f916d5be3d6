/*
 * Does a statement name another database, anywhere that a table, a view or a routine can stand? Names of
 * columns are qualified, too, so this follows where tables are named: behind FROM, JOIN, INTO, UPDATE and the
 * like, and behind the commas between them.
 */
#include "engine/mysql/scratch_names.h"

#include "engine/scratch.h"

#include <string.h>

enum { MOST_LEVELS = 64 };

/* What is open between two parentheses. */
struct level {
    bool query;  /* SELECT was there: FROM is that of a query, not that of TRIM or EXTRACT */
    bool tables; /* a comma goes on with tables */
};

struct scan {
    struct sql_lexer lexer;
    struct level levels[MOST_LEVELS];
    size_t depth;
    bool expecting;            /* a table comes next */
    struct sql_token previous; /* before the token that is looked at */
    struct sql_token leading;  /* what was before the name that `previous` ends */
    bool qualified;            /* that name has parts */
};

static bool is_name(const struct sql_token *token)
{
    return token->kind == SQL_TOKEN_WORD || token->kind == SQL_TOKEN_QUOTED;
}

static struct level *level_of(struct scan *scan)
{
    return &scan->levels[scan->depth < MOST_LEVELS ? scan->depth : MOST_LEVELS - 1];
}

static bool next_is(const struct scan *scan, char operator)
{
    struct sql_lexer ahead = scan->lexer;
    struct sql_token token = scratch_next_token(&ahead);
    return sql_token_is_operator(&token, operator);
}

static void expect_tables(struct scan *scan)
{
    scan->expecting = true;
    level_of(scan)->tables = true;
}

/* The word may begin a list of tables, and may be something else, too. */
static bool begins_tables(struct scan *scan, const struct sql_token *token)
{
    static const char *const always[] = {"JOIN", "INTO", "CALL", "TABLE", "UNION", NULL};
    static const char *const functions[] = {"INSERT", "REPLACE", "TRUNCATE", "USING", NULL};
    static const char *const no_update[] = {"KEY", "FOR", "ON", NULL};
    static const char *const renaming[] = {"TO", "RENAME", NULL};
    if (scratch_token_is_one_of(token, always))
        return true;
    if (scratch_token_is_one_of(token, functions)) /* INSERT(a, 1, 2, b), JOIN t USING (a) */
        return !next_is(scan, '(');
    if (sql_token_is(token, "FROM"))
        return scan->depth == 0 || level_of(scan)->query;
    if (sql_token_is(token, "STRAIGHT_JOIN"))
        return !sql_token_is(&scan->previous, "SELECT");
    if (sql_token_is(token, "UPDATE"))
        return !scratch_token_is_one_of(&scan->previous, no_update);
    return scratch_token_is_one_of(token, renaming) && level_of(scan)->tables;
}

static void take_word(struct scan *scan, const struct sql_token *token)
{
    static const char *const ends[] = {"SET",   "WHERE",  "GROUP", "ORDER",     "HAVING",
                                       "LIMIT", "VALUES", "VALUE", "DUPLICATE", NULL};
    if (sql_token_is(token, "SELECT"))
        *level_of(scan) = (struct level){.query = true};
    else if (begins_tables(scan, token))
        expect_tables(scan);
    else if (scratch_token_is_one_of(token, ends))
        level_of(scan)->tables = false;
}

static void take_operator(struct scan *scan, const struct sql_token *token)
{
    if (sql_token_is_operator(token, '(')) {
        ++scan->depth;
        *level_of(scan) = (struct level){.tables = scan->expecting};
    } else if (sql_token_is_operator(token, ')')) {
        scan->depth -= scan->depth > 0;
        scan->expecting = false;
    } else if (sql_token_is_operator(token, ',')) {
        scan->expecting = level_of(scan)->tables;
    } else if (!sql_token_is_operator(token, '=')) { /* UNION = (t, u) */
        scan->expecting = false;
    }
}

/* True: the name that begins here is that of a table, and has the name of a database before it. */
static bool is_table_elsewhere(struct scan *scan, const struct sql_token *token)
{
    static const char *const modifiers[] = {
        "IGNORE", "LOW_PRIORITY", "HIGH_PRIORITY", "QUICK", "DELAYED", "CONCURRENT", "IF",      "NOT",
        "EXISTS", "TABLE",        "INTO",          "TO",    "AS",      "ONLY",       "LATERAL", NULL};
    static const char *const rows[] = {"NEW", "OLD", NULL};
    if (!scan->expecting || !is_name(token) ||
        (scratch_token_is_one_of(token, modifiers) && !next_is(scan, '.')))
        return false;
    scan->expecting = false;
    return next_is(scan, '.') && !scratch_token_is_one_of(token, rows);
}

/* f(), where f is the function of another database: not the table that a foreign key refers to. */
static bool is_call_elsewhere(const struct scan *scan, const struct sql_token *token)
{
    return sql_token_is_operator(token, '(') && scan->qualified && is_name(&scan->previous) &&
           !sql_token_is(&scan->leading, "REFERENCES");
}

static void follow_name(struct scan *scan, const struct sql_token *token)
{
    if (is_name(token) && !sql_token_is_operator(&scan->previous, '.')) {
        scan->leading = scan->previous;
        scan->qualified = false;
    } else if (sql_token_is_operator(token, '.')) {
        scan->qualified = is_name(&scan->previous);
    }
    scan->previous = *token;
}

static bool takes_elsewhere(struct scan *scan, const struct sql_token *token)
{
    if (is_table_elsewhere(scan, token) || is_call_elsewhere(scan, token))
        return true;
    if (token->kind == SQL_TOKEN_SEMICOLON) {
        scan->depth = 0;
        scan->levels[0] = (struct level){0};
        scan->expecting = false;
    } else if (token->kind == SQL_TOKEN_WORD && !sql_token_is_operator(&scan->previous, '.')) {
        take_word(scan, token);
    } else if (token->kind == SQL_TOKEN_OPERATOR) {
        take_operator(scan, token);
    } else {
        scan->expecting = false;
    }
    follow_name(scan, token);
    return false;
}

bool mysql_engine_names_database(struct sql_lexer lexer)
{
    struct scan scan = {.lexer = lexer};
    for (;;) {
        struct sql_token token = scratch_next_token(&scan.lexer);
        if (token.kind == SQL_TOKEN_END)
            return false;
        if (takes_elsewhere(&scan, &token))
            return true;
    }
}
