/* Which known word somebody may have meant; for wrong options and commands. */
#ifndef CMD_NEAREST_H
#define CMD_NEAREST_H

#include <stddef.h>

/* The nearest of `words` to `word` by mistyped letters, or the one it begins; NULL when none is near. */
const char *nearest_word(const char *word, const char *const *words, size_t count);

#endif
