/*
 * Parameters are put into the text of a statement as literals, so that a query costs one round trip (a
 * prepared statement costs two, and not everything can be prepared).
 */
#include "base/error.h"
#include "engine/mysql/connection.h"
#include "sql/lexer.h"
#include "sql/quote.h"

#include <string.h>

/* The number of a "$1" token, or 0. In MySQL that is also a valid name, so it may come as a word. */
static size_t parameter_number(const struct sql_token *token)
{
    enum { MOST_DIGITS = 6 };
    if (token->kind != SQL_TOKEN_PARAMETER && token->kind != SQL_TOKEN_WORD)
        return 0;
    if (token->length < 2 || token->length > MOST_DIGITS || token->text[0] != '$')
        return 0;
    size_t number = 0;
    for (size_t i = 1; i < token->length; ++i) {
        if (token->text[i] < '0' || token->text[i] > '9')
            return 0;
        number = number * 10 + (size_t)(token->text[i] - '0');
    }
    return number;
}

static bool is_whole_number(const char *value)
{
    size_t digits = strspn(value, "0123456789");
    return digits > 0 && value[digits] == '\0';
}

/* LIMIT and OFFSET want a number, not a string that looks like one. */
static void insert_value(struct str *to, const struct sql_token *before, const char *value)
{
    if (value && is_whole_number(value) && (sql_token_is(before, "LIMIT") || sql_token_is(before, "OFFSET")))
        str_append(to, value);
    else
        sql_quote_literal(to, SQL_MYSQL, value, value ? strlen(value) : 0);
}

bool mysql_engine_parameters_insert(const struct db_statement *statement, struct str *to, size_t *ret_first,
                                    dun_error *error)
{
    struct sql_lexer lexer;
    struct sql_token before = {.kind = SQL_TOKEN_BLANK};
    size_t first = statement->length;
    sql_lexer_init(&lexer, SQL_MYSQL, statement->sql, statement->length);
    for (struct sql_token token = sql_lexer_next(&lexer); token.kind != SQL_TOKEN_END;
         token = sql_lexer_next(&lexer)) {
        size_t number = parameter_number(&token);
        if (number > statement->parameter_count)
            return error_set(error, DUN_USAGE,
                             "the statement has a parameter $%zu, but only %zu values are given", number,
                             statement->parameter_count);
        if (number && (size_t)(token.text - statement->sql) < first)
            first = (size_t)(token.text - statement->sql);
        if (number)
            insert_value(to, &before, statement->parameters[number - 1]);
        else
            str_append_n(to, token.text, token.length);
        if (token.kind != SQL_TOKEN_BLANK && token.kind != SQL_TOKEN_COMMENT)
            before = token;
    }
    *ret_first = first;
    return true;
}
