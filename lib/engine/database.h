/* What the files behind <dunlin/db.h> share: the database (a URL and its pool), and how a public call is
 * entered. */
#ifndef ENGINE_DATABASE_H
#define ENGINE_DATABASE_H

#include "engine/engine.h"
#include "task/task.h"

#include <dunlin/db.h>

struct dun_database {
    struct arena *arena; /* used by dun_database_open only, so it needs no lock */
    const struct dun_engine *engine;
    const struct db_url *url;     /* that every connection opens */
    dun_database_options options; /* with the defaults filled in */
    struct task_limiter *places;  /* one for each connection that may be out */
    struct task_mutex *mutex;     /* guards what follows */
    dun_connection *idle;
};

/* Every public call that may wait is inside such a scope, so that the database's token ends it. */
void database_enter(const dun_database *database, struct task_scope *scope);

/* The engine's dialect, for whatever builds or splits SQL. */
enum sql_dialect connection_dialect(const dun_connection *connection);

/* Runs a batch that keeps no results, and rolls back what it leaves open when it fails. */
bool connection_run_items(dun_connection *connection, const struct db_item *items, size_t count,
                          size_t *ret_failed, dun_error *error);

#endif
