#include "sql/directive.h"

#include "base/error.h"
#include "sql/words.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static const char *skip_blanks(const char *text, const char *end)
{
    while (text < end && is_blank(*text))
        ++text;
    return text;
}

/* Behind the next word when it is this one, and behind the blanks after it; otherwise NULL. */
static const char *skip_word(const char *text, const char *end, const char *capitals)
{
    const char *word_end = text;
    while (word_end < end && !is_blank(*word_end))
        ++word_end;
    return word_equals(text, (size_t)(word_end - text), capitals) ? skip_blanks(word_end, end) : NULL;
}

/* What follows "dunlin:", or NULL. */
static const char *skip_introduction(const struct sql_token *comment, const char *end)
{
    static const char introduction[] = "DUNLIN:";
    const size_t length = sizeof introduction - 1;
    if (*comment->text == '/')
        return NULL;
    const char *text = skip_blanks(comment->text + (*comment->text == '#' ? 1 : 2), end);
    if ((size_t)(end - text) < length || !word_equals(text, length, introduction))
        return NULL;
    return skip_blanks(text + length, end);
}

static void read_words(struct sql_directive *directive)
{
    const char *end = directive->text + directive->length;
    const char *rest = skip_word(directive->text, end, "NO-TRANSACTION");
    if (rest == end) {
        directive->kind = SQL_DIRECTIVE_NO_TRANSACTION;
        return;
    }
    rest = skip_word(directive->text, end, "RENAMED");
    rest = rest ? skip_word(rest, end, "FROM") : NULL;
    if (!rest || rest == end)
        return;
    directive->kind = SQL_DIRECTIVE_RENAMED_FROM;
    directive->argument = rest;
    directive->argument_length = (size_t)(end - rest);
}

bool sql_directive_read(const struct sql_token *comment, struct sql_directive *ret_directive)
{
    const char *end = comment->text + comment->length;
    const char *text = skip_introduction(comment, end);
    if (!text)
        return false;
    while (end > text && is_blank(end[-1]))
        --end;
    struct sql_directive directive = {
        .text = text,
        .length = (size_t)(end - text),
        .comment = comment->text,
        .comment_end = comment->text + comment->length,
    };
    read_words(&directive);
    *ret_directive = directive;
    return true;
}

bool sql_directive_refuse(const struct sql_directive *directive, dun_error *error)
{
    enum { SHOWN = 60 };
    error_set(error, DUN_BAD_INPUT, "\"%.*s\" is no directive of dunlin",
              (int)(directive->length < SHOWN ? directive->length : SHOWN), directive->text);
    error_hint(error, "`dunlin: no-transaction` is known at the top of a migration, and "
                      "`dunlin: renamed from OLD_NAME` in a definition.");
    return false;
}
