/* From files to entries: which statements are run in a scratch place, and how. For load.c. */
#ifndef SOURCE_LOAD_ENTRIES_H
#define SOURCE_LOAD_ENTRIES_H

#include "source/load_order.h"

/*
 * The entries of all files, in the order of the files, in the arena. Fails for what may not run; see load.h.
 */
bool load_entries(struct arena *arena, const struct dun_engine *engine, const struct load_file *files,
                  size_t count, const struct load_options *options, struct load_entry **ret_entries,
                  size_t *ret_count, dun_error *error);

/*
 * Says in the error which statement it is about: file, line, column, excerpt, number within its file.
 * `offset` is the place within the statement in bytes; -1 is its beginning.
 */
void load_error_at(dun_error *error, const struct load_file *file, size_t statement, ptrdiff_t offset);

#endif
