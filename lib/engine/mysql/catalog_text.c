#include "engine/mysql/catalog_text.h"

#include "base/str.h"
#include "base/vector.h"
#include "sql/utf8.h"

#include <ctype.h>
#include <string.h>

void catalog_text_take(struct catalog_text *text)
{
    text->end = text->token.text ? text->token.text + text->token.length : text->lexer.cursor;
    do
        text->token = sql_lexer_next(&text->lexer);
    while (text->token.kind == SQL_TOKEN_BLANK || text->token.kind == SQL_TOKEN_COMMENT ||
           text->token.kind == SQL_TOKEN_EXECUTABLE);
}

void catalog_text_open(struct catalog_text *text, struct arena *arena, const char *database, const char *sql,
                       size_t length)
{
    *text = (struct catalog_text){.arena = arena, .database = database};
    sql_lexer_init(&text->lexer, SQL_MYSQL, sql, length);
    catalog_text_take(text);
}

bool catalog_text_at(const struct catalog_text *text, const char *keyword)
{
    return sql_token_is(&text->token, keyword);
}

bool catalog_text_at_operator(const struct catalog_text *text, char operator)
{
    return sql_token_is_operator(&text->token, operator);
}

bool catalog_text_at_end(const struct catalog_text *text)
{
    return text->token.kind == SQL_TOKEN_END;
}

static bool take_if(struct catalog_text *text, bool wanted)
{
    if (wanted)
        catalog_text_take(text);
    return wanted;
}

bool catalog_text_accept(struct catalog_text *text, const char *keyword)
{
    return take_if(text, catalog_text_at(text, keyword));
}

bool catalog_text_accept_operator(struct catalog_text *text, char operator)
{
    return take_if(text, catalog_text_at_operator(text, operator));
}

const char *catalog_text_take_raw(struct catalog_text *text)
{
    const char *raw = arena_strndup(text->arena, text->token.text, text->token.length);
    catalog_text_take(text);
    return raw;
}

/* What is between the quotes, where each of these is doubled. */
static const char *undouble(struct arena *arena, const char *from, size_t length)
{
    char quote = *from;
    char *name = arena_strndup(arena, from + 1, length - 2), *to = name;
    for (const char *c = name; *c; ++c) {
        *to++ = *c;
        if (*c == quote && c[1] == quote)
            ++c;
    }
    *to = '\0';
    return name;
}

/* https://mariadb.com/kb/en/string-literals/#escape-sequences; any other character stands for itself. */
static char escaped(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'b':
        return '\b';
    case 'Z':
        return 26;
    case '0':
        return '\0';
    default:
        return c;
    }
}

static char *unescape(struct arena *arena, const char *from, size_t length, size_t *ret_length)
{
    char quote = *from;
    char *value = arena_strndup(arena, from + 1, length - 2), *to = value;
    for (const char *c = value; *c; ++c) {
        if (*c == '\\' && c[1] != '\0') {
            *to++ = escaped(*++c);
            continue;
        }
        *to++ = *c;
        if (*c == quote && c[1] == quote)
            ++c;
    }
    *to = '\0';
    *ret_length = (size_t)(to - value);
    return value;
}

static bool is_quoted(const struct sql_token *token)
{
    return !token->unclosed && token->length >= 2 &&
           (*token->text == '`' || *token->text == '"' || *token->text == '\'');
}

const char *catalog_text_take_name(struct catalog_text *text)
{
    if (!is_quoted(&text->token))
        return catalog_text_take_raw(text);
    const char *name = undouble(text->arena, text->token.text, text->token.length);
    catalog_text_take(text);
    return name;
}

const char *catalog_text_take_string(struct catalog_text *text)
{
    if (text->token.kind != SQL_TOKEN_STRING || !is_quoted(&text->token))
        return NULL;
    size_t length;
    const char *value = unescape(text->arena, text->token.text, text->token.length, &length);
    catalog_text_take(text);
    return value;
}

void catalog_text_pass(struct catalog_text *text)
{
    size_t depth = 0;
    do {
        if (catalog_text_at_operator(text, '('))
            ++depth;
        else if (catalog_text_at_operator(text, ')') && depth > 0)
            --depth;
        catalog_text_take(text);
    } while (depth > 0 && !catalog_text_at_end(text));
}

static bool is_database(const struct catalog_text *text, const struct sql_token *token)
{
    size_t length = strlen(text->database);
    if (token->kind == SQL_TOKEN_WORD)
        return token->length == length && memcmp(token->text, text->database, length) == 0;
    if (token->kind != SQL_TOKEN_QUOTED || !is_quoted(token) || token->length < length + 2)
        return false;
    return strcmp(undouble(text->arena, token->text, token->length), text->database) == 0;
}

/* What is known while tokens are copied: where in a FROM clause they stand, and what came before. */
struct copying {
    struct str to;
    bool after_dot;   /* the token belongs to the name before it */
    bool names_table; /* FROM or JOIN was before it, but for parentheses: a table's name comes */
};

/*
 * The server qualifies columns as database.table.column, tables in FROM clauses and sequences as
 * database.table, and functions. A lone name with a dot behind it elsewhere is the alias of a table, which
 * may be called as the database is.
 */
static bool is_qualification(const struct catalog_text *text, const struct copying *copying,
                             const struct sql_token *token, struct sql_lexer ahead)
{
    if (copying->after_dot || !is_database(text, token))
        return false;
    struct sql_token dot = sql_lexer_next(&ahead);
    if (!sql_token_is_operator(&dot, '.'))
        return false;
    sql_lexer_next(&ahead);
    struct sql_token behind = sql_lexer_next(&ahead);
    return copying->names_table || sql_token_is_operator(&behind, '.') || sql_token_is_operator(&behind, '(');
}

bool catalog_text_precedes_table(const struct sql_token *token)
{
    static const char *const words[] = {"FROM",    "JOIN",    "STRAIGHT_JOIN", "INTO",
                                        "NEXTVAL", "LASTVAL", "SETVAL"};
    for (size_t i = 0; i < sizeof words / sizeof *words; ++i)
        if (sql_token_is(token, words[i]))
            return true;
    return false;
}

static void note_token(struct copying *copying, const struct sql_token *token)
{
    copying->after_dot = sql_token_is_operator(token, '.');
    if (!sql_token_is_operator(token, '('))
        copying->names_table = catalog_text_precedes_table(token);
}

/* The server writes the bytes of a binary literal as they are, which no file of UTF-8 can have. */
static bool is_bytes(const struct sql_token *token)
{
    return token->kind == SQL_TOKEN_STRING && is_quoted(token) &&
           utf8_check(token->text, token->length) < token->length;
}

static void copy_bytes(struct arena *arena, struct str *to, const struct sql_token *token)
{
    size_t length;
    const char *bytes = unescape(arena, token->text, token->length, &length);
    bool after_charset = to->length && (isalnum((unsigned char)to->data[to->length - 1]));
    str_append(to, after_charset ? " x'" : "x'");
    for (size_t i = 0; i < length; ++i)
        str_printf(to, "%02X", (unsigned char)bytes[i]);
    str_append_char(to, '\'');
}

static void copy_token(const struct catalog_text *text, struct copying *copying, struct sql_lexer *lexer,
                       const struct sql_token *token)
{
    switch (token->kind) {
    case SQL_TOKEN_COMMENT:
    case SQL_TOKEN_EXECUTABLE:
        return;
    case SQL_TOKEN_BLANK:
        if (copying->to.length && copying->to.data[copying->to.length - 1] != ' ')
            str_append_char(&copying->to, ' ');
        return;
    default:
        if (is_qualification(text, copying, token, *lexer)) {
            sql_lexer_next(lexer);
            copying->after_dot = false;
            return;
        }
        if (is_bytes(token))
            copy_bytes(text->arena, &copying->to, token);
        else
            str_append_n(&copying->to, token->text, token->length);
        note_token(copying, token);
    }
}

const char *catalog_text_since(const struct catalog_text *text, const char *start)
{
    struct copying copying = {.to = STR_INIT};
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, SQL_MYSQL, start, text->end > start ? (size_t)(text->end - start) : 0);
    for (;;) {
        struct sql_token token = sql_lexer_next(&lexer);
        if (token.kind == SQL_TOKEN_END)
            break;
        copy_token(text, &copying, &lexer, &token);
    }
    while (copying.to.length && copying.to.data[copying.to.length - 1] == ' ')
        copying.to.length--;
    const char *copy = arena_strndup(text->arena, str_text(&copying.to), copying.to.length);
    str_free(&copying.to);
    return copy;
}

const char *catalog_text_take_parenthesized(struct catalog_text *text)
{
    const char *opening = text->token.text;
    catalog_text_pass(text);
    struct catalog_text inside = *text;
    if (inside.end > opening)
        inside.end--;
    return catalog_text_since(&inside, opening + 1);
}

const char **catalog_text_take_names(struct catalog_text *text, size_t *ret_count)
{
    VECTOR(const char *) names = {0};
    if (catalog_text_accept_operator(text, '('))
        while (!catalog_text_at_end(text) && !catalog_text_accept_operator(text, ')'))
            if (!catalog_text_accept_operator(text, ','))
                *vector_add(text->arena, &names) = catalog_text_take_name(text);
    *ret_count = names.count;
    return names.items;
}
