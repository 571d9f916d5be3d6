#include "report/json_text.h"

#include "sql/utf8.h"

#include <string.h>

static void append_escaped(struct str *out, unsigned char c)
{
    static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (const char *pair = letters; *pair; pair += 2)
        if ((unsigned char)pair[0] == c) {
            str_append_char(out, '\\');
            str_append_char(out, pair[1]);
            return;
        }
    str_printf(out, "\\u%04x", c);
}

/* How many bytes from here on stand for themselves. */
static size_t plain_length(const char *text, size_t length)
{
    size_t i = 0;
    while (i < length && (unsigned char)text[i] >= ' ' && (unsigned char)text[i] < 0x7F && text[i] != '"' &&
           text[i] != '\\')
        ++i;
    return i;
}

void json_append_text(struct str *out, const char *text, size_t length)
{
    if (!text) {
        str_append(out, "null");
        return;
    }
    str_append_char(out, '"');
    while (length > 0) {
        size_t taken = plain_length(text, length);
        if (taken > 0) {
            str_append_n(out, text, taken);
        } else if ((unsigned char)*text < 0x80) {
            append_escaped(out, (unsigned char)*text);
            taken = 1;
        } else {
            taken = utf8_character(text, length);
            str_append_n(out, taken ? text : "\xEF\xBF\xBD", taken ? taken : 3);
            taken = taken ? taken : 1;
        }
        text += taken;
        length -= taken;
    }
    str_append_char(out, '"');
}

void json_append_member(struct str *out, const char *before, const char *name, const char *value)
{
    str_printf(out, "%s\"%s\": ", before, name);
    json_append_text(out, value, value ? strlen(value) : 0);
}
