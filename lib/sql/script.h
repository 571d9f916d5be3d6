/* Statements put together as a script again, as the plain client of the engine reads it. */
#ifndef SQL_SCRIPT_H
#define SQL_SCRIPT_H

#include "base/str.h"
#include "sql/dialect.h"

#include <stddef.h>

/*
 * Appends a statement, its terminator and a line feed. MySQL's client needs DELIMITER around a statement that
 * has semicolons in its body.
 */
void sql_append_statement(struct str *to, enum sql_dialect dialect, const char *text, size_t length);

#endif
