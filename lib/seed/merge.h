/*
 * The SQL that brings the rows of a stage into their table, or says what it would do. Used by load.c; engines
 * differ through engine/rows.h only.
 */
#ifndef SEED_MERGE_H
#define SEED_MERGE_H

#include "base/str.h"
#include "seed/work.h"

/* Rows `after` < number <= `last` of the stage. */
struct merge_range {
    uint64_t after, last;
};

/* Appended to `to`. With `range` NULL all rows are meant. */
void merge_append_stage(struct str *to, const struct seed_works *works, const struct seed_work *work);

/* Rows whose key is not in the table yet; all rows where the work has no key, or `all` says so. */
void merge_append_insert(struct str *to, const struct seed_works *works, const struct seed_work *work,
                         bool all, const struct merge_range *range);

/*
 * Rows whose key is there, where a value differs. False: there is nothing that could. With `late` the late
 * columns, else the others.
 */
bool merge_append_update(struct str *to, const struct seed_works *works, const struct seed_work *work,
                         bool late, const struct merge_range *range);

/* Rows of the table whose key the stage does not have. */
void merge_append_delete(struct str *to, const struct seed_works *works, const struct seed_work *work);

/*
 * One row, one column: how many rows the above would insert, update, delete. With `late` updates of late
 * columns count, too: the stage must have their values.
 */
void merge_append_count_inserts(struct str *to, const struct seed_works *works, const struct seed_work *work);
bool merge_append_count_updates(struct str *to, const struct seed_works *works, const struct seed_work *work,
                                bool late);
void merge_append_count_deletes(struct str *to, const struct seed_works *works, const struct seed_work *work);

/* The numbers of two rows with the same key, or no row. */
void merge_append_duplicates(struct str *to, const struct seed_works *works, const struct seed_work *work);

/*
 * The number of each row of the stage and what it has as keys in the table: for labels. Columns of all keys,
 * in `ret_columns`.
 */
void merge_append_keys(struct str *to, const struct seed_works *works, const struct seed_work *work,
                       const bool *columns);

/* The values of a reference's columns in a row of the table that refers to nothing. */
void merge_append_dangling(struct str *to, const struct seed_works *works, const struct seed_table *table,
                           const struct seed_reference *reference);

#endif
