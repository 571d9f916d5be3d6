/* The database that is looked at: its history and its catalog, read while no migration is under way. For this
 * floor. */
#ifndef DRIFT_LIVE_H
#define DRIFT_LIVE_H

#include "drift/drift.h"
#include "migrate/history.h"
#include "run/target.h"

struct drift_live {
    const dun_drift_options *options;
    struct schema_call call;
    struct source_request request;  /* of the database */
    struct source_request expected; /* what options->source says */
    struct run_target *target;
    struct history history; /* not read yet: its names */
    const char *schema;     /* the one schema that the URL means; NULL: all of the database */
    const char *server;     /* and whatever else changes how it writes things; NULL: not known yet */
    struct source_catalog *source;
    bool is_shared; /* with databases that are alike; see alike.h */
};

/* `options` is set. Opens the connection and reads the history, under the lock if it is needed. Close in any
 * case. */
bool drift_live_open(struct drift_live *live, const dun_drift_options *options, struct history *ret_history,
                     dun_error *error);

/* Then reads the catalog, and lets the lock go; the history is that of the same moment. */
bool drift_live_read(struct drift_live *live, struct history *history, dun_error *error);

/* Between the two, for what takes long: without the lock, and then with it and the history as it is by then.
 * While it pauses, `server` is known. */
bool drift_live_pause(struct drift_live *live, dun_error *error);
bool drift_live_resume(struct drift_live *live, struct history *ret_history, dun_error *error);
void drift_live_close(struct drift_live *live);

/* Reads it once more, and only that schema. */
bool drift_live_read_again(struct drift_live *live, const struct history *history, const char *schema,
                           dun_error *error);

/* The settings for reading only that schema; NULL: all. In the arena of the call. */
struct source_settings *drift_settings_in(const struct drift_live *live, const char *schema);

#endif
