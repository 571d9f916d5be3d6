/* Heap memory that is there or ends the process: the one place where "out of memory" is handled. Used by all
 * floors. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* Zeroed memory. None of these returns NULL. */
void *memory_alloc(size_t size);
void *memory_realloc(void *memory, size_t size);
char *memory_strdup(const char *text);
char *memory_strndup(const char *text, size_t length);

/* a * b, or the process ends as for memory that is not there. */
size_t memory_multiply(size_t a, size_t b);

#endif
