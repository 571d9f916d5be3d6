/* What libpq and the server say about a failure, as a dun_error. All of these return false. */
#ifndef POSTGRES_ERROR_H
#define POSTGRES_ERROR_H

#include "engine/postgres/session.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * From a PGRES_FATAL_ERROR: message, SQLSTATE, the byte offset of the place in `sql` (what was sent), and as
 * hint the server's detail, hint, context and our own advice. The code is DUN_INTERRUPTED or "timed out" when
 * we cancelled the statement, and DUN_NO_CONNECTION when the server ended the connection.
 */
bool postgres_result_error(struct session *session, const PGresult *result, const char *sql, size_t length,
                           dun_error *error);

/* The same for a row that COPY was given: the context, which counts rows as lines, is left out. */
bool postgres_row_error(struct session *session, const PGresult *result, dun_error *error);

/* Without a result: libpq refused to send, or the server was given up. */
bool postgres_link_error(struct session *session, dun_error *error);

/* A connection that did not come to be. */
bool postgres_connect_error(struct session *session, dun_error *error);

/* libpq's message in one line, without what a second attempt repeats; the caller frees it. */
char *postgres_one_line(const char *message);

#endif
