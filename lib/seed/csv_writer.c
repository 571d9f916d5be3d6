#include "seed/csv_writer.h"

#include <string.h>

/*
 * A field without quotes that looks like NULL would be read as that; "#" begins a comment in the first line.
 */
static bool needs_quotes(const struct seed_format *format, const struct row_value *value, bool first)
{
    if (value->length == strlen(format->null) && memcmp(value->text, format->null, value->length) == 0)
        return true;
    if (first && value->length > 0 && value->text[0] == '#')
        return true;
    for (size_t i = 0; i < value->length; ++i) {
        char c = value->text[i];
        if (c == format->delimiter || c == format->quote || c == '\n' || c == '\r')
            return true;
    }
    return false;
}

static void append_quoted(struct str *to, const struct seed_format *format, const struct row_value *value)
{
    str_append_char(to, format->quote);
    for (size_t i = 0; i < value->length; ++i) {
        if (value->text[i] == format->quote)
            str_append_char(to, format->quote);
        str_append_char(to, value->text[i]);
    }
    str_append_char(to, format->quote);
}

bool csv_append_record(struct str *to, const struct seed_format *format, size_t count,
                       const struct row_value *values)
{
    for (size_t i = 0; i < count; ++i) {
        if (i > 0)
            str_append_char(to, format->delimiter);
        if (!values[i].text) {
            str_append(to, format->null);
        } else if (!needs_quotes(format, &values[i], i == 0)) {
            str_append_n(to, values[i].text, values[i].length);
        } else {
            if (!format->quote)
                return false;
            append_quoted(to, format, &values[i]);
        }
    }
    str_append_char(to, '\n');
    return true;
}
