#include "sql/splitter.h"

#include "base/error.h"
#include "sql/classify.h"
#include "sql/split_rules.h"
#include "sql/utf8.h"

#include <string.h>

static const struct split_rules *const all_rules[] = {
    [SQL_POSTGRESQL] = &split_postgres_rules,
    [SQL_MYSQL] = &split_mysql_rules,
    [SQL_SQLITE] = &split_sqlite_rules,
};

bool split_fail_at(struct splitting *splitting, const char *at)
{
    sql_error_at(splitting->error, splitting->file, splitting->text, splitting->length,
                 (size_t)(at - splitting->text));
    return false;
}

static const char *name_of_unclosed(const struct sql_token *token)
{
    switch (token->kind) {
    case SQL_TOKEN_COMMENT:
        return "comment";
    case SQL_TOKEN_QUOTED:
        return "quoted identifier";
    case SQL_TOKEN_PARAMETER:
        return "quoted variable";
    default:
        return *token->text == '$' ? "dollar quote" : "string";
    }
}

static bool fail_unclosed(struct splitting *splitting, const struct sql_token *token)
{
    error_set(splitting->error, DUN_BAD_INPUT, "The %s that begins here is not closed",
              name_of_unclosed(token));
    if (token->kind == SQL_TOKEN_COMMENT && splitting->lexer.dialect == SQL_POSTGRESQL)
        error_hint(splitting->error, "Comments nest on PostgreSQL: every /* needs a */ of its own.");
    return split_fail_at(splitting, token->text);
}

void split_skip_line(struct splitting *splitting)
{
    struct sql_lexer *lexer = &splitting->lexer;
    if (lexer->cursor < lexer->end) {
        const char *line_break = memchr(lexer->cursor, '\n', (size_t)(lexer->end - lexer->cursor));
        lexer->cursor = line_break ? line_break : lexer->end;
    }
}

struct sql_statement *split_finish(struct splitting *splitting)
{
    if (!splitting->start)
        return NULL;
    struct sql_statement *statement = vector_add(splitting->arena, &splitting->statements);
    statement->text = splitting->start;
    statement->length = (size_t)(splitting->previous.text + splitting->previous.length - splitting->start);
    statement->line = splitting->position.line;
    statement->column = splitting->position.column;
    sql_classify(splitting->lexer.dialect, statement);
    splitting->start = NULL;
    return statement;
}

bool split_read_comment(struct splitting *splitting, const struct sql_token *token)
{
    if (token->unclosed)
        return fail_unclosed(splitting, token);
    struct sql_directive directive;
    if (!sql_directive_read(token, &directive))
        return true;
    directive.content_end = splitting->content_end;
    *vector_add(splitting->arena, &splitting->directives) = directive;
    if (splitting->start || splitting->statements.count > 0)
        return true;
    if (directive.kind == SQL_DIRECTIVE_UNKNOWN) {
        sql_directive_refuse(&directive, splitting->error);
        return split_fail_at(splitting, directive.text);
    }
    splitting->no_transaction |= directive.kind == SQL_DIRECTIVE_NO_TRANSACTION;
    return true;
}

static bool end_statement(struct splitting *splitting)
{
    struct sql_statement *statement = split_finish(splitting);
    return !statement || !splitting->rules->ended || splitting->rules->ended(splitting, statement);
}

/* How many bytes of a byte order mark are there: 3 or 0. */
static size_t byte_order_mark(const char *text, const char *end)
{
    return end - text >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

static bool read_token(struct splitting *splitting, const struct sql_token *token)
{
    if (token->unclosed)
        return fail_unclosed(splitting, token);
    if (!splitting->start) {
        size_t mark = byte_order_mark(token->text, splitting->lexer.end);
        if (mark > 0) { /* files that were put together keep theirs */
            splitting->lexer.cursor = token->text + mark;
            return true;
        }
        splitting->rules->begin(splitting);
    }
    switch (splitting->rules->token(splitting, token)) {
    case SPLIT_CONTENT:
        if (!splitting->start) {
            splitting->start = token->text;
            sql_position_advance(&splitting->position, token->text);
        }
        /* Not by *token: see sql_lexer_next. */
        splitting->previous =
            (struct sql_token){.kind = token->kind, .text = token->text, .length = token->length};
        splitting->content_end = token->text + token->length;
        return true;
    case SPLIT_ENDS:
        splitting->content_end = token->text + token->length;
        return end_statement(splitting);
    case SPLIT_SKIP:
        return true;
    case SPLIT_FAILED:
        break;
    }
    return false;
}

static bool read_text(struct splitting *splitting)
{
    for (;;) {
        sql_lexer_skip_blank(&splitting->lexer);
        struct sql_token token = sql_lexer_next(&splitting->lexer);
        if (token.kind == SQL_TOKEN_END)
            break;
        bool comment = token.kind == SQL_TOKEN_COMMENT;
        if (!(comment ? split_read_comment(splitting, &token) : read_token(splitting, &token)))
            return false;
    }
    return splitting->rules->at_end(splitting) && end_statement(splitting);
}

static bool check_encoding(struct splitting *splitting)
{
    size_t offset = utf8_check(splitting->text, splitting->length);
    if (offset == splitting->length)
        return true;
    unsigned byte = (unsigned char)splitting->text[offset];
    if (byte == 0)
        error_set(splitting->error, DUN_BAD_INPUT, "There is a NUL byte here, which SQL text cannot have");
    else
        error_set(splitting->error, DUN_BAD_INPUT, "The byte 0x%02X here is not UTF-8", byte);
    error_hint(splitting->error,
               splitting->lexer.dialect == SQL_MYSQL
                   ? "Save the file as UTF-8; dump binary columns with mysqldump --hex-blob."
                   : "Save the file as UTF-8.");
    return split_fail_at(splitting, splitting->text + offset);
}

bool sql_split(struct arena *arena, enum sql_dialect dialect, const char *file, const char *text,
               size_t length, struct sql_script **ret_script, dun_error *error)
{
    if (length == 0)
        text = "";
    size_t mark = byte_order_mark(text, text + length);
    struct splitting splitting = {
        .arena = arena,
        .rules = all_rules[dialect],
        .file = file,
        .text = text,
        .length = length,
        .error = error,
        .position = {.at = text + mark, .line = 1, .column = 1},
    };
    sql_lexer_init(&splitting.lexer, dialect, text + mark, length - mark);
    if (!check_encoding(&splitting) || !read_text(&splitting))
        return false;
    struct sql_script *script = ARENA_NEW(arena, struct sql_script);
    script->statements = splitting.statements.items;
    script->count = splitting.statements.count;
    script->directives = splitting.directives.items;
    script->directive_count = splitting.directives.count;
    script->no_transaction = splitting.no_transaction;
    *ret_script = script;
    return true;
}
