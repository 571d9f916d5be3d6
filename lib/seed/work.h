/*
 * The loading of one file into one table, as it is prepared: which columns, which key, what has to wait.
 * Files come as works from work.c, get their order in order.c, and are loaded by merge.c.
 */
#ifndef SEED_WORK_H
#define SEED_WORK_H

#include "seed/folder.h"
#include "seed/survey.h"
#include "seed/table.h"

#include <dunlin/seed.h>

struct seed_work_column {
    size_t number; /* in the table */
    bool key;
    bool late;     /* loaded as NULL first, and filled in when all tables are loaded */
    bool partial;  /* not every row has it; the others keep what is there, or get the default */
    bool labelled; /* some of its values are labels */
};

struct seed_work {
    const struct seed_file *file;
    const struct seed_table *table;
    struct seed_format format; /* with what the file says itself */
    bool surveyed;             /* the format names columns row by row */
    struct seed_survey survey;
    size_t count; /* of columns */
    struct seed_work_column *columns;
    size_t key_count;
    const size_t *key; /* columns of the work by which rows are found again; none: each row is a new one */
    bool has_late, has_partial, has_labels;
    bool left_out;  /* only its labels count */
    bool skipped;   /* loaded before as it is, or left out */
    bool was_empty; /* the table, before this run */
    bool rising;    /* no two rows of the file have the same key, as its reading has shown */
    bool backwards; /* its rows refer to earlier ones of their own table only */
    bool staged;    /* through a temporary table, by the name `stage` */
    const char *stage;
    dun_seed_file told;
    char checksum[FILE_HASH_LENGTH + 1];
};

struct seed_works {
    struct arena *arena;
    struct seed_tables *tables;
    struct seed_work **items; /* in the order of loading, once order.c has run */
    size_t count;
    struct map *labels; /* "customers.lynn" and "sales.customers.lynn": struct seed_label */
};

/* A row that has a label, and the keys that it has in the database. */
struct seed_label {
    const struct seed_work *work;
    uint64_t row;
    unsigned line;
    const char **values; /* by column of the table; NULL: not known yet */
};

/*
 * Prepares the files of a folder: finds tables, columns and keys, and looks for every label that is referred
 * to. Fails with DUN_BAD_INPUT and the place. Scripts are left out.
 */
bool seed_works_prepare(struct arena *arena, const struct seed_folder *folder, struct seed_tables *tables,
                        dun_connection *connection, bool only_sync, struct seed_works **ret_works,
                        dun_error *error);

/* Do none of its rows go into the table? */
bool seed_work_is_idle(const struct seed_work *work);

/* Which column of the labelled table a column of a work refers to; NULL: to its primary key. */
const struct seed_reference *seed_work_reference(const struct seed_work *work, size_t column);

/*
 * Orders the works so that what is referred to comes first. Where works refer to each other in a circle,
 * columns that may be NULL are made late, unless the engine looks at the references at the end. Fails with
 * DUN_BAD_INPUT when there is no way.
 */
bool seed_works_order(struct seed_works *works, dun_error *error);

#endif
