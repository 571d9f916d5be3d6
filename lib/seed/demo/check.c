#include "seed/demo/check.h"

#include "base/str.h"
#include "sql/lexer.h"
#include "sql/name.h"

#include <ctype.h>
#include <string.h>

enum { DEEPEST = 60 };

struct check_reader {
    struct arena *arena;
    enum sql_dialect dialect;
    struct sql_lexer lexer;
    struct sql_token token; /* the next one */
    unsigned depth;
    bool broken; /* something was met that is not understood, so that what follows is not, either */
};

static struct demo_check *read_or(struct check_reader *reader);
static struct demo_check *read_operand(struct check_reader *reader);

static void advance(struct check_reader *reader)
{
    reader->token = sql_lexer_next_significant(&reader->lexer);
}

static bool take_word(struct check_reader *reader, const char *word)
{
    if (!sql_token_is(&reader->token, word))
        return false;
    advance(reader);
    return true;
}

static bool take_operator(struct check_reader *reader, char operator)
{
    if (!sql_token_is_operator(&reader->token, operator))
        return false;
    advance(reader);
    return true;
}

static struct demo_check *node(struct check_reader *reader, enum demo_check_kind kind)
{
    struct demo_check *check = ARENA_NEW(reader->arena, struct demo_check);
    check->kind = kind;
    return check;
}

static struct demo_check *add(struct check_reader *reader, struct demo_check *to, struct demo_check *child)
{
    *vector_add(reader->arena, &to->children) = child;
    return to;
}

static struct demo_check *broken(struct check_reader *reader)
{
    reader->broken = true;
    return node(reader, CHECK_UNKNOWN);
}

/* The value of 'it''s', E'a\\b', _utf8mb4'x', $$x$$. */
static const char *literal_value(struct check_reader *reader, const struct sql_token *token)
{
    const char *text = token->text, *end = token->text + token->length;
    bool escapes = reader->dialect == SQL_MYSQL || *text == 'E' || *text == 'e';
    while (text < end && *text != '\'' && *text != '"')
        ++text;
    if (text == end || token->unclosed || end - text < 2)
        return arena_strndup(reader->arena, token->text, token->length);
    char quote = *text;
    struct str value = STR_INIT;
    for (++text; text < end - 1; ++text) {
        if ((escapes && *text == '\\' && text + 1 < end - 1) || (*text == quote && text + 1 < end - 1))
            ++text;
        str_append_char(&value, *text);
    }
    const char *copy = arena_strdup(reader->arena, str_text(&value));
    str_free(&value);
    return copy;
}

static struct demo_check *literal(struct check_reader *reader, const char *text, bool quoted)
{
    struct demo_check *check = node(reader, CHECK_LITERAL);
    check->text = text;
    check->quoted = quoted;
    return check;
}

static struct demo_check *read_number(struct check_reader *reader, bool negative)
{
    if (reader->token.kind != SQL_TOKEN_NUMBER)
        return broken(reader);
    const char *text = arena_printf(reader->arena, "%s%.*s", negative ? "-" : "", (int)reader->token.length,
                                    reader->token.text);
    advance(reader);
    return literal(reader, text, false);
}

static struct demo_check *read_arguments(struct check_reader *reader, struct demo_check *to, char closing)
{
    if (take_operator(reader, closing))
        return to;
    do
        add(reader, to, read_or(reader));
    while (!reader->broken && take_operator(reader, ','));
    return take_operator(reader, closing) ? to : broken(reader);
}

/* EXTRACT(year FROM x), as a call of "year". */
static struct demo_check *read_extract(struct check_reader *reader)
{
    struct demo_check *call = node(reader, CHECK_CALL);
    call->text = sql_token_is(&reader->token, "YEAR") ? "year" : "extract";
    if (reader->token.kind == SQL_TOKEN_STRING)
        call->text = strcmp(literal_value(reader, &reader->token), "year") == 0 ? "year" : "extract";
    advance(reader);
    if (!take_word(reader, "FROM"))
        return broken(reader);
    add(reader, call, read_or(reader));
    return take_operator(reader, ')') ? call : broken(reader);
}

/* The words of a type, behind "::" or AS. */
static void skip_type(struct check_reader *reader)
{
    static const char *const more[] = {"VARYING", "PRECISION", "WITH",   "WITHOUT", "TIME",
                                       "ZONE",    "UNSIGNED",  "SIGNED", "CHARSET"};
    bool goes_on = reader->token.kind == SQL_TOKEN_WORD || reader->token.kind == SQL_TOKEN_QUOTED;
    if (!goes_on)
        reader->broken = true;
    while (goes_on) {
        advance(reader);
        goes_on = false;
        if (take_operator(reader, '.'))
            goes_on = reader->token.kind == SQL_TOKEN_WORD || reader->token.kind == SQL_TOKEN_QUOTED;
        for (size_t i = 0; i < sizeof more / sizeof *more && !goes_on; ++i)
            goes_on = sql_token_is(&reader->token, more[i]);
        if (!goes_on && take_operator(reader, '(')) {
            while (reader->token.kind == SQL_TOKEN_NUMBER || sql_token_is_operator(&reader->token, ','))
                advance(reader);
            reader->broken = reader->broken || !take_operator(reader, ')');
            goes_on = sql_token_is(&reader->token, "WITH") || sql_token_is(&reader->token, "WITHOUT");
        }
    }
    while (take_operator(reader, '['))
        reader->broken = reader->broken || !take_operator(reader, ']');
}

static struct demo_check *read_cast(struct check_reader *reader)
{
    struct demo_check *value = read_or(reader);
    if (!take_word(reader, "AS"))
        return broken(reader);
    skip_type(reader);
    return take_operator(reader, ')') ? value : broken(reader);
}

static bool is_keyword_value(const struct sql_token *token, const char **ret_text)
{
    static const struct {
        const char *word, *text;
    } values[] = {{"TRUE", "true"}, {"FALSE", "false"}, {"NULL", NULL}};
    for (size_t i = 0; i < sizeof values / sizeof *values; ++i)
        if (sql_token_is(token, values[i].word)) {
            *ret_text = values[i].text;
            return true;
        }
    return false;
}

static bool is_time_of_now(const struct sql_token *token)
{
    return sql_token_is(token, "CURRENT_DATE") || sql_token_is(token, "CURRENT_TIMESTAMP") ||
           sql_token_is(token, "LOCALTIMESTAMP");
}

static const char *small_letters(struct check_reader *reader, const struct sql_token *token)
{
    char *name = arena_strndup(reader->arena, token->text, token->length);
    for (char *c = name; *c; ++c)
        *c = (char)tolower((unsigned char)*c);
    return name;
}

/* A name: of a column, perhaps qualified, or of a function. */
static struct demo_check *read_name(struct check_reader *reader)
{
    struct sql_token first = reader->token, last = first;
    advance(reader);
    while (take_operator(reader, '.')) {
        last = reader->token;
        if (last.kind != SQL_TOKEN_WORD && last.kind != SQL_TOKEN_QUOTED)
            return broken(reader);
        advance(reader);
    }
    if (is_time_of_now(&last)) {
        struct demo_check *call = node(reader, CHECK_CALL);
        call->text = "now";
        return take_operator(reader, '(') ? read_arguments(reader, call, ')') : call;
    }
    if (take_operator(reader, '(')) {
        struct demo_check *call = node(reader, CHECK_CALL);
        call->text = small_letters(reader, &last);
        if (strcmp(call->text, "extract") == 0)
            return read_extract(reader);
        if (strcmp(call->text, "cast") == 0)
            return read_cast(reader);
        return read_arguments(reader, call, ')');
    }
    struct sql_name name;
    struct demo_check *column = node(reader, CHECK_COLUMN);
    if (!sql_name_read(reader->arena, reader->dialect, last.text, last.length, &name))
        return broken(reader);
    column->text = name.parts[name.count - 1];
    return column;
}

static struct demo_check *read_array(struct check_reader *reader)
{
    return take_operator(reader, '[') ? read_arguments(reader, node(reader, CHECK_LIST), ']')
                                      : broken(reader);
}

/* In parentheses: one expression, or a list. */
static struct demo_check *read_parentheses(struct check_reader *reader)
{
    struct demo_check *list = read_arguments(reader, node(reader, CHECK_LIST), ')');
    return !reader->broken && list->children.count == 1 ? list->children.items[0] : list;
}

static struct demo_check *read_primary(struct check_reader *reader)
{
    const char *text = NULL;
    if (take_operator(reader, '('))
        return read_parentheses(reader);
    if (take_operator(reader, '-'))
        return read_number(reader, true);
    if (take_operator(reader, '+') || reader->token.kind == SQL_TOKEN_NUMBER)
        return read_number(reader, false);
    if (reader->token.kind == SQL_TOKEN_STRING) {
        text = literal_value(reader, &reader->token);
        advance(reader);
        return literal(reader, text, true);
    }
    if (is_keyword_value(&reader->token, &text)) {
        advance(reader);
        return literal(reader, text, false);
    }
    if (take_word(reader, "ARRAY"))
        return read_array(reader);
    if (reader->token.kind == SQL_TOKEN_WORD && reader->token.text[0] == '_' &&
        reader->dialect == SQL_MYSQL) {
        advance(reader); /* the character set of the string that follows */
        return read_primary(reader);
    }
    if (reader->token.kind == SQL_TOKEN_WORD || reader->token.kind == SQL_TOKEN_QUOTED)
        return read_name(reader);
    return broken(reader);
}

/* With what may stand behind it: casts and collations. */
static struct demo_check *read_operand(struct check_reader *reader)
{
    if (++reader->depth > DEEPEST) {
        --reader->depth;
        return broken(reader);
    }
    struct demo_check *operand = read_primary(reader);
    while (!reader->broken) {
        if (take_operator(reader, ':')) {
            if (!take_operator(reader, ':'))
                reader->broken = true;
            skip_type(reader);
        } else if (take_word(reader, "COLLATE")) {
            skip_type(reader);
        } else {
            break;
        }
    }
    --reader->depth;
    return operand;
}

/* The characters of an operator, which are tokens of their own, side by side. */
static void read_operator(struct check_reader *reader, char ret_operator[4])
{
    size_t count = 0;
    const char *behind = reader->token.text;
    while (count < 3 && reader->token.kind == SQL_TOKEN_OPERATOR && reader->token.text == behind &&
           strchr("=<>!~", *reader->token.text)) {
        ret_operator[count++] = *reader->token.text;
        behind = reader->token.text + 1;
        advance(reader);
        if (count > 0 && ret_operator[count - 1] == '~' && sql_token_is_operator(&reader->token, '*') &&
            reader->token.text == behind && count < 3) {
            ret_operator[count++] = '*';
            advance(reader);
            break;
        }
    }
    ret_operator[count] = '\0';
}

static bool find_comparison(const char *operator, enum demo_comparison * ret_comparison)
{
    static const struct {
        const char *operator;
        enum demo_comparison comparison;
    } known[] = {{"=", CHECK_EQUAL},    {"==", CHECK_EQUAL},        {"<>", CHECK_UNEQUAL},
                 {"!=", CHECK_UNEQUAL}, {"<", CHECK_LESS},          {"<=", CHECK_LESS_EQUAL},
                 {">", CHECK_GREATER},  {">=", CHECK_GREATER_EQUAL}};
    for (size_t i = 0; i < sizeof known / sizeof *known; ++i)
        if (strcmp(known[i].operator, operator) == 0) {
            *ret_comparison = known[i].comparison;
            return true;
        }
    return false;
}

static struct demo_check *match(struct check_reader *reader, struct demo_check *left,
                                enum demo_pattern_kind kind, bool fold)
{
    struct demo_check *check = node(reader, CHECK_MATCH);
    check->pattern = kind;
    check->fold = fold;
    return add(reader, add(reader, check, left), read_operand(reader));
}

static struct demo_check *negate(struct check_reader *reader, struct demo_check *check, bool negated)
{
    return negated ? add(reader, node(reader, CHECK_NOT), check) : check;
}

/* x = ANY (ARRAY[...]), x <> ALL (ARRAY[...]) */
static struct demo_check *read_any(struct check_reader *reader, struct demo_check *left, bool negated)
{
    struct demo_check *list = read_operand(reader);
    if (list->kind != CHECK_LIST)
        return broken(reader);
    struct demo_check *check = add(reader, node(reader, CHECK_IN), left);
    VECTOR_EACH (struct demo_check *, item, &list->children)
        add(reader, check, *item);
    return negate(reader, check, negated);
}

static struct demo_check *read_with_operator(struct check_reader *reader, struct demo_check *left)
{
    char operator[4];
    enum demo_comparison comparison;
    read_operator(reader, operator);
    if (find_comparison(operator, & comparison)) {
        if (comparison == CHECK_EQUAL && take_word(reader, "ANY"))
            return read_any(reader, left, false);
        if (comparison == CHECK_UNEQUAL && take_word(reader, "ALL"))
            return read_any(reader, left, true);
        struct demo_check *check = node(reader, CHECK_COMPARE);
        check->comparison = comparison;
        return add(reader, add(reader, check, left), read_operand(reader));
    }
    static const struct {
        const char *operator;
        enum demo_pattern_kind kind;
        bool fold, negated;
    } matches[] = {{"~", DEMO_REGEX, false, false}, {"~*", DEMO_REGEX, true, false},
                   {"!~", DEMO_REGEX, false, true}, {"!~*", DEMO_REGEX, true, true},
                   {"~~", DEMO_LIKE, false, false}, {"~~*", DEMO_LIKE, true, false},
                   {"!~~", DEMO_LIKE, false, true}};
    for (size_t i = 0; i < sizeof matches / sizeof *matches; ++i)
        if (strcmp(matches[i].operator, operator) == 0)
            return negate(reader, match(reader, left, matches[i].kind, matches[i].fold), matches[i].negated);
    return broken(reader);
}

static struct demo_check *read_between(struct check_reader *reader, struct demo_check *left)
{
    struct demo_check *check = add(reader, node(reader, CHECK_BETWEEN), left);
    add(reader, check, read_operand(reader));
    return take_word(reader, "AND") ? add(reader, check, read_operand(reader)) : broken(reader);
}

static struct demo_check *read_in(struct check_reader *reader, struct demo_check *left)
{
    struct demo_check *check = add(reader, node(reader, CHECK_IN), left);
    return take_operator(reader, '(') ? read_arguments(reader, check, ')') : broken(reader);
}

static struct demo_check *read_is(struct check_reader *reader, struct demo_check *left)
{
    bool negated = take_word(reader, "NOT");
    const char *text = NULL;
    if (take_word(reader, "NULL"))
        return negate(reader, add(reader, node(reader, CHECK_IS_NULL), left), negated);
    if (!is_keyword_value(&reader->token, &text))
        return broken(reader);
    advance(reader);
    struct demo_check *check =
        add(reader, add(reader, node(reader, CHECK_COMPARE), left), literal(reader, text, false));
    return negate(reader, check, negated);
}

static struct demo_check *read_with_word(struct check_reader *reader, struct demo_check *left)
{
    bool negated = take_word(reader, "NOT");
    bool fold = reader->dialect != SQL_POSTGRESQL;
    if (take_word(reader, "IS"))
        return read_is(reader, left);
    if (take_word(reader, "ISNULL") || take_word(reader, "NOTNULL"))
        return broken(reader);
    if (take_word(reader, "BETWEEN"))
        return negate(reader, read_between(reader, left), negated);
    if (take_word(reader, "IN"))
        return negate(reader, read_in(reader, left), negated);
    if (take_word(reader, "LIKE"))
        return negate(reader, match(reader, left, DEMO_LIKE, fold), negated);
    if (take_word(reader, "ILIKE"))
        return negate(reader, match(reader, left, DEMO_LIKE, true), negated);
    if (take_word(reader, "GLOB"))
        return negate(reader, match(reader, left, DEMO_GLOB, false), negated);
    if (take_word(reader, "REGEXP") || take_word(reader, "RLIKE"))
        return negate(reader, match(reader, left, DEMO_REGEX, fold), negated);
    return negated ? broken(reader) : left;
}

static struct demo_check *read_comparison(struct check_reader *reader)
{
    struct demo_check *left = read_operand(reader);
    if (reader->broken)
        return left;
    if (reader->token.kind == SQL_TOKEN_OPERATOR && strchr("=<>!~", *reader->token.text))
        return read_with_operator(reader, left);
    return reader->token.kind == SQL_TOKEN_WORD ? read_with_word(reader, left) : left;
}

static struct demo_check *read_not(struct check_reader *reader)
{
    bool negated = false;
    while (take_word(reader, "NOT") ||
           (sql_token_is_operator(&reader->token, '!') && take_operator(reader, '!')))
        negated = !negated;
    return negate(reader, read_comparison(reader), negated);
}

static struct demo_check *read_and(struct check_reader *reader)
{
    struct demo_check *first = read_not(reader), *all = NULL;
    while (!reader->broken && take_word(reader, "AND")) {
        if (!all)
            all = add(reader, node(reader, CHECK_AND), first);
        add(reader, all, read_not(reader));
    }
    return all ? all : first;
}

static struct demo_check *read_or(struct check_reader *reader)
{
    if (++reader->depth > DEEPEST) {
        --reader->depth;
        return broken(reader);
    }
    struct demo_check *first = read_and(reader), *all = NULL;
    while (!reader->broken && take_word(reader, "OR")) {
        if (!all)
            all = add(reader, node(reader, CHECK_OR), first);
        add(reader, all, read_and(reader));
    }
    --reader->depth;
    return all ? all : first;
}

struct demo_check *demo_check_read(struct arena *arena, enum sql_dialect dialect, const char *text,
                                   size_t length)
{
    struct check_reader reader = {.arena = arena, .dialect = dialect};
    sql_lexer_init(&reader.lexer, dialect, text, length);
    advance(&reader);
    struct demo_check *check = read_or(&reader);
    if (reader.broken || reader.token.kind != SQL_TOKEN_END)
        return node(&reader, CHECK_UNKNOWN);
    return check;
}

enum demo_comparison demo_comparison_opposite(enum demo_comparison comparison)
{
    static const enum demo_comparison opposites[] = {
        [CHECK_EQUAL] = CHECK_UNEQUAL,      [CHECK_UNEQUAL] = CHECK_EQUAL,
        [CHECK_LESS] = CHECK_GREATER_EQUAL, [CHECK_LESS_EQUAL] = CHECK_GREATER,
        [CHECK_GREATER] = CHECK_LESS_EQUAL, [CHECK_GREATER_EQUAL] = CHECK_LESS,
    };
    return opposites[comparison];
}

enum demo_comparison demo_comparison_mirrored(enum demo_comparison comparison)
{
    static const enum demo_comparison mirrored[] = {
        [CHECK_EQUAL] = CHECK_EQUAL,  [CHECK_UNEQUAL] = CHECK_UNEQUAL,
        [CHECK_LESS] = CHECK_GREATER, [CHECK_LESS_EQUAL] = CHECK_GREATER_EQUAL,
        [CHECK_GREATER] = CHECK_LESS, [CHECK_GREATER_EQUAL] = CHECK_LESS_EQUAL,
    };
    return mirrored[comparison];
}
