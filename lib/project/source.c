/* Reading a file whole, and showing a line of it without the passwords it may hold. */
#include "project/source.h"

#include "base/error.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST_FILE = 16 * 1024 * 1024 };

struct source source_of(const char *file, const char *text, size_t length)
{
    size_t mark = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    return (struct source){.file = file, .text = text + mark, .length = length - mark};
}

static int read_all(int descriptor, struct str *text)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0)
        return errno;
    if (S_ISDIR(status.st_mode))
        return EISDIR;
    for (;;) {
        enum { PIECE = 4096 };
        str_reserve(text, PIECE);
        ssize_t got = read(descriptor, text->data + text->length, PIECE);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno;
        if (got == 0)
            return 0;
        text->length += (size_t)got;
        if (text->length > LARGEST_FILE)
            return EFBIG;
    }
}

int source_read(struct arena *arena, const char *file, struct source *ret_source)
{
    int descriptor = open(file, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return errno;
    struct str text = STR_INIT;
    int failure = read_all(descriptor, &text);
    close(descriptor);
    if (failure == 0)
        *ret_source =
            source_of(arena_strdup(arena, file), arena_strndup(arena, text.data, text.length), text.length);
    str_free(&text);
    return failure;
}

/* Bytes of the character at `c`; 0 when it is none (Unicode standard, table 3-7). */
static size_t character_length(const unsigned char *c, const unsigned char *end)
{
    static const struct {
        unsigned char first, last, second_least, second_most;
        size_t length;
    } forms[] = {
        {0x01, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; ++i) {
        if (*c < forms[i].first || *c > forms[i].last)
            continue;
        size_t length = forms[i].length;
        if ((size_t)(end - c) < length)
            return 0;
        if (length > 1 && (c[1] < forms[i].second_least || c[1] > forms[i].second_most))
            return 0;
        for (size_t k = 2; k < length; ++k)
            if ((c[k] & 0xC0) != 0x80)
                return 0;
        return length;
    }
    return 0;
}

bool source_check(const struct source *source, dun_error *error)
{
    const unsigned char *c = (const unsigned char *)source->text, *end = c + source->length;
    struct place place = {1, 1};
    while (c < end) {
        size_t length = character_length(c, end);
        if (length == 0) {
            error_set(error, DUN_BAD_INPUT, "this is no text: the byte 0x%02X is not UTF-8", *c);
            if (*c == 0)
                error_set(error, DUN_BAD_INPUT, "this is no text: it contains a NUL");
            error_hint(error, "save the file as UTF-8");
            error_at(error, source->file, place.line, place.column);
            return false;
        }
        place.column = *c == '\n' ? 1 : place.column + 1;
        place.line += *c == '\n';
        c += length;
    }
    return true;
}

static unsigned count_characters(const char *text, const char *end)
{
    unsigned count = 0;
    for (; text < end; ++text)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

/* Puts three stars where the bytes from `start` to `end` are, and keeps `offset` (characters) at the same
 * place. */
static void blot(struct str *line, const char *start, const char *end, unsigned *offset)
{
    unsigned first = count_characters(line->data, start), last = count_characters(line->data, end);
    if (*offset >= last)
        *offset = *offset - (last - first) + 3;
    else if (*offset > first)
        *offset = first;

    struct str blotted = STR_INIT;
    str_append_n(&blotted, line->data, (size_t)(start - line->data));
    str_append(&blotted, "***");
    str_append_n(&blotted, end, (size_t)(line->data + line->length - end));
    str_free(line);
    *line = blotted;
}

/*
 * What stands between the first colon after "://" and the last "@": a password may itself hold any of these
 * characters. Where a line has several URLs this blots out rather too much than too little.
 */
static void blot_url_password(struct str *line, unsigned *offset)
{
    const char *start = strstr(str_text(line), "://");
    const char *last_at = start ? strrchr(start, '@') : NULL;
    if (!last_at)
        return;
    for (const char *c = start + 3; c < last_at; ++c)
        if (*c == ':' && strncmp(c, "://", 3) != 0) {
            blot(line, c + 1, last_at, offset);
            return;
        }
}

/* What follows `password=`, `token:` and the like, up to the end of the line. */
static void blot_secret_value(struct str *line, unsigned *offset)
{
    static const char *const words[] = {"password", "passwd", "pwd", "secret", "token"};
    for (const char *c = str_text(line); *c; ++c)
        for (size_t i = 0; i < sizeof words / sizeof *words; ++i) {
            if (strncasecmp(c, words[i], strlen(words[i])) != 0)
                continue;
            const char *after = c + strlen(words[i]);
            after += strspn(after, " \"'");
            if (*after == '=' || *after == ':') {
                blot(line, after + 1, line->data + line->length, offset);
                return;
            }
        }
}

void source_error_at(dun_error *error, const struct source *source, struct place place)
{
    if (!error)
        return;
    error_at(error, source->file, place.line, place.column);
    if (place.line == 0)
        return;
    const char *line = source->text, *end = source->text + source->length;
    for (unsigned number = 1; number < place.line; ++number) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        if (!newline)
            return;
        line = newline + 1;
    }
    const char *newline = memchr(line, '\n', (size_t)(end - line));
    const char *line_end = newline ? newline : end;
    if (line_end > line && line_end[-1] == '\r')
        --line_end;
    struct str shown = STR_INIT;
    str_append_n(&shown, line, (size_t)(line_end - line));
    unsigned offset = place.column ? place.column - 1 : 0;
    blot_url_password(&shown, &offset);
    blot_secret_value(&shown, &offset);
    error_excerpt(error, str_text(&shown), shown.length, offset);
    str_free(&shown);
}
