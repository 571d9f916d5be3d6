/*
 * The history table: reading its rows, and the SQL that writes them. Rows are added and never deleted; the
 * last row of a version says whether it is applied. One that is `running` is being run or was interrupted,
 * one that is `failed` had a statement refused: `done` says how far it came. Besides the engines' texts, only
 * history.c knows the columns.
 */
#ifndef MIGRATE_HISTORY_H
#define MIGRATE_HISTORY_H

#include "base/arena.h"
#include "engine/engine.h"

#include <dunlin/migrate.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum history_state { HISTORY_RUNNING, HISTORY_FAILED, HISTORY_DONE };

struct history_row {
    int64_t id;
    const char *version, *key, *name;
    enum dun_direction direction;
    enum history_state state;
    unsigned statements, done;
    const char *done_checksum, *checksum, *started_at, *applied_by, *commit_id, *dunlin_version;
    int64_t elapsed_ms; /* -1: unknown */
    bool has_down_sql;
};

struct history {
    const struct dun_engine *engine;
    const char *table;     /* as it stands in SQL: quoted, and qualified once it was read */
    const char *lock_name; /* what the lock is taken on */
    bool exists;
    bool for_reading;         /* SQL is written to be read, or run by another client */
    struct history_row *rows; /* by id */
    size_t count;
    int64_t last_id;
};

enum { HISTORY_READS = 2 };

/* `name` may be NULL for the default, and may be qualified. Fails with DUN_BAD_INPUT for what is no table
 * name. */
bool history_init(struct arena *arena, const struct dun_engine *engine, const char *name,
                  struct history *ret_history, dun_error *error);

/* The reads of a whole history: one round trip, also when the table is not there. */
void history_reads(struct arena *arena, const struct history *history,
                   struct db_item ret_items[HISTORY_READS]);

/* Takes over what they gave, and frees it. Refuses a table that a newer dunlin has written. */
bool history_take(struct arena *arena, struct history *history, struct db_outcome outcomes[HISTORY_READS],
                  dun_error *error);

/* The text of the down file that was stored with a row; NULL and no error: there is none. In the arena. */
bool history_down_sql(struct arena *arena, const struct history *history, dun_connection *connection,
                      int64_t id, const char **ret_text, dun_error *error);

struct history_end {
    int64_t id, elapsed_ms; /* -1: unknown */
};

/* Which of the rows from `first` on are done; for the truth after a failure. In the arena. */
bool history_done_since(struct arena *arena, const struct history *history, dun_connection *connection,
                        int64_t first, struct history_end **ret_rows, size_t *ret_count, dun_error *error);

/* SQL, in the arena. */

const char *history_create(struct arena *arena, const struct history *history);

struct history_entry {
    int64_t id;
    const char *version, *name;
    enum dun_direction direction;
    size_t statements;
    const char *checksum, *down_sql, *applied_by, *commit_id; /* down_sql and commit_id may be NULL */
};

/* A row that is done when it is written, in the transaction of its statements. */
const char *history_insert_done(struct arena *arena, const struct history *history,
                                const struct history_entry *entry);

/* A row that is running, nothing of it done. */
const char *history_insert_running(struct arena *arena, const struct history *history,
                                   const struct history_entry *entry);

/* `done` statements of the row are committed, which the checksum stands for; `last`: that is all of them. */
const char *history_update_done(struct arena *arena, const struct history *history, int64_t id,
                                size_t statements, size_t done, const char *done_checksum, bool last);

/* A row is taken up again, with what its file is now; the statements are those of the entry. */
const char *history_update_again(struct arena *arena, const struct history *history,
                                 const struct history_entry *entry, size_t done, const char *done_checksum,
                                 bool last);

const char *history_update_state(struct arena *arena, const struct history *history, int64_t id,
                                 enum history_state state);

#endif
