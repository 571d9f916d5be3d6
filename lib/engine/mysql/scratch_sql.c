/* What statements of definitions would change outside their database. Names may be qualified with any. */
#include "engine/mysql/scratch.h"
#include "engine/mysql/scratch_names.h"
#include "engine/scratch.h"
#include "sql/classify.h"

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

static struct sql_lexer lexer_of(const char *sql, size_t length)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, SQL_MYSQL, sql, length);
    return lexer;
}

/* START TRANSACTION and START SLAVE have the first word in common. */
static bool is_about_server(const struct sql_token *first, struct sql_lexer lexer)
{
    static const char *const always[] = {"FLUSH",   "RESET",  "PURGE",   "KILL",      "SHUTDOWN",
                                         "RESTART", "CHANGE", "INSTALL", "UNINSTALL", "CLONE",
                                         "BACKUP",  "BINLOG", "STOP",    NULL};
    static const char *const started[] = {"SLAVE", "REPLICA", "GROUP_REPLICATION", "ALL", NULL};
    struct sql_token second = scratch_next_token(&lexer);
    return scratch_token_is_one_of(first, always) ||
           (sql_token_is(first, "START") && scratch_token_is_one_of(&second, started));
}

/* SQL in a string, as PREPARE runs it. An event cannot be rewritten there, so it is none of the place's. */
static const char *string_reaches_outside(const struct sql_token *string)
{
    static const char *const statements[] = {"CREATE", "ALTER",   "DROP",   "RENAME", "TRUNCATE",
                                             "INSERT", "REPLACE", "UPDATE", "DELETE", "GRANT",
                                             "REVOKE", "USE",     "CALL",   NULL};
    const char *end = string->text + string->length, *sql = string->text;
    while (sql < end && *sql != '\'' && *sql != '"')
        ++sql;
    if (end - sql < 2)
        return NULL;
    size_t length = (size_t)(end - ++sql) - 1;
    struct sql_lexer lexer = lexer_of(sql, length);
    struct sql_token first = scratch_next_token(&lexer);
    if (!scratch_token_is_one_of(&first, statements))
        return NULL;
    return mysql_engine_scratch_is_event(sql, length) ? "an event, which may run at once"
                                                      : mysql_engine_scratch_reaches_outside(sql, length);
}

static const char *strings_reach_outside(struct sql_lexer lexer)
{
    for (;;) {
        struct sql_token token = scratch_next_token(&lexer);
        if (token.kind == SQL_TOKEN_END)
            return NULL;
        const char *outside = token.kind == SQL_TOKEN_STRING ? string_reaches_outside(&token) : NULL;
        if (outside)
            return outside;
    }
}

static const char *writes_a_file(struct sql_lexer lexer)
{
    static const char *const files[] = {"OUTFILE", "DUMPFILE", NULL};
    struct sql_token previous = {0};
    for (;;) {
        struct sql_token token = scratch_next_token(&lexer);
        if (token.kind == SQL_TOKEN_END)
            return NULL;
        if (sql_token_is(&previous, "INTO") && scratch_token_is_one_of(&token, files))
            return "a file of the server";
        previous = token;
    }
}

static bool is_about_table(const struct sql_token *first, const char *sql, size_t length)
{
    static const char *const modifiers[] = {"ONLINE", "IGNORE", NULL};
    struct sql_lexer lexer = lexer_of(sql, length);
    if (sql_token_is(first, "CREATE")) {
        struct sql_created created = sql_created_object(SQL_MYSQL, sql, length);
        return created.kind && strcmp(created.kind, "TABLE") == 0;
    }
    scratch_next_token(&lexer);
    struct sql_token token = scratch_next_token(&lexer);
    while (scratch_token_is_one_of(&token, modifiers))
        token = scratch_next_token(&lexer);
    return sql_token_is(first, "ALTER") && sql_token_is(&token, "TABLE");
}

static const char *defines_outside(const struct sql_token *first, struct sql_lexer lexer, const char *sql,
                                   size_t length)
{
    struct sql_lexer ahead = lexer;
    const char *outside = made_outside(&ahead);
    if (!outside)
        outside = links_a_library(lexer);
    if (!outside)
        outside = names_another_database(&lexer);
    if (!outside && is_about_table(first, sql, length) && mysql_engine_names_database(lexer_of(sql, length)))
        outside = "another database";
    return outside;
}

/* What reads and changes rows, and what runs programs. */
static const char *works_outside(const struct sql_token *first, struct sql_lexer lexer, const char *sql,
                                 size_t length)
{
    static const char *const with_sql[] = {"SET", "PREPARE", "EXECUTE", "SELECT", NULL};
    const char *outside = sql_token_is(first, "SET") ? sets_outside(&lexer) : NULL;
    if (!outside && mysql_engine_names_database(lexer_of(sql, length)))
        outside = "another database";
    if (!outside)
        outside = writes_a_file(lexer_of(sql, length));
    if (!outside && scratch_token_is_one_of(first, with_sql))
        outside = strings_reach_outside(lexer_of(sql, length));
    return outside;
}

const char *mysql_engine_scratch_reaches_outside(const char *sql, size_t length)
{
    static const char *const makers[] = {"CREATE", "ALTER", "DROP", "RENAME", NULL};
    static const char *const of_tables[] = {"TRUNCATE", "LOCK",  "ANALYZE", "OPTIMIZE", "REPAIR",
                                            "CHECK",    "CACHE", "HANDLER", NULL};
    static const char *const grants[] = {"GRANT", "REVOKE", NULL};
    struct sql_lexer lexer = lexer_of(sql, length);
    struct sql_token first = scratch_next_token(&lexer);
    if (scratch_token_is_one_of(&first, grants))
        return "the rights of a user";
    if (sql_token_is(&first, "USE"))
        return "another database";
    if (is_about_server(&first, lexer))
        return "the server";
    if (mysql_engine_scratch_loses_status(sql, length))
        return "what an event does on replicas";
    if (scratch_token_is_one_of(&first, makers))
        return defines_outside(&first, lexer, sql, length);
    if (scratch_token_is_one_of(&first, of_tables))
        return names_another_database(&lexer);
    return works_outside(&first, lexer, sql, length);
}

/* DO SETVAL(`sequence`, 1, 0), which dumps of MariaDB have even without rows. */
bool mysql_engine_scratch_is_own(const char *sql, size_t length)
{
    struct sql_lexer lexer = lexer_of(sql, length);
    struct sql_token first = scratch_next_token(&lexer), second = scratch_next_token(&lexer);
    return sql_token_is(&first, "DO") && sql_token_is(&second, "SETVAL");
}

bool mysql_engine_scratch_leads_outside(const char *sql, size_t length)
{
    static const char *const leading[] = {"VIEW",    "TRIGGER",      "PROCEDURE", "FUNCTION",
                                          "PACKAGE", "PACKAGE BODY", NULL};
    struct sql_lexer lexer = lexer_of(sql, length);
    struct sql_token token = scratch_next_token(&lexer);
    struct sql_created created = sql_created_object(SQL_MYSQL, sql, length);
    if (sql_token_is(&token, "ALTER"))
        created.kind = is_about_table(&token, sql, length) ? NULL : "VIEW";
    for (const char *const *kind = leading; created.kind && *kind; ++kind)
        if (strcmp(created.kind, *kind) == 0)
            return mysql_engine_names_database(lexer_of(sql, length)) ||
                   strings_reach_outside(lexer_of(sql, length));
    return false;
}
