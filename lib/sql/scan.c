#include "sql/scan.h"

#include <stddef.h>
#include <string.h>

static const char *find(const char *cursor, const char *end, char wanted)
{
    return cursor < end ? memchr(cursor, wanted, (size_t)(end - cursor)) : NULL;
}

/* The first quote from `cursor` on that no backslash escapes. */
static const char *find_unescaped(const char *cursor, const char *end, char quote)
{
    const char *close = find(cursor, end, quote);
    while (close) {
        const char *backslash = find(cursor, close, '\\');
        if (!backslash)
            break;
        cursor = backslash + 2;
        if (cursor > close)
            close = find(cursor, end, quote);
    }
    return close;
}

const char *scan_quoted(const char *cursor, const char *end, char quote, bool backslash)
{
    for (;;) {
        const char *close = backslash ? find_unescaped(cursor, end, quote) : find(cursor, end, quote);
        if (!close)
            return NULL;
        cursor = close + 1;
        if (cursor == end || *cursor != quote)
            return cursor;
        ++cursor;
    }
}

const char *scan_bracketed(const char *cursor, const char *end)
{
    const char *close = find(cursor, end, ']');
    return close ? close + 1 : NULL;
}

const char *scan_continuation(const char *cursor, const char *end)
{
    bool new_line = false;
    for (; cursor < end; ++cursor) {
        switch (*cursor) {
        case '\n':
        case '\r':
            new_line = true;
            continue;
        case ' ':
        case '\t':
        case '\f':
        case '\v':
            continue;
        case '\'':
            return new_line ? cursor + 1 : NULL;
        case '-':
            if (end - cursor < 2 || cursor[1] != '-')
                return NULL;
            cursor = scan_line(cursor, end, true) - 1;
            continue;
        default:
            return NULL;
        }
    }
    return NULL;
}

static bool starts_tag(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

const char *scan_dollar_tag(const char *opening, const char *end)
{
    const char *cursor = opening + 1;
    if (cursor < end && starts_tag((unsigned char)*cursor))
        while (cursor < end && (starts_tag((unsigned char)*cursor) || (*cursor >= '0' && *cursor <= '9')))
            ++cursor;
    return cursor < end && *cursor == '$' ? cursor + 1 : NULL;
}

const char *scan_dollar_quoted(const char *tag, const char *cursor, const char *end)
{
    size_t length = (size_t)(cursor - tag);
    for (;;) {
        cursor = find(cursor, end, '$');
        if (!cursor || (size_t)(end - cursor) < length)
            return NULL;
        if (memcmp(cursor, tag, length) == 0)
            return cursor + length;
        ++cursor;
    }
}

const char *scan_block_comment(const char *cursor, const char *end)
{
    for (;;) {
        const char *star = find(cursor, end, '*');
        if (!star)
            return NULL;
        cursor = star + 1;
        if (cursor < end && *cursor == '/')
            return cursor + 1;
    }
}

const char *scan_nested_comment(const char *cursor, const char *end)
{
    for (size_t depth = 1; depth > 0;) {
        const char *star = find(cursor, end, '*');
        if (!star)
            return NULL;
        if (star > cursor && star[-1] == '/') {
            ++depth;
            cursor = star + 1;
        } else if (star + 1 < end && star[1] == '/') {
            --depth;
            cursor = star + 2;
        } else {
            cursor = star + 1;
        }
    }
    return cursor;
}

const char *scan_line(const char *cursor, const char *end, bool carriage_return)
{
    if (!carriage_return) {
        const char *line_break = find(cursor, end, '\n');
        return line_break ? line_break : end;
    }
    while (cursor < end && *cursor != '\n' && *cursor != '\r')
        ++cursor;
    return cursor;
}
