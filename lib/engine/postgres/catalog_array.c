#include "engine/postgres/catalog_array.h"

#include <stdbool.h>
#include <string.h>

/* Copies one element to `to` and gives what stands behind it; `*ret_quoted` tells "NULL" from NULL. */
static const char *take_element(const char *text, char *to, bool *ret_quoted)
{
    *ret_quoted = *text == '"';
    if (*ret_quoted)
        ++text;
    while (*text && (*ret_quoted ? *text != '"' : *text != ',' && *text != '}')) {
        if (*text == '\\' && text[1])
            ++text;
        *to++ = *text++;
    }
    *to = '\0';
    return *ret_quoted && *text ? text + 1 : text;
}

const char **catalog_array(struct arena *arena, const char *text, size_t *ret_count)
{
    size_t length = strlen(text), most = 1, count = 0;
    for (const char *comma = text; (comma = strchr(comma, ',')); ++comma)
        ++most;
    const char **elements = arena_alloc(arena, most * sizeof *elements);
    char *room = arena_alloc(arena, length + most + 1);
    if (*text == '{' && text[1] != '}')
        for (const char *next = text; *next == '{' || *next == ',';) {
            bool quoted;
            next = take_element(next + 1, room, &quoted);
            if (quoted || strcmp(room, "NULL") != 0)
                elements[count++] = room;
            room += strlen(room) + 1;
        }
    *ret_count = count;
    return elements;
}
