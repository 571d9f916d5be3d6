/* The commands of psql, of the mysql client and of the sqlite3 shell, which are no SQL. For the splitter. */
#ifndef SQL_CLIENT_COMMANDS_H
#define SQL_CLIENT_COMMANDS_H

#include "sql/dialect.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>

/* Is this first word of a statement a command of the mysql client? Only names that begin no statement of the
 * server. */
bool client_command_is_mysql_word(const char *word, size_t length);

/*
 * Sets the error: what the command is, and what to do instead. `command` goes from its first character (\, .
 * or a letter) to the end of the text; the name is found in it.
 */
void client_command_error(dun_error *error, enum sql_dialect dialect, const char *command, size_t length);

#endif
