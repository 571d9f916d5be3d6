/*
 * A database to act on: the connection, its engine, and the lock that keeps two runs apart. Used by
 * everything that runs statements (migrations, later apply and seeds).
 */
#ifndef RUN_TARGET_H
#define RUN_TARGET_H

#include "base/arena.h"
#include "engine/engine.h"

#include <dunlin/migrate.h>

#include <stdbool.h>
#include <stdint.h>

/* Who hears of events; observe may be NULL. */
struct run_observer {
    void (*observe)(void *user, const dun_event *event);
    void *user;
};

struct run_target_options {
    const char *url;
    const char *application; /* shown to those who wait for the lock */
    int64_t wait_ms;         /* for a server that refuses connections */
    FILE *echo;
    enum db_absent absent;
    struct run_observer observer;
};

struct run_target {
    const struct dun_engine *engine;
    dun_connection *connection;
    const char *name; /* the URL without its password */
    struct run_observer observer;
    const char *locked; /* the name of the lock that is held, or NULL */
};

/*
 * Reads the URL and opens one connection. The target is in the arena; close it before that is freed. Fails
 * with DUN_BAD_INPUT for the URL and DUN_NO_CONNECTION for the rest.
 */
bool run_target_open(struct arena *arena, const struct run_target_options *options,
                     struct run_target **ret_target, dun_error *error);

/* Rolls back what is open, lets go of the lock, closes. NULL is allowed. */
void run_target_close(struct run_target *target);

/*
 * Takes the lock `name`, waiting for another run up to `timeout_ms`, and reads in the same round trip (see
 * engine_lock.try). DUN_LOCKED names the holder.
 */
bool run_target_lock(struct run_target *target, const char *name, int64_t timeout_ms,
                     const struct db_item *reads, size_t count, struct db_outcome *outcomes,
                     dun_error *error);

/* Makes what was done durable and lets go, also after a cancellation; nothing to do without a lock. */
bool run_target_unlock(struct run_target *target, dun_error *error);

void run_observe(const struct run_observer *observer, const dun_event *event);

#endif
