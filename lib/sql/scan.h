/*
 * Finds the end of quotes and comments. Each function starts behind the opening delimiter, returns the place
 * behind the closing one or NULL when there is none, and reads no byte twice, however long or odd the text
 * is. For the lexer.
 */
#ifndef SQL_SCAN_H
#define SQL_SCAN_H

#include <stdbool.h>

/* A doubled quote is part of the text; with `backslash`, so is a quote after a backslash. */
const char *scan_quoted(const char *cursor, const char *end, char quote, bool backslash);

/* SQLite's [name]: nothing escapes the closing bracket. */
const char *scan_bracketed(const char *cursor, const char *end);

/*
 * PostgreSQL: literals separated by white space with a line break are one literal, and a later part is read
 * with the escapes of the first (manual, 4.1.2.1). From behind the closing quote to behind the next opening
 * one, or NULL.
 */
const char *scan_continuation(const char *cursor, const char *end);

/* The dollar quote $tag$ that opens at `opening`: behind its opening, or NULL when it is none. */
const char *scan_dollar_tag(const char *opening, const char *end);

/* Behind the next $tag$ that equals the text from `tag` to `cursor`. */
const char *scan_dollar_quoted(const char *tag, const char *cursor, const char *end);

const char *scan_block_comment(const char *cursor, const char *end);
const char *scan_nested_comment(const char *cursor, const char *end);

/* To the line break, or to the end. PostgreSQL ends lines at a lone carriage return, too. */
const char *scan_line(const char *cursor, const char *end, bool carriage_return);

#endif
