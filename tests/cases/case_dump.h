/* Comparing dumps of two databases by what they mean. For the runner. */
#ifndef CASES_CASE_DUMP_H
#define CASES_CASE_DUMP_H

#include "base/str.h"
#include "schema/catalog.h"
#include "sql/dialect.h"

#include <dunlin/error.h>

#include <stdbool.h>

/*
 * A dump whose statements are sorted, a line each, without what does not count: blanks, comments, needless quotes, the order of columns,
 * names that the server made up, which `catalog` (of the same database) knows, and the name of the database itself (NULL: it has
 * none). In the arena.
 */
bool case_dump_normalise(struct arena *arena, enum sql_dialect dialect, const char *dump, const struct catalog *catalog,
                         const char *database, const char **ret_lines, dun_error *error);

/* Appends the lines of two normalised dumps that are on one side only. False: there are none. */
bool case_dump_differences(struct str *to, const char *is, const char *should_be);

#endif
