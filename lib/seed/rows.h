/*
 * The rows of a seed file as the engine wants them: in the order of the columns, labels resolved, booleans
 * and JSON spelled.
 */
#ifndef SEED_ROWS_H
#define SEED_ROWS_H

#include "base/str.h"
#include "engine/rows.h"
#include "seed/work.h"

/* Who hears how far the reading is. */
struct seed_progress {
    void (*observe)(void *user, const dun_seed_event *event);
    void *user;
    size_t number, total; /* of the file */
    int64_t last_ms;
};

struct seed_rows {
    struct row_source source; /* first, so that both pointers are one */
    const struct seed_works *works;
    const struct seed_work *work;
    struct seed_reader *reader;
    struct seed_progress *progress; /* NULL: nobody */
    bool with_late;                 /* values of late columns, too; before that they are NULL */
    bool without_labels; /* nothing is written, so what a label stands for does not matter: it is NULL where
                            unknown */
    bool rising; /* the key is one whole number, larger in each row so far than in the one before: no two are
                    the same */
    int64_t last_key;
    struct str *spare; /* one a column, for values that are not as they are in the file */
};

/* Fails with DUN_BAD_INPUT and the place. Close it in any case. */
bool seed_rows_open(struct seed_rows *rows, const struct seed_works *works, const struct seed_work *work,
                    dun_error *error);
void seed_rows_close(struct seed_rows *rows);

/*
 * Columns of what it gives: those of the work, and one that says whether the row has it for each partial one.
 */
size_t seed_rows_columns(const struct seed_work *work);

/* The line of a row of the file; 0: it cannot be told. */
unsigned seed_rows_line(const struct seed_work *work, uint64_t row);

#endif
