/*
 * Scripts of queries on the system tables, as the catalog_raw*.sql files have them: which are sent depends on
 * what others have told. Used by the files of this folder that read raw catalogs.
 */
#ifndef POSTGRES_CATALOG_RAW_SCRIPT_H
#define POSTGRES_CATALOG_RAW_SCRIPT_H

#include "base/arena.h"
#include "db/driver.h"
#include "engine/postgres/catalog_rows.h"

#include <stdbool.h>

struct raw_script_user {
    /* The rows of one query; `table` is the number of the system table of its first column, 0: it is of none.
     */
    void (*take)(void *user, unsigned table, const struct catalog_result *rows);
    /* A further query, for the second round trip; NULL, and a function that is NULL: there is none. */
    const char *(*ask)(void *user);
    void *user;
};

/*
 * Runs a script in one snapshot and two round trips, with nothing in the search_path. A statement ends with a
 * semicolon at the end of a line, and a line before it says when it is sent; without one it is in any case:
 *
 *   -- if CONDITION                   when that SQL is true
 *   -- when COLUMN VALUE, ...         when a row of the first round trip has that value in that column
 *
 * The text is changed; what is sent lives in the arena.
 */
bool raw_script_run(dun_connection *connection, struct arena *arena, char *script,
                    const struct raw_script_user *user, dun_error *error);

#endif
