#include "seed/json_text.h"

#include <stdbool.h>
#include <string.h>

void seed_json_append_string(struct str *to, const char *text, size_t length)
{
    str_append_char(to, '"');
    for (size_t i = 0; i < length; ++i) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\')
            str_printf(to, "\\%c", c);
        else if (c < ' ')
            str_printf(to, "\\u%04x", c);
        else
            str_append_char(to, (char)c);
    }
    str_append_char(to, '"');
}

static size_t digits_at(const char *at, const char *end)
{
    size_t count = 0;
    while (at + count < end && at[count] >= '0' && at[count] <= '9')
        ++count;
    return count;
}

/* No leading zeros, and digits on both sides of the point. */
size_t seed_json_number_length(const char *text, size_t length)
{
    const char *c = text, *end = text + length;
    c += c < end && *c == '-';
    size_t digits = digits_at(c, end);
    if (digits == 0 || (digits > 1 && *c == '0'))
        return 0;
    c += digits;
    if (c < end && *c == '.') {
        if ((digits = digits_at(c + 1, end)) == 0)
            return 0;
        c += 1 + digits;
    }
    if (c < end && (*c == 'e' || *c == 'E')) {
        c += 1 + (c + 1 < end && (c[1] == '+' || c[1] == '-'));
        if ((digits = digits_at(c, end)) == 0)
            return 0;
        c += digits;
    }
    return (size_t)(c - text);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

long seed_json_read_unit(const char *at, const char *end)
{
    long unit = 0;
    if (end - at < 4)
        return -1;
    for (int i = 0; i < 4; ++i) {
        int digit = hex_digit(at[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

char *seed_json_write_utf8(char *to, unsigned long character)
{
    if (character < 0x80) {
        *to++ = (char)character;
    } else if (character < 0x800) {
        *to++ = (char)(0xC0 | character >> 6);
        *to++ = (char)(0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
        *to++ = (char)(0xE0 | character >> 12);
        *to++ = (char)(0x80 | (character >> 6 & 0x3F));
        *to++ = (char)(0x80 | (character & 0x3F));
    } else {
        *to++ = (char)(0xF0 | character >> 18);
        *to++ = (char)(0x80 | (character >> 12 & 0x3F));
        *to++ = (char)(0x80 | (character >> 6 & 0x3F));
        *to++ = (char)(0x80 | (character & 0x3F));
    }
    return to;
}

/*
 * An escape of a string, `at` behind the backslash, as it stands within quotes of an array. Gives what
 * follows it.
 */
static const char *append_escape(struct str *to, const char *at, const char *end)
{
    static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
    const char *letter = strchr(letters, *at);
    if (*at == 'u') {
        char character[4];
        unsigned long unit = (unsigned long)seed_json_read_unit(at + 1, end);
        at += 5;
        if (unit >= 0xD800 && unit <= 0xDBFF) { /* the other half follows, as reading the row has found */
            unsigned long low = (unsigned long)seed_json_read_unit(at + 2, end);
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            at += 6;
        }
        if (unit == '"' || unit == '\\')
            str_append_char(to, '\\');
        str_append_n(to, character, (size_t)(seed_json_write_utf8(character, unit) - character));
        return at;
    }
    if (*at == '"' || *at == '\\')
        str_append_char(to, '\\');
    str_append_char(to, letter ? meant[letter - letters] : *at);
    return at + 1;
}

static const char *append_array_string(struct str *to, const char *at, const char *end)
{
    str_append_char(to, '"');
    for (++at; at < end && *at != '"';)
        if (*at == '\\')
            at = append_escape(to, at + 1, end);
        else
            str_append_char(to, *at++);
    str_append_char(to, '"');
    return at + 1;
}

void seed_json_append_array(struct str *to, const char *text, size_t length)
{
    const char *at = text, *end = text + length;
    while (at < end) {
        if (*at == '"') {
            at = append_array_string(to, at, end);
        } else if (*at == 'n') {
            str_append(to, "NULL");
            at += 4;
        } else {
            str_append_char(to, *at == '[' ? '{' : *at == ']' ? '}' : *at);
            ++at;
        }
    }
}
