/*
 * Texts about many databases of which one is the other but for what is each database's own: its names, and
 * how many rows it has. Reports tell such texts once.
 */
#ifndef REPORT_ALIKE_H
#define REPORT_ALIKE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct alike_group {
    size_t number;     /* from 0 on, as they come */
    bool names_differ; /* the text of the first one has names that are not those of all, besides the first of
                          `names` */
    bool rows_differ;  /* and numbers of rows */
};

struct alike;

struct alike *alike_new(struct arena *arena);

/*
 * The group of a text; a new one, when there is none that it is like. `names` are those of its database,
 * ended by NULL, and first the one that is told beside the text: wherever one stands as a whole, quoted or
 * not, another text may have its own. Empty ones do not count.
 */
const struct alike_group *alike_group(struct alike *alike, const char *text, const char *const *names);

#endif
