/* The rows of a table of the plan, one after the other, as the engines' bulk loading and the writers of files
 * pull them. */
#ifndef SEED_DEMO_ROWS_H
#define SEED_DEMO_ROWS_H

#include "engine/rows.h"
#include "seed/demo/plan.h"

#include <dunlin/seed.h>

struct demo_rows {
    struct row_source source; /* first, so that both pointers are one */
    const struct demo_table *table;
    uint64_t row; /* made so far */
    struct str *texts;
    void (*observe)(void *user, const dun_seed_event *event); /* NULL: nobody looks */
    void *user;
    size_t number, total; /* of the table */
    int64_t last_ms;
};

/* Values come in the order of the columns of the table's work. */
void demo_rows_open(struct demo_rows *rows, const struct demo_table *table);
void demo_rows_close(struct demo_rows *rows);

/* The columns of the table whose numbers were given here instead of by the database; none: there are no such
 * rows. */
struct row_target demo_counted_columns(struct arena *arena, const struct demo_table *table);

#endif
