/* UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF. For whatever reads
 * text. */
#ifndef SQL_UTF8_H
#define SQL_UTF8_H

#include <stddef.h>

/* The offset of the first byte that is NUL or not UTF-8; `length` when all is well. */
size_t utf8_check(const char *text, size_t length);

/* How many bytes the character at `text` has; 0 when it is not UTF-8 or is cut off. `length` is at least 1.
 */
size_t utf8_character(const char *text, size_t length);

/* How many characters begin in the text. */
size_t utf8_count(const char *text, size_t length);

#endif
