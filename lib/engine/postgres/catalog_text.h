/*
 * SQL as PostgreSQL writes it, made such that the server writes it again when it has read it. Used by what
 * reads the catalog.
 */
#ifndef POSTGRES_CATALOG_TEXT_H
#define POSTGRES_CATALOG_TEXT_H

#include "base/arena.h"

/*
 * Of `a IN ('x')` with a varchar the server makes (a)::text = ANY ((ARRAY['x'::varchar])::text[]), and of
 * that, when it reads it, ARRAY[('x'::varchar)::text]: a cast of what is listed goes to each item. Gives the
 * text with all such casts where the server puts them, in the arena; the text itself where there are none.
 * NULL stays NULL.
 */
const char *catalog_stable_text(struct arena *arena, const char *text);

#endif
