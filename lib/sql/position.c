#include "sql/position.h"

#include "base/error.h"
#include "base/str.h"
#include "sql/secret.h"
#include "sql/splitter.h"
#include "sql/utf8.h"

#include <string.h>

void sql_position_advance(struct sql_position *position, const char *to)
{
    const char *line_break;
    while (position->at < to &&
           (line_break = memchr(position->at, '\n', (size_t)(to - position->at))) != NULL) {
        ++position->line;
        position->column = 1;
        position->at = line_break + 1;
    }
    position->column += (uint32_t)utf8_count(position->at, (size_t)(to - position->at));
    position->at = to;
}

/* At most `limit` bytes to the left of `at`, but not beyond the line's beginning nor from within a character.
 */
static const char *window_begin(const char *text, const char *at, size_t limit)
{
    const char *begin = at;
    while (begin > text && begin[-1] != '\n' && (size_t)(at - begin) < limit)
        --begin;
    while (begin < at && ((unsigned char)*begin & 0xC0) == 0x80)
        ++begin;
    return begin;
}

static const char *window_end(const char *at, const char *end, size_t limit)
{
    const char *last = at;
    while (last < end && *last != '\n' && *last != '\0' && (size_t)(last - at) < limit)
        ++last;
    while (last > at && last < end && ((unsigned char)*last & 0xC0) == 0x80)
        --last;
    if (last > at && last[-1] == '\r')
        --last;
    return last;
}

/* The texts of an error are UTF-8, so what is not becomes a question mark. */
static void append_readable(struct str *to, const char *text, const char *end)
{
    while (text < end) {
        size_t bytes = utf8_character(text, (size_t)(end - text));
        if (bytes > 0)
            str_append_n(to, text, bytes);
        else
            str_append_char(to, '?');
        text += bytes > 0 ? bytes : 1;
    }
}

/* Only what error_excerpt can show is copied: the line may have 100 MB. */
static void set_excerpt(dun_error *error, const char *text, const char *end, const char *at)
{
    enum { SHOWN = 512 };
    struct str line = STR_INIT;
    append_readable(&line, window_begin(text, at, SHOWN), at);
    size_t before = utf8_count(str_text(&line), line.length);
    append_readable(&line, at, window_end(at, end, SHOWN));
    sql_hide_secrets(&line);
    error_excerpt(error, str_text(&line), line.length, (unsigned)before);
    str_free(&line);
}

void sql_error_at(dun_error *error, const char *file, const char *text, size_t length, size_t offset)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    if (!error)
        return;
    const char *end = text + length;
    const char *at = offset < length ? text + offset : end;
    if ((size_t)(at - text) >= 3 && memcmp(text, byte_order_mark, 3) == 0)
        text += 3;
    struct sql_position position = {.at = text, .line = 1, .column = 1};
    sql_position_advance(&position, at);
    error_at(error, file, position.line, position.column);
    set_excerpt(error, text, end, at);
}
