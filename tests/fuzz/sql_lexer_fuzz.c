/*
 * Cuts any bytes into tokens, UTF-8 or not, with and without a delimiter, and checks that they cover the
 * text; then classifies the text and quotes it.
 */
#include "base/memory.h"
#include "sql/classify.h"
#include "sql/lexer.h"
#include "sql/quote.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void lex(enum sql_dialect dialect, const char *text, size_t length, size_t delimiter_length)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, dialect, text, length);
    if (delimiter_length > 0 && dialect == SQL_MYSQL) {
        lexer.delimiter = text;
        lexer.delimiter_length = delimiter_length;
    }
    const char *cursor = text;
    for (;;) {
        struct sql_token token = sql_lexer_next(&lexer);
        if (token.text != cursor || lexer.cursor != token.text + token.length)
            abort();
        if (token.kind == SQL_TOKEN_END)
            break;
        if (token.length == 0 || (token.unclosed && lexer.cursor != lexer.end))
            abort();
        cursor = lexer.cursor;
    }
    if (cursor != text + length)
        abort();
}

/* A literal of any value is one token, whatever the value. */
static void quote(enum sql_dialect dialect, const char *text, size_t length)
{
    struct str quoted = STR_INIT;
    struct sql_lexer lexer;
    sql_quote_literal(&quoted, dialect, text, length);
    sql_lexer_init(&lexer, dialect, quoted.data, quoted.length);
    struct sql_token token = sql_lexer_next_significant(&lexer);
    if (sql_token_is(&token, "_UTF8MB4"))
        token = sql_lexer_next_significant(&lexer);
    if (token.kind != SQL_TOKEN_STRING || token.unclosed || lexer.cursor != lexer.end)
        abort();
    str_clear(&quoted);
    char *name = memory_strndup(text, length);
    if (sql_quote_qualified(&quoted, dialect, name)) {
        sql_lexer_init(&lexer, dialect, quoted.data, quoted.length);
        for (token = sql_lexer_next(&lexer); token.kind != SQL_TOKEN_END; token = sql_lexer_next(&lexer))
            if (token.kind != SQL_TOKEN_QUOTED && !sql_token_is_operator(&token, '.'))
                abort();
    }
    free(name);
    str_free(&quoted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum sql_dialect dialects[] = {SQL_POSTGRESQL, SQL_MYSQL, SQL_SQLITE};
    if (size < 1)
        return 0;
    enum sql_dialect dialect = dialects[data[0] % 3];
    size_t length = size - 1, delimiter_length = data[0] / 3 % 4;
    char *text = malloc(length > 0 ? length : 1);
    if (!text)
        return 0;
    if (length > 0)
        memcpy(text, data + 1, length);
    lex(dialect, text, length, delimiter_length < length ? delimiter_length : 0);
    struct sql_statement statement = {.text = text, .length = length};
    sql_classify(dialect, &statement);
    struct sql_created created = sql_created_object(dialect, text, length);
    if (created.name &&
        (created.name < text || created.name + created.name_length > text + length || !created.kind))
        abort();
    quote(dialect, text, length);
    free(text);
    return 0;
}
