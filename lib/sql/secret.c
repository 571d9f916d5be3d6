#include "sql/secret.h"

#include "base/str.h"
#include "sql/utf8.h"

#include <string.h>
#include <strings.h>

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

struct word {
    const char *text;
    size_t length;
};

static bool word_is(struct word word, const char *keyword)
{
    return word.length == strlen(keyword) && strncasecmp(word.text, keyword, word.length) == 0;
}

/* PASSWORD, MASTER_PASSWORD */
static bool ends_with_password(struct word word)
{
    static const char password[] = "PASSWORD";
    size_t length = sizeof password - 1;
    return word.length >= length && strncasecmp(word.text + word.length - length, password, length) == 0;
}

static bool next_word(const char **at, const char *end, struct word *ret_word)
{
    while (*at < end && !is_word(**at))
        ++*at;
    const char *begin = *at;
    while (*at < end && is_word(**at))
        ++*at;
    *ret_word = (struct word){begin, (size_t)(*at - begin)};
    return *at > begin;
}

/* SET PASSWORD FOR name = ...: behind the name. */
static const char *after_name(const char *at, const char *end)
{
    const char *next = at;
    struct word word;
    if (!next_word(&next, end, &word) || !word_is(word, "FOR"))
        return at;
    const char *equals = memchr(next, '=', (size_t)(end - next));
    const char *semicolon = memchr(next, ';', (size_t)(end - next));
    return equals && (!semicolon || equals < semicolon) ? equals : at;
}

/* Where the literal begins that follows, behind its quote; NULL: something else follows. */
static const char *literal_after(const char *at, const char *end)
{
    const char *begin = at;
    while (at < end && strchr(" \t\r\n=:(", *at) && *at)
        ++at;
    if (at == begin)
        return NULL;
    if (end - at > 1 && strchr("ENen", *at) && at[1] == '\'')
        ++at;
    if (at < end && *at == '$') /* $$...$$, $tag$...$tag$ */
        at = memchr(at + 1, '$', (size_t)(end - at - 1));
    if (at && end - at > 2 && *at == '\'' && at[1] == '\'' && is_word(at[2]))
        ++at; /* within another literal */
    return at && at < end && *at && strchr("'\"$", *at) ? at + 1 : NULL;
}

/* A backslash may escape a quote, by the dialect; that it does is the safer guess. */
static const char *literal_end(const char *at, const char *end, char quote)
{
    for (; at < end; ++at) {
        if (quote == '\'' && *at == '\\' && at + 1 < end)
            ++at;
        else if (*at == quote && quote != '$' && at + 1 < end && at[1] == quote)
            ++at;
        else if (*at == quote)
            return at;
    }
    return end;
}

static const char *connection_end(const char *at, const char *end)
{
    while (at < end && !strchr(" \t\r\n'\"`;&)", *at))
        ++at;
    return at;
}

/* password=... behind the word, or ://USER:...@: as clients write connections. */
static bool is_connection(struct word word, const char *at, const char *end, const char **ret_begin,
                          const char **ret_end)
{
    if (ends_with_password(word) && end - at > 1 && *at == '=') {
        *ret_begin = at + 1;
        *ret_end = connection_end(at + 1, end);
        return true;
    }
    if (end - at < 3 || memcmp(at, "://", 3) != 0)
        return false;
    const char *server = connection_end(at + 3, end), *host = server;
    while (host > at + 3 && *host != '@')
        --host;
    const char *colon = memchr(at + 3, ':', (size_t)(host - at - 3));
    if (!colon)
        return false;
    *ret_begin = colon + 1;
    *ret_end = host;
    return true;
}

static bool announces_secret(struct sql_secrets *search, struct word word)
{
    if (word_is(word, "IDENTIFIED"))
        search->identified = true;
    return search->identified && (word_is(word, "BY") || word_is(word, "AS") || word_is(word, "USING"));
}

bool sql_next_secret(struct sql_secrets *search, const char **ret_begin, const char **ret_end)
{
    const char *end = search->end, *begin;
    for (struct word word; next_word(&search->at, end, &word);) {
        if (ends_with_password(word))
            begin = literal_after(after_name(search->at, end), end);
        else
            begin = announces_secret(search, word) ? literal_after(search->at, end) : NULL;
        if (begin)
            search->at = literal_end(begin, end, begin[-1]);
        else if (!is_connection(word, search->at, end, &begin, &search->at))
            continue;
        if (search->at > begin) {
            *ret_begin = begin;
            *ret_end = search->at;
            return true;
        }
    }
    return false;
}

void sql_hide_secrets(struct str *text)
{
    struct str hidden = STR_INIT;
    const char *done = str_text(text), *begin, *end;
    struct sql_secrets search = {.at = done, .end = done + text->length};
    while (sql_next_secret(&search, &begin, &end)) {
        str_append_n(&hidden, done, (size_t)(begin - done));
        for (size_t count = utf8_count(begin, (size_t)(end - begin)); count > 0; --count)
            str_append_char(&hidden, '*');
        done = end;
    }
    if (hidden.length == 0)
        return;
    str_append_n(&hidden, done, (size_t)(search.end - done));
    str_free(text);
    *text = hidden;
}
