/* Differences in words, for reports of people who compare schemas: drift, log, what a proof left over. */
#ifndef DIFF_SENTENCE_H
#define DIFF_SENTENCE_H

#include "base/str.h"
#include "diff/diff.h"

/*
 * "table sales.orders: column note added", "view v changed: definition", "table orders: column total changed:
 * type integer -> bigint, default". Values are shown where they are short texts. No line feed, neither inside
 * nor at the end.
 */
void diff_sentence(struct str *to, const struct diff *diff, const struct diff_change *change);

/* "table sales.orders: columns stand in another order", for an object of diff->reordered. */
void diff_reordered_sentence(struct str *to, const struct diff *diff, const struct schema_object *table);

/*
 * "PostgreSQL 13.4 and PostgreSQL 17.2 may write one definition in two ways: ...": what differs may mean the
 * same, for the catalogs were read from servers of different versions. In the arena. NULL: they were not, or
 * nothing differs.
 */
const char *diff_servers_warning(struct arena *arena, const struct diff *diff);

#endif
