/* Pieces of a URL: where they end, what they mean, and the options that stand behind a path. */
#include "db/url_reader.h"

#include "base/error.h"
#include "base/str.h"

#include <string.h>

struct part part_between(const char *from, const char *to)
{
    return (struct part){from, (size_t)(to - from)};
}

const char *part_end(struct part part)
{
    return part.text + part.length;
}

const char *part_find(struct part part, char c)
{
    return part.length ? memchr(part.text, c, part.length) : NULL;
}

const char *part_find_last(struct part part, char c)
{
    for (const char *p = part_end(part); p > part.text; --p)
        if (p[-1] == c)
            return p - 1;
    return NULL;
}

/* The first place where any of the characters stands, or the end. */
const char *part_find_any(struct part part, const char *characters)
{
    const char *p = part.text;
    while (p < part_end(part) && !strchr(characters, *p))
        ++p;
    return p;
}

bool part_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int hex_value(char c)
{
    if (part_is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool bad_escape(struct url_reader *reader, const char *what)
{
    error_set(reader->error, DUN_BAD_INPUT,
              "in the database URL, a \"%%\" in the %s is not followed by two hexadecimal digits", what);
    error_hint(reader->error, "a percent sign itself is written %%25");
    return false;
}

bool url_decode(struct url_reader *reader, struct part part, const char *what, const char **ret)
{
    char *decoded = arena_alloc(reader->arena, part.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < part.length; ++i) {
        if (part.text[i] != '%') {
            decoded[length++] = part.text[i];
            continue;
        }
        if (part.length - i < 3)
            return bad_escape(reader, what);
        int high = hex_value(part.text[i + 1]), low = hex_value(part.text[i + 2]);
        if (high < 0 || low < 0)
            return bad_escape(reader, what);
        if (high == 0 && low == 0)
            return error_set(reader->error, DUN_BAD_INPUT,
                             "in the database URL, the %s contains %%00, a NUL byte", what);
        decoded[length++] = (char)(high * 16 + low);
        i += 2;
    }
    *ret = decoded;
    return true;
}

static bool read_option(struct url_reader *reader, struct part part)
{
    const char *equals = part_find(part, '=');
    if (!equals || equals == part.text) {
        error_set(reader->error, DUN_BAD_INPUT,
                  "in the database URL, an option after the \"?\" is not NAME=VALUE");
        error_hint(reader->error, "a \"?\" that belongs to a name or a password is written %%3F");
        return false;
    }
    struct db_option option;
    if (!url_decode(reader, part_between(part.text, equals), "name of an option", &option.name) ||
        !url_decode(reader, part_between(equals + 1, part_end(part)), "value of an option", &option.value))
        return false;
    *vector_add(reader->arena, &reader->options) = option;
    return true;
}

static bool read_options(struct url_reader *reader, struct part part)
{
    while (part.length) {
        struct part option = part_between(part.text, part_find_any(part, "&"));
        if (option.length && !read_option(reader, option))
            return false;
        const char *next = part_end(option);
        if (next < part_end(part))
            ++next;
        part = part_between(next, part_end(part));
    }
    return true;
}

bool url_read_tail(struct url_reader *reader, struct part tail)
{
    if (part_find(tail, '#')) {
        error_set(reader->error, DUN_BAD_INPUT, "the database URL has a \"#\", which begins a fragment");
        error_hint(reader->error, "a \"#\" that belongs to a name, a path or a password is written %%23");
        return false;
    }
    return tail.length == 0 || read_options(reader, part_between(tail.text + 1, part_end(tail)));
}
