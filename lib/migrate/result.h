/* What dun_run and dun_status are inside. */
#ifndef MIGRATE_RESULT_H
#define MIGRATE_RESULT_H

#include "base/arena.h"
#include "base/vector.h"
#include "migrate/session.h"

struct dun_run {
    struct arena *arena;
    enum dun_direction direction;
    VECTOR(dun_migration) migrations;
    size_t planned, remaining;
    const dun_warning *warnings;
    size_t warning_count;
    const char *target, *sql;
    uint64_t round_trips, statements;
};

/* A new run with an arena of its own. */
dun_run *run_new(enum dun_direction direction);

/* Takes what the session knows: target, warnings, costs. Before the session is closed. */
void run_conclude(dun_run *run, const struct session *session);

#endif
