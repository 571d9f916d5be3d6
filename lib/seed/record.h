/* The table beside the history that says which seed files were loaded as they are. Used by load.c alone. */
#ifndef SEED_RECORD_H
#define SEED_RECORD_H

#include "base/map.h"
#include "engine/engine.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stdint.h>

struct seed_recorded {
    const char *checksum;
    uint64_t size;
};

struct seed_record {
    struct arena *arena;
    const struct dun_engine *engine;
    const char *table; /* quoted, qualified as the history is */
    bool exists;
    struct map *files; /* by name: struct seed_recorded */
};

/* `history` as it is configured, or NULL. Fails with DUN_BAD_INPUT for what is no name. */
bool seed_record_init(struct arena *arena, const struct dun_engine *engine, const char *history,
                      struct seed_record *ret_record, dun_error *error);

/* The read of all rows, for the round trip that takes the lock; and what it gave. */
void seed_record_read(const struct seed_record *record, struct db_item *ret_item);
bool seed_record_take(struct seed_record *record, struct db_outcome *outcome, dun_error *error);

/* SQL, in the arena. */
const char *seed_record_create(const struct seed_record *record);

struct seed_entry {
    const char *file, *checksum, *applied_by;
    uint64_t size;
    int64_t rows; /* -1: not known */
};

/* Two statements: what was known of the file goes, what is known now comes. */
void seed_record_write(const struct seed_record *record, const struct seed_entry *entry,
                       const char *ret_sql[2]);

#endif
