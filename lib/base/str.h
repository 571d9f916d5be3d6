/*
 * A string that grows, on the heap: for building SQL, messages and reports piece by piece. `data` is NULL
 * until something is appended, and ends in a NUL that is not counted from then on; str_text is a C string at
 * any time.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stddef.h>

struct str {
    char *data;
    size_t length, capacity;
};

#define STR_INIT   \
    {              \
        NULL, 0, 0 \
    }

void str_free(struct str *str);  /* empties it; may be used again */
void str_clear(struct str *str); /* keeps the memory */
void str_reserve(struct str *str, size_t more);
void str_append(struct str *str, const char *text);
void str_append_n(struct str *str, const char *text, size_t length);
void str_append_char(struct str *str, char c);
void str_printf(struct str *str, const char *format, ...) __attribute__((format(printf, 2, 3)));
void str_vprintf(struct str *str, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* The text, "" when empty; belongs to the string. */
const char *str_text(const struct str *str);

/* The text as a heap string that the caller frees; the string is empty afterwards. */
char *str_take(struct str *str);

#endif
