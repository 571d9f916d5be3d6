#include "engine/postgres/scratch_sql.h"

#include "engine/scratch.h"

#include <string.h>

/* What belongs to the whole server, after CREATE, ALTER, DROP, and after the ON of COMMENT and GRANT. */
static const struct {
    const char *keyword, *what;
} shared_objects[] = {
    {"DATABASE", "a database"},
    {"ROLE", "a role"},
    {"USER", "a role"},
    {"GROUP", "a role"},
    {"TABLESPACE", "a tablespace"},
    {"SYSTEM", "the server's configuration"},
    {"SUBSCRIPTION", "a subscription"},
    {"PARAMETER", "the server's configuration"},
};

/* USER MAPPING belongs to a foreign server, which is in the database. */
static const char *shared_object(const struct sql_token *token, struct sql_lexer lexer)
{
    struct sql_token next = scratch_next_token(&lexer);
    if (sql_token_is(&next, "MAPPING"))
        return NULL;
    for (size_t i = 0; i < sizeof shared_objects / sizeof *shared_objects; ++i)
        if (sql_token_is(token, shared_objects[i].keyword))
            return shared_objects[i].what;
    return NULL;
}

/* GRANT role TO role has no ON. */
static const char *granted_outside(struct sql_lexer *lexer)
{
    static const char *const ends[] = {"TO", "FROM", NULL};
    for (;;) {
        struct sql_token token = scratch_next_token(lexer);
        if (token.kind == SQL_TOKEN_END || scratch_token_is_one_of(&token, ends))
            return "the membership in a role";
        if (!sql_token_is(&token, "ON"))
            continue;
        token = scratch_next_token(lexer);
        return shared_object(&token, *lexer);
    }
}

static const char *labelled_outside(struct sql_lexer *lexer)
{
    struct sql_token token = scratch_next_token(lexer);
    while (token.kind != SQL_TOKEN_END && !sql_token_is(&token, "ON"))
        token = scratch_next_token(lexer);
    token = scratch_next_token(lexer);
    return shared_object(&token, *lexer);
}

const char *postgres_reaches_outside(const char *sql, size_t length)
{
    static const char *const makers[] = {"CREATE", "ALTER", "DROP", NULL};
    static const char *const grants[] = {"GRANT", "REVOKE", NULL};
    static const char *const labels[] = {"COMMENT", "SECURITY", NULL};
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, SQL_POSTGRESQL, sql, length);
    struct sql_token token = scratch_next_token(&lexer);
    if (scratch_token_is_one_of(&token, grants))
        return granted_outside(&lexer);
    if (scratch_token_is_one_of(&token, labels))
        return labelled_outside(&lexer);
    if (!scratch_token_is_one_of(&token, makers))
        return NULL;
    token = scratch_next_token(&lexer);
    return shared_object(&token, lexer);
}

/* It is a reserved word where names of indexes and columns may stand, so a bare one is always the option. */
const char *postgres_without_concurrently(struct arena *arena, const char *sql, size_t length)
{
    static const char *const statements[] = {"CREATE", "DROP", "ALTER", "REINDEX", "REFRESH", NULL};
    struct sql_lexer lexer;
    char *without = NULL;
    sql_lexer_init(&lexer, SQL_POSTGRESQL, sql, length);
    struct sql_token token = scratch_next_token(&lexer);
    if (!scratch_token_is_one_of(&token, statements))
        return NULL;
    for (; token.kind != SQL_TOKEN_END; token = scratch_next_token(&lexer)) {
        if (!sql_token_is(&token, "CONCURRENTLY"))
            continue;
        if (!without)
            without = arena_strndup(arena, sql, length);
        memset(without + (token.text - sql), ' ', token.length);
    }
    return without;
}

bool postgres_is_missing_object(const dun_error *error)
{
    static const char *const states[] = {
        "42P01", /* undefined_table */
        "42703", /* undefined_column: an ALTER TABLE may add it */
        "42704", /* undefined_object: types, extensions, constraints, ... */
        "42883", /* undefined_function */
        "3F000", /* invalid_schema_name */
        "42830", /* invalid_foreign_key: the key that it refers to may be added later */
        "42803", /* grouping_error: columns may depend on a primary key that is added later */
        "22P02", /* invalid_text_representation: an enum's value may be added later */
        "55P04", /* unsafe_new_enum_value_usage: works in the next transaction */
    };
    for (size_t i = 0; i < sizeof states / sizeof *states; ++i)
        if (strcmp(dun_error_sqlstate(error), states[i]) == 0)
            return true;
    return false;
}
