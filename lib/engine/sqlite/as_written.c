#include "engine/sqlite/as_written.h"

#include "engine/sqlite/definition.h"
#include "engine/sqlite/tokens.h"
#include "sql/directive.h"

#include <string.h>

static bool is_directive(const struct sql_token *token)
{
    struct sql_directive directive;
    return token->kind == SQL_TOKEN_COMMENT && sql_directive_read(token, &directive);
}

static void drop_blanks_at_end(struct str *text)
{
    while (text->length && (text->data[text->length - 1] == ' ' || text->data[text->length - 1] == '\t'))
        text->data[--text->length] = '\0';
}

const char *as_written_text(struct arena *arena, const char *text, size_t length)
{
    struct str kept = STR_INIT;
    size_t last = 0;
    struct sql_lexer lexer;
    struct sql_token token;
    sql_lexer_init(&lexer, SQL_SQLITE, text, length);
    while ((token = sql_lexer_next(&lexer)).kind != SQL_TOKEN_END && !token.unclosed) {
        if (is_directive(&token)) {
            drop_blanks_at_end(&kept);
            continue;
        }
        str_append_n(&kept, token.text, token.length);
        if (token.kind != SQL_TOKEN_BLANK && token.kind != SQL_TOKEN_COMMENT)
            last = kept.length;
    }
    const char *result = token.unclosed ? NULL : arena_strndup(arena, str_text(&kept), last);
    str_free(&kept);
    return result;
}

void as_written_object(struct str *to, const struct catalog *catalog, const struct schema_object *object)
{
    if (object->text)
        str_append(to, object->text);
    else
        definition_object(to, catalog, object);
}

void as_written_table(struct str *to, const struct catalog *catalog, const struct schema_object *table,
                      const char *name)
{
    struct arena *arena = arena_new();
    struct tokens tokens;
    size_t length = table->text ? strlen(table->text) : 0;
    if (table->text && tokens_read(arena, table->text, length, &tokens) &&
        tokens_take(&tokens, "CREATE TABLE") && token_is_name(tokens_peek(&tokens, 0)) &&
        sql_token_is_operator(tokens_peek(&tokens, 1), '(')) {
        str_append(to, "CREATE TABLE ");
        definition_name(to, name);
        const char *rest = tokens.items[tokens.at].text + tokens.items[tokens.at].length;
        tokens_append_unqualified(to, rest, &tokens, tokens.at + 1, tokens.count, table->name);
    } else {
        definition_table(to, catalog, table, name);
    }
    arena_free(arena);
}
