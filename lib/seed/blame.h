/*
 * Which row of a file the database has refused: told by the engine, or found by trying. Used by transfer.c.
 */
#ifndef SEED_BLAME_H
#define SEED_BLAME_H

#include "seed/transfer.h"

/*
 * Adds file, line and number of a row to an error; row 0 is not known. What the data is to blame for becomes
 * DUN_BAD_INPUT.
 */
void blame_row(struct transfer *transfer, const struct seed_work *work, uint64_t row, dun_error *error);

/*
 * After a direct copy has failed without telling the row: goes through a stage. The transaction is good for
 * rolling back after.
 */
void blame_direct(struct transfer *transfer, struct seed_work *work, dun_error *error);

/*
 * After a statement of the merge has failed, with a savepoint before it: finds the first row with which it
 * fails.
 */
void blame_insert(struct transfer *transfer, const struct seed_work *work, bool all, dun_error *error);
void blame_update(struct transfer *transfer, const struct seed_work *work, bool late, dun_error *error);

/*
 * After references were looked at at the end: finds one that leads nowhere, and the row of the file that has
 * it. False: there is none, or it could not be found.
 */
bool blame_reference(struct transfer *transfer, dun_error *error);

#endif
