/* Finds the nearest name by the number of letters to insert, leave out, replace or exchange with the next
 * one. */
#include "project/suggest.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST = 40 }; /* longer names are not worth guessing */

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static int letter(char c)
{
    return c == '-' ? '_' : tolower((unsigned char)c);
}

/* The optimal string alignment distance, row by row. Both texts have at most LONGEST bytes. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *previous = rows[1], *current = rows[2];
    size_t length = strlen(b);
    for (size_t j = 0; j <= length; ++j)
        previous[j] = j;
    for (size_t i = 1; a[i - 1]; ++i) {
        current[0] = i;
        for (size_t j = 1; j <= length; ++j) {
            size_t replaced = previous[j - 1] + (letter(a[i - 1]) != letter(b[j - 1]));
            current[j] = smaller(replaced, smaller(previous[j], current[j - 1]) + 1);
            if (i > 1 && j > 1 && letter(a[i - 1]) == letter(b[j - 2]) &&
                letter(a[i - 2]) == letter(b[j - 1]))
                current[j] = smaller(current[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = previous;
        previous = current;
        current = oldest;
    }
    return previous[length];
}

const char *suggest(const char *name, const char *const *known, size_t count)
{
    const char *nearest = NULL;
    size_t least = LONGEST;
    if (*name == '\0' || strlen(name) > LONGEST)
        return NULL;
    for (size_t i = 0; i < count; ++i) {
        size_t length = strlen(known[i]);
        if (length == 0 || length > LONGEST)
            continue;
        size_t wrong = distance(name, known[i]);
        size_t allowed = length / 3 > 1 ? length / 3 : 1;
        if (wrong <= allowed && wrong < least) {
            least = wrong;
            nearest = known[i];
        }
    }
    return nearest;
}
