/*
 * Seeds that are scripts (NAME.sql): read and split before anything is loaded, run after the tables. Used by
 * load.c.
 */
#ifndef SEED_SCRIPT_H
#define SEED_SCRIPT_H

#include "run/target.h"
#include "seed/file_hash.h"
#include "seed/folder.h"
#include "seed/record.h"
#include "sql/splitter.h"

struct seed_script {
    const struct seed_file *file;
    const char *text;
    size_t length;
    struct sql_script *split;
    char checksum[FILE_HASH_LENGTH + 1];
    bool joins;              /* all of its statements can be part of the transaction of the load */
    struct run_units *units; /* its own transactions, where they cannot */
    bool skipped;
    dun_seed_file told;
};

/* False also for what could not be run: a COMMIT without a BEGIN, ... */
bool seed_script_read(struct arena *arena, const struct dun_engine *engine, const struct seed_file *file,
                      struct seed_script *ret_script, dun_error *error);

/* Within the open transaction; for scripts that join. */
bool seed_script_run(struct arena *arena, dun_connection *connection, struct seed_script *script,
                     dun_error *error);

/* In transactions of its own, as a migration would run, with its record. */
bool seed_script_run_apart(struct arena *arena, struct run_target *target, struct seed_script *script,
                           const char *const record[2], dun_error *error);

#endif
