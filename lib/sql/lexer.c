#include "sql/lexer.h"

#include "sql/scan.h"
#include "sql/words.h"

#include <string.h>

enum { SPACE = 1, DIGIT = 2, LETTER = 4, DOLLAR = 8, WORD_PART = LETTER | DIGIT | DOLLAR };

#define TIMES_8(x) x, x, x, x, x, x, x, x
#define TIMES_26(x) TIMES_8(x), TIMES_8(x), TIMES_8(x), x, x
#define TIMES_128(x)                                                                                \
    TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), \
        TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x)

/* All engines take every character beyond ASCII for a letter. */
static const unsigned char classes[256] = {
    TIMES_8(0),
    0,
    SPACE,
    SPACE,
    SPACE,
    SPACE,
    SPACE,
    0,
    0, /* 00 */
    TIMES_8(0),
    TIMES_8(0), /* 10 */
    SPACE,
    0,
    0,
    0,
    DOLLAR,
    0,
    0,
    0,
    TIMES_8(0), /* 20 */
    TIMES_8(DIGIT),
    DIGIT,
    DIGIT,
    0,
    0,
    0,
    0,
    0,
    0, /* 30 */
    0,
    TIMES_26(LETTER),
    0,
    0,
    0,
    0,
    LETTER, /* 40 */
    0,
    TIMES_26(LETTER),
    0,
    0,
    0,
    0,
    0,                 /* 60 */
    TIMES_128(LETTER), /* 80 */
};

static bool is(char c, unsigned char class)
{
    return (classes[(unsigned char)c] & class) != 0;
}

static bool at(const struct sql_lexer *lexer, size_t offset, char wanted)
{
    return (size_t)(lexer->end - lexer->cursor) > offset && lexer->cursor[offset] == wanted;
}

static bool at_class(const struct sql_lexer *lexer, size_t offset, unsigned char class)
{
    return (size_t)(lexer->end - lexer->cursor) > offset && is(lexer->cursor[offset], class);
}

static void pass(struct sql_lexer *lexer, unsigned char class)
{
    const char *cursor = lexer->cursor;
    while (cursor < lexer->end && is(*cursor, class))
        ++cursor;
    lexer->cursor = cursor;
}

/* Moves the cursor behind a quote or comment whose end was looked for; NULL: there is none. */
static void close_at(struct sql_lexer *lexer, struct sql_token *token, enum sql_token_kind kind,
                     const char *close)
{
    token->kind = kind;
    token->unclosed = !close;
    lexer->cursor = close ? close : lexer->end;
}

/* From behind the opening quote. */
static void lex_quoted(struct sql_lexer *lexer, struct sql_token *token, enum sql_token_kind kind, char quote,
                       bool backslash)
{
    const char *close = scan_quoted(lexer->cursor, lexer->end, quote, backslash);
    while (close && lexer->dialect == SQL_POSTGRESQL && quote == '\'') {
        const char *more = scan_continuation(close, lexer->end);
        if (!more)
            break;
        close = scan_quoted(more, lexer->end, quote, backslash);
    }
    close_at(lexer, token, kind, close);
}

static void lex_single_quote(struct sql_lexer *lexer, struct sql_token *token)
{
    ++lexer->cursor;
    lex_quoted(lexer, token, SQL_TOKEN_STRING, '\'', lexer->dialect == SQL_MYSQL);
}

static void lex_double_quote(struct sql_lexer *lexer, struct sql_token *token)
{
    bool string = lexer->dialect == SQL_MYSQL;
    ++lexer->cursor;
    lex_quoted(lexer, token, string ? SQL_TOKEN_STRING : SQL_TOKEN_QUOTED, '"', string);
}

static void lex_operator(struct sql_lexer *lexer, struct sql_token *token)
{
    token->kind = SQL_TOKEN_OPERATOR;
    ++lexer->cursor;
}

static void lex_backtick(struct sql_lexer *lexer, struct sql_token *token)
{
    if (lexer->dialect == SQL_POSTGRESQL) {
        lex_operator(lexer, token);
        return;
    }
    ++lexer->cursor;
    lex_quoted(lexer, token, SQL_TOKEN_QUOTED, '`', false);
}

static void lex_bracket(struct sql_lexer *lexer, struct sql_token *token)
{
    if (lexer->dialect == SQL_SQLITE)
        close_at(lexer, token, SQL_TOKEN_QUOTED, scan_bracketed(lexer->cursor + 1, lexer->end));
    else
        lex_operator(lexer, token);
}

static void lex_line_comment(struct sql_lexer *lexer, struct sql_token *token)
{
    token->kind = SQL_TOKEN_COMMENT;
    lexer->cursor = scan_line(lexer->cursor, lexer->end, lexer->dialect == SQL_POSTGRESQL);
}

static void lex_minus(struct sql_lexer *lexer, struct sql_token *token)
{
    bool comment = at(lexer, 1, '-');
    if (comment && lexer->dialect == SQL_MYSQL && lexer->end - lexer->cursor > 2) {
        unsigned char third = (unsigned char)lexer->cursor[2];
        comment = third <= ' ' || third == 0x7F; /* manual, "Comments": white space or a control character */
    }
    if (comment)
        lex_line_comment(lexer, token);
    else
        lex_operator(lexer, token);
}

static void lex_hash(struct sql_lexer *lexer, struct sql_token *token)
{
    if (lexer->dialect == SQL_MYSQL)
        lex_line_comment(lexer, token);
    else
        lex_operator(lexer, token);
}

/* MySQL's executable comments: how long the opening is, version included; 0 for any other comment. */
static size_t executable_opening(const struct sql_lexer *lexer)
{
    size_t length = at(lexer, 2, '!') ? 3 : at(lexer, 2, 'M') && at(lexer, 3, '!') ? 4 : 0;
    for (unsigned digits = 0; length > 0 && digits < 6 && at_class(lexer, length, DIGIT); ++digits)
        ++length;
    return length;
}

static void lex_slash(struct sql_lexer *lexer, struct sql_token *token)
{
    if (!at(lexer, 1, '*')) {
        lex_operator(lexer, token);
        return;
    }
    size_t opening = lexer->dialect == SQL_MYSQL ? executable_opening(lexer) : 0;
    /* mariadb-dump's first line, such a comment around \-, is a command to the client that switches its
     * sandbox on. */
    if (opening > 0 && !(at(lexer, opening, '\\') && at(lexer, opening + 1, '-'))) {
        token->kind = SQL_TOKEN_EXECUTABLE;
        lexer->cursor += opening;
        ++lexer->executable;
        return;
    }
    const char *inside = lexer->cursor + 2;
    close_at(lexer, token, SQL_TOKEN_COMMENT,
             lexer->dialect == SQL_POSTGRESQL ? scan_nested_comment(inside, lexer->end)
                                              : scan_block_comment(inside, lexer->end));
}

static void lex_star(struct sql_lexer *lexer, struct sql_token *token)
{
    if (lexer->executable == 0 || !at(lexer, 1, '/')) {
        lex_operator(lexer, token);
        return;
    }
    token->kind = SQL_TOKEN_EXECUTABLE;
    lexer->cursor += 2;
    --lexer->executable;
}

/*
 * What stands directly before a quote may belong to the literal: E'', B'', X'', N'', U&'' and U&"" on
 * PostgreSQL, X'', B'', N'' and _charset'' on MySQL, X'' on SQLite. The cursor is behind the word, which
 * begins at token->text.
 */
static bool lex_prefixed(struct sql_lexer *lexer, struct sql_token *token)
{
    size_t length = (size_t)(lexer->cursor - token->text);
    char first = (char)(*token->text | 0x20);
    if (lexer->dialect == SQL_POSTGRESQL && length == 1 && first == 'u' && at(lexer, 0, '&') &&
        (at(lexer, 1, '\'') || at(lexer, 1, '"'))) {
        char quote = lexer->cursor[1];
        lexer->cursor += 2;
        lex_quoted(lexer, token, quote == '\'' ? SQL_TOKEN_STRING : SQL_TOKEN_QUOTED, quote, false);
        return true;
    }
    static const char *const prefixes[] = {
        [SQL_POSTGRESQL] = "ebxn", [SQL_MYSQL] = "xbn", [SQL_SQLITE] = "x"};
    bool prefix = length == 1 && first > ' ' && strchr(prefixes[lexer->dialect], first);
    bool introducer = lexer->dialect == SQL_MYSQL && *token->text == '_';
    bool single = at(lexer, 0, '\''), twofold = introducer && at(lexer, 0, '"');
    if (!(prefix || introducer) || !(single || twofold))
        return false;
    char quote = *lexer->cursor++;
    bool postgresql_escapes = lexer->dialect == SQL_POSTGRESQL && first == 'e';
    lex_quoted(lexer, token, SQL_TOKEN_STRING, quote, lexer->dialect == SQL_MYSQL || postgresql_escapes);
    return true;
}

static void lex_word(struct sql_lexer *lexer, struct sql_token *token)
{
    token->kind = SQL_TOKEN_WORD;
    pass(lexer, WORD_PART);
    if (lexer->cursor < lexer->end &&
        (*lexer->cursor == '\'' || *lexer->cursor == '"' || *lexer->cursor == '&'))
        lex_prefixed(lexer, token);
}

/* 1, 1.5, 1e-5, 0x1F, 1_000. The first dot of 1..9 belongs to neither number. */
static void lex_number(struct sql_lexer *lexer, struct sql_token *token)
{
    token->kind = SQL_TOKEN_NUMBER;
    pass(lexer, DIGIT);
    if (at(lexer, 0, '.') && !at(lexer, 1, '.')) {
        ++lexer->cursor;
        pass(lexer, DIGIT);
    }
    if (at_class(lexer, 0, LETTER))
        pass(lexer, WORD_PART);
    bool hexadecimal = token->text + 1 < lexer->cursor && (token->text[1] | 0x20) == 'x';
    bool exponent = (lexer->cursor[-1] | 0x20) == 'e' && !hexadecimal;
    if (exponent && (at(lexer, 0, '+') || at(lexer, 0, '-')) && at_class(lexer, 1, DIGIT)) {
        ++lexer->cursor;
        pass(lexer, DIGIT);
    }
}

/* MySQL's identifiers may begin with digits: 1st is a word, 1e5 and 0x1F are numbers. */
static void lex_digit(struct sql_lexer *lexer, struct sql_token *token)
{
    lex_number(lexer, token);
    if (lexer->dialect != SQL_MYSQL)
        return;
    const char *cursor = token->text;
    while (cursor < lexer->cursor && is(*cursor, DIGIT))
        ++cursor;
    if (cursor == lexer->cursor || !is(*cursor, LETTER | DOLLAR))
        return;
    bool zero = cursor - token->text == 1 && *token->text == '0';
    char letter = (char)(*cursor | 0x20);
    if (letter != 'e' && !(zero && (letter == 'x' || letter == 'b')))
        token->kind = SQL_TOKEN_WORD;
}

static void lex_dollar(struct sql_lexer *lexer, struct sql_token *token)
{
    if (lexer->dialect == SQL_MYSQL) {
        lex_word(lexer, token);
        return;
    }
    if (lexer->dialect == SQL_POSTGRESQL) {
        const char *inside = scan_dollar_tag(lexer->cursor, lexer->end);
        if (inside) {
            close_at(lexer, token, SQL_TOKEN_STRING, scan_dollar_quoted(lexer->cursor, inside, lexer->end));
            return;
        }
    }
    bool parameter = at_class(lexer, 1, lexer->dialect == SQL_SQLITE ? LETTER | DIGIT : DIGIT);
    lex_operator(lexer, token);
    if (parameter) {
        token->kind = SQL_TOKEN_PARAMETER;
        pass(lexer, lexer->dialect == SQL_SQLITE ? WORD_PART : DIGIT);
    }
}

static void lex_question(struct sql_lexer *lexer, struct sql_token *token)
{
    lex_operator(lexer, token);
    if (lexer->dialect == SQL_POSTGRESQL)
        return;
    token->kind = SQL_TOKEN_PARAMETER;
    if (lexer->dialect == SQL_SQLITE)
        pass(lexer, DIGIT);
}

static void lex_colon(struct sql_lexer *lexer, struct sql_token *token)
{
    lex_operator(lexer, token);
    if (lexer->dialect != SQL_SQLITE || !at_class(lexer, 0, LETTER | DIGIT))
        return;
    token->kind = SQL_TOKEN_PARAMETER;
    pass(lexer, WORD_PART);
}

static void lex_at_sign(struct sql_lexer *lexer, struct sql_token *token)
{
    lex_operator(lexer, token);
    if (lexer->dialect == SQL_POSTGRESQL)
        return;
    if (lexer->dialect == SQL_MYSQL) {
        if (at(lexer, 0, '\'') || at(lexer, 0, '"') || at(lexer, 0, '`')) {
            char quote = *lexer->cursor++;
            lex_quoted(lexer, token, SQL_TOKEN_PARAMETER, quote, quote != '`');
            return;
        }
        if (at(lexer, 0, '@'))
            ++lexer->cursor;
    }
    if (!at_class(lexer, 0, WORD_PART))
        return;
    token->kind = SQL_TOKEN_PARAMETER;
    pass(lexer, WORD_PART);
}

static void lex_dot(struct sql_lexer *lexer, struct sql_token *token)
{
    if (lexer->dialect != SQL_MYSQL && at_class(lexer, 1, DIGIT)) /* MySQL: table.1st_column */
        lex_number(lexer, token);
    else
        lex_operator(lexer, token);
}

static void lex_backslash(struct sql_lexer *lexer, struct sql_token *token)
{
    bool null = lexer->dialect == SQL_MYSQL && at(lexer, 1, 'N');
    lex_operator(lexer, token);
    if (null) { /* \N is another spelling of NULL */
        token->kind = SQL_TOKEN_WORD;
        ++lexer->cursor;
    }
}

static void lex_by_first_character(struct sql_lexer *lexer, struct sql_token *token)
{
    switch (*lexer->cursor) {
    case '\'':
        lex_single_quote(lexer, token);
        return;
    case '"':
        lex_double_quote(lexer, token);
        return;
    case '`':
        lex_backtick(lexer, token);
        return;
    case '[':
        lex_bracket(lexer, token);
        return;
    case '-':
        lex_minus(lexer, token);
        return;
    case '#':
        lex_hash(lexer, token);
        return;
    case '/':
        lex_slash(lexer, token);
        return;
    case '*':
        lex_star(lexer, token);
        return;
    case '$':
        lex_dollar(lexer, token);
        return;
    case '?':
        lex_question(lexer, token);
        return;
    case ':':
        lex_colon(lexer, token);
        return;
    case '@':
        lex_at_sign(lexer, token);
        return;
    case '.':
        lex_dot(lexer, token);
        return;
    case '\\':
        lex_backslash(lexer, token);
        return;
    case ';':
        token->kind = SQL_TOKEN_SEMICOLON;
        ++lexer->cursor;
        return;
    default:
        lex_operator(lexer, token);
    }
}

static bool at_delimiter(const struct sql_lexer *lexer, const char *place)
{
    return *place == *lexer->delimiter && (size_t)(lexer->end - place) >= lexer->delimiter_length &&
           memcmp(place, lexer->delimiter, lexer->delimiter_length) == 0;
}

/* The delimiter may be made of word characters, as in END$$: the word ends before it. */
static void cut_at_delimiter(struct sql_lexer *lexer, const struct sql_token *token)
{
    for (const char *place = token->text + 1; place < lexer->cursor; ++place)
        if (at_delimiter(lexer, place))
            lexer->cursor = place;
}

static bool may_contain_delimiter(const struct sql_token *token)
{
    if (token->kind != SQL_TOKEN_PARAMETER)
        return token->kind == SQL_TOKEN_WORD || token->kind == SQL_TOKEN_NUMBER;
    bool quoted = *token->text == '@' && strchr("'\"`", token->text[1]);
    return !quoted;
}

void sql_lexer_init(struct sql_lexer *lexer, enum sql_dialect dialect, const char *text, size_t length)
{
    *lexer = (struct sql_lexer){.dialect = dialect, .cursor = text, .end = text + length};
}

struct sql_token sql_lexer_next(struct sql_lexer *lexer)
{
    struct sql_token token = {.kind = SQL_TOKEN_END, .text = lexer->cursor};
    if (lexer->cursor >= lexer->end)
        return token;
    bool delimiter = lexer->delimiter && lexer->executable == 0;
    unsigned char class = classes[(unsigned char)*lexer->cursor];
    if (delimiter && at_delimiter(lexer, lexer->cursor)) {
        token.kind = SQL_TOKEN_DELIMITER;
        lexer->cursor += lexer->delimiter_length;
    } else if (class == LETTER) {
        lex_word(lexer, &token);
    } else if (class == SPACE) {
        token.kind = SQL_TOKEN_BLANK;
        pass(lexer, SPACE);
    } else if (class == DIGIT) {
        lex_digit(lexer, &token);
    } else {
        lex_by_first_character(lexer, &token);
    }
    if (delimiter && may_contain_delimiter(&token))
        cut_at_delimiter(lexer, &token);
    /* Member by member: copying the struct as a whole waits until what was just stored in it is there (a
     * tenth of the time that splitting takes). */
    return (struct sql_token){.kind = token.kind,
                              .text = token.text,
                              .length = (size_t)(lexer->cursor - token.text),
                              .unclosed = token.unclosed};
}

void sql_lexer_skip_blank(struct sql_lexer *lexer)
{
    pass(lexer, SPACE);
}

struct sql_token sql_lexer_next_significant(struct sql_lexer *lexer)
{
    for (;;) {
        sql_lexer_skip_blank(lexer);
        struct sql_token token = sql_lexer_next(lexer);
        if (token.kind != SQL_TOKEN_COMMENT)
            return token;
    }
}

bool sql_token_is(const struct sql_token *token, const char *keyword)
{
    return token->kind == SQL_TOKEN_WORD && word_equals(token->text, token->length, keyword);
}

bool sql_token_is_operator(const struct sql_token *token, char operator)
{
    return token->kind == SQL_TOKEN_OPERATOR && *token->text == operator;
}
