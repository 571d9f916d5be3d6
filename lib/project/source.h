/* A text that was read whole, and pointing at a place in it: what the config and .env have in common. */
#ifndef PROJECT_SOURCE_H
#define PROJECT_SOURCE_H

#include "base/arena.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>

struct source {
    const char *file; /* as the user named it, or found in the folder that the user named */
    const char *text; /* UTF-8 without byte order mark; a NUL follows */
    size_t length;
};

/* Lines and columns (characters) count from 1; line 0: unknown. */
struct place {
    unsigned line, column;
};

/* Reads a file of at most 16 MB. Gives 0 or an errno; EISDIR for a folder, EFBIG for a file that is too
 * large. */
int source_read(struct arena *arena, const char *file, struct source *ret_source);

/* The same for a text in memory, which is not copied: skips the byte order mark. */
struct source source_of(const char *file, const char *text, size_t length);

/* Is it text: UTF-8 without NUL? DUN_BAD_INPUT at the first place that is not. */
bool source_check(const struct source *source, dun_error *error);

/* Adds file, line, column and the line itself to an error. What may be a password in that line is blotted
 * out. */
void source_error_at(dun_error *error, const struct source *source, struct place place);

#endif
