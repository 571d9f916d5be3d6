/* Colours, cleaning, widths and durations. */
#include "report/text.h"

#include <inttypes.h>
#include <string.h>

static const char *const codes[] = {
    [REPORT_STRONG] = "\033[1m", [REPORT_FAINT] = "\033[2m",    [REPORT_GOOD] = "\033[32m",
    [REPORT_BAD] = "\033[31m",   [REPORT_CAUTION] = "\033[33m",
};

void report_paint(struct str *out, bool color, enum report_paint paint)
{
    if (color && paint != REPORT_PLAIN)
        str_append(out, codes[paint]);
}

void report_unpaint(struct str *out, bool color, enum report_paint paint)
{
    if (color && paint != REPORT_PLAIN)
        str_append(out, "\033[0m");
}

/* How many bytes at `text` are a control character: C0, DEL, or C1, which in UTF-8 has two bytes. */
static size_t control_length(const unsigned char *text)
{
    if (text[0] < ' ' || text[0] == 0x7F)
        return 1;
    return text[0] == 0xC2 && text[1] >= 0x80 && text[1] < 0xA0 ? 2 : 0;
}

static void append_cleaned(struct str *out, const char *text, size_t length)
{
    size_t kept = 0, i = 0;
    while (i < length) {
        size_t control = control_length((const unsigned char *)text + i);
        if (!control) {
            ++i;
            continue;
        }
        str_append_n(out, text + kept, i - kept);
        str_append_char(out, text[i] == '\t' ? ' ' : '?');
        i += control;
        kept = i;
    }
    str_append_n(out, text + kept, length - kept);
}

void report_append(struct str *out, const char *text)
{
    if (text)
        append_cleaned(out, text, strlen(text));
}

void report_append_lines(struct str *out, const char *text, unsigned indent)
{
    for (;;) {
        size_t length = strcspn(text, "\n");
        size_t shown = length > 0 && text[length - 1] == '\r' ? length - 1 : length;
        append_cleaned(out, text, shown);
        if (!text[length] || !text[length + 1])
            return;
        str_printf(out, "\n%*s", (int)indent, "");
        text += length + 1;
    }
}

size_t report_width(const char *text)
{
    size_t width = 0;
    for (; *text; ++text)
        width += ((unsigned char)*text & 0xC0) != 0x80;
    return width;
}

/* Where so many characters end. */
static const char *after(const char *text, size_t characters)
{
    for (; *text; ++text)
        if (((unsigned char)*text & 0xC0) != 0x80 && characters-- == 0)
            break;
    return text;
}

enum { DOTS = 3 };

const char *report_cut(struct arena *arena, const char *text, size_t width)
{
    if (report_width(text) <= width)
        return text;
    size_t dots = width < DOTS ? width : DOTS;
    return arena_printf(arena, "%.*s%.*s", (int)(after(text, width - dots) - text), text, (int)dots, "...");
}

const char *report_cut_front(struct arena *arena, const char *text, size_t width)
{
    size_t all = report_width(text);
    if (all <= width)
        return text;
    size_t dots = width < DOTS ? width : DOTS;
    return arena_printf(arena, "%.*s%s", (int)dots, "...", after(text, all - (width - dots)));
}

enum { NAMED = 3 };

void report_not_compared(struct str *out, const char *const *texts, bool all)
{
    size_t count = 0;
    while (texts[count])
        ++count;
    if (!count)
        return;
    str_printf(out, "%zu object%s not compared: ", count, count == 1 ? "" : "s");
    for (size_t i = 0; i < count && (i < NAMED || all); ++i) {
        str_append(out, i ? ", " : "");
        report_append(out, texts[i]);
    }
    if (count > NAMED && !all)
        str_append(out, ", ...");
}

void report_duration(struct str *out, int64_t milliseconds)
{
    if (milliseconds < 0)
        return;
    if (milliseconds < 10000)
        str_printf(out, "%" PRId64 " ms", milliseconds);
    else
        str_printf(out, "%" PRId64 ".%" PRId64 " s", milliseconds / 1000, milliseconds % 1000 / 100);
}

const char *report_state_word(enum dun_migration_state state)
{
    switch (state) {
    case DUN_PENDING:
        return "pending";
    case DUN_APPLIED:
        return "applied";
    case DUN_BROKEN:
        return "failed";
    case DUN_IN_DOUBT:
        return "in doubt";
    case DUN_RUNNING:
        return "running";
    }
    return "unknown";
}
