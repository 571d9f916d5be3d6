/* User variables (@name, MySQL) of a script that goes on in another session. Used by whoever continues one.
 */
#ifndef RUN_VARIABLES_H
#define RUN_VARIABLES_H

#include "base/arena.h"
#include "sql/splitter.h"

#include <dunlin/error.h>

#include <stdbool.h>

/*
 * Does a statement from `start` on use a variable whose value went with the session that ran the statements
 * before? A SET of what is written there can be repeated, and is; not LAST_INSERT_ID(), a query, or SELECT
 * ... INTO: these would give another value, or none, and nobody would notice. DUN_FAILED with the place of
 * the use.
 */
bool run_variables_check(struct arena *arena, enum sql_dialect dialect, const struct sql_script *script,
                         size_t start, const char *file, const char *text, size_t length, dun_error *error);

#endif
