/* What statements of definitions would change outside their database. Names may be qualified with any. */
#include "engine/mysql/scratch.h"
#include "engine/scratch.h"

#include <string.h>
#include <strings.h>

static const char *made_outside(struct sql_lexer *lexer)
{
    static const char *const modifiers[] = {"OR", "REPLACE", "UNDO", NULL};
    static const char *const databases[] = {"DATABASE", "SCHEMA", NULL};
    static const char *const users[] = {"USER", "ROLE", NULL};
    static const char *const others[] = {"TABLESPACE", "LOGFILE", "SERVER", "INSTANCE", "RESOURCE", NULL};
    struct sql_token token = scratch_next_token(lexer);
    while (scratch_token_is_one_of(&token, modifiers))
        token = scratch_next_token(lexer);
    if (scratch_token_is_one_of(&token, databases))
        return "a database";
    if (scratch_token_is_one_of(&token, users))
        return "a user or role";
    return scratch_token_is_one_of(&token, others) ? "a setting of the server" : NULL;
}

/* Up to where the columns, the query or the body begins, every name is that of something the statement
 * changes. */
static const char *names_another_database(struct sql_lexer *lexer)
{
    static const char *const ends[] = {"AS", "SELECT", "BEGIN", "FOR", "SET", "DO", "VALUES", NULL};
    struct sql_token previous = {0};
    for (;;) {
        struct sql_token token = scratch_next_token(lexer);
        if (token.kind == SQL_TOKEN_END || sql_token_is_operator(&token, '(') ||
            scratch_token_is_one_of(&token, ends))
            return NULL;
        bool is_name = previous.kind == SQL_TOKEN_WORD || previous.kind == SQL_TOKEN_QUOTED;
        if (is_name && sql_token_is_operator(&token, '.'))
            return "another database";
        previous = token;
    }
}

static bool begins_with(const struct sql_token *token, const char *text)
{
    return token->length >= strlen(text) && strncasecmp(token->text, text, strlen(text)) == 0;
}

static const char *sets_outside(struct sql_lexer *lexer)
{
    static const char *const scopes[] = {"GLOBAL", "PERSIST", "PERSIST_ONLY", "PASSWORD", NULL};
    static const char settings[] = "a setting of the server";
    bool at_name = true;
    for (;;) {
        struct sql_token token = scratch_next_token(lexer);
        if (token.kind == SQL_TOKEN_END)
            return NULL;
        if (at_name && (scratch_token_is_one_of(&token, scopes) || begins_with(&token, "@@GLOBAL") ||
                        begins_with(&token, "@@PERSIST")))
            return settings;
        at_name = sql_token_is_operator(&token, ',');
    }
}

static const char *links_a_library(struct sql_lexer lexer)
{
    struct sql_token token = scratch_next_token(&lexer);
    for (int i = 0; i < 8 && token.kind != SQL_TOKEN_END; ++i, token = scratch_next_token(&lexer))
        if (sql_token_is(&token, "SONAME"))
            return "the functions of the server";
    return NULL;
}

const char *mysql_engine_scratch_reaches_outside(const char *sql, size_t length)
{
    static const char *const makers[] = {"CREATE", "ALTER", "DROP", "RENAME", NULL};
    static const char *const grants[] = {"GRANT", "REVOKE", NULL};
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, SQL_MYSQL, sql, length);
    struct sql_token first = scratch_next_token(&lexer);
    if (scratch_token_is_one_of(&first, grants))
        return "the rights of a user";
    if (sql_token_is(&first, "USE"))
        return "another database";
    if (sql_token_is(&first, "SET"))
        return sets_outside(&lexer);
    if (scratch_token_is_one_of(&first, makers)) {
        struct sql_lexer ahead = lexer;
        const char *outside = made_outside(&ahead);
        if (!outside)
            outside = links_a_library(lexer);
        if (outside)
            return outside;
    }
    return names_another_database(&lexer);
}
