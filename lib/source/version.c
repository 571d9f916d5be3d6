#include "source/version.h"

#include <string.h>

enum { INSTANT_DIGITS = 14 }; /* YYYYMMDDhhmmss */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

size_t version_length(const char *text)
{
    size_t length = 0;
    while (is_digit(text[length]) || (text[length] == '-' && length > 0 && is_digit(text[length + 1])))
        ++length;
    return length;
}

static int number_at(const char *digits, size_t count)
{
    int number = 0;
    for (size_t i = 0; i < count; ++i)
        number = number * 10 + (digits[i] - '0');
    return number;
}

/* Whether digits read as a date, or a date and a time of day: nobody numbers migrations 19000101 by counting.
 */
static bool is_instant(const char *digits, size_t count)
{
    if (count != 8 && count != 10 && count != 12 && count != 14)
        return false;
    int year = number_at(digits, 4), month = number_at(digits + 4, 2), day = number_at(digits + 6, 2);
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    return (count < 10 || number_at(digits + 8, 2) < 24) && (count < 12 || number_at(digits + 10, 2) < 60) &&
           (count < 14 || number_at(digits + 12, 2) < 61);
}

/*
 * The key is a number without leading zeros, where an instant is filled up to the second; a suffix keeps the
 * day 20240131 apart from the instant 20240131000000, and before it.
 */
const char *version_key(struct arena *arena, const char *version)
{
    size_t length = strlen(version), count = 0;
    char *key = arena_alloc(arena, length + INSTANT_DIGITS + 4);
    for (size_t i = 0; i < length; ++i)
        if (is_digit(version[i]) && (count > 0 || version[i] != '0'))
            key[count++] = version[i];
    size_t written = count;
    if (is_instant(key, count)) {
        while (count < INSTANT_DIGITS)
            key[count++] = '0';
        key[count++] = '.';
        key[count++] = (char)('0' + written / 10);
        key[count++] = (char)('0' + written % 10);
    }
    key[count] = '\0';
    return key;
}

int version_compare(const char *key, const char *other)
{
    size_t length = strcspn(key, "."), other_length = strcspn(other, ".");
    if (length != other_length)
        return length < other_length ? -1 : 1;
    return strcmp(key, other);
}
