#include "seed/demo/pattern.h"

#include <ctype.h>
#include <string.h>

struct pattern_reader {
    const char *cursor, *end;
    struct demo_pattern *pattern;
};

static void set_add(uint64_t set[2], unsigned char c)
{
    if (c < 128)
        set[c / 64] |= (uint64_t)1 << (c % 64);
}

static bool set_has(const uint64_t set[2], unsigned char c)
{
    return c < 128 && (set[c / 64] >> (c % 64) & 1);
}

static void set_add_range(uint64_t set[2], unsigned char first, unsigned char last)
{
    for (unsigned c = first; c <= last && c < 128; ++c)
        set_add(set, (unsigned char)c);
}

static void set_invert(uint64_t set[2])
{
    set[0] = ~set[0];
    set[1] = ~set[1];
}

static const uint64_t any[2] = {~(uint64_t)0, ~(uint64_t)0};

static bool set_add_class(uint64_t set[2], char letter)
{
    switch (letter) {
    case 'd':
        set_add_range(set, '0', '9');
        return true;
    case 'w':
        set_add_range(set, 'a', 'z');
        set_add_range(set, 'A', 'Z');
        set_add_range(set, '0', '9');
        set_add(set, '_');
        return true;
    case 's':
        set_add(set, ' ');
        set_add_range(set, '\t', '\r');
        return true;
    case 'D':
    case 'W':
    case 'S': {
        uint64_t other[2] = {0, 0};
        set_add_class(other, (char)tolower((unsigned char)letter));
        set_invert(other);
        set[0] |= other[0];
        set[1] |= other[1];
        return true;
    }
    default:
        return false;
    }
}

static struct demo_pattern_part *add_part(struct pattern_reader *reader, const uint64_t set[2],
                                          unsigned least, unsigned most)
{
    if (reader->pattern->count == DEMO_PATTERN_PARTS)
        return NULL;
    struct demo_pattern_part *part = &reader->pattern->parts[reader->pattern->count++];
    *part = (struct demo_pattern_part){{set[0], set[1]}, least, most};
    return part;
}

/* [:digit:] and its like. */
static bool read_named_class(struct pattern_reader *reader, uint64_t set[2])
{
    static const struct {
        const char *name;
        const char *classes;
    } names[] = {{"digit", "09"},     {"alpha", "azAZ"},    {"upper", "AZ"}, {"lower", "az"},
                 {"alnum", "azAZ09"}, {"xdigit", "09afAF"}, {"space", "  "}};
    for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
        size_t length = strlen(names[i].name);
        if ((size_t)(reader->end - reader->cursor) < length + 4 ||
            strncmp(reader->cursor + 2, names[i].name, length) != 0 ||
            strncmp(reader->cursor + 2 + length, ":]", 2) != 0)
            continue;
        for (const char *range = names[i].classes; *range; range += 2)
            set_add_range(set, (unsigned char)range[0], (unsigned char)range[1]);
        reader->cursor += length + 4;
        return true;
    }
    return false;
}

static bool read_set_item(struct pattern_reader *reader, uint64_t set[2], bool escapes)
{
    if (*reader->cursor == '[' && reader->cursor + 1 < reader->end && reader->cursor[1] == ':')
        return read_named_class(reader, set);
    unsigned char first = (unsigned char)*reader->cursor++;
    if (escapes && first == '\\') {
        if (reader->cursor == reader->end)
            return false;
        if (set_add_class(set, *reader->cursor)) {
            ++reader->cursor;
            return true;
        }
        if (isalnum((unsigned char)*reader->cursor))
            return false;
        first = (unsigned char)*reader->cursor++;
    }
    unsigned char last = first;
    if (reader->end - reader->cursor >= 2 && *reader->cursor == '-' && reader->cursor[1] != ']') {
        last = (unsigned char)reader->cursor[1];
        if (last == '\\' || last == '[')
            return false;
        reader->cursor += 2;
    }
    set_add_range(set, first, last);
    return first <= last;
}

/* Behind the bracket that opens it. */
static bool read_set(struct pattern_reader *reader, uint64_t set[2], bool escapes)
{
    bool inverted = reader->cursor < reader->end && *reader->cursor == '^', first = true;
    reader->cursor += inverted;
    for (; reader->cursor < reader->end && (first || *reader->cursor != ']'); first = false)
        if (!read_set_item(reader, set, escapes))
            return false;
    if (reader->cursor == reader->end)
        return false;
    ++reader->cursor;
    if (inverted)
        set_invert(set);
    return true;
}

static bool read_number(struct pattern_reader *reader, unsigned *ret_number)
{
    unsigned number = 0;
    if (reader->cursor == reader->end || !isdigit((unsigned char)*reader->cursor))
        return false;
    for (; reader->cursor < reader->end && isdigit((unsigned char)*reader->cursor); ++reader->cursor)
        if ((number = number * 10 + (unsigned)(*reader->cursor - '0')) >= DEMO_PATTERN_MANY)
            return false;
    *ret_number = number;
    return true;
}

/* {2}, {2,}, {2,5}: behind the brace. */
static bool read_braces(struct pattern_reader *reader, struct demo_pattern_part *part)
{
    if (!read_number(reader, &part->least))
        return false;
    part->most = part->least;
    if (reader->cursor < reader->end && *reader->cursor == ',') {
        ++reader->cursor;
        part->most = DEMO_PATTERN_MANY;
        if (reader->cursor < reader->end && *reader->cursor != '}' && !read_number(reader, &part->most))
            return false;
    }
    return reader->cursor < reader->end && *reader->cursor++ == '}' && part->least <= part->most;
}

static bool read_repetition(struct pattern_reader *reader, struct demo_pattern_part *part)
{
    if (reader->cursor == reader->end)
        return true;
    switch (*reader->cursor) {
    case '*':
        part->least = 0;
        part->most = DEMO_PATTERN_MANY;
        break;
    case '+':
        part->most = DEMO_PATTERN_MANY;
        break;
    case '?':
        part->least = 0;
        break;
    case '{':
        ++reader->cursor;
        return read_braces(reader, part);
    default:
        return true;
    }
    ++reader->cursor;
    return reader->cursor == reader->end || !strchr("*+?{", *reader->cursor);
}

static bool read_regex_set(struct pattern_reader *reader, uint64_t set[2])
{
    char c = *reader->cursor++;
    if (c == '[')
        return read_set(reader, set, true);
    if (c == '.') {
        set[0] = any[0];
        set[1] = any[1];
        return true;
    }
    if (c == '\\') {
        if (reader->cursor == reader->end)
            return false;
        c = *reader->cursor++;
        if (set_add_class(set, c))
            return true;
        if (isalnum((unsigned char)c))
            return false;
    } else if (strchr("()|*+?{^$", c)) {
        return false;
    }
    set_add(set, (unsigned char)c);
    return (unsigned char)c < 128;
}

static bool read_regex(struct pattern_reader *reader)
{
    bool begins = reader->cursor < reader->end && *reader->cursor == '^';
    bool ends = reader->end - reader->cursor > begins && reader->end[-1] == '$' &&
                !(reader->end - reader->cursor > 1 && reader->end[-2] == '\\');
    reader->cursor += begins;
    reader->end -= ends;
    if (!begins)
        add_part(reader, any, 0, DEMO_PATTERN_MANY);
    while (reader->cursor < reader->end) {
        uint64_t set[2] = {0, 0};
        struct demo_pattern_part *part = read_regex_set(reader, set) ? add_part(reader, set, 1, 1) : NULL;
        if (!part || !read_repetition(reader, part))
            return false;
    }
    return ends || add_part(reader, any, 0, DEMO_PATTERN_MANY);
}

static bool read_wildcards(struct pattern_reader *reader, char many, char one, bool sets)
{
    while (reader->cursor < reader->end) {
        uint64_t set[2] = {0, 0};
        char c = *reader->cursor++;
        bool good = true;
        if (c == many)
            good = add_part(reader, any, 0, DEMO_PATTERN_MANY);
        else if (c == one)
            good = add_part(reader, any, 1, 1);
        else if (sets && c == '[')
            good = read_set(reader, set, false) && add_part(reader, set, 1, 1);
        else if ((unsigned char)c >= 128 || (!sets && c == '\\' && reader->cursor == reader->end))
            good = false;
        else {
            if (!sets && c == '\\')
                c = *reader->cursor++;
            set_add(set, (unsigned char)c);
            good = add_part(reader, set, 1, 1);
        }
        if (!good)
            return false;
    }
    return true;
}

bool demo_pattern_read(enum demo_pattern_kind kind, const char *text, size_t length,
                       struct demo_pattern *ret_pattern)
{
    struct demo_pattern pattern = {.count = 0};
    struct pattern_reader reader = {text, text + length, &pattern};
    bool good = kind == DEMO_REGEX  ? read_regex(&reader)
                : kind == DEMO_LIKE ? read_wildcards(&reader, '%', '_', false)
                                    : read_wildcards(&reader, '*', '?', true);
    if (good)
        *ret_pattern = pattern;
    return good;
}

static bool part_has(const struct demo_pattern *pattern, size_t part, unsigned char c)
{
    const uint64_t *set = pattern->parts[part].set;
    if (c >= 128)
        return (set[0] & 1) != 0; /* NUL is in those sets only that leave something out */
    return set_has(set, c) || (pattern->fold && (set_has(set, (unsigned char)tolower(c)) ||
                                                 set_has(set, (unsigned char)toupper(c))));
}

/*
 * All places at which the text may be between two parts, part by part: no backtracking, so that no pattern
 * takes for ever.
 */
bool demo_pattern_matches(const struct demo_pattern *pattern, const char *text, size_t length)
{
    enum { LONGEST = 1000 };
    unsigned char from[LONGEST + 1] = {1}, to[LONGEST + 1];
    if (length > LONGEST)
        return false;
    for (size_t part = 0; part < pattern->count; ++part) {
        memset(to, 0, length + 1);
        unsigned least = pattern->parts[part].least, most = pattern->parts[part].most;
        for (size_t start = 0; start <= length; ++start) {
            if (!from[start])
                continue;
            for (size_t taken = 0; taken <= most; ++taken) {
                if (taken >= least)
                    to[start + taken] = 1;
                if (start + taken == length || !part_has(pattern, part, (unsigned char)text[start + taken]))
                    break;
            }
        }
        memcpy(from, to, length + 1);
    }
    return from[length] != 0;
}

/* What is made up is made of characters that do no harm: letters and digits where the set has some. */
static size_t letters_of(const struct demo_pattern_part *part, char *ret_letters)
{
    size_t count = 0;
    bool everything = part->set[0] & 1;
    for (unsigned char c = ' '; c < 127; ++c) {
        bool fine = !everything || islower(c) || (isdigit(c) && !set_has(part->set, 'a'));
        if (set_has(part->set, c) && fine)
            ret_letters[count++] = (char)c;
    }
    return count;
}

/* How often each part is taken, so that all together have a length between the two. */
static bool choose_repetitions(const struct demo_pattern *pattern, size_t least, size_t most,
                               unsigned *ret_times)
{
    size_t length = 0;
    for (size_t i = 0; i < pattern->count; ++i) {
        ret_times[i] = pattern->parts[i].least;
        length += ret_times[i];
    }
    if (most && length > most)
        return false;
    size_t wanted = least > length ? least : length;
    if (wanted < 8 && (!most || most > wanted))
        wanted = !most || most > 8
                     ? 8
                     : most; /* more than the least looks better, and gives more different ones */
    for (size_t i = 0; i < pattern->count && length < wanted; ++i) {
        size_t room = pattern->parts[i].most - ret_times[i];
        size_t more = room < wanted - length ? room : wanted - length;
        ret_times[i] += (unsigned)more;
        length += more;
    }
    return length >= least;
}

uint64_t demo_pattern_size(const struct demo_pattern *pattern, size_t least, size_t most)
{
    unsigned times[DEMO_PATTERN_PARTS];
    char letters[128];
    uint64_t size = 1;
    if (!choose_repetitions(pattern, least, most, times))
        return 0;
    for (size_t i = 0; i < pattern->count; ++i) {
        size_t count = letters_of(&pattern->parts[i], letters);
        if (times[i] > 0 && count == 0)
            return 0;
        for (unsigned j = 0; j < times[i] && size < (uint64_t)1 << 54; ++j)
            size *= count;
    }
    return size;
}

void demo_pattern_append(const struct demo_pattern *pattern, size_t least, size_t most, struct str *to,
                         uint64_t number)
{
    unsigned times[DEMO_PATTERN_PARTS];
    char letters[128];
    if (!choose_repetitions(pattern, least, most, times))
        return;
    for (size_t i = 0; i < pattern->count; ++i) {
        size_t count = times[i] ? letters_of(&pattern->parts[i], letters) : 0;
        for (unsigned j = 0; j < times[i]; ++j) {
            str_append_char(to, letters[number % count]);
            number /= count;
        }
    }
}
