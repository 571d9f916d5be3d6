/* Comparing words of SQL: letters without case, ASCII only, as all engines do with keywords. For this floor.
 */
#ifndef SQL_WORDS_H
#define SQL_WORDS_H

#include <stdbool.h>
#include <stddef.h>

static inline char word_capital(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

/* Does the text equal the word, which is in capitals? */
static inline bool word_equals(const char *text, size_t length, const char *capitals)
{
    size_t i = 0;
    while (i < length && capitals[i] != '\0' && word_capital(text[i]) == capitals[i])
        ++i;
    return i == length && capitals[i] == '\0';
}

/* As strcmp, with a word in capitals that ends at a NUL or a blank. */
static inline int word_compare(const char *text, size_t length, const char *capitals)
{
    size_t i = 0;
    while (i < length && capitals[i] != '\0' && word_capital(text[i]) == capitals[i])
        ++i;
    unsigned char left = i < length ? (unsigned char)word_capital(text[i]) : 0;
    unsigned char right = capitals[i] == ' ' ? 0 : (unsigned char)capitals[i];
    return left < right ? -1 : left > right;
}

#endif
