/*
 * SQL without the name of a schema: what was written for one schema becomes good for any, by the search path
 * of whoever runs it. Used where migrations are written for targets that are schemas of a database.
 */
#ifndef SQL_UNQUALIFIED_H
#define SQL_UNQUALIFIED_H

#include "base/arena.h"
#include "sql/dialect.h"

/*
 * The text with each name that is qualified by the schema standing alone, also in a literal that is cast to a
 * name of something ('app.numbers'::regclass). Bodies of functions and comments stay as they are. In the
 * arena.
 */
const char *sql_unqualified(struct arena *arena, enum sql_dialect dialect, const char *sql,
                            const char *schema);

#endif
