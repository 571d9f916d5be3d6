/* The patterns of classify_rules.h. */
#include "sql/classify_rules.h"
#include "sql/words.h"

#include <string.h>

struct sql_token sql_next_content(struct sql_lexer *lexer)
{
    for (;;) {
        struct sql_token token = sql_lexer_next_significant(lexer);
        if (token.kind != SQL_TOKEN_EXECUTABLE)
            return token;
    }
}

struct element {
    const char *text;
    size_t length;
};

/* The element at `pattern`; its length is 0 at the end. */
static struct element element_at(const char *pattern)
{
    while (*pattern == ' ')
        ++pattern;
    return (struct element){.text = pattern, .length = strcspn(pattern, " ")};
}

static bool element_is(struct element element, const char *text)
{
    return element.length == strlen(text) && memcmp(element.text, text, element.length) == 0;
}

static bool equal(const struct sql_token *token, const char *word, size_t length)
{
    size_t i = 0;
    while (i < token->length && i < length && word_capital(token->text[i]) == word[i])
        ++i;
    return i == token->length && i == length;
}

/* Is the token one of A|B|C? */
static bool is_one_of(const struct sql_token *token, struct element alternatives)
{
    const char *word = alternatives.text, *end = word + alternatives.length;
    while (word < end) {
        const char *bar = memchr(word, '|', (size_t)(end - word));
        const char *word_end = bar ? bar : end;
        if (equal(token, word, (size_t)(word_end - word)))
            return true;
        word = word_end + 1;
    }
    return false;
}

static void skip_group(struct sql_lexer *lexer)
{
    struct sql_lexer ahead = *lexer;
    struct sql_token token = sql_next_content(&ahead);
    if (!sql_token_is_operator(&token, '('))
        return;
    for (size_t depth = 1; depth > 0 && token.kind != SQL_TOKEN_END;) {
        token = sql_next_content(&ahead);
        depth += sql_token_is_operator(&token, '(');
        depth -= sql_token_is_operator(&token, ')');
    }
    *lexer = ahead;
}

static void skip_qualifier(struct sql_lexer *lexer)
{
    struct sql_lexer ahead = *lexer;
    sql_next_content(&ahead);
    struct sql_token token = sql_next_content(&ahead);
    if (sql_token_is_operator(&token, '.'))
        *lexer = ahead;
}

static void skip_optional(struct element element, struct sql_lexer *lexer)
{
    struct sql_lexer ahead = *lexer;
    struct element inside = {.text = element.text + 1, .length = element.length - 2};
    if (element_is(element, "[()]")) {
        skip_group(lexer);
    } else if (element_is(element, "[*.]")) {
        skip_qualifier(lexer);
    } else {
        struct sql_token token = sql_next_content(&ahead);
        if (is_one_of(&token, inside))
            *lexer = ahead;
    }
}

static bool matches_one(struct element element, struct sql_lexer *lexer)
{
    struct sql_token token = sql_next_content(lexer);
    if (element_is(element, "$"))
        return token.kind == SQL_TOKEN_END;
    if (element_is(element, "*"))
        return token.kind != SQL_TOKEN_END;
    return is_one_of(&token, element);
}

/* The elements up to "..." or the end; `ret_rest` is where the pattern goes on. */
static bool matches_segment(const char *pattern, struct sql_lexer *lexer, const char **ret_rest)
{
    for (;;) {
        struct element element = element_at(pattern);
        if (element.length == 0 || element_is(element, "...")) {
            *ret_rest = element.text;
            return true;
        }
        if (*element.text == '[' && element.length > 1)
            skip_optional(element, lexer);
        else if (!matches_one(element, lexer))
            return false;
        pattern = element.text + element.length;
    }
}

/* The first place from the lexer's on where the segment matches. Optional groups begin no segment, so this is
 * linear. */
static bool find_segment(const char *pattern, struct sql_lexer *lexer, const char **ret_rest)
{
    for (;;) {
        struct sql_lexer ahead = *lexer;
        if (matches_segment(pattern, &ahead, ret_rest)) {
            *lexer = ahead;
            return true;
        }
        if (sql_next_content(lexer).kind == SQL_TOKEN_END)
            return false;
    }
}

bool sql_pattern_matches(const char *pattern, struct sql_lexer *lexer)
{
    struct sql_lexer ahead = *lexer;
    const char *rest;
    if (!matches_segment(pattern, &ahead, &rest))
        return false;
    while (*rest != '\0')
        if (!find_segment(rest + strlen("..."), &ahead, &rest))
            return false;
    *lexer = ahead;
    return true;
}
