/* Names of other databases in statements; for scratch_sql.c. */
#ifndef ENGINE_MYSQL_SCRATCH_NAMES_H
#define ENGINE_MYSQL_SCRATCH_NAMES_H

#include "sql/lexer.h"

/*
 * Is a table, a view or a routine named with its database in what is left: a statement, or the body of a
 * program? What a foreign key refers to does not count: nothing there is changed.
 */
bool mysql_engine_names_database(struct sql_lexer lexer);

#endif
