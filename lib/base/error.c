#include "base/error.h"

#include "base/memory.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct dun_error {
    enum dun_code code;
    char *message, *hint, *state;
    char *file;
    unsigned line, column;
    char *excerpt;
    unsigned excerpt_offset;
    unsigned statement, statement_count;
    char sqlstate[6];
    int number;
    ptrdiff_t position;
};

dun_error *dun_error_new(void)
{
    dun_error *error = memory_alloc(sizeof *error);
    error->position = -1;
    return error;
}

void dun_error_clear(dun_error *error)
{
    if (!error)
        return;
    free(error->message);
    free(error->hint);
    free(error->state);
    free(error->file);
    free(error->excerpt);
    *error = (dun_error){.position = -1};
}

void dun_error_free(dun_error *error)
{
    dun_error_clear(error);
    free(error);
}

enum dun_code dun_error_code(const dun_error *error)
{
    return error->code;
}

const char *dun_error_message(const dun_error *error)
{
    return error->message ? error->message : "";
}

const char *dun_error_hint(const dun_error *error)
{
    return error->hint;
}

const char *dun_error_state(const dun_error *error)
{
    return error->state;
}

const char *dun_error_file(const dun_error *error)
{
    return error->file;
}

unsigned dun_error_line(const dun_error *error)
{
    return error->line;
}

unsigned dun_error_column(const dun_error *error)
{
    return error->column;
}

const char *dun_error_excerpt(const dun_error *error)
{
    return error->excerpt;
}

unsigned dun_error_excerpt_offset(const dun_error *error)
{
    return error->excerpt_offset;
}

unsigned dun_error_statement(const dun_error *error)
{
    return error->statement;
}

unsigned dun_error_statement_count(const dun_error *error)
{
    return error->statement_count;
}

const char *dun_error_sqlstate(const dun_error *error)
{
    return error->sqlstate;
}

int dun_error_number(const dun_error *error)
{
    return error->number;
}

static char *formatted(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));

static char *formatted(const char *format, va_list arguments)
{
    struct str text = STR_INIT;
    str_vprintf(&text, format, arguments);
    return str_take(&text);
}

bool error_set(dun_error *error, enum dun_code code, const char *format, ...)
{
    if (!error)
        return false;
    va_list arguments;
    va_start(arguments, format);
    char *message =
        formatted(format, arguments); /* before clearing: the arguments may be the error's own texts */
    va_end(arguments);
    dun_error_clear(error);
    error->code = code;
    error->message = message;
    return false;
}

bool dun_error_set(dun_error *error, enum dun_code code, const char *message, const char *hint)
{
    error_set(error, code, "%s", message);
    if (hint)
        error_hint(error, "%s", hint);
    return false;
}

void error_context(dun_error *error, const char *format, ...)
{
    if (!error)
        return;
    struct str text = STR_INIT;
    va_list arguments;
    va_start(arguments, format);
    str_vprintf(&text, format, arguments);
    va_end(arguments);
    str_printf(&text, ": %s", dun_error_message(error));
    free(error->message);
    error->message = str_take(&text);
}

void error_replace(dun_error *error, const char *from, const char *to)
{
    const char *rest = error ? dun_error_message(error) : "", *place = strstr(rest, from);
    if (!place)
        return;
    struct str text = STR_INIT;
    for (; place; place = strstr(rest, from)) {
        str_append_n(&text, rest, (size_t)(place - rest));
        str_append(&text, to);
        rest = place + strlen(from);
    }
    str_append(&text, rest);
    free(error->message);
    error->message = str_take(&text);
}

void error_hint(dun_error *error, const char *format, ...)
{
    if (!error)
        return;
    struct str text = STR_INIT;
    if (error->hint)
        str_printf(&text, "%s\n", error->hint);
    va_list arguments;
    va_start(arguments, format);
    str_vprintf(&text, format, arguments);
    va_end(arguments);
    free(error->hint);
    error->hint = str_take(&text);
}

void error_state(dun_error *error, const char *format, ...)
{
    if (!error)
        return;
    va_list arguments;
    va_start(arguments, format);
    char *state = formatted(format, arguments);
    va_end(arguments);
    free(error->state);
    error->state = state;
}

void error_at(dun_error *error, const char *file, unsigned line, unsigned column)
{
    if (!error)
        return;
    char *copy = file ? memory_strdup(file) : NULL;
    free(error->file);
    error->file = copy;
    error->line = line;
    error->column = column;
}

/* The place of the character after that at `place`; `length` at the end. */
static size_t next_character(const char *line, size_t length, size_t place)
{
    do
        ++place;
    while (place < length && ((unsigned char)line[place] & 0xC0) == 0x80);
    return place;
}

void error_excerpt(dun_error *error, const char *line, size_t length, unsigned offset)
{
    enum { BEFORE = 60, AFTER = 60 };
    if (!error)
        return;
    size_t first = 0, place = 0, last;
    unsigned before = 0, dropped = 0, after = 0;
    for (; place < length && before < offset; ++before)
        place = next_character(line, length, place);
    for (; before - dropped > BEFORE; ++dropped)
        first = next_character(line, length, first);
    for (last = place; last < length && after < AFTER; ++after)
        last = next_character(line, length, last);

    struct str text = STR_INIT;
    if (first > 0)
        str_append(&text, "...");
    for (size_t i = first; i < last; ++i) {
        unsigned char c = (unsigned char)line[i];
        str_append_char(&text,
                        c < ' ' ? ' ' : line[i]); /* a tab counts as one character under the mark, too */
    }
    if (last < length)
        str_append(&text, "...");
    free(error->excerpt);
    error->excerpt = str_take(&text);
    error->excerpt_offset = before - dropped + (first > 0 ? 3 : 0);
}

void error_statement(dun_error *error, unsigned number, unsigned count)
{
    if (!error)
        return;
    error->statement = number;
    error->statement_count = count;
}

void error_server(dun_error *error, const char *sqlstate, int number)
{
    if (!error)
        return;
    snprintf(error->sqlstate, sizeof error->sqlstate, "%s", sqlstate ? sqlstate : "");
    error->number = number;
}

void error_code(dun_error *error, enum dun_code code)
{
    if (error)
        error->code = code;
}

void error_position(dun_error *error, ptrdiff_t offset)
{
    if (error)
        error->position = offset;
}

ptrdiff_t error_get_position(const dun_error *error)
{
    return error ? error->position : -1;
}

void error_move(dun_error *to, dun_error *from)
{
    if (to == from)
        return;
    if (to && from) {
        dun_error_clear(to);
        *to = *from;
        *from = (dun_error){.position = -1};
    } else {
        dun_error_clear(from);
    }
}
