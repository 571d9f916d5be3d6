/* Two texts as lines that both have, and lines that only one of them has. For reports that show both forms of
 * a definition. */
#ifndef REPORT_LINE_DIFF_H
#define REPORT_LINE_DIFF_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct line_diff_line {
    char mark; /* ' ' in both, '-' in the first, '+' in the second, '@' some that both have are left out here
                */
    const char *text; /* not ended by NUL */
    size_t length;
};

/*
 * The lines in order, with up to three around what differs; in the arena. Unless both have several lines,
 * they are broken, the same way on both sides: after commas, and before words such as FROM and WHERE.
 */
const struct line_diff_line *line_diff(struct arena *arena, const char *first, const char *second,
                                       size_t *ret_count);

#endif
