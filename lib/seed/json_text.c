#include "seed/json_text.h"

#include <stdbool.h>

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
