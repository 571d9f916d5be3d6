/* The definition of a column. */
#include "base/str.h"
#include "engine/sqlite/ddl_parts.h"
#include "sql/quote.h"
#include "sql/words.h"

#include <string.h>

/* A column that is being read. */
struct reader {
    struct tokens *tokens;
    struct ddl_table *table;
    struct ddl_column column;
    const char *name; /* of the constraint that comes next; NULL: none was given */
};

/* Words that no type may begin or go on with, unless they are quoted. */
static bool is_reserved(const char *word, size_t length)
{
    static const char *const words[] = {"CONSTRAINT", "PRIMARY",    "NOT",     "NULL",
                                        "UNIQUE",     "CHECK",      "DEFAULT", "COLLATE",
                                        "REFERENCES", "DEFERRABLE", "AS",      NULL};
    for (size_t i = 0; words[i]; ++i)
        if (word_equals(word, length, words[i]))
            return true;
    return false;
}

static bool ends_type(const struct tokens *tokens)
{
    const struct sql_token *token = tokens_peek(tokens, 0);
    if (!token_is_name(token) || (token->kind == SQL_TOKEN_WORD && is_reserved(token->text, token->length)))
        return true;
    return sql_token_is(token, "GENERATED") && sql_token_is(tokens_peek(tokens, 1), "ALWAYS") &&
           sql_token_is(tokens_peek(tokens, 2), "AS");
}

static size_t word_length(const char *text)
{
    size_t length = 0;
    while ((text[length] >= 'A' && text[length] <= 'Z') || text[length] == '_' ||
           (unsigned char)text[length] >= 0x80 || (length > 0 && text[length] >= '0' && text[length] <= '9'))
        ++length;
    return length;
}

/* "(10)", "(10,2)", or nothing. */
static bool is_length(const char *text)
{
    if (*text == '\0')
        return true;
    size_t first = *text == '(' ? strspn(text + 1, "0123456789") : 0;
    if (first == 0)
        return false;
    text += 1 + first;
    if (*text == ',') {
        size_t second = strspn(text + 1, "0123456789");
        text += second ? 1 + second : 0;
    }
    return strcmp(text, ")") == 0;
}

/* Would the text, in capitals, be read as this very type without quotes? */
static bool is_type_text(const char *text)
{
    for (;;) {
        size_t length = word_length(text);
        if (length == 0 || is_reserved(text, length) || word_equals(text, length, "GENERATED"))
            return false;
        text += length;
        if (*text != ' ')
            return is_length(text);
        ++text;
    }
}

/* SQLite takes the quotes off a type that is one quoted word. Where the type cannot stand without them, they
 * stay. */
static const char *type_word(struct tokens *tokens, const struct sql_token *token, bool alone)
{
    const char *as_written = arena_strndup(tokens->arena, token->text, token->length);
    if (token->kind != SQL_TOKEN_WORD && !alone)
        return as_written;
    const char *name = token_name(tokens->arena, token);
    const char *capitals = text_capitals(tokens->arena, name, strlen(name));
    return token->kind == SQL_TOKEN_WORD || is_type_text(capitals) ? capitals : as_written;
}

/* "(10, -2)": numbers, with signs. */
static bool take_length(struct tokens *tokens, struct str *type)
{
    if (!tokens_take_operator(tokens, '('))
        return true;
    str_append_char(type, '(');
    for (unsigned numbers = 1; numbers <= 2; ++numbers) {
        const struct sql_token *token = tokens_peek(tokens, 0);
        if (sql_token_is_operator(token, '-') || sql_token_is_operator(token, '+')) {
            str_append_char(type, *token->text);
            ++tokens->at;
            token = tokens_peek(tokens, 0);
        }
        if (token->kind != SQL_TOKEN_NUMBER)
            return false;
        str_append_n(type, token->text, token->length);
        ++tokens->at;
        if (tokens_take_operator(tokens, ')')) {
            str_append_char(type, ')');
            return true;
        }
        if (!tokens_take_operator(tokens, ','))
            return false;
        str_append_char(type, ',');
    }
    return false;
}

static bool take_type(struct reader *reader)
{
    struct tokens *tokens = reader->tokens;
    struct str type = STR_INIT;
    if (ends_type(tokens))
        return true;
    for (bool first = true; !ends_type(tokens); first = false) {
        const struct sql_token *token = tokens_peek(tokens, 0);
        ++tokens->at;
        if (!first)
            str_append_char(&type, ' ');
        bool alone = first && ends_type(tokens) && !sql_token_is_operator(tokens_peek(tokens, 0), '(');
        str_append(&type, type_word(tokens, token, alone));
    }
    bool good = take_length(tokens, &type);
    if (good)
        reader->column.type = arena_strdup(tokens->arena, str_text(&type));
    str_free(&type);
    return good;
}

static const char *quoted_literal(struct arena *arena, const char *text)
{
    struct str literal = STR_INIT;
    sql_quote_literal(&literal, SQL_SQLITE, text, strlen(text));
    const char *copy = arena_strdup(arena, str_text(&literal));
    str_free(&literal);
    return copy;
}

/* NULL: the token is a name, or no literal at all. */
static const char *literal(struct arena *arena, const struct sql_token *token)
{
    static const char *const words[] = {
        "NULL", "TRUE", "FALSE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP", NULL};
    if (token->kind == SQL_TOKEN_STRING || token->kind == SQL_TOKEN_NUMBER)
        return arena_strndup(arena, token->text, token->length);
    for (size_t i = 0; words[i]; ++i)
        if (sql_token_is(token, words[i]))
            return words[i];
    return NULL;
}

/* A literal with or without a sign, in no matter how many parentheses; NULL: it is an expression. */
static const char *signed_literal(const struct tokens *tokens, size_t first, size_t end)
{
    while (end - first > 2 && sql_token_is_operator(&tokens->items[first], '(') &&
           sql_token_is_operator(&tokens->items[end - 1], ')')) {
        ++first;
        --end;
    }
    bool minus = sql_token_is_operator(&tokens->items[first], '-');
    bool sign = minus || sql_token_is_operator(&tokens->items[first], '+');
    if (end - first != (sign ? 2 : 1))
        return NULL;
    const char *text = literal(tokens->arena, &tokens->items[end - 1]);
    return text && minus ? arena_printf(tokens->arena, "-%s", text) : text;
}

/* A word behind DEFAULT is a string. No default, and the default NULL, are one. */
static bool take_default(struct reader *reader)
{
    struct tokens *tokens = reader->tokens;
    size_t first = tokens->at, inside, end;
    const char *value;
    if (tokens_take_group(tokens, &inside, &end)) {
        value = signed_literal(tokens, inside, end);
        if (!value)
            value = arena_printf(tokens->arena, "(%s)", tokens_text(tokens, inside, end));
    } else {
        bool sign = tokens_take_operator(tokens, '-') || tokens_take_operator(tokens, '+');
        const struct sql_token *token = tokens_peek(tokens, 0);
        ++tokens->at;
        value = token->kind == SQL_TOKEN_END ? NULL : signed_literal(tokens, first, tokens->at);
        if (!value && !sign && token_is_name(token))
            value = quoted_literal(tokens->arena, token_name(tokens->arena, token));
        if (!value)
            return false;
    }
    reader->column.default_value = strcmp(value, "NULL") == 0 ? NULL : value;
    return true;
}

static struct ddl_constraint *add_constraint(struct reader *reader, enum schema_kind kind)
{
    struct arena *arena = reader->tokens->arena;
    struct ddl_constraint *constraint = vector_add(arena, &reader->table->constraints);
    *constraint = (struct ddl_constraint){.kind = kind, .name = reader->name, .of_column = true};
    reader->name = NULL;
    if (kind != SCHEMA_CHECK)
        *vector_add(arena, &constraint->columns) =
            (struct ddl_key_column){.name = reader->column.name, .text = reader->column.name};
    return constraint;
}

static bool take_primary_key(struct reader *reader)
{
    struct ddl_constraint *key = add_constraint(reader, SCHEMA_PRIMARY_KEY);
    key->columns.items[0].descending = tokens_take(reader->tokens, "DESC");
    if (!key->columns.items[0].descending)
        tokens_take(reader->tokens, "ASC");
    if (!ddl_take_conflict(reader->tokens, &key->conflict))
        return false;
    reader->column.auto_increment |= tokens_take(reader->tokens, "AUTOINCREMENT");
    return true;
}

static bool take_check(struct reader *reader)
{
    size_t first, end;
    struct ddl_constraint *check = add_constraint(reader, SCHEMA_CHECK);
    if (!tokens_take_group(reader->tokens, &first, &end))
        return false;
    check->expression = tokens_unqualified_text(reader->tokens, first, end, reader->table->name);
    return true;
}

static bool take_generated(struct reader *reader)
{
    size_t first, end;
    if (!tokens_take_group(reader->tokens, &first, &end))
        return false;
    reader->column.generated = tokens_unqualified_text(reader->tokens, first, end, reader->table->name);
    reader->column.stored = tokens_take(reader->tokens, "STORED");
    if (!reader->column.stored)
        tokens_take(reader->tokens, "VIRTUAL");
    return true;
}

/* What has no object of its own: a name given to it is kept. */
static void use_up_name(struct reader *reader, const char *rest)
{
    ddl_keep_name(reader->tokens->arena, &reader->column.options, reader->name, rest);
    reader->name = NULL;
}

static bool take_not_null(struct reader *reader)
{
    use_up_name(reader, "NOT NULL");
    reader->column.not_null = true;
    return ddl_take_conflict(reader->tokens, &reader->column.conflict);
}

static bool take_null(struct reader *reader)
{
    const char *conflict;
    use_up_name(reader, "NULL");
    return ddl_take_conflict(reader->tokens, &conflict);
}

static bool take_collation(struct reader *reader)
{
    const char *name;
    use_up_name(reader, "COLLATE");
    if (!tokens_take_name(reader->tokens, &name))
        return false;
    name = ddl_collation(reader->tokens->arena, name);
    reader->column.collation = strcmp(name, "BINARY") == 0 ? NULL : name;
    return true;
}

/* It belongs to the foreign key before it, be that of another column. */
static bool take_deferrable(struct reader *reader)
{
    const char *deferrable;
    if (!ddl_take_deferrable(reader->tokens, &deferrable))
        return false;
    use_up_name(reader, "DEFERRABLE");
    for (size_t i = reader->table->constraints.count; i-- > 0;)
        if (reader->table->constraints.items[i].kind == SCHEMA_FOREIGN_KEY) {
            reader->table->constraints.items[i].deferrable = deferrable;
            break;
        }
    return true;
}

/* False: there is none, or it is broken. */
static bool take_constraint(struct reader *reader)
{
    struct tokens *tokens = reader->tokens;
    if (tokens_take(tokens, "CONSTRAINT")) {
        use_up_name(reader, "");
        return tokens_take_name(tokens, &reader->name);
    }
    if (tokens_take(tokens, "NOT NULL"))
        return take_not_null(reader);
    if (tokens_take(tokens, "NULL"))
        return take_null(reader);
    if (tokens_take(tokens, "PRIMARY KEY"))
        return take_primary_key(reader);
    if (tokens_take(tokens, "UNIQUE"))
        return ddl_take_conflict(tokens, &add_constraint(reader, SCHEMA_UNIQUE)->conflict);
    if (tokens_take(tokens, "CHECK"))
        return take_check(reader);
    if (sql_token_is(tokens_peek(tokens, 0), "REFERENCES"))
        return ddl_take_references(tokens, add_constraint(reader, SCHEMA_FOREIGN_KEY));
    if (tokens_take(tokens, "COLLATE"))
        return take_collation(reader);
    if (tokens_take(tokens, "DEFAULT")) {
        use_up_name(reader, "DEFAULT");
        return take_default(reader);
    }
    if (tokens_take(tokens, "GENERATED ALWAYS AS") || tokens_take(tokens, "AS")) {
        use_up_name(reader, "AS");
        return take_generated(reader);
    }
    return take_deferrable(reader);
}

static bool at_end(const struct tokens *tokens)
{
    const struct sql_token *token = tokens_peek(tokens, 0);
    return sql_token_is_operator(token, ',') || sql_token_is_operator(token, ')');
}

bool ddl_take_column(struct tokens *tokens, struct ddl_table *table)
{
    struct reader reader = {.tokens = tokens, .table = table};
    if (!tokens_take_name(tokens, &reader.column.name) || !take_type(&reader))
        return false;
    while (!at_end(tokens))
        if (!take_constraint(&reader))
            return false;
    use_up_name(&reader, "");
    *vector_add(tokens->arena, &table->columns) = reader.column;
    return true;
}
