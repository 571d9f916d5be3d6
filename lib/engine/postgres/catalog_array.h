/* A text[] as the server prints it, taken apart; used by catalog_rows.c. */
#ifndef POSTGRES_CATALOG_ARRAY_H
#define POSTGRES_CATALOG_ARRAY_H

#include "base/arena.h"

#include <stddef.h>

/* The elements of `text` ({a,"b c",NULL}), NULLs left out, in the arena; what is no array has none. */
const char **catalog_array(struct arena *arena, const char *text, size_t *ret_count);

#endif
