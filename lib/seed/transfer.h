/*
 * One work at a time, inside the transaction of a load: rows from the file into the table, directly or through a stage, and
 * finding the row that is to blame when the database refuses them. Used by load.c.
 */
#ifndef SEED_TRANSFER_H
#define SEED_TRANSFER_H

#include "seed/rows.h"
#include "seed/work.h"

struct transfer {
    struct arena *arena;
    const struct dun_engine *engine;
    dun_connection *connection;
    struct seed_works *works;
    struct seed_progress progress;
    bool dry_run;
    bool marked; /* the savepoint is there */
};

/* Rows of the file that go into the table as they are, which has none of them. */
bool transfer_directly(struct transfer *transfer, struct seed_work *work, dun_error *error);

/* Fills the stage, which must be there and empty. `late`: with the values of late columns, for the second pass. */
bool transfer_to_stage(struct transfer *transfer, struct seed_work *work, bool late, dun_error *error);

/* Brings the stage into the table: updates and inserts, as the mode has it. Counts in work->told. */
bool transfer_merge(struct transfer *transfer, struct seed_work *work, dun_error *error);

/* Counts what transfer_merge would do, and what sync and replace would delete. */
bool transfer_count(struct transfer *transfer, struct seed_work *work, dun_error *error);

/* Learns the keys of the rows that have labels, from stage and table. */
bool transfer_learn_labels(struct transfer *transfer, struct seed_work *work, dun_error *error);

/* The second pass: late columns. The stage is filled anew. */
bool transfer_late(struct transfer *transfer, struct seed_work *work, dun_error *error);

/* Rows of a sync table that the file does not have. */
bool transfer_delete_others(struct transfer *transfer, struct seed_work *work, dun_error *error);

/* After a statement that failed: back to the savepoint, where the failure has spoilt what was done since. */
bool transfer_go_back(struct transfer *transfer);

/* A savepoint "dunlin_file", which takes the place of the one before. */
bool transfer_mark(struct transfer *transfer, dun_error *error);

/* Runs one statement; `*ret_affected` (may be NULL) are the rows that it has changed. */
bool transfer_run(struct transfer *transfer, const char *sql, int64_t *ret_affected, dun_error *error);

#endif
