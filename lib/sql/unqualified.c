#include "sql/unqualified.h"

#include "base/str.h"
#include "sql/lexer.h"
#include "sql/name.h"

#include <string.h>

struct reading {
    struct arena *arena;
    enum sql_dialect dialect;
    const char *schema;
    struct sql_lexer lexer;
};

static bool is_schema(const struct reading *reading, const struct sql_token *token)
{
    struct sql_name name;
    return (token->kind == SQL_TOKEN_WORD || token->kind == SQL_TOKEN_QUOTED) &&
           sql_name_read(reading->arena, reading->dialect, token->text, token->length, &name) &&
           name.count == 1 && strcmp(name.parts[0], reading->schema) == 0;
}

/* Does `::regclass`, `::regproc`, ... follow? */
static bool is_cast_to_name(struct sql_lexer ahead)
{
    struct sql_token first = sql_lexer_next(&ahead), second = sql_lexer_next(&ahead);
    struct sql_token type = sql_lexer_next(&ahead);
    return sql_token_is_operator(&first, ':') && sql_token_is_operator(&second, ':') &&
           type.kind == SQL_TOKEN_WORD && type.length > 3 && strncmp(type.text, "reg", 3) == 0;
}

/* The bytes of the literal that are the qualification, from behind its quote; 0: it has none. */
static size_t qualification_of(const struct reading *reading, const struct sql_token *literal)
{
    struct sql_lexer inside;
    if (literal->length < 2 || literal->text[0] != '\'')
        return 0;
    sql_lexer_init(&inside, reading->dialect, literal->text + 1, literal->length - 2);
    struct sql_token name = sql_lexer_next(&inside), dot = sql_lexer_next(&inside);
    return is_schema(reading, &name) && sql_token_is_operator(&dot, '.') ? name.length + 1 : 0;
}

static void append_literal(struct str *out, const struct reading *reading, const struct sql_token *literal)
{
    size_t left_out = is_cast_to_name(reading->lexer) ? qualification_of(reading, literal) : 0;
    str_append_n(out, literal->text, left_out ? 1 : 0);
    size_t from = left_out ? 1 + left_out : 0;
    str_append_n(out, literal->text + from, literal->length - from);
}

const char *sql_unqualified(struct arena *arena, enum sql_dialect dialect, const char *sql,
                            const char *schema)
{
    struct str out = STR_INIT;
    struct reading reading = {.arena = arena, .dialect = dialect, .schema = schema};
    bool after_dot = false;
    sql_lexer_init(&reading.lexer, dialect, sql, strlen(sql));
    for (struct sql_token token = sql_lexer_next(&reading.lexer); token.kind != SQL_TOKEN_END;
         token = sql_lexer_next(&reading.lexer)) {
        struct sql_lexer ahead = reading.lexer;
        struct sql_token next = sql_lexer_next(&ahead);
        if (!after_dot && sql_token_is_operator(&next, '.') && is_schema(&reading, &token)) {
            reading.lexer = ahead;
            continue;
        }
        if (token.kind == SQL_TOKEN_STRING)
            append_literal(&out, &reading, &token);
        else
            str_append_n(&out, token.text, token.length);
        after_dot = sql_token_is_operator(&token, '.');
    }
    const char *copy = arena_strndup(arena, str_text(&out), out.length);
    str_free(&out);
    return copy;
}
