/* COPY ... FROM STDIN; used by batch.c alone. */
#ifndef POSTGRES_COPY_H
#define POSTGRES_COPY_H

#include "engine/postgres/session.h"

/*
 * Outside pipeline mode: runs the COPY and sends the data, in constant memory. Two round trips. `*ret_result`
 * is a success and the caller's to clear.
 */
bool copy_in(struct session *session, const struct db_statement *statement, const char *data, size_t length,
             PGresult **ret_result, dun_error *error);

#endif
