/* One load of seeds, while it goes on; for load.c and load_prepare.c. */
#ifndef SEED_LOADING_H
#define SEED_LOADING_H

#include "run/target.h"
#include "seed/folder.h"
#include "seed/record.h"
#include "seed/script.h"
#include "seed/transfer.h"
#include "seed/work.h"

struct loading {
    struct arena *arena;
    const dun_seed_options *options;
    dun_seed_run *run;
    struct run_target *target;
    struct seed_folder *folder;
    struct seed_record record;
    struct seed_works *works;
    struct seed_script *scripts;
    size_t script_count;
    struct transfer transfer;
};

/*
 * Up to here nothing but the lock is taken: the folder, the tables, what was loaded before, and for each work
 * whether and by which way its rows go.
 */
bool loading_prepare(struct loading *loading, dun_error *error);

/* The temporary tables, and what else has to be there before the transaction begins. */
bool loading_make_stages(struct loading *loading, dun_error *error);

/* Runs any number of items in one batch; `outcomes` has room for one each, or is NULL. */
bool loading_run(struct loading *loading, const struct db_item *items, size_t count,
                 struct db_outcome *outcomes, dun_error *error);

/* What is kept of a file: in another mode it is not the same. In the arena. */
const char *loading_checksum(struct loading *loading, const char *checksum, enum dun_seed_mode mode);

#endif
