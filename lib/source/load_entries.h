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

/*
 * The place in a statement of a file for one in the text as it was run, which engine_scratch.rewrite may have
 * changed: what is the same at both ends keeps its place, and what lies between becomes the beginning of
 * that.
 */
ptrdiff_t load_place(const struct sql_statement *statement, const char *run, size_t length, ptrdiff_t offset);

/* Is it a statement on what there is, rather than on rows? */
bool load_is_definition(const struct dun_engine *engine, const char *sql, size_t length);

/* The statement that made a way out of the place, see engine_scratch.leads_outside. */
struct load_way_out load_way_out_at(const struct load_file *file, size_t statement);

/* For a statement that may take the way out. Always false. */
bool load_refuse_way_out(const struct load_way_out *way, const struct load_file *file, size_t statement,
                         dun_error *error);

#endif
