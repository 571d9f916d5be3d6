#include "engine/postgres/catalog_name.h"

#include "base/str.h"

#include <string.h>

/* The server's NAMEDATALEN without its NUL: bytes. */
enum { LONGEST_NAME = 63 };

static size_t count_digits(const char *text)
{
    return strspn(text, "0123456789");
}

/* A name is cut between characters. */
static size_t whole_characters(const char *text, size_t length)
{
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        --length;
    return length;
}

/* makeObjectName of the server: the longer of table and columns is cut until all fits, with `more` bytes of
 * label. */
static void make_name(struct str *to, const char *table, const char *columns, const char *label, size_t more)
{
    size_t first = strlen(table), second = strlen(columns);
    size_t overhead = strlen(label) + 1 + more + (second ? 1 : 0);
    while (first + second + overhead > LONGEST_NAME) {
        if (first > second)
            --first;
        else
            --second;
    }
    str_append_n(to, table, whole_characters(table, first));
    if (*columns) {
        str_append_char(to, '_');
        str_append_n(to, columns, whole_characters(columns, second));
    }
    str_append_char(to, '_');
    str_append(to, label);
}

bool catalog_name_is_made_up(const char *name, const char *table, size_t count, const char *const *columns,
                             const char *label)
{
    struct str joined = STR_INIT, made = STR_INIT;
    bool check = strcmp(label, "check") == 0;
    /* A check of several columns is named after none. */
    for (size_t i = 0; i < count && !(check && count > 1) && joined.length <= LONGEST_NAME; ++i) {
        if (i)
            str_append_char(&joined, '_');
        str_append(&joined, columns[i]);
    }
    size_t length = strlen(name), digits = 0;
    while (digits < length && strchr("0123456789", name[length - digits - 1]))
        ++digits;
    make_name(&made, table, str_text(&joined), label, digits);
    bool same = length == made.length + digits && strncmp(name, str_text(&made), made.length) == 0 &&
                count_digits(name + made.length) == digits;
    str_free(&joined);
    str_free(&made);
    return same;
}
