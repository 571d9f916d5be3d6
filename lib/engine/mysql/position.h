/* Where in a statement an error is. The server says it only in words, in its message. */
#ifndef ENGINE_MYSQL_POSITION_H
#define ENGINE_MYSQL_POSITION_H

#include <stddef.h>

/*
 * The byte offset in a statement that an error means, from "near '...' at line N" or from the name it is
 * about; -1 where that is not certain. `text` is what was sent from the start of the statement to the end of
 * the packet, because an excerpt may reach into the next statement; `statement_length` is how much of it is
 * the statement.
 */
ptrdiff_t mysql_engine_position_in_statement(unsigned number, const char *message, const char *text,
                                             size_t text_length, size_t statement_length);

#endif
