#include "base/str.h"

#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void str_free(struct str *str)
{
    free(str->data);
    *str = (struct str)STR_INIT;
}

void str_clear(struct str *str)
{
    str->length = 0;
    if (str->data)
        str->data[0] = '\0';
}

void str_reserve(struct str *str, size_t more)
{
    if (more > SIZE_MAX / 2)
        memory_multiply(more, 4); /* ends the process: so much memory is nowhere */
    size_t needed = str->length + more + 1;
    if (needed <= str->capacity)
        return;
    size_t capacity = str->capacity ? str->capacity : 64;
    while (capacity < needed)
        capacity = memory_multiply(capacity, 2);
    str->data = memory_realloc(str->data, capacity);
    str->capacity = capacity;
}

void str_append_n(struct str *str, const char *text, size_t length)
{
    str_reserve(str, length);
    if (length)
        memcpy(str->data + str->length, text, length);
    str->length += length;
    str->data[str->length] = '\0';
}

void str_append(struct str *str, const char *text)
{
    str_append_n(str, text, strlen(text));
}

void str_append_char(struct str *str, char c)
{
    str_append_n(str, &c, 1);
}

void str_vprintf(struct str *str, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length > 0) {
        str_reserve(str, (size_t)length);
        vsnprintf(str->data + str->length, (size_t)length + 1, format, again);
        str->length += (size_t)length;
    }
    va_end(again);
}

void str_printf(struct str *str, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    str_vprintf(str, format, arguments);
    va_end(arguments);
}

const char *str_text(const struct str *str)
{
    return str->data ? str->data : "";
}

char *str_take(struct str *str)
{
    char *text = str->data ? str->data : memory_strdup("");
    *str = (struct str)STR_INIT;
    return text;
}
