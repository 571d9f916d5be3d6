/*
 * Runs the statements of definitions in a scratch place, whatever order they come in. Used by whatever needs
 * to know what definitions mean.
 */
#ifndef SOURCE_LOAD_H
#define SOURCE_LOAD_H

#include "engine/engine.h"
#include "sql/splitter.h"

/* A file as it was split; all of it belongs to the caller, and `script` points into `text`. */
struct load_file {
    const char *file; /* for messages; NULL: none */
    const char *text;
    size_t length;
    const struct sql_script *script;
};

/* Where a way out of the place was made, as engine_scratch.leads_outside has it; NULL file: there is none. */
struct load_way_out {
    const char *file;
    unsigned line;
};

struct load_options {
    bool allow_data; /* INSERT and whatever else is no definition may run, too */
    bool as_written; /* in a database that stands for a live one: without engine_scratch.rewrite */
};

/*
 * Runs everything: in an order that the names in the statements suggest, and what fails for want of an object
 * again after the others, until a round brings nothing new. Files that change settings of the session, drop
 * or rename something keep the order of their statements and stay together; BEGIN, COMMIT and the like are
 * passed over. Each file begins with the session's own settings.
 *
 * Fails with DUN_BAD_INPUT, file, line, column, excerpt and number of the statement within its file: for what
 * is no definition, for what reaches outside the place, and for the first statement in the order of the files
 * that cannot be run. What did run is still there then; the place is good for being closed only.
 */
bool load_definitions(const struct dun_engine *engine, dun_connection *connection,
                      const struct load_file *files, size_t count, const struct load_options *options,
                      dun_error *error);

#endif
