#include "seed/format.h"

#include "base/error.h"
#include "base/nearest.h"
#include "base/vector.h"

#include <string.h>

struct seed_format seed_format_default(bool tabs)
{
    return (struct seed_format){
        .delimiter = tabs ? '\t' : ',', .quote = '"', .null = "", .mode = DUN_SEED_UPSERT};
}

static bool set_delimiter(struct seed_format *format, const char *value, dun_error *error)
{
    bool tab = strcmp(value, "tab") == 0 || strcmp(value, "\\t") == 0;
    char delimiter = tab ? '\t' : value[0];
    if (!tab && (strlen(value) != 1 || strchr("\"\\\r\n#", delimiter) || (unsigned char)delimiter >= 0x80))
        return error_set(error, DUN_BAD_INPUT,
                         "the delimiter is one character such as ; or |, or tab, not \"%s\"", value);
    format->delimiter = delimiter;
    return true;
}

static bool set_quote(struct seed_format *format, const char *value, dun_error *error)
{
    bool none = strcmp(value, "none") == 0;
    if (!none && strcmp(value, "\"") != 0 && strcmp(value, "'") != 0)
        return error_set(error, DUN_BAD_INPUT, "quote is \", ' or none, not \"%s\"", value);
    format->quote = none ? '\0' : value[0];
    return true;
}

static bool set_key(struct arena *arena, struct seed_format *format, const char *value, dun_error *error)
{
    VECTOR(const char *) columns = {0};
    for (;;) {
        size_t length = strcspn(value, ",");
        if (length == 0)
            return error_set(error, DUN_BAD_INPUT, "key is the names of columns, with commas between them");
        *vector_add(arena, &columns) = arena_strndup(arena, value, length);
        if (value[length] == '\0')
            break;
        value += length + 1;
    }
    format->key = columns.items;
    format->key_count = columns.count;
    return true;
}

bool seed_format_set(struct arena *arena, struct seed_format *format, const char *name, const char *value,
                     dun_error *error)
{
    static const char *const names[] = {"delimiter", "quote", "null", "mode", "key", NULL};
    if (strcmp(name, "delimiter") == 0)
        return set_delimiter(format, value, error);
    if (strcmp(name, "quote") == 0)
        return set_quote(format, value, error);
    if (strcmp(name, "key") == 0)
        return set_key(arena, format, value, error);
    if (strcmp(name, "null") == 0) {
        format->null = arena_strdup(arena, value);
        return true;
    }
    if (strcmp(name, "mode") == 0) {
        if (dun_seed_mode_from_name(value, &format->mode))
            return true;
        error_set(error, DUN_BAD_INPUT, "there is no mode \"%s\"", value);
        error_hint(error, "the modes are insert, upsert, sync, if-empty and replace");
        return false;
    }
    const char *meant = nearest_word(name, names);
    error_set(error, DUN_BAD_INPUT, "a seed file has no option \"%s\"", name);
    error_hint(error, meant ? "did you mean \"%s\"?" : "%s",
               meant ? meant : "the options are delimiter, quote, null, mode and key");
    return false;
}

static size_t skip_blanks(const char *line, size_t length, size_t at)
{
    while (at < length && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r'))
        ++at;
    return at;
}

/* NAME=VALUE from `at` on, the value up to a blank, or in double quotes. Moves `at` behind it. */
static bool read_option(struct arena *arena, struct seed_format *format, const char *line, size_t length,
                        size_t *at, dun_error *error)
{
    size_t name = *at, end = name;
    while (end < length && line[end] != '=' && line[end] != ' ')
        ++end;
    if (end == length || line[end] != '=')
        return error_set(error, DUN_BAD_INPUT, "options are written NAME=VALUE");
    size_t value = end + 1, stop = value;
    bool quoted =
        value + 1 < length && line[value] == '"' && line[value + 1] != ' ' && line[value + 1] != '\r';
    const char *closing = quoted ? memchr(line + value + 1, '"', length - value - 1) : NULL;
    if (closing) {
        ++value;
        stop = (size_t)(closing - line);
        *at = stop + 1;
    } else {
        while (stop < length && line[stop] != ' ' && line[stop] != '\r')
            ++stop;
        *at = stop;
    }
    return seed_format_set(arena, format, arena_strndup(arena, line + name, end - name),
                           arena_strndup(arena, line + value, stop - value), error);
}

bool seed_format_read_comment(struct arena *arena, struct seed_format *format, const char *line,
                              size_t length, size_t *ret_offset, dun_error *error)
{
    static const char word[] = "dunlin:";
    size_t at = skip_blanks(line, length, 1);
    if (length - at < sizeof word - 1 || memcmp(line + at, word, sizeof word - 1) != 0)
        return true;
    at = skip_blanks(line, length, at + sizeof word - 1);
    while (at < length) {
        *ret_offset = at;
        if (!read_option(arena, format, line, length, &at, error))
            return false;
        at = skip_blanks(line, length, at);
    }
    return true;
}
