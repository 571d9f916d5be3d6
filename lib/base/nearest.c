#include "base/nearest.h"

#include <dunlin/error.h>

#include <string.h>

enum { LONGEST = 63 }; /* longer words are not compared */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* In mistyped letters: one more, one less, another one, or two neighbours swapped. */
static size_t distance(const char *left, size_t left_length, const char *right, size_t right_length)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= right_length; ++j)
        last[j] = j;
    for (size_t i = 1; i <= left_length; ++i) {
        row[0] = i;
        for (size_t j = 1; j <= right_length; ++j) {
            size_t other = last[j - 1] + (left[i - 1] != right[j - 1]);
            row[j] = least(other, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *free_row = before;
        before = last;
        last = row;
        row = free_row;
    }
    return last[right_length];
}

const char *dun_nearest_word(const char *word, const char *const *words, size_t count)
{
    size_t length = strlen(word);
    if (!length || length > LONGEST)
        return NULL;
    const char *best = NULL;
    /* Half of a short word, or a third of a long one, is no slip of the finger any more. */
    size_t best_distance = 1 + (length < 3 ? 1 : length / 3 + 1);
    for (size_t i = 0; i < count; ++i) {
        size_t other = strlen(words[i]);
        if (other > LONGEST)
            continue;
        size_t found = distance(word, length, words[i], other);
        if (length > 1 && strncmp(words[i], word, length) == 0)
            found = least(found, 1);
        if (found < best_distance && found < other && found < length) {
            best = words[i];
            best_distance = found;
        }
    }
    return best;
}

const char *nearest_word(const char *word, const char *const *words)
{
    size_t count = 0;
    while (words[count])
        ++count;
    return dun_nearest_word(word, words, count);
}
