#include "sql/quote.h"

#include "sql/lexer.h"

#include <string.h>

static void append_doubled(struct str *to, char quote, const char *text, size_t length)
{
    str_append_char(to, quote);
    while (length > 0) {
        const char *found = memchr(text, quote, length);
        size_t part = found ? (size_t)(found - text) + 1 : length;
        str_append_n(to, text, part);
        if (found)
            str_append_char(to, quote);
        text += part;
        length -= part;
    }
    str_append_char(to, quote);
}

static char identifier_quote(enum sql_dialect dialect)
{
    return dialect == SQL_MYSQL ? '`' : '"';
}

void sql_quote_identifier(struct str *to, enum sql_dialect dialect, const char *name)
{
    append_doubled(to, identifier_quote(dialect), name, strlen(name));
}

const char *sql_quoted_identifier(struct arena *arena, enum sql_dialect dialect, const char *name)
{
    struct str text = STR_INIT;
    sql_quote_identifier(&text, dialect, name);
    const char *copy = arena_strndup(arena, str_text(&text), text.length);
    str_free(&text);
    return copy;
}

/* E'' and _utf8mb4 would be part of a word directly before them. */
static void separate_from_word(struct str *to)
{
    if (to->length == 0)
        return;
    unsigned char last = (unsigned char)to->data[to->length - 1];
    bool word = (last >= '0' && last <= '9') || (last >= 'A' && last <= 'Z') ||
                (last >= 'a' && last <= 'z') || last == '_' || last == '$' || last >= 0x80;
    if (word)
        str_append_char(to, ' ');
}

static void append_escape_string(struct str *to, const char *value, size_t length)
{
    separate_from_word(to);
    str_append(to, "E'");
    for (size_t i = 0; i < length; ++i) {
        if (value[i] == '\'' || value[i] == '\\')
            str_append_char(to, value[i]);
        str_append_char(to, value[i]);
    }
    str_append_char(to, '\'');
}

static void append_hexadecimal(struct str *to, const char *value, size_t length)
{
    static const char digits[] = "0123456789ABCDEF";
    separate_from_word(to);
    str_append(to, "_utf8mb4 X'");
    str_reserve(to, 2 * length + 1);
    for (size_t i = 0; i < length; ++i) {
        unsigned char byte = (unsigned char)value[i];
        char pair[] = {digits[byte >> 4], digits[byte & 0x0F]};
        str_append_n(to, pair, sizeof pair);
    }
    str_append_char(to, '\'');
}

void sql_quote_literal(struct str *to, enum sql_dialect dialect, const char *value, size_t length)
{
    if (!value) {
        str_append(to, "NULL");
        return;
    }
    const char *nul = length > 0 ? memchr(value, '\0', length) : NULL;
    if (nul && dialect != SQL_MYSQL)
        length = (size_t)(nul - value);
    bool backslash = length > 0 && memchr(value, '\\', length) != NULL;
    if (dialect == SQL_POSTGRESQL && backslash)
        append_escape_string(to, value, length);
    else if (dialect == SQL_MYSQL && (backslash || nul))
        append_hexadecimal(to, value, length);
    else
        append_doubled(to, '\'', value, length);
}

void sql_quote_plain_literal(struct str *to, enum sql_dialect dialect, const char *value)
{
    str_append_char(to, '\'');
    for (; *value; ++value) {
        if (*value == '\'' || (*value == '\\' && dialect == SQL_MYSQL))
            str_append_char(to, *value);
        str_append_char(to, *value);
    }
    str_append_char(to, '\'');
}

static bool is_quote_of(enum sql_dialect dialect, char c)
{
    return c == identifier_quote(dialect) || (dialect == SQL_SQLITE && (c == '`' || c == '['));
}

/* No control characters, and no blanks at the edges. */
static bool is_plain_part(const char *part, size_t length)
{
    if (length == 0 || part[0] == ' ' || part[length - 1] == ' ')
        return false;
    for (size_t i = 0; i < length; ++i)
        if ((unsigned char)part[i] < ' ' || part[i] == 0x7F)
            return false;
    return true;
}

/* One part of a name, from `name` up to a dot or the end. NULL: it is none. */
static const char *append_part(struct str *to, enum sql_dialect dialect, const char *name)
{
    if (is_quote_of(dialect, *name)) {
        struct sql_lexer lexer;
        sql_lexer_init(&lexer, dialect, name, strlen(name));
        struct sql_token quoted = sql_lexer_next(&lexer);
        if (quoted.unclosed || quoted.length < 3)
            return NULL;
        str_append_n(to, quoted.text, quoted.length);
        return lexer.cursor;
    }
    size_t length = strcspn(name, ".\"`[]");
    if (!is_plain_part(name, length))
        return NULL;
    append_doubled(to, identifier_quote(dialect), name, length);
    return name + length;
}

bool sql_quote_qualified(struct str *to, enum sql_dialect dialect, const char *name)
{
    enum { MOST_PARTS = 3 };
    struct str quoted = STR_INIT;
    bool good = false;
    for (unsigned parts = 1; parts <= MOST_PARTS; ++parts) {
        name = append_part(&quoted, dialect, name);
        if (!name || (*name != '\0' && *name != '.'))
            break;
        good = *name == '\0';
        if (good)
            break;
        str_append_char(&quoted, *name++);
    }
    if (good)
        str_append_n(to, str_text(&quoted), quoted.length);
    str_free(&quoted);
    return good;
}
