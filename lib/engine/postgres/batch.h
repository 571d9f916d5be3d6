/* A batch whose results are not gathered but shown as they come, for reading what is too much to keep. Used
 * by catalog.c. */
#ifndef POSTGRES_BATCH_H
#define POSTGRES_BATCH_H

#include "db/driver.h"
#include "engine/postgres/client.h"

/* Called in order, with the result of each item that has succeeded; it is gone afterwards. */
typedef void (*batch_rows)(void *user, size_t index, const PGresult *rows);

/* As db_driver.batch without outcomes; the progress of the batch is not used. */
bool postgres_batch_rows(dun_connection *connection, const struct db_batch *batch, batch_rows rows,
                         void *user, size_t *ret_failed, dun_error *error);

#endif
