/* Two definitions of one object: the other one, for messages. For load.c. */
#ifndef SOURCE_TWINS_H
#define SOURCE_TWINS_H

#include "source/load_order.h"

/*
 * Adds to the error of the entry, as a hint, where another statement creates something of the same name;
 * nothing when there is none. Linear in the number of entries: it is for the failure that ends the load.
 */
void twins_hint(enum sql_dialect dialect, const struct load_file *files, const struct load_entry *entries,
                size_t count, const struct load_entry *entry, dun_error *error);

#endif
