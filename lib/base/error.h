/*
 * Filling a dun_error. Every function takes NULL for "the caller does not care". A message is set once, where
 * the failure is seen; floors above only add to it. error_set returns false, so that `return error_set(...)`
 * reads well.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <dunlin/error.h>

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Whatever was in the error is forgotten. */
bool error_set(dun_error *error, enum dun_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "CONTEXT: " before the message. */
void error_context(dun_error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What to do next; one more hint is put on a line of its own. */
void error_hint(dun_error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What state the database is in now; replaces. */
void error_state(dun_error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Where; line and column from 1, 0 is unknown. The file's name is copied. */
void error_at(dun_error *error, const char *file, unsigned line, unsigned column);

/* A line of source and how many characters of it stand before the place. Long lines are cut around the place.
 */
void error_excerpt(dun_error *error, const char *line, size_t length, unsigned offset);

void error_statement(dun_error *error, unsigned number, unsigned count);
void error_server(dun_error *error, const char *sqlstate, int number);  /* sqlstate may be NULL */
void error_code(dun_error *error, enum dun_code code);                  /* replaces the code only */
void error_replace(dun_error *error, const char *from, const char *to); /* each `from` in the message */

/*
 * For drivers: the place in the statement that was sent, as a byte offset from its start; -1 is unknown.
 * Whoever knows which file the statement came from turns it into line and column.
 */
void error_position(dun_error *error, ptrdiff_t offset);
ptrdiff_t error_get_position(const dun_error *error); /* -1 for NULL */

/* Moves the whole of `from` to `to` (which may be NULL); `from` is clear afterwards. */
void error_move(dun_error *to, dun_error *from);

#endif
