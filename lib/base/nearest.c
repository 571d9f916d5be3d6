#include "base/nearest.h"

#include <stddef.h>
#include <string.h>

enum { LONGEST = 63 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Characters to insert, delete or replace (Levenshtein); both words have at most LONGEST. */
static size_t distance(const char *a, const char *b)
{
    size_t row[LONGEST + 1], length = strlen(b);
    for (size_t j = 0; j <= length; ++j)
        row[j] = j;
    for (size_t i = 1; a[i - 1]; ++i) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= length; ++j) {
            size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = smaller(replaced, smaller(row[j], row[j - 1]) + 1);
        }
    }
    return row[length];
}

const char *nearest_word(const char *word, const char *const *words)
{
    size_t length = strlen(word);
    if (length > LONGEST)
        return NULL;
    const char *nearest = NULL;
    size_t fewest =
        length / 3 + 2; /* half of a short word, a third of a long one, is no slip of the finger any more */
    for (; *words; ++words) {
        size_t mistakes = strlen(*words) <= LONGEST ? distance(word, *words) : fewest;
        if (mistakes < fewest && mistakes < length) {
            fewest = mistakes;
            nearest = *words;
        }
    }
    return nearest;
}
