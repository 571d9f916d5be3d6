#include "report/line_diff.h"

#include "base/vector.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

enum { CONTEXT = 3, MOST_CELLS = 4000000 };

struct line {
    const char *text;
    size_t length;
};

struct lines {
    VECTOR(struct line) all;
};

/* Breaking */

static const char *const breaking_words[] = {"FROM",  "WHERE",  "JOIN",  "LEFT",  "INNER",  "GROUP",
                                             "ORDER", "HAVING", "LIMIT", "UNION", "AND",    "OR",
                                             "WHEN",  "ELSE",   "END",   "BEGIN", "SELECT", "RETURN"};

static bool begins_line(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof breaking_words / sizeof *breaking_words; ++i) {
        size_t word = strlen(breaking_words[i]);
        if (word < length && isspace((unsigned char)text[word]) &&
            strncasecmp(text, breaking_words[i], word) == 0)
            return true;
    }
    return false;
}

/* How much of it is the first piece. */
static size_t piece_length(const char *text, size_t length)
{
    for (size_t i = 1; i < length; ++i)
        if ((text[i - 1] == ',' && strchr(" `\"", text[i])) || text[i - 1] == ';' ||
            (text[i - 1] == ' ' && begins_line(text + i, length - i)))
            return i;
    return length;
}

static void add_pieces(struct arena *arena, struct lines *lines, const char *text, size_t length)
{
    do {
        size_t taken = piece_length(text, length), shown = taken;
        while (shown > 0 && text[shown - 1] == ' ')
            --shown;
        *vector_add(arena, &lines->all) = (struct line){text, shown};
        for (; taken < length && text[taken] == ' '; ++taken)
            continue;
        text += taken;
        length -= taken;
    } while (length > 0);
}

static struct lines split(struct arena *arena, const char *text, bool broken)
{
    struct lines lines = {0};
    while (*text) {
        size_t length = strcspn(text, "\n");
        size_t shown = length > 0 && text[length - 1] == '\r' ? length - 1 : length;
        if (broken)
            add_pieces(arena, &lines, text, shown);
        else
            *vector_add(arena, &lines.all) = (struct line){text, shown};
        text += length + (text[length] != '\0');
    }
    return lines;
}

/* Comparing */

static bool is_same(const struct line *one, const struct line *other)
{
    return one->length == other->length && memcmp(one->text, other->text, one->length) == 0;
}

struct merge {
    struct arena *arena;
    const struct line *first, *second;
    size_t first_count, second_count;
    uint32_t *common; /* [i][j]: how many lines the rests from i and j on have in common, in order */
    VECTOR(struct line_diff_line) out;
};

static uint32_t *cell(const struct merge *merge, size_t i, size_t j)
{
    return &merge->common[i * (merge->second_count + 1) + j];
}

static void put(struct merge *merge, char mark, const struct line *line)
{
    *vector_add(merge->arena, &merge->out) = (struct line_diff_line){mark, line->text, line->length};
}

/* Texts that are too long for the square are taken as wholly different. */
static void fill_common(struct merge *merge)
{
    size_t rows = merge->first_count + 1, columns = merge->second_count + 1;
    if (rows > MOST_CELLS / columns)
        return;
    merge->common = arena_alloc(merge->arena, rows * columns * sizeof *merge->common);
    for (size_t i = merge->first_count; i-- > 0;)
        for (size_t j = merge->second_count; j-- > 0;) {
            uint32_t down = *cell(merge, i + 1, j), right = *cell(merge, i, j + 1);
            *cell(merge, i, j) = is_same(&merge->first[i], &merge->second[j]) ? *cell(merge, i + 1, j + 1) + 1
                                 : down > right                               ? down
                                                                              : right;
        }
}

static void merge_middle(struct merge *merge)
{
    size_t i = 0, j = 0;
    fill_common(merge);
    while (i < merge->first_count || j < merge->second_count) {
        bool both = i < merge->first_count && j < merge->second_count;
        if (both && merge->common && is_same(&merge->first[i], &merge->second[j])) {
            put(merge, ' ', &merge->first[i++]);
            ++j;
        } else if (i < merge->first_count &&
                   (!both || !merge->common || *cell(merge, i + 1, j) >= *cell(merge, i, j + 1))) {
            put(merge, '-', &merge->first[i++]);
        } else {
            put(merge, '+', &merge->second[j++]);
        }
    }
}

static void merge_lines(struct merge *merge)
{
    size_t prefix = 0, suffix = 0;
    const struct line *first = merge->first, *second = merge->second;
    size_t first_count = merge->first_count, second_count = merge->second_count;
    size_t least = first_count < second_count ? first_count : second_count;
    while (prefix < least && is_same(&first[prefix], &second[prefix]))
        put(merge, ' ', &first[prefix++]);
    while (suffix < least - prefix &&
           is_same(&first[first_count - 1 - suffix], &second[second_count - 1 - suffix]))
        ++suffix;
    merge->first += prefix;
    merge->second += prefix;
    merge->first_count -= prefix + suffix;
    merge->second_count -= prefix + suffix;
    merge_middle(merge);
    for (size_t i = first_count - suffix; i < first_count; ++i)
        put(merge, ' ', &first[i]);
}

/* What is far from every difference is left out. */

static bool is_near(const struct line_diff_line *lines, size_t count, size_t i)
{
    size_t begin = i > CONTEXT ? i - CONTEXT : 0, end = i + CONTEXT < count ? i + CONTEXT + 1 : count;
    for (size_t j = begin; j < end; ++j)
        if (lines[j].mark != ' ')
            return true;
    return false;
}

static size_t leave_out(struct line_diff_line *lines, size_t count, const struct line_diff_line *all)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; ++i)
        if (is_near(all, count, i))
            lines[kept++] = all[i];
        else if (kept == 0 || lines[kept - 1].mark != '@')
            lines[kept++] = (struct line_diff_line){'@', "...", 3};
    return kept;
}

const struct line_diff_line *line_diff(struct arena *arena, const char *first, const char *second,
                                       size_t *ret_count)
{
    /* Broken on one side only, lines would differ where the texts do not. */
    bool broken = !strchr(first, '\n') || !strchr(second, '\n');
    struct lines one = split(arena, arena_strdup(arena, first), broken);
    struct lines other = split(arena, arena_strdup(arena, second), broken);
    struct merge merge = {.arena = arena,
                          .first = one.all.items,
                          .second = other.all.items,
                          .first_count = one.all.count,
                          .second_count = other.all.count};
    merge_lines(&merge);
    struct line_diff_line *lines = arena_alloc(arena, (merge.out.count + 1) * sizeof *lines);
    *ret_count = leave_out(lines, merge.out.count, merge.out.items);
    return lines;
}
