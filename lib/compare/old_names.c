#include "compare/old_names.h"

#include "base/str.h"
#include "sql/lexer.h"
#include "sql/name.h"
#include "sql/quote.h"

#include <string.h>

/* May a check of a statement about that table mean what was renamed? */
static bool is_meant(const struct diff_change *rename, const struct schema_object *table)
{
    const struct schema_object *parent = rename->to->parent;
    return !parent || (table && strcmp(parent->name, table->name) == 0);
}

/* NULL: the token is no name. */
static const char *name_in(struct compare *compare, const struct sql_token *token)
{
    struct sql_name name;
    bool may_be = token->kind == SQL_TOKEN_QUOTED || token->kind == SQL_TOKEN_WORD;
    return may_be &&
                   sql_name_read(compare->arena, compare->engine->dialect, token->text, token->length,
                                 &name) &&
                   name.count == 1
               ? name.parts[0]
               : NULL;
}

/* The schema of what has moved, where that is named behind it; NULL: it is none. */
static const char *schema_before_move(struct compare *compare, const char *schema, struct sql_lexer after)
{
    struct sql_token dot = sql_lexer_next(&after), last = sql_lexer_next(&after);
    const char *name = sql_token_is_operator(&dot, '.') ? name_in(compare, &last) : NULL;
    VECTOR_EACH (const struct diff_change, rename, &compare->renames) {
        const struct schema_object *to = rename->to;
        if (name && !to->parent && to->schema && strcmp(to->schema, schema) == 0 &&
            strcmp(to->name, name) == 0)
            return rename->from->schema;
    }
    return NULL;
}

/* NULL: the token is no new name. */
static const char *old_name(struct compare *compare, const struct schema_object *table,
                            const struct sql_token *token, const struct sql_lexer *after)
{
    const char *name = name_in(compare, token);
    const char *schema = name ? schema_before_move(compare, name, *after) : NULL;
    if (schema)
        return schema;
    VECTOR_EACH (const struct diff_change, rename, &compare->renames)
        if (name && strcmp(rename->to->name, name) == 0 && is_meant(rename, table))
            return rename->from->name;
    return NULL;
}

static const char *with_old_names(struct compare *compare, const struct schema_object *table, const char *sql)
{
    struct str text = STR_INIT;
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, compare->engine->dialect, sql, strlen(sql));
    for (struct sql_token token; (token = sql_lexer_next(&lexer)).kind != SQL_TOKEN_END;) {
        const char *old = old_name(compare, table, &token, &lexer);
        if (old)
            sql_quote_identifier(&text, compare->engine->dialect, old);
        else
            str_append_n(&text, token.text, token.length);
    }
    const char *copy = arena_strdup(compare->arena, str_text(&text));
    str_free(&text);
    return copy;
}

void old_names_in_checks(struct compare *compare, struct plan_statement *statement)
{
    for (size_t i = 0; i < statement->checks.count; ++i)
        statement->checks.items[i].sql =
            with_old_names(compare, statement->table, statement->checks.items[i].sql);
}
